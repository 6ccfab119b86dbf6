/* file-inside.h - what the files behind file.h share. */
#ifndef SYS_FILE_INSIDE_H
#define SYS_FILE_INSIDE_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct err;
struct stat;

/* Is it a file, or the null device?  Else sets *err. */
bool file_check_kind(const char *path, const struct stat *st, struct err *err);

/* The directory part of a path, "." if there is none; for mem_free(). */
char *file_directory(const char *path);

/* Make that directory (0700) if it is missing. */
bool file_make_directory(const char *path, struct err *err);

/* Append to out what is read up to the end, at most max bytes; path is for
 * *err. */
bool file_read_bounded(const char *path, int fd, size_t max, struct buf *out,
                       struct err *err);

/*
 * Open a file to read and write it, and hold it if that is possible: among the
 * programs that do so, and while no descriptor of that file is closed.  It is
 * the one that is in this place once it is held.  flags: more of open(); -1
 * with errno set.
 */
int file_open_held(const char *path, int flags);

#endif
