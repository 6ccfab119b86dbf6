/*
 * sshkey-generate.c - new keys.
 *
 * libcrypto makes both halves together, so they need no proof that they
 * belong to each other; the public one is still parsed as any blob.
 */
#include "keys/sshkey-generate.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <string.h>
#include "base/err.h"
#include "base/mem.h"
#include "base/wire.h"
#include "keys/sshkey-priv.h"
#include "keys/sshkey.h"

#define NUMBER_MAX (SSHKEY_RSA_MAX / 8)

/* ---- the public half as SSH has it ---- */

static bool put_number(struct buf *blob, EVP_PKEY *pkey, const char *name)
{
    uint8_t bytes[NUMBER_MAX];
    BIGNUM *n = NULL;
    bool good = EVP_PKEY_get_bn_param(pkey, name, &n) == 1 &&
                BN_bn2binpad(n, bytes, sizeof bytes) == (int)sizeof bytes;

    if (good)
        wire_put_mpint(blob, bytes, sizeof bytes);
    BN_free(n);
    return good;
}

static bool put_rsa(struct buf *blob, EVP_PKEY *pkey)
{
    return put_number(blob, pkey, OSSL_PKEY_PARAM_RSA_E) &&
           put_number(blob, pkey, OSSL_PKEY_PARAM_RSA_N);
}

static bool put_ecdsa(struct buf *blob, EVP_PKEY *pkey, const char *curve)
{
    uint8_t point[NUMBER_MAX];
    size_t len;

    /* Uncompressed, as PUB_KEY is from OpenSSL 3.0.8 on only. */
    if (EVP_PKEY_get_octet_string_param(pkey,
                                        OSSL_PKEY_PARAM_ENCODED_PUBLIC_KEY,
                                        point, sizeof point, &len) != 1)
        return false;
    wire_put_cstr(blob, curve);
    wire_put_string(blob, point, len);
    return true;
}

static bool put_eddsa(struct buf *blob, EVP_PKEY *pkey)
{
    uint8_t point[NUMBER_MAX];
    size_t len = sizeof point;

    if (EVP_PKEY_get_raw_public_key(pkey, point, &len) != 1)
        return false;
    wire_put_string(blob, point, len);
    return true;
}

static bool put_public(struct buf *blob, EVP_PKEY *pkey,
                       const struct sshkey_type *type)
{
    wire_put_cstr(blob, type->name);
    switch (type->family) {
    case SSHKEY_RSA: return put_rsa(blob, pkey);
    case SSHKEY_ECDSA: return put_ecdsa(blob, pkey, type->curve);
    case SSHKEY_EDDSA: return put_eddsa(blob, pkey);
    case SSHKEY_SK_ECDSA:
    case SSHKEY_SK_EDDSA: break; /* tokens make these */
    }
    return false;
}

/* ---- both halves ---- */

static EVP_PKEY *generate(const struct sshkey_type *type, unsigned bits)
{
    size_t rsa_bits = bits;

    switch (type->family) {
    case SSHKEY_RSA: return EVP_PKEY_Q_keygen(NULL, NULL, "RSA", rsa_bits);
    case SSHKEY_ECDSA: return EVP_PKEY_Q_keygen(NULL, NULL, "EC", type->group);
    case SSHKEY_EDDSA: return EVP_PKEY_Q_keygen(NULL, NULL, type->kind);
    case SSHKEY_SK_ECDSA:
    case SSHKEY_SK_EDDSA: break;
    }
    return NULL;
}

static struct sshkey *make(const struct sshkey_type *type, unsigned bits,
                           struct err *err)
{
    EVP_PKEY *pkey = generate(type, bits);
    struct sshkey *key = NULL;
    struct buf blob = { 0 };

    if (pkey != NULL && put_public(&blob, pkey, type))
        key = sshkey_from_blob(blob.data, blob.len, err);
    else
        err_set(err, ERR_UNSUPPORTED,
                "libcrypto could not make an %s key of %u bits", type->kind,
                bits);
    if (key != NULL)
        key->pkey = pkey;
    else
        EVP_PKEY_free(pkey);
    buf_free(&blob);
    ERR_clear_error();
    return key;
}

/* ---- which ---- */

/* clang-format off */
static const struct {
    const char *kind;
    unsigned min, max, step; /* bits */
    const char *type;
} types[] = {
    { "ed25519", 256,            256,            1, "ssh-ed25519" },
    { "ecdsa",   256,            256,            1, "ecdsa-sha2-nistp256" },
    { "ecdsa",   384,            384,            1, "ecdsa-sha2-nistp384" },
    { "ecdsa",   521,            521,            1, "ecdsa-sha2-nistp521" },
    /* Of an odd number of bits libcrypto makes one less. */
    { "rsa",     SSHKEY_RSA_MIN, SSHKEY_RSA_MAX, 2, "ssh-rsa" },
};

static const struct {
    const char *kind;
    unsigned usual;
    const char *sizes;
} kinds[] = {
    { "ed25519", 256,  "256 bits" },
    { "ecdsa",   256,  "256, 384 or 521 bits" },
    { "rsa",     3072, "an even number of bits from 2048 to 16384" },
};
/* clang-format on */

#define TYPES (sizeof types / sizeof types[0])
#define KINDS (sizeof kinds / sizeof kinds[0])

const char *sshkey_generate_type(const char *kind, unsigned bits)
{
    for (size_t i = 0; i < TYPES; i++)
        if (strcmp(types[i].kind, kind) == 0 && bits >= types[i].min &&
            bits <= types[i].max && bits % types[i].step == 0)
            return types[i].type;
    return NULL;
}

bool sshkey_generate_check(const char *kind, unsigned *bits, struct err *err)
{
    size_t k = 0;

    while (k < KINDS && strcmp(kinds[k].kind, kind) != 0)
        k++;
    if (k == KINDS)
        return err_set(err, ERR_USAGE,
                       "-t %s: the types of keys are ed25519, ecdsa and rsa",
                       kind);
    if (*bits == 0)
        *bits = kinds[k].usual;
    if (sshkey_generate_type(kind, *bits) != NULL)
        return true;
    return err_set(err, ERR_USAGE, "-b %u: %s keys have %s", *bits, kind,
                   kinds[k].sizes);
}

struct sshkey *sshkey_generate(const char *kind, unsigned bits, struct err *err)
{
    return make(sshkey_type_named(sshkey_generate_type(kind, bits)), bits, err);
}
