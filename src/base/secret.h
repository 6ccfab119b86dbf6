/*
 * secret.h - bytes that must not stay behind: passphrases, key text, keys.
 *
 * A secret never moves once made: its capacity is fixed, so no copy of it is
 * left by realloc().  Freeing or clearing wipes all of the capacity.
 */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct secret {
    uint8_t *data; /* cap bytes; a NUL always follows the live ones */
    size_t len;
    size_t cap;
};

/* Room for cap bytes. */
struct secret *secret_new(size_t cap);
struct secret *secret_from(const void *p, size_t n);
/* NULL is allowed. */
void secret_free(struct secret *s);

/* Wipe the contents; the capacity stays. */
void secret_clear(struct secret *s);

/* Append; false, and nothing changes, if it does not fit. */
bool secret_put(struct secret *s, const void *p, size_t n);

/* Cut to len bytes, wiping the tail; len must not exceed the length. */
void secret_cut(struct secret *s, size_t len);

#endif
