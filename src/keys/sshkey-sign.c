/* sshkey-sign.c - signatures as SSH wants them. */
#include "keys/sshkey.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <string.h>
#include "base/err.h"
#include "base/wire.h"
#include "keys/sshcert.h"
#include "keys/sshkey-priv.h"

/* Longest signature: RSA of 16384 bits; DER of P-521 is far shorter. */
#define SIGNATURE_MAX (16384 / 8)
#define SCALAR_MAX    66

/* clang-format off */
static const struct algorithm {
    const char *name, *type;
    const char *digest; /* NULL: the algorithm has its own */
} algorithms[] = {
    { "rsa-sha2-512",        "ssh-rsa",             "SHA2-512" },
    { "rsa-sha2-256",        "ssh-rsa",             "SHA2-256" },
    { "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256", "SHA2-256" },
    { "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp384", "SHA2-384" },
    { "ecdsa-sha2-nistp521", "ecdsa-sha2-nistp521", "SHA2-512" },
    { "ssh-ed25519",         "ssh-ed25519",         NULL },
};
/* clang-format on */

static const struct algorithm *algorithm_for(const struct sshkey *key,
                                             const char *asked)
{
    char name[SSHCERT_ALGORITHM_MAX];

    sshcert_plain_algorithm(asked, name);
    for (size_t i = 0; i < sizeof algorithms / sizeof algorithms[0]; i++)
        if (strcmp(algorithms[i].name, name) == 0 &&
            strcmp(algorithms[i].type, key->type->name) == 0)
            return &algorithms[i];
    return NULL;
}

static void put_number(struct buf *out, const BIGNUM *n)
{
    uint8_t bytes[SCALAR_MAX];

    BN_bn2binpad(n, bytes, sizeof bytes);
    wire_put_mpint(out, bytes, sizeof bytes);
}

/* libcrypto's DER to RFC 5656 section 3.1.2. */
static bool put_ecdsa(struct buf *out, const uint8_t *der, size_t len)
{
    ECDSA_SIG *rs = d2i_ECDSA_SIG(NULL, &der, (long)len);

    if (rs == NULL)
        return false;
    put_number(out, ECDSA_SIG_get0_r(rs));
    put_number(out, ECDSA_SIG_get0_s(rs));
    ECDSA_SIG_free(rs);
    return true;
}

static bool digest_sign(const struct sshkey *key, const char *digest,
                        const uint8_t *data, size_t data_len, uint8_t *out,
                        size_t *len)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool made = ctx != NULL &&
                EVP_DigestSignInit_ex(ctx, NULL, digest, NULL, NULL, key->pkey,
                                      NULL) == 1 &&
                EVP_DigestSign(ctx, out, len, data, data_len) == 1;

    EVP_MD_CTX_free(ctx);
    return made;
}

bool sshkey_sign(const struct sshkey *key, const char *name,
                 const uint8_t *data, size_t len, struct buf *sig,
                 struct err *err)
{
    const struct algorithm *algorithm = algorithm_for(key, name);
    uint8_t raw[SIGNATURE_MAX];
    size_t raw_len = sizeof raw;
    bool done;

    if (algorithm == NULL)
        return err_set(err, ERR_UNSUPPORTED,
                       "an %s key cannot sign with the algorithm %s",
                       key->type->kind, name);
    if (key->pkey == NULL)
        return err_set(err, ERR_UNSUPPORTED,
                       "only the public half of this %s key is here; it "
                       "cannot sign",
                       key->type->kind);
    done = digest_sign(key, algorithm->digest, data, len, raw, &raw_len);
    if (done && key->type->family == SSHKEY_ECDSA)
        done = put_ecdsa(sig, raw, raw_len);
    else if (done)
        buf_put(sig, raw, raw_len);
    ERR_clear_error();
    if (!done)
        return err_set(err, ERR_UNSUPPORTED,
                       "libcrypto could not sign with this %s key (%u bits)",
                       key->type->kind, key->bits);
    return true;
}
