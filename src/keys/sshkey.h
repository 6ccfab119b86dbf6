/* sshkey.h - one SSH key, independent of the file format it came from. */
#ifndef KEYS_SSHKEY_H
#define KEYS_SSHKEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/wire.h"

struct buf;
struct err;
struct sshkey;

/* What to do about a key that no server takes. */
#define SSHKEY_NEW_KEY "make a new key: vmconnect-keygen"

/* Of a DSA key, which nothing here reads, in any kind of file. */
#define SSHKEY_DSA_REFUSED \
    "this is a DSA key, which servers no longer take; " SSHKEY_NEW_KEY

/* Longest fingerprint text with its NUL: "SHA256:" and 43 characters. */
#define SSHKEY_FINGERPRINT_MAX 64

/*
 * Parse a public key blob (RFC 4253 section 6.6); it is not kept.  Returns a
 * key the caller frees with sshkey_free(), or NULL with *err set: ERR_FORMAT
 * if malformed, ERR_UNSUPPORTED if the algorithm is unknown.
 */
struct sshkey *sshkey_from_blob(const uint8_t *blob, size_t len,
                                struct err *err);

/* NULL is allowed.  Private parts are wiped before the memory is released. */
void sshkey_free(struct sshkey *key);

/* "ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256", ...: a constant. */
const char *sshkey_type(const struct sshkey *key);

/* What people call it: "ED25519", "RSA", "ECDSA": a constant. */
const char *sshkey_kind(const struct sshkey *key);

/* Modulus or field size in bits, e.g. 3072 or 256. */
unsigned sshkey_bits(const struct sshkey *key);

/*
 * Can one log in with a key of this type?  Ed448 is only shown and converted:
 * OpenSSH's servers do not take it, and libssh2 cannot offer it.  If not,
 * false, with the sentence in *err.
 */
bool sshkey_may_login(const struct sshkey *key, struct err *err);

bool sshkey_is_private(const struct sshkey *key);

/*
 * Is the private half in a security key (OpenSSH's PROTOCOL.u2f)?  Then it
 * is never here, and an SSH agent signs.
 */
bool sshkey_on_token(const struct sshkey *key);

/* The public key blob (RFC 4253 section 6.6), borrowed. */
const uint8_t *sshkey_blob(const struct sshkey *key, size_t *len);

/*
 * Append the public half as one line, "type base64 comment" without its
 * newline.  The comment's bytes stay as they are, of whatever encoding, but
 * for control characters, which become blanks.
 */
void sshkey_public_line(const struct sshkey *key, struct wire_bytes comment,
                        struct buf *out);

/* Do both have the same public half? */
bool sshkey_equal_public(const struct sshkey *a, const struct sshkey *b);

/*
 * Sign data (RFC 4253 section 6.6, RFC 5656, RFC 8332, RFC 8709).  algorithm
 * is the signature algorithm's name, e.g. "rsa-sha2-512", or a certificate's
 * for it; it must fit the key ("ssh-rsa", that is SHA-1, never does:
 * ERR_UNSUPPORTED).  Appends the inner signature bytes (without the name).
 */
bool sshkey_sign(const struct sshkey *key, const char *algorithm,
                 const uint8_t *data, size_t len, struct buf *sig,
                 struct err *err);

/* "SHA256:..." of any blob, also of one we cannot parse. */
void sshkey_fingerprint(const uint8_t *blob, size_t len,
                        char out[SSHKEY_FINGERPRINT_MAX]);

enum sshkey_fingerprint_form {
    SSHKEY_SHA256,    /* "SHA256:" and base64 */
    SSHKEY_MD5,       /* "MD5:" and 16 hex pairs, as before OpenSSH 6.8 */
    SSHKEY_SHA256_HEX /* 32 hex pairs, as cloud-init writes on the console */
};

/* The same in any form, appended to out. */
void sshkey_fingerprint_as(struct buf *out, enum sshkey_fingerprint_form form,
                           const uint8_t *blob, size_t len);

/* The picture of a fingerprint (randomart.h), appended to out. */
void sshkey_randomart(struct buf *out, enum sshkey_fingerprint_form form,
                      const char *kind, unsigned bits, const uint8_t *blob,
                      size_t len);

/*
 * Does text, typed or pasted by a person, name this blob?  "SHA256:" and
 * base64 with or without '=', the base64 alone, MD5 as 16 hex pairs with or
 * without "MD5:", SHA-256 as 32 hex pairs, colons or not; or the beginning or
 * the end of one of these, of at least 8 characters.  Any word of the text may
 * be it, so a whole line of ssh-keygen, PuTTY or a console will do.  Returns
 * how many bits were compared: 256, 128 (MD5), fewer of a part; 0: it does not.
 */
unsigned sshkey_fingerprint_compare(const uint8_t *blob, size_t len,
                                    const char *text);

/* "OpenSSL 3.0.17 1 Jul 2025": the cryptographic library that runs. */
const char *sshkey_library(void);

/* The first string of a blob, e.g. "ssh-ed25519", cleaned, for a message. */
void sshkey_blob_type(const uint8_t *blob, size_t len, char *out, size_t size);

#endif
