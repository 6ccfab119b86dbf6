/*
 * libvterm.c - random text and control functions, the same ones to us and to
 * libvterm: after each of them both screens are the same.
 *
 * What is sent keeps to where libvterm does as DEC's manuals, ECMA-48 or xterm
 * say; each restriction tells what it is for.  Its versions 0.1.4 and 0.3.3
 * were tried.  Every run has the same cases.
 */
#include <stdio.h>
#include <vterm.h>
#include "../tap.h"
#include "base/buf.h"
#include "vt/screen.h"

#define COLS  24u
#define ROWS  7u
#define CASES 1500u
#define STEPS 40u

struct pair {
    struct vt *ours;
    VTerm *theirs;
    VTermScreen *screen;
    struct buf sent; /* all so far */
};

static struct pair begin(void)
{
    const struct vt_options opt = { .cols = COLS, .rows = ROWS };
    struct pair p = { .ours = vt_new(&opt),
                      .theirs = vterm_new((int)ROWS, (int)COLS) };

    vterm_set_utf8(p.theirs, 1);
    p.screen = vterm_obtain_screen(p.theirs);
    vterm_screen_enable_altscreen(p.screen, 1);
    vterm_screen_reset(p.screen, 1);
    return p;
}

static void end(struct pair *p)
{
    vt_free(p->ours);
    vterm_free(p->theirs);
    buf_free(&p->sent);
}

static void send(struct pair *p, const char *text, size_t n)
{
    vt_write(p->ours, text, n);
    vterm_input_write(p->theirs, text, n);
    buf_put(&p->sent, text, n);
}

/* ---- are they the same? ---- */

static bool same_color(uint32_t ours, const VTermColor *theirs, bool is_default)
{
    if (is_default || ours == VT_COLOR_DEFAULT)
        return is_default && ours == VT_COLOR_DEFAULT;
    if (VTERM_COLOR_IS_INDEXED(theirs))
        return (ours & ~VT_COLOR_EXACT) ==
               (VT_COLOR_INDEX | theirs->indexed.idx);
    return ours == (VT_COLOR_RGB | (uint32_t)theirs->rgb.red << 16 |
                    (uint32_t)theirs->rgb.green << 8 | theirs->rgb.blue);
}

static unsigned underline(unsigned attrs)
{
    return attrs & VT_CURLY_UNDERLINE    ? VTERM_UNDERLINE_CURLY
           : attrs & VT_DOUBLE_UNDERLINE ? VTERM_UNDERLINE_DOUBLE
           : attrs & VT_UNDERLINE        ? VTERM_UNDERLINE_SINGLE
                                         : VTERM_UNDERLINE_OFF;
}

/* Faint and invisible are not known to all versions. */
static bool looks_same(const struct vt_cell *ours,
                       const VTermScreenCell *theirs)
{
    const unsigned a = ours->attrs;
    const VTermScreenCellAttrs *b = &theirs->attrs;

    return b->bold == ((a & VT_BOLD) != 0) &&
           b->italic == ((a & VT_ITALIC) != 0) &&
           b->blink == ((a & VT_BLINK) != 0) &&
           b->reverse == ((a & VT_REVERSE) != 0) &&
           b->strike == ((a & VT_STRIKE) != 0) &&
           b->underline == underline(a) &&
           same_color(ours->fg, &theirs->fg,
                      VTERM_COLOR_IS_DEFAULT_FG(&theirs->fg));
}

static bool same_text(const struct pair *p, const struct vt_cell *ours,
                      const VTermScreenCell *theirs)
{
    size_t n, i;
    const uint32_t *ch = vt_cluster(p->ours, ours, &n);

    if (n >= VTERM_MAX_CHARS_PER_CELL)
        return false;
    for (i = 0; i < n; i++)
        if (ch[i] != theirs->chars[i])
            return false;
    return theirs->chars[n] == 0 && (uint8_t)theirs->width == ours->width;
}

/* They have no character in a cell that was erased, and -1 in a right half. */
static bool same_cell(const struct pair *p, unsigned row, unsigned col)
{
    const struct vt_cell *ours = &vt_row(p->ours, row)[col];
    VTermPos pos = { (int)row, (int)col };
    VTermScreenCell theirs;

    vterm_screen_get_cell(p->screen, pos, &theirs);
    if (!same_color(ours->bg, &theirs.bg,
                    VTERM_COLOR_IS_DEFAULT_BG(&theirs.bg)))
        return false;
    if (ours->width == 0 || theirs.chars[0] == UINT32_MAX)
        return ours->width == 0 && theirs.chars[0] == UINT32_MAX;
    if (theirs.chars[0] == 0)
        return ours->ch == ' ' && ours->attrs == 0;
    return same_text(p, ours, &theirs) && looks_same(ours, &theirs);
}

static bool same_cursor(const struct pair *p)
{
    struct vt_cursor ours = vt_cursor(p->ours);
    VTermPos theirs;

    vterm_state_get_cursorpos(vterm_obtain_state(p->theirs), &theirs);
    return theirs.row == (int)ours.row && theirs.col == (int)ours.col;
}

/* Row and column of the first difference; false if there is none. */
static bool differ(const struct pair *p, unsigned *row, unsigned *col)
{
    for (*row = 0; *row < ROWS; ++*row)
        for (*col = 0; *col < COLS; ++*col)
            if (!same_cell(p, *row, *col))
                return true;
    return !same_cursor(p);
}

/* ---- what is sent ---- */

static unsigned below(uint32_t *random, unsigned n)
{
    *random ^= *random << 13;
    *random ^= *random >> 17;
    *random ^= *random << 5;
    return (*random >> 8) % n;
}

/* When a function is sent, and where: */
enum {
    CLEAR = 1,    /* what becomes of a pending wrap is not disputed */
    INSIDE = 2,   /* in the margins, else they ignore it */
    WHOLE = 4,    /* without margins, which they do not stop at, or save */
    ROWS_ONLY = 8 /* it leaves no half of a wide character, as they do */
};

/* At most two numbers, from 0 to most and to second. */
/* clang-format off */
static const struct function {
    const char *format;
    unsigned most, second, flags;
} functions[] = {
    { "\033[%u;%uH", ROWS + 1, COLS + 1, CLEAR | ROWS_ONLY },
    { "\033[%u;%uf", ROWS + 1, COLS + 1, CLEAR | ROWS_ONLY },
    { "\033[%uA",    ROWS,     0, CLEAR | WHOLE | ROWS_ONLY },
    { "\033[%uB",    ROWS,     0, CLEAR | WHOLE | ROWS_ONLY },
    { "\033[%uC",    COLS,     0, CLEAR | ROWS_ONLY },
    { "\033[%uD",    COLS,     0, CLEAR | ROWS_ONLY },
    { "\033[%uG",    COLS + 1, 0, CLEAR | ROWS_ONLY },
    { "\033[%ud",    ROWS + 1, 0, CLEAR | ROWS_ONLY },
    { "\033[%ua",    COLS,     0, CLEAR | ROWS_ONLY },
    { "\033[%ue",    ROWS,     0, CLEAR | WHOLE | ROWS_ONLY },
    { "\r",          0,        0, CLEAR | ROWS_ONLY },
    { "\n",          0,        0, ROWS_ONLY },
    { "\b",          0,        0, CLEAR },
    { "\033D",       0,        0, ROWS_ONLY },
    { "\033E",       0,        0, CLEAR | ROWS_ONLY },
    { "\033M",       0,        0, ROWS_ONLY },
    { "\0337",       0,        0, WHOLE | ROWS_ONLY },
    /* They save neither character sets nor protection. */
    { "\0338\033(B\033[0\"q", 0, 0, WHOLE },
    { "\t",          0,        0, 0 },
    { "\033[%uI",    3,        0, 0 },
    { "\033[%uZ",    3,        0, 0 },
    { "\033H",       0,        0, 0 },
    { "\033[%ug",    0,        0, 0 },
    { "\033[%uJ",    2,        0, 0 },
    { "\033[%uK",    2,        0, 0 },
    { "\033[%uX",    COLS,     0, 0 },
    { "\033[%u\"q",  2,        0, CLEAR },
    { "\033[?%uJ",   2,        0, 0 },
    { "\033[?%uK",   2,        0, 0 },
    { "\033[%u@",    COLS,     0, INSIDE },
    { "\033[%uP",    COLS,     0, INSIDE },
    /* They leave the cursor in its column. */
    { "\033[%uL\r",  ROWS,     0, ROWS_ONLY },
    { "\033[%uM\r",  ROWS,     0, ROWS_ONLY },
    { "\033[%uS",    3,        0, ROWS_ONLY },
    /* They take 0 for 1. */
    { "\033[T",      0,        0, ROWS_ONLY },
    { "\033[2T",     0,        0, ROWS_ONLY },
    { "\033[%u;5r",  3,        0, CLEAR },
    { "\033[%ur",    5,        0, CLEAR },
    { "\033[?6h",    0,        0, CLEAR },
    { "\033[?6l",    0,        0, CLEAR },
    { "\033[?7h",    0,        0, 0 },
    { "\033[?7l",    0,        0, 0 },
    { "\033[4h",     0,        0, 0 },
    { "\033[4l",     0,        0, 0 },
    /* They save one cursor for both screens. */
    { "\033[?1047h\033[2J\0337", 0, 0, WHOLE },
    { "\033[?1047l\0337", 0,    0, WHOLE },
    /* They keep margins and style. */
    { "\033[m\033[0\"q\033#8\033[?6l\033[r", 0, 0, ROWS_ONLY },
    { "\033(0",      0,        0, 0 },
    { "\033(B",      0,        0, 0 },
    { "\033[m",      0,        0, CLEAR | ROWS_ONLY },
    { "\033[%u;%um", 5,        5, CLEAR | ROWS_ONLY },
    { "\033[7m",     0,        0, CLEAR | ROWS_ONLY },
    { "\033[2%um",   9,        0, CLEAR | ROWS_ONLY },
    { "\033[3%um",   7,        0, CLEAR | ROWS_ONLY },
    { "\033[4%um",   7,        0, CLEAR | ROWS_ONLY },
    { "\033[9%um",   7,        0, CLEAR },
    { "\033[4:%um",  3,        0, CLEAR },
    { "\033[38;5;%um", 255,    0, CLEAR },
    { "\033[48;2;%u;%u;9m", 255, 255, CLEAR | ROWS_ONLY },
};
/* clang-format on */

#define FUNCTIONS (unsigned)(sizeof functions / sizeof functions[0])

/* The part of DEC's line drawing set that they have. */
static void send_ascii(struct pair *p, uint32_t *random)
{
    char c = (char)('j' + below(random, 15));

    send(p, &c, 1);
}

/* Wide ones, and marks: at most two, for libvterm keeps five. */
static void send_unicode(struct pair *p, uint32_t *random)
{
    static const char *const texts[] = { "x",
                                         "\xc3\xa9",
                                         "e\xcc\x81",
                                         "\xe6\x96\x87",
                                         "\xed\x95\x9c",
                                         "\xe4\xb8\xad\xcc\x82\xcc\xa3" };
    const char *text = texts[below(random, 6)];

    send(p, text, strlen(text));
}

static void send_text(struct pair *p, uint32_t *random, bool unicode)
{
    unsigned n = 1 + below(random, COLS + 6);

    /* On blank lines, for they leave a half of what is written over. */
    if (unicode)
        send(p, "\r\033[J", 4);
    while (n-- > 0)
        (unicode ? send_unicode : send_ascii)(p, random);
    /* Behind a wide character their cursor waits one column before. */
    if (unicode && p->ours->cur.wrap_pending)
        send(p, "\r", 1);
}

static bool has_margins(const struct vt *vt)
{
    return vt->cur.origin || vt->top != 0 || vt->bottom != ROWS - 1;
}

static void send_function(struct pair *p, uint32_t *random, bool unicode)
{
    const struct function *f = &functions[below(random, FUNCTIONS)];
    unsigned first = below(random, f->most + 1);
    unsigned second = below(random, f->second + 1);
    char text[32];
    int n;

    if ((unicode && !(f->flags & ROWS_ONLY)) ||
        ((f->flags & INSIDE) && !screen_in_margins(p->ours)) ||
        ((f->flags & WHOLE) && has_margins(p->ours)))
        return;
    if (p->ours->cur.wrap_pending && !(f->flags & CLEAR))
        send(p, "\r", 1);
    n = snprintf(text, sizeof text, f->format, first, second);
    send(p, text, (size_t)n);
}

static void show(const struct pair *p, unsigned row, unsigned col)
{
    struct buf text = { 0 };
    size_t i;

    for (i = 0; i < p->sent.len; i++)
        if (p->sent.data[i] < 0x20)
            buf_printf(&text, "\\x%02x", p->sent.data[i]);
        else
            buf_put_byte(&text, p->sent.data[i]);
    diag("row %u, column %u differs after: %s", row, col, buf_str(&text));
    buf_free(&text);
}

static bool run(uint32_t number)
{
    uint32_t random = number * 2654435761u + 1;
    struct pair p = begin();
    bool unicode = number % 4 == 0, same = true;
    unsigned row, col, step;

    send(&p, "\0337", 2); /* they restore nothing that was not saved */
    for (step = 0; step < STEPS && same; step++) {
        if (below(&random, 3) == 0)
            send_text(&p, &random, unicode);
        else
            send_function(&p, &random, unicode);
        same = !differ(&p, &row, &col);
    }
    if (!same)
        show(&p, row, col);
    end(&p);
    return same;
}

int main(void)
{
    unsigned i, differing = 0;

    for (i = 0; i < CASES; i++)
        differing += !run(i);
    is_num(differing, 0, "the same screens as libvterm's");
    return tap_done();
}
