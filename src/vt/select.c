#include "vt/select.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "vt/words.h"

/* ---- which cells ---- */

static struct vt_range line_of(const struct vt *vt, struct vt_place at)
{
    struct vt_text t = { 0 };
    struct vt_range r = { at, at };

    vt_text_load(&t, vt, at.line);
    r.from = (struct vt_place){ t.line, 0 };
    r.last = (struct vt_place){ t.line + (t.rows != 0 ? t.rows - 1 : 0),
                                vt_cols(vt) - 1 };
    vt_text_free(&t);
    return r;
}

static struct vt_range widened(const struct vt *vt, enum vt_select_kind kind,
                               struct vt_place at)
{
    switch (kind) {
    case VT_SELECT_WORDS: return vt_word_at(vt, at);
    case VT_SELECT_LINES: return line_of(vt, at);
    default: return (struct vt_range){ at, at };
    }
}

static void order(unsigned *a, unsigned *b)
{
    unsigned high = *a > *b ? *a : *b;

    *a = *a < *b ? *a : *b;
    *b = high;
}

struct vt_range vt_selected(const struct vt *vt, const struct vt_selection *sel)
{
    struct vt_range a, b;

    a = widened(vt, sel->kind, vt_place_clamp(vt, sel->anchor));
    b = widened(vt, sel->kind, vt_place_clamp(vt, sel->head));
    if (vt_place_compare(b.from, a.from) < 0)
        a.from = b.from;
    if (vt_place_compare(b.last, a.last) > 0)
        a.last = b.last;
    if (sel->kind == VT_SELECT_BLOCK) {
        a.from.col = sel->anchor.col;
        a.last.col = sel->head.col;
        order(&a.from.col, &a.last.col);
    }
    return a;
}

/* ---- their text ---- */

/* The characters of cells [from, to) of a text, without blanks at the end. */
static void put_cells(const struct vt_text *t, uint64_t from, uint64_t to,
                      struct buf *out)
{
    struct vt_place first = { t->line + from / t->cols,
                              (unsigned)(from % t->cols) };
    size_t keep = out->len, i;
    uint8_t enc[4];

    for (i = vt_text_find(t, first); i < t->n && t->cell[i] < to; i++) {
        buf_put(out, enc, utf8_encode(t->ch[i], enc));
        if (t->ch[i] != ' ')
            keep = out->len;
    }
    out->len = keep;
}

static void put_lines(const struct vt *vt, struct vt_range r, struct buf *out)
{
    struct vt_text t = { 0 };
    uint64_t line = r.from.line, from, to, cols = vt_cols(vt);

    while (line <= r.last.line) {
        vt_text_load(&t, vt, line);
        if (t.rows == 0)
            break;
        from = t.line < r.from.line ? (r.from.line - t.line) * cols : 0;
        if (line == r.from.line)
            from += r.from.col;
        to = (r.last.line - t.line) * cols + r.last.col + 1;
        if (line != r.from.line && !vt_text_continues(vt, &t))
            buf_put_byte(out, '\n');
        put_cells(&t, from, to, out);
        line = t.line + t.rows;
    }
    vt_text_free(&t);
}

static void put_block(const struct vt *vt, struct vt_range r, struct buf *out)
{
    struct vt_text t = { 0 };
    uint64_t line, row;

    for (line = r.from.line; line <= r.last.line; line++) {
        if (line >= t.line + t.rows)
            vt_text_load(&t, vt, line);
        row = (line - t.line) * vt_cols(vt);
        if (line != r.from.line)
            buf_put_byte(out, '\n');
        put_cells(&t, row + r.from.col, row + r.last.col + 1, out);
    }
    vt_text_free(&t);
}

/* The last line that was written to, or has the cursor. */
static uint64_t last_written(const struct vt *vt)
{
    uint64_t line = vt_end_line(vt) - 1;
    uint64_t cursor = vt_lines_pushed(vt) + vt_cursor(vt).row;
    bool wrapped;

    while (line > cursor &&
           vt_line_length(vt, vt_line_number(vt, line), &wrapped) == 0)
        line--;
    return line;
}

void vt_selected_text(const struct vt *vt, const struct vt_selection *sel,
                      struct buf *out)
{
    struct vt_range r = vt_selected(vt, sel);
    uint64_t last = last_written(vt);

    if (r.last.line > last) {
        r.last.line = last;
        if (sel->kind != VT_SELECT_BLOCK)
            r.last.col = vt_cols(vt) - 1;
    }
    if (sel->kind == VT_SELECT_BLOCK)
        put_block(vt, r, out);
    else
        put_lines(vt, r, out);
}
