/*
 * keyfile.h - private key files: which format, what it shows, what it holds.
 *
 * Each format is one row of a table in keyfile.c; a format's own subject is
 * a file keyfile-NAME.c.  Bytes in, values out: reading the file and asking
 * for the passphrase are the caller's.
 */
#ifndef KEYS_KEYFILE_H
#define KEYS_KEYFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/wire.h"

struct err;
struct secret;
struct sshcert;
struct sshkey;

/* Longer files are no private keys. */
#define KEYFILE_MAX (1024u * 1024u)

struct keyfile_info {
    const char *format;     /* "OpenSSH", "PEM", "PuTTY PPK 3": a constant */
    bool encrypted;         /* needs a passphrase */
    char *comment;          /* cleaned UTF-8, may be empty; owned */
    struct buf remark;      /* the same as its bytes are in the file; owned */
    const char *cipher;     /* OpenSSH's name ("none" too), of that format */
    uint32_t bcrypt_rounds; /* likewise; 0: not encrypted */
    uint32_t argon2_kib;    /* of PPK 3; 0: not encrypted */
    uint32_t argon2_passes; /* likewise */
    uint32_t pbkdf2_iterations;  /* of PKCS#8; 0: not encrypted so */
    struct sshkey *public;       /* NULL where the format hides it; owned */
    struct sshcert *certificate; /* of it, in the same file; or NULL; owned */
};

/*
 * Look at a key file without its passphrase.  name is how messages call it
 * (a path).  ERR_FORMAT: it is no private key, and the sentence says what it
 * is instead (certificate, truncated, ...); ERR_PUBLIC_HALF: a public key.  ERR_UNSUPPORTED: a
 * format, cipher or algorithm we do not handle, named.  ERR_LIMIT: its key
 * derivation would take longer than about a minute.
 */
bool keyfile_inspect(const uint8_t *text, size_t len, const char *name,
                     struct keyfile_info *out, struct err *err);

void keyfile_info_free(struct keyfile_info *info);

/*
 * Decode it.  passphrase may be NULL.  Returns a private key for
 * sshkey_free(), or NULL: ERR_PASSPHRASE if the passphrase is wrong or
 * missing (ask again), ERR_FORMAT if the file is damaged, ERR_UNSUPPORTED,
 * ERR_LIMIT.  Where a format has no check of its own, damage to the encrypted
 * part cannot be told from a wrong passphrase, and counts as one.
 */
struct sshkey *keyfile_decode(const uint8_t *text, size_t len, const char *name,
                              const struct secret *passphrase, struct err *err);

/*
 * The same, and the comment's bytes as they are in the file, of any encoding
 * and with any control characters, are appended to remark.
 */
struct sshkey *keyfile_decode_remark(const uint8_t *text, size_t len,
                                     const char *name,
                                     const struct secret *passphrase,
                                     struct buf *remark, struct err *err);

/* ---- writing: PuTTY PPK 2 and 3, OpenSSH, PKCS#8, PEM ---- */

#define KEYFILE_RANDOM 32

/* Each format takes what it has. */
struct keyfile_encoding {
    const struct secret *passphrase; /* NULL or empty: not encrypted */
    struct wire_bytes comment;       /* any bytes */
    uint8_t random[KEYFILE_RANDOM];  /* never used before */
    /* Of the key, which PPK and OpenSSH's format take along; or NULL. */
    const struct sshcert *certificate;
    const char *cipher;         /* of OpenSSH's format, by its name there */
    uint32_t bcrypt_rounds;     /* from 1 */
    uint32_t pbkdf2_iterations; /* from 1 */
    uint32_t argon2_kib, argon2_passes; /* from 8 and 1; in one lane */
};

/*
 * The usual costs; random is zeros, and must be filled.  Fewer or more passes
 * of Argon2 are the caller's to choose: it has a clock.
 */
void keyfile_encoding_init(struct keyfile_encoding *how);

/*
 * Can the format hold a key of this type ("ssh-ed25519", ...)?  ERR_UNSUPPORTED
 * if not, or if it is one that we only read.
 */
bool keyfile_can_hold(const char *format, const char *type, struct err *err);

/*
 * The text of a private key file, for a private key.  format is one of struct
 * keyfile_info's.
 * NULL: ERR_UNSUPPORTED for a format that we do not write, a key that it does
 * not hold, or an algorithm that libcrypto has not.
 */
struct secret *keyfile_encode(const char *format, const struct sshkey *key,
                              const struct keyfile_encoding *how,
                              struct err *err);

#endif
