#include "vt/grid.h"

#include <assert.h>
#include <string.h>
#include "base/mem.h"

const struct vt_cell grid_blank = { .ch = ' ', .width = 1 };

/* By memcpy(), which compilers turn into one store a cell; an assignment they
 * take apart into its members. */
static void fill(struct vt_cell *cells, unsigned n, const struct vt_cell *blank)
{
    unsigned i;

    for (i = 0; i < n; i++)
        memcpy(&cells[i], blank, sizeof *cells);
}

static bool is_plain_blank(const struct vt_cell *blank)
{
    return blank->bg == VT_COLOR_DEFAULT && blank->attrs == 0;
}

void grid_init(struct grid *g, unsigned cols, unsigned rows, uint32_t id_base)
{
    unsigned i;

    *g = (struct grid){ .cols = cols, .rows = rows };
    g->cells = mem_array((size_t)cols * rows, sizeof *g->cells);
    g->ascii = mem_array(cols, rows);
    g->runs = mem_array((size_t)ASCII_RUNS_MAX * rows, sizeof *g->runs);
    g->pool = mem_array(rows, sizeof *g->pool);
    g->window = mem_array(2 * (size_t)rows, sizeof(struct row *));
    for (i = 0; i < rows; i++) {
        struct row *row = &g->pool[i];

        row->cells = g->cells + (size_t)i * cols;
        row->ascii = g->ascii + (size_t)i * cols;
        row->runs = g->runs + (size_t)i * ASCII_RUNS_MAX;
        row->id = VT_CLUSTER | id_base | i << CLUSTER_ROW_SHIFT;
        row->flags = ROW_DIRTY | ROW_ASCII;
        fill(row->cells, cols, &grid_blank);
        g->window[i] = row;
    }
}

void grid_free(struct grid *g)
{
    unsigned i;

    for (i = 0; i < g->rows; i++)
        row_free(&g->pool[i]);
    mem_free(g->cells);
    mem_free(g->ascii);
    mem_free(g->runs);
    mem_free(g->pool);
    mem_free(g->window);
    *g = (struct grid){ 0 };
}

void row_clear(struct row *row, unsigned cols, const struct vt_cell *blank)
{
    if (is_plain_blank(blank)) {
        if (!(row->flags & ROW_ASCII))
            fill(row->cells, row->used, &grid_blank);
        row->used = 0;
        row->flags = ROW_DIRTY | ROW_ASCII;
    } else {
        fill(row->cells, cols, blank);
        row->used = (uint16_t)cols;
        row->flags = ROW_DIRTY | ROW_STYLED;
    }
    row->n_clusters = 0;
    row->n_text = 0;
    row->n_extras = 0;
    row->n_runs = 0;
    row->size = LINE_SINGLE;
    row->prompt = row->wrapped_off = false;
}

void row_split(struct row *row, unsigned cols, unsigned col)
{
    if (col == 0 || col >= cols || row->cells[col].width != 0)
        return;
    row->cells[col - 1] = row->cells[col] = grid_blank;
    row->flags |= ROW_DIRTY;
}

void row_erase(struct row *row, unsigned cols, unsigned from, unsigned to,
               const struct vt_cell *blank)
{
    if (from == 0 && to == cols) {
        row_clear(row, cols, blank);
        return;
    }
    if (row->flags & ROW_ASCII && (from < row->used || !is_plain_blank(blank)))
        row_expand(row);
    if (row->flags & ROW_WIDE) {
        row_split(row, cols, from);
        row_split(row, cols, to);
    }
    row->flags |= ROW_DIRTY;
    if (to == cols) {
        row->flags &= (uint8_t) ~(ROW_WRAPPED | ROW_SPACER);
        row->wrapped_off = false;
    }
    if (!is_plain_blank(blank)) {
        fill(row->cells + from, to - from, blank);
        row->flags |= ROW_STYLED;
        if (to > row->used)
            row->used = (uint16_t)to;
    } else if (from < row->used) {
        unsigned end = to < row->used ? to : row->used;

        fill(row->cells + from, end - from, &grid_blank);
        if (end == row->used)
            row->used = (uint16_t)from;
    }
}

void row_shift_right(struct row *row, unsigned cols, unsigned from, unsigned to,
                     unsigned n, const struct vt_cell *blank)
{
    unsigned width = to - from;

    if (n > width)
        n = width;
    row_open(row, cols, from, to);
    row_split(row, cols, to - n);
    memmove(row->cells + from + n, row->cells + from,
            (width - n) * sizeof *row->cells);
    fill(row->cells + from, n, blank);
    if (!is_plain_blank(blank))
        row->flags |= ROW_STYLED;
    if (to == cols)
        row->flags &= (uint8_t)~ROW_WRAPPED;
}

void row_shift_left(struct row *row, unsigned cols, unsigned from, unsigned to,
                    unsigned n, const struct vt_cell *blank)
{
    unsigned width = to - from;

    if (n > width)
        n = width;
    row_open(row, cols, from, to);
    row_split(row, cols, from + n);
    memmove(row->cells + from, row->cells + from + n,
            (width - n) * sizeof *row->cells);
    fill(row->cells + to - n, n, blank);
    if (!is_plain_blank(blank))
        row->flags |= ROW_STYLED;
    if (to == cols)
        row->flags &= (uint8_t)~ROW_WRAPPED;
}

/* ---- rows ---- */

static void clear_rows(struct grid *g, unsigned from, unsigned n,
                       const struct vt_cell *blank)
{
    unsigned i;

    for (i = 0; i < n; i++)
        row_clear(grid_line(g, from + i), g->cols, blank);
}

void grid_clear(struct grid *g)
{
    clear_rows(g, 0, g->rows, &grid_blank);
}

static void dirty_rows(struct grid *g, unsigned from, unsigned n)
{
    unsigned i;

    for (i = 0; i < n; i++)
        grid_line(g, from + i)->flags |= ROW_DIRTY;
}

void grid_damage_all(struct grid *g)
{
    dirty_rows(g, 0, g->rows);
}

static void swap_rows(struct row **a, struct row **b)
{
    struct row *t = *a;

    *a = *b;
    *b = t;
}

/* Rotate n pointers left by k: three reversals. */
static void reverse(struct row **row, unsigned n)
{
    unsigned i;

    for (i = 0; i < n / 2; i++)
        swap_rows(&row[i], &row[n - 1 - i]);
}

static void rotate(struct row **row, unsigned n, unsigned k)
{
    reverse(row, k);
    reverse(row + k, n - k);
    reverse(row, n);
}

/* The whole screen: the row that goes out is put after the window's end. */
static void slide(struct grid *g)
{
    if (g->base == g->rows) {
        memcpy(g->window, g->window + g->base, g->rows * sizeof(struct row *));
        g->base = 0;
    }
    g->window[g->base + g->rows] = g->window[g->base];
    g->base++;
}

void grid_scroll_up(struct grid *g, unsigned top, unsigned bottom, unsigned n,
                    const struct vt_cell *blank)
{
    unsigned height = bottom - top + 1, i;

    assert(n <= height);
    if (height == g->rows) {
        for (i = 0; i < n; i++)
            slide(g);
    } else {
        if (top > 0)
            grid_line(g, top - 1)->flags &= (uint8_t)~ROW_WRAPPED;
        rotate(g->window + g->base + top, height, n);
        dirty_rows(g, top, height);
    }
    clear_rows(g, bottom + 1 - n, n, blank);
}

void grid_scroll_down(struct grid *g, unsigned top, unsigned bottom, unsigned n,
                      const struct vt_cell *blank)
{
    unsigned height = bottom - top + 1;

    assert(n <= height);
    if (top > 0)
        grid_line(g, top - 1)->flags &= (uint8_t)~ROW_WRAPPED;
    rotate(g->window + g->base + top, height, height - n);
    grid_line(g, bottom)->flags &= (uint8_t)~ROW_WRAPPED;
    dirty_rows(g, top, height);
    clear_rows(g, top, n, blank);
}

/* Halves of wide characters at the ends of a copy. */
static void blank_halves(struct vt_cell *cells, unsigned n)
{
    struct vt_cell *ends[2] = { cells, cells + n - 1 };
    unsigned i;

    for (i = 0; i < 2; i++)
        if (ends[i]->width == (i == 0 ? 0 : 2))
            *ends[i] = grid_blank;
}

void grid_copy(struct grid *g, unsigned to_row, unsigned to_col,
               unsigned from_row, unsigned from_col, unsigned n)
{
    struct row *to = grid_row(g, to_row);
    struct row *from = grid_row(g, from_row);

    row_open(to, g->cols, to_col, to_col + n);
    row_split(to, g->cols, to_col);
    row_split(to, g->cols, to_col + n);
    memmove(to->cells + to_col, from->cells + from_col, n * sizeof *to->cells);
    to->flags |= from->flags & (ROW_COMPLEX | ROW_WIDE);
    row_own_rare(to, g->cols, to_col, from, from_col, n);
    blank_halves(to->cells + to_col, n);
}
