/* scroll.c - moving lines and columns inside the margins. */
#include "vt/screen.h"

static bool full_width(const struct vt *vt)
{
    return vt->left == 0 && vt->right == vt->grid->cols - 1;
}

/* Rows that leave the top of the main screen go to the scrollback. */
static void keep_lines(struct vt *vt, unsigned n)
{
    unsigned i;

    for (i = 0; i < n; i++)
        scrollback_push(&vt->sb, grid_line(vt->grid, i));
    vt->pushed += n;
}

static bool is_blank(const struct row *row)
{
    unsigned i;

    for (i = 0; i < row->used; i++)
        if ((row->flags & ROW_ASCII ? row->ascii[i] : row->cells[i].ch) != ' ')
            return false;
    return true;
}

void screen_keep_all(struct vt *vt)
{
    unsigned n = vt->grid->rows;

    if (on_alternate(vt))
        return;
    while (n > 0 && is_blank(grid_line(vt->grid, n - 1)))
        n--;
    if (n > 0) /* what comes next is another line */
        grid_line(vt->grid, n - 1)->flags &= (uint8_t)~ROW_WRAPPED;
    keep_lines(vt, n);
    vt->scrolled_off = 0;
}

static void count_scroll(struct vt *vt, unsigned n)
{
    vt->scrolled += n;
    if (vt->scrolled > vt->grid->rows)
        vt->scrolled = vt->grid->rows;
}

static void copy_up(struct vt *vt, unsigned top, unsigned n)
{
    struct vt_cell blank = erased_cell(vt);
    unsigned width = vt->right - vt->left + 1, row;

    for (row = top; row <= vt->bottom; row++)
        if (row + n <= vt->bottom)
            grid_copy(vt->grid, row, vt->left, row + n, vt->left, width);
        else
            row_erase(grid_line(vt->grid, row), vt->grid->cols, vt->left,
                      vt->right + 1, &blank);
}

static void copy_down(struct vt *vt, unsigned top, unsigned n)
{
    struct vt_cell blank = erased_cell(vt);
    unsigned width = vt->right - vt->left + 1, row;

    for (row = vt->bottom + 1; row-- > top;)
        if (row >= top + n)
            grid_copy(vt->grid, row, vt->left, row - n, vt->left, width);
        else
            row_erase(grid_line(vt->grid, row), vt->grid->cols, vt->left,
                      vt->right + 1, &blank);
}

static unsigned at_most(unsigned n, unsigned top, unsigned bottom)
{
    return n < bottom - top + 1 ? n : bottom - top + 1;
}

static void move_up(struct vt *vt, unsigned top, unsigned n)
{
    struct vt_cell blank = erased_cell(vt);

    n = at_most(n, top, vt->bottom);
    if (!full_width(vt)) {
        copy_up(vt, top, n);
        return;
    }
    if (top == 0 && !on_alternate(vt)) {
        keep_lines(vt, n);
        vt->scrolled_off += n;
    }
    if (top == 0 && vt->bottom == vt->grid->rows - 1)
        count_scroll(vt, n);
    grid_scroll_up(vt->grid, top, vt->bottom, n, &blank);
    screen_line_moved(vt);
}

static void move_down(struct vt *vt, unsigned top, unsigned n)
{
    struct vt_cell blank = erased_cell(vt);

    n = at_most(n, top, vt->bottom);
    if (full_width(vt))
        grid_scroll_down(vt->grid, top, vt->bottom, n, &blank);
    else
        copy_down(vt, top, n);
    screen_line_moved(vt);
}

void screen_scroll_up(struct vt *vt, unsigned n)
{
    move_up(vt, vt->top, n);
}

void screen_scroll_down(struct vt *vt, unsigned n)
{
    move_down(vt, vt->top, n);
}

void screen_insert_lines(struct vt *vt, unsigned n)
{
    if (!screen_in_margins(vt))
        return;
    move_down(vt, vt->cur.row, n);
    screen_return(vt);
}

void screen_delete_lines(struct vt *vt, unsigned n)
{
    if (!screen_in_margins(vt))
        return;
    move_up(vt, vt->cur.row, n);
    screen_return(vt);
}

static bool in_side_margins(const struct vt *vt)
{
    return vt->cur.col >= vt->left && vt->cur.col <= vt->right;
}

void screen_insert_chars(struct vt *vt, unsigned n)
{
    struct vt_cell blank = erased_cell(vt);

    vt->cur.wrap_pending = false;
    if (in_side_margins(vt))
        row_shift_right(cursor_row(vt), vt->grid->cols, vt->cur.col,
                        vt->right + 1, n, &blank);
}

/* Outside of the margins it leaves a pending wrap, unlike ICH; as in xterm. */
void screen_delete_chars(struct vt *vt, unsigned n)
{
    struct vt_cell blank = erased_cell(vt);

    if (!in_side_margins(vt))
        return;
    vt->cur.wrap_pending = false;
    row_shift_left(cursor_row(vt), vt->grid->cols, vt->cur.col, vt->right + 1,
                   n, &blank);
}

void screen_shift_columns(struct vt *vt, unsigned from, unsigned n, bool right)
{
    struct vt_cell blank = erased_cell(vt);
    unsigned i;

    for (i = vt->top; i <= vt->bottom; i++) {
        struct row *row = grid_row(vt->grid, i);

        if (right)
            row_shift_right(row, vt->grid->cols, from, vt->right + 1, n,
                            &blank);
        else
            row_shift_left(row, vt->grid->cols, from, vt->right + 1, n, &blank);
    }
}
