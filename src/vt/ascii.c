/*
 * ascii.c - rows that are bytes: most of what a flood of output brings scrolls
 * away before anybody sees it, and never has cells.
 */
#include "vt/grid.h"

static const struct vt_cell *last_pen(const struct row *row)
{
    return row->n_runs == 0 ? &grid_blank : &row->runs[row->n_runs - 1].pen;
}

/* What comes at col has this style. */
static bool set_style(struct row *row, unsigned col, const struct vt_cell *pen)
{
    if (same_style(last_pen(row), pen))
        return true;
    if (row->n_runs == ASCII_RUNS_MAX)
        return false;
    row->runs[row->n_runs].pen = *pen;
    row->runs[row->n_runs].from = (uint16_t)col;
    row->n_runs++;
    row->flags |= ROW_STYLED;
    return true;
}

/* Columns that the cursor went over, by a tab perhaps. */
static bool fill_gap(struct row *row, unsigned col)
{
    if (!set_style(row, row->used, &grid_blank))
        return false;
    memset(row->ascii + row->used, ' ', col - row->used);
    row->used = (uint16_t)col;
    return true;
}

bool row_append(struct row *row, unsigned cols, unsigned col, const uint8_t *p,
                unsigned n, const struct vt_cell *pen)
{
    if (col < row->used || (col > row->used && !fill_gap(row, col)) ||
        !set_style(row, col, pen))
        return false;
    memcpy(row->ascii + col, p, n);
    row->used = (uint16_t)(col + n);
    if (row->used == cols)
        row->flags &= (uint8_t)~ROW_SPACER;
    row->flags |= ROW_DIRTY;
    return true;
}

void row_expand(struct row *row)
{
    const struct ascii_run *run = row->runs, *last = run + row->n_runs;
    struct vt_cell pen = grid_blank;
    unsigned i;

    row->flags &= (uint8_t)~ROW_ASCII;
    for (i = 0; i < row->used; i++) {
        while (run < last && run->from <= i)
            pen = run++->pen;
        row->cells[i] = pen;
        row->cells[i].ch = row->ascii[i];
    }
    row->n_runs = 0;
}
