/* locale.h - characters that go out in the locale's encoding (what comes in is
 * sys/typed.h's). */
#ifndef UI_LOCALE_H
#define UI_LOCALE_H

#include <stdbool.h>
#include <stdint.h>

struct buf;

/* Can it carry this character? */
bool locale_has(uint32_t ch);

/* Append it to out; a near ASCII character for what it has not. */
void locale_put(struct buf *out, uint32_t ch);

#endif
