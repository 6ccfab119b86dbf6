/* pollset.h - the descriptors one turn of the loop waits for. */
#ifndef SYS_POLLSET_H
#define SYS_POLLSET_H

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

#define POLLSET_MAX 64

struct pollset {
    struct pollfd fds[POLLSET_MAX];
    unsigned len;
};

void pollset_clear(struct pollset *set);

/* Wait for POLLIN and/or POLLOUT on fd (events of one fd are joined); with
 * neither nothing is waited for. */
void pollset_add(struct pollset *set, int fd, short events);

/* Wait until something is ready, or the clock reaches wake (0: no timer). */
void pollset_wait(struct pollset *set, uint64_t wake);

/* What the last wait found for fd: POLLIN, POLLOUT, POLLHUP, POLLERR. */
short pollset_ready(const struct pollset *set, int fd);

/* The earlier of two wake times, where 0 means never. */
uint64_t pollset_earlier(uint64_t a, uint64_t b);

#endif
