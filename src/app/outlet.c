#include "app/outlet.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

/* Files, and devices that are no terminals, such as /dev/null. */
static bool never_blocks(int fd)
{
    struct stat st;

    return fstat(fd, &st) == 0 &&
           (S_ISREG(st.st_mode) || (S_ISCHR(st.st_mode) && !isatty(fd)));
}

void outlet_init(struct outlet *o, int fd)
{
    o->fd = fd;
    o->chunk = never_blocks(fd) ? SIZE_MAX : PIPE_BUF; /* pipe(7): it fits */
    o->broken = false;
    o->error = 0;
    buf_init(&o->waiting);
}

void outlet_free(struct outlet *o)
{
    buf_free(&o->waiting);
}

static bool ready(const struct outlet *o, int timeout)
{
    struct pollfd p = { .fd = o->fd, .events = POLLOUT };

    return poll(&p, 1, timeout) == 1;
}

/* Bytes written; 0: not now, or broken. */
static size_t write_some(struct outlet *o, const uint8_t *p, size_t len)
{
    ssize_t n = write(o->fd, p, len < o->chunk ? len : o->chunk);

    if (n >= 0)
        return (size_t)n;
    if (errno != EINTR && errno != EAGAIN) {
        o->broken = true;
        o->error = errno;
    }
    return 0;
}

static void drain(struct outlet *o, int timeout)
{
    size_t n;

    while (o->waiting.len != 0 && !o->broken && ready(o, timeout)) {
        n = write_some(o, o->waiting.data, o->waiting.len);
        if (n == 0 && timeout == 0)
            break;
        buf_consume(&o->waiting, n);
    }
    if (o->broken)
        buf_clear(&o->waiting);
}

void outlet_put(struct outlet *o, const void *data, size_t len)
{
    const uint8_t *p = data;
    size_t n;

    while (len != 0 && o->waiting.len == 0 && !o->broken && ready(o, 0)) {
        n = write_some(o, p, len);
        if (n == 0)
            break;
        p += n;
        len -= n;
    }
    if (!o->broken)
        buf_put(&o->waiting, p, len);
}

void outlet_flush(struct outlet *o)
{
    drain(o, 0);
}

void outlet_finish(struct outlet *o)
{
    drain(o, -1);
}
