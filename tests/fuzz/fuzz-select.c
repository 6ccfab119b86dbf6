/* fuzz-select.c - words, addresses, selections and places in any text. */
#include <assert.h>
#include <stdint.h>
#include "base/buf.h"
#include "vt/select.h"
#include "vt/urls.h"
#include "vt/words.h"

#define COLS 17u
#define ROWS 5u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_place(const struct vt *vt, struct vt_place at)
{
    assert(at.line >= vt_first_line(vt) && at.line < vt_end_line(vt));
    assert(at.col < vt_cols(vt));
}

static void check_words(const struct vt *vt, struct vt_place at)
{
    struct vt_range r = vt_word_at(vt, at);

    check_place(vt, r.from);
    check_place(vt, r.last);
    assert(vt_place_compare(r.from, r.last) <= 0);
    check_place(vt, vt_word_next(vt, at, false));
    check_place(vt, vt_word_next(vt, at, true));
    check_place(vt, vt_word_back(vt, at, false));
    check_place(vt, vt_word_back(vt, at, true));
    check_place(vt, vt_line_indent(vt, at.line));
    check_place(vt, vt_text_indent(vt, at.line));
}

static void check_urls(const struct vt *vt, uint64_t line)
{
    struct vt_text t = { 0 };
    size_t at = 0, from, end;

    vt_text_load(&t, vt, line);
    for (; vt_url_find(&t, at, &from, &end); at = end) {
        assert(from >= at && end > from && end <= t.n);
        check_place(vt, vt_text_place(&t, end - 1));
    }
    vt_text_free(&t);
}

static void check_selections(const struct vt *vt, struct vt_place a,
                             struct vt_place b)
{
    struct vt_selection sel = { VT_SELECT_CELLS, a, b };
    struct buf out = { 0 };
    int kind;

    for (kind = VT_SELECT_CELLS; kind <= VT_SELECT_BLOCK; kind++) {
        sel.kind = (enum vt_select_kind)kind;
        vt_selected_text(vt, &sel, &out);
    }
    buf_free(&out);
}

/* The first two bytes choose places, the others are output. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct vt_options opt = { .cols = COLS,
                                    .rows = ROWS,
                                    .scrollback = 20 };
    struct vt_place a, b;
    struct vt_anchor anchor;
    struct vt *vt;

    if (size < 2)
        return 0;
    vt = vt_new(&opt);
    vt_write(vt, data + 2, size - 2);
    a = vt_place_clamp(
        vt, (struct vt_place){ vt_first_line(vt) + data[0] % 32, data[0] / 8 });
    b = vt_place_clamp(
        vt, (struct vt_place){ vt_first_line(vt) + data[1] % 32, data[1] / 8 });
    check_place(vt, a);
    check_words(vt, a);
    check_urls(vt, b.line);
    check_selections(vt, a, b);
    anchor = vt_anchor(vt, a);
    check_place(vt, vt_anchored(vt, anchor));
    vt_resize(vt, 1 + data[1] % 40, 1 + data[0] % 9);
    check_place(vt, vt_anchored(vt, anchor));
    check_selections(vt, a, b);
    vt_free(vt);
    return 0;
}
