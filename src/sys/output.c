#include "sys/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/err.h"

/* A terminal or a FIFO must neither stop us nor become ours. */
#define FLAGS \
    (O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)

static bool give_reason(struct err *err)
{
    return err_set(err, ERR_SYSTEM, "%s", strerror(errno));
}

static int refuse(int fd)
{
    close(fd);
    return -1;
}

int output_open(const char *path, enum output_mode mode, struct err *err)
{
    int fd = open(path, FLAGS, 0600);
    struct stat st;

    if (fd == -1 || fstat(fd, &st) == -1) {
        give_reason(err);
        return fd == -1 ? -1 : refuse(fd);
    }
    if (!S_ISREG(st.st_mode)) {
        err_set(err, ERR_UNSUPPORTED, "it is no regular file");
        return refuse(fd);
    }
    if (mode == OUTPUT_NEW && st.st_size != 0) {
        err_set(err, ERR_LIMIT, "it exists; name another, or remove it");
        return refuse(fd);
    }
    if (mode == OUTPUT_OVERWRITE && ftruncate(fd, 0) == -1) {
        give_reason(err);
        return refuse(fd);
    }
    return fd;
}

bool output_is_empty(int fd)
{
    struct stat st;

    return fstat(fd, &st) == 0 && st.st_size == 0;
}

bool output_write(int fd, const void *data, size_t len, struct err *err)
{
    const uint8_t *p = data;
    ssize_t n;

    while (len != 0) {
        n = write(fd, p, len);
        if (n == -1 && errno == EINTR)
            continue;
        if (n <= 0)
            return give_reason(err);
        p += n;
        len -= (size_t)n;
    }
    return true;
}
