/*
 * codeset.h - character sets of one byte a character, with ASCII as their
 * first half (ISO 8859, CP437, KOI8-R ...), as iconv(3) knows them.
 */
#ifndef SYS_CODESET_H
#define SYS_CODESET_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct codeset;
struct err;

/*
 * NULL with *err set if the system knows none of this name (ERR_NOT_FOUND), or
 * it is not of this kind (ERR_UNSUPPORTED).
 */
struct codeset *codeset_open(const char *name, struct err *err);
/* NULL is allowed. */
void codeset_free(struct codeset *cs);

/* As it was given. */
const char *codeset_name(const struct codeset *cs);

/*
 * Append a terminal's input as UTF-8.  What is a C1 control function in this
 * set (ECMA-48 section 5.3) becomes its form of two characters, ESC Fe; bytes
 * that mean nothing become U+FFFD.
 */
void codeset_decode(const struct codeset *cs, const void *bytes, size_t n,
                    struct buf *out);

/*
 * Append UTF-8 in this set.  What it has not is left out; returns how many
 * characters that were.  A character may be split between two calls.
 */
size_t codeset_encode(struct codeset *cs, const void *text, size_t n,
                      struct buf *out);

#endif
