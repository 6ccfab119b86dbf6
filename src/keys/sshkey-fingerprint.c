/*
 * sshkey-fingerprint.c - fingerprints, shown and compared.
 *
 * People paste what their provider's console, ssh-keygen or PuTTY printed, so
 * any word of the text may be the fingerprint.
 */
#include "keys/sshkey.h"

#include <openssl/evp.h>
#include <stdio.h>
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

/* ---- compared ---- */

#define PART_MIN 8 /* characters */

/*
 * A fingerprint's characters (have) stand for total bits, each for so many, the
 * last one perhaps for less.  Is typed the whole, its beginning or its end?
 * How many bits are in it; 0: it is not, or too short.
 */
static unsigned compare_part(const char *have, const char *typed, unsigned each,
                             unsigned total)
{
    size_t n = strlen(typed), m = strlen(have);
    unsigned bits = (unsigned)n * each;

    if (n < PART_MIN || n > m)
        return 0;
    if (strncmp(have, typed, n) == 0)
        return bits < total ? bits : total;
    return strcmp(have + m - n, typed) == 0
               ? bits - ((unsigned)m * each - total)
               : 0;
}

/* In base64; the final '=' may be there. */
static unsigned compare_base64(const char *word, const uint8_t *hash, size_t n)
{
    struct buf have = { 0 };
    char typed[WORD_MAX];
    size_t len = strlen(word);
    unsigned bits;

    while (len != 0 && word[len - 1] == '=')
        len--;
    memcpy(typed, word, len);
    typed[len] = '\0';
    base64_encode(&have, hash, n, false);
    bits = compare_part(buf_str(&have), typed, 6, (unsigned)n * 8);
    buf_free(&have);
    return bits;
}

/* In hex, either case, with colons or without. */
static unsigned compare_hex(const char *word, const uint8_t *hash, size_t n)
{
    char typed[WORD_MAX], have[2 * SHA256_BYTES + 1];
    size_t i, len = 0;

    for (; *word != '\0'; word++)
        if (*word != ':')
            typed[len++] = *word;
    typed[len] = '\0';
    text_lower(typed);
    for (i = 0; i < n; i++)
        (void)snprintf(have + 2 * i, 3, "%02x", hash[i]);
    return compare_part(have, typed, 4, (unsigned)n * 8);
}

static unsigned larger(unsigned a, unsigned b)
{
    return a > b ? a : b;
}

static unsigned compare_word(const char *word, const uint8_t *blob, size_t len)
{
    const char *sha256 = after_prefix(word, "SHA256:");
    const char *md5 = after_prefix(word, "MD5:");
    uint8_t hash[SHA256_BYTES];
    unsigned bits = 0;

    if (md5 == NULL && digest("SHA2-256", blob, len, hash, sizeof hash)) {
        const char *part = sha256 != NULL ? sha256 : word;

        bits = larger(compare_base64(part, hash, sizeof hash),
                      compare_hex(part, hash, sizeof hash));
    }
    if (sha256 == NULL && digest("MD5", blob, len, hash, MD5_BYTES))
        bits = larger(bits,
                      compare_hex(md5 != NULL ? md5 : word, hash, MD5_BYTES));
    return bits;
}

unsigned sshkey_fingerprint_compare(const uint8_t *blob, size_t len,
                                    const char *text)
{
    static const char blanks[] = " \t\r\n";
    char word[WORD_MAX];
    unsigned bits = 0;
    size_t n;

    for (;; text += n) {
        text += strspn(text, blanks);
        if ((n = strcspn(text, blanks)) == 0)
            return bits;
        if (n >= sizeof word)
            continue;
        memcpy(word, text, n);
        word[n] = '\0';
        bits = larger(bits, compare_word(word, blob, len));
    }
}
