/* wrap.h - text into lines of a width. Pure. */
#ifndef BASE_WRAP_H
#define BASE_WRAP_H

#include <stddef.h>

struct buf;

/*
 * The first line of UTF-8 text[0..n) that fits width columns (at least 1):
 * up to a blank or LF, or within a word that is longer than a line and begins
 * in its first half, there behind a comma if it has one.  Returns its bytes,
 * without the blanks it ends in; *used is where the next begins.
 */
size_t wrap_line(const char *text, size_t n, size_t width, size_t *used);

/*
 * Append a text of lines, each in as many as it takes for width columns; the
 * lines behind the first are indented as it is, and by two more if it is.
 */
void wrap_text(struct buf *out, const char *text, size_t width);

/* The same of rows in two columns: they go on at wrap_hang(). */
void wrap_rows(struct buf *out, const char *text, size_t width);

/*
 * Where a line that is too long goes on: below its second column, if it has
 * two ("Ctrl-] i       about this connection"), else below its beginning; but
 * not in the second half of the width.
 */
size_t wrap_hang(const char *line, size_t width);

/* How many bytes of text fit width columns. */
size_t wrap_cut(const char *text, size_t n, size_t width);

#endif
