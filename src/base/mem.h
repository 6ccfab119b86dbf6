/*
 * mem.h - memory that is always there: out of memory ends the program.
 *
 * No function here returns NULL.  When memory runs out, the hook set by
 * mem_on_exhausted() (which gives the terminal back) runs, a sentence goes to
 * standard error and the process exits with status 255.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>

/* Zeroed; n may be 0 (the result is then unique and freeable). */
void *mem_alloc(size_t n);

/* Zeroed array of count elements of size bytes; the product is checked. */
void *mem_array(size_t count, size_t size);

/* realloc() of an array with a checked product; new elements are not zeroed. */
void *mem_resize(void *p, size_t count, size_t size);

void *mem_dup(const void *p, size_t n);
char *mem_strdup(const char *s);

/* At most n bytes of s, NUL-terminated. */
char *mem_strndup(const char *s, size_t n);

/* free(); NULL is allowed. */
void mem_free(void *p);

/* Overwrite with zeros; the compiler cannot remove it. */
void mem_wipe(void *p, size_t n);

/* Are n bytes equal?  The time taken does not depend on the bytes. */
bool mem_equal_ct(const void *a, const void *b, size_t n);

/* Run fn when memory is exhausted, before the exit.  NULL removes it. */
void mem_on_exhausted(void (*fn)(void));

/* End so because of a size that cannot even be computed. */
_Noreturn void mem_exhausted(void);

#endif
