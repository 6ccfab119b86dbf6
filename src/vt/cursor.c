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

void screen_keep_inside(struct vt *vt)
{
    vt->cur.wrap_pending = false;
    screen_line_moved(vt);
}

void screen_line_moved(struct vt *vt)
{
    unsigned width = screen_width(vt, cursor_line(vt));

    if (vt->cur.col < width)
        return;
    vt->cur.col = width - 1;
    vt->cur.wrap_pending = false;
}

/* The last column that a move to the right may reach. */
static unsigned right_stop(const struct vt *vt)
{
    unsigned last = screen_width(vt, cursor_line(vt)) - 1;

    return vt->cur.col <= vt->right ? min(vt->right, last) : last;
}

void screen_goto(struct vt *vt, unsigned row, unsigned col)
{
    if (vt->cur.origin) {
        row = min(row, vt->bottom - vt->top) + vt->top;
        col = min(col, vt->right - vt->left) + vt->left;
    }
    vt->cur.row = min(row, vt->grid->rows - 1);
    vt->cur.col = min(col, vt->grid->cols - 1);
    screen_keep_inside(vt);
}

void screen_set_col(struct vt *vt, unsigned col)
{
    if (vt->cur.origin)
        col = min(col, vt->right - vt->left) + vt->left;
    vt->cur.col = col;
    screen_keep_inside(vt);
}

void screen_set_row(struct vt *vt, unsigned row)
{
    if (vt->cur.origin)
        row = min(row, vt->bottom - vt->top) + vt->top;
    vt->cur.row = min(row, vt->grid->rows - 1);
    screen_keep_inside(vt);
}

void screen_up(struct vt *vt, unsigned n)
{
    unsigned stop = vt->cur.row >= vt->top ? vt->top : 0;

    vt->cur.row -= min(n, vt->cur.row - stop);
    screen_keep_inside(vt);
}

void screen_down(struct vt *vt, unsigned n)
{
    unsigned stop = vt->cur.row <= vt->bottom ? vt->bottom : vt->grid->rows - 1;

    vt->cur.row += min(n, stop - vt->cur.row);
    screen_keep_inside(vt);
}

void screen_right(struct vt *vt, unsigned n)
{
    vt->cur.col += min(n, right_stop(vt) - vt->cur.col);
    vt->cur.wrap_pending = false;
}

void screen_left(struct vt *vt, unsigned n)
{
    unsigned stop = vt->cur.col >= vt->left ? vt->left : 0;

    vt->cur.col -= min(n, vt->cur.col - stop);
    vt->cur.wrap_pending = false;
}

/*
 * Up to the end of the line above.  By mode 1045 always, and from the first
 * line of the scrolling region (or of the screen, outside of it) to the last;
 * by mode 45 only where the text went the other way.
 */
static bool reverse_wrap(struct vt *vt)
{
    bool first = vt->cur.row == vt->top || vt->cur.row == 0;
    const struct row *above =
        first ? NULL : grid_line(vt->grid, vt->cur.row - 1);

    if (!mode(vt, MODE_REVERSE_WRAP_2) &&
        (first || !(above->flags & ROW_WRAPPED || above->wrapped_off)))
        return false;
    if (vt->cur.row == vt->top)
        vt->cur.row = vt->bottom;
    else if (vt->cur.row == 0)
        vt->cur.row = vt->grid->rows - 1;
    else
        vt->cur.row--;
    vt->cur.col = vt->right;
    screen_keep_inside(vt);
    return true;
}

/*
 * As screen_left(), but in a reverse wrap mode on from the left margin to the
 * end of the line above; a pending wrap is then one step of its own.  The modes
 * differ as in xterm since its patch 383.
 */
void screen_backspace(struct vt *vt, unsigned n)
{
    unsigned most = vt->grid->cols * vt->grid->rows, step;

    if (!(mode(vt, MODE_REVERSE_WRAP) || mode(vt, MODE_REVERSE_WRAP_2)) ||
        !mode(vt, MODE_WRAP)) {
        screen_left(vt, n);
        return;
    }
    if (vt->cur.wrap_pending && n > 0)
        n--;
    vt->cur.wrap_pending = false;
    for (n = min(n, most); n > 0; n -= step) {
        unsigned stop = vt->cur.col >= vt->left ? vt->left : 0;

        step = min(n, vt->cur.col - stop);
        if (step > 0)
            screen_left(vt, step);
        else if (reverse_wrap(vt))
            step = 1;
        else
            break;
    }
}

void screen_return(struct vt *vt)
{
    bool inside = vt->cur.origin || vt->cur.col >= vt->left;

    vt->cur.col = inside ? vt->left : 0;
    screen_keep_inside(vt);
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

/* A tab at the last column leaves a pending wrap as it is, unless mode 41 lets
 * it begin the next line. */
void screen_tab(struct vt *vt, unsigned n)
{
    unsigned stop;

    if (vt->cur.wrap_pending && mode(vt, MODE_TAB_WRAPS)) {
        screen_return(vt);
        screen_index(vt);
    }
    stop = right_stop(vt);
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
    return (struct cursor){ .pen = grid_blank, .gr = 2 };
}

void screen_save_cursor(struct vt *vt)
{
    vt->saved[on_alternate(vt)] = vt->cur;
    vt->saved[on_alternate(vt)].kept = true;
}

void screen_restore_cursor(struct vt *vt)
{
    vt->cur = vt->saved[on_alternate(vt)];
    vt->cur.beyond = 0;
    vt->cur.row =
        min(vt->cur.row, vt->cur.origin ? vt->bottom : vt->grid->rows - 1);
    if (vt->cur.origin)
        vt->cur.col = min(vt->cur.col, vt->right);
    vt->cur.col = min(vt->cur.col, screen_width(vt, cursor_line(vt)) - 1);
    mode_set(vt, MODE_ORIGIN, vt->cur.origin);
    charset_update(vt);
}
