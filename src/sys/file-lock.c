/* file-lock.c - one writer at a time, among programs. */
#include "sys/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/err.h"
#include "sys/clock.h"
#include "sys/file-inside.h"

#define STEP       5    /* ms between two tries */
#define HOLD_WAIT  3000 /* ms, for a file that is appended to or edited */
#define HOLD_TRIES 20

static bool taken(int fd)
{
    struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

    return fcntl(fd, F_SETLK, &whole) == 0;
}

static bool is_held(int why)
{
    return why == EACCES || why == EAGAIN || why == EINTR;
}

/* False with errno set. */
static bool take(int fd, unsigned ms)
{
    uint64_t end = clock_ms() + ms;

    while (!taken(fd)) {
        if (!is_held(errno) || clock_ms() >= end)
            return false;
        poll(NULL, 0, STEP);
    }
    return true;
}

int file_lock(const char *path, unsigned ms, struct err *err)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);

    if (fd == -1) {
        err_sys(err, "%s: cannot open it", path);
        return -1;
    }
    if (take(fd, ms))
        return fd;
    if (is_held(errno))
        err_set(err, ERR_TIMEOUT, "%s: another program holds it", path);
    else
        err_sys(err, "%s: cannot lock it", path);
    close(fd);
    return -1;
}

void file_unlock(int lock)
{
    close(lock);
}

/* Another file may have come to the place while its lock was waited for. */
static bool is_at(const char *path, int fd)
{
    struct stat st, now;

    return fstat(fd, &st) == 0 && stat(path, &now) == 0 &&
           st.st_dev == now.st_dev && st.st_ino == now.st_ino;
}

int file_open_held(const char *path, int flags)
{
    unsigned tries = 0;
    int fd = -1;

    do {
        if (fd != -1)
            close(fd);
        fd = open(path, O_RDWR | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | flags,
                  0600);
        if (fd != -1)
            (void)take(fd, HOLD_WAIT);
    } while (fd != -1 && !is_at(path, fd) && ++tries < HOLD_TRIES);
    return fd;
}
