/*
 * output.h - a file that grows while something goes on.
 *
 * Each write reaches the system at once, so a crash of ours loses nothing.  An
 * error is the reason alone: it is told on one line, before the file's name,
 * which may be longer than that.
 */
#ifndef SYS_OUTPUT_H
#define SYS_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

struct err;

enum output_mode {
    OUTPUT_NEW, /* ERR_LIMIT if the file exists and is not empty */
    OUTPUT_APPEND,
    OUTPUT_OVERWRITE
};

/*
 * Open for writing, with mode 0600 if it is new; returns a descriptor, or -1
 * with *err set.  No directory is made.
 */
int output_open(const char *path, enum output_mode mode, struct err *err);

/* Has the file no bytes?  False if that cannot be known. */
bool output_is_empty(int fd);

/* All of it. */
bool output_write(int fd, const void *data, size_t len, struct err *err);

#endif
