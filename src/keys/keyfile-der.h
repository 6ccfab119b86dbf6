/* keyfile-der.h - DER key text, shared by the PEM and PKCS#8 formats. */
#ifndef KEYS_KEYFILE_DER_H
#define KEYS_KEYFILE_DER_H

#include <stdbool.h>
#include "keys/keyfile-format.h"

struct evp_pkey_st; /* libcrypto's EVP_PKEY */

/*
 * Does decrypted text begin as a private key in DER does: a SEQUENCE as long
 * as the text (but for slack bytes of padding) with the INTEGER of a version
 * in front?  It takes the right passphrase to come out like this.
 */
bool keyfile_der_begins(const struct secret *text, size_t slack);

/*
 * The key in what libcrypto read, which is freed; NULL means that it could
 * not read it.
 */
struct sshkey *keyfile_der_finish(const struct keyfile_text *text,
                                  struct evp_pkey_st *pkey, struct err *err);

/* The public half of a key just decoded, which is freed (NULL is allowed). */
struct sshkey *keyfile_der_public(struct sshkey *key, struct err *err);

#endif
