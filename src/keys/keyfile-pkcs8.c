/*
 * keyfile-pkcs8.c - PKCS#8 (RFC 5958), plain or encrypted (RFC 8018).
 *
 * Encryption is libcrypto's; what it is asked to do is looked at first, since
 * the file sets the cost of the key derivation.
 */
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>
#include <string.h>
#include "base/err.h"
#include "base/secret.h"
#include "keys/keyfile-der.h"
#include "keys/keyfile-format.h"
#include "keys/keyfile-scrypt.h"
#include "keys/keyfile.h"
#include "keys/sshkey.h"

#define ENCRYPTED "ENCRYPTED PRIVATE KEY"
#define PLAIN     "PRIVATE KEY"

struct pkcs8 {
    struct secret *raw;
    X509_SIG *envelope;  /* NULL: not encrypted */
    uint32_t iterations; /* of its key derivation; 0: scrypt */
};

static void close_pkcs8(struct pkcs8 *p8)
{
    X509_SIG_free(p8->envelope);
    secret_free(p8->raw);
}

static bool too_costly(const struct keyfile_text *text, const char *what,
                       unsigned long limit, struct err *err)
{
    return err_set(err, ERR_LIMIT,
                   "%s: the key derivation of this private key asks for more "
                   "%s than the limit of %lu; save it again with less:",
                   text->name, what, limit) ||
           err_command(err, "openssl pkcs8 -topk8 -in", text->name, "-out KEY");
}

static bool unsupported(const struct keyfile_text *text, int nid,
                        struct err *err)
{
    const char *name = nid != NID_undef ? OBJ_nid2ln(nid) : NULL;

    return err_set(err, ERR_UNSUPPORTED,
                   "%s: this private key is encrypted with %s, which is not "
                   "supported; save it again with:",
                   text->name, name != NULL ? name : "an unknown algorithm") ||
           err_command(err,
                       "openssl pkcs8 -provider legacy -provider default "
                       "-topk8 -v2 aes-256-cbc -in",
                       text->name, "-out KEY");
}

static bool cipher_exists(int nid)
{
    const char *name = nid != NID_undef ? OBJ_nid2sn(nid) : NULL;
    EVP_CIPHER *c = name != NULL ? EVP_CIPHER_fetch(NULL, name, NULL) : NULL;

    EVP_CIPHER_free(c);
    ERR_clear_error();
    return c != NULL;
}

static bool take_iterations(const struct keyfile_text *text, struct pkcs8 *p8,
                            const ASN1_INTEGER *count, struct err *err)
{
    uint64_t n;

    if (ASN1_INTEGER_get_uint64(&n, count) != 1 || n == 0)
        return keyfile_damaged(text, "its key derivation", err);
    if (n > text->limits->pbkdf_iterations)
        return too_costly(text, "iterations", text->limits->pbkdf_iterations,
                          err);
    p8->iterations = (uint32_t)n;
    return true;
}

static bool check_pbkdf2(const struct keyfile_text *text, struct pkcs8 *p8,
                         const X509_ALGOR *kdf, struct err *err)
{
    PBKDF2PARAM *p =
        ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBKDF2PARAM), kdf->parameter);
    int prf = NID_hmacWithSHA1;
    bool good;

    if (p == NULL)
        return keyfile_damaged(text, "its key derivation", err);
    if (p->prf != NULL)
        prf = OBJ_obj2nid(p->prf->algorithm);
    good = EVP_PBE_find(EVP_PBE_TYPE_PRF, prf, NULL, NULL, NULL) == 1
               ? take_iterations(text, p8, p->iter, err)
               : unsupported(text, prf, err);
    PBKDF2PARAM_free(p);
    return good;
}

static bool check_pbes2(const struct keyfile_text *text, struct pkcs8 *p8,
                        const X509_ALGOR *alg, struct err *err)
{
    PBE2PARAM *p =
        ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBE2PARAM), alg->parameter);
    int kdf, cipher;
    bool good;

    if (p == NULL)
        return keyfile_damaged(text, "its encryption header", err);
    kdf = OBJ_obj2nid(p->keyfunc->algorithm);
    cipher = OBJ_obj2nid(p->encryption->algorithm);
    if (!cipher_exists(cipher))
        good = unsupported(text, cipher, err);
    else if (kdf == NID_id_pbkdf2)
        good = check_pbkdf2(text, p8, p->keyfunc, err);
    else if (kdf == NID_id_scrypt)
        good = keyfile_scrypt_check(text, p->keyfunc, err);
    else
        good = unsupported(text, kdf, err);
    PBE2PARAM_free(p);
    return good;
}

/* PKCS#5 v1.5 and PKCS#12: one algorithm names cipher, hash and all. */
static bool check_pbes1(const struct keyfile_text *text, struct pkcs8 *p8,
                        const X509_ALGOR *alg, struct err *err)
{
    int nid = OBJ_obj2nid(alg->algorithm), cipher = NID_undef;
    PBEPARAM *p;
    bool good;

    if (EVP_PBE_find(EVP_PBE_TYPE_OUTER, nid, &cipher, NULL, NULL) != 1 ||
        !cipher_exists(cipher))
        return unsupported(text, nid, err);
    p = ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBEPARAM), alg->parameter);
    if (p == NULL)
        return keyfile_damaged(text, "its encryption header", err);
    good = take_iterations(text, p8, p->iter, err);
    PBEPARAM_free(p);
    return good;
}

static bool open_envelope(const struct keyfile_text *text, struct pkcs8 *p8,
                          struct err *err)
{
    const unsigned char *at = p8->raw->data;
    const X509_ALGOR *alg;

    p8->envelope = d2i_X509_SIG(NULL, &at, (long)p8->raw->len);
    if (p8->envelope == NULL || at != p8->raw->data + p8->raw->len)
        return keyfile_damaged(text, "its ASN.1 structure", err);
    X509_SIG_get0(p8->envelope, &alg, NULL);
    if (OBJ_obj2nid(alg->algorithm) == NID_pbes2)
        return check_pbes2(text, p8, alg, err);
    return check_pbes1(text, p8, alg, err);
}

/* If true the caller closes p8. */
static bool open_pkcs8(const struct keyfile_text *text, struct pkcs8 *p8,
                       struct err *err)
{
    bool encrypted = keyfile_begins(text->rest, "-----BEGIN " ENCRYPTED);
    struct wire_bytes body;

    memset(p8, 0, sizeof *p8);
    if (keyfile_body(text, encrypted ? ENCRYPTED : PLAIN, &body, err) &&
        (p8->raw = keyfile_base64(text, body, err)) != NULL &&
        (!encrypted || open_envelope(text, p8, err)))
        return true;
    ERR_clear_error();
    close_pkcs8(p8);
    return false;
}

static bool start(const struct pkcs8 *p8, const X509_ALGOR *alg,
                  const struct secret *passphrase, EVP_CIPHER_CTX *ctx)
{
    if (p8->iterations == 0)
        return keyfile_scrypt_start(alg, passphrase, ctx);
    return EVP_PBE_CipherInit(alg->algorithm, (const char *)passphrase->data,
                              (int)passphrase->len, alg->parameter, ctx,
                              0) == 1;
}

/*
 * NULL if the padding is wrong.  Straight into the secret: PKCS12_pbe_crypt()
 * gives memory to copy from, and where functions are bound when they are first
 * called, the dynamic linker keeps the copy's registers on the stack.
 */
static struct secret *decrypt(const struct pkcs8 *p8,
                              const struct secret *passphrase)
{
    EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    const ASN1_OCTET_STRING *text;
    const X509_ALGOR *alg;
    struct secret *plain;
    int len, n = 0, rest = 0;

    X509_SIG_get0(p8->envelope, &alg, &text);
    len = ASN1_STRING_length(text);
    plain = secret_new((size_t)len + EVP_MAX_BLOCK_LENGTH);
    if (ctx != NULL && start(p8, alg, passphrase, ctx) &&
        EVP_CipherUpdate(ctx, plain->data, &n, ASN1_STRING_get0_data(text),
                         len) == 1 &&
        EVP_CipherFinal_ex(ctx, plain->data + n, &rest) == 1) {
        plain->len = (size_t)n + (size_t)rest;
    } else {
        secret_free(plain);
        plain = NULL;
    }
    EVP_CIPHER_CTX_free(ctx);
    return plain;
}

static struct sshkey *read_encrypted(const struct keyfile_text *text,
                                     const struct pkcs8 *p8,
                                     const struct secret *passphrase,
                                     struct err *err)
{
    struct secret *plain = decrypt(p8, passphrase);
    struct sshkey *key = NULL;

    if (plain != NULL && keyfile_der_trim(plain, 0))
        key = keyfile_der_key(text, plain, err);
    else
        keyfile_wrong_passphrase(text, err);
    ERR_clear_error();
    secret_free(plain);
    return key;
}

bool keyfile_pkcs8_inspect(const struct keyfile_text *text,
                           struct keyfile_info *out, struct err *err)
{
    struct pkcs8 p8;

    if (!open_pkcs8(text, &p8, err))
        return false;
    out->encrypted = p8.envelope != NULL;
    out->pbkdf2_iterations = p8.iterations;
    if (!out->encrypted)
        out->public =
            keyfile_der_public(keyfile_der_key(text, p8.raw, err), err);
    close_pkcs8(&p8);
    return out->encrypted || out->public != NULL;
}

struct sshkey *keyfile_pkcs8_decode(const struct keyfile_text *text,
                                    const struct secret *passphrase,
                                    struct buf *remark, struct err *err)
{
    struct sshkey *key = NULL;
    struct pkcs8 p8;

    (void)remark; /* the format has none */
    if (!open_pkcs8(text, &p8, err))
        return NULL;
    if (p8.envelope == NULL)
        key = keyfile_der_key(text, p8.raw, err);
    else if (passphrase == NULL)
        keyfile_needs_passphrase(text, err);
    else
        key = read_encrypted(text, &p8, passphrase, err);
    close_pkcs8(&p8);
    return key;
}
