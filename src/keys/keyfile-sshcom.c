/*
 * keyfile-sshcom.c - the private key files of ssh.com, as puttygen writes them
 * too.  RSA only; without a cipher or with 3DES.
 *
 * The file has no check value: that the decrypted numbers have sizes that fit
 * into each other takes the right passphrase.  The public half is among them.
 */
#include <assert.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <string.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/secret.h"
#include "keys/keyfile-cipher.h"
#include "keys/keyfile-der.h"
#include "keys/keyfile-format.h"
#include "keys/keyfile.h"
#include "keys/sshkey-make.h"
#include "keys/sshkey.h"

#define BEGIN_MARK "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----"
#define END_MARK   "---- END SSH2 ENCRYPTED PRIVATE KEY ----"
#define MAGIC      0x3f6ff9ebu
#define RSA_TYPE   "if-modn{sign{rsa"
#define DSA_TYPE   "dl-modp{sign{dsa"
#define BITS_MAX   16384
#define MD5_BYTES  16

struct sshcom {
    struct secret *raw; /* the runs point into it */
    const struct keyfile_cipher *cipher;
    struct wire_bytes type, payload;
    struct buf comment;
};

static void close_sshcom(struct sshcom *f)
{
    secret_free(f->raw);
    buf_free(&f->comment);
}

static bool is_encrypted(const struct sshcom *f)
{
    assert(f->cipher != NULL);
    return f->cipher->algorithm != NULL;
}

/* ---- headers ---- */

/* Take the part of a header's value that the line has; does it go on? */
static bool add_part(struct buf *value, struct wire_bytes line)
{
    bool more = line.len != 0 && line.data[line.len - 1] == '\\';

    buf_put(value, line.data, line.len - more);
    return more;
}

static struct wire_bytes unquoted(const struct buf *value)
{
    struct wire_bytes v = { value->data, value->len };

    while (v.len != 0 && v.data[0] == ' ')
        v = (struct wire_bytes){ v.data + 1, v.len - 1 };
    if (v.len >= 2 && v.data[0] == '"' && v.data[v.len - 1] == '"')
        v = (struct wire_bytes){ v.data + 1, v.len - 2 };
    return v;
}

/*
 * "Name: value" lines, of which a backslash at the end continues the value on
 * the next; base64 has no colon.  Leaves body at the base64.
 */
static void read_headers(struct sshcom *f, struct wire_bytes *body)
{
    static const char comment[] = "Comment:";
    struct wire_bytes rest = *body, line;
    struct buf value = { 0 };
    bool more = false, wanted, found = false;

    while (keyfile_next_line(&rest, &line) &&
           (line.len == 0 || memchr(line.data, ':', line.len) != NULL)) {
        wanted = keyfile_begins(line, comment) && !found;
        buf_clear(&value);
        more = add_part(&value, line);
        while (more && keyfile_next_line(&rest, &line))
            more = add_part(&value, line);
        if (wanted) {
            buf_consume(&value, strlen(comment));
            line = unquoted(&value);
            buf_put(&f->comment, line.data, line.len);
            found = true;
        }
        *body = rest;
    }
    buf_free(&value);
}

/* ---- the envelope ---- */

static bool read_envelope(const struct keyfile_text *text, struct sshcom *f,
                          struct err *err)
{
    uint32_t magic, total;
    struct wire_bytes cipher;
    struct wire w;

    wire_init(&w, f->raw->data, f->raw->len);
    magic = wire_u32(&w);
    total = wire_u32(&w);
    f->type = wire_string(&w);
    cipher = wire_string(&w);
    f->payload = wire_string(&w);
    if (!wire_done(&w) || magic != MAGIC || total != f->raw->len)
        return keyfile_damaged(text, "its header", err);
    if (keyfile_begins(f->type, DSA_TYPE))
        return err_set(err, ERR_UNSUPPORTED, "%s: %s", text->name,
                       SSHKEY_DSA_REFUSED);
    if (!keyfile_begins(f->type, RSA_TYPE))
        return keyfile_damaged(text, "its type", err);
    if (!wire_is(cipher, "none") && !wire_is(cipher, "3des-cbc"))
        return keyfile_unknown_by_putty(text, "cipher", cipher, err);
    f->cipher = keyfile_cipher_named(cipher);
    if (is_encrypted(f) && f->payload.len % f->cipher->block != 0)
        return keyfile_damaged(text, "its length", err);
    return true;
}

/* If true the caller closes f. */
static bool open_sshcom(const struct keyfile_text *text, struct sshcom *f,
                        struct err *err)
{
    struct wire_bytes body;

    memset(f, 0, sizeof *f);
    if (keyfile_between(text, BEGIN_MARK, END_MARK, &body, err) &&
        (!keyfile_lines_lost(body) || keyfile_joined(text, err))) {
        read_headers(f, &body);
        f->raw = keyfile_base64(text, body, err);
        if (f->raw != NULL && read_envelope(text, f, err))
            return true;
    }
    close_sshcom(f);
    return false;
}

/* ---- the numbers ---- */

/* A length in bits, then the bytes; zeros in front are dropped. */
static struct wire_bytes number(struct wire *w)
{
    uint32_t bits = wire_u32(w);
    struct wire_bytes n;

    if (bits > BITS_MAX)
        w->bad = true;
    n = wire_raw(w, ((size_t)bits + 7) / 8);
    while (n.len != 0 && n.data[0] == 0)
        n = (struct wire_bytes){ n.data + 1, n.len - 1 };
    return n;
}

/* One string with the numbers; less than a block of padding follows it. */
static bool read_numbers(const struct sshcom *f, const struct secret *plain,
                         struct sshkey_rsa *parts)
{
    struct wire_bytes numbers, padding;
    struct wire w;

    wire_init(&w, plain->data, plain->len);
    numbers = wire_string(&w);
    padding = wire_rest(&w);
    if (!wire_ok(&w) || padding.len >= f->cipher->block)
        return false;
    wire_init(&w, numbers.data, numbers.len);
    parts->e = number(&w);
    parts->d = number(&w);
    parts->n = number(&w);
    number(&w); /* p^-1 mod q: computed anew */
    parts->p = number(&w);
    parts->q = number(&w);
    return wire_done(&w);
}

/* MD5 of the passphrase and, unless NULL, the digest of before. */
static bool md5(const struct secret *passphrase, const uint8_t *before,
                uint8_t *out)
{
    EVP_MD *md = EVP_MD_fetch(NULL, "MD5", NULL);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool good =
        md != NULL && ctx != NULL && EVP_DigestInit_ex2(ctx, md, NULL) == 1 &&
        EVP_DigestUpdate(ctx, passphrase->data, passphrase->len) == 1 &&
        (before == NULL || EVP_DigestUpdate(ctx, before, MD5_BYTES) == 1) &&
        EVP_DigestFinal_ex(ctx, out, NULL) == 1;

    if (!good)
        ERR_clear_error();
    EVP_MD_CTX_free(ctx);
    EVP_MD_free(md);
    return good;
}

/*
 * The key is the beginning of both digests, the IV zero.  NULL where the
 * library has no MD5.
 */
static struct secret *derive(const struct sshcom *f,
                             const struct secret *passphrase)
{
    struct secret *key = secret_new(KEYFILE_CIPHER_KEY_MAX);
    uint8_t *at = key->data;

    key->len = f->cipher->key + f->cipher->iv;
    if (is_encrypted(f)) {
        if (!md5(passphrase, NULL, at) ||
            !md5(passphrase, at, at + MD5_BYTES)) {
            secret_free(key);
            return NULL;
        }
        memset(at + f->cipher->key, 0, 2 * MD5_BYTES - f->cipher->key);
    }
    return key;
}

static struct sshkey *read_plain(const struct keyfile_text *text,
                                 const struct sshcom *f,
                                 const struct secret *plain, struct err *err)
{
    struct sshkey_rsa parts;
    struct sshkey *key;

    if (plain != NULL && read_numbers(f, plain, &parts)) {
        if ((key = sshkey_make_rsa(&parts, err)) == NULL)
            err_prefix(err, "%s", text->name);
        return key;
    }
    if (is_encrypted(f))
        keyfile_wrong_passphrase(text, err);
    else
        keyfile_damaged(text, "its numbers", err);
    return NULL;
}

/* passphrase is NULL only if the file is not encrypted. */
static struct sshkey *decrypt(const struct keyfile_text *text,
                              const struct sshcom *f,
                              const struct secret *passphrase, struct err *err)
{
    static const struct wire_bytes no_tag = { (const uint8_t *)"", 0 };
    struct secret *derived = derive(f, passphrase), *plain;
    struct sshkey *key;

    if (derived == NULL) {
        keyfile_cannot_decrypt(text, "MD5", err);
        return NULL;
    }
    plain = keyfile_cipher_decrypt(f->cipher, derived, f->payload, no_tag);
    key = read_plain(text, f, plain, err);
    secret_free(plain);
    secret_free(derived);
    return key;
}

/* ---- the format ---- */

bool keyfile_sshcom_inspect(const struct keyfile_text *text,
                            struct keyfile_info *out, struct err *err)
{
    struct sshcom f;

    if (!open_sshcom(text, &f, err))
        return false;
    out->encrypted = is_encrypted(&f);
    if (!out->encrypted)
        out->public = keyfile_der_public(decrypt(text, &f, NULL, err), err);
    buf_put(&out->remark, f.comment.data, f.comment.len);
    close_sshcom(&f);
    return out->encrypted || out->public != NULL;
}

struct sshkey *keyfile_sshcom_decode(const struct keyfile_text *text,
                                     const struct secret *passphrase,
                                     struct buf *remark, struct err *err)
{
    struct sshkey *key = NULL;
    struct sshcom f;

    if (!open_sshcom(text, &f, err))
        return NULL;
    if (is_encrypted(&f) && passphrase == NULL)
        keyfile_needs_passphrase(text, err);
    else
        key = decrypt(text, &f, passphrase, err);
    if (key != NULL && remark != NULL)
        buf_put(remark, f.comment.data, f.comment.len);
    close_sshcom(&f);
    return key;
}
