#include "ui/beside.h"

#include <curses.h>

#include <string.h>
#include <wchar.h>
#include "base/buf.h"
#include "base/mem.h"
#include "ui/locale.h"
#include "ui/pairs.h"
#include "ui/shown.h"

/*
 * Bytes of a frame behind which no more links and graphemes are written.  A
 * server can give each cell a link of 2 KB: without a limit 10 MB from it were
 * 100 MB to the terminal.
 */
#define FRAME_MAX  (128u * 1024)
#define FRAME_FULL (FRAME_MAX / 2) /* behind it no row is begun */

struct beside {
    const struct pairs *pairs;
    struct looks looks;
    bool clips; /* the terminal drops what has no room at the margin */
    bool has[VT_MAX_SIDE];   /* such cells on this row */
    bool stale[VT_MAX_SIDE]; /* curses may have written them */
    bool any_stale;
};

struct beside *beside_new(const struct pairs *pairs, bool clips)
{
    struct beside *b = mem_alloc(sizeof *b);

    b->pairs = pairs;
    b->clips = clips;
    looks_learn(&b->looks);
    return b;
}

bool beside_has(const struct pair *pair)
{
    return pair->underline != 0 || pair->style != 0 || pair->link != 0 ||
           pair->grapheme[0] != 0;
}

void beside_free(struct beside *b)
{
    mem_free(b);
}

/* ---- which rows ---- */

static void mark(struct beside *b, unsigned row)
{
    b->stale[row] = b->has[row];
    b->any_stale = b->any_stale || b->has[row];
}

void beside_row(struct beside *b, unsigned row, bool has_some)
{
    if (row >= VT_MAX_SIDE)
        return;
    b->has[row] = has_some;
    mark(b, row);
}

void beside_again(struct beside *b, unsigned row)
{
    if (row < VT_MAX_SIDE)
        mark(b, row);
}

void beside_all(struct beside *b)
{
    unsigned row;

    for (row = 0; row < VT_MAX_SIDE; row++)
        mark(b, row);
}

void beside_scroll(struct beside *b, unsigned rows, unsigned n)
{
    if (rows > VT_MAX_SIDE)
        rows = VT_MAX_SIDE;
    if (n > rows)
        n = rows;
    memmove(b->has, b->has + n, (rows - n) * sizeof *b->has);
    memset(b->has + rows - n, 0, n * sizeof *b->has);
    beside_all(b); /* curses may not have scrolled, but written */
}

void beside_forget(struct beside *b)
{
    memset(b->has, 0, sizeof b->has);
    memset(b->stale, 0, sizeof b->stale);
    b->any_stale = false;
}

/* ---- sequences ---- */

/* The id makes one link, for the mouse, of cells that are written apart. */
static bool put_link(const struct vt *vt, const struct pair *pair,
                     struct buf *out)
{
    const char *uri = vt_link(vt, pair->link);

    if (uri == NULL || out->len > FRAME_MAX)
        return false;
    buf_printf(out, "\033]8;id=vmconnect-%u;", (unsigned)pair->link);
    buf_put_str(out, uri);
    buf_put_str(out, "\033\\");
    return true;
}

/* Columns that a terminal takes which joins nothing, and draws pictures wide
 * where VS16 asks for it. */
static unsigned apart(const uint32_t *grapheme)
{
    unsigned cols = 0;
    int w;

    for (; *grapheme != 0; grapheme++) {
        w = *grapheme == 0xfe0f ? 1 : wcwidth((wchar_t)*grapheme);
        cols += w >= 0 ? (unsigned)w : 2;
    }
    return cols;
}

/* The row that is being written. */
struct line {
    unsigned row, cols;
    unsigned covered; /* up to this column graphemes may have been drawn over
                         what curses has there */
};

/*
 * May a grapheme be written that would reach so far if its characters are drawn
 * side by side?  One of a single cell that a terminal may make wider would be
 * wiped out by what is written behind it.  Without room for all of them the
 * last ones are drawn over each other at the margin: not over its own cells.
 */
static bool is_safe(const struct beside *b, const struct pair *pair,
                    unsigned col, unsigned reach, unsigned cols)
{
    if (pair->cols == 1)
        return reach == col + 1;
    return reach <= cols || b->clips || col + pair->cols + 2 <= cols;
}

/* Returns the column behind it.  Without autowrap (DECAWM) the rows below stay
 * as they are. */
static unsigned put_grapheme(const struct pair *pair, unsigned col,
                             unsigned reach, struct line *line, struct buf *out)
{
    bool wide = reach > line->cols;
    size_t i;

    if (wide)
        buf_put_str(out, "\033[?7l");
    for (i = 0; pair->grapheme[i] != 0; i++)
        locale_put(out, pair->grapheme[i]);
    if (wide)
        buf_put_str(out, "\033[?7h");
    col += pair->cols;
    if (reach > col && reach > line->covered)
        line->covered = reach;
    return col;
}

/* The cells from col on that look alike, or one grapheme; returns the column
 * behind them. */
static unsigned put_text(const struct beside *b, const struct pair *pair,
                         const struct shown *first, unsigned col,
                         struct line *line, struct buf *out)
{
    struct shown cell = *first;
    unsigned reach = col + apart(pair->grapheme);
    size_t i;

    if (pair->grapheme[0] != 0 && out->len < FRAME_MAX &&
        is_safe(b, pair, col, reach, line->cols))
        return put_grapheme(pair, col, reach, line, out);
    do {
        for (i = 0; cell.text[i] != L'\0'; i++)
            locale_put(out, (uint32_t)cell.text[i]);
        col += shown_width(&cell);
    } while (col < line->cols && shown_read(line->row, col, &cell) &&
             cell.pair == first->pair && cell.attrs == first->attrs &&
             pair->grapheme[0] == 0);
    return col;
}

static unsigned put_run(const struct beside *b, const struct vt *vt,
                        unsigned col, struct line *line, struct buf *out)
{
    struct shown first;
    const struct pair *pair;
    bool linked;

    if (!shown_read(line->row, col, &first))
        return col + 1;
    pair = pairs_at(b->pairs, first.pair);
    /* What is drawn with another character set would need its mapping. */
    if ((!beside_has(pair) && col >= line->covered) ||
        (first.attrs & A_ALTCHARSET) != 0)
        return col + shown_width(&first);
    buf_printf(out, "\033[%u;%uH", line->row + 1, col + 1);
    looks_put(&b->looks, first.attrs, pair, out);
    linked = put_link(vt, pair, out);
    col = put_text(b, pair, &first, col, line, out);
    if (linked)
        buf_put_str(out, "\033]8;;\033\\");
    return col;
}

static void put_row(const struct beside *b, const struct vt *vt, unsigned row,
                    struct buf *out)
{
    struct line line = { .row = row, .cols = (unsigned)getmaxx(newscr) };
    unsigned col = 0;

    while (col < line.cols)
        col = put_run(b, vt, col, &line, out);
}

bool beside_write(struct beside *b, const struct vt *vt, unsigned cursor_row,
                  struct buf *out)
{
    static const char save[] = "\0337", restore[] = "\033[m\0338";
    unsigned row, rows = (unsigned)getmaxy(newscr);

    if (cursor_row < VT_MAX_SIDE)
        mark(b, cursor_row);
    if (!b->any_stale)
        return true;
    b->any_stale = false;
    buf_put_str(out, save);
    for (row = 0; row < rows && row < VT_MAX_SIDE; row++) {
        if (b->stale[row] && out->len < FRAME_FULL) {
            put_row(b, vt, row, out);
            b->stale[row] = false;
        }
        b->any_stale = b->any_stale || b->stale[row];
    }
    buf_put_str(out, restore);
    return !b->any_stale;
}
