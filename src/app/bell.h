/* bell.h - when a bell is one too many.  Pure. */
#ifndef APP_BELL_H
#define APP_BELL_H

#include <stdbool.h>
#include <stdint.h>

#define BELL_MANY 5u /* more than so many ... */

/* All zeros is the beginning. */
struct bell {
    uint64_t last[BELL_MANY]; /* ms, a ring */
    unsigned next;
    uint64_t silent_until; /* ms; 0: it rings */
};

/*
 * A bell at that time: does it ring?  More than BELL_MANY in two seconds
 * silence it until there was none for five.  now is never 0.
 */
bool bell_rings(struct bell *b, uint64_t now);

#endif
