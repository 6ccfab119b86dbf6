/*
 * The ui on a terminal of our own: what the vt inside it holds must be on the
 * outer terminal's screen, at every size, TERM and locale.
 */
#include <string.h>
#include "base/buf.h"
#include "base/mem.h"
#include "stage.h"
#include "../tap.h"
#include "terminal.h"
#include "ui/colors.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

#define F1  "\033[11~"
#define F2  "\033[12~"
#define F3  "\033[13~"
#define F5  "\033[15~"
#define F10 "\033[21~"
#define F11 "\033[23~"
#define F12 "\033[24~"

static void type(struct terminal *t, const char *keys)
{
    terminal_type(t, keys, strlen(keys));
}

/* ---- cell by cell ---- */

/* What a terminal has beside colours, as far as is known. */
enum { STRIKE = 1, STYLES = 2 | STRIKE, LINKS = 4, ALL = STYLES | LINKS };
enum { ANSWERS = 8 }; /* and it says so when it is asked */

/* What the outer terminal should show: a vt that got the same bytes. */
struct expected {
    struct vt *vt;
    long depth;
    unsigned takes; /* STRIKE ... */
};

static struct vt *reference(const struct stage *stage, size_t steps,
                            unsigned cols, unsigned rows)
{
    const struct vt_options opt = { .cols = cols, .rows = rows };
    struct vt *vt = vt_new(&opt);
    size_t i;

    for (i = 0; i < steps; i++)
        vt_write(vt, stage->steps[i], strlen(stage->steps[i]));
    return vt;
}

/* The number of a colour, as a cell's. */
static uint32_t from_number(int n)
{
    if (n == COLORS_DEFAULT)
        return VT_COLOR_DEFAULT;
    return (n & COLORS_RGB) == 0
               ? VT_COLOR_INDEX | (uint32_t)n
               : VT_COLOR_RGB | ((uint32_t)n & VT_COLOR_VALUE);
}

/* What a cell's colours are on an outer terminal of this depth; true if bold
 * stands for bright. */
static bool outer_colors(const struct vt_cell *cell, long depth, uint32_t *fg,
                         uint32_t *bg)
{
    int f = colors_number(cell->fg, VT_DEFAULT_FG, NULL, depth);
    int b = colors_number(cell->bg, VT_DEFAULT_BG, NULL, depth);
    bool bold = depth == 8 && colors_to_eight(&f, &b, cell->fg != cell->bg);

    *fg = from_number(f);
    *bg = from_number(b);
    return bold;
}

/* Dim stands for struck where there are no lines through text. */
static unsigned outer_attrs(const struct vt_cell *cell,
                            const struct expected *e)
{
    const unsigned styles = VT_OVERLINE | VT_DOUBLE_UNDERLINE |
                            VT_CURLY_UNDERLINE | VT_DOTTED_UNDERLINE |
                            VT_DASHED_UNDERLINE;
    unsigned attrs = cell->attrs & (VT_BOLD | VT_FAINT | VT_ITALIC |
                                    VT_UNDERLINE | VT_BLINK | VT_REVERSE);

    if ((e->takes & STYLES) == STYLES)
        attrs |= cell->attrs & styles;
    if ((cell->attrs & VT_STRIKE) != 0)
        attrs |= (e->takes & STRIKE) != 0 ? VT_STRIKE : VT_FAINT;
    return attrs;
}

static bool same_text(const struct vt *a, const struct vt_cell *ca,
                      const struct vt *b, const struct vt_cell *cb)
{
    size_t na, nb;
    const uint32_t *pa = vt_cluster(a, ca, &na), *pb = vt_cluster(b, cb, &nb);

    return na == nb && memcmp(pa, pb, na * sizeof *pa) == 0;
}

static const char *link_of(const struct vt *vt, struct vt_extra extra)
{
    const char *uri = vt_link(vt, extra.link);

    return uri != NULL ? uri : "none";
}

/* The link, and the colour of the underline. */
static bool same_extra(const struct terminal *t, const struct vt_cell *got,
                       const struct expected *e, const struct vt_cell *want,
                       unsigned row)
{
    struct vt_extra a = vt_extra(t->vt, (long)row, got);
    struct vt_extra b = vt_extra(e->vt, (long)row, want);

    if ((e->takes & STYLES) != STYLES || (want->attrs & VT_UNDERLINE) == 0)
        b.underline = VT_COLOR_DEFAULT;
    if ((e->takes & LINKS) == 0)
        b.link = 0;
    return a.underline == from_number(colors_number(b.underline, VT_DEFAULT_FG,
                                                    NULL, e->depth)) &&
           strcmp(link_of(t->vt, a), link_of(e->vt, b)) == 0;
}

static bool same_cell(const struct terminal *t, const struct expected *e,
                      unsigned row, unsigned col)
{
    const struct vt_cell *got = &vt_row(t->vt, row)[col];
    const struct vt_cell *want = &vt_row(e->vt, row)[col];
    const unsigned unseen = VT_BOLD | VT_FAINT | VT_ITALIC | VT_BLINK;
    bool blank = want->ch == ' ' && (want->attrs & ~unseen) == 0;
    uint32_t fg, bg;
    bool bold = outer_colors(want, e->depth, &fg, &bg);

    if (got->width != want->width || !same_text(t->vt, got, e->vt, want) ||
        got->bg != bg || !same_extra(t, got, e, want, row))
        return false;
    /* The text's colour and weight do not show on a blank. */
    if (blank)
        return (got->attrs & ~unseen) == 0;
    return got->fg == fg &&
           got->attrs == (outer_attrs(want, e) | (bold ? VT_BOLD : 0u));
}

static bool same_screen(const struct terminal *t, const void *arg)
{
    const struct expected *e = arg;
    struct vt_cursor got = vt_cursor(t->vt), want = vt_cursor(e->vt);
    unsigned row, col;

    for (row = 0; row < vt_rows(e->vt); row++)
        for (col = 0; col < vt_cols(e->vt); col++)
            if (!same_cell(t, e, row, col))
                return false;
    if (e->depth == 0) /* a VT100 cannot hide its cursor */
        got.visible = want.visible;
    return got.visible == want.visible &&
           (!want.visible || (got.row == want.row && got.col == want.col));
}

static void explain(const struct terminal *t, const struct expected *e)
{
    const struct vt_cell *got, *want;
    unsigned row, col;

    terminal_show(t);
    for (row = 0; row < vt_rows(e->vt); row++)
        for (col = 0; col < vt_cols(e->vt); col++) {
            if (same_cell(t, e, row, col))
                continue;
            got = &vt_row(t->vt, row)[col];
            want = &vt_row(e->vt, row)[col];
            diag("%u,%u: U+%04X %x/%x attrs %x width %u, not U+%04X %x/%x %x "
                 "%u",
                 row, col, got->ch, got->fg, got->bg, got->attrs, got->width,
                 want->ch, want->fg, want->bg, want->attrs, want->width);
            diag("underline %x, not %x; link %s, not %s",
                 vt_extra(t->vt, (long)row, got).underline,
                 vt_extra(e->vt, (long)row, want).underline,
                 link_of(t->vt, vt_extra(t->vt, (long)row, got)),
                 link_of(e->vt, vt_extra(e->vt, (long)row, want)));
            return;
        }
    diag("the cursor is elsewhere: %u,%u, not %u,%u", vt_cursor(t->vt).row,
         vt_cursor(t->vt).col, vt_cursor(e->vt).row, vt_cursor(e->vt).col);
}

/* ---- what a server sends ---- */

#define TRUE_COLORS                                             \
    "\033[38;2;18;52;86mtrue\033[48;2;255;128;0m colour\033[m " \
    "\033[38;2;0;0;200mdark blue\033[m\r\n"
#define PALETTE                                    \
    "\033[1;31mred\033[38;5;1mred\033[0;91mbright" \
    "\033[38;5;200mcube\033[38;5;244mgrey\033[m"   \
    "\033[44mblue\033[104mbright\033[48;5;22mcube\033[m\r\n"
#define ATTRIBUTES                                             \
    "\033[1mbold\033[m \033[2mfaint\033[m \033[4munder\033[m " \
    "\033[5mblink\033[m \033[7mreverse\033[m \033[3mitalic\033[m\r\n"
#define LINED                                                           \
    "\033[9mstruck\033[4mand under\033[m \033[53mover\033[m "           \
    "\033[4:2mdouble\033[4:3mcurly\033[1;9;53;31mall\033[m"             \
    "\033[4:4mdotted\033[1;4:5;58:5:9mdashed\033[4;58:2::1:2:200mplain" \
    "\033[21;32;44mdouble\033[m\r\n"
#define LINKED                                                              \
    "\033]8;;https://example.org/a;b\033\\one\033]8;;x:2\033\\\xe6\x97\xa5" \
    "t\033[7;1mwo\033[m\033]8;;\033\\ \033]8;id=1;x:3\033\\\033[58:5:1;4m"  \
    "e\xcc\x81\033]8;;\033\\\033[m none\r\n"
#define PLAIN_ATTRIBUTES \
    "\033[1mbold\033[m \033[4munder\033[m \033[7mreverse\033[m\r\n"
#define WOMAN     "\xf0\x9f\x91\xa9"
#define ZWJ       "\xe2\x80\x8d"
#define LAPTOP    "\xf0\x9f\x92\xbb"
#define BOY       "\xf0\x9f\x91\xa6"
#define CODER     WOMAN ZWJ LAPTOP
#define APARTS    WOMAN LAPTOP
#define PILOT     WOMAN ZWJ "\xf0\x9f\x9a\x80"
#define FAMILY    CODER ZWJ BOY
#define HAND      "\xf0\x9f\x91\x8d"
#define TONE      "\xf0\x9f\x8f\xbd"
#define THUMB     HAND TONE
#define WATCH     "\xe2\x8c\x9a"
#define TEXT_FORM "\xef\xb8\x8e"
#define BOX       "\xef\xbf\xbd"
#define MARKED    "o\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85\xcc\x86"
/* Sinhala: the joiner makes one letter of two, in two columns. */
#define CONJUNCT "\xe0\xb6\x9a\xe0\xb7\x8a" ZWJ "\xe0\xb7\x82"
#define WIDE                                                                \
    "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e e\xcc\x81 \xc3\xa9 "              \
    "\xe2\x82\xac\xf0\x9f\x98\x80|" CODER "|" THUMB "|" MARKED "|" CONJUNCT \
    "|\r\n"
#define LINES "\033(0lqqk\r\nx  x\r\nmqqj\033(B\r\n"

static const struct stage colorful = {
    .asks = true,
    .steps = { TRUE_COLORS PALETTE ATTRIBUTES LINED LINKED WIDE,
               "\033[44m\033[2J\033[Hblue screen\033[5;10Hhere\033[m",
               "\033[?25l", "\033[?25h\033[3;3H" },
};
static const struct stage plain_text = {
    .steps = { PLAIN_ATTRIBUTES LINES "text\r\n", "\033[2J\033[H\r\nsecond",
               "\033[?25l", "\033[?25h\033[2;2H" },
};
static const struct stage eight = {
    .steps = { PALETTE PLAIN_ATTRIBUTES LINKED LINES,
               "\033[2J\033[H\r\nsecond" },
};

static const struct {
    const char *name, *term, *locale, *colorterm;
    unsigned cols, rows;
    const struct stage *stage;
    long depth;
    unsigned takes;
} screens[] = {
    { "true colour", "xterm-256color", "C.UTF-8", "truecolor", 80, 24,
      &colorful, 1L << 24, ALL | ANSWERS },
    { "true colour, large", "xterm-256color", "C.UTF-8", "24bit", 200, 50,
      &colorful, 1L << 24, ALL | ANSWERS },
    { "true colour, if asked", "xterm-256color", "C.UTF-8", NULL, 80, 24,
      &colorful, 1L << 24, ALL | ANSWERS },
    { "true colour, silent", "xterm-256color", "C.UTF-8", "truecolor", 80, 24,
      &colorful, 1L << 24, STRIKE | LINKS },
    { "256 colours", "xterm-256color", "C.UTF-8", NULL, 80, 24, &colorful, 256,
      STRIKE | LINKS },
    { "256 colours, 40x12", "xterm-256color", "C.UTF-8", NULL, 40, 12,
      &colorful, 256, STRIKE | LINKS },
    { "tmux", "tmux-256color", "C.UTF-8", "truecolor", 80, 24, &colorful,
      1L << 24, ALL },
    { "tmux, 256 colours", "tmux-256color", "C.UTF-8", NULL, 80, 24, &colorful,
      256, ALL },
    { "screen", "screen-256color", "C.UTF-8", NULL, 80, 24, &eight, 256, 0 },
    { "xterm", "xterm", "C.UTF-8", NULL, 80, 24, &eight, 8, STRIKE | LINKS },
    { "Linux console", "linux", "C.UTF-8", NULL, 80, 24, &plain_text, 8, 0 },
    { "VT100", "vt100", "C.UTF-8", NULL, 80, 24, &plain_text, 0, 0 },
    { "xterm without UTF-8", "xterm-256color", "C", NULL, 80, 24, &plain_text,
      256, LINKS },
    { "Linux console without UTF-8", "linux", "C", NULL, 80, 24, &plain_text, 8,
      0 },
    { "VT100 without UTF-8", "vt100", "C", NULL, 40, 12, &plain_text, 0, 0 },
    { "tiny", "xterm-256color", "C.UTF-8", "truecolor", 10, 3, &plain_text,
      1L << 24, STRIKE | LINKS },
    { "one row", "xterm-256color", "C.UTF-8", NULL, 5, 1, &plain_text, 256,
      LINKS },
    { "one cell", "vt100", "C", NULL, 1, 1, &plain_text, 0, 0 },
};

static void test_screen(size_t i)
{
    const struct terminal_setup setup = {
        .term = screens[i].term,
        .locale = screens[i].locale,
        .colorterm = screens[i].colorterm,
        .cols = screens[i].cols,
        .rows = screens[i].rows,
        .answers = (screens[i].takes & ANSWERS) != 0,
        .run = stage_run,
        .arg = (void *)(uintptr_t)screens[i].stage,
    };
    struct terminal *t = terminal_start(&setup);
    struct expected e = { .depth = screens[i].depth,
                          .takes = screens[i].takes };
    unsigned rows = setup.rows > 1 ? setup.rows - 1 : 1;
    bool good = true;
    size_t step;

    for (step = 1; good && step <= STAGE_STEPS &&
                   screens[i].stage->steps[step - 1] != NULL;
         step++) {
        if (step > 1)
            type(t, F12);
        e.vt = reference(screens[i].stage, step, setup.cols, rows);
        good = terminal_until(t, same_screen, &e);
        if (!good)
            explain(t, &e);
        vt_free(e.vt);
    }
    ok(good, "screen: %s", screens[i].name);
    type(t, F1);
    is_num(terminal_wait(t), 0, "and it ends");
    terminal_free(t);
}

static bool has_double_line(const struct terminal *t, const void *arg)
{
    (void)arg;
    return (vt_row(t->vt, 0)[0].attrs & VT_DOUBLE_UNDERLINE) != 0;
}

/* To xterm (379), which has 24-bit colours, 4:3 is black text. */
static void test_no_styles(const char *colorterm)
{
    const struct stage stage = {
        .asks = true, .steps = { "\033[21mdouble\033[4:3;58:5:9mcurly\033[m" }
    };
    const struct terminal_setup setup = { .term = "xterm-256color",
                                          .locale = "C.UTF-8",
                                          .colorterm = colorterm,
                                          .cols = 40,
                                          .rows = 12,
                                          .answers = true,
                                          .unknown = "4:3 30",
                                          .run = stage_run,
                                          .arg = (void *)(uintptr_t)&stage };
    struct terminal *t = terminal_start(&setup);
    const struct vt_cell *row;

    ok(terminal_until(t, has_double_line, NULL), "without curly underlines");
    row = vt_row(t->vt, 0);
    is_num(row[0].fg, VT_COLOR_DEFAULT, "a double one is not black");
    is_num(row[6].attrs, VT_UNDERLINE, "a curly one is a plain one");
    is_num(row[6].fg, VT_COLOR_DEFAULT, "... and not black");
    type(t, F1);
    terminal_wait(t);
    terminal_free(t);
}

/* ---- the status line ---- */

static struct terminal *start(const struct stage *stage, unsigned cols,
                              unsigned rows)
{
    const struct terminal_setup setup = {
        .term = "xterm-256color",
        .locale = "C.UTF-8",
        .colorterm = "truecolor",
        .windows = true,
        .cols = cols,
        .rows = rows,
        .run = stage_run,
        .arg = (void *)(uintptr_t)stage,
    };

    return terminal_start(&setup);
}

static void is_row(struct terminal *t, unsigned row, const char *want,
                   const char *name)
{
    if (!ok(terminal_expect_row(t, row, want), "%s", name))
        terminal_show(t);
}

static bool bar_is_reverse(const struct terminal *t, const void *arg)
{
    (void)arg;
    return (vt_row(t->vt, 11)[39].attrs & VT_REVERSE) != 0;
}

static void test_status(void)
{
    static const struct stage stage = { .steps = { "\033[999Hlast" } };
    struct terminal *t = start(&stage, 40, 12);

    ok(terminal_expect(t, "connected"), "status line");
    is_row(t, 11, " ubuntu@203.0.113.5  connected", "at the bottom");
    is_row(t, 10, "last", "the vt ends above it");
    ok(terminal_until(t, bar_is_reverse, NULL), "reverse to the end");
    type(t, F5);
    ok(terminal_expect_gone(t, "connected"), "switched off");
    is_row(t, 11, "", "it leaves a row");
    type(t, F5);
    ok(terminal_expect(t, "connected"), "and on again");
    type(t, F1);
    is_num(terminal_wait(t), 0, "it ends");
    terminal_free(t);
}

/* ---- lines of double width ---- */

static void test_double(void)
{
    static const struct stage stage = {
        .steps = { "plain\r\n\033#6abc\xe6\x97\xa5|\r\n\033#3top" }
    };
    struct terminal *t = start(&stage, 21, 12);

    ok(terminal_expect(t, "t o p"), "double lines are widened");
    is_row(t, 0, "plain", "others are not");
    is_row(t, 1, "a b c \xe6\x97\xa5  |", "with what is wide");
    ok(terminal_expect_column(t, 6), "and the cursor is behind them");
    type(t, F1);
    terminal_wait(t);
    terminal_free(t);
}

struct sized {
    unsigned row;
    const char *text;
    enum vt_line_size size;
};

static bool has_sized(const struct terminal *t, const void *arg)
{
    const struct sized *want = arg;
    char *row = terminal_row(t->vt, want->row);
    bool has = strcmp(row, want->text) == 0 &&
               vt_line_size(t->vt, (long)want->row) == want->size;

    mem_free(row);
    return has;
}

static void shows_sized(struct terminal *t, unsigned row, const char *text,
                        enum vt_line_size size, const char *name)
{
    const struct sized want = { row, text, size };

    if (!ok(terminal_until(t, has_sized, &want), "%s", name))
        terminal_show(t);
}

static bool boxes_are_single(const struct terminal *t, const void *arg)
{
    unsigned row;

    (void)arg;
    for (row = 0; row < vt_rows(t->vt); row++) {
        char *text = terminal_row(t->vt, row);
        bool wide = strstr(text, "\xe2\x94\x82") != NULL &&
                    vt_line_size(t->vt, (long)row) != VT_LINE_SINGLE;

        mem_free(text);
        if (wide)
            return false;
    }
    return true;
}

/* On a terminal that has such lines itself. */
static void test_double_there(void)
{
    struct stage stage = {
        .steps = { "plain\r\n\033#6ab\xc3\xa9|\r\n\033#3top\r\n"
                   "\033#4top\r\n\033[4mends\033[m\r\n"
                   "\033#6x\xe6\x97\xa5y\xcc\x81\033[5;5H",
                   "\033[2;1H\033[31mQ", "\033[12;1H\n\033[1;1H", "\033[2J" }
    };
    const struct terminal_setup setup = { .term = "xterm-256color",
                                          .locale = "C.UTF-8",
                                          .cols = 60,
                                          .rows = 13,
                                          .answers = true,
                                          .run = stage_run,
                                          .arg = &stage };
    struct terminal *t = terminal_start(&setup);

    shows_sized(t, 1, "ab\xc3\xa9|", VT_LINE_DOUBLE_WIDTH,
                "double lines are double where they can be");
    shows_sized(t, 2, "top", VT_LINE_TOP_HALF, "the upper half");
    shows_sized(t, 3, "top", VT_LINE_BOTTOM_HALF, "the lower half");
    shows_sized(t, 4, "ends", VT_LINE_SINGLE, "others are single");
    shows_sized(t, 5, "x\xe6\x97\xa5y\xcc\x81", VT_LINE_DOUBLE_WIDTH,
                "with wide characters and marks");
    ok(terminal_expect_column(t, 4), "the cursor is there");
    type(t, F12);
    shows_sized(t, 1, "Qb\xc3\xa9|", VT_LINE_DOUBLE_WIDTH, "written into");
    ok(terminal_expect_column(t, 1), "the cursor is on it");
    is_num(vt_row(t->vt, 1)[0].fg, VT_COLOR_INDEX | 1, "in its colour");
    type(t, F2);
    ok(terminal_expect(t, "Unknown host"), "a box over them");
    ok(terminal_until(t, boxes_are_single, NULL), "is not doubled");
    type(t, "\003");
    shows_sized(t, 1, "Qcancelled", VT_LINE_DOUBLE_WIDTH, "is gone");
    type(t, F12);
    shows_sized(t, 0, "Qcancelled", VT_LINE_DOUBLE_WIDTH, "scrolled");
    shows_sized(t, 1, "top", VT_LINE_TOP_HALF, "... with the others");
    shows_sized(t, 3, "ends", VT_LINE_SINGLE, "... and not what follows");
    type(t, F12);
    shows_sized(t, 0, "", VT_LINE_SINGLE, "erased");
    shows_sized(t, 2, "", VT_LINE_SINGLE, "... all of them");
    type(t, F1);
    terminal_wait(t);
    terminal_free(t);
}

/* In one that may be xterm not with all characters. */
static void test_double_common(void)
{
    struct stage stage = {
        .steps = { "plain", "\033[H\033#6ab|\r\n\033#6x\xe6\x97\xa5y" }
    };
    const struct terminal_setup setup = { .term = "xterm-256color",
                                          .locale = "C.UTF-8",
                                          .cols = 60,
                                          .rows = 13,
                                          .answers = true,
                                          .unknown = "\033[>q ",
                                          .run = stage_run,
                                          .arg = &stage };
    struct terminal *t = terminal_start(&setup);

    ok(terminal_expect(t, "plain"), "before double lines");
    type(t, F12);
    shows_sized(t, 0, "ab|in", VT_LINE_DOUBLE_WIDTH, "what any font has");
    shows_sized(t, 1, "x \xe6\x97\xa5  y", VT_LINE_SINGLE,
                "what a font may lack is widened");
    type(t, F1);
    terminal_wait(t);
    terminal_free(t);
}

/* ---- scrolling ---- */

/* n numbered lines, for the caller to free. */
static char *numbered(unsigned n)
{
    struct buf out = { 0 };
    unsigned i;

    for (i = 1; i <= n; i++)
        buf_printf(&out, "line %u of some length, to be drawn\r\n", i);
    return buf_take_str(&out);
}

static bool has_no_cursor(const struct terminal *t, const void *arg)
{
    (void)arg;
    return !vt_cursor(t->vt).visible;
}

static void test_scroll(void)
{
    char *many = numbered(200);
    struct stage stage = { .steps = { many, "one more\r\n", "\n\n\nx\r\n",
                                      "\033[5;10r\033[10;1H\n\nin margins",
                                      "\033[r\033[999H\n\n\nall again" } };
    struct terminal *t = start(&stage, 80, 24);
    struct expected e = { .depth = 1L << 24, .takes = ALL };
    uint64_t before = 0;
    size_t step;

    for (step = 1; step <= 5; step++) {
        e.vt = reference(&stage, step, 80, 23);
        before = t->bytes;
        if (step > 1)
            type(t, F12);
        if (!ok(terminal_until(t, same_screen, &e), "scrolled, step %zu", step))
            explain(t, &e);
        vt_free(e.vt);
        if (step == 2)
            ok(t->bytes - before < 200, "one line scrolled costs %u bytes",
               (unsigned)(t->bytes - before));
    }
    type(t, F11);
    ok(terminal_expect(t, "line 23 of"), "scrolled back");
    is_row(t, 0, "line 1 of some length, to be drawn", "to the first line");
    is_row(t, 22, "line 23 of some length, to be drawn", "a screen of them");
    ok(terminal_until(t, has_no_cursor, NULL), "without a cursor");
    type(t, F11);
    ok(terminal_expect(t, "all again"), "and live again");
    type(t, F1);
    terminal_wait(t);
    terminal_free(t);
    mem_free(many);
}

/* ---- beside curses ---- */

#define LINK(uri, text) "\033]8;;" uri "\033\\" text "\033]8;;\033\\"

/* n lines with a link each, for the caller to free. */
static char *linked(unsigned n)
{
    struct buf out = { 0 };
    unsigned i;

    for (i = 1; i <= n; i++)
        buf_printf(&out, "\r\n%u " LINK("x:%u", "link") " \033[4:4mdots\033[m",
                   i, i);
    return buf_take_str(&out);
}

/* What stands still on the screen for curses, or is moved by it, keeps what
 * curses does not know of. */
static void test_beside(void)
{
    char *many = linked(40);
    struct stage stage = { .steps = { many, "\n\n\n", "\033[5;1H",
                                      "\033[4C" LINK("x:new", "ink"),
                                      "\033[5;5Hin", "\033[3;9r\033[9;1H\n\n",
                                      "\033[r\033[2;5H\033[L" } };
    struct terminal *t = start(&stage, 80, 24);
    struct expected e = { .depth = 1L << 24, .takes = ALL };
    size_t step;

    for (step = 1; step <= 7; step++) {
        e.vt = reference(&stage, step, 80, 23);
        if (step > 1)
            type(t, F12);
        if (!ok(terminal_until(t, same_screen, &e), "links, step %zu", step))
            explain(t, &e);
        if (step < 7)
            vt_free(e.vt);
    }
    type(t, F3);
    ok(terminal_expect(t, "Passphrase:"), "a question over them");
    type(t, "\003");
    vt_write(e.vt, "cancelled\r\n", 11);
    if (!ok(terminal_until(t, same_screen, &e), "they come back behind it"))
        explain(t, &e);
    vt_free(e.vt);
    type(t, F1);
    terminal_wait(t);
    terminal_free(t);
    mem_free(many);
}

/* Terminals that leave pictographs apart, make one of those of ZWJ, or of all
 * graphemes. */
enum joining { APART, JOINED, JOINED_IN_TMUX };

static const char *const joinings[] = { "apart", "joined", "joined in tmux" };

static struct terminal *start_joining(const struct stage *stage,
                                      enum joining how)
{
    const struct terminal_setup setup = {
        .term = "xterm-256color",
        .locale = "C.UTF-8",
        .cols = 82,
        .rows = 10,
        .unknown = how == APART ? ZWJ " " : NULL,
        .clusters = how != APART,
        .tmux = how == JOINED_IN_TMUX,
        .run = stage_run,
        .arg = (void *)(uintptr_t)stage,
    };

    return terminal_start(&setup);
}

/* The goose is of Unicode 15, the C library perhaps older. */
static void test_newer(void)
{
    static const struct stage stage = {
        .steps = { "a\xf0\x9f\xaa\xbf"
                   "b",
                   "\033[HA", "\033[4Gc" },
    };
    static const char *const rows[] = { "a\xf0\x9f\xaa\xbf"
                                        "b",
                                        "A\xf0\x9f\xaa\xbf"
                                        "b",
                                        "A\xf0\x9f\xaa\xbf"
                                        "c" };
    struct terminal *t = start(&stage, 40, 10);
    size_t i;

    for (i = 0; i < COUNT(rows); i++) {
        if (i > 0)
            type(t, F12);
        is_row(t, 0, rows[i], "an emoji that is newer than the C library");
    }
    type(t, F1);
    is_num(terminal_wait(t), 0, "it ends");
    terminal_free(t);
}

/* The melting face is of Unicode 14.  In a terminal that is older it is narrow,
 * or nothing. */
static void test_older(const char *unknown, const char *const rows[])
{
    static const struct stage stage = {
        .steps = { "a\xf0\x9f\xab\xa0"
                   "b\xf0\x9f\xab\xa0"
                   "c",
                   "\033[HA", "\033[4Gd\033[8Ge" },
    };
    const struct terminal_setup setup = {
        .term = "xterm-256color",
        .locale = "C.UTF-8",
        .cols = 40,
        .rows = 10,
        .unknown = unknown,
        .run = stage_run,
        .arg = (void *)(uintptr_t)&stage,
    };
    struct terminal *t = terminal_start(&setup);
    size_t i;

    for (i = 0; i < 3; i++) {
        if (i > 0)
            type(t, F12);
        is_row(t, 0, rows[i], "an emoji that is newer than the terminal");
    }
    type(t, F1);
    is_num(terminal_wait(t), 0, "it ends");
    terminal_free(t);
}

/* A mark asks for the wide form of what is else narrow. */
static void test_variation(void)
{
    static const struct stage stage = {
        .steps = { "\033[?2027ha\xe2\x9a\xa0\xef\xb8\x8f"
                   "b" },
    };
    const struct terminal_setup setup = {
        .term = "xterm-256color",
        .locale = "C.UTF-8",
        .cols = 40,
        .rows = 10,
        .clusters = true,
        .run = stage_run,
        .arg = (void *)(uintptr_t)&stage,
    };
    struct terminal *t = terminal_start(&setup);

    is_row(t, 0,
           "a\xe2\x9a\xa0\xef\xb8\x8f"
           "b",
           "U+FE0F goes out too");
    type(t, F1);
    is_num(terminal_wait(t), 0, "it ends");
    terminal_free(t);
}

/* ... and another one for the narrow form of what is else wide: with a blank
 * behind it, for a terminal may not know the mark. */
static void test_narrowed(enum joining how)
{
    static const struct stage stage = {
        .steps = { "\033[?2027ha" WATCH TEXT_FORM " b" WATCH TEXT_FORM
                   "c\033[4m" WATCH TEXT_FORM "\033[m d",
                   "\033[3Gx\033[7G\033[K" WATCH TEXT_FORM, "\033[3G\033[X" },
    };
    static const char *const rows[][2] = {
        { "a" WATCH TEXT_FORM "b" BOX "c" BOX " d",
          "a" WATCH TEXT_FORM " b" BOX "c" BOX " d" },
        { "a" BOX "xb" BOX "c" WATCH TEXT_FORM, NULL },
        { "a" WATCH TEXT_FORM "b" BOX "c" WATCH TEXT_FORM,
          "a" WATCH TEXT_FORM " b" BOX "c" WATCH TEXT_FORM },
    };
    struct terminal *t = start_joining(&stage, how);
    size_t i;

    for (i = 0; i < COUNT(rows); i++) {
        bool one = how != APART && rows[i][1] != NULL;

        if (i > 0)
            type(t, F12);
        is_row(t, 0, rows[i][one], "U+FE0E behind an emoji");
    }
    type(t, F1);
    is_num(terminal_wait(t), 0, "it ends");
    terminal_free(t);
}

/* A trigram is wide since Unicode 16. */
static void test_trigram(const char *term, const char *unknown,
                         const char *want)
{
    static const struct stage stage = { .steps = { "a\xe2\x98\xb0"
                                                   "b" } };
    const struct terminal_setup setup = {
        .term = term,
        .locale = "C.UTF-8",
        .cols = 40,
        .rows = 10,
        .unknown = unknown,
        .run = stage_run,
        .arg = (void *)(uintptr_t)&stage,
    };
    struct terminal *t = terminal_start(&setup);

    is_row(t, 0, want, "a sign that is wide since Unicode 16");
    type(t, F1);
    is_num(terminal_wait(t), 0, "it ends");
    terminal_free(t);
}

/* A screen in reverse video: a cell in both its colours stays. */
static void test_reversed(void)
{
    static const struct stage stage = {
        .steps = { "\033[?5h\033[31mr\033[97;44mw\033[;7;32mg\033[;44mb"
                   "\033[mn" }
    };
    static const struct {
        uint32_t fg, bg;
        unsigned attrs;
    } want[] = { { VT_COLOR_DEFAULT, VT_COLOR_INDEX | 1, VT_REVERSE },
                 { VT_COLOR_INDEX | 15, VT_COLOR_INDEX | 4, 0 },
                 { VT_COLOR_DEFAULT, VT_COLOR_INDEX | 2, 0 },
                 { VT_COLOR_INDEX | 4, VT_COLOR_DEFAULT, VT_REVERSE },
                 { VT_COLOR_DEFAULT, VT_COLOR_DEFAULT, VT_REVERSE } };
    struct terminal *t = start(&stage, 40, 10);
    const struct vt_cell *cell;
    size_t i;

    ok(terminal_expect(t, "rwgbn"), "a screen in reverse video");
    for (i = 0; i < COUNT(want); i++) {
        cell = &vt_row(t->vt, 0)[i];
        is_num(cell->fg, want[i].fg, "text");
        is_num(cell->bg, want[i].bg, "background");
        is_num(cell->attrs, want[i].attrs, "turned over or not");
    }
    type(t, F1);
    terminal_wait(t);
    terminal_free(t);
}

static void test_all_older(void)
{
    static const char *const narrow[] = { "a* b* c", "A* b* c", "A* d* ce" };
    static const char *const none[] = { "a\xef\xbf\xbd b\xef\xbf\xbd c",
                                        "A\xef\xbf\xbd b\xef\xbf\xbd c",
                                        "A\xef\xbf\xbd d\xef\xbf\xbd ce" };

    test_older("\xf0\x9f\xab\xa0 *", narrow);
    test_older("\xf0\x9f\xab\xa0 ", none);
}

static void test_graphemes(enum joining how)
{
    static const struct stage stage = {
        .steps = { "\033[?2027ha" CODER "b" CODER CODER "c",
                   "\033[H\033[C" PILOT, "\033[H\033[C" WOMAN,
                   "\033[H\033[C" CODER "\033[H\033[3Cx",
                   "\033[H\033[6C" MARKED },
    };
    static const char *const rows[][2] = {
        { "a" WOMAN "b" WOMAN WOMAN "c", "a" CODER "b" CODER CODER "c" },
        { "a" WOMAN "b" WOMAN WOMAN "c", "a" PILOT "b" CODER CODER "c" },
        { "a" WOMAN "b" WOMAN WOMAN "c", "a" WOMAN "b" CODER CODER "c" },
        { "a" WOMAN "x" WOMAN WOMAN "c", "a" CODER "x" CODER CODER "c" },
        { "a" WOMAN "x" WOMAN MARKED " c", "a" CODER "x" CODER MARKED " c" },
    };
    struct terminal *t = start_joining(&stage, how);
    size_t i;

    for (i = 0; i < COUNT(rows); i++) {
        if (i > 0)
            type(t, F12);
        is_row(t, 0, rows[i][how != APART], joinings[how]);
    }
    type(t, F1);
    is_num(terminal_wait(t), 0, "it ends");
    terminal_free(t);
}

/* A grapheme in the place of another one has its name in the row, too. */
static void test_grapheme_anew(void)
{
    static const struct stage stage = {
        .steps = { "e\xcc\x81|", "\r\033[2Ke\xcc\x88|" },
    };
    struct terminal *t = start(&stage, 80, 24);

    is_row(t, 0, "e\xcc\x81|", "a grapheme");
    type(t, F12);
    is_row(t, 0, "e\xcc\x88|", "and another one where it was");
    type(t, F1);
    is_num(terminal_wait(t), 0, "it ends");
    terminal_free(t);
}

/* Near the right margin the parts of a grapheme may have no room side by side:
 * six columns are more than what is left from column 77 on. */
static void test_graphemes_at_margin(enum joining how)
{
    struct buf text = { 0 };
    struct stage stage = { .steps = { "" } };
    struct terminal *t;
    unsigned i;
    bool whole;

    buf_put_str(&text, "\033[?2027h");
    for (i = 0; i < 6; i++)
        buf_printf(&text, "\033[%u;%uHa" FAMILY "%.*s", i + 1, 75 + i,
                   (int)(5 - i), "zzzzz");
    stage.steps[0] = buf_str(&text);
    t = start_joining(&stage, how);
    for (i = 0; i < 6; i++) {
        whole = how == JOINED_IN_TMUX || (how == JOINED && i < 4);
        buf_clear(&text);
        buf_printf(&text, "%*sa%s%.*s", 74 + (int)i, "", whole ? FAMILY : WOMAN,
                   (int)(5 - i), "zzzzz");
        is_row(t, i, buf_str(&text), joinings[how]);
    }
    type(t, F1);
    is_num(terminal_wait(t), 0, "it ends");
    terminal_free(t);
    buf_free(&text);
}

/* A skin tone has a cell of its own, unless the terminal gives it none. */
static void test_skin_tones(enum joining how)
{
    static const struct stage stage = {
        .steps = { "a" THUMB "b" LINK("x:1", THUMB THUMB) "c\033[8m" HAND
                                                          "\033[m" TONE,
                   "\033[H\033[C" HAND "xy", "\033[2Hd" HAND,
                   "\033[2;4H" TONE "e" },
    };
    static const char *const rows[][2] = {
        { "a" THUMB "b" THUMB THUMB "c  " TONE,
          "a" THUMB "  b" THUMB "  " THUMB "  c  " TONE },
        { "a" HAND "xyb" THUMB THUMB "c  " TONE,
          "a" HAND "xyb" THUMB "  " THUMB "  c  " TONE },
    };
    struct terminal *t = start_joining(&stage, how);
    size_t i;

    for (i = 0; i < COUNT(rows); i++) {
        if (i > 0)
            type(t, F12);
        is_row(t, 0, rows[i][how != APART], joinings[how]);
    }
    type(t, F12);
    is_row(t, 1, "d" HAND, joinings[how]);
    type(t, F12);
    is_row(t, 1, how != APART ? "d" THUMB "  e" : "d" THUMB "e",
           "and a tone for a hand that stands there");
    type(t, F1);
    is_num(terminal_wait(t), 0, "it ends");
    terminal_free(t);
}

/* The parts of a picture have cells of their own, too, if the server does not
 * ask for graphemes. */
static void test_parts(enum joining how)
{
    static const struct stage stage = {
        .steps = { "a" FAMILY "b" LINK("x:1", CODER CODER) "c",
                   "\033[H\033[C" WOMAN "xy", "\033[3Hd" WOMAN ZWJ,
                   "\033[3;4H" LAPTOP "e",
                   "\033[3;1H\033[K" CODER "\033[3;3H\033[8m" LAPTOP },
    };
    const bool joins = how != APART;
    struct terminal *t = start_joining(&stage, how);

    is_row(t, 0,
           joins ? "a" FAMILY "    b" CODER "  " CODER "  c"
                 : "a" APARTS BOY "b" APARTS APARTS "c",
           joinings[how]);
    type(t, F12);
    is_row(t, 0,
           joins ? "a" WOMAN "xy" BOY "b" CODER "  " CODER "  c"
                 : "a" WOMAN "xy" BOY "b" APARTS APARTS "c",
           "its second part is gone");
    type(t, F12);
    is_row(t, 2, "d" WOMAN, "one that waits for what is to be joined");
    type(t, F12);
    is_row(t, 2, joins ? "d" CODER "  e" : "d" APARTS "e", "it has come");
    type(t, F12);
    is_row(t, 2, WOMAN, "what is invisible is no part");
    type(t, F1);
    is_num(terminal_wait(t), 0, "it ends");
    terminal_free(t);
}

static bool is_linked(const struct terminal *t, const void *arg)
{
    unsigned row = *(const unsigned *)arg;
    const struct vt_cell *cell = &vt_row(t->vt, row)[0];

    return cell->ch == 'x' && cell->extra != 0 &&
           vt_extra(t->vt, row, cell).link != 0;
}

/* A cell costs the server a link of 2 KB once, but us in each frame: so much
 * that one frame has not all of them. */
static void test_long_links(void)
{
    static const unsigned first = 0, last = 19;
    struct buf flood = { 0 };
    struct stage stage = { .steps = { "top", NULL } };
    struct terminal *t;
    size_t before;
    unsigned i;

    buf_put_str(&flood, "\033[H");
    for (i = 0; i < (last + 1) * 80; i++)
        buf_printf(&flood, "\033]8;;x:%02000u\033\\x", i);
    buf_put_str(&flood, "\033]8;;\033\\");
    stage.steps[1] = buf_str(&flood);
    t = start(&stage, 80, 24);
    ok(terminal_expect(t, "top"), "before many long links");
    before = t->bytes;
    type(t, F12);
    ok(terminal_until(t, is_linked, &first), "the first row is linked");
    ok(terminal_until(t, is_linked, &last), "and the last");
    ok(t->bytes - before < flood.len * 2, "in %zu bytes for %zu",
       (size_t)(t->bytes - before), flood.len);
    type(t, F1);
    terminal_wait(t);
    terminal_free(t);
    buf_free(&flood);
}

/* ---- changes ---- */

/* The same on each run. */
static unsigned any_of(uint32_t *seed, unsigned n)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 16) % n;
}

static void put_change(struct buf *out, uint32_t *seed, unsigned cols,
                       unsigned rows)
{
    static const char *const texts[] = {
        "a",
        "word",
        " ",
        "      ",
        "-",
        "\xc3\xa9",
        "e\xcc\x81",
        "\xe6\x97\xa5",
        "\xe6\x97\xa5\xe6\x9c\xac",
        "\xf0\x9f\x98\x80",
        HAND,
        TONE,
        MARKED,
        "\t",
        "\r\n",
        "\b",
        "\033[m",
        "\033[1;31m",
        "\033[44m",
        "\033[7m",
        "\033[4:3;58:5:9m",
        "\033[38;2;1;2;3m",
        "\033]8;;x:1\033\\",
        "\033]8;;\033\\",
        "\033M",
        "\033D",
        "\033[1K",
        "\033[K",
        "\033[1J",
        "\033[J",
        "\033[4h",
        "\033[4l",
    };
    static const char ends[] = "@PLMXbST";
    unsigned what = any_of(seed, 8);

    if (what == 0)
        buf_printf(out, "\033[%u;%uH", 1 + any_of(seed, rows),
                   1 + any_of(seed, cols));
    else if (what == 1)
        buf_printf(out, "\033[%u%c", 1 + any_of(seed, 9),
                   ends[any_of(seed, sizeof ends - 1)]);
    else
        buf_put_str(out, texts[any_of(seed, COUNT(texts))]);
}

/* Of a screen that is full of things, some cells change. */
static void test_changes(uint32_t seed, unsigned cols, unsigned rows)
{
    struct buf texts[STAGE_STEPS] = { { 0 } };
    struct stage stage = { 0 };
    struct expected e = { .depth = 1L << 24, .takes = ALL };
    struct terminal *t;
    bool good = true;
    uint32_t at = seed;
    size_t i, n;

    for (i = 0; i < STAGE_STEPS; i++) {
        for (n = i == 0 ? 200 : 1 + any_of(&at, 9); n > 0; n--)
            put_change(&texts[i], &at, cols, rows - 1);
        stage.steps[i] = buf_str(&texts[i]);
    }
    t = start(&stage, cols, rows);
    for (i = 0; good && i < STAGE_STEPS; i++) {
        if (i > 0)
            type(t, F12);
        e.vt = reference(&stage, i + 1, cols, rows - 1);
        good = terminal_until(t, same_screen, &e);
        if (!good)
            explain(t, &e);
        vt_free(e.vt);
    }
    ok(good, "small changes, %ux%u, from %u, step %zu", cols, rows,
       (unsigned)seed, i);
    type(t, F1);
    terminal_wait(t);
    terminal_free(t);
    for (i = 0; i < STAGE_STEPS; i++)
        buf_free(&texts[i]);
}

/* ---- window size ---- */

static void test_resize(void)
{
    static const struct {
        unsigned cols, rows;
    } sizes[] = { { 100, 30 }, { 40, 10 }, { 10, 3 }, { 1, 1 }, { 80, 24 } };
    static const struct stage stage = { .steps = { "hello" } };
    struct terminal *t = start(&stage, 80, 24);
    struct expected e = { .depth = 1L << 24, .takes = ALL };
    size_t i;

    ok(terminal_expect(t, "hello"), "before");
    for (i = 0; i < COUNT(sizes); i++) {
        terminal_resize(t, sizes[i].cols, sizes[i].rows);
        vt_write(t->vt, "\033[2J\033[H#", 8); /* must be drawn over */
        e.vt = reference(&stage, 1, 80, 23);
        vt_resize(e.vt, sizes[i].cols,
                  sizes[i].rows > 1 ? sizes[i].rows - 1 : 1);
        if (i == 4) /* what was cut away at one row is gone for good */
            ok(terminal_expect(t, "connected"), "back at 80x24");
        else if (!ok(terminal_until(t, same_screen, &e), "resized to %ux%u",
                     sizes[i].cols, sizes[i].rows))
            explain(t, &e);
        vt_free(e.vt);
    }
    type(t, "x");
    ok(terminal_expect(t, "x"), "it still reads keys");
    type(t, F1);
    is_num(terminal_wait(t), 0, "it ends");
    terminal_free(t);
}

/* ---- what cannot be shown ---- */

static void test_substitutes(void)
{
    static const struct stage stage = {
        .steps = { "\xe2\x80\x9cquoted\xe2\x80\x9d \xe2\x80\x94 "
                   "\xc3\xa9t\xc3\xa9 \xe6\x97\xa5|\r\n"
                   "\xe2\x94\x8c\xe2\x94\x80\xe2\x94\x90\r\n"
                   "\033[4:4;9;53;8mhidden\033[m|\r\n" },
    };
    struct terminal_setup setup = { .term = "xterm-256color",
                                    .locale = "C",
                                    .cols = 26,
                                    .rows = 10,
                                    .run = stage_run,
                                    .arg = (void *)(uintptr_t)&stage };
    struct terminal *t = terminal_start(&setup);

    ok(terminal_expect(t, " con>"), "a cut is no full stop without UTF-8");
    is_row(t, 0, "\"quoted\" - ete ? |", "near characters, columns kept");
    is_row(t, 1, "\xe2\x94\x8c\xe2\x94\x80\xe2\x94\x90", "DEC's lines");
    is_row(t, 2, "      |", "what is invisible is not sent");
    is_num(vt_row(t->vt, 2)[0].attrs, 0, "nor are its lines");
    type(t, F1);
    terminal_wait(t);
    terminal_free(t);
}

/* More pairs of colours than the terminal has. */
static void test_pairs(void)
{
    struct buf out = { 0 };
    struct stage stage = { .steps = { NULL, "\033[2J\033[Hfew \033[31mred" } };
    struct terminal_setup setup = { .term = "linux",
                                    .locale = "C",
                                    .cols = 80,
                                    .rows = 24,
                                    .run = stage_run,
                                    .arg = &stage };
    struct expected e = { .depth = 8 };
    struct terminal *t;
    unsigned i;

    for (i = 0; i < 81; i++)
        buf_printf(&out, "\033[%u;%um%u ", i / 9 == 8 ? 39 : 30 + i / 9,
                   i % 9 == 8 ? 49 : 40 + i % 9, i);
    buf_put_str(&out, "\033[mend");
    stage.steps[0] = buf_str(&out);
    t = terminal_start(&setup);
    ok(terminal_expect(t, "end"), "more colours than pairs");
    type(t, F12);
    e.vt = reference(&stage, 2, 80, 23);
    if (!ok(terminal_until(t, same_screen, &e), "pairs are used again"))
        explain(t, &e);
    vt_free(e.vt);
    type(t, F1);
    is_num(terminal_wait(t), 0, "it ends");
    terminal_free(t);
    buf_free(&out);
}

/* ---- changes of the whole screen ---- */

static bool is_reversed(const struct terminal *t, const void *arg)
{
    unsigned want = *(const bool *)arg ? VT_REVERSE : 0;

    return (vt_row(t->vt, 0)[0].attrs & VT_REVERSE) == want &&
           (vt_row(t->vt, 5)[20].attrs & VT_REVERSE) == want;
}

static bool has_shape(const struct terminal *t, const void *arg)
{
    return vt_cursor(t->vt).shape == *(const enum vt_cursor_shape *)arg;
}

static bool has_background(const struct terminal *t, const void *arg)
{
    return vt_row(t->vt, 5)[20].bg == *(const uint32_t *)arg;
}

/* Without colours: 'r' where a cell of the first row is in reverse. */
static bool has_marks(const struct terminal *t, const void *arg)
{
    const char *want = arg;
    size_t i;

    for (i = 0; want[i] != '\0'; i++)
        if ((vt_row(t->vt, 0)[i].attrs & VT_REVERSE) !=
            (want[i] == 'r' ? VT_REVERSE : 0))
            return false;
    return true;
}

static bool bar_is_noticed(const struct terminal *t, const void *arg)
{
    (void)arg;
    return vt_row(t->vt, 9)[39].attrs == (VT_REVERSE | VT_BOLD);
}

/* Each letter on a background, most of which a program marks things by. */
static void test_without_colors(void)
{
    static const struct stage stage = {
        .alert = true,
        .steps = { "\033[47ma\033[103mb\033[41mc\033[44md\033[40me"
                   "\033[;97;46mf\033[44mg\033[40mh\033[;30;46mi\033[7mj"
                   "\033[;48;5;242mk\033[48;5;236ml\033[48;2;102;92;84mm"
                   "\033[;7mn\033[;34;40mo\033[30;44mp\033[mq\033[93mr"
                   "\033[90ms\033[97mt" },
    };
    const struct terminal_setup setup = {
        .term = "vt100",
        .locale = "C.UTF-8",
        .cols = 40,
        .rows = 10,
        .run = stage_run,
        .arg = (void *)(uintptr_t)&stage,
    };
    struct terminal *t = terminal_start(&setup);

    ok(terminal_expect(t, "abcdefghijklmnopqrst"), "without colours");
    ok(terminal_until(t, has_marks, "rrr..r..r.r.rr.r."),
       "backgrounds are seen as reverse video");
    ok(terminal_until(t, bar_is_noticed, NULL), "an alert is a bold bar");
    is_num(vt_row(t->vt, 0)[17].attrs, VT_BOLD, "a bright colour as bold");
    is_num(vt_row(t->vt, 0)[18].attrs, 0, "but not grey");
    is_num(vt_row(t->vt, 0)[19].attrs, 0, "nor white");
    type(t, F1);
    is_num(terminal_wait(t), 0, "it ends");
    terminal_free(t);
}

static void test_whole_screen(void)
{
    static const char painted[] =
        "\033]4;1;rgb:12/34/56;10;rgb:65/43/21\033\\"
        "\033[31mred\033[32mgreen\033[;1;31mbold\033[32mlight";
    static const struct stage stage = {
        .steps = { "hello", "\033[?5h", "\033[?5l", "\033[5 q", "\033[0 q",
                   painted, "\033]11;#102030\033\\" },
    };
    struct terminal *t = start(&stage, 40, 10);
    enum vt_cursor_shape bar = VT_BAR, block = VT_BLOCK;
    uint32_t background = VT_COLOR_RGB | 0x102030;
    bool yes = true, no = false;

    ok(terminal_expect(t, "hello"), "a screen");
    type(t, F12);
    ok(terminal_until(t, is_reversed, &yes), "in reverse video (DECSCNM)");
    type(t, F12);
    ok(terminal_until(t, is_reversed, &no), "and not");
    type(t, F12);
    ok(terminal_until(t, has_shape, &bar), "the cursor's shape goes through");
    type(t, F12);
    ok(terminal_until(t, has_shape, &block), "and back");
    type(t, F12);
    ok(terminal_expect(t, "redgreenboldlight"),
       "palette colours the server changed");
    is_num(vt_row(t->vt, 0)[5].fg, VT_COLOR_RGB | 0x123456, "are shown");
    is_num(vt_row(t->vt, 0)[8].fg, VT_COLOR_INDEX | 2, "but not of plain text");
    is_num(vt_row(t->vt, 0)[13].fg, VT_COLOR_RGB | 0x123456, "of bold text");
    is_num(vt_row(t->vt, 0)[17].fg, VT_COLOR_RGB | 0x654321,
           "a bright one of bold text");
    type(t, F12);
    ok(terminal_until(t, has_background, &background),
       "a default colour the server changed is shown");
    type(t, F1);
    terminal_wait(t);
    terminal_free(t);
}

/* It has 24-bit colours, but no COLORTERM. */
static void test_windows(void)
{
    static const struct stage stage = { .steps = { "\033[38;2;1;2;3mhello" } };
    const struct terminal_setup setup = {
        .term = "xterm-256color",
        .locale = "C.UTF-8",
        .cols = 40,
        .rows = 10,
        .windows = true,
        .run = stage_run,
        .arg = (void *)(uintptr_t)&stage,
    };
    struct terminal *t = terminal_start(&setup);

    ok(terminal_expect(t, "hello"), "in Windows Terminal");
    is_num(vt_row(t->vt, 0)[0].fg, VT_COLOR_RGB | 0x010203, "24-bit colours");
    type(t, F1);
    terminal_wait(t);
    terminal_free(t);
}

static bool has_cursor(const struct terminal *t, const void *arg)
{
    const struct vt_cursor *want = arg, is = vt_cursor(t->vt);

    return is.usual == want->usual && is.shape == want->shape &&
           is.colored == want->colored &&
           (!want->colored || is.color == want->color);
}

/* A steady block that a program asks for is not what the user has.  tmux may
 * call itself screen, whose description has none of this. */
static void test_cursor(const char *term, bool tmux)
{
    static const struct stage stage = {
        .steps = { "hello", "\033[6 q", "\033[2 q", "\033[0 q",
                   "\033]12;#123456\033\\", "\033]112\033\\",
                   "\033]12;#654321\033\\" },
    };
    static const struct vt_cursor cursors[] = {
        { .usual = true },
        { .shape = VT_BAR },
        { .shape = VT_BLOCK },
        { .usual = true },
        { .usual = true, .colored = true, .color = 0x123456 },
        { .usual = true },
        { .usual = true, .colored = true, .color = 0x654321 },
    };
    const struct terminal_setup setup = {
        .term = term,
        .locale = "C.UTF-8",
        .cols = 40,
        .rows = 10,
        .tmux = tmux,
        .run = stage_run,
        .arg = (void *)(uintptr_t)&stage,
    };
    struct terminal *t = terminal_start(&setup);
    size_t i;

    ok(terminal_expect(t, "hello"), "a screen, %s", term);
    for (i = 0; i < COUNT(cursors); i++) {
        if (i != 0)
            type(t, F12);
        ok(terminal_until(t, has_cursor, &cursors[i]), "cursor %zu", i);
    }
    type(t, F1);
    terminal_wait(t);
    ok(has_cursor(t, &cursors[0]), "it is the user's again");
    terminal_free(t);
}

int main(void)
{
    size_t i;

    for (i = 0; i < COUNT(screens); i++)
        test_screen(i);
    test_no_styles(NULL);
    test_no_styles("truecolor");
    test_status();
    test_double();
    test_double_there();
    test_double_common();
    test_scroll();
    test_beside();
    test_newer();
    test_all_older();
    test_trigram("xterm-256color", NULL,
                 "a\xe2\x98\xb0"
                 "b");
    test_trigram("xterm-256color", "\xe2\x98\xb0 *", "a* b");
    test_trigram("linux", "\xe2\x98\xb0 *", "a* b");
    test_reversed();
    test_variation();
    test_narrowed(APART);
    test_narrowed(JOINED);
    test_graphemes(APART);
    test_graphemes(JOINED);
    test_grapheme_anew();
    test_graphemes_at_margin(APART);
    test_graphemes_at_margin(JOINED);
    test_graphemes_at_margin(JOINED_IN_TMUX);
    test_skin_tones(APART);
    test_skin_tones(JOINED);
    test_parts(APART);
    test_parts(JOINED);
    test_long_links();
    for (i = 0; i < 16; i++)
        test_changes((uint32_t)i, i % 2 != 0 ? 40 : 80, i % 2 != 0 ? 12 : 24);
    test_resize();
    test_substitutes();
    test_pairs();
    test_without_colors();
    test_whole_screen();
    test_cursor("xterm-256color", false);
    test_cursor("screen-256color", true);
    test_windows();
    return tap_done();
}
