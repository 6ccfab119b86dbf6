/* Bytes to a blocking pipe without ever blocking. */
#include "app/outlet.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <unistd.h>
#include "base/mem.h"
#include "../tap.h"

#define BIG (1u << 20)

static void fill(uint8_t *p, size_t n)
{
    size_t i;

    for (i = 0; i < n; i++)
        p[i] = (uint8_t)(i * 7 + i / 251);
}

/* Read what the pipe holds, let the outlet go on, until all has come. */
static size_t receive(struct outlet *o, int fd, uint8_t *got, size_t max)
{
    size_t n = 0;
    ssize_t r;

    while (n < max) {
        r = read(fd, got + n, max - n);
        if (r <= 0)
            break;
        n += (size_t)r;
        outlet_flush(o);
    }
    return n;
}

int main(void)
{
    uint8_t *sent = mem_alloc(BIG), *got = mem_alloc(BIG);
    struct outlet o;
    int fds[2];

    signal(SIGPIPE, SIG_IGN);
    if (pipe(fds) != 0)
        return 99;
    fill(sent, BIG);
    outlet_init(&o, fds[1]);
    outlet_put(&o, sent, BIG); /* would block for ever if it blocked */
    ok(o.waiting.len != 0 && o.waiting.len < BIG,
       "a full pipe takes a part, the rest waits");
    ok(receive(&o, fds[0], got, BIG) == BIG && memcmp(sent, got, BIG) == 0,
       "every byte arrives, in order");
    ok((fcntl(fds[1], F_GETFL) & O_NONBLOCK) == 0,
       "the descriptor stays blocking");
    close(fds[0]);
    outlet_put(&o, sent, 100);
    ok(o.broken && o.error == EPIPE && o.waiting.len == 0,
       "when nobody reads any more it is broken and drops");
    outlet_finish(&o);
    outlet_free(&o);
    close(fds[1]);
    mem_free(sent);
    mem_free(got);
    return tap_done();
}
