/* dial-lookup.h - dial_new() with a test's look-up.  Internal to sys. */
#ifndef SYS_DIAL_LOOKUP_H
#define SYS_DIAL_LOOKUP_H

#include "sys/dial.h"
#include "sys/lookup.h"

struct dial *dial_new_with(const char *host, unsigned port, int family,
                           uint64_t deadline, lookup_fn *resolve);

#endif
