#include "keys/keyfile-oid.h"

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/obj_mac.h>
#include <string.h>

/* clang-format off */
#define NAME(...)                                              \
    { (const uint8_t[]){ __VA_ARGS__ },                        \
      sizeof((const uint8_t[]){ __VA_ARGS__ }) }

const struct wire_bytes oid_rsa =
    NAME(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01);
const struct wire_bytes oid_ec = NAME(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01);
const struct wire_bytes oid_ed25519 = NAME(0x2b, 0x65, 0x70);
const struct wire_bytes oid_ed448 = NAME(0x2b, 0x65, 0x71);
const struct wire_bytes oid_dsa =
    NAME(0x2a, 0x86, 0x48, 0xce, 0x38, 0x04, 0x01);

const struct wire_bytes oid_pbes2 =
    NAME(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0d);
const struct wire_bytes oid_pbkdf2 =
    NAME(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0c);
const struct wire_bytes oid_hmac_sha256 =
    NAME(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x09);
const struct wire_bytes oid_aes256_cbc =
    NAME(0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2a);

static const struct {
    const char *type;
    int nid;               /* libcrypto's name */
    struct wire_bytes oid; /* RFC 5480 */
} curves[] = {
    { "ecdsa-sha2-nistp256", NID_X9_62_prime256v1,
      NAME(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07) },
    { "ecdsa-sha2-nistp384", NID_secp384r1, NAME(0x2b, 0x81, 0x04, 0x00, 0x22) },
    { "ecdsa-sha2-nistp521", NID_secp521r1, NAME(0x2b, 0x81, 0x04, 0x00, 0x23) },
};
/* clang-format on */

#define CURVES (sizeof curves / sizeof curves[0])

bool oid_same(struct wire_bytes a, struct wire_bytes b)
{
    return a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
}

const char *oid_curve_type(struct wire_bytes oid)
{
    for (size_t i = 0; i < CURVES; i++)
        if (oid_same(oid, curves[i].oid))
            return curves[i].type;
    return NULL;
}

struct wire_bytes oid_of_curve(const char *type)
{
    for (size_t i = 0; i < CURVES; i++)
        if (strcmp(type, curves[i].type) == 0)
            return curves[i].oid;
    return (struct wire_bytes){ (const uint8_t *)"", 0 };
}

/* As libcrypto writes them: a curve's seed may be left out. */
static bool has_numbers(int nid, bool with_seed, struct wire_bytes der)
{
    EC_GROUP *group = EC_GROUP_new_by_curve_name(nid);
    unsigned char *own = NULL;
    bool same = false;
    int n;

    if (group != NULL) {
        EC_GROUP_set_asn1_flag(group, OPENSSL_EC_EXPLICIT_CURVE);
        if (!with_seed)
            EC_GROUP_set_seed(group, NULL, 0);
        n = i2d_ECPKParameters(group, &own);
        same = n > 0 && oid_same(der, (struct wire_bytes){ own, (size_t)n });
    }
    OPENSSL_free(own);
    EC_GROUP_free(group);
    ERR_clear_error();
    return same;
}

struct wire_bytes oid_of_curve_numbers(struct wire_bytes der)
{
    for (size_t i = 0; i < CURVES; i++)
        if (has_numbers(curves[i].nid, true, der) ||
            has_numbers(curves[i].nid, false, der))
            return curves[i].oid;
    return (struct wire_bytes){ (const uint8_t *)"", 0 };
}
