/*
 * text.h - the terminal's lines as text: places that move with it, lines
 * joined where they were wrapped.
 */
#ifndef VT_TEXT_H
#define VT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "vt/vt.h"

struct buf;

/*
 * A cell of the scrollback or the screen.  Lines count from the first one ever
 * pushed to the scrollback, so a place stays with its text while output
 * scrolls it; the screen's first row is line vt_lines_pushed().
 */
struct vt_place {
    uint64_t line;
    unsigned col;
};

/* < 0, 0 or > 0: a before, at or behind b. */
int vt_place_compare(struct vt_place a, struct vt_place b);

/* The oldest line there is, and the one behind the screen's last row. */
uint64_t vt_first_line(const struct vt *vt);
uint64_t vt_end_line(const struct vt *vt);

/* That line's number for vt_line(). */
long vt_line_number(const struct vt *vt, uint64_t line);

/* The nearest place that exists; of a wide character its left half. */
struct vt_place vt_place_clamp(const struct vt *vt, struct vt_place place);

/*
 * A place told so that it survives a resize: in lines of text from the
 * cursor's, and in cells from the beginning of its own.  On the alternate
 * screen, which is not reflowed, it is a row and a column.
 */
struct vt_anchor {
    int64_t lines;
    uint64_t cells;
};

struct vt_anchor vt_anchor(const struct vt *vt, struct vt_place place);
struct vt_place vt_anchored(const struct vt *vt, struct vt_anchor anchor);

/* From one cell to another, both included. */
struct vt_range {
    struct vt_place from, last;
};

/* ---- a line of text: rows joined where they were wrapped ---- */

/* Longer ones are taken in parts of at least so many rows and at most twice as
 * many. */
#define VT_TEXT_ROWS 512u

struct vt_text {
    uint64_t line;  /* of its first row */
    unsigned rows;  /* how many; 0: there is no such line */
    unsigned cols;  /* cells in a row */
    uint32_t *ch;   /* n scalar values, marks behind their base */
    uint32_t *cell; /* where each is: row * cols + column */
    size_t n;
    /* private: */
    size_t cap;
    struct vt_cell *cells;
    unsigned cells_cap;
};

/* Load the text that a line is part of; begin with an all-zero t. */
void vt_text_load(struct vt_text *t, const struct vt *vt, uint64_t line);
void vt_text_free(struct vt_text *t);

/*
 * Only the bounds (line, rows; n is 0), and the characters as UTF-8 in *out;
 * false if a part of it is not in the scrollback, and then use the above.
 */
bool vt_text_bytes(struct vt_text *t, const struct vt *vt, uint64_t line,
                   struct buf *out);

/* Is it a part of a long text that has begun before? */
bool vt_text_continues(const struct vt *vt, const struct vt_text *t);

/*
 * Does a character beyond ASCII stand between words and addresses?  Quotation
 * marks and other punctuation do, arrows, the lines that frame the panes of a
 * program, and the symbols of private use that prompts are drawn with.
 */
bool vt_text_breaks(uint32_t ch);

/* The place of a character (i < n). */
struct vt_place vt_text_place(const struct vt_text *t, size_t i);

/* The first character at or behind a place; n if there is none. */
size_t vt_text_find(const struct vt_text *t, struct vt_place place);

#endif
