#include "signer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include "base/base64.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/wire.h"

struct signer {
    EVP_PKEY *pkey;
    struct buf blob;
};

static void die(const char *path, const char *why)
{
    fprintf(stderr, "signer: %s: %s\n", path, why);
    exit(99);
}

static void read_file(const char *path, struct buf *out)
{
    FILE *f = fopen(path, "r");
    size_t got;

    if (f == NULL)
        die(path, "cannot open");
    do {
        got = fread(buf_reserve(out, 4096), 1, 4096, f);
        buf_commit(out, got);
    } while (got != 0);
    fclose(f);
}

static void load_blob(struct signer *k, const char *path)
{
    char name[4096];
    struct buf text = { 0 };
    char *start;

    snprintf(name, sizeof name, "%s.pub", path);
    read_file(name, &text);
    start = strchr((char *)(void *)text.data, ' ');
    (void)buf_str(&text);
    if (start == NULL ||
        !base64_decode(&k->blob, start + 1, strcspn(start + 1, " \n")))
        die(name, "no public key");
    buf_free(&text);
}

/* The seed within an unencrypted openssh-key-v1 file. */
static EVP_PKEY *ed25519_from(const struct buf *raw)
{
    struct wire w, inner;
    struct wire_bytes part;
    int i;

    wire_init(&w, raw->data, raw->len);
    wire_raw(&w, sizeof "openssh-key-v1");
    for (i = 0; i < 3; i++)
        wire_string(&w); /* cipher, kdf, its options */
    wire_u32(&w);
    wire_string(&w);
    part = wire_string(&w);
    wire_init(&inner, part.data, part.len);
    wire_u64(&inner); /* check words */
    wire_string(&inner);
    wire_string(&inner);
    part = wire_string(&inner);
    if (!wire_ok(&inner) || part.len != 64)
        return NULL;
    return EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, part.data, 32);
}

static EVP_PKEY *load_private(const char *path)
{
    static const char begin[] = "-----BEGIN OPENSSH PRIVATE KEY-----";
    struct buf text = { 0 }, raw = { 0 };
    EVP_PKEY *pkey;

    read_file(path, &text);
    if (strncmp(buf_str(&text), begin, sizeof begin - 1) == 0) {
        const char *body = (const char *)text.data + sizeof begin - 1;

        base64_decode(&raw, body, strcspn(body, "-"));
        pkey = ed25519_from(&raw);
    } else {
        BIO *bio = BIO_new_mem_buf(text.data, (int)text.len);

        pkey = PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);
        BIO_free(bio);
    }
    buf_free(&text);
    buf_free(&raw);
    return pkey;
}

struct signer *signer_load(const char *path)
{
    struct signer *k = mem_alloc(sizeof *k);

    load_blob(k, path);
    k->pkey = load_private(path);
    if (k->pkey == NULL)
        die(path, "no private key");
    return k;
}

void signer_free(struct signer *k)
{
    EVP_PKEY_free(k->pkey);
    buf_free(&k->blob);
    mem_free(k);
}

const struct buf *signer_blob(const struct signer *k)
{
    return &k->blob;
}

static const struct {
    const char *algorithm;
    const EVP_MD *(*digest)(void);
} digests[] = {
    { "rsa-sha2-512", EVP_sha512 },
    { "rsa-sha2-256", EVP_sha256 },
    { "ecdsa-sha2-nistp256", EVP_sha256 },
    { "ecdsa-sha2-nistp384", EVP_sha384 },
    { "ecdsa-sha2-nistp521", EVP_sha512 },
};

static void put_bignum(struct buf *out, const BIGNUM *n)
{
    uint8_t bytes[80];

    wire_put_mpint(out, bytes, (size_t)BN_bn2bin(n, bytes));
}

static void put_ecdsa(struct buf *out, const uint8_t *der, size_t len)
{
    const uint8_t *p = der;
    ECDSA_SIG *sig = d2i_ECDSA_SIG(NULL, &p, (long)len);

    put_bignum(out, ECDSA_SIG_get0_r(sig));
    put_bignum(out, ECDSA_SIG_get0_s(sig));
    ECDSA_SIG_free(sig);
}

bool signer_sign(const struct signer *k, const char *algorithm,
                 const uint8_t *data, size_t len, struct buf *sig)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    const EVP_MD *md = NULL;
    uint8_t out[2048];
    size_t n = sizeof out, i;
    bool ok;

    for (i = 0; i < sizeof digests / sizeof digests[0]; i++)
        if (strcmp(digests[i].algorithm, algorithm) == 0)
            md = digests[i].digest();
    ok = EVP_DigestSignInit(ctx, NULL, md, NULL, k->pkey) == 1 &&
         EVP_DigestSign(ctx, out, &n, data, len) == 1;
    EVP_MD_CTX_free(ctx);
    if (ok && strncmp(algorithm, "ecdsa-", 6) == 0)
        put_ecdsa(sig, out, n);
    else if (ok)
        buf_put(sig, out, n);
    return ok;
}
