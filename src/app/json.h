/* json.h - strings as JSON (RFC 8259) writes them.  Pure. */
#ifndef APP_JSON_H
#define APP_JSON_H

#include <stddef.h>
#include <stdint.h>

struct buf;

/*
 * Append text as it stands within the quotation marks of a string.  What is
 * no UTF-8 becomes U+FFFD.  Returns how many bytes at the end were not taken,
 * as they are the beginning of a character.
 */
size_t json_put(struct buf *out, const uint8_t *p, size_t n);

/* Append a whole string; NULL becomes null. */
void json_put_string(struct buf *out, const char *s);

#endif
