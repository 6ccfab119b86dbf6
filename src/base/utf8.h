/*
 * utf8.h - UTF-8, decoded with one U+FFFD for each maximal subpart of an
 * ill-formed sequence (Unicode standard, section 3.9, "best practice").
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_REPLACEMENT 0xfffdu

/*
 * Decode one character from p[0..n), n > 0.  Returns the bytes it took (1 to
 * 4) and sets *ch; an ill-formed part gives U+FFFD.  Returns 0 if all n bytes
 * are a proper beginning of a character whose rest has not arrived.
 */
size_t utf8_decode(const uint8_t *p, size_t n, uint32_t *ch);

/* The same, with the most common one, whole and of three bytes, done here. */
static inline size_t utf8_next(const uint8_t *p, size_t n, uint32_t *ch)
{
    if (n >= 3 && p[0] - 0xe1u < 0xf && p[0] != 0xed &&
        ((p[1] ^ 0x80u) | (p[2] ^ 0x80u)) < 0x40) {
        *ch = (p[0] & 0xfu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
        return 3;
    }
    return utf8_decode(p, n, ch);
}

/* One of the control characters beyond ASCII (ECMA-48 section 5.3)? */
static inline bool utf8_is_c1(uint32_t ch)
{
    return ch >= 0x80 && ch <= 0x9f;
}

/* Encode a scalar value (others become U+FFFD); returns 1 to 4. */
size_t utf8_encode(uint32_t ch, uint8_t out[4]);

#endif
