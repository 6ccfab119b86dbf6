/*
 * keyfile.c - key files that never change: known answers, rough journeys and
 * the mistakes people make.  formats.py has those that are made afresh.
 *
 * encrypted was made by ssh-keygen 9.2: aes256-ctr, bcrypt with 16 rounds.
 */
#include "keys/keyfile.h"

#include <string.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"
#include "base/wire.h"
#include "keys/bcrypt_pbkdf.h"
#include "keys/keyfile-format.h"
#include "keys/sshkey.h"
#include "tests/tap.h"

#define PASSPHRASE "correct horse"
#define BEGIN      "-----BEGIN OPENSSH PRIVATE KEY-----"
#define END        "-----END OPENSSH PRIVATE KEY-----"

static const char encrypted[] = BEGIN
    "\n"
    "b3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHIAAAAGYmNyeXB0AAAAGAAAABBBykg9wj\n"
    "fkNzqm/Wm48xR7AAAAEAAAAAEAAAAzAAAAC3NzaC1lZDI1NTE5AAAAIKl09BBi01ZACo6e\n"
    "0V4V6Lo9iwT49RwVyier2LBLg4hgAAAAkBNUp6vjWb2v9vS/CKIi/QocVnZIt/AdZGtWiz\n"
    "JJU4GAB5OIO5ogQivNEInOKcv8m21mlu2CMndnXDzXVxrYfPkZ2wmstOp8zPW5w8Vwtwbf\n"
    "isZj+IDodyRIwgG7RmY2j4Wj91Qk2W2KwXyvlPrfmGiHDF/xNFTh2IVnfwE2zAd2CPVark\n"
    "T8In/oGpKT5jYO5g==\n" END "\n";

#define FINGERPRINT "SHA256:CmdkDaXKf79Np8AdQT/iwjQ/cSHnrMstNPbm0GRz320"

/* ---- known answers ---- */

static void test_bcrypt_pbkdf(void)
{
    static const uint8_t salt[] = { 0x41, 0xca, 0x48, 0x3d, 0xc2, 0x37,
                                    0xe4, 0x37, 0x3a, 0xa6, 0xfd, 0x69,
                                    0xb8, 0xf3, 0x14, 0x7b };
    static const uint8_t want[] = {
        0xf0, 0x36, 0x96, 0x84, 0xcb, 0x73, 0x6d, 0xe4, 0x2c, 0x5e, 0x42, 0x9d,
        0xd4, 0x94, 0xf7, 0x49, 0xa9, 0x18, 0x08, 0x13, 0xf7, 0x5c, 0x21, 0xee,
        0x89, 0xad, 0x45, 0xec, 0x7b, 0x7c, 0x06, 0xc0, 0x66, 0xa3, 0xdd, 0x62,
        0x2b, 0x57, 0x9d, 0xc8, 0x22, 0xb1, 0x8f, 0x28, 0xcd, 0x53, 0x7e, 0xd8,
    };
    struct secret *pass = secret_from(PASSPHRASE, strlen(PASSPHRASE));
    struct wire_bytes s = { salt, sizeof salt };
    uint8_t key[sizeof want] = { 0 };

    ok(bcrypt_pbkdf(pass, s, 16, key, sizeof key) &&
           memcmp(key, want, sizeof key) == 0,
       "bcrypt_pbkdf gives the key of the file");
    secret_free(pass);
}

static bool has_fingerprint(const struct sshkey *key, const char *want)
{
    char got[SSHKEY_FINGERPRINT_MAX];
    const uint8_t *blob;
    size_t len;

    if (key == NULL)
        return false;
    blob = sshkey_blob(key, &len);
    sshkey_fingerprint(blob, len, got);
    return strcmp(got, want) == 0;
}

/* The code that decoding the text gives; ERR_NONE if it gives our key. */
static enum err_code decode(const char *text, size_t len, const char *pass)
{
    struct secret *p = pass != NULL ? secret_from(pass, strlen(pass)) : NULL;
    struct err err = { ERR_NONE, "" };
    struct sshkey *key =
        keyfile_decode((const uint8_t *)text, len, "key", p, &err);
    enum err_code code =
        key != NULL && has_fingerprint(key, FINGERPRINT) ? ERR_NONE : err.code;

    if (err.code != ERR_NONE)
        diag("%s", err.msg);
    sshkey_free(key);
    secret_free(p);
    return code;
}

static void test_passphrases(void)
{
    size_t len = strlen(encrypted);
    struct keyfile_info info;
    struct err err;

    if (ok(keyfile_inspect((const uint8_t *)encrypted, len, "key", &info, &err),
           "an encrypted file can be looked at")) {
        is_str(info.format, "OpenSSH", "its format");
        is_str(info.comment, "", "its comment does not show");
        ok(info.encrypted, "it is encrypted");
        ok(has_fingerprint(info.public, FINGERPRINT), "its public half shows");
        keyfile_info_free(&info);
    }
    is_num(decode(encrypted, len, PASSPHRASE), ERR_NONE, "right passphrase");
    is_num(decode(encrypted, len, NULL), ERR_PASSPHRASE, "no passphrase");
    is_num(decode(encrypted, len, ""), ERR_PASSPHRASE, "empty passphrase");
    is_num(decode(encrypted, len, "correct horsf"), ERR_PASSPHRASE,
           "wrong passphrase");
}

/* ---- limits ---- */

/* openssl pkcs8 -topk8, as it is; with -scrypt; with -v1 PBE-SHA1-3DES. */
static const char pbkdf2[] =
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
    "MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgPe8Uzh35adwICCAAw\n"
    "DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEHnCD10l9LLji2kPX2gxDQ4EQD7s\n"
    "TkV3hU9VKhDL44uYfFq8fNZggm8whsqurapm8G+uf+rehJu03P2ZsCpYI+qYkZfc\n"
    "zKDNf33asTmaAwwWjxI=\n"
    "-----END ENCRYPTED PRIVATE KEY-----\n";
static const char scrypt[] =
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
    "MIGTME8GCSqGSIb3DQEFDTBCMCEGCSsGAQQB2kcECzAUBAj1TKF2wSPTxgICQAAC\n"
    "AQgCAQEwHQYJYIZIAWUDBAEqBBA1uJVPFbY8o1KndV00hTjzBECr/d6rvvAs7wdf\n"
    "LCOjfbkfm6Lk7CA7L83wlP35HZEqRxCYSY9YQ9duD41X42cNjEE+hMqY32jnPqK9\n"
    "3FarnQSz\n"
    "-----END ENCRYPTED PRIVATE KEY-----\n";
static const char pbes1[] =
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
    "MFgwHAYKKoZIhvcNAQwBAzAOBAjUnYYOTMTGKAICCAAEOJMU+cmERPbtkpP9jV8G\n"
    "I673ycgjhvoFzE5GhTW+vWuOyG+XCRA7Kw/SlPEaDUah74qczmGSyO+Y\n"
    "-----END ENCRYPTED PRIVATE KEY-----\n";

/* Exactly what the files ask for, and one less of each in turn. */
static const struct {
    const char *text;
    struct keyfile_limits limits;
    const char *says; /* NULL: it is within the limits */
} limit_cases[] = {
    { encrypted, { 16, 0, 0, 0 }, NULL },
    { encrypted, { 15, 1, 1, 1 }, "limit is 15" },
    { pbkdf2, { 0, 2048, 0, 0 }, NULL },
    { pbkdf2, { 1, 2047, 1, 1 }, "iterations than the limit of 2047" },
    { pbes1, { 0, 2048, 0, 0 }, NULL },
    { pbes1, { 1, 2047, 1, 1 }, "iterations than the limit of 2047" },
    { scrypt, { 0, 0, 1024 * 16385, 1 }, NULL },
    { scrypt, { 1, 1, 1024 * 16384, 1 }, "memory than the limit of 16777216" },
    { scrypt, { 1, 1, 1024 * 16385, 0 }, "passes than the limit of 0" },
};

static void test_limits(void)
{
    struct secret *pass = secret_from(PASSPHRASE, strlen(PASSPHRASE));

    for (size_t i = 0; i < sizeof limit_cases / sizeof limit_cases[0]; i++) {
        const char *text = limit_cases[i].text, *says = limit_cases[i].says;
        struct err err = { ERR_NONE, "" };
        struct sshkey *key =
            keyfile_decode_within(&limit_cases[i].limits, (const uint8_t *)text,
                                  strlen(text), "key", pass, &err);

        if (says == NULL)
            ok(key != NULL, "within its limit");
        else
            ok(key == NULL && err.code == ERR_LIMIT &&
                   strstr(err.msg, says) != NULL,
               "\"%s\"", says);
        if (err.code != ERR_NONE)
            diag("%s", err.msg);
        sshkey_free(key);
    }
    secret_free(pass);
}

/* ---- what mail, chat and web forms do to a file ---- */

/* Each line end becomes end, each line gets before and after it. */
static struct buf travelled(const char *head, const char *before,
                            const char *after, const char *end)
{
    struct buf out = { 0 };
    const char *at = encrypted;

    buf_put_str(&out, head);
    while (*at != '\0') {
        size_t n = strcspn(at, "\n");

        buf_put_str(&out, before);
        buf_put(&out, at, n);
        buf_put_str(&out, after);
        buf_put_str(&out, end);
        at += n + 1;
    }
    return out;
}

static const struct {
    const char *name, *head, *before, *after, *end;
} journeys[] = {
    { "CR LF", "", "", "", "\r\n" },
    { "CR alone", "", "", "", "\r" },
    { "a byte-order mark", "\xef\xbb\xbf", "", "", "\n" },
    { "a byte-order mark and CR LF", "\xef\xbb\xbf", "", "", "\r\n" },
    { "blank lines before it", "\n\r\n  \n", "", "", "\n" },
    { "trailing blanks", "", "", " \t ", "\n" },
    { "indented lines", "", "    ", "", "\n" },
    { "blank lines between", "", "", "", "\n\n" },
    { "all on one line", "", "", "", " " },
    { "text before it", "Bag Attributes\n    name: me\n", "", "", "\n" },
    { "text after it", "", "", "", "\n" },
};

static void test_journeys(void)
{
    for (size_t i = 0; i < sizeof journeys / sizeof journeys[0]; i++) {
        struct buf text = travelled(journeys[i].head, journeys[i].before,
                                    journeys[i].after, journeys[i].end);

        if (i == sizeof journeys / sizeof journeys[0] - 1)
            buf_put_str(&text, "me@home\nssh-ed25519 AAAA\n");
        is_num(decode((const char *)text.data, text.len, PASSPHRASE), ERR_NONE,
               journeys[i].name);
        buf_free(&text);
    }
    is_num(decode(encrypted, strlen(encrypted) - 1, PASSPHRASE), ERR_NONE,
           "no last newline");
}

/* ---- mistakes ---- */

static const struct {
    const char *text;
    enum err_code code;
    const char *says; /* part of the sentence */
} mistakes[] = {
    { "", ERR_FORMAT, "empty" },
    { "\n \r\n", ERR_FORMAT, "empty" },
    { "ssh-ed25519 AAAAC3 me@home\n", ERR_FORMAT, "public half" },
    { "ecdsa-sha2-nistp256 AAAA\n", ERR_FORMAT, "public half" },
    { "sk-ssh-ed25519@openssh.com AAAA\n", ERR_FORMAT, "public half" },
    { "---- BEGIN SSH2 PUBLIC KEY ----\n", ERR_FORMAT, "public half" },
    { "-----BEGIN PUBLIC KEY-----\nAAAA\n", ERR_FORMAT, "public half" },
    { "-----BEGIN RSA PUBLIC KEY-----\n", ERR_FORMAT, "public half" },
    { "-----BEGIN CERTIFICATE-----\n", ERR_FORMAT, "certificate" },
    { "-----BEGIN TRUSTED CERTIFICATE-----\n", ERR_FORMAT, "certificate" },
    { "-----BEGIN CERTIFICATE REQUEST-----\n", ERR_FORMAT, "request" },
    { "-----BEGIN NEW CERTIFICATE REQUEST-----\n", ERR_FORMAT, "request" },
    { "-----BEGIN EC PARAMETERS-----\nBg==\n", ERR_FORMAT, "parameters" },
    { "-----BEGIN PGP PRIVATE KEY BLOCK-----\n", ERR_FORMAT, "OpenPGP" },
    { "<!DOCTYPE html>\n<html>\n", ERR_FORMAT, "HTML" },
    { "{\"KeyMaterial\": \"-----BEGIN\"}\n", ERR_FORMAT, "JSON" },
    { BEGIN "\nb3BlbnNzaC1rZXkt\n", ERR_FORMAT, END },
    { "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n", ERR_FORMAT,
      "-----END RSA PRIVATE KEY-----" },
    { "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAE\n" END "\n", ERR_FORMAT,
      "first line" },
    { "MIIEpAIBAAKCAQEAv7RKniKJ8ZeWeCsOUw1J8klbJFcfyzPERyYoHQi2tVVN\n",
      ERR_FORMAT, "first line" },
    { "SSH PRIVATE KEY FILE FORMAT 1.1\n", ERR_UNSUPPORTED, "SSH-1" },
    { "-----BEGIN DSA PRIVATE KEY-----\n", ERR_UNSUPPORTED, "ssh-keygen -t" },
    { "PuTTY-User-Key-File-3: ssh-ed25519\n", ERR_UNSUPPORTED,
      "puttygen key -O private-openssh -o" },
    { "PuTTY-User-Key-File-2: ssh-rsa\r\n", ERR_UNSUPPORTED, "puttygen" },
    { "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\n", ERR_UNSUPPORTED,
      "puttygen" },
    { "0\x82\x04\xa4\x02\x01", ERR_UNSUPPORTED, "openssl pkey -inform DER" },
    { "\xff\xfe-\x01", ERR_FORMAT, "UTF-16" },
    { "root:x:0:0:root:/root:/bin/sh\n", ERR_FORMAT, "no private key" },
    { BEGIN "\n!!!!\n" END "\n", ERR_FORMAT, "base64" },
    { BEGIN "\nAAAA\n" END "\n", ERR_FORMAT, "damaged" },
    { BEGIN "\n" END "\n", ERR_FORMAT, "damaged" },
};

static void test_mistakes(void)
{
    for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++) {
        const uint8_t *text = (const uint8_t *)mistakes[i].text;
        size_t len = strlen(mistakes[i].text);
        struct err err = { ERR_NONE, "" };
        struct keyfile_info info;
        bool same;

        same = !keyfile_inspect(text, len, "key", &info, &err) &&
               err.code == mistakes[i].code &&
               strstr(err.msg, mistakes[i].says) != NULL &&
               strncmp(err.msg, "key: ", 5) == 0 && info.comment == NULL &&
               info.public == NULL;
        if (!ok(same, "inspect says \"%s\"", mistakes[i].says))
            diag("%s", err.msg);
        err_clear(&err);
        ok(keyfile_decode(text, len, "key", NULL, &err) == NULL &&
               err.code == mistakes[i].code &&
               strstr(err.msg, mistakes[i].says) != NULL,
           "decode says it too");
    }
}

static void test_long_file(void)
{
    struct buf text = { 0 };
    struct err err = { ERR_NONE, "" };

    while (text.len <= KEYFILE_MAX)
        buf_put(&text, encrypted, strlen(encrypted));
    ok(keyfile_decode(text.data, text.len, "key", NULL, &err) == NULL &&
           err.code == ERR_FORMAT && strstr(err.msg, "too long") != NULL,
       "a file longer than any key is refused");
    buf_free(&text);
}

int main(void)
{
    test_bcrypt_pbkdf();
    test_passphrases();
    test_limits();
    test_journeys();
    test_mistakes();
    test_long_file();
    return tap_done();
}
