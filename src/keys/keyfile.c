/* keyfile.c - which format a private key file has. */
#include "keys/keyfile.h"

#include <string.h>
#include "base/err.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "keys/keyfile-format.h"
#include "keys/keyfile-mistake.h"
#include "keys/sshcert.h"
#include "keys/sshkey.h"

/*
 * At its limit each derivation takes less than a minute on a machine of 2024.
 * Usual are 16 or 24 rounds, 2048 iterations, scrypt's 16 to 128 MiB, gone
 * through once (another MiB is for what it mixes them with), and Argon2's 8 MiB
 * in one lane, passed over 8 to 40 times.
 */
static const struct keyfile_limits usual_limits = {
    .bcrypt_rounds = 10000,
    .pbkdf_iterations = 20000000,
    .scrypt_kib = 1025 * 1024,
    .scrypt_work = 8 * 1024 * 1024,
    .argon2_kib = 1024 * 1024,
    .argon2_lanes = 64,
    .argon2_work = 32 * 1024 * 1024,
};

#define BOM "\xef\xbb\xbf"

/* clang-format off */
static const struct keyfile_format formats[] = {
    { "OpenSSH", "-----BEGIN OPENSSH PRIVATE KEY-----",
      keyfile_openssh_inspect, keyfile_openssh_decode, keyfile_openssh_encode },
    { "PEM",     "-----BEGIN RSA PRIVATE KEY-----",
      keyfile_pem_inspect, keyfile_pem_decode, keyfile_pem_encode },
    { "PEM",     "-----BEGIN EC PRIVATE KEY-----",
      keyfile_pem_inspect, keyfile_pem_decode, keyfile_pem_encode },
    { "PKCS#8",  "-----BEGIN PRIVATE KEY-----",
      keyfile_pkcs8_inspect, keyfile_pkcs8_decode, keyfile_pkcs8_encode },
    { "PKCS#8",  "-----BEGIN ENCRYPTED PRIVATE KEY-----",
      keyfile_pkcs8_inspect, keyfile_pkcs8_decode, keyfile_pkcs8_encode },
    { "PuTTY PPK 3", "PuTTY-User-Key-File-3:",
      keyfile_ppk_inspect, keyfile_ppk_decode, keyfile_ppk3_encode },
    { "PuTTY PPK 2", "PuTTY-User-Key-File-2:",
      keyfile_ppk_inspect, keyfile_ppk_decode, keyfile_ppk2_encode },
    { "PuTTY PPK 1", "PuTTY-User-Key-File-1:",
      keyfile_ppk_inspect, keyfile_ppk_decode, NULL },
    { "ssh.com", "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY",
      keyfile_sshcom_inspect, keyfile_sshcom_decode, NULL },
};
/* clang-format on */

static const struct keyfile_format *format_of(struct wire_bytes line)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (keyfile_begins(line, formats[i].opening))
            return &formats[i];
    return NULL;
}

/*
 * The private key may stand anywhere in the file: other tools put names,
 * parameters or certificates before it.
 */
static const struct keyfile_format *recognize(const uint8_t *data, size_t len,
                                              struct keyfile_text *text,
                                              struct err *err)
{
    struct wire_bytes rest = { data, len }, line, first = { data, 0 };
    const struct keyfile_format *format;

    if (keyfile_begins(rest, BOM)) {
        rest.data += strlen(BOM);
        rest.len -= strlen(BOM);
    }
    while (keyfile_next_line(&rest, &line)) {
        if ((format = format_of(line)) != NULL) {
            text->rest.data = line.data;
            text->rest.len = (size_t)(data + len - line.data);
            return format;
        }
        if (line.len != 0 && (first.len == 0 || first.data[0] == '#'))
            first = line; /* of a list of public keys, behind its comments */
    }
    if (first.len == 0)
        err_set(err, ERR_FORMAT, "%s: this file is empty; copy the key again",
                text->name);
    else
        keyfile_mistake(text->name, first, (struct wire_bytes){ data, len },
                        err);
    return NULL;
}

static const struct keyfile_format *open_text(const uint8_t *data, size_t len,
                                              struct keyfile_text *text,
                                              struct err *err)
{
    if (len <= KEYFILE_MAX)
        return recognize(data, len, text, err);
    err_set(err, ERR_FORMAT, "%s: this file is too long for a private key",
            text->name);
    return NULL;
}

struct sshkey *keyfile_public(const struct keyfile_text *text,
                              const uint8_t *blob, size_t len,
                              struct sshcert **cert, struct err *err)
{
    struct sshkey *key = NULL;

    *cert = NULL;
    if (sshcert_is_blob(blob, len)) {
        if ((*cert = sshcert_from_blob(blob, len, err)) != NULL)
            blob = sshkey_blob((*cert)->key, &len);
        else
            blob = NULL;
    }
    if (blob != NULL)
        key = sshkey_from_blob(blob, len, err);
    if (key == NULL && err->code == ERR_FORMAT)
        keyfile_damaged(text, "its public half", err);
    else if (key == NULL)
        err_prefix(err, "%s", text->name);
    return key;
}

bool keyfile_inspect(const uint8_t *data, size_t len, const char *name,
                     struct keyfile_info *out, struct err *err)
{
    struct keyfile_text text = { .name = name, .limits = &usual_limits };
    const struct keyfile_format *format;
    struct buf clean = { 0 };

    memset(out, 0, sizeof *out);
    if ((format = open_text(data, len, &text, err)) == NULL)
        return false;
    if (!format->inspect(&text, out, err)) {
        keyfile_info_free(out);
        return false;
    }
    out->format = format->name;
    text_clean(&clean, out->remark.data, out->remark.len, false);
    out->comment = buf_take_str(&clean);
    return true;
}

void keyfile_info_free(struct keyfile_info *info)
{
    mem_free(info->comment);
    buf_free(&info->remark);
    sshkey_free(info->public);
    sshcert_free(info->certificate);
    memset(info, 0, sizeof *info);
}

static struct sshkey *decode(const struct keyfile_limits *limits,
                             struct wire_bytes file, const char *name,
                             const struct secret *passphrase,
                             struct buf *remark, struct err *err)
{
    struct keyfile_text text = { .name = name, .limits = limits };
    const struct keyfile_format *format =
        open_text(file.data, file.len, &text, err);

    /* No format encrypts with an empty passphrase. */
    if (passphrase != NULL && passphrase->len == 0)
        passphrase = NULL;
    return format != NULL ? format->decode(&text, passphrase, remark, err)
                          : NULL;
}

struct sshkey *keyfile_decode_within(const struct keyfile_limits *limits,
                                     const uint8_t *data, size_t len,
                                     const char *name,
                                     const struct secret *passphrase,
                                     struct err *err)
{
    return decode(limits, (struct wire_bytes){ data, len }, name, passphrase,
                  NULL, err);
}

struct sshkey *keyfile_decode(const uint8_t *data, size_t len, const char *name,
                              const struct secret *passphrase, struct err *err)
{
    return keyfile_decode_within(&usual_limits, data, len, name, passphrase,
                                 err);
}

struct sshkey *keyfile_decode_remark(const uint8_t *data, size_t len,
                                     const char *name,
                                     const struct secret *passphrase,
                                     struct buf *remark, struct err *err)
{
    return decode(&usual_limits, (struct wire_bytes){ data, len }, name,
                  passphrase, remark, err);
}

/* As ssh-keygen and PuTTYgen have them; PBKDF2's as OWASP advised in 2023. */
void keyfile_encoding_init(struct keyfile_encoding *how)
{
    *how = (struct keyfile_encoding){ .comment = { (const uint8_t *)"", 0 },
                                      .cipher = "aes256-ctr",
                                      .bcrypt_rounds = 24,
                                      .pbkdf2_iterations = 600000,
                                      .argon2_kib = 8192,
                                      .argon2_passes = 13 };
}

/* As it is to be written; NULL if we only read it. */
static const struct keyfile_format *written_format(const char *name,
                                                   struct err *err)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (strcmp(formats[i].name, name) == 0 && formats[i].encode != NULL)
            return &formats[i];
    err_set(err, ERR_UNSUPPORTED,
            "files in the format %s are only read; write the key in another:",
            name);
    return NULL;
}

bool keyfile_can_hold(const char *name, const char *type, struct err *err)
{
    const struct keyfile_format *format = written_format(name, err);

    if (format == NULL)
        return false;
    if (format->encode == keyfile_pem_encode && strncmp(type, "ssh-ed", 6) == 0)
        return err_set(
            err, ERR_UNSUPPORTED,
            "PEM has no form for %s keys; use PKCS#8, or %s format", type,
            strcmp(type, "ssh-ed448") == 0 ? "PuTTY's" : "OpenSSH's");
    if (format->encode == keyfile_openssh_encode &&
        strcmp(type, "ssh-ed448") == 0)
        return err_set(err, ERR_UNSUPPORTED,
                       "OpenSSH has no %s keys; use PuTTY's format, or PKCS#8",
                       type);
    return true;
}

struct secret *keyfile_encode(const char *name, const struct sshkey *key,
                              const struct keyfile_encoding *how,
                              struct err *err)
{
    struct keyfile_encoding own = *how;

    if (own.passphrase != NULL && own.passphrase->len == 0)
        own.passphrase = NULL;
    if (!keyfile_can_hold(name, sshkey_type(key), err))
        return NULL;
    return written_format(name, err)->encode(key, &own, err);
}
