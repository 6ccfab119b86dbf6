/*
 * script.c - runs the scripts tests/vt/NAME.t: bytes in, a screen out.
 *
 * A case begins with "== name" and has a fresh terminal of 10 columns and 4
 * rows, 20 lines kept.  The lines after it are run in order:
 *
 *   size C R [N]   another fresh terminal, with N lines kept
 *   reports        a fresh terminal that lets the screen be read
 *   converted      a fresh terminal that gets nothing but UTF-8
 *   pixels W H     the size of a cell
 *   owner fg|bg #rrggbb   what the owner's own colours are
 *   in TEXT        write; \e \r \n \t \b \\ and \xHH are understood
 *   resize C R
 *   screen A|B     the rows without the blanks at their ends and without the
 *                  empty rows at the end
 *   above A|B      the same of the scrollback
 *   cursor R C
 *   cell R C WORDS the style: bold ... fgN bgN fg#rrggbb bg#rrggbb, fg:N if
 *                  it is exact, and what few cells have: ulN ul#rrggbb link=URI
 *   line R WORD    single, double, top or bottom
 *   reply TEXT     what the terminal answered since the last question
 *   title TEXT     also: icon, clipboard, directory, on-host (the
 *                  directory with its host) TEXT
 *   prompts N ...  the lines in which a shell's prompt begins (OSC 133)
 *   link R C R C   the second cell has the same link as the first
 *   state WORDS    what is on: alternate hidden mouse-drag paste ...
 *
 * Each case runs with its input whole, one byte at a time, in pieces of three,
 * whole again after other input and a full reset, and cut in two at every
 * place.  Byte by byte and at the cut the screen is looked at: a row that
 * nobody saw is kept otherwise.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "../tap.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "invariants.h"

#define LINE_LENGTH 4096

struct run {
    struct vt *vt;
    size_t piece;   /* bytes given at once; 0 for all */
    size_t cut;     /* split the input there; 0: nowhere */
    size_t given;   /* bytes so far */
    bool used;      /* the terminal did something else before */
    bool reports;   /* DECRQCRA is answered */
    bool converted; /* only UTF-8 comes */
    const char *file;
    unsigned line;
    struct buf why; /* what was wrong */
};

/* ---- text ---- */

static unsigned hex(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *d = strchr(digits, c);

    return d != NULL && c != '\0' ? (unsigned)(d - digits) : 0;
}

static void unescape(const char *s, struct buf *out)
{
    static const char names[] = "ernt b\\", values[] = "\033\r\n\t \b\\";

    for (; *s != '\0'; s++) {
        const char *name;

        if (*s != '\\') {
            buf_put_byte(out, (uint8_t)*s);
        } else if (s[1] == 'x' && s[2] != '\0' && s[3] != '\0') {
            buf_put_byte(out, (uint8_t)(hex(s[2]) << 4 | hex(s[3])));
            s += 3;
        } else if (s[1] != '\0' && (name = strchr(names, s[1])) != NULL) {
            buf_put_byte(out, (uint8_t)values[name - names]);
            s++;
        }
    }
}

static void put_cells(const struct vt *vt, const struct vt_cell *cells,
                      struct buf *out)
{
    size_t end = out->len;
    unsigned i;

    for (i = 0; i < vt_cols(vt); i++) {
        uint8_t bytes[4];
        size_t n, k;
        const uint32_t *ch = vt_cluster(vt, &cells[i], &n);

        if (cells[i].width == 0)
            continue;
        for (k = 0; k < n; k++)
            buf_put(out, bytes, utf8_encode(ch[k], bytes));
        if (ch[0] != ' ' || n > 1)
            end = out->len;
    }
    out->len = end;
}

/* Lines [from, to) joined by '|'. */
static void put_lines(const struct vt *vt, long from, long to, struct buf *out)
{
    struct vt_cell *cells = mem_array(vt_cols(vt), sizeof *cells);
    size_t end = 0;
    long i;

    for (i = from; i < to; i++) {
        size_t had;

        if (i > from)
            buf_put_byte(out, '|');
        had = out->len;
        vt_line(vt, i, cells, NULL);
        put_cells(vt, cells, out);
        if (out->len > had)
            end = out->len;
    }
    out->len = end;
    mem_free(cells);
}

/* ---- the words of a style and of a state ---- */

static void put_word(struct buf *out, const char *word)
{
    if (out->len != 0)
        buf_put_byte(out, ' ');
    buf_put_str(out, word);
}

static void put_color(struct buf *out, const char *which, uint32_t color)
{
    char word[32];

    if (color == VT_COLOR_DEFAULT)
        return;
    if ((color & VT_COLOR_KIND) == VT_COLOR_RGB)
        snprintf(word, sizeof word, "%s#%06x", which,
                 (unsigned)(color & VT_COLOR_VALUE));
    else
        snprintf(word, sizeof word, "%s%s%u", which,
                 (color & VT_COLOR_EXACT) != 0 ? ":" : "",
                 (unsigned)(color & 255));
    put_word(out, word);
}

static void describe_extra(const struct vt *vt, struct vt_extra extra,
                           struct buf *out)
{
    const char *uri = vt_link(vt, extra.link);

    put_color(out, "ul", extra.underline);
    if (extra.link != 0) {
        put_word(out, "link=");
        buf_put_str(out, uri != NULL ? uri : "?");
    }
}

static void describe_cell(const struct vt_cell *cell, struct buf *out)
{
    static const char *const names[] = {
        "bold",      "faint",     "italic", "underline", "blink",
        "reverse",   "invisible", "strike", "double",    "overline",
        "protected", "curly",     "dotted", "dashed",    "guarded",
    };
    size_t i;

    for (i = 0; i < sizeof names / sizeof names[0]; i++)
        if (cell->attrs >> i & 1)
            put_word(out, names[i]);
    put_color(out, "fg", cell->fg);
    put_color(out, "bg", cell->bg);
    if (cell->width != 1)
        put_word(out, cell->width == 2 ? "wide" : "half");
}

static void describe_state(const struct vt *vt, struct buf *out)
{
    static const char *const mice[] = { "", "mouse-x10", "mouse-button",
                                        "mouse-drag", "mouse-any" };
    static const char *const shapes[] = { "", "underscore", "bar" };
    struct vt_cursor cursor = vt_cursor(vt);
    const struct {
        bool on;
        const char *name;
    } words[] = {
        { vt_alternate(vt), "alternate" },
        { !cursor.visible, "hidden" },
        { cursor.blinks, "blinks" },
        { cursor.shape != VT_BLOCK, shapes[cursor.shape] },
        { vt_reversed(vt), "reversed" },
        { vt_mouse(vt) != VT_MOUSE_OFF, mice[vt_mouse(vt)] },
        { vt_paste_bracketed(vt), "paste" },
        { vt_focus_wanted(vt), "focus" },
        { vt_synchronized(vt), "synchronized" },
    };
    size_t i;

    for (i = 0; i < sizeof words / sizeof words[0]; i++)
        if (words[i].on)
            put_word(out, words[i].name);
    if (out->len == 0)
        put_word(out, "plain");
}

/* ---- commands ---- */

static void expect(struct run *r, struct buf *got, const char *want)
{
    if (strcmp(buf_str(got), want) != 0)
        buf_printf(&r->why, "%s:%u: got \"%s\", want \"%s\"\n", r->file,
                   r->line, buf_str(got), want);
}

static void expect_bytes(struct run *r, struct buf *got, const char *escaped)
{
    struct buf want = { 0 };

    unescape(escaped, &want);
    expect(r, got, buf_str(&want));
    buf_free(&want);
}

static void fresh(struct run *r, unsigned cols, unsigned rows, unsigned lines)
{
    static const char before[] =
        "some\033[1;31mtext\033[2;3r\033[?6;69h\033[2;5s\033(0\033[?1049h"
        "\033[4h\033[?7l\033[3g\033]0;x\007\033P$q\033[?25l\xe4\xb8";
    struct vt_options opt = { .cols = cols,
                              .rows = rows,
                              .scrollback = lines,
                              .answerback = "answer",
                              .screen_reports = r->reports,
                              .utf8_only = r->converted };

    vt_free(r->vt);
    r->vt = vt_new(&opt);
    if (r->used) {
        struct buf none = { 0 };

        vt_write(r->vt, before, sizeof before - 1);
        vt_reset(r->vt); /* which keeps the text, above */
        vt_clear_scrollback(r->vt);
        vt_take_reply(r->vt, &none);
        vt_take_events(r->vt);
        buf_free(&none);
    }
}

static void do_size(struct run *r, const char *arg)
{
    unsigned cols = 0, rows = 0, lines = 20;

    sscanf(arg, "%u %u %u", &cols, &rows, &lines);
    fresh(r, cols, rows, lines);
}

static void see(const struct vt *vt)
{
    unsigned i;

    for (i = 0; i < vt_rows(vt); i++)
        vt_row(vt, i);
}

static void do_in(struct run *r, const char *arg)
{
    struct buf b = { 0 };
    const char *broken;
    size_t at, step;

    unescape(arg, &b);
    for (at = 0; at < b.len; at += step) {
        step = r->piece != 0 ? r->piece : b.len;
        if (step > b.len - at)
            step = b.len - at;
        if (r->cut > r->given && r->cut < r->given + step)
            step = r->cut - r->given;
        vt_write(r->vt, b.data + at, step);
        r->given += step;
        if (r->piece == 1 || r->given == r->cut)
            see(r->vt);
    }
    if ((broken = vt_broken(r->vt, 20)) != NULL)
        buf_printf(&r->why, "%s:%u: not so: %s\n", r->file, r->line, broken);
    buf_free(&b);
}

static void do_resize(struct run *r, const char *arg)
{
    unsigned cols = 0, rows = 0;
    const char *broken;

    sscanf(arg, "%u %u", &cols, &rows);
    vt_resize(r->vt, cols, rows);
    if ((broken = vt_broken(r->vt, 20)) != NULL)
        buf_printf(&r->why, "%s:%u: not so: %s\n", r->file, r->line, broken);
}

static void do_screen(struct run *r, const char *arg)
{
    struct buf got = { 0 };

    put_lines(r->vt, 0, (long)vt_rows(r->vt), &got);
    expect_bytes(r, &got, arg);
    buf_free(&got);
}

static void do_above(struct run *r, const char *arg)
{
    struct buf got = { 0 };

    put_lines(r->vt, -(long)vt_scrollback(r->vt), 0, &got);
    expect_bytes(r, &got, arg);
    buf_free(&got);
}

static void do_cursor(struct run *r, const char *arg)
{
    struct vt_cursor cursor = vt_cursor(r->vt);
    struct buf got = { 0 };

    buf_printf(&got, "%u %u", cursor.row, cursor.col);
    expect(r, &got, arg);
    buf_free(&got);
}

/* Row R may also be above the screen. */
static struct vt_cell cell_at(struct run *r, int row, unsigned col)
{
    struct vt_cell *cells = mem_array(vt_cols(r->vt), sizeof *cells), cell;

    vt_line(r->vt, row, cells, NULL);
    cell = cells[col < vt_cols(r->vt) ? col : 0];
    mem_free(cells);
    return cell;
}

static void do_cell(struct run *r, const char *arg)
{
    struct buf got = { 0 };
    struct vt_cell cell;
    unsigned col = 0;
    int row = 0, used = 0;

    sscanf(arg, "%d %u %n", &row, &col, &used);
    cell = cell_at(r, row, col);
    describe_cell(&cell, &got);
    describe_extra(r->vt, vt_extra(r->vt, row, &cell), &got);
    if (got.len == 0)
        put_word(&got, "plain");
    expect(r, &got, arg + used);
    buf_free(&got);
}

static void do_line(struct run *r, const char *arg)
{
    static const char *const sizes[] = { "single", "double", "top", "bottom" };
    struct buf got = { 0 };
    int row = 0, used = 0;

    sscanf(arg, "%d %n", &row, &used);
    put_word(&got, sizes[vt_line_size(r->vt, row)]);
    expect(r, &got, arg + used);
    buf_free(&got);
}

static void do_link(struct run *r, const char *arg)
{
    int row[2] = { 0, 0 };
    unsigned col[2] = { 0, 0 };
    struct vt_cell a, b;

    sscanf(arg, "%d %u %d %u", &row[0], &col[0], &row[1], &col[1]);
    a = cell_at(r, row[0], col[0]);
    b = cell_at(r, row[1], col[1]);
    if (vt_extra(r->vt, row[0], &a).link != vt_extra(r->vt, row[1], &b).link)
        buf_printf(&r->why, "%s:%u: two links\n", r->file, r->line);
}

static void do_reply(struct run *r, const char *arg)
{
    struct buf got = { 0 };

    vt_take_reply(r->vt, &got);
    expect_bytes(r, &got, arg);
    buf_free(&got);
}

static void expect_text(struct run *r, const char *text, const char *arg)
{
    struct buf got = { 0 };

    buf_put_str(&got, text);
    expect(r, &got, arg);
    buf_free(&got);
}

static void do_title(struct run *r, const char *arg)
{
    expect_text(r, vt_title(r->vt), arg);
}

static void do_icon(struct run *r, const char *arg)
{
    expect_text(r, vt_icon_title(r->vt), arg);
}

static void do_directory(struct run *r, const char *arg)
{
    expect_text(r, vt_directory(r->vt), arg);
}

static void do_on_host(struct run *r, const char *arg)
{
    expect_text(r, vt_directory_on_host(r->vt), arg);
}

static void do_prompts(struct run *r, const char *arg)
{
    struct buf got = { 0 };
    long i;

    for (i = -(long)vt_scrollback(r->vt); i < (long)vt_rows(r->vt); i++)
        if (vt_line_prompt(r->vt, i))
            buf_printf(&got, got.len != 0 ? " %ld" : "%ld", i);
    expect(r, &got, arg);
    buf_free(&got);
}

static void do_reports(struct run *r, const char *arg)
{
    (void)arg;
    r->reports = true;
    fresh(r, 10, 4, 20);
}

static void do_converted(struct run *r, const char *arg)
{
    (void)arg;
    r->converted = true;
    fresh(r, 10, 4, 20);
}

static void do_pixels(struct run *r, const char *arg)
{
    unsigned width = 0, height = 0;

    sscanf(arg, "%u %u", &width, &height);
    vt_set_cell_size(r->vt, width, height);
}

static void do_owner(struct run *r, const char *arg)
{
    unsigned rgb = 0;
    char which[3] = "";

    sscanf(arg, "%2s #%x", which, &rgb);
    vt_set_default_color(
        r->vt, strcmp(which, "fg") == 0 ? VT_DEFAULT_FG : VT_DEFAULT_BG, rgb);
}

static void do_clipboard(struct run *r, const char *arg)
{
    struct buf got = { 0 };
    size_t n;
    const uint8_t *data = vt_clipboard(r->vt, &n);

    buf_put(&got, data, n);
    expect(r, &got, arg);
    buf_free(&got);
}

static void do_state(struct run *r, const char *arg)
{
    struct buf got = { 0 };

    describe_state(r->vt, &got);
    expect(r, &got, arg);
    buf_free(&got);
}

static const struct command {
    const char *name;
    void (*run)(struct run *r, const char *arg);
} commands[] = {
    { "size", do_size },       { "in", do_in },
    { "resize", do_resize },   { "screen", do_screen },
    { "above", do_above },     { "cursor", do_cursor },
    { "cell", do_cell },       { "reply", do_reply },
    { "title", do_title },     { "clipboard", do_clipboard },
    { "state", do_state },     { "icon", do_icon },
    { "line", do_line },       { "link", do_link },
    { "prompts", do_prompts }, { "directory", do_directory },
    { "pixels", do_pixels },   { "owner", do_owner },
    { "reports", do_reports }, { "converted", do_converted },
    { "on-host", do_on_host },
};

static void run_line(struct run *r, const char *text)
{
    size_t i, n = strcspn(text, " ");
    const char *arg = text[n] == ' ' ? text + n + 1 : text + n;

    for (i = 0; i < sizeof commands / sizeof commands[0]; i++)
        if (strlen(commands[i].name) == n &&
            strncmp(commands[i].name, text, n) == 0) {
            commands[i].run(r, arg);
            return;
        }
    buf_printf(&r->why, "%s:%u: what is \"%s\"?\n", r->file, r->line, text);
}

/* ---- files ---- */

struct script {
    char **lines;
    unsigned n;
};

static struct script load(const char *path)
{
    struct script s = { NULL, 0 };
    char line[LINE_LENGTH];
    FILE *f = fopen(path, "r");

    if (f == NULL) {
        perror(path);
        exit(1);
    }
    while (fgets(line, sizeof line, f) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        s.lines = mem_resize(s.lines, s.n + 1u, sizeof *s.lines);
        s.lines[s.n++] = mem_strdup(line);
    }
    fclose(f);
    return s;
}

static void run_lines(struct run *r, const struct script *s, unsigned first)
{
    unsigned k;

    fresh(r, 10, 4, 20);
    for (k = first + 1; k < s->n && strncmp(s->lines[k], "==", 2) != 0; k++) {
        r->line = k + 1;
        if (s->lines[k][0] != '\0' && s->lines[k][0] != '#')
            run_line(r, s->lines[k]);
    }
    vt_free(r->vt);
    r->vt = NULL;
}

static void tell(struct run *r, const struct script *s, unsigned first,
                 const char *how)
{
    if (!ok(r->why.len == 0, "%s: %s, %s", r->file, s->lines[first] + 3, how))
        diag("%s", buf_str(&r->why));
    buf_free(&r->why);
}

static void run_case(const char *file, const struct script *s, unsigned first)
{
    static const struct {
        size_t piece;
        bool used;
        const char *how;
    } ways[] = {
        { 0, false, "whole" },
        { 1, false, "byte by byte" },
        { 3, false, "in threes" },
        { 0, true, "after a reset" },
    };
    struct run cut = { .file = file };
    size_t i, bytes = 0;

    for (i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        struct run r = { .piece = ways[i].piece,
                         .used = ways[i].used,
                         .file = file };

        run_lines(&r, s, first);
        bytes = r.given;
        tell(&r, s, first, ways[i].how);
    }
    for (cut.cut = 1; cut.cut < bytes && cut.why.len == 0; cut.cut++) {
        cut.given = 0;
        cut.reports = cut.converted = false;
        run_lines(&cut, s, first);
    }
    tell(&cut, s, first, "cut anywhere");
}

static void run_file(const char *name)
{
    const char *top = getenv("top_srcdir");
    struct buf path = { 0 };
    struct script s;
    unsigned i;

    buf_printf(&path, "%s/tests/vt/%s", top != NULL ? top : ".", name);
    s = load(buf_str(&path));
    for (i = 0; i < s.n; i++)
        if (strncmp(s.lines[i], "== ", 3) == 0)
            run_case(name, &s, i);
    for (i = 0; i < s.n; i++)
        mem_free(s.lines[i]);
    mem_free(s.lines);
    buf_free(&path);
}

int main(void)
{
    static const char *const files[] = {
        "charset.t",  "clusters.t", "cursor.t",  "double.t",  "edit.t",
        "keyboard.t", "levels.t",   "links.t",   "margins.t", "modes.t",
        "osc.t",      "parser.t",   "protect.t", "rect.t",    "reflow.t",
        "report.t",   "sgr.t",      "text.t",    "titles.t",  "unicode.t",
    };
    size_t i;

    for (i = 0; i < sizeof files / sizeof files[0]; i++)
        run_file(files[i]);
    return tap_done();
}
