/*
 * search.h - find text on the screen and above it.
 *
 * Lines that were wrapped are searched as one.  A pattern without capital
 * letters finds both cases (smart-case).  Which letters have two, and what an
 * expression takes for a character, is the locale's.
 */
#ifndef APP_SEARCH_H
#define APP_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include "vt/text.h"

struct err;
struct search;

/*
 * What to look for: UTF-8, as it is, or as a POSIX extended regular
 * expression.  ERR_USAGE says what is wrong with an expression.
 */
struct search *search_new(const char *pattern, bool regex, struct err *err);
/* NULL is allowed. */
void search_free(struct search *s);

/*
 * The cells of the first match that begins at or behind a place, or (back) the
 * last one that begins before it; empty ones do not count.  False if there is
 * none.
 */
bool search_next(struct search *s, const struct vt *vt, struct vt_place from,
                 bool back, struct vt_range *out);

/*
 * The matches that touch the lines [first, end), in order; at most max of
 * them.  Returns how many.
 */
size_t search_within(struct search *s, const struct vt *vt, uint64_t first,
                     uint64_t end, struct vt_range *out, size_t max);

#endif
