/*
 * needle.h - a plain pattern as bytes: is it in a text of UTF-8, in any case?
 * Pure.
 */
#ifndef APP_NEEDLE_H
#define APP_NEEDLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct needle;

/* The small letter, or ch itself; what is not ASCII stays beyond it. */
uint32_t needle_fold(uint32_t ch);

/*
 * A pattern of n characters; if both_cases, all that needle_fold() makes the
 * same are.  The caller frees it; NULL if a character has too many forms.
 */
struct needle *needle_new(const uint32_t *ch, size_t n, bool both_cases);
/* NULL is allowed. */
void needle_free(struct needle *needle);

/* In n bytes of UTF-8 at p? */
bool needle_in(const struct needle *needle, const uint8_t *p, size_t n);

#endif
