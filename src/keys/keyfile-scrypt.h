/*
 * keyfile-scrypt.h - scrypt (RFC 7914) as the key derivation of PKCS#8.
 *
 * libcrypto's own decryption of a file gives it 32 MiB of memory and no more;
 * elsewhere 64 and 128 MiB are usual.
 */
#ifndef KEYS_KEYFILE_SCRYPT_H
#define KEYS_KEYFILE_SCRYPT_H

#include <stdbool.h>
#include "keys/keyfile-format.h"

struct X509_algor_st;     /* X509_ALGOR */
struct evp_cipher_ctx_st; /* EVP_CIPHER_CTX */

/* Is what kdf (id-scrypt) asks for well-formed, and within the limits? */
bool keyfile_scrypt_check(const struct keyfile_text *text,
                          const struct X509_algor_st *kdf, struct err *err);

/*
 * Set ctx to decrypt what alg (PBES2, with a kdf that passed the check)
 * encrypted.  False: libcrypto refuses, or memory is out.
 */
bool keyfile_scrypt_start(const struct X509_algor_st *alg,
                          const struct secret *passphrase,
                          struct evp_cipher_ctx_st *ctx);

#endif
