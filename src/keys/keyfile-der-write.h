/*
 * keyfile-der-write.h - DER (X.690) into secrets, and the private keys that
 * PEM and PKCS#8 hold.
 */
#ifndef KEYS_KEYFILE_DER_WRITE_H
#define KEYS_KEYFILE_DER_WRITE_H

#include <stddef.h>
#include <stdint.h>
#include "base/wire.h"

struct secret;
struct sshkey;
struct sshkey_numbers;

#define DER_INTEGER      0x02
#define DER_BIT_STRING   0x03
#define DER_OCTET_STRING 0x04
#define DER_NULL         0x05
#define DER_OID          0x06
#define DER_SEQUENCE     0x30
/* [n] EXPLICIT. */
#define DER_CONTEXT(n) (0xa0 | (n))

/* What stands before the contents of an element, at most. */
#define DER_HEADER_MAX 6

/* An element with these contents, which are freed. */
struct secret *der_wrap(uint8_t tag, struct secret *contents);

/* As put (keyfile-write.h), an element of a primitive type. */
void der_put(struct secret *out, uint8_t tag, struct wire_bytes contents);
void der_put_number(struct secret *out, uint32_t n);
/* An element that is made and now freed. */
void der_put_element(struct secret *out, struct secret *element);

/* RSAPrivateKey, RFC 8017 A.1.2. */
struct secret *der_rsa(const struct sshkey_numbers *numbers);
/* ECPrivateKey, RFC 5915; with the curve's name in it. */
struct secret *der_ec(const char *type, const struct sshkey_numbers *numbers);
/* PrivateKeyInfo, RFC 5208; for Ed25519 RFC 8410. */
struct secret *der_pkcs8(const char *type,
                         const struct sshkey_numbers *numbers);

#endif
