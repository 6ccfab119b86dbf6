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

struct err;
struct secret;
struct sshcert;
struct sshkey;

/* Longer files are no private keys. */
#define KEYFILE_MAX (1024u * 1024u)

struct keyfile_info {
    const char *format;    /* "OpenSSH", "PEM", "PuTTY PPK 3": a constant */
    bool encrypted;        /* needs a passphrase */
    char *comment;         /* cleaned UTF-8, may be empty; owned */
    struct sshkey *public; /* NULL where the format hides it; owned */
    struct sshcert *certificate; /* of it, in the same file; or NULL; owned */
};

/*
 * Look at a key file without its passphrase.  name is how messages call it
 * (a path).  ERR_FORMAT: it is no private key, and the sentence says what it
 * is instead (public key, certificate, truncated, ...).  ERR_UNSUPPORTED: a
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

#endif
