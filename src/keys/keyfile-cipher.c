/* keyfile-cipher.c - decryption of OpenSSH's private sections. */
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

/* Decrypt with what libcrypto has whole; out has room for text.len bytes. */
static bool run_cipher(const char *algorithm, const uint8_t *key,
                       const uint8_t *iv, struct wire_bytes text,
                       struct wire_bytes tag, uint8_t *out)
{
    EVP_CIPHER *cipher = EVP_CIPHER_fetch(NULL, algorithm, NULL);
    EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    uint8_t expected[POLY_TAG_BYTES];
    int n, rest;
    bool good;

    assert(tag.len <= sizeof expected);
    memcpy(expected, tag.data, tag.len);
    good = cipher != NULL && ctx != NULL && text.len <= INT_MAX &&
           EVP_DecryptInit_ex2(ctx, cipher, key, iv, NULL) == 1 &&
           EVP_CIPHER_CTX_set_padding(ctx, 0) == 1 &&
           (tag.len == 0 || EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG,
                                                (int)tag.len, expected) == 1) &&
           EVP_DecryptUpdate(ctx, out, &n, text.data, (int)text.len) == 1 &&
           EVP_DecryptFinal_ex(ctx, out + n, &rest) == 1 &&
           (size_t)n + (size_t)rest == text.len;
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
static bool run_chachapoly(const uint8_t *key, struct wire_bytes text,
                           struct wire_bytes tag, uint8_t *out)
{
    static const uint8_t zeros[POLY_KEY_BYTES];
    static const struct wire_bytes block = { zeros, sizeof zeros };
    static const struct wire_bytes no_tag = { zeros, 0 };
    uint8_t iv[CHACHA_IV_BYTES] = { 0 }, poly_key[POLY_KEY_BYTES];
    uint8_t mac[POLY_TAG_BYTES];
    bool good;

    good = run_cipher(CHACHAPOLY_CIPHER, key, iv, block, no_tag, poly_key) &&
           poly1305(poly_key, text, mac) &&
           mem_equal_ct(mac, tag.data, POLY_TAG_BYTES);
    mem_wipe(poly_key, sizeof poly_key);
    mem_wipe(mac, sizeof mac);
    iv[0] = 1;
    return good && run_cipher(CHACHAPOLY_CIPHER, key, iv, text, no_tag, out);
}

struct secret *keyfile_cipher_decrypt(const struct keyfile_cipher *c,
                                      const struct secret *key,
                                      struct wire_bytes text,
                                      struct wire_bytes tag)
{
    struct secret *plain = secret_new(text.len);
    bool good;

    assert(key->len >= c->key + c->iv && tag.len == c->tag);
    if (c->algorithm == NULL) {
        memcpy(plain->data, text.data, text.len);
        good = true;
    } else if (is_chachapoly(c)) {
        good = run_chachapoly(key->data, text, tag, plain->data);
    } else {
        good = run_cipher(c->algorithm, key->data, key->data + c->key, text,
                          tag, plain->data);
    }
    if (good) {
        plain->len = text.len;
    } else {
        ERR_clear_error();
        secret_free(plain);
        plain = NULL;
    }
    return plain;
}
