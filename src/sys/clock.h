/* clock.h - a monotonic clock. */
#ifndef SYS_CLOCK_H
#define SYS_CLOCK_H

#include <stdint.h>

/* Milliseconds since some fixed point; never 0, never goes back. */
uint64_t clock_ms(void);

/* The same clock in nanoseconds, for what is shorter. */
uint64_t clock_ns(void);

#endif
