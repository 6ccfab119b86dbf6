/*
 * sshkey-make.c - private keys, from numbers to libcrypto's EVP_PKEY.
 *
 * The public half is always built first and parsed as any blob; the private
 * half is then proved to match it.  Secret numbers live in BIGNUMs flagged for
 * constant time and cleared when freed, and in struct secret: libcrypto's own
 * parameter builder would leave copies behind.
 */
#include "keys/sshkey-make.h"

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
#include "keys/sshkey.h"

#define ED25519_BYTES 32
/* Longest point, 04 x y on P-521, and longest scalar. */
#define POINT_MAX  (1 + 2 * 66)
#define SCALAR_MAX 66

static struct sshkey *mismatch(struct sshkey *key, struct err *err)
{
    ERR_clear_error();
    sshkey_free(key);
    err_set(err, ERR_FORMAT,
            "damaged: its private half does not belong to its public half");
    return NULL;
}

static BIGNUM *secret_number(struct wire_bytes b)
{
    BIGNUM *n = BN_new();

    if (n != NULL) {
        BN_set_flags(n, BN_FLG_CONSTTIME);
        if (b.len > INT32_MAX || BN_bin2bn(b.data, (int)b.len, n) == NULL) {
            BN_clear_free(n);
            n = NULL;
        }
    }
    return n;
}

/* ---- what EVP_PKEY_fromdata() takes ---- */

struct params {
    OSSL_PARAM list[10];
    size_t count;
    struct secret *store; /* holds the numbers; never moves */
};

static void put_number(struct params *p, const char *name, const BIGNUM *n)
{
    size_t len = (size_t)BN_num_bytes(n);
    uint8_t *at = p->store->data + p->store->len;

    len += len == 0;
    assert(len <= p->store->cap - p->store->len);
    assert(p->count < sizeof p->list / sizeof p->list[0] - 1);
    BN_bn2nativepad(n, at, (int)len);
    p->store->len += len;
    p->list[p->count++] = OSSL_PARAM_construct_BN(name, at, len);
}

static EVP_PKEY *from_params(struct params *p, const char *algorithm)
{
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, algorithm, NULL);
    EVP_PKEY *pkey = NULL;

    p->list[p->count] = OSSL_PARAM_construct_end();
    if (ctx == NULL || EVP_PKEY_fromdata_init(ctx) != 1 ||
        EVP_PKEY_fromdata(ctx, &pkey, EVP_PKEY_KEYPAIR, p->list) != 1)
        pkey = NULL;
    EVP_PKEY_CTX_free(ctx);
    return pkey;
}

/* ---- RSA ---- */

struct rsa {
    BIGNUM *n, *e, *d, *p, *q;
    BIGNUM *dp, *dq, *iqmp; /* computed: no file is believed about them */
};

static bool rsa_init(struct rsa *r, const struct sshkey_rsa *parts)
{
    *r = (struct rsa){ .n = secret_number(parts->n),
                       .e = secret_number(parts->e),
                       .d = secret_number(parts->d),
                       .p = secret_number(parts->p),
                       .q = secret_number(parts->q),
                       .dp = secret_number((struct wire_bytes){ 0 }),
                       .dq = secret_number((struct wire_bytes){ 0 }),
                       .iqmp = secret_number((struct wire_bytes){ 0 }) };
    return r->n != NULL && r->e != NULL && r->d != NULL && r->p != NULL &&
           r->q != NULL && r->dp != NULL && r->dq != NULL && r->iqmp != NULL;
}

static void rsa_clear(struct rsa *r)
{
    BN_clear_free(r->n);
    BN_clear_free(r->e);
    BN_clear_free(r->d);
    BN_clear_free(r->p);
    BN_clear_free(r->q);
    BN_clear_free(r->dp);
    BN_clear_free(r->dq);
    BN_clear_free(r->iqmp);
}

/* exp = d mod (prime - 1); is e * exp = 1 mod (prime - 1)? */
static bool crt_exponent(const struct rsa *r, const BIGNUM *prime, BIGNUM *exp,
                         BN_CTX *ctx)
{
    BIGNUM *order, *one;
    bool good = false;

    BN_CTX_start(ctx);
    order = BN_CTX_get(ctx);
    one = BN_CTX_get(ctx);
    if (one != NULL && BN_copy(order, prime) != NULL &&
        BN_sub_word(order, 1) == 1) {
        BN_set_flags(order, BN_FLG_CONSTTIME);
        good = BN_mod(exp, r->d, order, ctx) == 1 &&
               BN_mod_mul(one, exp, r->e, order, ctx) == 1 && BN_is_one(one);
    }
    BN_CTX_end(ctx);
    return good;
}

/* n = p * q, d is right for both primes; fills in dp, dq and iqmp. */
static bool rsa_complete(struct rsa *r)
{
    BN_CTX *ctx = BN_CTX_new();
    BIGNUM *product = BN_new();
    bool good = ctx != NULL && product != NULL &&
                BN_mul(product, r->p, r->q, ctx) == 1 &&
                BN_cmp(product, r->n) == 0 &&
                crt_exponent(r, r->p, r->dp, ctx) &&
                crt_exponent(r, r->q, r->dq, ctx) &&
                BN_mod_inverse(r->iqmp, r->q, r->p, ctx) != NULL;

    BN_clear_free(product);
    BN_CTX_free(ctx);
    return good;
}

static EVP_PKEY *rsa_pkey(const struct rsa *r)
{
    /* Eight numbers, none longer than n. */
    struct params p = { .store = secret_new(8 * (size_t)BN_num_bytes(r->n)) };
    EVP_PKEY *pkey;

    put_number(&p, OSSL_PKEY_PARAM_RSA_N, r->n);
    put_number(&p, OSSL_PKEY_PARAM_RSA_E, r->e);
    put_number(&p, OSSL_PKEY_PARAM_RSA_D, r->d);
    put_number(&p, OSSL_PKEY_PARAM_RSA_FACTOR1, r->p);
    put_number(&p, OSSL_PKEY_PARAM_RSA_FACTOR2, r->q);
    put_number(&p, OSSL_PKEY_PARAM_RSA_EXPONENT1, r->dp);
    put_number(&p, OSSL_PKEY_PARAM_RSA_EXPONENT2, r->dq);
    put_number(&p, OSSL_PKEY_PARAM_RSA_COEFFICIENT1, r->iqmp);
    pkey = from_params(&p, "RSA");
    secret_free(p.store);
    return pkey;
}

static struct sshkey *rsa_public(const struct sshkey_rsa *parts,
                                 struct err *err)
{
    struct buf blob = { 0 };
    struct sshkey *key;

    wire_put_cstr(&blob, "ssh-rsa");
    wire_put_mpint(&blob, parts->e.data, parts->e.len);
    wire_put_mpint(&blob, parts->n.data, parts->n.len);
    key = sshkey_from_blob(blob.data, blob.len, err);
    buf_free(&blob);
    return key;
}

struct sshkey *sshkey_make_rsa(const struct sshkey_rsa *parts, struct err *err)
{
    struct sshkey *key = rsa_public(parts, err);
    struct rsa r;

    if (key == NULL)
        return NULL;
    if (parts->d.len <= parts->n.len && rsa_init(&r, parts)) {
        if (rsa_complete(&r))
            key->pkey = rsa_pkey(&r);
        rsa_clear(&r);
    }
    return key->pkey != NULL ? key : mismatch(key, err);
}

/* ---- ECDSA ---- */

static struct sshkey *ecdsa_public(const struct sshkey_type *type,
                                   struct wire_bytes point, struct err *err)
{
    struct buf blob = { 0 };
    struct sshkey *key;

    wire_put_cstr(&blob, type->name);
    wire_put_cstr(&blob, type->curve);
    wire_put_string(&blob, point.data, point.len);
    key = sshkey_from_blob(blob.data, blob.len, err);
    buf_free(&blob);
    return key;
}

/* Is the scalar in range, and is the point the scalar times the base? */
static bool ec_halves_match(EVP_PKEY *pkey)
{
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(NULL, pkey, NULL);
    bool match = ctx != NULL && EVP_PKEY_private_check(ctx) == 1 &&
                 EVP_PKEY_pairwise_check(ctx) == 1;

    EVP_PKEY_CTX_free(ctx);
    return match;
}

static EVP_PKEY *ec_pkey(const char *group, struct wire_bytes point,
                         const BIGNUM *scalar)
{
    struct params p = { .store = secret_new(SCALAR_MAX) };
    char name[16], q[POINT_MAX];
    EVP_PKEY *pkey;

    /* libcrypto's parameters are not const, even those it only reads. */
    assert(strlen(group) < sizeof name && point.len <= sizeof q);
    memcpy(name, group, strlen(group) + 1);
    memcpy(q, point.data, point.len);
    p.list[p.count++] =
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, name, 0);
    p.list[p.count++] = OSSL_PARAM_construct_octet_string(
        OSSL_PKEY_PARAM_PUB_KEY, q, point.len);
    put_number(&p, OSSL_PKEY_PARAM_PRIV_KEY, scalar);
    pkey = from_params(&p, "EC");
    secret_free(p.store);
    if (pkey != NULL && !ec_halves_match(pkey)) {
        EVP_PKEY_free(pkey);
        pkey = NULL;
    }
    return pkey;
}

struct sshkey *sshkey_make_ecdsa(const char *name, struct wire_bytes point,
                                 struct wire_bytes scalar, struct err *err)
{
    const struct sshkey_type *type = sshkey_type_named(name);
    struct sshkey *key;
    BIGNUM *d;

    assert(type != NULL && type->family == SSHKEY_ECDSA);
    if ((key = ecdsa_public(type, point, err)) == NULL)
        return NULL;
    if (scalar.len <= SCALAR_MAX && (d = secret_number(scalar)) != NULL) {
        key->pkey = ec_pkey(type->group, point, d);
        BN_clear_free(d);
    }
    return key->pkey != NULL ? key : mismatch(key, err);
}

/* ---- Ed25519 ---- */

struct sshkey *sshkey_make_ed25519(struct wire_bytes public,
                                   struct wire_bytes seed, struct err *err)
{
    uint8_t derived[ED25519_BYTES];
    size_t len = sizeof derived;
    struct sshkey *key = NULL;
    struct buf blob = { 0 };
    EVP_PKEY *pkey = NULL;

    if (seed.len == ED25519_BYTES)
        pkey = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed.data,
                                            seed.len);
    if (pkey == NULL || EVP_PKEY_get_raw_public_key(pkey, derived, &len) != 1 ||
        (public.len != 0 &&
         (public.len != len || memcmp(public.data, derived, len) != 0))) {
        EVP_PKEY_free(pkey);
        return mismatch(NULL, err);
    }
    wire_put_cstr(&blob, "ssh-ed25519");
    wire_put_string(&blob, derived, len);
    key = sshkey_from_blob(blob.data, blob.len, err);
    buf_free(&blob);
    if (key != NULL)
        key->pkey = pkey;
    else
        EVP_PKEY_free(pkey);
    return key;
}

/* ---- from libcrypto's own readers ---- */

/* Append the number of that name to store and point at it. */
static bool take_number(const EVP_PKEY *pkey, const char *name,
                        struct secret *store, struct wire_bytes *out)
{
    uint8_t *at = store->data + store->len;
    BIGNUM *n = NULL;
    bool taken = false;

    if (EVP_PKEY_get_bn_param(pkey, name, &n) == 1 &&
        (size_t)BN_num_bytes(n) <= store->cap - store->len) {
        out->data = at;
        out->len = (size_t)BN_bn2bin(n, at);
        store->len += out->len;
        taken = true;
    }
    BN_clear_free(n);
    return taken;
}

static struct sshkey *take_rsa(const EVP_PKEY *pkey, struct err *err)
{
    int bytes = EVP_PKEY_get_size(pkey);
    struct sshkey *key = NULL;
    struct sshkey_rsa parts;
    struct secret *store;

    store = secret_new(bytes > 0 ? 5 * (size_t)bytes : 0);
    if (take_number(pkey, OSSL_PKEY_PARAM_RSA_N, store, &parts.n) &&
        take_number(pkey, OSSL_PKEY_PARAM_RSA_E, store, &parts.e) &&
        take_number(pkey, OSSL_PKEY_PARAM_RSA_D, store, &parts.d) &&
        take_number(pkey, OSSL_PKEY_PARAM_RSA_FACTOR1, store, &parts.p) &&
        take_number(pkey, OSSL_PKEY_PARAM_RSA_FACTOR2, store, &parts.q))
        key = sshkey_make_rsa(&parts, err);
    else
        mismatch(NULL, err);
    secret_free(store);
    return key;
}

static struct sshkey *take_ecdsa(const EVP_PKEY *pkey, struct err *err)
{
    struct secret *store = secret_new(SCALAR_MAX);
    const struct sshkey_type *type;
    struct wire_bytes scalar, point;
    struct sshkey *key = NULL;
    uint8_t q[POINT_MAX];
    char group[64];
    size_t len;

    if (EVP_PKEY_get_group_name(pkey, group, sizeof group, &len) != 1 ||
        (type = sshkey_type_of_group(group)) == NULL) {
        ERR_clear_error();
        err_set(err, ERR_UNSUPPORTED,
                "an elliptic curve that SSH does not use; it knows nistp256, "
                "nistp384, nistp521 and Ed25519");
    } else if (EVP_PKEY_get_octet_string_param(pkey, OSSL_PKEY_PARAM_PUB_KEY, q,
                                               sizeof q, &point.len) == 1 &&
               take_number(pkey, OSSL_PKEY_PARAM_PRIV_KEY, store, &scalar)) {
        point.data = q;
        key = sshkey_make_ecdsa(type->name, point, scalar, err);
    } else {
        mismatch(NULL, err);
    }
    secret_free(store);
    return key;
}

static struct sshkey *take_ed25519(const EVP_PKEY *pkey, struct err *err)
{
    struct secret *seed = secret_new(ED25519_BYTES);
    struct sshkey *key = NULL;
    size_t len = seed->cap;

    if (EVP_PKEY_get_raw_private_key(pkey, seed->data, &len) == 1)
        key = sshkey_make_ed25519((struct wire_bytes){ seed->data, 0 },
                                  (struct wire_bytes){ seed->data, len }, err);
    else
        mismatch(NULL, err);
    secret_free(seed);
    return key;
}

struct sshkey *sshkey_make_pkey(const EVP_PKEY *pkey, struct err *err)
{
    const char *name = EVP_PKEY_get0_type_name(pkey);

    if (EVP_PKEY_is_a(pkey, "RSA"))
        return take_rsa(pkey, err);
    if (EVP_PKEY_is_a(pkey, "EC"))
        return take_ecdsa(pkey, err);
    if (EVP_PKEY_is_a(pkey, "ED25519"))
        return take_ed25519(pkey, err);
    err_set(err, ERR_UNSUPPORTED,
            "a key of type %s; SSH logs in with Ed25519, ECDSA or RSA",
            name != NULL ? name : "unknown");
    return NULL;
}
