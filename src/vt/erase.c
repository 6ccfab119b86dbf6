/* erase.c - ED, EL, ECH, their selective forms, and DECALN. */
#include "vt/screen.h"

void screen_erase_unprotected(struct vt *vt, unsigned row, unsigned from,
                              unsigned to)
{
    struct row *r = grid_row(vt->grid, row);
    struct vt_cell blank = erased_cell(vt);
    unsigned i;

    row_open(r, vt->grid->cols, from, to);
    for (i = from; i < to; i++)
        if (!(r->cells[i].attrs & VT_PROTECTED))
            r->cells[i] = blank;
    r->flags |= ROW_COMPLEX;
}

static void erase_cells(struct vt *vt, unsigned row, unsigned from, unsigned to,
                        bool selective)
{
    struct vt_cell blank = erased_cell(vt);

    if (selective) {
        screen_erase_unprotected(vt, row, from, to);
        return;
    }
    row_erase(grid_row(vt->grid, row), vt->grid->cols, from, to, &blank);
    /* A line that loses its beginning no longer continues the one above. */
    if (from == 0 && row > 0)
        grid_row(vt->grid, row - 1)->flags &= (uint8_t)~ROW_WRAPPED;
}

void screen_erase_line(struct vt *vt, unsigned what, bool selective)
{
    unsigned cols = vt->grid->cols, col = vt->cur.col;

    vt->cur.wrap_pending = false;
    switch (what) {
    case ERASE_AFTER: erase_cells(vt, vt->cur.row, col, cols, selective); break;
    case ERASE_BEFORE:
        erase_cells(vt, vt->cur.row, 0, col + 1, selective);
        break;
    case ERASE_ALL: erase_cells(vt, vt->cur.row, 0, cols, selective); break;
    }
}

static void erase_rows(struct vt *vt, unsigned from, unsigned to,
                       bool selective)
{
    for (; from < to; from++)
        erase_cells(vt, from, 0, vt->grid->cols, selective);
}

void screen_erase(struct vt *vt, unsigned what, bool selective)
{
    unsigned rows = vt->grid->rows;

    switch (what) {
    case ERASE_AFTER:
        erase_rows(vt, vt->cur.row + 1, rows, selective);
        screen_erase_line(vt, ERASE_AFTER, selective);
        break;
    case ERASE_BEFORE:
        erase_rows(vt, 0, vt->cur.row, selective);
        screen_erase_line(vt, ERASE_BEFORE, selective);
        break;
    case ERASE_ALL:
        erase_rows(vt, 0, rows, selective);
        vt->cur.wrap_pending = false;
        break;
    }
}

void screen_erase_chars(struct vt *vt, unsigned n)
{
    unsigned room = vt->grid->cols - vt->cur.col;

    vt->cur.wrap_pending = false;
    erase_cells(vt, vt->cur.row, vt->cur.col,
                vt->cur.col + (n < room ? n : room), false);
}

void screen_align(struct vt *vt)
{
    struct vt_cell letter = grid_blank;
    unsigned i, j;

    letter.ch = 'E';
    screen_full_margins(vt);
    vt->cur.origin = false;
    screen_goto(vt, 0, 0);
    for (i = 0; i < vt->grid->rows; i++) {
        struct row *row = grid_row(vt->grid, i);

        row_clear(row, vt->grid->cols, &grid_blank);
        row_open(row, vt->grid->cols, 0, vt->grid->cols);
        for (j = 0; j < vt->grid->cols; j++)
            row->cells[j] = letter;
    }
}
