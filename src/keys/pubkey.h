/*
 * pubkey.h - any public key blob that SSH has ever had, judged.
 *
 * sshkey.h knows the keys that one can work with.  Lists of public keys hold
 * more: certificates, keys that no server takes any more.  They are told apart
 * here and only shown.
 */
#ifndef KEYS_PUBKEY_H
#define KEYS_PUBKEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/buf.h"
#include "base/wire.h"

struct err;

/* With its NUL; "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com" has 43. */
#define PUBKEY_TYPE_MAX 64
#define PUBKEY_KIND_MAX 24
/* A longer blob is no key: a certificate of the longest RSA key has 8 KB. */
#define PUBKEY_BLOB_MAX 16384

enum pubkey_standing {
    PUBKEY_FINE,
    PUBKEY_WEAK,   /* works with some servers, and should be replaced */
    PUBKEY_REFUSED /* in an authorized_keys it lets nobody in */
};

struct pubkey {
    char type[PUBKEY_TYPE_MAX]; /* first string of the blob */
    char kind[PUBKEY_KIND_MAX]; /* as ssh-keygen says: "ED25519-SK-CERT" */
    unsigned bits;
    enum pubkey_standing standing;
    const char *why; /* why not PUBKEY_FINE, and the remedy: a constant */
    struct buf blob;
    struct buf plain; /* without its certificate: the one fingerprinted */
};

/*
 * Parse a blob, which is copied.  If true the caller frees *out with
 * pubkey_free().  ERR_FORMAT if malformed, ERR_UNSUPPORTED if the type or the
 * size is none of SSH's.
 */
bool pubkey_from_blob(struct pubkey *out, const uint8_t *blob, size_t len,
                      struct err *err);
void pubkey_free(struct pubkey *key);

/* Is it the name of a public key's type?  Letter case is folded. */
bool pubkey_is_type(struct wire_bytes name);

/*
 * How long must a blob be that begins with these len bytes?  More than len
 * as long as that is only known to be longer; 0 if no key begins so.
 */
size_t pubkey_blob_length(const uint8_t *start, size_t len);

#endif
