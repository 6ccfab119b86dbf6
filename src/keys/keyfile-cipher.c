/* keyfile-cipher.c - the ciphers of private key files, both ways. */
#include "keys/keyfile-cipher.h"

#include <assert.h>
#include <limits.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <string.h>
#include "base/mem.h"
#include "base/secret.h"

#define CHACHA_KEY_BYTES  32
#define CHACHA_IV_BYTES   16 /* libcrypto's: block counter, then nonce */
#define POLY_KEY_BYTES    32
#define POLY_TAG_BYTES    16
#define CHACHAPOLY_CIPHER "ChaCha20"

/* clang-format off */
static const struct keyfile_cipher ciphers[] = {
    { "none",       NULL,           0,  0,  8,  0 },
    { "aes256-ctr", "AES-256-CTR",  32, 16, 16, 0 },
    { "aes192-ctr", "AES-192-CTR",  24, 16, 16, 0 },
    { "aes128-ctr", "AES-128-CTR",  16, 16, 16, 0 },
    { "aes256-cbc", "AES-256-CBC",  32, 16, 16, 0 },
    { "aes192-cbc", "AES-192-CBC",  24, 16, 16, 0 },
    { "aes128-cbc", "AES-128-CBC",  16, 16, 16, 0 },
    { "3des-cbc",   "DES-EDE3-CBC", 24, 8,  8,  0 },
    { "aes256-gcm@openssh.com", "AES-256-GCM", 32, 12, 16, 16 },
    { "aes128-gcm@openssh.com", "AES-128-GCM", 16, 12, 16, 16 },
    /* 64 bytes of key: the second half is for packet lengths only. */
    { "chacha20-poly1305@openssh.com", CHACHAPOLY_CIPHER,
                                    64, 0,  8,  POLY_TAG_BYTES },
};
/* clang-format on */

const struct keyfile_cipher *keyfile_cipher_named(struct wire_bytes name)
{
    for (size_t i = 0; i < sizeof ciphers / sizeof ciphers[0]; i++)
        if (wire_is(name, ciphers[i].name))
            return &ciphers[i];
    return NULL;
}

static bool is_chachapoly(const struct keyfile_cipher *c)
{
    return c->algorithm != NULL && strcmp(c->algorithm, CHACHAPOLY_CIPHER) == 0;
}

/* tag is read to decrypt and written to encrypt. */
struct way {
    const char *algorithm;
    const uint8_t *key, *iv;
    uint8_t *tag;
    size_t tag_len;
    bool encrypt;
};

/* What libcrypto has whole; out has room for text.len bytes. */
static bool run_cipher(const struct way *way, struct wire_bytes text,
                       uint8_t *out)
{
    EVP_CIPHER *cipher = EVP_CIPHER_fetch(NULL, way->algorithm, NULL);
    EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    int tag_len = (int)way->tag_len, n, rest;
    bool good;

    good = cipher != NULL && ctx != NULL && text.len <= INT_MAX &&
           EVP_CipherInit_ex2(ctx, cipher, way->key, way->iv, way->encrypt,
                              NULL) == 1 &&
           EVP_CIPHER_CTX_set_padding(ctx, 0) == 1 &&
           (tag_len == 0 || way->encrypt ||
            EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG, tag_len,
                                way->tag) == 1) &&
           EVP_CipherUpdate(ctx, out, &n, text.data, (int)text.len) == 1 &&
           EVP_CipherFinal_ex(ctx, out + n, &rest) == 1 &&
           (size_t)n + (size_t)rest == text.len &&
           (tag_len == 0 || !way->encrypt ||
            EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_GET_TAG, tag_len,
                                way->tag) == 1);
    EVP_CIPHER_CTX_free(ctx);
    EVP_CIPHER_free(cipher);
    return good;
}

static bool poly1305(const uint8_t key[POLY_KEY_BYTES], struct wire_bytes text,
                     uint8_t mac[POLY_TAG_BYTES])
{
    EVP_MAC *poly = EVP_MAC_fetch(NULL, "POLY1305", NULL);
    EVP_MAC_CTX *ctx = poly != NULL ? EVP_MAC_CTX_new(poly) : NULL;
    size_t len = 0;
    bool good = ctx != NULL &&
                EVP_MAC_init(ctx, key, POLY_KEY_BYTES, NULL) == 1 &&
                EVP_MAC_update(ctx, text.data, text.len) == 1 &&
                EVP_MAC_final(ctx, mac, &len, POLY_TAG_BYTES) == 1 &&
                len == POLY_TAG_BYTES;

    EVP_MAC_CTX_free(ctx);
    EVP_MAC_free(poly);
    return good;
}

/*
 * OpenSSH's PROTOCOL.chacha20poly1305 with sequence number 0 and no packet
 * length: block 0 of the stream is the MAC's key, the text starts at block 1.
 */
static bool run_chachapoly(const struct way *way, struct wire_bytes text,
                           uint8_t *out)
{
    static const uint8_t zeros[POLY_KEY_BYTES];
    static const struct wire_bytes block = { zeros, sizeof zeros };
    uint8_t iv[CHACHA_IV_BYTES] = { 0 }, poly_key[POLY_KEY_BYTES];
    const struct way stream = { .algorithm = CHACHAPOLY_CIPHER,
                                .key = way->key,
                                .iv = iv,
                                .encrypt = true };
    uint8_t mac[POLY_TAG_BYTES];
    bool good = run_cipher(&stream, block, poly_key);

    iv[0] = 1;
    if (way->encrypt)
        good =
            good && run_cipher(&stream, text, out) &&
            poly1305(poly_key, (struct wire_bytes){ out, text.len }, way->tag);
    else
        good = good && poly1305(poly_key, text, mac) &&
               mem_equal_ct(mac, way->tag, POLY_TAG_BYTES) &&
               run_cipher(&stream, text, out);
    mem_wipe(poly_key, sizeof poly_key);
    mem_wipe(mac, sizeof mac);
    return good;
}

static bool run(const struct keyfile_cipher *c, const struct way *way,
                struct wire_bytes text, uint8_t *out)
{
    bool good = true;

    if (c->algorithm == NULL)
        memcpy(out, text.data, text.len);
    else if (is_chachapoly(c))
        good = run_chachapoly(way, text, out);
    else
        good = run_cipher(way, text, out);
    if (!good)
        ERR_clear_error();
    return good;
}

struct secret *keyfile_cipher_decrypt(const struct keyfile_cipher *c,
                                      const struct secret *key,
                                      struct wire_bytes text,
                                      struct wire_bytes tag)
{
    uint8_t expected[POLY_TAG_BYTES];
    struct secret *plain = secret_new(text.len);
    struct way way = { .algorithm = c->algorithm,
                       .key = key->data,
                       .iv = key->data + c->key,
                       .tag = expected,
                       .tag_len = tag.len };

    assert(key->len >= c->key + c->iv && tag.len == c->tag);
    assert(tag.len <= sizeof expected);
    memcpy(expected, tag.data, tag.len);
    if (run(c, &way, text, plain->data)) {
        plain->len = text.len;
        return plain;
    }
    secret_free(plain);
    return NULL;
}

struct secret *keyfile_cipher_encrypt(const struct keyfile_cipher *c,
                                      const struct secret *key,
                                      const struct secret *plain)
{
    struct secret *out = secret_new(plain->len + c->tag);
    struct way way = { .algorithm = c->algorithm,
                       .key = key->data,
                       .iv = key->data + c->key,
                       .tag = out->data + plain->len,
                       .tag_len = c->tag,
                       .encrypt = true };

    assert(key->len >= c->key + c->iv);
    assert(c->algorithm == NULL || plain->len % c->block == 0);
    if (run(c, &way, (struct wire_bytes){ plain->data, plain->len },
            out->data)) {
        out->len = out->cap;
        return out;
    }
    secret_free(out);
    return NULL;
}
