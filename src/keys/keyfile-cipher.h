/* keyfile-cipher.h - the ciphers of private key files, by OpenSSH's names. */
#ifndef KEYS_KEYFILE_CIPHER_H
#define KEYS_KEYFILE_CIPHER_H

#include <stdbool.h>
#include <stddef.h>
#include "base/wire.h"

struct secret;

/* Longest key and IV together. */
#define KEYFILE_CIPHER_KEY_MAX 64

struct keyfile_cipher {
    const char *name;      /* SSH's */
    const char *algorithm; /* libcrypto's; NULL: none */
    size_t key, iv;        /* bytes; from the derivation, in this order */
    size_t block;          /* the plain text is a multiple of it */
    size_t tag;            /* bytes behind the text; 0: no authentication */
};

/* NULL if unknown. */
const struct keyfile_cipher *keyfile_cipher_named(struct wire_bytes name);

/*
 * Decrypt text.  key holds c->key + c->iv bytes.  NULL if the tag is wrong,
 * that is a wrong key or damage.
 */
struct secret *keyfile_cipher_decrypt(const struct keyfile_cipher *c,
                                      const struct secret *key,
                                      struct wire_bytes text,
                                      struct wire_bytes tag);

/*
 * Encrypt whole blocks ("none" copies any length); the tag, if the cipher has one, follows the text.
 * NULL if the library has not this cipher.
 */
struct secret *keyfile_cipher_encrypt(const struct keyfile_cipher *c,
                                      const struct secret *key,
                                      const struct secret *plain);

#endif
