#include "ui/painted.h"

#include <string.h>
#include "base/mem.h"
#include "ui/paint.h"

#define NEIGHBOURS 2u /* so far away may be what a cell's looks depend on */

struct painted {
    unsigned cols, rows;
    struct vt_cell *cells;
    bool *known; /* a row's cells are what was painted */
};

struct painted *painted_new(void)
{
    return mem_alloc(sizeof(struct painted));
}

void painted_free(struct painted *p)
{
    if (p == NULL)
        return;
    mem_free(p->cells);
    mem_free(p->known);
    mem_free(p);
}

void painted_resize(struct painted *p, unsigned cols, unsigned rows)
{
    p->cells = mem_resize(p->cells, (size_t)cols * rows, sizeof *p->cells);
    p->known = mem_resize(p->known, rows, sizeof *p->known);
    p->cols = cols;
    p->rows = rows;
    painted_forget(p);
}

void painted_forget(struct painted *p)
{
    if (p->rows != 0)
        memset(p->known, 0, p->rows * sizeof *p->known);
}

void painted_scroll(struct painted *p, unsigned n)
{
    unsigned stay;

    if (n > p->rows)
        n = p->rows;
    stay = p->rows - n;
    if (stay != 0) {
        memmove(p->cells, p->cells + (size_t)n * p->cols,
                (size_t)stay * p->cols * sizeof *p->cells);
        memmove(p->known, p->known + n, stay * sizeof *p->known);
    }
    memset(p->known + stay, 0, n * sizeof *p->known);
}

static struct vt_cell *cells_of(const struct painted *p, unsigned row)
{
    return p->cells + (size_t)row * p->cols;
}

static bool same(const struct vt_cell *a, const struct vt_cell *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

bool painted_narrow(const struct painted *p, unsigned row,
                    struct paint_row *from)
{
    const struct vt_cell *old, *new = from->cells;
    unsigned begin = 0, end = from->n;

    if (row >= p->rows || !p->known[row] || from->n != p->cols ||
        from->size != VT_LINE_SINGLE)
        return true;
    old = cells_of(p, row);
    while (begin < end && same(&old[begin], &new[begin]))
        begin++;
    if (begin == end)
        return false;
    while (same(&old[end - 1], &new[end - 1]))
        end--;
    begin -= begin < NEIGHBOURS ? begin : NEIGHBOURS;
    if (begin > 0 && new[begin].width == 0)
        begin--;
    end += from->n - end < NEIGHBOURS ? from->n - end : NEIGHBOURS;
    from->begin = begin;
    from->end = end;
    return true;
}

static bool says_all(const struct vt_cell *cell)
{
    return (cell->ch & VT_CLUSTER) == 0 && cell->extra == 0;
}

void painted_keep(struct painted *p, unsigned row, const struct paint_row *from,
                  bool beside)
{
    unsigned i, begin = from->begin;
    unsigned end = from->end != 0 ? from->end : from->n;

    if (row >= p->rows)
        return;
    p->known[row] = false;
    if (beside || from->n != p->cols || from->size != VT_LINE_SINGLE)
        return;
    for (i = begin; i < end; i++)
        if (!says_all(&from->cells[i]))
            return;
    memcpy(cells_of(p, row) + begin, from->cells + begin,
           (end - begin) * sizeof *from->cells);
    p->known[row] = true;
}
