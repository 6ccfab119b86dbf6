/* file-inside.h - what the files behind file.h share. */
#ifndef SYS_FILE_INSIDE_H
#define SYS_FILE_INSIDE_H

#include <stdbool.h>

struct err;
struct stat;

/* Is it a file, or the null device?  Else sets *err. */
bool file_check_kind(const char *path, const struct stat *st, struct err *err);

/* The directory part of a path, "." if there is none; for mem_free(). */
char *file_directory(const char *path);

/* Make that directory (0700) if it is missing. */
bool file_make_directory(const char *path, struct err *err);

#endif
