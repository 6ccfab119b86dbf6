/* bcrypt_pbkdf.h - the key derivation of OpenSSH's private key files. */
#ifndef KEYS_BCRYPT_PBKDF_H
#define KEYS_BCRYPT_PBKDF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/wire.h"

struct secret;

/* Longest key: a cipher's key and IV. */
#define BCRYPT_PBKDF_KEY_MAX 256

/*
 * Fill key[0..len), 1 to BCRYPT_PBKDF_KEY_MAX bytes.  rounds is at least 1.
 * False, and key wiped, only if libcrypto has no SHA-512.
 */
bool bcrypt_pbkdf(const struct secret *passphrase, struct wire_bytes salt,
                  unsigned rounds, uint8_t *key, size_t len);

#endif
