/*
 * keyfile-ppk.c - PuTTY's key files, PPK versions 1 to 3.
 *
 * The public half always stands in clear.  A MAC over all of the file tells a
 * wrong passphrase, or, where nothing is encrypted, damage; behind a right MAC
 * only a file that was made wrong can fail.
 */
#include "keys/keyfile-ppk.h"

#include <string.h>
#include "base/err.h"
#include "base/secret.h"
#include "base/text.h"
#include "keys/keyfile-format.h"
#include "keys/keyfile.h"
#include "keys/sshcert.h"
#include "keys/sshkey-make.h"
#include "keys/sshkey.h"

/* RSA of 16384 bits. */
#define NUMBER_MAX (16384 / 8)

/* ---- the public half ---- */

/* Does the blob's type repeat the header's? */
static bool names_algorithm(const struct ppk *ppk)
{
    struct wire_bytes type;
    struct wire w;

    wire_init(&w, ppk->public.data, ppk->public.len);
    type = wire_string(&w);
    return type.len == ppk->algorithm.len &&
           memcmp(type.data, ppk->algorithm.data, type.len) == 0;
}

/* cert as in keyfile_public(). */
static struct sshkey *read_public(const struct keyfile_text *text,
                                  const struct ppk *ppk, struct sshcert **cert,
                                  struct err *err)
{
    *cert = NULL;
    if (!names_algorithm(ppk)) {
        keyfile_damaged(text, "its public half", err);
        return NULL;
    }
    return keyfile_public(text, ppk->public.data, ppk->public.len, cert, err);
}

/* ---- the private half ---- */

/*
 * Each takes the fields of both blobs.  *err is set only where a constructor
 * refused; w->bad tells the rest.
 */
static struct sshkey *read_rsa(struct wire *public, struct wire *w,
                               const char *type, struct err *err)
{
    struct sshkey_rsa parts;

    (void)type;
    parts.e = wire_mpint(public, NUMBER_MAX);
    parts.n = wire_mpint(public, NUMBER_MAX);
    parts.d = wire_mpint(w, NUMBER_MAX);
    parts.p = wire_mpint(w, NUMBER_MAX);
    parts.q = wire_mpint(w, NUMBER_MAX);
    wire_mpint(w, NUMBER_MAX); /* iqmp: computed anew */
    return wire_ok(w) ? sshkey_make_rsa(&parts, err) : NULL;
}

static struct sshkey *read_ecdsa(struct wire *public, struct wire *w,
                                 const char *type, struct err *err)
{
    struct wire_bytes point, scalar = wire_mpint(w, NUMBER_MAX);

    wire_string(public); /* the curve */
    point = wire_string(public);
    return wire_ok(w) ? sshkey_make_ecdsa(type, point, scalar, err) : NULL;
}

/* The seed is a string: no zero precedes a high first byte. */
static struct sshkey *read_eddsa(struct wire *public, struct wire *w,
                                 const char *type, struct err *err)
{
    struct wire_bytes seed = wire_string(w);

    return wire_ok(w) ? sshkey_make_eddsa(type, wire_string(public), seed, err)
                      : NULL;
}

/* clang-format off */
static const struct {
    const char *type;
    struct sshkey *(*read)(struct wire *public, struct wire *w,
                           const char *type, struct err *err);
} readers[] = {
    { "ssh-rsa",             read_rsa },
    { "ssh-ed25519",         read_eddsa },
    { "ssh-ed448",           read_eddsa },
    { "ecdsa-sha2-nistp256", read_ecdsa },
    { "ecdsa-sha2-nistp384", read_ecdsa },
    { "ecdsa-sha2-nistp521", read_ecdsa },
};
/* clang-format on */

/* What follows the numbers is padding, of any content. */
static struct sshkey *read_numbers(const struct sshkey *public, struct wire *w,
                                   struct err *err)
{
    const char *type = sshkey_type(public);
    struct sshkey *key = NULL;
    const uint8_t *blob;
    struct wire half;
    size_t len;

    blob = sshkey_blob(public, &len);
    wire_init(&half, blob, len);
    wire_string(&half); /* type */
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++)
        if (strcmp(type, readers[i].type) == 0)
            key = readers[i].read(&half, w, type, err);
    return key;
}

static struct sshkey *read_plain(const struct keyfile_text *text,
                                 const struct sshkey *public,
                                 const struct secret *plain, struct err *err)
{
    struct sshkey *key;
    struct wire w;

    err_clear(err);
    wire_init(&w, plain->data, plain->len);
    key = read_numbers(public, &w, err);
    if (key == NULL && err->code != ERR_NONE) {
        err_prefix(err, "%s", text->name);
        return NULL;
    }
    if (key == NULL) {
        keyfile_damaged(text, "its private half", err);
        return NULL;
    }
    if (!sshkey_equal_public(key, public)) {
        sshkey_free(key);
        keyfile_halves_differ(text, err);
        return NULL;
    }
    return key;
}

static bool cannot_derive(const struct keyfile_text *text,
                          const struct ppk *ppk, struct err *err)
{
    if (ppk->version < 3)
        return keyfile_cannot_decrypt(text, "SHA-1", err);
    return err_set(err, ERR_LIMIT,
                   "%s: Argon2 cannot run here with the %lu KiB of memory that "
                   "this private key asks for",
                   text->name, (unsigned long)ppk->argon2.kib);
}

/* passphrase is NULL only if the file is not encrypted. */
static struct sshkey *decrypt(const struct keyfile_text *text, struct ppk *ppk,
                              const struct sshkey *public,
                              const struct secret *passphrase, struct err *err)
{
    static const struct wire_bytes no_tag = { (const uint8_t *)"", 0 };
    struct secret *derived = ppk_derive(ppk, passphrase), *plain;
    struct wire_bytes private = { ppk->private->data, ppk->private->len };
    struct sshkey *key = NULL;

    if (derived == NULL) {
        cannot_derive(text, ppk, err);
        return NULL;
    }
    plain = keyfile_cipher_decrypt(ppk->cipher, derived, private, no_tag);
    if (plain != NULL && ppk_mac_matches(ppk, derived, plain))
        key = read_plain(text, public, plain, err);
    else if (ppk_is_encrypted(ppk))
        keyfile_wrong_passphrase(text, err);
    else
        keyfile_damaged(text, "its checksum is wrong", err);
    secret_free(plain);
    secret_free(derived);
    return key;
}

/* ---- the format ---- */

/*
 * Of a file that is not encrypted everything is read, so that damage shows
 * now and not after the server said yes.
 */
bool keyfile_ppk_inspect(const struct keyfile_text *text,
                         struct keyfile_info *out, struct err *err)
{
    struct sshkey *key = NULL, *public;
    struct wire_bytes comment;
    struct sshcert *cert;
    struct ppk ppk;
    bool good;

    if (!ppk_open(text, &ppk, err))
        return false;
    out->encrypted = ppk_is_encrypted(&ppk);
    out->argon2_kib = ppk.argon2.kib;
    out->argon2_passes = ppk.argon2.passes;
    public = read_public(text, &ppk, &cert, err);
    if (public != NULL && !out->encrypted)
        key = decrypt(text, &ppk, public, NULL, err);
    good = public != NULL && (out->encrypted || key != NULL);
    if (good) {
        comment = ppk_trimmed_comment(&ppk);
        buf_put(&out->remark, comment.data, comment.len);
        out->public = public;
        out->certificate = cert;
        public = NULL;
        cert = NULL;
    }
    sshkey_free(public);
    sshcert_free(cert);
    sshkey_free(key);
    ppk_close(&ppk);
    return good;
}

struct sshkey *keyfile_ppk_decode(const struct keyfile_text *text,
                                  const struct secret *passphrase,
                                  struct buf *remark, struct err *err)
{
    struct sshkey *key = NULL, *public;
    struct sshcert *cert;
    struct ppk ppk;

    if (!ppk_open(text, &ppk, err))
        return NULL;
    public = read_public(text, &ppk, &cert, err);
    if (public != NULL && ppk_is_encrypted(&ppk) && passphrase == NULL)
        keyfile_needs_passphrase(text, err);
    else if (public != NULL)
        key = decrypt(text, &ppk, public, passphrase, err);
    if (key != NULL && remark != NULL)
        buf_put(remark, ppk.comment.data, ppk.comment.len);
    sshkey_free(public);
    sshcert_free(cert);
    ppk_close(&ppk);
    return key;
}
