/* typed.h - what is typed in the locale's encoding. */
#ifndef SYS_TYPED_H
#define SYS_TYPED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct secret;

/*
 * Is it an encoding other than UTF-8 that has characters beyond ASCII?  The
 * "C" locale is not: what is not ASCII there is most likely UTF-8.
 */
bool typed_is_8bit(void);

/* As utf8_decode(), for such a locale. */
size_t typed_decode(const uint8_t *p, size_t n, uint32_t *ch);

/*
 * A passphrase as it was typed, in UTF-8, as key files have it whatever the
 * locale.  Takes typed over; where the locale's encoding is no other, or has no
 * such characters, that is returned as it is.
 */
struct secret *typed_utf8(struct secret *typed);

#endif
