/* clock.h - a monotonic clock, and this process's own time. */
#ifndef SYS_CLOCK_H
#define SYS_CLOCK_H

#include <stdint.h>

/* Milliseconds since some fixed point; never 0, never goes back. */
uint64_t clock_ms(void);

/* The same clock in nanoseconds, for what is shorter. */
uint64_t clock_ns(void);

/* Processor time that this process has had, in nanoseconds: other programs
 * do not count. */
uint64_t clock_own_ns(void);

#endif
