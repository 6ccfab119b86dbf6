/* base64.h - RFC 4648 section 4. */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct secret;

/* Append the encoding; with or without the final '='. */
void base64_encode(struct buf *out, const void *p, size_t n, bool pad);

/* The same for secret bytes, with the final '=', into a new secret. */
struct secret *base64_encode_secret(const void *p, size_t n);

/*
 * Decode n characters; blanks and line ends between them are skipped, the
 * final '=' may be missing.  False, and out as before, if anything else is
 * met, or if the last group is impossible or has bits left over that are not
 * zero: no two texts but for blanks and '=' decode to the same bytes.
 */
bool base64_decode(struct buf *out, const char *s, size_t n);

/* The same for secret text, into a new secret; NULL if malformed. */
struct secret *base64_decode_secret(const char *s, size_t n);

#endif
