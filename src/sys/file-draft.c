/*
 * file-draft.c - files that appear whole or not at all.
 *
 * The bytes go to a new file beside the place and reach the disk first; a
 * rename or a link then shows them under their name.
 */
#include "sys/file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
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

#define SAME_MODE  (-1)
#define EDIT_TRIES 20

struct file_draft {
    char *target;    /* where it shall be, links followed */
    char *temp;      /* where it is; NULL when it has been placed */
    sigset_t before; /* the signals that were blocked without it */
};

bool file_exists(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0;
}

bool file_is_directory(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

void file_remove(const char *path)
{
    (void)unlink(path);
}

/* Where the bytes of path really are: for mem_free(), NULL with *err set. */
static char *real_target(const char *path, struct err *err)
{
    char *real = realpath(path, NULL), *copy;

    if (real != NULL) {
        copy = mem_strdup(real);
        free(real);
        return copy;
    }
    if (errno == ENOENT && !file_exists(path))
        return mem_strdup(path);
    err_sys(err, "%s: cannot be replaced", path);
    return NULL;
}

/* Best effort: the rename itself is done, only its place on disk is not. */
static void flush_directory(const char *path)
{
    char *dir = file_directory(path);
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    mem_free(dir);
    if (fd == -1)
        return;
    fsync(fd);
    close(fd);
}

/* With errno set; returns false. */
static bool not_written(const struct file_draft *draft, struct err *err)
{
    int why = errno;
    bool there = file_exists(draft->target);

    errno = why;
    return err_sys(err,
                   there ? "%s: cannot be replaced; it is as it was"
                         : "%s: cannot be written",
                   draft->target);
}

/* A key is not written to a device, whatever the name says. */
static bool is_file_or_none(const char *target, struct stat *old, bool *exists)
{
    *exists = stat(target, old) == 0;
    if (!*exists)
        return errno == ENOENT;
    if (S_ISREG(old->st_mode))
        return true;
    errno = S_ISDIR(old->st_mode) ? EISDIR : EINVAL;
    return false;
}

/* The new file gets this mode, or with SAME_MODE the old one's and its owner.
 * False with errno set. */
static bool set_mode(int fd, const char *target, int mode)
{
    struct stat old, new;
    bool exists;

    if (!is_file_or_none(target, &old, &exists) || fstat(fd, &new) == -1)
        return false;
    if (mode != SAME_MODE)
        return fchmod(fd, (mode_t)mode) == 0;
    if (!exists)
        return true; /* 0600, from mkstemp() */
    if ((old.st_uid != new.st_uid || old.st_gid != new.st_gid) &&
        fchown(fd, old.st_uid, old.st_gid) == -1)
        return false;
    return fchmod(fd, old.st_mode & 0777) == 0;
}

/* All of it is on the disk, or false with errno set. */
static bool fill(int fd, const struct file_draft *draft, int mode,
                 const void *data, size_t len)
{
    bool ok = fd_cloexec(fd) && set_mode(fd, draft->target, mode) &&
              fd_write_all(fd, data, len) && fsync(fd) == 0;
    int saved = errno;

    if (close(fd) == -1 && ok) {
        saved = errno;
        ok = false;
    }
    errno = saved;
    return ok;
}

/* What would end the process waits for the draft's end: a file that is left
 * behind may be a private key without its passphrase. */
static void hold_signals(struct file_draft *draft)
{
    static const int deadly[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM };
    sigset_t set;

    sigemptyset(&set);
    for (size_t i = 0; i < sizeof deadly / sizeof deadly[0]; i++)
        sigaddset(&set, deadly[i]);
    sigprocmask(SIG_BLOCK, &set, &draft->before);
}

/* With errno set. */
static void not_made(const char *target, struct err *err)
{
    int why = errno;
    bool there = file_exists(target);
    char *dir = file_directory(target);

    errno = why;
    if (there)
        err_sys(err, "%s: cannot make a new file beside it", target);
    else
        err_sys(err, "%s: no file can be made in the directory %s", target,
                dir);
    mem_free(dir);
}

static struct file_draft *make_draft(const char *path, int mode,
                                     const void *data, size_t len,
                                     struct err *err)
{
    struct file_draft *draft = mem_alloc(sizeof *draft);
    struct buf name = { 0 };
    int fd;

    hold_signals(draft);
    if ((draft->target = real_target(path, err)) == NULL) {
        file_draft_free(draft);
        return NULL;
    }
    buf_printf(&name, "%s.XXXXXX", draft->target);
    draft->temp = buf_take_str(&name);
    if ((fd = mkstemp(draft->temp)) == -1) {
        not_made(draft->target, err);
        mem_free(draft->temp);
        draft->temp = NULL;
    } else if (fill(fd, draft, mode, data, len)) {
        return draft;
    } else {
        not_written(draft, err);
    }
    file_draft_free(draft);
    return NULL;
}

struct file_draft *file_draft(const char *path, unsigned mode, const void *data,
                              size_t len, struct err *err)
{
    if (!file_make_directory(path, err))
        return NULL;
    return make_draft(path, (int)mode, data, len, err);
}

/*
 * A link, unlike a rename, never takes the place of another file.  Where the
 * file system has none (FAT), looking first must do.
 */
static bool place_new(const struct file_draft *draft)
{
    if (link(draft->temp, draft->target) == 0)
        return unlink(draft->temp) == 0;
    if (errno == EEXIST)
        return false;
    if (file_exists(draft->target)) {
        errno = EEXIST;
        return false;
    }
    return rename(draft->temp, draft->target) == 0;
}

bool file_draft_place(struct file_draft *draft, bool replace, struct err *err)
{
    bool done =
        replace ? rename(draft->temp, draft->target) == 0 : place_new(draft);

    if (!done)
        return not_written(draft, err);
    mem_free(draft->temp);
    draft->temp = NULL;
    flush_directory(draft->target);
    return true;
}

void file_draft_free(struct file_draft *draft)
{
    if (draft == NULL)
        return;
    if (draft->temp != NULL)
        unlink(draft->temp);
    sigprocmask(SIG_SETMASK, &draft->before, NULL);
    mem_free(draft->temp);
    mem_free(draft->target);
    mem_free(draft);
}

bool file_replace(const char *path, const void *data, size_t len,
                  struct err *err)
{
    struct file_draft *draft = make_draft(path, SAME_MODE, data, len, err);
    bool done = draft != NULL && file_draft_place(draft, true, err);

    file_draft_free(draft);
    return done;
}

/* ---- edited in place ---- */

static bool still_has(const char *path, int fd, const struct buf *text)
{
    struct buf now = { 0 };
    struct err err;
    bool same = file_read_bounded(path, fd, text->len, &now, &err) &&
                now.len == text->len &&
                (now.len == 0 || memcmp(now.data, text->data, now.len) == 0);

    buf_free(&now);
    return same;
}

/*
 * *again: the file is another one by now.  Between the reading and this look
 * there is a flush; between the look and the rename next to no time, and none
 * for file_append_line(), which waits.  What cannot be written to is not
 * appended to either; so nobody holds it.
 */
static bool place_if_same(struct file_draft *draft, const char *path,
                          const struct buf *was, bool *again, struct err *err)
{
    int fd = file_open_held(path, 0);
    bool done;

    if (fd == -1)
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    *again = !still_has(path, fd, was);
    done = !*again && file_draft_place(draft, true, err);
    if (fd != -1)
        close(fd);
    return done;
}

static bool replace_if_same(const char *path, const struct buf *was,
                            const struct buf *text, bool *again,
                            struct err *err)
{
    struct file_draft *draft =
        make_draft(path, SAME_MODE, text->data, text->len, err);
    bool done;

    *again = false;
    done = draft != NULL && place_if_same(draft, path, was, again, err);
    file_draft_free(draft);
    return done;
}

bool file_edit(const char *path, size_t max, file_edit_text *edit,
               void *context, struct err *err)
{
    struct buf was = { 0 }, text = { 0 };
    unsigned tries = 0;
    bool done, again;

    do {
        again = false;
        buf_clear(&was);
        buf_clear(&text);
        done = file_read(path, max, &was, err);
        if (done && edit(&text, was.data, was.len, context))
            done = replace_if_same(path, &was, &text, &again, err);
    } while (again && ++tries < EDIT_TRIES);
    if (again)
        err_set(err, ERR_SYSTEM,
                "%s: another program writes to it all the time; it is as it "
                "was",
                path);
    buf_free(&was);
    buf_free(&text);
    return done;
}
