/*
 * dial.h - a TCP connection to a name or address, without blocking.
 *
 * The name is looked up by a child process, so that the look-up too can be
 * cancelled; addresses are tried as RFC 8305 says, the next one 250 ms after
 * the one before or as soon as that failed.
 */
#ifndef SYS_DIAL_H
#define SYS_DIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct dial;
struct err;
struct pollset;

enum dial_state { DIAL_WAIT, DIAL_CONNECTED, DIAL_FAILED };

/*
 * Start.  family is AF_UNSPEC, AF_INET or AF_INET6; deadline in ms of
 * clock_ms(), 0 for none.  A fault shows at the first step.
 */
struct dial *dial_new(const char *host, unsigned port, int family,
                      uint64_t deadline);
/* Cancels; NULL is allowed. */
void dial_free(struct dial *d);

/* Add the descriptors to wait for; dial_wake() is when to step at the
 * latest, in ms; 0: no timer. */
void dial_watch(const struct dial *d, struct pollset *set);
uint64_t dial_wake(const struct dial *d);

/*
 * Go on.  FAILED: *err names host and port, what happened and what that
 * usually means for a VM (ERR_NOT_FOUND, ERR_NETWORK, ERR_TIMEOUT).
 */
enum dial_state dial_step(struct dial *d, uint64_t now, struct err *err);

/* What is being waited for, for a progress line: "looking up host",
 * "connecting to 203.0.113.5 port 22". */
const char *dial_progress(const struct dial *d);

/*
 * How many addresses the look-up found; 0: none, or not yet.  Appends them to
 * out (NULL: does not) as numbers, separated by ", "; after the third "...".
 */
unsigned dial_found(const struct dial *d, struct buf *out);

/* After FAILED: the errno that the sentence tells of; 0: the look-up failed. */
int dial_error(const struct dial *d);

/*
 * After CONNECTED: the socket (non-blocking, close-on-exec, TCP_NODELAY,
 * keep-alive), the caller's from now on; and the numeric address, borrowed.
 */
int dial_take_fd(struct dial *d);
const char *dial_address(const struct dial *d);

#endif
