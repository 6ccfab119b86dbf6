/*
 * keyfile-openssh.c - OpenSSH's own format (its PROTOCOL.key).
 *
 * The public half stands in clear at the beginning, so it can be offered to a
 * server before any passphrase is asked.  Two equal check words open the
 * private section: unequal ones mean a wrong passphrase, and whatever is wrong
 * behind equal ones is damage.
 */
#include <assert.h>
#include <string.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "keys/bcrypt_pbkdf.h"
#include "keys/keyfile-cipher.h"
#include "keys/keyfile-format.h"
#include "keys/keyfile.h"
#include "keys/sshcert.h"
#include "keys/sshkey-make.h"
#include "keys/sshkey.h"

#define MAGIC     "openssh-key-v1"
#define CHECK_LEN 8 /* two words */
/* RSA of 16384 bits. */
#define NUMBER_MAX (16384 / 8)

struct envelope {
    struct secret *raw; /* the file's bytes; the runs point into it */
    const struct keyfile_cipher *cipher;
    struct wire_bytes kdf, salt;
    uint32_t rounds;
    struct sshkey *public;
    struct sshcert *cert; /* that stands in place of the public key; or NULL */
    struct wire_bytes section, tag;
};

static void close_envelope(struct envelope *e)
{
    sshkey_free(e->public);
    sshcert_free(e->cert);
    secret_free(e->raw);
}

static bool is_encrypted(const struct envelope *e)
{
    assert(e->cipher != NULL);
    return e->cipher->algorithm != NULL;
}

/* The key derivation fits the cipher and does not take for ever. */
static bool check_kdf(const struct keyfile_text *text, struct envelope *e,
                      struct wire_bytes options, struct err *err)
{
    struct wire w;

    wire_init(&w, options.data, options.len);
    if (!is_encrypted(e))
        return (wire_is(e->kdf, "none") && wire_done(&w)) ||
               keyfile_damaged(text, "its encryption header", err);
    if (!wire_is(e->kdf, "bcrypt"))
        return keyfile_unknown(text, "key derivation", e->kdf, err);
    e->salt = wire_string(&w);
    e->rounds = wire_u32(&w);
    if (!wire_done(&w) || e->salt.len == 0 || e->rounds == 0)
        return keyfile_damaged(text, "its encryption header", err);
    if (e->rounds > text->limits->bcrypt_rounds)
        return err_set(err, ERR_LIMIT,
                       "%s: this private key asks for %lu bcrypt rounds, the "
                       "limit is %lu; fewer:",
                       text->name, (unsigned long)e->rounds,
                       (unsigned long)text->limits->bcrypt_rounds) ||
               err_command(err, "ssh-keygen -p -a 100 -f", text->name, "");
    return true;
}

static bool read_public(const struct keyfile_text *text, struct envelope *e,
                        struct wire_bytes blob, struct err *err)
{
    e->public = keyfile_public(text, blob.data, blob.len, &e->cert, err);
    return e->public != NULL;
}

static bool read_envelope(const struct keyfile_text *text, struct envelope *e,
                          struct err *err)
{
    struct wire_bytes magic, name, options, blob;
    uint32_t count;
    struct wire w;

    wire_init(&w, e->raw->data, e->raw->len);
    magic = wire_raw(&w, sizeof MAGIC);
    name = wire_string(&w);
    e->kdf = wire_string(&w);
    options = wire_string(&w);
    count = wire_u32(&w);
    if (!wire_ok(&w) || memcmp(magic.data, MAGIC, sizeof MAGIC) != 0)
        return keyfile_damaged(text, "its header", err);
    if (count != 1)
        return err_set(err, ERR_UNSUPPORTED,
                       "%s: this file holds %lu private keys; only files with "
                       "one key are supported",
                       text->name, (unsigned long)count);
    if ((e->cipher = keyfile_cipher_named(name)) == NULL)
        return keyfile_unknown(text, "cipher", name, err);
    blob = wire_string(&w);
    e->section = wire_string(&w);
    e->tag = wire_raw(&w, e->cipher->tag);
    if (!wire_done(&w) || e->section.len < CHECK_LEN ||
        e->section.len % e->cipher->block != 0)
        return keyfile_damaged(text, "its length", err);
    return check_kdf(text, e, options, err) && read_public(text, e, blob, err);
}

/* If true the caller closes e. */
static bool open_envelope(const struct keyfile_text *text, struct envelope *e,
                          struct err *err)
{
    struct wire_bytes body;

    memset(e, 0, sizeof *e);
    if (keyfile_body(text, "OPENSSH PRIVATE KEY", &body, err) &&
        (e->raw = keyfile_base64(text, body, err)) != NULL &&
        read_envelope(text, e, err))
        return true;
    close_envelope(e);
    return false;
}

/*
 * ---- the private section ----
 *
 * Each reader takes the fields behind the type.  Behind a certificate the
 * public ones are left out, and half has them, else NULL.
 */

static struct sshkey *read_rsa(struct wire *w, struct wire *half,
                               const char *type, struct err *err)
{
    struct sshkey_rsa parts;

    (void)type;
    if (half != NULL) {
        parts.e = wire_mpint(half, NUMBER_MAX);
        parts.n = wire_mpint(half, NUMBER_MAX);
    } else {
        parts.n = wire_mpint(w, NUMBER_MAX);
        parts.e = wire_mpint(w, NUMBER_MAX);
    }
    parts.d = wire_mpint(w, NUMBER_MAX);
    wire_mpint(w, NUMBER_MAX); /* iqmp: computed anew */
    parts.p = wire_mpint(w, NUMBER_MAX);
    parts.q = wire_mpint(w, NUMBER_MAX);
    return wire_ok(w) ? sshkey_make_rsa(&parts, err) : NULL;
}

static struct sshkey *read_ecdsa(struct wire *w, struct wire *half,
                                 const char *type, struct err *err)
{
    struct wire *public = half != NULL ? half : w;
    struct wire_bytes curve = wire_string(public);
    struct wire_bytes point = wire_string(public);
    struct wire_bytes scalar = wire_mpint(w, NUMBER_MAX);

    if (!wire_is(curve, type + strlen("ecdsa-sha2-")))
        w->bad = true;
    return wire_ok(w) ? sshkey_make_ecdsa(type, point, scalar, err) : NULL;
}

static struct sshkey *read_ed25519(struct wire *w, struct wire *half,
                                   const char *type, struct err *err)
{
    struct wire_bytes public = wire_string(w);
    struct wire_bytes both = wire_string(w); /* seed, then public again */
    struct wire_bytes seed, again;
    struct wire halves;

    (void)half; /* nothing is left out */
    wire_init(&halves, both.data, both.len);
    seed = wire_raw(&halves, 32);
    again = wire_raw(&halves, 32);
    if (!wire_done(&halves) || public.len != again.len ||
        memcmp(public.data, again.data, again.len) != 0)
        w->bad = true;
    return wire_ok(w) ? sshkey_make_eddsa(type, public, seed, err) : NULL;
}

/*
 * A security key's file (PROTOCOL.u2f): no secret number, but what the token
 * wants to see again.
 */
static struct sshkey *read_token(struct wire *w, struct wire *half,
                                 const char *type, struct err *err)
{
    bool ecdsa = strncmp(type, "sk-ecdsa-", strlen("sk-ecdsa-")) == 0;
    struct buf blob = { 0 };
    struct sshkey *key = NULL;
    struct wire_bytes field;

    wire_put_cstr(&blob, type);
    /* The curve, if it has one, the point, the application. */
    for (int n = ecdsa ? 3 : 2; n != 0; n--) {
        field = wire_string(half != NULL ? half : w);
        wire_put_string(&blob, field.data, field.len);
    }
    wire_byte(w);   /* flags */
    wire_string(w); /* key handle */
    wire_string(w); /* reserved */
    if (wire_ok(w))
        key = sshkey_from_blob(blob.data, blob.len, err);
    buf_free(&blob);
    return key;
}

/* clang-format off */
static const struct {
    const char *type;
    struct sshkey *(*read)(struct wire *w, struct wire *half,
                           const char *type, struct err *err);
} readers[] = {
    { "ssh-ed25519",         read_ed25519 },
    { "ecdsa-sha2-nistp256", read_ecdsa },
    { "ecdsa-sha2-nistp384", read_ecdsa },
    { "ecdsa-sha2-nistp521", read_ecdsa },
    { "ssh-rsa",             read_rsa },
    { "sk-ssh-ed25519@openssh.com",         read_token },
    { "sk-ecdsa-sha2-nistp256@openssh.com", read_token },
};
/* clang-format on */

static bool same(struct wire_bytes a, const uint8_t *data, size_t len)
{
    return a.len == len && memcmp(a.data, data, len) == 0;
}

/* The certificate once more; half reads what it says of the key. */
static void enter_certificate(const struct envelope *e, struct wire *w,
                              struct wire *half)
{
    const uint8_t *blob;
    size_t len;

    blob = sshcert_blob(e->cert, &len);
    if (!same(wire_string(w), blob, len))
        w->bad = true;
    blob = sshkey_blob(e->public, &len);
    wire_init(half, blob, len);
    wire_string(half); /* type */
}

/* *err is set only where a constructor refused; w->bad tells the rest. */
static struct sshkey *read_numbers(const struct envelope *e, struct wire *w,
                                   struct err *err)
{
    const char *plain = sshkey_type(e->public);
    struct wire_bytes type = wire_string(w);
    struct wire half;

    if (e->cert != NULL && wire_is(type, e->cert->type))
        enter_certificate(e, w, &half);
    else if (e->cert != NULL || !wire_is(type, plain))
        w->bad = true;
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++)
        if (wire_ok(w) && strcmp(plain, readers[i].type) == 0)
            return readers[i].read(w, e->cert != NULL ? &half : NULL, plain,
                                   err);
    w->bad = true;
    return NULL;
}

/* 1, 2, 3, ... up to a whole block. */
static bool is_padding(struct wire_bytes rest)
{
    for (size_t i = 0; i < rest.len; i++)
        if (rest.data[i] != (uint8_t)(i + 1))
            return false;
    return true;
}

/* The check words have been compared.  remark may be NULL. */
static struct sshkey *read_section(const struct keyfile_text *text,
                                   const struct envelope *e,
                                   const struct secret *plain,
                                   struct buf *remark, struct err *err)
{
    struct wire_bytes comment;
    struct sshkey *key;
    struct wire w;

    err_clear(err);
    wire_init(&w, plain->data, plain->len);
    wire_raw(&w, CHECK_LEN);
    key = read_numbers(e, &w, err);
    comment = wire_string(&w);
    if (key == NULL && err->code != ERR_NONE) {
        err_prefix(err, "%s", text->name);
        return NULL;
    }
    if (key == NULL || !wire_ok(&w) || !is_padding(wire_rest(&w))) {
        sshkey_free(key);
        keyfile_damaged(text, "its private half", err);
        return NULL;
    }
    if (!sshkey_equal_public(key, e->public)) {
        sshkey_free(key);
        keyfile_halves_differ(text, err);
        return NULL;
    }
    if (remark != NULL)
        buf_put(remark, comment.data, comment.len);
    return key;
}

static struct secret *derive(const struct envelope *e,
                             const struct secret *passphrase)
{
    struct secret *key = secret_new(KEYFILE_CIPHER_KEY_MAX);

    key->len = e->cipher->key + e->cipher->iv;
    if (is_encrypted(e) &&
        !bcrypt_pbkdf(passphrase, e->salt, e->rounds, key->data, key->len)) {
        secret_free(key);
        key = NULL;
    }
    return key;
}

static bool check_words_equal(const struct secret *plain)
{
    return mem_equal_ct(plain->data, plain->data + CHECK_LEN / 2,
                        CHECK_LEN / 2);
}

/* passphrase is NULL only if the file is not encrypted. */
static struct sshkey *decrypt(const struct keyfile_text *text,
                              const struct envelope *e,
                              const struct secret *passphrase,
                              struct buf *remark, struct err *err)
{
    struct secret *derived = derive(e, passphrase), *plain = NULL;
    struct sshkey *key = NULL;

    if (derived == NULL) {
        keyfile_cannot_decrypt(text, "SHA-512", err);
        return NULL;
    }
    plain = keyfile_cipher_decrypt(e->cipher, derived, e->section, e->tag);
    if (plain != NULL && check_words_equal(plain))
        key = read_section(text, e, plain, remark, err);
    else if (is_encrypted(e))
        keyfile_wrong_passphrase(text, err);
    else
        keyfile_damaged(text, "its check words", err);
    secret_free(plain);
    secret_free(derived);
    return key;
}

/*
 * Of a file that is not encrypted everything is read, so that damage shows
 * now and not after the server said yes.
 */
bool keyfile_openssh_inspect(const struct keyfile_text *text,
                             struct keyfile_info *out, struct err *err)
{
    struct sshkey *key = NULL;
    struct envelope e;
    bool good;

    if (!open_envelope(text, &e, err))
        return false;
    out->encrypted = is_encrypted(&e);
    out->cipher = e.cipher->name;
    out->bcrypt_rounds = e.rounds;
    if (!out->encrypted)
        key = decrypt(text, &e, NULL, &out->remark, err);
    good = out->encrypted || key != NULL;
    if (good) {
        out->public = e.public;
        out->certificate = e.cert;
        e.public = NULL;
        e.cert = NULL;
    }
    sshkey_free(key);
    close_envelope(&e);
    return good;
}

static bool in_token(const struct keyfile_text *text, struct err *err)
{
    return err_set(err, ERR_UNSUPPORTED,
                   "%s: this key is in a security key (FIDO), which only an "
                   "SSH agent can use; plug it in, start an SSH agent if none "
                   "runs, and:",
                   text->name) ||
           err_command(err, "ssh-add", text->name, "");
}

struct sshkey *keyfile_openssh_decode(const struct keyfile_text *text,
                                      const struct secret *passphrase,
                                      struct buf *remark, struct err *err)
{
    struct sshkey *key = NULL;
    struct envelope e;

    if (!open_envelope(text, &e, err))
        return NULL;
    if (sshkey_on_token(e.public))
        in_token(text, err);
    else if (is_encrypted(&e) && passphrase == NULL)
        keyfile_needs_passphrase(text, err);
    else
        key = decrypt(text, &e, passphrase, remark, err);
    close_envelope(&e);
    return key;
}
