/* sshkey-generate.h - new keys, by libcrypto's random numbers. */
#ifndef KEYS_SSHKEY_GENERATE_H
#define KEYS_SSHKEY_GENERATE_H

#include <stdbool.h>

struct err;
struct sshkey;

/* Of RSA, in bits; 16384 take minutes. */
#define SSHKEY_RSA_MIN 2048u
#define SSHKEY_RSA_MAX 16384u

/*
 * Is there a kind ("ed25519", "ecdsa", "rsa") of this size?  *bits of 0
 * becomes the usual one (256, 256, 3072).  ERR_USAGE if not.
 */
bool sshkey_generate_check(const char *kind, unsigned *bits, struct err *err);

/* The type of such a key, "ssh-ed25519", ..., which has been checked. */
const char *sshkey_generate_type(const char *kind, unsigned bits);

/*
 * A private key for sshkey_free(), of a kind and size that have been checked.
 * NULL: ERR_UNSUPPORTED if libcrypto cannot.
 */
struct sshkey *sshkey_generate(const char *kind, unsigned bits,
                               struct err *err);

#endif
