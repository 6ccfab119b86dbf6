/* keyfile-oid.h - the names (X.690 8.19) of algorithms that DER files use. */
#ifndef KEYS_KEYFILE_OID_H
#define KEYS_KEYFILE_OID_H

#include <stdbool.h>
#include "base/wire.h"

extern const struct wire_bytes oid_rsa;     /* RFC 8017 */
extern const struct wire_bytes oid_ec;      /* RFC 5480 */
extern const struct wire_bytes oid_ed25519; /* RFC 8410 */
extern const struct wire_bytes oid_ed448;   /* RFC 8410 */
extern const struct wire_bytes oid_dsa;     /* RFC 3279 */

extern const struct wire_bytes oid_pbes2;       /* RFC 8018 */
extern const struct wire_bytes oid_pbkdf2;      /* RFC 8018 */
extern const struct wire_bytes oid_hmac_sha256; /* RFC 8018 */
extern const struct wire_bytes oid_aes256_cbc;  /* NIST's, RFC 3565 */

bool oid_same(struct wire_bytes a, struct wire_bytes b);

/* "ecdsa-sha2-nistp256", ... and the curve's name; NULL and an empty run for
 * what is none of SSH's three. */
const char *oid_curve_type(struct wire_bytes oid);
struct wire_bytes oid_of_curve(const char *type);
/* The same of its numbers in place of the name: ECParameters, RFC 3279. */
struct wire_bytes oid_of_curve_numbers(struct wire_bytes der);

#endif
