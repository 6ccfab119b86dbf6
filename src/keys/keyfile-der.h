/*
 * keyfile-der.h - the private keys that PEM and PKCS#8 hold, in DER.
 *
 * Read here and not by libcrypto, which leaves copies of the secret numbers
 * of elliptic curves behind in freed memory.  Nothing is copied: the numbers
 * are taken out of the caller's struct secret.
 */
#ifndef KEYS_KEYFILE_DER_H
#define KEYS_KEYFILE_DER_H

#include <stdbool.h>
#include <stddef.h>
#include "keys/keyfile-format.h"

/*
 * Decrypted text begins as a private key must: a SEQUENCE with the INTEGER of
 * a version in front, followed by at most slack bytes of padding, which are
 * cut off.  It takes the right passphrase to come out like this.
 */
bool keyfile_der_trim(struct secret *der, size_t slack);

/*
 * A private key, or NULL with *err set: RSAPrivateKey (RFC 8017 A.1.2),
 * ECPrivateKey (RFC 5915), or PrivateKeyInfo (RFC 5208, RFC 5958).  Which it is
 * shows; the label above it may be another's.
 */
struct sshkey *keyfile_der_key(const struct keyfile_text *text,
                               const struct secret *der, struct err *err);

/* The public half of a key just read, which is freed (NULL is allowed). */
struct sshkey *keyfile_der_public(struct sshkey *key, struct err *err);

#endif
