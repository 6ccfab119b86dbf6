/* moment.h - how long ago something was, as people say it. */
#ifndef APP_MOMENT_H
#define APP_MOMENT_H

#include <stdint.h>

struct buf;

/* Append "2 minutes ago", "yesterday" or "on 2026-03-01" (in UTC; also for what
 * is yet to come).  Both are seconds since 1970. */
void moment_put(struct buf *out, int64_t then, int64_t now);

#endif
