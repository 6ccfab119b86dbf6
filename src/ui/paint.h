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
struct pairs;
struct painter;

/* A row to be painted; what is left of it is blank. */
struct paint_row {
    const struct vt_cell *cells;
    unsigned n;
    unsigned begin, end;    /* of n, only these differ; end 0: all */
    const struct vt *vt;    /* explains cells; NULL: they are our own */
    long line;              /* of vt, as for vt_line() */
    bool reversed;          /* DECSCNM: the default colours are swapped */
    enum vt_line_size size; /* not single: the cells are widened already */
};

/* After curses' colours were started.  described: with direct.c's description
 * of the terminal. */
struct painter *painter_new(const struct outer *outer, bool described);
/* NULL is allowed. */
void painter_free(struct painter *p);

/*
 * Put a row on window (a WINDOW *).  True if there is something on it that
 * curses cannot carry (beside.h).
 */
bool painter_row(struct painter *p, void *window, unsigned row,
                 const struct paint_row *from);

/* The pairs it paints with. */
const struct pairs *painter_pairs(const struct painter *p);

/*
 * Did the colour pairs run out?  Then they are forgotten, and all that is
 * shown must be painted again.  A screen that needs more pairs than there
 * are gets default colours in the rest.
 */
bool painter_ran_out(struct painter *p);

/* Was a character ever shown as '?' or another letter, as the locale's encoding
 * lacks it? */
bool painter_lost_text(const struct painter *p);

#endif
