/* files.h - a file's text, for tests of what is written. */
#ifndef TESTS_APP_FILES_H
#define TESTS_APP_FILES_H

#include "base/buf.h"
#include "base/err.h"
#include "sys/file.h"

/* "" if there is none; for mem_free(). */
static inline char *read_back(const char *path)
{
    struct buf b = { 0 };
    struct err err;

    if (!file_read(path, 1 << 20, &b, &err))
        buf_clear(&b);
    return buf_take_str(&b);
}

#endif
