/*
 * encode.c - what we write is, byte for byte, what others wrote: with the
 * salts that they drew the same files come out.  tests/keygen has files that
 * others read.
 */
#include "keys/keyfile.h"

#include <string.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"
#include "keys/sshkey-generate.h"
#include "keys/sshkey.h"
#include "tests/keys/samples.h"
#include "tests/tap.h"

#define PASSPHRASE "correct horse"

/* clang-format off */
static const struct {
    const char *name, *text, *passphrase, *format;
    uint8_t random[KEYFILE_RANDOM];
    uint32_t bcrypt_rounds, argon2_passes;
} cases[] = {
    { "OpenSSH, Ed25519, bcrypt", openssh, PASSPHRASE, "OpenSSH",
      { 0x41, 0xca, 0x48, 0x3d, 0xc2, 0x37, 0xe4, 0x37, 0x3a, 0xa6, 0xfd, 0x69,
        0xb8, 0xf3, 0x14, 0x7b, 0xcd, 0x29, 0x34, 0x46 }, 16, 1 },
    { "PPK 3, Ed25519, Argon2id", ppk_ed25519, PASSPHRASE, "PuTTY PPK 3",
      { 0xda, 0x48, 0x0e, 0x38, 0x75, 0x97, 0x46, 0x81, 0xc1, 0x18, 0x5d, 0xd3,
        0x41, 0x8c, 0xf5, 0x74 }, 1, 34 },
    { "PPK 3, RSA, Argon2id", ppk_rsa, PASSPHRASE, "PuTTY PPK 3",
      { 0xfd, 0x87, 0xb2, 0x46, 0x7b, 0xe9, 0x6b, 0x73, 0x6e, 0x56, 0x5f, 0x45,
        0xfe, 0x49, 0x4d, 0x77 }, 1, 4 },
    { "PPK 2, RSA, SHA-1", ppk_2, PASSPHRASE, "PuTTY PPK 2", { 0 }, 1, 1 },
    { "PEM, RSA", pkcs1, NULL, "PEM", { 0 }, 1, 1 },
    { "PEM, ECDSA", sec1, NULL, "PEM", { 0 }, 1, 1 },
};
/* clang-format on */

static struct secret *passphrase_of(const char *s)
{
    return s != NULL ? secret_from(s, strlen(s)) : NULL;
}

/* Read a text and write it again. */
static struct secret *again(size_t i, const struct secret *pass,
                            struct err *err)
{
    struct keyfile_encoding how;
    struct secret *text = NULL;
    struct buf remark = { 0 };
    struct sshkey *key;

    key =
        keyfile_decode_remark((const uint8_t *)cases[i].text,
                              strlen(cases[i].text), "key", pass, &remark, err);
    if (key != NULL) {
        keyfile_encoding_init(&how);
        how.passphrase = pass;
        how.comment = (struct wire_bytes){ remark.data, remark.len };
        memcpy(how.random, cases[i].random, sizeof how.random);
        how.bcrypt_rounds = cases[i].bcrypt_rounds;
        how.argon2_passes = cases[i].argon2_passes;
        text = keyfile_encode(cases[i].format, key, &how, err);
    }
    buf_free(&remark);
    sshkey_free(key);
    return text;
}

static void test_known(size_t i)
{
    struct secret *pass = passphrase_of(cases[i].passphrase);
    struct err err = { ERR_NONE, "" };
    struct secret *text = again(i, pass, &err);

    if (!ok(text != NULL &&
                strcmp((const char *)text->data, cases[i].text) == 0,
            "%s: the same text comes out", cases[i].name))
        diag("%s\n%s", err.msg,
             text != NULL ? (const char *)text->data : "none");
    secret_free(text);
    secret_free(pass);
}

/* ---- every cipher of OpenSSH's format, and every format ---- */

static const char *const ciphers[] = {
    "aes256-ctr",
    "aes192-ctr",
    "aes128-ctr",
    "aes256-cbc",
    "aes192-cbc",
    "aes128-cbc",
    "3des-cbc",
    "aes256-gcm@openssh.com",
    "aes128-gcm@openssh.com",
    "chacha20-poly1305@openssh.com",
};
static const char *const formats[] = { "OpenSSH", "PuTTY PPK 3", "PuTTY PPK 2",
                                       "PKCS#8", "PEM" };

/* Does the text hold this key and comment, and open with the passphrase? */
static bool holds(const struct secret *text, const struct sshkey *key,
                  const struct secret *pass, const char *comment)
{
    struct err err = { ERR_NONE, "" };
    struct buf remark = { 0 };
    struct sshkey *got;
    bool same;

    got = keyfile_decode_remark(text->data, text->len, "key", pass, &remark,
                                &err);
    same = got != NULL && sshkey_equal_public(got, key) &&
           strcmp(buf_str(&remark), comment) == 0;
    if (!same)
        diag("%s, comment \"%s\"", err.msg, buf_str(&remark));
    buf_free(&remark);
    sshkey_free(got);
    return same;
}

static struct secret *encode(const char *format, const struct sshkey *key,
                             const char *cipher, const struct secret *pass,
                             const char *comment)
{
    struct keyfile_encoding how;
    struct secret *text;
    struct err err;

    keyfile_encoding_init(&how);
    how.passphrase = pass;
    how.cipher = cipher;
    how.comment =
        (struct wire_bytes){ (const uint8_t *)comment, strlen(comment) };
    how.bcrypt_rounds = how.argon2_passes = 1;
    how.pbkdf2_iterations = 10;
    text = keyfile_encode(format, key, &how, &err);
    if (text == NULL)
        diag("%s", err.msg);
    return text;
}

static void test_ciphers(void)
{
    struct secret *pass = passphrase_of(PASSPHRASE), *text;
    struct err err;
    struct sshkey *key = sshkey_generate("ed25519", 256, &err);

    for (size_t i = 0; i < sizeof ciphers / sizeof ciphers[0]; i++) {
        text = encode("OpenSSH", key, ciphers[i], pass, "me");
        ok(text != NULL && holds(text, key, pass, "me"), "OpenSSH with %s",
           ciphers[i]);
        secret_free(text);
    }
    sshkey_free(key);
    secret_free(pass);
}

static const struct {
    const char *kind;
    unsigned bits;
} kinds[] = { { "ed25519", 256 }, { "ecdsa", 256 }, { "ecdsa", 384 },
              { "ecdsa", 521 },   { "rsa", 2048 },  { "rsa", 2050 } };

static void test_format(const char *format, const struct sshkey *key)
{
    /* Latin-1, a control character; PPK must not be given a line end. */
    static const char comment[] = "m\xe9 \x1b[m at home ";
    bool has_comment = strncmp(format, "P", 1) != 0 || format[1] == 'u';
    const char *want = has_comment ? comment : "";
    struct secret *pass = passphrase_of(PASSPHRASE), *text;

    text = encode(format, key, "aes256-ctr", NULL, comment);
    ok(text != NULL && holds(text, key, NULL, want), "%s in %s, open",
       sshkey_type(key), format);
    secret_free(text);
    text = encode(format, key, "aes256-ctr", pass, comment);
    ok(text != NULL && holds(text, key, pass, want), "%s in %s, encrypted",
       sshkey_type(key), format);
    secret_free(text);
    secret_free(pass);
}

static void test_formats(void)
{
    struct sshkey *key;
    struct err err;

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        key = sshkey_generate(kinds[i].kind, kinds[i].bits, &err);
        ok(key != NULL && sshkey_is_private(key) &&
               sshkey_bits(key) == kinds[i].bits,
           "%s of %u bits is made", kinds[i].kind, kinds[i].bits);
        for (size_t f = 0; f < sizeof formats / sizeof formats[0]; f++)
            if (keyfile_can_hold(formats[f], sshkey_type(key), &err))
                test_format(formats[f], key);
        sshkey_free(key);
    }
}

/* A comment cannot smuggle lines into a file of lines. */
static void test_lines_in_comment(void)
{
    struct err err;
    struct sshkey *key = sshkey_generate("ed25519", 256, &err);
    struct secret *text = encode("PuTTY PPK 3", key, "aes256-ctr", NULL,
                                 "a\nPublic-Lines: 0\r\nb");

    ok(text != NULL && holds(text, key, NULL, "a Public-Lines: 0  b"),
       "line ends in a comment become blanks in PPK");
    secret_free(text);
    text = encode("OpenSSH", key, "aes256-ctr", NULL, "a\nb");
    ok(text != NULL && holds(text, key, NULL, "a\nb"),
       "and stay in OpenSSH's format");
    secret_free(text);
    sshkey_free(key);
}

static const struct {
    const char *kind;
    unsigned bits, want; /* 0: refused */
} sizes[] = {
    { "ed25519", 0, 256 }, { "ecdsa", 0, 256 },
    { "rsa", 0, 3072 },    { "ed25519", 255, 0 },
    { "ed25519", 512, 0 }, { "ecdsa", 255, 0 },
    { "ecdsa", 512, 0 },   { "rsa", 2040, 0 },
    { "rsa", 2049, 0 },    { "rsa", 16384, 16384 },
    { "rsa", 16392, 0 },   { "dsa", 0, 0 },
    { "", 0, 0 },
};

static void test_sizes(void)
{
    struct err err;

    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        unsigned bits = sizes[i].bits;
        bool good;

        err_clear(&err);
        good = sshkey_generate_check(sizes[i].kind, &bits, &err);
        ok(good == (sizes[i].want != 0) && (!good || bits == sizes[i].want) &&
               (err.code == ERR_USAGE) != good,
           "a key of kind \"%s\" and %u bits", sizes[i].kind, sizes[i].bits);
    }
}

static const struct {
    const char *format, *type;
    bool can;
} holders[] = {
    { "OpenSSH", "ssh-ed25519", true },     { "OpenSSH", "ssh-ed448", false },
    { "PEM", "ecdsa-sha2-nistp256", true }, { "PEM", "ssh-ed25519", false },
    { "PEM", "ssh-ed448", false },          { "PKCS#8", "ssh-ed448", true },
    { "PuTTY PPK 3", "ssh-ed448", true },   { "PuTTY PPK 1", "ssh-rsa", false },
    { "ssh.com", "ssh-rsa", false },
};

static void test_holders(void)
{
    struct err err;

    for (size_t i = 0; i < sizeof holders / sizeof holders[0]; i++) {
        err_clear(&err);
        ok(keyfile_can_hold(holders[i].format, holders[i].type, &err) ==
                   holders[i].can &&
               (err.code == ERR_UNSUPPORTED) != holders[i].can,
           "%s %s %s", holders[i].format,
           holders[i].can ? "holds" : "does not hold", holders[i].type);
    }
}

int main(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        test_known(i);
    test_ciphers();
    test_formats();
    test_lines_in_comment();
    test_holders();
    test_sizes();
    return tap_done();
}
