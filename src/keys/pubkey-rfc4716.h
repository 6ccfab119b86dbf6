/*
 * pubkey-rfc4716.h - public keys between "---- BEGIN SSH2 PUBLIC KEY ----"
 * and its end: what PuTTYgen's "Save public key" and ssh-keygen -e write.
 */
#ifndef KEYS_PUBKEY_RFC4716_H
#define KEYS_PUBKEY_RFC4716_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/wire.h"

struct buf;
struct err;

#define PUBKEY_RFC4716_BEGIN "---- BEGIN SSH2 PUBLIC KEY"
#define PUBKEY_RFC4716_END   "---- END SSH2 PUBLIC KEY"

/*
 * Read the text, which begins with the first mark; what follows the second
 * one is left alone.  Appends the blob, which is not looked into, and the
 * Comment header, not cleaned.  ERR_FORMAT.
 */
bool pubkey_rfc4716_read(struct wire_bytes text, struct buf *blob,
                         struct buf *comment, struct err *err);

/*
 * Append a key in this form.  comment is UTF-8 without control characters;
 * it is cut to what fits into a line of 72 bytes, about 60.
 */
void pubkey_rfc4716_write(struct buf *out, const uint8_t *blob, size_t len,
                          const char *comment);

#endif
