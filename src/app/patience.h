/*
 * patience.h - when to try once more to reach a machine that boots.
 *
 * Times are ms of a monotonic clock.  Pure.
 */
#ifndef APP_PATIENCE_H
#define APP_PATIENCE_H

#include <stdbool.h>
#include <stdint.h>
#include "app/diagnosis.h"

struct buf;

/* Constants. */
struct patience_reason {
    const char *words, *brief;
};

struct patience {
    bool on;
    uint64_t from, until;
    uint64_t due;       /* the next attempt; 0: one is being made */
    uint64_t listening; /* since when the port takes connections; 0: not */
    unsigned refusals;  /* of keys: a server bans who is refused too often */
    const struct patience_reason *reason; /* of the last failure; NULL: there
                                             was none yet */
};

/* seconds: how long in all. */
void patience_begin(struct patience *p, unsigned seconds, uint64_t now);

/*
 * An attempt that began at began has failed; reached: the port took the
 * connection.  True: there is to be another one, when it is due, a while before
 * the end of the time.  False: there is no time for one, or that is nothing
 * that passes by itself.  A refused key does, if it may come late; or if the
 * next attempt is for a name that nobody gave, which its caller counts.
 */
bool patience_goes_on(struct patience *p, enum fault fault, bool reached,
                      bool guessed, uint64_t began, uint64_t now);

/* A key is refused now: may it be one that comes late, and is there time for
 * an attempt that finds it? */
bool patience_hopes(const struct patience *p, uint64_t now);
/* ... is it by this fault, and would another refusal of it do no harm? */
bool patience_dares(const struct patience *p, enum fault fault, uint64_t now);

/* What is waited through: the last failure; or, once the attempt that is being
 * made has got as far as to a server that is silent, that.  silence as
 * connect_silence() has it, FAULT_OTHER: there is none. */
const struct patience_reason *patience_words(const struct patience *p,
                                             enum fault silence);

/* "connection refused, 0:42 of 5:00"; or, for a narrow screen,
 * "refused 0:42". */
void patience_line(const struct patience *p, const struct patience_reason *why,
                   uint64_t now, struct buf *out);
void patience_brief(const struct patience *p, const struct patience_reason *why,
                    uint64_t now, struct buf *out);
/* When the line changes, or an attempt is due. */
uint64_t patience_wake(const struct patience *p, uint64_t now);

#endif
