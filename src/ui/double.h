/*
 * double.h - lines of double width and height (DECDWL, DECDHL) on a terminal
 * that has them.
 *
 * Curses knows nothing of such lines: it draws them widened, with a blank
 * behind each cell.  When it has drawn, the row is made a double one and its
 * cells are written once more without these blanks.  On such a row columns are
 * twice as wide and half as many, so curses must neither write nor move there:
 * before it does, all of them become single rows again, which it draws anew.
 */
#ifndef UI_DOUBLE_H
#define UI_DOUBLE_H

#include <stdbool.h>
#include "vt/vt.h"

struct buf;
struct doubles;
struct pairs;

/* After curses has begun.  pairs is borrowed. */
struct doubles *doubles_new(const struct pairs *pairs);
/* NULL is allowed. */
void doubles_free(struct doubles *d);

/* The terminal has such lines, with all characters or only those that any font
 * has; until then they stay widened. */
void doubles_able(struct doubles *d, bool all);

/* A row of the screen was painted, from such a line. */
void doubles_row(struct doubles *d, unsigned row, enum vt_line_size size);
/* The first rows of these moved up by n. */
void doubles_scroll(struct doubles *d, unsigned rows, unsigned n);
/* Rows that something of ours lies on, which is not to be widened: none, and
 * these. */
void doubles_uncover(struct doubles *d);
void doubles_cover(struct doubles *d, unsigned row, unsigned rows);

/* Is there one that was painted? */
bool doubles_wanted(const struct doubles *d);

/* Before curses draws, or moves the cursor to this row. */
void doubles_before(struct doubles *d, unsigned cursor_row);
/* ... or gives the terminal back, or has got another size: none is left. */
void doubles_end(struct doubles *d);

/* After it has drawn: append what makes the rows double, and puts the cursor,
 * which curses has left there, in its place on one. */
void doubles_write(struct doubles *d, unsigned cursor_row, unsigned cursor_col,
                   struct buf *out);

#endif
