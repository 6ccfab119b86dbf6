#include "keys/keyfile-scrypt.h"

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <stdint.h>
#include "base/err.h"
#include "base/secret.h"

enum { BLOCK = 128 }; /* bytes; RFC 7914 measures everything in these */

struct scrypt {
    SCRYPT_PARAMS *asn1; /* holds the salt */
    uint64_t n, r, p;
};

static bool get(uint64_t *to, const ASN1_INTEGER *from)
{
    return ASN1_INTEGER_get_uint64(to, from) == 1 && *to != 0;
}

/* The caller frees s->asn1, in any case. */
static bool read_scrypt(struct scrypt *s, const X509_ALGOR *kdf)
{
    s->asn1 = ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(SCRYPT_PARAMS),
                                        kdf->parameter);
    return s->asn1 != NULL && get(&s->n, s->asn1->costParameter) &&
           get(&s->r, s->asn1->blockSize) &&
           get(&s->p, s->asn1->parallelizationParameter);
}

static bool derive(const struct scrypt *s, const struct secret *passphrase,
                   struct secret *key)
{
    return EVP_PBE_scrypt((const char *)passphrase->data, passphrase->len,
                          ASN1_STRING_get0_data(s->asn1->salt),
                          (size_t)ASN1_STRING_length(s->asn1->salt), s->n, s->r,
                          s->p, UINT64_MAX, key->data, key->len) == 1;
}

/* The numbers have a form of their own: N is a power of two, and more. */
static bool is_possible(const struct scrypt *s)
{
    return EVP_PBE_scrypt(NULL, 0, NULL, 0, s->n, s->r, s->p, UINT64_MAX, NULL,
                          0) == 1;
}

static bool too_costly(const struct keyfile_text *text, const char *what,
                       unsigned long limit, struct err *err)
{
    return err_set(err, ERR_LIMIT,
                   "%s: the key derivation of this private key, scrypt, asks "
                   "for more %s than the limit of %lu; save it again with less "
                   "where it was made",
                   text->name, what, limit);
}

/* It takes r * (N + p) blocks of memory, and goes p times through r * N. */
static bool check_cost(const struct keyfile_text *text, const struct scrypt *s,
                       struct err *err)
{
    const struct keyfile_limits *limits = text->limits;
    uint64_t memory = (uint64_t)limits->scrypt_kib * 1024 / BLOCK;
    uint64_t work = (uint64_t)limits->scrypt_work * 1024 / BLOCK;

    if (s->n > memory || s->p > memory || s->r > memory / (s->n + s->p))
        return too_costly(text, "KiB of memory", limits->scrypt_kib, err);
    if (s->p > work / (s->n * s->r))
        return too_costly(text, "passes", (unsigned long)(work / (s->n * s->r)),
                          err);
    return true;
}

bool keyfile_scrypt_check(const struct keyfile_text *text,
                          const X509_ALGOR *kdf, struct err *err)
{
    struct scrypt s;
    bool good = read_scrypt(&s, kdf);

    if (!good)
        keyfile_damaged(text, "its key derivation", err);
    good =
        good && check_cost(text, &s, err) &&
        (is_possible(&s) || keyfile_damaged(text, "its key derivation", err));
    SCRYPT_PARAMS_free(s.asn1);
    return good;
}

static bool has_length(const SCRYPT_PARAMS *p, size_t len)
{
    uint64_t given;

    return p->keyLength == NULL ||
           (ASN1_INTEGER_get_uint64(&given, p->keyLength) == 1 && given == len);
}

/* ctx knows its cipher and IV. */
static bool start_derived(const X509_ALGOR *kdf,
                          const struct secret *passphrase, EVP_CIPHER_CTX *ctx)
{
    struct secret *key = secret_new((size_t)EVP_CIPHER_CTX_get_key_length(ctx));
    struct scrypt s;
    bool good;

    key->len = (size_t)EVP_CIPHER_CTX_get_key_length(ctx);
    good = read_scrypt(&s, kdf) && has_length(s.asn1, key->len) &&
           derive(&s, passphrase, key) &&
           EVP_CipherInit_ex(ctx, NULL, NULL, key->data, NULL, 0) == 1;
    SCRYPT_PARAMS_free(s.asn1);
    secret_free(key);
    return good;
}

bool keyfile_scrypt_start(const X509_ALGOR *alg,
                          const struct secret *passphrase, EVP_CIPHER_CTX *ctx)
{
    PBE2PARAM *p =
        ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBE2PARAM), alg->parameter);
    const char *name =
        p != NULL ? OBJ_nid2sn(OBJ_obj2nid(p->encryption->algorithm)) : NULL;
    EVP_CIPHER *cipher =
        name != NULL ? EVP_CIPHER_fetch(NULL, name, NULL) : NULL;
    bool good = cipher != NULL &&
                EVP_CipherInit_ex(ctx, cipher, NULL, NULL, NULL, 0) == 1 &&
                EVP_CIPHER_asn1_to_param(ctx, p->encryption->parameter) >= 0 &&
                start_derived(p->keyfunc, passphrase, ctx);

    EVP_CIPHER_free(cipher);
    PBE2PARAM_free(p);
    return good;
}
