/*
 * keyfile-format.h - what keyfile.c and the files of the formats share.
 *
 * A new format is one file keyfile-NAME.c with the two functions that read it,
 * keyfile-NAME-write.c with the one that writes it, if any, their prototypes
 * here, and a row for each of its first lines in keyfile.c.
 */
#ifndef KEYS_KEYFILE_FORMAT_H
#define KEYS_KEYFILE_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/attr.h"
#include "base/err.h"
#include "base/wire.h"

struct buf;
struct keyfile_encoding;
struct keyfile_info;
struct secret;
struct sshcert;
struct sshkey;

/*
 * What a file may ask for: it sets the cost of its own decryption, so a file
 * made to annoy could otherwise keep us busy for years.
 */
struct keyfile_limits {
    uint32_t bcrypt_rounds;
    uint32_t pbkdf_iterations;
    uint32_t scrypt_kib;
    uint32_t scrypt_work; /* KiB times passes */
    uint32_t argon2_kib, argon2_lanes;
    uint32_t argon2_work; /* KiB times passes */
};

/* The file from the line on that told its format. */
struct keyfile_text {
    const char *name;       /* how messages call the file */
    struct wire_bytes rest; /* begins with that line */
    const struct keyfile_limits *limits;
};

struct keyfile_format {
    const char *name;    /* as in struct keyfile_info */
    const char *opening; /* how the first line begins */
    /* Fills in encrypted, and remark, public and what the format has of the
     * rest where they show. */
    bool (*inspect)(const struct keyfile_text *text, struct keyfile_info *out,
                    struct err *err);
    /*
     * passphrase is NULL or not empty.  The comment's bytes as they are in
     * the file are appended to remark, unless that is NULL.
     */
    struct sshkey *(*decode)(const struct keyfile_text *text,
                             const struct secret *passphrase,
                             struct buf *remark, struct err *err);
    /* The text of a file, for a key that keyfile_can_hold(); NULL in the
     * table: we do not write this format. */
    struct secret *(*encode)(const struct sshkey *key,
                             const struct keyfile_encoding *how,
                             struct err *err);
};

bool keyfile_openssh_inspect(const struct keyfile_text *text,
                             struct keyfile_info *out, struct err *err);
struct sshkey *keyfile_openssh_decode(const struct keyfile_text *text,
                                      const struct secret *passphrase,
                                      struct buf *remark, struct err *err);
struct secret *keyfile_openssh_encode(const struct sshkey *key,
                                      const struct keyfile_encoding *how,
                                      struct err *err);

bool keyfile_pem_inspect(const struct keyfile_text *text,
                         struct keyfile_info *out, struct err *err);
struct sshkey *keyfile_pem_decode(const struct keyfile_text *text,
                                  const struct secret *passphrase,
                                  struct buf *remark, struct err *err);
struct secret *keyfile_pem_encode(const struct sshkey *key,
                                  const struct keyfile_encoding *how,
                                  struct err *err);

bool keyfile_pkcs8_inspect(const struct keyfile_text *text,
                           struct keyfile_info *out, struct err *err);
struct sshkey *keyfile_pkcs8_decode(const struct keyfile_text *text,
                                    const struct secret *passphrase,
                                    struct buf *remark, struct err *err);
struct secret *keyfile_pkcs8_encode(const struct sshkey *key,
                                    const struct keyfile_encoding *how,
                                    struct err *err);

bool keyfile_ppk_inspect(const struct keyfile_text *text,
                         struct keyfile_info *out, struct err *err);
struct sshkey *keyfile_ppk_decode(const struct keyfile_text *text,
                                  const struct secret *passphrase,
                                  struct buf *remark, struct err *err);
struct secret *keyfile_ppk2_encode(const struct sshkey *key,
                                   const struct keyfile_encoding *how,
                                   struct err *err);
struct secret *keyfile_ppk3_encode(const struct sshkey *key,
                                   const struct keyfile_encoding *how,
                                   struct err *err);

bool keyfile_sshcom_inspect(const struct keyfile_text *text,
                            struct keyfile_info *out, struct err *err);
struct sshkey *keyfile_sshcom_decode(const struct keyfile_text *text,
                                     const struct secret *passphrase,
                                     struct buf *remark, struct err *err);

/*
 * The public half as it stands in a file: a key's blob, or a certificate's,
 * which is then kept in *cert (else NULL), and the result is the key that it
 * is about.  NULL with *err set.
 */
struct sshkey *keyfile_public(const struct keyfile_text *text,
                              const uint8_t *blob, size_t len,
                              struct sshcert **cert, struct err *err);

/* keyfile_decode() with other limits, for a test that has no minute. */
struct sshkey *keyfile_decode_within(const struct keyfile_limits *limits,
                                     const uint8_t *text, size_t len,
                                     const char *name,
                                     const struct secret *passphrase,
                                     struct err *err);

/* ---- armour: keyfile-text.c ---- */

/*
 * Take the next line off rest, without its end (LF, CR LF or CR) and without
 * blanks around it.  False when nothing is left.
 */
bool keyfile_next_line(struct wire_bytes *rest, struct wire_bytes *line);

/* Does the line begin with s? */
bool keyfile_begins(struct wire_bytes line, const char *s);

/*
 * What lies between the marks begin, with which the text must open, and end.
 * ERR_FORMAT if the end is missing.
 */
bool keyfile_between(const struct keyfile_text *text, const char *begin,
                     const char *end, struct wire_bytes *body, struct err *err);

/* The same with "-----BEGIN label-----" and "-----END label-----". */
bool keyfile_body(const struct keyfile_text *text, const char *label,
                  struct wire_bytes *body, struct err *err);

/* The base64 of a body; NULL and ERR_FORMAT if it is none. */
struct secret *keyfile_base64(const struct keyfile_text *text,
                              struct wire_bytes body, struct err *err);

/*
 * Are there headers ("Name: value") in this body, but no line ends any more?
 * What is which cannot be told then.
 */
bool keyfile_lines_lost(struct wire_bytes body);

/* Exactly len bytes in hexadecimal, of either letter case. */
bool keyfile_hex(struct wire_bytes hex, uint8_t *out, size_t len);

/* ---- sentences that the formats share; all return false ---- */

bool keyfile_damaged(const struct keyfile_text *text, const char *what,
                     struct err *err);
/* After keyfile_lines_lost(). */
bool keyfile_joined(const struct keyfile_text *text, struct err *err);
bool keyfile_halves_differ(const struct keyfile_text *text, struct err *err);
/* what is "cipher" or "key derivation"; name is the file's, not yet clean. */
bool keyfile_unknown(const struct keyfile_text *text, const char *what,
                     struct wire_bytes name, struct err *err);
/* The same for files that ssh-keygen cannot read: the remedy is puttygen. */
bool keyfile_unknown_by_putty(const struct keyfile_text *text, const char *what,
                              struct wire_bytes name, struct err *err);
/* last is how the missing end of the file begins. */
bool keyfile_cut_off(const struct keyfile_text *text, const char *last,
                     struct err *err);
bool keyfile_needs_passphrase(const struct keyfile_text *text, struct err *err);
bool keyfile_wrong_passphrase(const struct keyfile_text *text, struct err *err);
/* what is the algorithm that libcrypto has not. */
bool keyfile_cannot_decrypt(const struct keyfile_text *text, const char *what,
                            struct err *err);
bool keyfile_cannot_encrypt(const char *what, struct err *err);

#endif
