/* file-write.c - lines that are added to files. */
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
#include "sys/file-inside.h"

#define COMPLETE_MAX (64u * 1024u * 1024u) /* a longer one is not looked at */

char *file_directory(const char *path)
{
    const char *slash = strrchr(path, '/');

    if (slash == NULL)
        return mem_strdup(".");
    return mem_strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

bool file_make_directory(const char *path, struct err *err)
{
    char *dir = file_directory(path);
    bool ok = mkdir(dir, 0700) == 0 || errno == EEXIST;

    if (!ok)
        err_sys(err, "%s: cannot make this directory", dir);
    mem_free(dir);
    return ok;
}

bool file_make_directories(const char *path, struct err *err)
{
    char *dir = file_directory(path);
    bool ok = file_is_directory(dir) || (file_make_directories(dir, err) &&
                                         file_make_directory(path, err));

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

/* Append the line to a file that is open and held. */
static bool append_line(const char *path, int fd, const void *line, size_t len,
                        struct err *err)
{
    struct buf text = { 0 };
    struct stat st;
    bool done = false, open_line;

    if (fstat(fd, &st) == -1 || !last_line_open(fd, &st, &open_line)) {
        err_sys(err, "%s: cannot read its end", path);
    } else if (file_check_kind(path, &st, err)) {
        if (open_line)
            buf_put_byte(&text, '\n');
        buf_put(&text, line, len);
        done = append(path, fd, &text, err);
    }
    buf_free(&text);
    return done;
}

/* What cannot be read is not complete: then the appending fails, and says so. */
static bool is_complete(const char *path, int fd, file_complete *complete,
                        const void *context)
{
    struct buf text = { 0 };
    struct stat st;
    struct err err;
    bool is;

    is = complete != NULL && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
         file_read_bounded(path, fd, COMPLETE_MAX, &text, &err) &&
         complete(text.data, text.len, context);
    buf_free(&text);
    return is;
}

/* Where a file system has no locks, or somebody holds one for long, the line is
 * whole all the same. */
bool file_append_line(const char *path, const void *line, size_t len,
                      file_complete *complete, const void *context,
                      struct err *err)
{
    bool done;
    int fd;

    if (!file_make_directory(path, err))
        return false;
    fd = file_open_held(path, O_APPEND | O_CREAT);
    if (fd == -1)
        return err_sys(err, "%s: cannot open it to add a line", path);
    done = is_complete(path, fd, complete, context) ||
           append_line(path, fd, line, len, err);
    close(fd);
    return done;
}
