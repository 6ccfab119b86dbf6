/* cursor.c - moving the cursor, tab stops, saving and restoring it. */
#include "vt/screen.h"

#include <string.h>

static unsigned min(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

bool screen_in_margins(const struct vt *vt)
{
    return vt->cur.row >= vt->top && vt->cur.row <= vt->bottom &&
           vt->cur.col >= vt->left && vt->cur.col <= vt->right;
}

void screen_full_margins(struct vt *vt)
{
    vt->top = vt->left = 0;
    vt->bottom = vt->grid->rows - 1;
    vt->right = vt->grid->cols - 1;
}

void screen_goto(struct vt *vt, unsigned row, unsigned col)
{
    if (vt->cur.origin) {
        row = min(row, vt->bottom - vt->top) + vt->top;
        col = min(col, vt->right - vt->left) + vt->left;
    }
    vt->cur.row = min(row, vt->grid->rows - 1);
    vt->cur.col = min(col, vt->grid->cols - 1);
    vt->cur.wrap_pending = false;
}

void screen_set_col(struct vt *vt, unsigned col)
{
    unsigned row = vt->cur.row;

    screen_goto(vt, 0, col);
    vt->cur.row = row;
}

void screen_up(struct vt *vt, unsigned n)
{
    unsigned stop = vt->cur.row >= vt->top ? vt->top : 0;

    vt->cur.row -= min(n, vt->cur.row - stop);
    vt->cur.wrap_pending = false;
}

void screen_down(struct vt *vt, unsigned n)
{
    unsigned stop = vt->cur.row <= vt->bottom ? vt->bottom : vt->grid->rows - 1;

    vt->cur.row += min(n, stop - vt->cur.row);
    vt->cur.wrap_pending = false;
}

void screen_right(struct vt *vt, unsigned n)
{
    unsigned stop = vt->cur.col <= vt->right ? vt->right : vt->grid->cols - 1;

    vt->cur.col += min(n, stop - vt->cur.col);
    vt->cur.wrap_pending = false;
}

void screen_left(struct vt *vt, unsigned n)
{
    unsigned stop = vt->cur.col >= vt->left ? vt->left : 0;

    vt->cur.col -= min(n, vt->cur.col - stop);
    vt->cur.wrap_pending = false;
}

/*
 * As screen_left(), but in reverse wrap mode on from the left margin to the
 * end of the line above; a pending wrap is then one step of its own.
 */
void screen_backspace(struct vt *vt, unsigned n)
{
    unsigned step;

    if (!mode(vt, MODE_REVERSE_WRAP) || !mode(vt, MODE_WRAP)) {
        screen_left(vt, n);
        return;
    }
    if (vt->cur.wrap_pending && n > 0)
        n--;
    for (vt->cur.wrap_pending = false; n > 0; n -= step) {
        unsigned stop = vt->cur.col >= vt->left ? vt->left : 0;

        step = min(n, vt->cur.col - stop);
        if (step > 0) {
            screen_left(vt, step);
            continue;
        }
        if (vt->cur.row == 0 || vt->cur.row == vt->top)
            return;
        vt->cur.row--;
        vt->cur.col = vt->right;
        step = 1;
    }
}

void screen_return(struct vt *vt)
{
    bool inside = vt->cur.origin || vt->cur.col >= vt->left;

    vt->cur.col = inside ? vt->left : 0;
    vt->cur.wrap_pending = false;
}

void screen_index(struct vt *vt)
{
    if (vt->cur.row != vt->bottom)
        screen_down(vt, 1);
    else if (screen_in_margins(vt))
        screen_scroll_up(vt, 1);
    vt->cur.wrap_pending = false;
}

void screen_reverse_index(struct vt *vt)
{
    if (vt->cur.row != vt->top)
        screen_up(vt, 1);
    else if (screen_in_margins(vt))
        screen_scroll_down(vt, 1);
    vt->cur.wrap_pending = false;
}

/* ---- tab stops ---- */

void screen_default_tabs(struct vt *vt)
{
    unsigned i;

    for (i = 0; i < VT_MAX_SIDE; i++)
        vt->tabs[i] = i % 8 == 0;
}

/* A tab at the last column leaves a pending wrap as it is. */
void screen_tab(struct vt *vt, unsigned n)
{
    unsigned stop = vt->cur.col <= vt->right ? vt->right : vt->grid->cols - 1;

    while (n-- > 0 && vt->cur.col < stop) {
        vt->cur.wrap_pending = false;
        do
            vt->cur.col++;
        while (vt->cur.col < stop && !vt->tabs[vt->cur.col]);
    }
}

void screen_back_tab(struct vt *vt, unsigned n)
{
    unsigned stop = vt->cur.col >= vt->left && vt->cur.origin ? vt->left : 0;

    vt->cur.wrap_pending = false;
    while (n-- > 0 && vt->cur.col > stop) {
        do
            vt->cur.col--;
        while (vt->cur.col > stop && !vt->tabs[vt->cur.col]);
    }
}

/* ---- DECSC and DECRC ---- */

struct cursor cursor_initial(void)
{
    return (struct cursor){ .pen = grid_blank };
}

void screen_save_cursor(struct vt *vt)
{
    vt->saved[on_alternate(vt)] = vt->cur;
}

void screen_restore_cursor(struct vt *vt)
{
    vt->cur = vt->saved[on_alternate(vt)];
    vt->cur.row = min(vt->cur.row, vt->grid->rows - 1);
    vt->cur.col = min(vt->cur.col, vt->grid->cols - 1);
    mode_set(vt, MODE_ORIGIN, vt->cur.origin);
}
