/*
 * scrollback.h - the lines above the screen, packed.
 *
 * A line is one record: its text as UTF-8 and its styles as runs, without the
 * blanks at its end.  Records lie one after another in chunks, a ring of
 * pointers finds them by number; a line of plain text costs 20 bytes over its
 * characters.  The oldest lines go when there are more than max, or when they
 * take more memory than is meant for so many as max was at first (colours in
 * every cell, marks without end); a chunk is freed with its last line.
 */
#ifndef VT_SCROLLBACK_H
#define VT_SCROLLBACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "vt/grid.h"

#define SCROLLBACK_MAX_LINES 1000000u
/* What is meant for each of max lines, on the average, and once: a few lines
 * may be as rich as they like, and 100,000 take 110 MB at most. */
#define SCROLLBACK_LINE_BYTES 1024u
#define SCROLLBACK_MORE_BYTES (8u * 1024 * 1024)

struct record;
struct chunk;

struct scrollback {
    size_t max, count;
    struct record **ring; /* of `cap` pointers, a power of two, or NULL */
    size_t cap, first;
    struct chunk *oldest, *newest, *spare;
    size_t bytes; /* of the chunks, without the spare one; most: */
    size_t bytes_max;
};

void scrollback_init(struct scrollback *sb, size_t max);
void scrollback_free(struct scrollback *sb);
void scrollback_clear(struct scrollback *sb);

/* Append a row of the screen. */
void scrollback_push(struct scrollback *sb, const struct row *row);

/* Line 0 is the oldest. */
const struct record *scrollback_line(const struct scrollback *sb, size_t line);

/* Append a copy of a record of another scrollback. */
void scrollback_push_record(struct scrollback *sb, const struct record *rec);

/* Forget the newest lines, so that count remain. */
void scrollback_truncate(struct scrollback *sb, size_t count);

/* Keep at most max lines from now on; what is meant for them stays. */
void scrollback_set_max(struct scrollback *sb, size_t max);

#endif
