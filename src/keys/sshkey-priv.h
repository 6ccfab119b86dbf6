/* sshkey-priv.h - the inside of a key, for the sshkey*.c files only. */
#ifndef KEYS_SSHKEY_PRIV_H
#define KEYS_SSHKEY_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include "base/buf.h"

struct err;
struct evp_pkey_st; /* libcrypto's EVP_PKEY */

enum sshkey_family {
    SSHKEY_RSA,
    SSHKEY_ECDSA,
    SSHKEY_EDDSA,
    SSHKEY_SK_ECDSA, /* the private half is in a security key (FIDO) */
    SSHKEY_SK_EDDSA
};

struct sshkey_type {
    const char *name; /* first string of the blob */
    const char *kind; /* what people say, and libcrypto of EdDSA */
    enum sshkey_family family;
    unsigned bits;     /* 0: the key tells */
    size_t raw;        /* EdDSA: bytes of either half */
    const char *curve; /* RFC 5656's name, second string of the blob */
    const char *group; /* libcrypto's name of the same */
};

struct sshkey {
    const struct sshkey_type *type;
    unsigned bits;
    struct buf blob;
    struct evp_pkey_st *pkey; /* NULL: only the public half is known */
};

/* NULL if there is no such type. */
const struct sshkey_type *sshkey_type_named(const char *name);

#endif
