/*
 * randomart.h - a fingerprint as a picture, as ssh-keygen -v draws it.
 *
 * "The drunken bishop": each two bits of the hash are a diagonal step on a
 * board, and a square shows how often it was stepped on.
 */
#ifndef KEYS_RANDOMART_H
#define KEYS_RANDOMART_H

#include <stddef.h>
#include <stdint.h>

struct buf;

/*
 * Append the picture: 11 lines of 19 characters and a line feed each.  Above
 * stand the kind and the bits, below the name of the hash.
 */
void randomart_put(struct buf *out, const char *kind, unsigned bits,
                   const char *hash_name, const uint8_t *hash, size_t len);

#endif
