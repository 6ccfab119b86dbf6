/*
 * keyfile-ppk.h - a PuTTY key file taken apart, for the keyfile-ppk*.c files
 * only.  The format is described in PuTTY's manual, appendix "PPK file format".
 */
#ifndef KEYS_KEYFILE_PPK_H
#define KEYS_KEYFILE_PPK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/buf.h"
#include "base/wire.h"
#include "keys/keyfile-argon2.h"
#include "keys/keyfile-cipher.h"

struct err;
struct keyfile_text;
struct secret;

#define PPK_MAC_MAX  32
#define PPK_SALT_MAX 64

struct ppk {
    unsigned version; /* 1 to 3 */
    struct wire_bytes algorithm, encryption;
    struct wire_bytes comment; /* with the blanks at its end */
    const struct keyfile_cipher *cipher;
    struct buf public;
    struct keyfile_argon2 argon2; /* version 3, encrypted; salt is ours */
    uint8_t salt[PPK_SALT_MAX];
    struct secret *private; /* as it stands in the file */
    bool keyless;           /* version 1: a hash and no MAC */
    uint8_t mac[PPK_MAC_MAX];
    size_t mac_len;
};

/*
 * Take the text apart; nothing is decrypted.  If true the caller closes it
 * with ppk_close(), in place: it may point into itself.
 */
bool ppk_open(const struct keyfile_text *text, struct ppk *ppk,
              struct err *err);
void ppk_close(struct ppk *ppk);

bool ppk_is_encrypted(const struct ppk *ppk);

/* Without the blanks at the end. */
struct wire_bytes ppk_trimmed_comment(const struct ppk *ppk);

/* ---- keyfile-ppk-mac.c ---- */

/*
 * Key and IV of the cipher, then the MAC's key.  passphrase counts only
 * if the file is encrypted, and is then not NULL.  NULL if the library cannot.
 */
struct secret *ppk_derive(const struct ppk *ppk,
                          const struct secret *passphrase);

/*
 * Compute the MAC of a file that is being written, version 2 or 3; plain is
 * its private blob with the padding.  False if the library cannot.
 */
bool ppk_mac(struct ppk *ppk, const struct secret *derived,
             const struct secret *plain);

/*
 * Is the decrypted private blob, with its padding, what the MAC was made of?
 * Then comment loses those of the blanks at its end that the MAC has not.
 */
bool ppk_mac_matches(struct ppk *ppk, const struct secret *derived,
                     const struct secret *plain);

#endif
