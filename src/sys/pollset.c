#include "sys/pollset.h"

#include <assert.h>
#include <limits.h>
#include "sys/clock.h"

void pollset_clear(struct pollset *set)
{
    set->len = 0;
}

void pollset_add(struct pollset *set, int fd, short events)
{
    unsigned i;

    if (events == 0)
        return; /* poll() would tell of a hang-up all the same */
    for (i = 0; i < set->len && set->fds[i].fd != fd; i++)
        ;
    if (i == set->len) {
        assert(i < POLLSET_MAX);
        set->fds[i] = (struct pollfd){ .fd = fd };
        set->len++;
    }
    set->fds[i].events = (short)(set->fds[i].events | events);
}

/* Milliseconds for poll(): -1 without a timer. */
static int timeout_until(uint64_t wake)
{
    uint64_t now;

    if (wake == 0)
        return -1;
    now = clock_ms();
    if (wake <= now)
        return 0;
    return wake - now > INT_MAX ? INT_MAX : (int)(wake - now);
}

void pollset_wait(struct pollset *set, uint64_t wake)
{
    unsigned i;

    if (poll(set->fds, set->len, timeout_until(wake)) != -1)
        return;
    /* A signal: whoever cares reads of it on the signal pipe, next turn. */
    for (i = 0; i < set->len; i++)
        set->fds[i].revents = 0;
}

short pollset_ready(const struct pollset *set, int fd)
{
    short found;
    unsigned i;

    for (i = 0; i < set->len; i++) {
        if (set->fds[i].fd != fd)
            continue;
        found = set->fds[i].revents;
        return (found & POLLNVAL) != 0 ? (short)(found | POLLERR) : found;
    }
    return 0;
}

uint64_t pollset_earlier(uint64_t a, uint64_t b)
{
    if (a == 0 || (b != 0 && b < a))
        return b;
    return a;
}
