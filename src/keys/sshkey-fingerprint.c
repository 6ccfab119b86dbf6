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

void sshkey_fingerprint(const uint8_t *blob, size_t len,
                        char out[SSHKEY_FINGERPRINT_MAX])
{
    uint8_t hash[SHA256_BYTES] = { 0 };
    struct buf text = { 0 };

    digest("SHA2-256", blob, len, hash, sizeof hash);
    buf_put_str(&text, "SHA256:");
    base64_encode(&text, hash, sizeof hash, false);
    memcpy(out, buf_str(&text), text.len + 1);
    buf_free(&text);
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
    static const char digits[] = "0123456789abcdef";
    char want[3 * SHA256_BYTES];

    for (size_t i = 0; i < n; i++) {
        want[3 * i] = digits[hash[i] >> 4];
        want[3 * i + 1] = digits[hash[i] & 15];
        want[3 * i + 2] = i + 1 < n ? ':' : '\0';
    }
    return text_same(s, want);
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
