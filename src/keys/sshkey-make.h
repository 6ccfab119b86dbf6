/*
 * sshkey-make.h - build private keys from numbers, for the key file formats.
 *
 * Wherever the numbers come from, each constructor proves that the private
 * half belongs to the public one before it returns a key; a signature made
 * with halves that do not match can give the private one away.
 */
#ifndef KEYS_SSHKEY_MAKE_H
#define KEYS_SSHKEY_MAKE_H

#include "base/wire.h"

struct err;
struct sshkey;

/* Big-endian magnitudes.  What else CRT needs is computed from them. */
struct sshkey_rsa {
    struct wire_bytes n, e, d, p, q;
};

/*
 * All return a private key for sshkey_free(), or NULL: ERR_FORMAT if a number
 * is impossible or the halves do not match, ERR_UNSUPPORTED for a size or a
 * curve that SSH does not use.
 */
struct sshkey *sshkey_make_rsa(const struct sshkey_rsa *parts, struct err *err);

/*
 * type is "ecdsa-sha2-nistp256", ...; point is in any form of SEC1 2.3.3, such
 * as compressed, and computed if empty: some writers of PKCS#8 leave it out.
 */
struct sshkey *sshkey_make_ecdsa(const char *type, struct wire_bytes point,
                                 struct wire_bytes scalar, struct err *err);

/*
 * type is "ssh-ed25519" or "ssh-ed448"; seed is RFC 8032's, 32 or 57 bytes; an
 * empty public half is computed.
 */
struct sshkey *sshkey_make_eddsa(const char *type, struct wire_bytes public,
                                 struct wire_bytes seed, struct err *err);

#endif
