/*
 * paint.h - rows of cells onto curses windows.
 *
 * Here it is decided what the outer terminal can show: the character, else
 * one that takes as many columns; the colours, else the nearest; attributes.
 */
#ifndef UI_PAINT_H
#define UI_PAINT_H

#include <stdbool.h>
#include <stddef.h>
#include "vt/vt.h"

struct outer;
struct painter;

/* After curses' colours were started.  described: with direct.c's description
 * of the terminal. */
struct painter *painter_new(const struct outer *outer, bool described);
/* NULL is allowed. */
void painter_free(struct painter *p);

/*
 * Put n cells on a row of window (a WINDOW *); what is left of the row is
 * blank.  vt (may be NULL) explains clusters and changed palettes; reversed
 * swaps the colours of all.
 */
void painter_row(struct painter *p, void *window, unsigned row,
                 const struct vt_cell *cells, unsigned n, const struct vt *vt,
                 bool reversed);

/*
 * Did the colour pairs run out?  Then they are forgotten, and all that is
 * shown must be painted again.  A screen that needs more pairs than there
 * are gets default colours in the rest.
 */
bool painter_ran_out(struct painter *p);

#endif
