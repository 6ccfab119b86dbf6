/*
 * cast.h - recordings of a terminal: asciicast v2, which asciinema plays too.
 *
 * A line of JSON that tells the size, then one for each event:
 *     [seconds, "o", "output"]   or   [seconds, "r", "COLSxROWS"]
 * Pure.
 */
#ifndef APP_CAST_H
#define APP_CAST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/buf.h"

struct err;

struct cast_head {
    unsigned cols, rows; /* 1..VT_MAX_SIDE */
    uint64_t time;       /* when it began, seconds since 1970; 0 when read */
    uint64_t idle_limit; /* ms: no pause is played for longer; 0: any */
};

enum cast_kind { CAST_OUTPUT, CAST_RESIZE, CAST_OTHER };

struct cast_event {
    uint64_t at; /* ms since the beginning */
    enum cast_kind kind;
    unsigned cols, rows; /* of CAST_RESIZE */
};

/* ---- writing: lines are appended to out; at as in struct cast_event ---- */

void cast_put_head(struct buf *out, const struct cast_head *head,
                   const char *term);
void cast_put_resize(struct buf *out, uint64_t at, unsigned cols,
                     unsigned rows);
/*
 * What is no UTF-8 becomes U+FFFD.  A character that is not yet complete is
 * held for the next call.
 */
void cast_put_output(struct buf *out, uint64_t at, struct buf *held,
                     const void *bytes, size_t n);

/* ---- reading: a line without its LF; ERR_FORMAT if it is none ---- */

bool cast_read_head(const char *line, size_t n, struct cast_head *head,
                    struct err *err);
/* text (may be NULL) is set to what was output. */
bool cast_read_event(const char *line, size_t n, struct cast_event *ev,
                     struct buf *text, struct err *err);

#endif
