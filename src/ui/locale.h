/* locale.h - characters in the locale's encoding. */
#ifndef UI_LOCALE_H
#define UI_LOCALE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/*
 * Is it an encoding other than UTF-8 that has characters beyond ASCII?  The
 * "C" locale is not: what is not ASCII there is most likely UTF-8.
 */
bool locale_is_8bit(void);

/* Can it carry this character? */
bool locale_has(uint32_t ch);

/* Append it to out; a near ASCII character for what it has not. */
void locale_put(struct buf *out, uint32_t ch);

/* As utf8_decode(), for such a locale. */
size_t locale_decode(const uint8_t *p, size_t n, uint32_t *ch);

#endif
