/* pairs.h - curses' colour pairs, numbered as they are needed. */
#ifndef UI_PAIRS_H
#define UI_PAIRS_H

#include <stdbool.h>

struct pairs;

/* After start_color(). */
struct pairs *pairs_new(void);
/* NULL is allowed. */
void pairs_free(struct pairs *p);

/* The pair of two colour numbers; 0, the default, if there are no more. */
int pairs_get(struct pairs *p, int fg, int bg);

/* Forget all of them: what is on the screen must be painted again. */
void pairs_reset(struct pairs *p);

/* Was a pair refused since the last reset? */
bool pairs_ran_out(const struct pairs *p);

#endif
