/*
 * sshkey-fingerprint.c - fingerprints, shown and compared.
 *
 * People paste what their provider's console, ssh-keygen or PuTTY printed, so
 * any word of the text may be the fingerprint.
 */
#include "keys/sshkey.h"

#include <openssl/evp.h>
#include <string.h>
#include "base/base64.h"
#include "base/buf.h"
#include "base/text.h"
#include "keys/randomart.h"

#define SHA256_BYTES 32
#define MD5_BYTES    16
/* SHA-256 as hex pairs with colons, with its prefix and NUL. */
#define WORD_MAX 128

static bool digest(const char *algorithm, const uint8_t *blob, size_t len,
                   uint8_t *out, size_t size)
{
    size_t made = 0;

    return EVP_Q_digest(NULL, algorithm, NULL, blob, len, out, &made) == 1 &&
           made == size;
}

/* clang-format off */
static const struct form {
    const char *digest; /* libcrypto's name */
    size_t bytes;
    const char *prefix;
    bool hex;
} forms[] = {
    [SSHKEY_SHA256]     = { "SHA2-256", SHA256_BYTES, "SHA256:", false },
    [SSHKEY_MD5]        = { "MD5",      MD5_BYTES,    "MD5:",    true },
    [SSHKEY_SHA256_HEX] = { "SHA2-256", SHA256_BYTES, "",        true },
};
/* clang-format on */

/* "0a:67:64:..." */
static void put_hex(struct buf *out, const uint8_t *hash, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_printf(out, i == 0 ? "%02x" : ":%02x", hash[i]);
}

/* Zeros if libcrypto has no such digest (MD5 under FIPS 140). */
static size_t hash_of(const struct form *f, const uint8_t *blob, size_t len,
                      uint8_t hash[SHA256_BYTES])
{
    memset(hash, 0, SHA256_BYTES);
    digest(f->digest, blob, len, hash, f->bytes);
    return f->bytes;
}

void sshkey_fingerprint_as(struct buf *out, enum sshkey_fingerprint_form form,
                           const uint8_t *blob, size_t len)
{
    const struct form *f = &forms[form];
    uint8_t hash[SHA256_BYTES];
    size_t n = hash_of(f, blob, len, hash);

    buf_put_str(out, f->prefix);
    if (f->hex)
        put_hex(out, hash, n);
    else
        base64_encode(out, hash, n, false);
}

void sshkey_fingerprint(const uint8_t *blob, size_t len,
                        char out[SSHKEY_FINGERPRINT_MAX])
{
    struct buf text = { 0 };

    sshkey_fingerprint_as(&text, SSHKEY_SHA256, blob, len);
    memcpy(out, buf_str(&text), text.len + 1);
    buf_free(&text);
}

void sshkey_randomart(struct buf *out, enum sshkey_fingerprint_form form,
                      const char *kind, unsigned bits, const uint8_t *blob,
                      size_t len)
{
    uint8_t hash[SHA256_BYTES];
    size_t n = hash_of(&forms[form], blob, len, hash);

    randomart_put(out, kind, bits, form == SSHKEY_MD5 ? "MD5" : "SHA256", hash,
                  n);
}

/* Past the prefix, letter case folded; NULL if s has another one. */
static const char *after_prefix(const char *s, const char *prefix)
{
    size_t n = strlen(prefix);
    char head[16];

    if (strlen(s) < n)
        return NULL;
    memcpy(head, s, n);
    head[n] = '\0';
    return text_same(head, prefix) ? s + n : NULL;
}

static bool is_base64_of(const char *s, const uint8_t *hash, size_t n)
{
    struct buf raw = { 0 };
    bool same = base64_decode(&raw, s, strlen(s)) && raw.len == n &&
                memcmp(raw.data, hash, n) == 0;

    buf_free(&raw);
    return same;
}

/* "0a:67:64:...": pairs, either case, colons between all of them. */
static bool is_hex_of(const char *s, const uint8_t *hash, size_t n)
{
    struct buf want = { 0 };
    bool same;

    put_hex(&want, hash, n);
    same = text_same(s, buf_str(&want));
    buf_free(&want);
    return same;
}

static bool word_matches(const char *word, const uint8_t *blob, size_t len)
{
    const char *sha256 = after_prefix(word, "SHA256:");
    const char *md5 = after_prefix(word, "MD5:");
    uint8_t hash[SHA256_BYTES];

    if (md5 == NULL) {
        if (sha256 == NULL)
            sha256 = word;
        if (digest("SHA2-256", blob, len, hash, sizeof hash) &&
            (is_base64_of(sha256, hash, sizeof hash) ||
             is_hex_of(sha256, hash, sizeof hash)))
            return true;
        md5 = word;
    }
    return digest("MD5", blob, len, hash, MD5_BYTES) &&
           is_hex_of(md5, hash, MD5_BYTES);
}

bool sshkey_fingerprint_matches(const uint8_t *blob, size_t len,
                                const char *text)
{
    static const char blanks[] = " \t\r\n";
    char word[WORD_MAX];
    size_t n;

    for (;; text += n) {
        text += strspn(text, blanks);
        if ((n = strcspn(text, blanks)) == 0)
            return false;
        if (n >= sizeof word)
            continue;
        memcpy(word, text, n);
        word[n] = '\0';
        if (word_matches(word, blob, len))
            return true;
    }
}
