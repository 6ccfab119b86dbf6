/* print.c - placing characters: wrapping, wide ones, marks, repetition. */
#include "vt/screen.h"

#include <string.h>
#include "base/width.h"

#define ZERO_WIDTH_JOINER 0x200du
/* Below it only the C1 controls have no width; as UTF-8 they do nothing. */
#define FIRST_MARK 0x300u

/* One past the last column that text may fill from the cursor on. */
static unsigned line_end(const struct vt *vt)
{
    return vt->cur.col <= vt->right ? vt->right + 1 : vt->grid->cols;
}

/* The last column is full and one more character comes. */
static void wrap(struct vt *vt, bool spacer)
{
    struct row *row = cursor_row(vt);

    vt->cur.wrap_pending = false;
    if (vt->left == 0 && vt->right == vt->grid->cols - 1)
        row->flags |= spacer ? ROW_WRAPPED | ROW_SPACER : ROW_WRAPPED;
    screen_index(vt);
    vt->cur.col = vt->cur.col >= vt->left ? vt->left : 0;
}

static void advance(struct vt *vt, unsigned col, unsigned end)
{
    if (col < end) {
        vt->cur.col = col;
    } else {
        vt->cur.col = end - 1;
        vt->cur.wrap_pending = mode(vt, MODE_WRAP);
    }
}

/* Columns [col, col + n) of the cursor's row, ready to be overwritten. */
static struct vt_cell *open_cells(struct vt *vt, unsigned n, unsigned end)
{
    struct row *row = cursor_row(vt);
    unsigned cols = vt->grid->cols, col = vt->cur.col;

    if (mode(vt, MODE_INSERT))
        row_shift_right(row, cols, col, end, n, &grid_blank);
    row_open(row, cols, col, col + n);
    return row->cells + col;
}

static bool is_default_style(const struct vt_cell *pen)
{
    return (pen->fg | pen->bg | pen->attrs) == 0;
}

static void put_run(struct vt *vt, const uint8_t *p, size_t n)
{
    const struct vt_cell *pen = &vt->cur.pen;

    while (n > 0) {
        unsigned end, room, k, i;
        struct vt_cell *cells;

        if (vt->cur.wrap_pending)
            wrap(vt, false);
        end = line_end(vt);
        room = end - vt->cur.col;
        k = n < room ? (unsigned)n : room;
        cells = open_cells(vt, k, end);
        if (!is_default_style(pen))
            cursor_row(vt)->flags |= ROW_COMPLEX;
        for (i = 0; i < k; i++) {
            memcpy(&cells[i], pen, sizeof *pen); /* one store, see grid.c */
            cells[i].ch = p[i];
        }
        advance(vt, vt->cur.col + k, end);
        p += k;
        n -= k;
    }
}

void screen_put_ascii(struct vt *vt, const uint8_t *p, size_t n)
{
    while (n > 0 && (vt->single_shift != 0 ||
                     vt->cur.charset[vt->cur.gl] != CHARSET_ASCII)) {
        uint32_t ch = charset_map(vt, *p);

        vt->single_shift = 0;
        screen_put_char(vt, ch);
        p++;
        n--;
    }
    if (n > 0) {
        put_run(vt, p, n);
        vt->last_char = p[n - 1];
    }
}

/* ---- marks ---- */

/* The column of the character before the cursor; false if there is none. */
static bool previous_col(const struct vt *vt, unsigned *col)
{
    const struct row *row = cursor_row(vt);

    *col = vt->cur.col;
    if (!vt->cur.wrap_pending) {
        if (*col == 0)
            return false;
        --*col;
    }
    if (row->cells[*col].width == 0)
        --*col;
    return true;
}

static void combine(struct vt *vt, uint32_t ch)
{
    unsigned col;

    if (previous_col(vt, &col))
        row_combine(cursor_row(vt), vt->grid->cols, col, ch);
}

/* Does the character before the cursor end in a joiner that takes ch? */
static bool joins(const struct vt *vt, uint32_t ch)
{
    const struct row *row = cursor_row(vt);
    const struct cluster *c;
    unsigned col;

    if (row->n_clusters == 0 || !width_is_pictograph(ch) ||
        !previous_col(vt, &col) || !(row->cells[col].ch & VT_CLUSTER))
        return false;
    c = row_cluster(row, row->cells[col].ch);
    return c->ch[c->n - 1] == ZERO_WIDTH_JOINER &&
           width_is_pictograph(c->ch[0]);
}

/* ---- one character ---- */

void screen_put_char(struct vt *vt, uint32_t ch)
{
    unsigned width = width_of(ch), end;
    struct vt_cell *cells;

    if (width == 0 || joins(vt, ch)) {
        if (ch >= FIRST_MARK)
            combine(vt, ch);
        return;
    }
    if (vt->cur.wrap_pending)
        wrap(vt, false);
    end = line_end(vt);
    if (end - vt->cur.col < width) {
        if (mode(vt, MODE_WRAP) && end - vt->left >= width) {
            struct row *row = cursor_row(vt);

            row_erase(row, vt->grid->cols, vt->cur.col, end, &grid_blank);
            wrap(vt, true);
            end = line_end(vt);
        } else if (end >= width && vt->grid->cols >= 2) {
            vt->cur.col = end - width;
        } else {
            ch = 0xfffd; /* no room for it in any row */
            width = 1;
        }
    }
    cells = open_cells(vt, width, end);
    cells[0] = vt->cur.pen;
    cells[0].ch = ch;
    cells[0].width = (uint8_t)width;
    cursor_row(vt)->flags |= ROW_COMPLEX;
    if (width == 2) {
        cells[1] = vt->cur.pen;
        cells[1].width = 0;
        cursor_row(vt)->flags |= ROW_WIDE;
    }
    vt->last_char = ch;
    advance(vt, vt->cur.col + width, end);
}

void screen_repeat(struct vt *vt, unsigned n)
{
    unsigned most = vt->grid->cols * vt->grid->rows, k;
    uint8_t block[64];

    if (vt->last_char == 0)
        return;
    if (n > most)
        n = most;
    if (vt->last_char < 0x80) {
        memset(block, (int)vt->last_char, sizeof block);
        for (; n > 0; n -= k) {
            k = n < sizeof block ? n : (unsigned)sizeof block;
            put_run(vt, block, k);
        }
        return;
    }
    for (; n > 0; n--)
        screen_put_char(vt, vt->last_char);
}
