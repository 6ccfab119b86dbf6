#include "ui/double.h"

#include <curses.h>

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "base/buf.h"
#include "base/mem.h"
#include "ui/locale.h"
#include "ui/pairs.h"
#include "ui/shown.h"

struct doubles {
    const struct pairs *pairs;
    struct looks looks;
    bool able, all;
    uint8_t wanted[VT_MAX_SIDE]; /* an enum vt_line_size each */
    bool covered[VT_MAX_SIDE];
    bool on[VT_MAX_SIDE]; /* double on the terminal */
    bool any;             /* ... one of them */
    bool away;            /* the cursor is not where curses has left it */
};

struct doubles *doubles_new(const struct pairs *pairs)
{
    struct doubles *d = mem_alloc(sizeof *d);

    d->pairs = pairs;
    looks_learn(&d->looks);
    return d;
}

void doubles_free(struct doubles *d)
{
    mem_free(d);
}

void doubles_able(struct doubles *d, bool all)
{
    d->able = true;
    d->all = all;
}

/* ---- which rows ---- */

static unsigned screen_rows(void)
{
    unsigned rows = (unsigned)getmaxy(newscr);

    return rows < VT_MAX_SIDE ? rows : VT_MAX_SIDE;
}

void doubles_row(struct doubles *d, unsigned row, enum vt_line_size size)
{
    if (row < VT_MAX_SIDE)
        d->wanted[row] = (uint8_t)size;
}

void doubles_scroll(struct doubles *d, unsigned rows, unsigned n)
{
    if (rows > VT_MAX_SIDE)
        rows = VT_MAX_SIDE;
    if (n > rows)
        n = rows;
    memmove(d->wanted, d->wanted + n, rows - n);
    memset(d->wanted + rows - n, VT_LINE_SINGLE, n);
}

void doubles_uncover(struct doubles *d)
{
    memset(d->covered, 0, sizeof d->covered);
}

void doubles_cover(struct doubles *d, unsigned row, unsigned rows)
{
    for (; rows != 0 && row < VT_MAX_SIDE; row++, rows--)
        d->covered[row] = true;
}

bool doubles_wanted(const struct doubles *d)
{
    unsigned row, rows = screen_rows();

    for (row = 0; row < rows; row++)
        if (d->wanted[row] != VT_LINE_SINGLE)
            return true;
    return false;
}

/* ---- back to single rows ---- */

/* Curses has written all it had to; what it writes next comes behind this. */
static void make_single(struct doubles *d)
{
    unsigned row, rows = screen_rows();

    for (row = 0; row < rows; row++) {
        if (!d->on[row])
            continue;
        d->on[row] = false;
        printf("\033[%u;1H\033#5", row + 1);
        wredrawln(newscr, (int)row, 1);
    }
    d->any = d->away = false;
    printf("\033[%d;%dH", getcury(curscr) + 1, getcurx(curscr) + 1);
    fflush(stdout);
}

static bool is_touched(void)
{
    unsigned row, rows = screen_rows();

    for (row = 0; row < rows; row++)
        if (is_linetouched(newscr, (int)row))
            return true;
    return false;
}

void doubles_before(struct doubles *d, unsigned cursor_row)
{
    if (d->any && (d->away || (cursor_row < VT_MAX_SIDE && d->on[cursor_row]) ||
                   is_touched()))
        make_single(d);
}

/* Of a terminal that has changed its size it is not known where they are. */
void doubles_end(struct doubles *d)
{
    if (d->any)
        memset(d->on, 1, sizeof d->on);
    if (d->any)
        make_single(d);
    memset(d->on, 0, sizeof d->on);
    memset(d->wanted, VT_LINE_SINGLE, sizeof d->wanted);
}

/* ---- double rows ---- */

/* Latin-1, lines and blocks: what any font has. */
static bool is_common(wchar_t ch)
{
    return (ch >= 0x20 && ch <= 0xff) || (ch >= 0x2500 && ch <= 0x259f);
}

/*
 * xterm (379, with fonts of Xft) dies of a double character that its font
 * lacks, so there, and in a terminal that does not say that it is another one,
 * lines that have others stay widened; as do those with another character set,
 * which would need its mapping, or with more in a cell than curses holds.
 */
static bool is_plain(const struct doubles *d, unsigned row, unsigned cols)
{
    struct shown cell;
    unsigned col;

    for (col = 0; col < cols; col += shown_width(&cell))
        if (!shown_read(row, col, &cell) || (cell.attrs & A_ALTCHARSET) != 0 ||
            pairs_at(d->pairs, cell.pair)->grapheme[0] != 0 ||
            (!d->all && (!is_common(cell.text[0]) || cell.text[1] != L'\0')))
            return false;
    return true;
}

/* Each cell has a blank behind it, a wide one two. */
static void put_row(const struct doubles *d, unsigned row, unsigned cols,
                    struct buf *out)
{
    static const char *const sizes[] = { [VT_LINE_DOUBLE_WIDTH] = "\033#6",
                                         [VT_LINE_TOP_HALF] = "\033#3",
                                         [VT_LINE_BOTTOM_HALF] = "\033#4" };
    struct shown cell, before = { .pair = -1 };
    unsigned col;
    size_t i;

    buf_printf(out, "\033[%u;1H%s", row + 1, sizes[d->wanted[row]]);
    for (col = 0; col + 1 < cols; col += 2 * shown_width(&cell)) {
        if (!shown_read(row, col, &cell))
            return;
        if (cell.pair != before.pair || cell.attrs != before.attrs)
            looks_put(&d->looks, cell.attrs, pairs_at(d->pairs, cell.pair),
                      out);
        for (i = 0; cell.text[i] != L'\0'; i++)
            locale_put(out, (uint32_t)cell.text[i]);
        before = cell;
    }
}

void doubles_write(struct doubles *d, unsigned cursor_row, unsigned cursor_col,
                   struct buf *out)
{
    unsigned row, rows = screen_rows(), cols = (unsigned)getmaxx(newscr);
    size_t begin = out->len;

    if (!d->able)
        return;
    for (row = 0; row < rows; row++) {
        if (d->wanted[row] == VT_LINE_SINGLE || d->covered[row] || d->on[row] ||
            !is_plain(d, row, cols))
            continue;
        if (out->len == begin)
            buf_put_str(out, "\0337");
        put_row(d, row, cols, out);
        d->on[row] = d->any = true;
    }
    if (out->len != begin)
        buf_put_str(out, "\033[m\0338");
    d->away = cursor_row < VT_MAX_SIDE && d->on[cursor_row];
    if (d->away)
        buf_printf(out, "\033[%u;%uH", cursor_row + 1, cursor_col / 2 + 1);
}
