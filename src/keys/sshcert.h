/*
 * sshcert.h - OpenSSH certificates (its PROTOCOL.certkeys): a public key with
 * an authority's word on whose it is, as what and how long.
 *
 * Only the server knows which authority to trust, so the authority's
 * signature is left to it.
 */
#ifndef KEYS_SSHCERT_H
#define KEYS_SSHCERT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/wire.h"
#include "keys/sshkey.h"

struct buf;
struct err;

/* Longest name of a signature algorithm, with its NUL. */
#define SSHCERT_ALGORITHM_MAX 64

enum sshcert_use { SSHCERT_USER = 1, SSHCERT_HOST = 2 };

/* For reading only. */
struct sshcert {
    const char *type;   /* "ssh-ed25519-cert-v01@openssh.com": a constant */
    struct sshkey *key; /* the public key it is about */
    uint64_t serial;
    enum sshcert_use use;
    char *id;                        /* cleaned */
    uint64_t valid_from, valid_till; /* s since 1970; from <= now < till */
    char authority[SSHKEY_FINGERPRINT_MAX];
    /* private: */
    uint8_t *blob;
    size_t len;
    struct wire_bytes principals; /* strings, one behind the other */
};

/* Is the blob's type that of a certificate, of a kind we know or not? */
bool sshcert_is_blob(const uint8_t *blob, size_t len);

/*
 * Parse a certificate's blob, which is copied.  Free it with sshcert_free().
 * NULL: ERR_FORMAT if malformed, ERR_UNSUPPORTED if its type is not known.
 */
struct sshcert *sshcert_from_blob(const uint8_t *blob, size_t len,
                                  struct err *err);
/* NULL is allowed. */
void sshcert_free(struct sshcert *cert);

/* What is offered in place of the key's blob; borrowed. */
const uint8_t *sshcert_blob(const struct sshcert *cert, size_t *len);

/* Is the login name among its principals? */
bool sshcert_names(const struct sshcert *cert, const char *user);
/* The principals, cleaned, "alice, bob"; "" if there are none. */
void sshcert_put_names(const struct sshcert *cert, struct buf *out);

/*
 * The algorithm whose signature goes with a certificate's algorithm:
 * "rsa-sha2-512" for "rsa-sha2-512-cert-v01@openssh.com"; others stay.
 */
void sshcert_plain_algorithm(const char *algorithm,
                             char out[SSHCERT_ALGORITHM_MAX]);

#endif
