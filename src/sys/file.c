/*
 * Whole files.  Every read is bounded by the caller; every write leaves the
 * file either as it was or as it shall be.
 */
#include "sys/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/secret.h"
#include "sys/fd.h"
#include "sys/file-inside.h"

#define READ_STEP 16384

/* "UserKnownHostsFile=/dev/null" is what people write for "none". */
static bool is_null_device(const struct stat *st)
{
    struct stat null;

    return S_ISCHR(st->st_mode) && stat("/dev/null", &null) == 0 &&
           st->st_rdev == null.st_rdev;
}

bool file_check_kind(const char *path, const struct stat *st, struct err *err)
{
    if (S_ISREG(st->st_mode) || is_null_device(st))
        return true;
    if (S_ISDIR(st->st_mode))
        return err_set(err, ERR_FORMAT, "%s: is a directory; name a file in it",
                       path);
    if (S_ISSOCK(st->st_mode))
        return err_set(err, ERR_FORMAT,
                       "%s: is a socket, not a file; if an SSH agent listens "
                       "there, name it in SSH_AUTH_SOCK",
                       path);
    return err_set(err, ERR_FORMAT,
                   "%s: is not a regular file; copy what it gives into one",
                   path);
}

/* Why it may not be read, and who can change that. */
static void set_unreadable(const char *path, struct err *err)
{
    struct stat st;

    if (stat(path, &st) == -1 || st.st_uid != geteuid() ||
        (st.st_mode & S_IRUSR) != 0) {
        err_set(err, ERR_SYSTEM,
                "%s: you may not read it; ls -l shows who may, and whose it "
                "is: its owner can give you a copy",
                path);
        return;
    }
    err_set(
        err, ERR_SYSTEM,
        "%s: it is yours, but its mode (%04o) does not let you read it; run:",
        path, (unsigned)(st.st_mode & 0777));
    err_command(err, "chmod 600", path, "");
}

/* It was not opened: why, by errno, and what can be done. */
static void not_opened(const char *path, struct err *err)
{
    int why = errno;
    struct stat st;

    if (why == ENOENT || why == ENOTDIR) {
        err_set(err, ERR_NOT_FOUND, "%s: no such file", path);
    } else if (why == EACCES) {
        set_unreadable(path, err);
    } else if (why == ELOOP) {
        err_set(err, ERR_SYSTEM,
                "%s: symbolic links lead round in a circle here, to no file; "
                "name the file itself",
                path);
    } else if (stat(path, &st) == -1 || file_check_kind(path, &st, err)) {
        errno = why;
        err_sys(err, "%s: cannot open it", path);
    }
}

/* Open a regular file to read it; -1 with *err set. */
static int open_file(const char *path, struct stat *st, struct err *err)
{
    /* Non-blocking, so that a FIFO cannot hold us up. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

    if (fd == -1) {
        not_opened(path, err);
        return -1;
    }
    if (fstat(fd, st) == -1)
        err_sys(err, "%s: cannot look at it", path);
    else if (file_check_kind(path, st, err))
        return fd;
    close(fd);
    return -1;
}

static bool too_large(const char *path, size_t max, struct err *err)
{
    return err_set(err, ERR_LIMIT,
                   "%s: is larger than %zu bytes; is it the right file?", path,
                   max);
}

static ssize_t read_some(int fd, void *p, size_t n)
{
    ssize_t got;

    do {
        got = read(fd, p, n);
    } while (got == -1 && errno == EINTR);
    return got;
}

bool file_read_bounded(const char *path, int fd, size_t max, struct buf *out,
                       struct err *err)
{
    size_t before = out->len;
    ssize_t got;

    do {
        got = read_some(fd, buf_reserve(out, READ_STEP), READ_STEP);
        if (got == -1)
            return err_sys(err, "%s: cannot read it", path);
        buf_commit(out, (size_t)got);
        if (out->len - before > max)
            return too_large(path, max, err);
    } while (got != 0);
    return true;
}

bool file_read(const char *path, size_t max, struct buf *out, struct err *err)
{
    size_t before = out->len;
    struct stat st;
    int fd = open_file(path, &st, err);
    bool done;

    if (fd == -1)
        return false;
    done = file_read_bounded(path, fd, max, out, err);
    if (!done)
        out->len = before;
    close(fd);
    return done;
}

/* What its mode lets others do. */
static const char *exposure(mode_t mode)
{
    bool reads = (mode & 044) != 0, writes = (mode & 022) != 0;

    return reads && writes ? "read and change"
           : reads         ? "read"
           : writes        ? "change"
                           : "execute";
}

static void check_owner_only(const char *path, const struct stat *st,
                             struct err *exposed)
{
    err_clear(exposed);
    if (st->st_uid != getuid() || (st->st_mode & 077) == 0)
        return;
    err_set(exposed, ERR_PERMISSION,
            "%s: other users can %s this private key (mode %04o); run:", path,
            exposure(st->st_mode), (unsigned)(st->st_mode & 0777));
    err_command(exposed, "chmod 600", path, "");
}

/* Fill the secret, or up to the end. */
static bool read_secret(const char *path, int fd, struct secret *out,
                        struct err *err)
{
    ssize_t got;

    while (out->len < out->cap) {
        got = read_some(fd, out->data + out->len, out->cap - out->len);
        if (got == -1)
            return err_sys(err, "%s: cannot read it", path);
        if (got == 0)
            return true;
        out->len += (size_t)got;
    }
    return true;
}

/* The whole file, whose size fstat() told, into a secret of just that size. */
static bool read_whole(const char *path, int fd, struct secret *out,
                       struct err *err)
{
    uint8_t more;

    if (!read_secret(path, fd, out, err))
        return false;
    if (out->len < out->cap || read_some(fd, &more, 1) == 0)
        return true;
    mem_wipe(&more, 1);
    return err_set(err, ERR_SYSTEM, "%s: grew while it was read; try again",
                   path);
}

struct secret *file_read_private(const char *path, size_t max,
                                 struct err *exposed, struct err *err)
{
    struct secret *out = NULL;
    struct stat st;
    int fd = open_file(path, &st, err);

    if (fd == -1)
        return NULL;
    check_owner_only(path, &st, exposed);
    if (st.st_size < 0 || (uintmax_t)st.st_size > max) {
        too_large(path, max, err);
    } else {
        out = secret_new((size_t)st.st_size);
        if (!read_whole(path, fd, out, err)) {
            secret_free(out);
            out = NULL;
        }
    }
    close(fd);
    return out;
}

struct secret *file_read_stream(int fd, const char *name, size_t max,
                                struct err *err)
{
    struct secret *room = secret_new(max + 1), *out = NULL;

    if (read_secret(name, fd, room, err)) {
        if (room->len > max)
            too_large(name, max, err);
        else
            out = secret_from(room->data, room->len);
    }
    secret_free(room);
    return out;
}

bool file_is_pipe(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISFIFO(st.st_mode);
}

struct secret *file_read_pipe(const char *path, size_t max, struct err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct secret *out;

    if (fd == -1) {
        err_sys(err, "%s: cannot open it", path);
        return NULL;
    }
    out = file_read_stream(fd, path, max, err);
    close(fd);
    return out;
}

bool file_make_private(const char *path, struct err *err)
{
    if (chmod(path, 0600) == -1)
        return err_sys(err, "%s: cannot change its mode", path);
    return true;
}
