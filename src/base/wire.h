/*
 * wire.h - SSH data types (RFC 4251 section 5), read and written.
 *
 * The reader is bounded and its error is sticky: read every field, then ask
 * wire_done() once.  After an error each getter returns zero or an empty run.
 * Pointers it gives point into the input.
 */
#ifndef BASE_WIRE_H
#define BASE_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

struct wire_bytes {
    const uint8_t *data; /* never NULL, also when len is 0 */
    size_t len;
};

struct wire {
    const uint8_t *next;
    size_t left;
    bool bad;
};

void wire_init(struct wire *w, const void *data, size_t len);

uint8_t wire_byte(struct wire *w);
bool wire_bool(struct wire *w);
uint32_t wire_u32(struct wire *w);
uint64_t wire_u64(struct wire *w);

/* n raw bytes without a length. */
struct wire_bytes wire_raw(struct wire *w, size_t n);

struct wire_bytes wire_string(struct wire *w);

/*
 * A non-negative mpint of at most max bytes, without its leading zero bytes
 * (zero is an empty run).  Negative or longer is an error.
 */
struct wire_bytes wire_mpint(struct wire *w, size_t max);

/* Everything that is left. */
struct wire_bytes wire_rest(struct wire *w);

/* No error so far. */
bool wire_ok(const struct wire *w);

/* No error, and nothing is left. */
bool wire_done(const struct wire *w);

/* Does the run equal this C string? */
bool wire_is(struct wire_bytes b, const char *s);

void wire_put_u32(struct buf *b, uint32_t v);
void wire_put_bool(struct buf *b, bool v);
void wire_put_string(struct buf *b, const void *p, size_t n);
void wire_put_cstr(struct buf *b, const char *s);

/* Big-endian magnitude, any number of leading zero bytes. */
void wire_put_mpint(struct buf *b, const uint8_t *p, size_t n);

#endif
