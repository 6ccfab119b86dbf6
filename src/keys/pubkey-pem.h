/*
 * pubkey-pem.h - public keys in PEM: "-----BEGIN PUBLIC KEY-----" (X.509's
 * SubjectPublicKeyInfo, which ssh-keygen calls PKCS8) and "-----BEGIN RSA
 * PUBLIC KEY-----" (PKCS#1, which it calls PEM).
 */
#ifndef KEYS_PUBKEY_PEM_H
#define KEYS_PUBKEY_PEM_H

#include <stdbool.h>
#include "base/wire.h"

struct buf;
struct err;

/*
 * Read the text, which begins with the first mark, and append the key as an
 * SSH blob.  ERR_FORMAT if malformed, ERR_UNSUPPORTED if SSH has no such key.
 */
bool pubkey_pem_read(struct wire_bytes text, struct buf *blob, struct err *err);

#endif
