#include "ui/marks.h"

#define BLACK  (VT_COLOR_INDEX | 0u)
#define YELLOW (VT_COLOR_INDEX | 3u)
#define CYAN   (VT_COLOR_INDEX | 6u)

/* What is seen of a cell's own look stays: only colours and reverse go. */
static void mark_cell(struct vt_cell *cell, enum ui_mark_kind kind, bool colors)
{
    if (kind == UI_MARK_SELECTED) {
        cell->attrs ^= VT_REVERSE;
        return;
    }
    cell->attrs &= (uint16_t) ~(VT_REVERSE | VT_INVISIBLE);
    if (colors) {
        cell->fg = BLACK;
        cell->bg = kind == UI_MARK_CURRENT ? CYAN : YELLOW;
        cell->attrs &= (uint16_t) ~(VT_BOLD | VT_FAINT);
    } else {
        cell->attrs |= kind == UI_MARK_CURRENT ? VT_REVERSE | VT_BOLD
                                               : VT_UNDERLINE | VT_BOLD;
    }
}

static void apply(const struct ui_mark *mark, struct cells *cells, bool colors)
{
    unsigned from = mark->from, end = mark->end, col;

    if (end > cells->len)
        end = cells->len;
    if (from < end && from > 0 && cells->cells[from].width == 0)
        from--;
    if (end < cells->len && from < end && cells->cells[end].width == 0)
        end++;
    for (col = from; col < end; col++)
        mark_cell(&cells->cells[col], mark->kind, colors);
}

void marks_apply(const struct ui_overlay *overlay, unsigned row,
                 struct cells *cells, bool colors)
{
    size_t i;

    for (i = 0; i < overlay->marks_len; i++)
        if (overlay->marks[i].row == row)
            apply(&overlay->marks[i], cells, colors);
}
