/*
 * sshkey-numbers.h - a private key's numbers, for the encoders of key files.
 *
 * The way back from sshkey-make.h.
 */
#ifndef KEYS_SSHKEY_NUMBERS_H
#define KEYS_SSHKEY_NUMBERS_H

#include <stdbool.h>
#include "base/wire.h"

struct err;
struct secret;
struct sshkey;

/*
 * Big-endian, perhaps with zeros in front; what a key of this type has not is
 * empty.  The public ones are the key's, the others are kept in store.
 */
struct sshkey_numbers {
    struct wire_bytes n, e;                  /* RSA */
    struct wire_bytes d, p, q, dp, dq, iqmp; /* RSA */
    struct wire_bytes point, scalar;         /* ECDSA: 04 x y; field size */
    struct wire_bytes public, seed;          /* EdDSA, RFC 8032 */
    struct secret *store;
};

/*
 * Take the numbers of a private key.  If true the caller frees them with
 * sshkey_numbers_free(), before the key.  ERR_UNSUPPORTED if libcrypto does
 * not give them away.
 */
bool sshkey_numbers_get(const struct sshkey *key, struct sshkey_numbers *out,
                        struct err *err);
void sshkey_numbers_free(struct sshkey_numbers *numbers);

#endif
