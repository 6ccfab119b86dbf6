/* file-lock.c - one writer at a time, among programs. */
#include "sys/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <unistd.h>
#include "base/err.h"
#include "sys/clock.h"
#include "sys/file-inside.h"

#define STEP 5 /* ms between two tries */

static bool taken(int fd)
{
    struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

    return fcntl(fd, F_SETLK, &whole) == 0;
}

static bool is_held(int why)
{
    return why == EACCES || why == EAGAIN || why == EINTR;
}

bool file_lock_open(int fd, unsigned ms)
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
    if (file_lock_open(fd, ms))
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
