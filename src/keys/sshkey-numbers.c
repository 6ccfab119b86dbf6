/*
 * sshkey-numbers.c - the numbers of a private key, out of libcrypto.
 *
 * libcrypto writes them straight into a secret: EVP_PKEY_get_bn_param() and
 * EVP_PKEY_get_raw_private_key() leave a copy behind.
 */
#include "keys/sshkey-numbers.h"

#include <assert.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <string.h>
#include "base/err.h"
#include "base/secret.h"
#include "keys/sshkey-priv.h"

/* Bytes for a number that is one of the key's size. */
static size_t number_bytes(const struct sshkey *key)
{
    return (key->bits + 7) / 8;
}

/* A number in the order of this machine's bytes, turned round in place. */
static bool to_big_endian(uint8_t *at, size_t len)
{
    BIGNUM *n = BN_native2bn(at, (int)len, NULL);
    bool done = n != NULL && BN_bn2binpad(n, at, (int)len) == (int)len;

    BN_clear_free(n);
    return done;
}

static bool take(const struct sshkey *key, const char *name,
                 struct sshkey_numbers *numbers, struct wire_bytes *out)
{
    struct secret *store = numbers->store;
    uint8_t *at = store->data + store->len;
    size_t len = number_bytes(key);
    OSSL_PARAM params[] = { OSSL_PARAM_construct_BN(name, at, len),
                            OSSL_PARAM_construct_end() };

    assert(len <= store->cap - store->len);
    if (EVP_PKEY_get_params(key->pkey, params) != 1 ||
        !OSSL_PARAM_modified(params) || !to_big_endian(at, len))
        return false;
    store->len += len;
    *out = (struct wire_bytes){ at, len };
    return true;
}

static bool take_rsa(const struct sshkey *key, struct wire *blob,
                     struct sshkey_numbers *out)
{
    size_t len = number_bytes(key);

    out->store = secret_new(6 * len);
    out->e = wire_mpint(blob, len);
    out->n = wire_mpint(blob, len);
    return take(key, OSSL_PKEY_PARAM_RSA_D, out, &out->d) &&
           take(key, OSSL_PKEY_PARAM_RSA_FACTOR1, out, &out->p) &&
           take(key, OSSL_PKEY_PARAM_RSA_FACTOR2, out, &out->q) &&
           take(key, OSSL_PKEY_PARAM_RSA_EXPONENT1, out, &out->dp) &&
           take(key, OSSL_PKEY_PARAM_RSA_EXPONENT2, out, &out->dq) &&
           take(key, OSSL_PKEY_PARAM_RSA_COEFFICIENT1, out, &out->iqmp);
}

static bool take_ecdsa(const struct sshkey *key, struct wire *blob,
                       struct sshkey_numbers *out)
{
    out->store = secret_new(number_bytes(key));
    wire_string(blob); /* the curve */
    out->point = wire_string(blob);
    return take(key, OSSL_PKEY_PARAM_PRIV_KEY, out, &out->scalar);
}

static bool take_eddsa(const struct sshkey *key, struct wire *blob,
                       struct sshkey_numbers *out)
{
    size_t len = key->type->raw;

    out->store = secret_new(len);
    out->public = wire_string(blob);
    if (EVP_PKEY_get_octet_string_param(key->pkey, OSSL_PKEY_PARAM_PRIV_KEY,
                                        out->store->data, len, &len) != 1)
        return false;
    out->store->len = len;
    out->seed = (struct wire_bytes){ out->store->data, len };
    return true;
}

static bool take_all(const struct sshkey *key, struct sshkey_numbers *out)
{
    struct wire blob;

    wire_init(&blob, key->blob.data, key->blob.len);
    wire_string(&blob); /* the type */
    switch (key->type->family) {
    case SSHKEY_RSA: return take_rsa(key, &blob, out);
    case SSHKEY_ECDSA: return take_ecdsa(key, &blob, out);
    case SSHKEY_EDDSA: return take_eddsa(key, &blob, out);
    case SSHKEY_SK_ECDSA:
    case SSHKEY_SK_EDDSA: break; /* those are in a token */
    }
    return false;
}

bool sshkey_numbers_get(const struct sshkey *key, struct sshkey_numbers *out,
                        struct err *err)
{
    memset(out, 0, sizeof *out);
    assert(key->pkey != NULL);
    if (take_all(key, out))
        return true;
    ERR_clear_error();
    sshkey_numbers_free(out);
    return err_set(err, ERR_UNSUPPORTED,
                   "libcrypto does not give away the numbers of this %s key",
                   key->type->kind);
}

void sshkey_numbers_free(struct sshkey_numbers *numbers)
{
    secret_free(numbers->store);
    memset(numbers, 0, sizeof *numbers);
}
