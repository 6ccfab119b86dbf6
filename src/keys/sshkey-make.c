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
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/params.h>
#include <string.h>
#include "base/err.h"
#include "base/secret.h"
#include "keys/sshkey-priv.h"
#include "keys/sshkey.h"

/* Either half of Ed448, the longer one (RFC 8032). */
#define EDDSA_MAX 57
/* Longest point, 04 x y on P-521, and longest scalar. */
#define POINT_MAX  (1 + 2 * 66)
#define SCALAR_MAX 66

static struct sshkey *mismatch(struct sshkey *key, struct err *err)
{
    ERR_clear_error();
    sshkey_free(key);
    err_set(err, ERR_FORMAT,
            "this private key is damaged: its private half does not belong to "
            "its public half; copy the file again from where it was made");
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

/* ---- the public half ---- */

static struct sshkey *public_half(const struct buf *blob, struct err *err)
{
    struct sshkey *key = sshkey_from_blob(blob->data, blob->len, err);

    if (key == NULL && err->code == ERR_FORMAT)
        err_set(err, ERR_FORMAT,
                "this private key is damaged (its public half); copy the file "
                "again from where it was made");
    return key;
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
    key = public_half(&blob, err);
    buf_free(&blob);
    return key;
}

struct sshkey *sshkey_make_rsa(const struct sshkey_rsa *parts, struct err *err)
{
    struct sshkey *key = rsa_public(parts, err);
    struct rsa r;

    if (key == NULL)
        return NULL;
    if (parts->d.len <= parts->n.len) {
        if (rsa_init(&r, parts) && rsa_complete(&r))
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
    key = public_half(&blob, err);
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

/* The point as 04 x y into out, POINT_MAX bytes; its length, or 0.  Where given
 * is empty it is the scalar times the base. */
static size_t ec_point(const char *group_name, struct wire_bytes given,
                       const BIGNUM *scalar, uint8_t *out)
{
    EC_GROUP *group = EC_GROUP_new_by_curve_name(OBJ_txt2nid(group_name));
    EC_POINT *q = group != NULL ? EC_POINT_new(group) : NULL;
    size_t len = 0;

    if (q != NULL &&
        (given.len == 0
             ? EC_POINT_mul(group, q, scalar, NULL, NULL, NULL)
             : EC_POINT_oct2point(group, q, given.data, given.len, NULL)) == 1)
        len = EC_POINT_point2oct(group, q, POINT_CONVERSION_UNCOMPRESSED, out,
                                 POINT_MAX, NULL);
    ERR_clear_error();
    EC_POINT_free(q);
    EC_GROUP_free(group);
    return len;
}

struct sshkey *sshkey_make_ecdsa(const char *name, struct wire_bytes point,
                                 struct wire_bytes scalar, struct err *err)
{
    const struct sshkey_type *type = sshkey_type_named(name);
    struct sshkey *key = NULL;
    uint8_t q[POINT_MAX];
    BIGNUM *d = NULL;

    assert(type != NULL && type->family == SSHKEY_ECDSA);
    if (scalar.len <= SCALAR_MAX)
        d = secret_number(scalar);
    if (d == NULL)
        return mismatch(NULL, err);
    if (point.len == 0 || point.data[0] != POINT_CONVERSION_UNCOMPRESSED)
        point = (struct wire_bytes){ q, ec_point(type->group, point, d, q) };
    if ((key = ecdsa_public(type, point, err)) != NULL)
        key->pkey = ec_pkey(type->group, point, d);
    BN_clear_free(d);
    if (key == NULL || key->pkey != NULL)
        return key;
    return mismatch(key, err);
}

/* ---- EdDSA ---- */

/* Derives the public half into derived and compares it, if one is given. */
static EVP_PKEY *eddsa_pkey(const struct sshkey_type *type,
                            struct wire_bytes public, struct wire_bytes seed,
                            uint8_t derived[EDDSA_MAX])
{
    size_t len = EDDSA_MAX;
    EVP_PKEY *pkey = NULL;

    if (seed.len == type->raw)
        pkey = EVP_PKEY_new_raw_private_key_ex(NULL, type->kind, NULL,
                                               seed.data, seed.len);
    if (pkey == NULL)
        return NULL;
    if (EVP_PKEY_get_raw_public_key(pkey, derived, &len) == 1 &&
        len == type->raw &&
        (public.len == 0 ||
         (public.len == len && memcmp(public.data, derived, len) == 0)))
        return pkey;
    EVP_PKEY_free(pkey);
    return NULL;
}

struct sshkey *sshkey_make_eddsa(const char *name, struct wire_bytes public,
                                 struct wire_bytes seed, struct err *err)
{
    const struct sshkey_type *type = sshkey_type_named(name);
    uint8_t derived[EDDSA_MAX];
    struct buf blob = { 0 };
    struct sshkey *key;
    EVP_PKEY *pkey;

    assert(type != NULL && type->family == SSHKEY_EDDSA);
    if ((pkey = eddsa_pkey(type, public, seed, derived)) == NULL)
        return mismatch(NULL, err);
    wire_put_cstr(&blob, type->name);
    wire_put_string(&blob, derived, type->raw);
    key = sshkey_from_blob(blob.data, blob.len, err);
    buf_free(&blob);
    if (key != NULL)
        key->pkey = pkey;
    else
        EVP_PKEY_free(pkey);
    return key;
}
