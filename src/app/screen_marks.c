/* screen_marks.c - what lies over the text when it is drawn. */
#include "app/screen.h"

#include <string.h>
#include "base/mem.h"

#define MATCHES_MAX 1024u /* shown at once */

static void add_mark(struct screen *s, struct ui_mark mark)
{
    if (s->marks_len == s->marks_cap) {
        s->marks_cap = s->marks_cap != 0 ? s->marks_cap * 2 : 64;
        s->marks = mem_resize(s->marks, s->marks_cap, sizeof *s->marks);
    }
    s->marks[s->marks_len++] = mark;
}

/* The rows on the screen of all cells from one place to another. */
static void mark_range(struct screen *s, struct vt_place from,
                       struct vt_place last, enum ui_mark_kind kind)
{
    uint64_t top = screen_top(s), end = top + vt_rows(s->vt);
    uint64_t line = from.line > top ? from.line : top;

    for (; line < end && line <= last.line; line++)
        add_mark(s,
                 (struct ui_mark){
                     .row = (unsigned)(line - top),
                     .from = line == from.line ? from.col : 0,
                     .end = line == last.line ? last.col + 1 : vt_cols(s->vt),
                     .kind = kind,
                 });
}

/* The columns of a rectangle, in each of its rows. */
static void mark_block(struct screen *s, struct vt_range r)
{
    struct vt_range row = r;

    for (row.from.line = r.from.line; row.from.line <= r.last.line;
         row.from.line++) {
        row.last.line = row.from.line;
        mark_range(s, row.from, row.last, UI_MARK_SELECTED);
    }
}

static void mark_selection(struct screen *s)
{
    struct vt_range r = vt_selected(s->vt, &s->select.sel);

    if (s->select.sel.kind == VT_SELECT_BLOCK)
        mark_block(s, r);
    else
        mark_range(s, r.from, r.last, UI_MARK_SELECTED);
}

static void mark_matches(struct screen *s)
{
    struct vt_range *found = mem_array(MATCHES_MAX, sizeof *found);
    uint64_t top = screen_top(s);
    size_t n, i;

    n = search_within(s->find.search, s->vt, top, top + vt_rows(s->vt), found,
                      MATCHES_MAX);
    for (i = 0; i < n; i++)
        mark_range(s, found[i].from, found[i].last, UI_MARK_HIT);
    mem_free(found);
    if (s->find.found && vt_place_compare(s->find.here.from, s->read.at) == 0)
        mark_range(s, s->find.here.from, s->find.here.last, UI_MARK_CURRENT);
}

/* The links, and then their labels, which nothing covers. */
static void mark_links(struct screen *s)
{
    const struct screen_links *l = &s->links;
    uint64_t top = screen_top(s), end = top + vt_rows(s->vt);
    size_t i;

    for (i = 0; i < l->len; i++)
        mark_range(s, l->list[i].at.from, l->list[i].at.last, UI_MARK_LINK);
    for (i = 0; i < l->len; i++) {
        const struct screen_link *link = &l->list[i];
        struct vt_place at = link->at.from;
        struct ui_mark mark = { .row = (unsigned)(at.line - top),
                                .from = at.col,
                                .end = at.col + (unsigned)strlen(link->label),
                                .kind = UI_MARK_LABEL };

        if (at.line < top || at.line >= end ||
            (l->first != '\0' && l->first != link->label[0]))
            continue;
        memcpy(mark.label, link->label, sizeof mark.label);
        add_mark(s, mark);
    }
}

struct ui_overlay screen_overlay(struct screen *s)
{
    struct ui_overlay overlay = { 0 };

    s->marks_len = 0;
    if (s->read.on) {
        if (s->find.search != NULL)
            mark_matches(s);
        overlay.has_cursor = true;
        overlay.row = (unsigned)(s->read.at.line - screen_top(s));
        overlay.col = s->read.at.col;
    }
    if (s->select.on)
        mark_selection(s);
    if (s->mode == SCREEN_LINKS)
        mark_links(s);
    overlay.marks = s->marks;
    overlay.marks_len = s->marks_len;
    return overlay;
}
