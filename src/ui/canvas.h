/*
 * canvas.h - curses: three layers of rows, put on the terminal together.
 *
 * The body is the vt's; the bar (one row) and the box lie over it, and what
 * they cover comes back when they go.
 */
#ifndef UI_CANVAS_H
#define UI_CANVAS_H

#include <stdbool.h>
#include "vt/vt.h"

struct buf;
struct canvas;
struct err;
struct outer;
struct paint_row;

enum canvas_layer { CANVAS_BODY, CANVAS_BAR, CANVAS_BOX };
#define CANVAS_LAYERS 3

struct canvas_place {
    unsigned row, col, rows, cols; /* rows 0: not shown */
};

/* Start curses on standard input and output. */
struct canvas *canvas_open(const struct outer *outer, struct err *err);
/* Start anew on the same terminal, of which more is known now; nothing is shown
 * any more. */
void canvas_restart(struct canvas *c, const struct outer *outer);
/* Ends curses; NULL is allowed. */
void canvas_close(struct canvas *c);

/* Leave the screen for a while; canvas_resume() repaints it. */
void canvas_suspend(struct canvas *c);
void canvas_resume(struct canvas *c);

/* The terminal's new size; no layer is shown any more. */
void canvas_resize(struct canvas *c, unsigned cols, unsigned rows);

/* Show a layer there; a layer that moves or changes its size is empty. */
void canvas_place(struct canvas *c, enum canvas_layer layer,
                  struct canvas_place place);

/* As painter_row(), on a row of the layer. */
void canvas_row(struct canvas *c, enum canvas_layer layer, unsigned row,
                const struct paint_row *from);

/* Cells of the body that stay as they are may look otherwise now: all its rows
 * are given anew. */
void canvas_anew(struct canvas *c);

/* The body's rows move up; the new ones at the bottom are blank. */
void canvas_scroll(struct canvas *c, unsigned rows);

bool canvas_has_colors(const struct canvas *c);

/* True, once: colours ran out, and everything must be given again. */
bool canvas_lost_colors(struct canvas *c);

/* See painter_lost_text(). */
bool canvas_lost_text(const struct canvas *c);

/* Where the cursor is, on the terminal; hidden: not shown. */
void canvas_cursor(struct canvas *c, unsigned row, unsigned col, bool visible);

/* Write what changed. */
void canvas_flush(struct canvas *c);

/* After it: append what curses could not carry, see beside_write(). */
bool canvas_beside(struct canvas *c, const struct vt *vt, struct buf *out);

/* Is a row of double width or height among them, and: the terminal has such
 * rows, with all characters or only common ones (double.h). */
bool canvas_is_double(const struct canvas *c);
void canvas_can_double(struct canvas *c, bool all);

void canvas_beep(struct canvas *c);
void canvas_flash(struct canvas *c);

#endif
