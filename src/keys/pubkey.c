/*
 * pubkey.c - any public key blob, judged.
 *
 * A blob is a row of fields that tell their own length, so its end is known
 * before it is complete; that makes it safe to put a broken key together.
 */
#include "keys/pubkey.h"

#include <stdio.h>
#include <string.h>
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "keys/sshcert.h"
#include "keys/sshkey.h"

#define TOKEN_SUFFIX "@openssh.com"
/* FIPS 186: p of DSA; SSH has 1024 bits only (RFC 4253 section 6.6). */
#define DSA_BYTES_MAX (3072 / 8)
#define RSA_BITS_GOOD 2048

/* Fields behind the type: 's' a string or an mpint, '4' and '8' integers. */
#define CERT_FIELDS "84ss88sssss"

/* clang-format off */
static const struct layout {
    const char *type, *fields;
} layouts[] = {
    { "ssh-ed25519",         "s" },
    { "ssh-rsa",             "ss" },
    { "ecdsa-sha2-nistp256", "ss" },
    { "ecdsa-sha2-nistp384", "ss" },
    { "ecdsa-sha2-nistp521", "ss" },
    { "sk-ssh-ed25519" TOKEN_SUFFIX,         "ss" },
    { "sk-ecdsa-sha2-nistp256" TOKEN_SUFFIX, "sss" },
    { "ssh-ed448",           "s" },
    { "ssh-dss",             "ssss" },
};
/* clang-format on */

/* ---- types and lengths ---- */

static bool copy_type(struct wire_bytes name, char out[PUBKEY_TYPE_MAX])
{
    if (name.len >= PUBKEY_TYPE_MAX ||
        memchr(name.data, '\0', name.len) != NULL)
        return false;
    memcpy(out, name.data, name.len);
    out[name.len] = '\0';
    return true;
}

/* *certified: the fields are those of a certificate, with a nonce before. */
static const struct layout *layout_of(struct wire_bytes name, bool *certified)
{
    char type[PUBKEY_TYPE_MAX], plain[SSHCERT_ALGORITHM_MAX];

    if (!copy_type(name, type))
        return NULL;
    sshcert_plain_algorithm(type, plain);
    *certified = strcmp(plain, type) != 0;
    for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++)
        if (strcmp(layouts[i].type, plain) == 0)
            return &layouts[i];
    return NULL;
}

bool pubkey_is_type(struct wire_bytes name)
{
    char type[PUBKEY_TYPE_MAX];
    bool certified;

    if (!copy_type(name, type))
        return false;
    text_lower(type);
    name.data = (const uint8_t *)type;
    return layout_of(name, &certified) != NULL;
}

/* The bytes of a field that begins here, as far as they can be known. */
static size_t field_length(struct wire *w, char field)
{
    uint32_t n;

    if (field != 's')
        return (size_t)(field - '0');
    n = w->left < 4 ? 0 : wire_u32(w);
    return n < PUBKEY_BLOB_MAX ? n : PUBKEY_BLOB_MAX;
}

/* Go past the fields; false where the blob must be *need bytes long first. */
static bool skip_fields(struct wire *w, const char *fields, size_t len,
                        size_t *need)
{
    for (; *fields != '\0'; fields++) {
        size_t at = len - w->left, head = *fields == 's' ? 4 : 0;
        size_t n = field_length(w, *fields);

        *need = at + head + n;
        if (*need > len)
            return false;
        wire_raw(w, n);
    }
    return true;
}

size_t pubkey_blob_length(const uint8_t *start, size_t len)
{
    const struct layout *layout;
    struct wire_bytes type;
    bool certified;
    struct wire w;
    size_t need = 0;

    wire_init(&w, start, len);
    if (!skip_fields(&w, "s", len, &need))
        return need < PUBKEY_TYPE_MAX ? need : 0;
    type = (struct wire_bytes){ start + 4, need - 4 };
    if ((layout = layout_of(type, &certified)) == NULL)
        return 0;
    if ((!certified || skip_fields(&w, "s", len, &need)) &&
        skip_fields(&w, layout->fields, len, &need) && certified)
        skip_fields(&w, CERT_FIELDS, len, &need);
    return need <= PUBKEY_BLOB_MAX ? need : 0;
}

/* ---- judgement ---- */

static void refuse(struct pubkey *key, const char *why)
{
    key->standing = PUBKEY_REFUSED;
    key->why = why;
}

static bool parse_dsa(struct pubkey *key, const uint8_t *blob, size_t len,
                      struct err *err)
{
    struct wire_bytes p;
    struct wire w;

    wire_init(&w, blob, len);
    wire_string(&w); /* type */
    p = wire_mpint(&w, DSA_BYTES_MAX);
    for (unsigned i = 0; i < 3; i++)
        wire_mpint(&w, DSA_BYTES_MAX); /* q, g, y */
    if (!wire_done(&w) || p.len == 0)
        return err_set(err, ERR_FORMAT, "damaged DSA public key");
    key->bits = (unsigned)p.len * 8;
    for (unsigned top = p.data[0]; (top & 0x80) == 0; top <<= 1)
        key->bits--;
    buf_put(&key->plain, blob, len);
    snprintf(key->kind, sizeof key->kind, "DSA");
    refuse(key,
           "OpenSSH's servers refuse DSA keys since 2015; " SSHKEY_NEW_KEY);
    return true;
}

static void judge(struct pubkey *key, const struct sshkey *sk)
{
    struct err ignored;

    if (!sshkey_may_login(sk, &ignored)) {
        refuse(key,
               "OpenSSH's servers do not take Ed448 keys; " SSHKEY_NEW_KEY);
    } else if (strcmp(sshkey_type(sk), "ssh-rsa") == 0 &&
               key->bits < RSA_BITS_GOOD) {
        key->standing = PUBKEY_WEAK;
        key->why = "RSA keys of less than 2048 bits are weak, and many "
                   "servers refuse them; " SSHKEY_NEW_KEY;
    }
}

static void take_key(struct pubkey *key, const struct sshkey *sk,
                     const char *suffix)
{
    const uint8_t *blob;
    size_t len;

    blob = sshkey_blob(sk, &len);
    buf_put(&key->plain, blob, len);
    key->bits = sshkey_bits(sk);
    snprintf(key->kind, sizeof key->kind, "%s%s", sshkey_kind(sk), suffix);
}

static bool parse_key(struct pubkey *key, const uint8_t *blob, size_t len,
                      struct err *err)
{
    struct sshkey *sk = sshkey_from_blob(blob, len, err);

    if (sk == NULL)
        return false;
    take_key(key, sk, "");
    judge(key, sk);
    sshkey_free(sk);
    return true;
}

static bool parse_certificate(struct pubkey *key, const uint8_t *blob,
                              size_t len, struct err *err)
{
    struct sshcert *cert = sshcert_from_blob(blob, len, err);

    if (cert == NULL)
        return false;
    take_key(key, cert->key, "-CERT");
    refuse(key, "a certificate lets nobody in from here: put in its key "
                "instead, or its authority's with the option cert-authority");
    sshcert_free(cert);
    return true;
}

static bool parse(struct pubkey *key, const uint8_t *blob, size_t len,
                  struct err *err)
{
    sshkey_blob_type(blob, len, key->type, sizeof key->type);
    if (strcmp(key->type, "ssh-dss") == 0)
        return parse_dsa(key, blob, len, err);
    if (sshcert_is_blob(blob, len))
        return parse_certificate(key, blob, len, err);
    return parse_key(key, blob, len, err);
}

bool pubkey_from_blob(struct pubkey *out, const uint8_t *blob, size_t len,
                      struct err *err)
{
    memset(out, 0, sizeof *out);
    if (!parse(out, blob, len, err)) {
        pubkey_free(out);
        return false;
    }
    buf_put(&out->blob, blob, len);
    return true;
}

void pubkey_free(struct pubkey *key)
{
    buf_free(&key->blob);
    buf_free(&key->plain);
}
