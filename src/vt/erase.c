/* erase.c - ED, EL, ECH, their selective forms, DECALN, and line sizes. */
#include "vt/screen.h"

struct row *screen_open_sparing(struct vt *vt, unsigned row, unsigned *from,
                                unsigned *to, unsigned spared)
{
    struct row *r = grid_row(vt->grid, row);
    unsigned cols = vt->grid->cols;

    if (r->cells[*from].width == 0 && r->cells[*from].attrs & spared)
        ++*from;
    if (*to < cols && r->cells[*to].width == 0 && r->cells[*to].attrs & spared)
        --*to;
    row_open(r, cols, *from, *to);
    return r;
}

/* All but the cells with one of the attributes spared. */
static void erase_sparing(struct vt *vt, unsigned row, unsigned from,
                          unsigned to, unsigned spared)
{
    struct row *r = screen_open_sparing(vt, row, &from, &to, spared);
    struct vt_cell blank = erased_cell(vt);
    unsigned i;

    for (i = from; i < to; i++)
        if (!(r->cells[i].attrs & spared))
            r->cells[i] = blank;
    r->flags |= ROW_STYLED;
}

static void erase_cells(struct vt *vt, unsigned row, unsigned from, unsigned to,
                        enum erase how)
{
    struct vt_cell blank = erased_cell(vt);

    if (how == ERASE_SELECTIVE || vt->guarding) {
        erase_sparing(vt, row, from, to,
                      how == ERASE_SELECTIVE ? VT_PROTECTED : VT_GUARDED);
        return;
    }
    row_erase(grid_line(vt->grid, row), vt->grid->cols, from, to, &blank);
    /* A line that loses its beginning no longer continues the one above. */
    if (from == 0 && row > 0)
        grid_line(vt->grid, row - 1)->flags &= (uint8_t)~ROW_WRAPPED;
}

/* The line stays as wide as it is, and a prompt; only clearing it ends that. */
static void erase_in_line(struct vt *vt, unsigned from, unsigned to,
                          enum erase how)
{
    struct row *row = cursor_line(vt);
    uint8_t size = row->size;
    bool prompt = row->prompt;

    vt->cur.wrap_pending = false;
    erase_cells(vt, vt->cur.row, from, to, how);
    row->size = size;
    row->prompt = prompt;
}

void screen_erase_line(struct vt *vt, unsigned what, enum erase how)
{
    unsigned from = what == ERASE_AFTER ? vt->cur.col : 0;
    unsigned to = what == ERASE_BEFORE ? vt->cur.col + 1 : vt->grid->cols;

    if (what <= ERASE_ALL)
        erase_in_line(vt, from, to, how);
}

static void erase_rows(struct vt *vt, unsigned from, unsigned to,
                       enum erase how)
{
    for (; from < to; from++)
        erase_cells(vt, from, 0, vt->grid->cols, how);
}

/* Does nothing stay?  Programs clear the screen from its first cell, too. */
static bool clears_all(const struct vt *vt, unsigned what, enum erase how)
{
    if (how != ERASE_PLAIN || vt->guarding)
        return false;
    return what == ERASE_ALL ||
           (what == ERASE_AFTER && vt->cur.row == 0 && vt->cur.col == 0);
}

/* What a program clears that has no screen of its own is not lost: it goes
 * above, as in PuTTY and tmux, unlike in xterm. */
void screen_erase(struct vt *vt, unsigned what, enum erase how)
{
    unsigned rows = vt->grid->rows;

    if (clears_all(vt, what, how))
        screen_keep_all(vt);
    switch (what) {
    case ERASE_AFTER:
        erase_rows(vt, vt->cur.row + 1, rows, how);
        screen_erase_line(vt, ERASE_AFTER, how);
        break;
    case ERASE_BEFORE:
        erase_rows(vt, 0, vt->cur.row, how);
        screen_erase_line(vt, ERASE_BEFORE, how);
        break;
    case ERASE_ALL:
        erase_rows(vt, 0, rows, how);
        vt->cur.wrap_pending = false;
        break;
    default: break;
    }
}

void screen_erase_chars(struct vt *vt, unsigned n)
{
    unsigned room = vt->grid->cols - vt->cur.col;

    erase_in_line(vt, vt->cur.col, vt->cur.col + (n < room ? n : room),
                  ERASE_PLAIN);
}

void screen_align(struct vt *vt)
{
    struct vt_cell letter = grid_blank;
    unsigned i, j;

    letter.ch = 'E';
    vt->cur.pen.attrs &= VT_PROTECTED | VT_GUARDED; /* colours stay */
    screen_full_margins(vt);
    vt->cur.origin = false;
    mode_set(vt, MODE_ORIGIN, false);
    screen_goto(vt, 0, 0);
    for (i = 0; i < vt->grid->rows; i++) {
        struct row *row;

        row_clear(grid_line(vt->grid, i), vt->grid->cols, &grid_blank);
        row = grid_row(vt->grid, i);
        row_open(row, vt->grid->cols, 0, vt->grid->cols);
        for (j = 0; j < vt->grid->cols; j++)
            row->cells[j] = letter;
    }
}

/* ---- line sizes ---- */

/* While there may be margins at the sides, the lines of both screens are all
 * single (DEC STD 070). */
void screen_line_size(struct vt *vt, enum line_size size)
{
    struct row *row = cursor_line(vt);

    if (mode(vt, MODE_SIDE_MARGINS))
        return;
    row->size = (uint8_t)size;
    row->flags |= ROW_DIRTY;
    if (size != LINE_SINGLE)
        row->flags &= (uint8_t) ~(ROW_WRAPPED | ROW_SPACER);
    screen_keep_inside(vt);
}

void screen_single_width(struct vt *vt)
{
    unsigned i, k;

    for (k = 0; k < 2; k++)
        for (i = 0; i < vt->grids[k].rows; i++) {
            struct row *row = grid_line(&vt->grids[k], i);

            if (row->size != LINE_SINGLE)
                row->flags |= ROW_DIRTY;
            row->size = LINE_SINGLE;
        }
}
