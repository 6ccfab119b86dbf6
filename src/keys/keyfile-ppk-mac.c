/*
 * keyfile-ppk-mac.c - keys from the passphrase, and the MAC, of PuTTY's files.
 *
 * Version 3 takes one run of Argon2 and HMAC-SHA-256; versions 1 and 2 take
 * plain SHA-1 and HMAC-SHA-1.
 */
#include <assert.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <string.h>
#include "base/mem.h"
#include "base/secret.h"
#include "keys/keyfile-ppk.h"

#define AES_KEY_BYTES 32
#define AES_BYTES     (AES_KEY_BYTES + 16) /* with IV; also without cipher */
#define SHA1_BYTES    20
#define SHA256_BYTES  32
#define DERIVED_MAX   (AES_BYTES + SHA256_BYTES)
#define MAC_KEY_LABEL "putty-private-key-file-mac-key"

/* SHA-1 of a label and the passphrase, which may be NULL. */
static bool sha1(const void *label, size_t len, const struct secret *passphrase,
                 uint8_t *out)
{
    EVP_MD *md = EVP_MD_fetch(NULL, "SHA1", NULL);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool good =
        md != NULL && ctx != NULL && EVP_DigestInit_ex2(ctx, md, NULL) == 1 &&
        EVP_DigestUpdate(ctx, label, len) == 1 &&
        (passphrase == NULL ||
         EVP_DigestUpdate(ctx, passphrase->data, passphrase->len) == 1) &&
        EVP_DigestFinal_ex(ctx, out, NULL) == 1;

    EVP_MD_CTX_free(ctx);
    EVP_MD_free(md);
    return good;
}

/* The IV stays zero. */
static bool derive_sha1(const struct secret *passphrase, struct secret *out)
{
    static const uint8_t labels[][4] = { { 0, 0, 0, 0 }, { 0, 0, 0, 1 } };
    struct secret *stream = secret_new(sizeof labels / 4 * SHA1_BYTES);
    bool good = sha1(labels[0], sizeof labels[0], passphrase, stream->data) &&
                sha1(labels[1], sizeof labels[1], passphrase,
                     stream->data + SHA1_BYTES) &&
                sha1(MAC_KEY_LABEL, strlen(MAC_KEY_LABEL), passphrase,
                     out->data + AES_BYTES);

    memcpy(out->data, stream->data, AES_KEY_BYTES);
    secret_free(stream);
    out->len = AES_BYTES + SHA1_BYTES;
    return good;
}

struct secret *ppk_derive(const struct ppk *ppk,
                          const struct secret *passphrase)
{
    struct secret *out = secret_new(DERIVED_MAX);
    bool good = true;

    if (ppk->version < 3) {
        good = derive_sha1(ppk_is_encrypted(ppk) ? passphrase : NULL, out);
    } else if (!ppk_is_encrypted(ppk)) {
        out->len = AES_BYTES; /* and an empty key for the MAC */
    } else {
        out->len = DERIVED_MAX;
        good = keyfile_argon2(&ppk->argon2, passphrase, out->data, out->len);
    }
    if (good)
        return out;
    ERR_clear_error();
    secret_free(out);
    return NULL;
}

static bool add_string(EVP_MAC_CTX *ctx, const void *p, size_t n)
{
    uint8_t len[4] = { (uint8_t)(n >> 24), (uint8_t)(n >> 16),
                       (uint8_t)(n >> 8), (uint8_t)n };

    return EVP_MAC_update(ctx, len, sizeof len) == 1 &&
           EVP_MAC_update(ctx, p, n) == 1;
}

/* From version 2 on nothing in the file can be changed unnoticed. */
static bool add_all(EVP_MAC_CTX *ctx, const struct ppk *ppk,
                    struct wire_bytes comment, const struct secret *plain)
{
    if (ppk->version == 1)
        return EVP_MAC_update(ctx, plain->data, plain->len) == 1;
    return add_string(ctx, ppk->algorithm.data, ppk->algorithm.len) &&
           add_string(ctx, ppk->encryption.data, ppk->encryption.len) &&
           add_string(ctx, comment.data, comment.len) &&
           add_string(ctx, ppk->public.data, ppk->public.len) &&
           add_string(ctx, plain->data, plain->len);
}

static bool hmac(const struct ppk *ppk, const struct secret *derived,
                 struct wire_bytes comment, const struct secret *plain,
                 uint8_t out[PPK_MAC_MAX])
{
    EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    EVP_MAC_CTX *ctx = mac != NULL ? EVP_MAC_CTX_new(mac) : NULL;
    char sha1_name[] = "SHA1", sha256_name[] = "SHA256";
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(
            OSSL_MAC_PARAM_DIGEST, ppk->version < 3 ? sha1_name : sha256_name,
            0),
        OSSL_PARAM_construct_end(),
    };
    size_t len;
    bool good = ctx != NULL &&
                EVP_MAC_init(ctx, derived->data + AES_BYTES,
                             derived->len - AES_BYTES, params) == 1 &&
                add_all(ctx, ppk, comment, plain) &&
                EVP_MAC_final(ctx, out, &len, PPK_MAC_MAX) == 1 &&
                len == ppk->mac_len;

    EVP_MAC_CTX_free(ctx);
    EVP_MAC_free(mac);
    return good;
}

bool ppk_mac(struct ppk *ppk, const struct secret *derived,
             const struct secret *plain)
{
    ppk->mac_len = ppk->version < 3 ? SHA1_BYTES : SHA256_BYTES;
    return hmac(ppk, derived, ppk->comment, plain, ppk->mac);
}

static bool matches(const struct ppk *ppk, const struct secret *derived,
                    struct wire_bytes comment, const struct secret *plain)
{
    uint8_t mac[PPK_MAC_MAX];
    bool good = ppk->keyless ? sha1(plain->data, plain->len, NULL, mac)
                             : hmac(ppk, derived, comment, plain, mac);

    if (!good)
        ERR_clear_error();
    good = good && mem_equal_ct(mac, ppk->mac, ppk->mac_len);
    mem_wipe(mac, sizeof mac);
    return good;
}

/*
 * Blanks at the end of the comment may belong to it, or have come on the way
 * as on any line.
 */
bool ppk_mac_matches(struct ppk *ppk, const struct secret *derived,
                     const struct secret *plain)
{
    struct wire_bytes trimmed = ppk_trimmed_comment(ppk);

    assert(derived->len >= AES_BYTES);
    if (matches(ppk, derived, ppk->comment, plain))
        return true;
    if (trimmed.len == ppk->comment.len ||
        !matches(ppk, derived, trimmed, plain))
        return false;
    ppk->comment = trimmed;
    return true;
}
