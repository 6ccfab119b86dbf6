/* cells.h - our own text as cells, to be drawn like the server's. Pure. */
#ifndef UI_CELLS_H
#define UI_CELLS_H

#include <stddef.h>
#include <stdint.h>
#include "vt/vt.h"

/* A row being written. */
struct cells {
    struct vt_cell *cells;
    unsigned len;
};

/* How the next cells look: colours and VT_BOLD ... */
struct cell_style {
    uint32_t fg, bg;
    uint16_t attrs;
};

/* All of the row blank. */
void cells_clear(struct cells *row, struct cell_style style);

/*
 * Text from column col on, before column end; characters without a width of
 * their own are left out.  Returns the column behind it.
 */
unsigned cells_text(struct cells *row, unsigned col, unsigned end,
                    const char *text, size_t n, struct cell_style style);

/* The same, with an ellipsis for what does not fit. */
unsigned cells_elided(struct cells *row, unsigned col, unsigned end,
                      const char *text, struct cell_style style);

/* One character (of width 1) in the columns from col to end. */
void cells_repeat(struct cells *row, unsigned col, unsigned end, uint32_t ch,
                  struct cell_style style);

#endif
