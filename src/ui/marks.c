#include "ui/marks.h"

#include <string.h>

#define BLACK  (VT_COLOR_INDEX | 0u)
#define YELLOW (VT_COLOR_INDEX | 3u)
#define CYAN   (VT_COLOR_INDEX | 6u)

/* Our own text, which looks like nothing a program wrote. */
static void put_label(struct vt_cell *cell, char ch, bool colors)
{
    *cell = (struct vt_cell){ .ch = (uint8_t)ch, .width = 1 };
    cell->fg = colors ? VT_COLOR_INDEX | 7u : VT_COLOR_DEFAULT;
    cell->bg = colors ? VT_COLOR_INDEX | 1u : VT_COLOR_DEFAULT;
    cell->attrs = colors ? VT_BOLD : VT_BOLD | VT_REVERSE;
}

/* What is seen of a cell's own look stays: only colours and reverse go. */
static void mark_cell(struct vt_cell *cell, enum ui_mark_kind kind, bool colors)
{
    if (kind == UI_MARK_SELECTED) {
        cell->attrs ^= VT_REVERSE;
        return;
    }
    if (kind == UI_MARK_LINK) {
        cell->attrs |= VT_UNDERLINE | VT_BOLD;
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

/* The characters of a label begin where its mark does. */
static void mark_at(const struct ui_mark *mark, struct vt_cell *cell,
                    unsigned col, bool colors)
{
    size_t i = col - mark->from;

    if (mark->kind != UI_MARK_LABEL)
        mark_cell(cell, mark->kind, colors);
    else if (col < mark->from || i >= strlen(mark->label))
        put_label(cell, ' ', colors); /* half of a wide character */
    else
        put_label(cell, mark->label[i], colors);
}

/* A label is never cut: without room behind its place it ends with the row. */
static struct ui_mark placed(const struct ui_mark *mark, unsigned len)
{
    struct ui_mark here = *mark;
    unsigned beyond = mark->end > len ? mark->end - len : 0;

    here.end -= beyond;
    if (mark->kind == UI_MARK_LABEL)
        here.from -= beyond < mark->from ? beyond : mark->from;
    return here;
}

static void apply(const struct ui_mark *asked, struct cells *cells, bool colors)
{
    const struct ui_mark mark = placed(asked, cells->len);
    unsigned from = mark.from, end = mark.end, col;

    if (from < end && from > 0 && cells->cells[from].width == 0)
        from--;
    if (end < cells->len && from < end && cells->cells[end].width == 0)
        end++;
    for (col = from; col < end; col++)
        mark_at(&mark, &cells->cells[col], col, colors);
}

void marks_apply(const struct ui_overlay *overlay, unsigned row,
                 struct cells *cells, bool colors)
{
    size_t i;

    for (i = 0; i < overlay->marks_len; i++)
        if (overlay->marks[i].row == row)
            apply(&overlay->marks[i], cells, colors);
}
