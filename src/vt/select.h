/*
 * select.h - a selection: what two places choose, and its text.
 *
 * Lines that were wrapped come out as one; blanks at the end of a line, and the
 * lines of the screen that nothing was written to yet, not at all.
 */
#ifndef VT_SELECT_H
#define VT_SELECT_H

#include "vt/text.h"

struct buf;

enum vt_select_kind {
    VT_SELECT_CELLS,
    VT_SELECT_WORDS, /* widened to whole words: see vt_word_at() */
    VT_SELECT_LINES, /* widened to whole lines of text */
    VT_SELECT_BLOCK  /* a rectangle */
};

struct vt_selection {
    enum vt_select_kind kind;
    struct vt_place anchor, head; /* where it began, where it ends now */
};

/*
 * The cells; of a block its upper left and its lower right corner.  Places
 * that are no more are clamped.
 */
struct vt_range vt_selected(const struct vt *vt,
                            const struct vt_selection *sel);

/* Append the text as UTF-8, lines separated by LF. */
void vt_selected_text(const struct vt *vt, const struct vt_selection *sel,
                      struct buf *out);

#endif
