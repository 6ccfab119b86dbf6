/*
 * painted.h - the body's cells as they were painted last, so that of a row that
 * changed only what is new need go to curses: one cell, where a key is echoed.
 *
 * Kept are rows whose cells say all: no graphemes and extras, whose names the
 * vt gives anew, and nothing that is written beside curses (beside.h).
 */
#ifndef UI_PAINTED_H
#define UI_PAINTED_H

#include <stdbool.h>

struct paint_row;
struct painted;

struct painted *painted_new(void);
/* NULL is allowed. */
void painted_free(struct painted *p);

/* The body's size; nothing of it was painted. */
void painted_resize(struct painted *p, unsigned cols, unsigned rows);
/* What was painted is no help: its colours are others by now. */
void painted_forget(struct painted *p);
/* The rows moved up by n. */
void painted_scroll(struct painted *p, unsigned n);

/*
 * Set begin and end of a row that is to be painted to what differs, and what may
 * look otherwise beside it.  False if nothing differs.
 */
bool painted_narrow(const struct painted *p, unsigned row,
                    struct paint_row *from);

/* It was painted; beside: with something that curses cannot carry. */
void painted_keep(struct painted *p, unsigned row, const struct paint_row *from,
                  bool beside);

#endif
