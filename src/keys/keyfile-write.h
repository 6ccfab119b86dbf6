/*
 * keyfile-write.h - SSH's data types (RFC 4251 section 5), lines and armour,
 * put into secrets: what the encoders of key files share.
 *
 * A secret does not grow.  Its maker gives it room for all that is going to
 * be put there; to put more is a bug, and stops the program.
 */
#ifndef KEYS_KEYFILE_WRITE_H
#define KEYS_KEYFILE_WRITE_H

#include <stddef.h>
#include <stdint.h>
#include "base/wire.h"

struct keyfile_encoding;
struct secret;
struct sshkey;

/* What the file shows as its public half: a certificate's, if it has one. */
const char *keyfile_public_type(const struct sshkey *key,
                                const struct keyfile_encoding *how);
struct wire_bytes keyfile_public_blob(const struct sshkey *key,
                                      const struct keyfile_encoding *how);

void keyfile_put(struct secret *out, const void *p, size_t n);
void keyfile_put_str(struct secret *out, const char *s);
void keyfile_put_u32(struct secret *out, uint32_t v);
void keyfile_put_string(struct secret *out, struct wire_bytes s);
void keyfile_put_cstring(struct secret *out, const char *s);

/* A magnitude with any number of leading zero bytes. */
void keyfile_put_mpint(struct secret *out, struct wire_bytes n);

/* Without its leading zero bytes. */
struct wire_bytes keyfile_magnitude(struct wire_bytes n);

/*
 * A new secret: the text and its padding, 1 to block bytes that tell their
 * number (RFC 8018 section 6.1.1).
 */
struct secret *keyfile_padded(const struct secret *text, size_t block);

/* Room for n bytes as base64 in lines, and for that many lines. */
size_t keyfile_lines_room(size_t n, size_t width);
size_t keyfile_lines_count(size_t n, size_t width);

/* Base64 in lines of width characters, each with its newline. */
void keyfile_put_lines(struct secret *out, struct wire_bytes raw, size_t width);

/*
 * A new secret: "-----BEGIN label-----", the headers as they are ("" for
 * none), base64 in lines of width characters, and the end.
 */
struct secret *keyfile_armoured(const char *label, const char *headers,
                                const struct secret *raw, size_t width);

#endif
