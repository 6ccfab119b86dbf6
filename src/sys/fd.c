#include "sys/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <unistd.h>

bool fd_cloexec(int fd)
{
    return fcntl(fd, F_SETFD, FD_CLOEXEC) != -1;
}

bool fd_prepare(int fd)
{
    int flags = fcntl(fd, F_GETFL);

    return flags != -1 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) != -1 &&
           fd_cloexec(fd);
}

bool fd_pipe(int ends[2])
{
    int saved;

    if (pipe(ends) == -1)
        return false;
    if (fd_prepare(ends[0]) && fd_cloexec(ends[1]))
        return true;
    saved = errno;
    close(ends[0]);
    close(ends[1]);
    errno = saved;
    return false;
}

bool fd_fill_standard(void)
{
    int fd;

    do {
        fd = open("/dev/null", O_RDWR);
    } while (fd != -1 && fd <= STDERR_FILENO);
    if (fd == -1)
        return false;
    close(fd);
    return true;
}

bool fd_null_input(void)
{
    close(STDIN_FILENO); /* so that it is the first that is free */
    return open("/dev/null", O_RDONLY) == STDIN_FILENO;
}

bool fd_write_all(int fd, const void *p, size_t n)
{
    const uint8_t *at = p;
    ssize_t put;

    while (n != 0) {
        put = write(fd, at, n);
        if (put == -1 && errno == EINTR)
            continue;
        if (put == -1)
            return false;
        at += put;
        n -= (size_t)put;
    }
    return true;
}
