/*
 * sshkey.c - public key blobs.
 *
 * Invariant: a struct sshkey holds a blob that was parsed field by field, and
 * if it has a private half, that half was proved to belong to it.
 */
#include "keys/sshkey.h"

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <string.h>
#include "base/base64.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/wire.h"
#include "keys/sshkey-priv.h"

/* Shorter ones no server takes; longer ones only cost time. */
#define RSA_BITS_MIN 1024
#define RSA_BITS_MAX 16384
/* FIPS 186-4, appendix B.3.1. */
#define RSA_E_BYTES_MAX 32

#define TYPE_MAX 64

/* clang-format off */
static const struct sshkey_type types[] = {
    { "ssh-ed25519",         "ED25519", SSHKEY_EDDSA, 256, 32, NULL, NULL },
    { "ecdsa-sha2-nistp256", "ECDSA",   SSHKEY_ECDSA, 256, 0,
      "nistp256", "prime256v1" },
    { "ecdsa-sha2-nistp384", "ECDSA",   SSHKEY_ECDSA, 384, 0,
      "nistp384", "secp384r1" },
    { "ecdsa-sha2-nistp521", "ECDSA",   SSHKEY_ECDSA, 521, 0,
      "nistp521", "secp521r1" },
    { "ssh-rsa",             "RSA",     SSHKEY_RSA,   0,   0,  NULL, NULL },
    { "ssh-ed448",           "ED448",   SSHKEY_EDDSA, 448, 57, NULL, NULL },
    { "sk-ssh-ed25519@openssh.com", "ED25519-SK", SSHKEY_SK_EDDSA, 256, 32,
      NULL, NULL },
    { "sk-ecdsa-sha2-nistp256@openssh.com", "ECDSA-SK", SSHKEY_SK_ECDSA, 256, 0,
      "nistp256", "prime256v1" },
};
/* clang-format on */

#define TYPES (sizeof types / sizeof types[0])

const struct sshkey_type *sshkey_type_named(const char *name)
{
    for (size_t i = 0; i < TYPES; i++)
        if (strcmp(types[i].name, name) == 0)
            return &types[i];
    return NULL;
}

static unsigned bits_of(struct wire_bytes n)
{
    unsigned bits = (unsigned)n.len * 8;

    if (n.len == 0)
        return 0;
    for (unsigned top = n.data[0]; (top & 0x80) == 0; top <<= 1)
        bits--;
    return bits;
}

static bool is_odd(struct wire_bytes n)
{
    return n.len != 0 && (n.data[n.len - 1] & 1) != 0;
}

static bool parse_rsa(struct wire *w, struct sshkey *key, struct err *err)
{
    struct wire_bytes e = wire_mpint(w, RSA_E_BYTES_MAX);
    struct wire_bytes n = wire_mpint(w, RSA_BITS_MAX / 8);

    key->bits = bits_of(n);
    if (!wire_done(w) || !is_odd(n) || !is_odd(e) || bits_of(e) < 2)
        return err_set(err, ERR_FORMAT, "damaged RSA public key");
    if (key->bits < RSA_BITS_MIN)
        return err_set(
            err, ERR_UNSUPPORTED,
            "an RSA key of %u bits is too short to be safe; " SSHKEY_NEW_KEY,
            key->bits);
    return true;
}

static bool on_curve(const char *group_name, struct wire_bytes point)
{
    EC_GROUP *group = EC_GROUP_new_by_curve_name(OBJ_txt2nid(group_name));
    EC_POINT *q = group != NULL ? EC_POINT_new(group) : NULL;
    bool on = q != NULL &&
              EC_POINT_oct2point(group, q, point.data, point.len, NULL) == 1 &&
              EC_POINT_is_at_infinity(group, q) == 0;

    if (!on)
        ERR_clear_error();
    EC_POINT_free(q);
    EC_GROUP_free(group);
    return on;
}

static bool parse_ecdsa(struct wire *w, struct sshkey *key, struct err *err)
{
    struct wire_bytes curve = wire_string(w), point = wire_string(w);
    size_t side = (key->type->bits + 7) / 8;

    if (key->type->family == SSHKEY_SK_ECDSA)
        wire_string(w); /* application */
    /* Compressed points are optional in RFC 5656, and nobody has them. */
    if (!wire_done(w) || !wire_is(curve, key->type->curve) ||
        point.len != 1 + 2 * side || point.data[0] != 4 ||
        !on_curve(key->type->group, point))
        return err_set(err, ERR_FORMAT, "damaged ECDSA public key");
    return true;
}

static bool parse_eddsa(struct wire *w, const struct sshkey_type *type,
                        struct err *err)
{
    struct wire_bytes point = wire_string(w);

    if (type->family == SSHKEY_SK_EDDSA)
        wire_string(w); /* application */
    if (!wire_done(w) || point.len != type->raw)
        return err_set(err, ERR_FORMAT, "damaged %s public key", type->kind);
    return true;
}

static bool parse_fields(struct wire *w, struct sshkey *key, struct err *err)
{
    switch (key->type->family) {
    case SSHKEY_RSA: return parse_rsa(w, key, err);
    case SSHKEY_ECDSA:
    case SSHKEY_SK_ECDSA: return parse_ecdsa(w, key, err);
    case SSHKEY_EDDSA:
    case SSHKEY_SK_EDDSA: return parse_eddsa(w, key->type, err);
    }
    return false;
}

static const struct sshkey_type *type_of_blob(const uint8_t *blob, size_t len,
                                              struct err *err)
{
    const struct sshkey_type *type;
    char name[TYPE_MAX];

    sshkey_blob_type(blob, len, name, sizeof name);
    if (name[0] == '\0') {
        err_set(err, ERR_FORMAT, "damaged public key: it names no type");
        return NULL;
    }
    if (strcmp(name, "ssh-dss") == 0) {
        err_set(err, ERR_UNSUPPORTED, SSHKEY_DSA_REFUSED);
        return NULL;
    }
    if ((type = sshkey_type_named(name)) == NULL)
        err_set(err, ERR_UNSUPPORTED, "keys of type %s are not supported",
                name);
    return type;
}

struct sshkey *sshkey_from_blob(const uint8_t *blob, size_t len,
                                struct err *err)
{
    const struct sshkey_type *type = type_of_blob(blob, len, err);
    struct sshkey *key;
    struct wire w;

    if (type == NULL)
        return NULL;
    key = mem_alloc(sizeof *key);
    key->type = type;
    key->bits = type->bits;
    wire_init(&w, blob, len);
    wire_string(&w);
    if (!parse_fields(&w, key, err)) {
        sshkey_free(key);
        return NULL;
    }
    buf_put(&key->blob, blob, len);
    return key;
}

void sshkey_free(struct sshkey *key)
{
    if (key == NULL)
        return;
    EVP_PKEY_free(key->pkey); /* libcrypto clears private numbers */
    buf_free(&key->blob);
    mem_free(key);
}

const char *sshkey_type(const struct sshkey *key)
{
    return key->type->name;
}

const char *sshkey_kind(const struct sshkey *key)
{
    return key->type->kind;
}

unsigned sshkey_bits(const struct sshkey *key)
{
    return key->bits;
}

bool sshkey_may_login(const struct sshkey *key, struct err *err)
{
    if (strcmp(key->type->name, "ssh-ed448") != 0)
        return true;
    return err_set(
        err, ERR_UNSUPPORTED,
        "an Ed448 key, which OpenSSH's servers do not take; " SSHKEY_NEW_KEY);
}

bool sshkey_is_private(const struct sshkey *key)
{
    return key->pkey != NULL;
}

bool sshkey_on_token(const struct sshkey *key)
{
    return key->type->family == SSHKEY_SK_EDDSA ||
           key->type->family == SSHKEY_SK_ECDSA;
}

const uint8_t *sshkey_blob(const struct sshkey *key, size_t *len)
{
    *len = key->blob.len;
    return key->blob.data;
}

/*
 * Bytes of any encoding stay as they are.  Control characters do not: they
 * would end the line, or drive the terminal of who looks at the file.
 */
static void put_comment(struct buf *out, struct wire_bytes comment)
{
    const uint8_t *p = comment.data;
    size_t n = comment.len;

    for (; n != 0; p++, n--)
        buf_put_byte(out, (*p < ' ' && *p != '\t') || *p == 0x7f ? ' ' : *p);
}

void sshkey_public_line(const struct sshkey *key, struct wire_bytes comment,
                        struct buf *out)
{
    buf_printf(out, "%s ", key->type->name);
    base64_encode(out, key->blob.data, key->blob.len, true);
    if (comment.len != 0)
        buf_put_byte(out, ' ');
    put_comment(out, comment);
}

bool sshkey_equal_public(const struct sshkey *a, const struct sshkey *b)
{
    return a->blob.len == b->blob.len &&
           memcmp(a->blob.data, b->blob.data, a->blob.len) == 0;
}

void sshkey_blob_type(const uint8_t *blob, size_t len, char *out, size_t size)
{
    struct buf clean = { 0 };
    struct wire_bytes name;
    struct wire w;

    wire_init(&w, blob, len);
    name = wire_string(&w);
    text_clean(&clean, name.data, name.len < size ? name.len : size, false);
    buf_str(&clean);
    if (size != 0) {
        if (clean.len >= size)
            clean.len = size - 1;
        memcpy(out, clean.data, clean.len);
        out[clean.len] = '\0';
        text_sanitize(out); /* a character cut in two */
    }
    buf_free(&clean);
}

const char *sshkey_library(void)
{
    return OpenSSL_version(OPENSSL_VERSION);
}
