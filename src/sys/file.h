/* file.h - whole files, read and written safely. */
#ifndef SYS_FILE_H
#define SYS_FILE_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct err;
struct secret;

/*
 * Append the file's bytes to out.  ERR_NOT_FOUND if there is none, ERR_LIMIT
 * beyond max bytes, ERR_FORMAT if it is no regular file, else ERR_SYSTEM; out
 * is then as before.  /dev/null is an empty file.
 */
bool file_read(const char *path, size_t max, struct buf *out, struct err *err);

/*
 * Read a private key file into a secret.  If it is ours and others may use
 * it, *exposed (else cleared) is ERR_PERMISSION with the chmod to run: what
 * turns out to be a private key must not be used then (as OpenSSH), but a
 * public one given by mistake deserves its own sentence.
 */
struct secret *file_read_private(const char *path, size_t max,
                                 struct err *exposed, struct err *err);

/*
 * Read a stream to its end into a secret; name is how messages call it.  It
 * waits until then.
 */
struct secret *file_read_stream(int fd, const char *name, size_t max,
                                struct err *err);

/* Is it a pipe: a FIFO, or the shell's <(...)? */
bool file_is_pipe(const char *path);

/* Likewise, of a pipe; it also waits for somebody to write into it. */
struct secret *file_read_pipe(const char *path, size_t max, struct err *err);

/* chmod 600, following ERR_PERMISSION. */
bool file_make_private(const char *path, struct err *err);

/* Does a file of this text lack nothing? */
typedef bool file_complete(const void *text, size_t len, const void *context);

/*
 * Append a line (with its newline) by one write, first a newline if the
 * file's last line has none; whole or not at all.  Makes the directory
 * (0700) and the file (0600) if missing.  Nothing is written if complete(),
 * unless it is NULL, says so of what the file has by then: of two programs that
 * would append the same here, one does.
 */
bool file_append_line(const char *path, const void *line, size_t len,
                      file_complete *complete, const void *context,
                      struct err *err);

/*
 * Replace the file by a new one of the same mode (0600 if there was none)
 * beside it, flushed and renamed over it.  A symbolic link is followed.
 */
bool file_replace(const char *path, const void *data, size_t len,
                  struct err *err);

/* Makes the new text of a file in out; false: it stays as it is. */
typedef bool file_edit_text(struct buf *out, const void *text, size_t len,
                            void *context);

/*
 * Read a file of at most max bytes, edit it, and replace it likewise.  What
 * another program has written meanwhile is not lost: edit() is then called
 * again, with that.
 */
bool file_edit(const char *path, size_t max, file_edit_text *edit,
               void *context, struct err *err);

/* ---- new files, of which several shall appear together or not at all ---- */

struct file_draft;

/*
 * A new file with these bytes and this mode, flushed to the disk beside path
 * but not in its place yet.  A symbolic link is followed.  Makes the directory
 * (0700) if missing.  NULL with *err set.
 *
 * Signals that would end the process wait until it is freed; of several drafts
 * the last is freed first.
 */
struct file_draft *file_draft(const char *path, unsigned mode, const void *data,
                              size_t len, struct err *err);

/*
 * Put it in its place, over a file that is there only if replace says so.  If
 * false, *err is set, and the place as it was.
 */
bool file_draft_place(struct file_draft *draft, bool replace, struct err *err);

/* Remove what was not placed.  NULL is allowed. */
void file_draft_free(struct file_draft *draft);

/* Make the directories (0700) in which path is to be, as far as missing. */
bool file_make_directories(const char *path, struct err *err);

/*
 * Wait, for ms at most, until no other program holds this file, which is made
 * (0600) for nothing else.  For file_unlock(); -1 with *err set, ERR_TIMEOUT if
 * it is still held.
 */
int file_lock(const char *path, unsigned ms, struct err *err);
void file_unlock(int lock);

/* Remove a file; whether that worked is not asked. */
void file_remove(const char *path);

/* Is there something of this name, be it a link that leads nowhere? */
bool file_exists(const char *path);
bool file_is_directory(const char *path);

#endif
