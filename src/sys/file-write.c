/* The writing half of file.h. */
#include "sys/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "sys/fd.h"

/* The directory part of a path: "." if there is none. */
static char *directory_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    if (slash == NULL)
        return mem_strdup(".");
    return mem_strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

static bool make_directory(const char *path, struct err *err)
{
    char *dir = directory_of(path);
    bool ok = mkdir(dir, 0700) == 0 || errno == EEXIST;

    if (!ok)
        err_sys(err, "%s: cannot make this directory", dir);
    mem_free(dir);
    return ok;
}

/* Does what is in the file lack its last newline?  Sets errno on failure. */
static bool last_line_open(int fd, const struct stat *st, bool *open)
{
    char last;

    *open = false;
    if (!S_ISREG(st->st_mode) || st->st_size == 0)
        return true;
    if (pread(fd, &last, 1, st->st_size - 1) != 1)
        return false;
    *open = last != '\n';
    return true;
}

/*
 * Take n bytes of a torn write away again.  Only if they still are the end of
 * the file: another program may have appended behind them.
 */
static bool take_back(int fd, size_t n)
{
    off_t end = lseek(fd, 0, SEEK_CUR);
    struct stat st;

    return end >= (off_t)n && fstat(fd, &st) == 0 && st.st_size == end &&
           ftruncate(fd, end - (off_t)n) == 0;
}

/* Is it on the disk?  What is no file on a disk says EINVAL, or EROFS. */
static bool flush(int fd)
{
    return fsync(fd) == 0 || errno == EINVAL || errno == EROFS;
}

static bool append(const char *path, int fd, const struct buf *text,
                   struct err *err)
{
    ssize_t put = write(fd, text->data, text->len);
    bool whole = put == (ssize_t)text->len, restored;
    int why;

    if (whole && flush(fd))
        return true;
    why = whole || put == -1 ? errno : ENOSPC;
    restored = put == -1 || take_back(fd, (size_t)put);
    errno = why;
    return err_sys(err, "%s: cannot add a line; %s", path,
                   restored ? "the file is as it was"
                            : "its last line may be torn");
}

bool file_append_line(const char *path, const void *line, size_t len,
                      struct err *err)
{
    struct buf text = { 0 };
    struct stat st;
    bool done = false, open_line;
    int fd;

    if (!make_directory(path, err))
        return false;
    fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
    if (fd == -1)
        return err_sys(err, "%s: cannot open it to add a line", path);
    if (fstat(fd, &st) == -1 || !last_line_open(fd, &st, &open_line)) {
        err_sys(err, "%s: cannot read its end", path);
    } else {
        if (open_line)
            buf_put_byte(&text, '\n');
        buf_put(&text, line, len);
        done = append(path, fd, &text, err);
    }
    buf_free(&text);
    close(fd);
    return done;
}

/* Where the bytes of path really are: for mem_free(), NULL with *err set. */
static char *real_target(const char *path, struct err *err)
{
    char *real = realpath(path, NULL), *copy;
    struct stat st;

    if (real != NULL) {
        copy = mem_strdup(real);
        free(real);
        return copy;
    }
    if (errno == ENOENT && lstat(path, &st) == -1 && errno == ENOENT)
        return mem_strdup(path);
    err_sys(err, "%s: cannot be replaced", path);
    return NULL;
}

/* The new file gets the old one's mode and owner. */
static bool copy_mode(int fd, const char *target)
{
    struct stat old, new;

    if (stat(target, &old) == -1)
        return errno == ENOENT;
    if (!S_ISREG(old.st_mode)) {
        errno = S_ISDIR(old.st_mode) ? EISDIR : EINVAL;
        return false;
    }
    if (fstat(fd, &new) == -1)
        return false;
    if ((old.st_uid != new.st_uid || old.st_gid != new.st_gid) &&
        fchown(fd, old.st_uid, old.st_gid) == -1)
        return false;
    return fchmod(fd, old.st_mode & 0777) == 0;
}

/* Best effort: the rename itself is done, only its place on disk is not. */
static void flush_directory(const char *path)
{
    char *dir = directory_of(path);
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    mem_free(dir);
    if (fd == -1)
        return;
    fsync(fd);
    close(fd);
}

/* Fill the temporary file and make it the target; false with errno set. */
static bool fill_and_rename(int fd, const char *temp, const char *target,
                            const void *data, size_t len)
{
    bool ok = fd_cloexec(fd) && copy_mode(fd, target) &&
              fd_write_all(fd, data, len) && fsync(fd) == 0;
    int saved = errno;

    if (close(fd) == -1 && ok) {
        saved = errno;
        ok = false;
    }
    errno = saved;
    return ok && rename(temp, target) == 0;
}

bool file_replace(const char *path, const void *data, size_t len,
                  struct err *err)
{
    char *target = real_target(path, err), *temp;
    struct buf name = { 0 };
    bool done = false;
    int fd;

    if (target == NULL)
        return false;
    buf_printf(&name, "%s.XXXXXX", target);
    temp = buf_take_str(&name);
    fd = mkstemp(temp);
    if (fd == -1) {
        err_sys(err, "%s: cannot make a new file beside it", target);
    } else if (!fill_and_rename(fd, temp, target, data, len)) {
        err_sys(err, "%s: cannot be replaced; it is as it was", target);
        unlink(temp);
    } else {
        flush_directory(target);
        done = true;
    }
    mem_free(temp);
    mem_free(target);
    return done;
}
