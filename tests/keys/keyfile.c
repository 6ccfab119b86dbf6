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
#include "keys/keyfile-format.h"
#include "keys/keyfile-ppk.h"
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

/* The code that decoding the text gives; ERR_NONE if it gives that key. */
static enum err_code decode(const char *text, size_t len, const char *pass,
                            const char *fingerprint)
{
    struct secret *p = pass != NULL ? secret_from(pass, strlen(pass)) : NULL;
    struct err err = { ERR_NONE, "" };
    struct sshkey *key =
        keyfile_decode((const uint8_t *)text, len, "key", p, &err);
    enum err_code code =
        key != NULL && has_fingerprint(key, fingerprint) ? ERR_NONE : err.code;

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
    is_num(decode(encrypted, len, PASSPHRASE, FINGERPRINT), ERR_NONE,
           "right passphrase");
    is_num(decode(encrypted, len, NULL, FINGERPRINT), ERR_PASSPHRASE,
           "no passphrase");
    is_num(decode(encrypted, len, "", FINGERPRINT), ERR_PASSPHRASE,
           "empty passphrase");
    is_num(decode(encrypted, len, "correct horsf", FINGERPRINT), ERR_PASSPHRASE,
           "wrong passphrase");
}

/* ---- PuTTY's files: one key in three of them ---- */

/* By puttygen 0.78. */
#define PPK_FINGERPRINT "SHA256:50USbgjQZZEuNr73/GYYidVU8yn2fe24CmMzZxbPnB8"
#define PPK_PUBLIC                                                       \
    "Public-Lines: 2\n"                                                  \
    "AAAAC3NzaC1lZDI1NTE5AAAAIBs7BctT2NNuau7Fc8XpZMgwP4E9iXllXInUtDl2\n" \
    "YhZE\n"
#define PPK_ARGON2(memory, passes, lanes) \
    "Key-Derivation: Argon2id\n"          \
    "Argon2-Memory: " memory "\n"         \
    "Argon2-Passes: " passes "\n"         \
    "Argon2-Parallelism: " lanes "\n"
#define PPK_HEAD(version, encryption)                \
    "PuTTY-User-Key-File-" version ": ssh-ed25519\n" \
    "Encryption: " encryption "\nComment: ed25519 key\n" PPK_PUBLIC
#define PPK_PLAIN        \
    "Private-Lines: 1\n" \
    "AAAAILufx7iPtdZvgUr9iWj9gcwj5x5SZyUe/t7PzIg8FI0b\n"

static const char ppk3_plain[] = PPK_HEAD("3", "none") PPK_PLAIN
    "Private-MAC: "
    "150d7c6022b841ad0bec3ec49229b2e3af953340915d3c570e30f20fab5434df\n";
static const char ppk2_plain[] = PPK_HEAD("2", "none") PPK_PLAIN
    "Private-MAC: 1d6119e15491a199d4c6de67336773955fa980f1\n";
static const char ppk3[] = PPK_HEAD("3", "aes256-cbc") PPK_ARGON2(
    "8192", "34",
    "1") "Argon2-Salt: da480e3875974681c1185dd3418cf574\n"
         "Private-Lines: 1\n"
         "R1wSp3DDnFKOeOYXuXbfM1w6bah0ntcsda9rqE2ipxfbC09Xj9eLy7Th3U4rhiPe\n"
         "Private-MAC: "
         "d6d5556b2346a64d6b9c8f1aabc9ed546ebdc7b183e0acdd8eea42a60224a133\n";
static const char ppk2[] = PPK_HEAD(
    "2",
    "aes256-cbc") "Private-Lines: 1\n"
                  "YzY0hKEqh9TlPDolSKO80zqDs4iPomXxlD/"
                  "xMdiuMnJP3P5x4X1kyRDLzxsvsdnT\n"
                  "Private-MAC: a53194e692c8eafe915e3a10fcf655a52a780d59\n";

static const char ppk_blob[] =
    "00000020bb9fc7b88fb5d66f814afd8968fd81cc"
    "23e71e5267251efedecfcc883c148d1bc616a22f46b502fbfdb4366b";

#define ZEROS "00000000000000000000000000000000" /* 16 bytes */

/* Key, IV and the MAC's key; the blob with its padding. */
static const struct {
    const char *name, *text, *derived, *plain;
    size_t plain_len;
} derivations[] = {
    { "PPK 3", ppk3,
      "b068fb750ff56ca51177775c7aaa35eff59a2a849fa7173712c2d6a14e639857"
      "3a0cb2b15b2f07c7078098bc9a3fdd9d"
      "ec507c3e1bdec1f745b89f9a03358b98e78d8363a6e924e10af3f60e3ce46010",
      ppk_blob, 48 },
    { "PPK 2", ppk2,
      "6ad70b10ad17156275ce9fb91122b4b8559b5d622fff8e634def25a5c0a63648"
      "00000000000000000000000000000000"
      "e742797285d9e9d7216a57f65c3d8866b6e67d7b",
      ppk_blob, 48 },
    { "PPK 2 without a passphrase", ppk2_plain,
      "9069ca78e7450a285173431b3e52c5c25299e473479e04f3d12d112b5c04c9ee" ZEROS
      "01256362c01ddccc2d94d0367ff286265c4d8e88",
      ppk_blob, 36 },
    { "PPK 3 without a passphrase", ppk3_plain, ZEROS ZEROS ZEROS, ppk_blob,
      36 },
};

static bool equals_hex(const struct secret *s, const char *hex, size_t len)
{
    uint8_t want[128];

    return keyfile_hex((struct wire_bytes){ (const uint8_t *)hex, 2 * len },
                       want, len) &&
           s != NULL && s->len == len && memcmp(s->data, want, len) == 0;
}

static void test_derivation(size_t i, const struct secret *pass)
{
    static const struct wire_bytes no_tag = { (const uint8_t *)"", 0 };
    static const struct keyfile_limits limits = { .argon2_kib = 8192,
                                                  .argon2_lanes = 1,
                                                  .argon2_work = 34 * 8192 };
    const char *text = derivations[i].text, *hex = derivations[i].derived;
    struct keyfile_text t = { "key",
                              { (const uint8_t *)text, strlen(text) },
                              &limits };
    struct secret *derived, *plain;
    struct wire_bytes private;
    struct ppk ppk;
    struct err err;

    if (!ok(ppk_open(&t, &ppk, &err), "%s: opened", derivations[i].name)) {
        diag("%s", err.msg);
        return;
    }
    private = (struct wire_bytes){ ppk.private->data, ppk.private->len };
    derived = ppk_derive(&ppk, pass);
    plain = keyfile_cipher_decrypt(ppk.cipher, derived, private, no_tag);
    ok(equals_hex(derived, hex, strlen(hex) / 2), "%s: its keys",
       derivations[i].name);
    ok(equals_hex(plain, derivations[i].plain, derivations[i].plain_len),
       "%s: its private blob", derivations[i].name);
    ok(ppk_mac_matches(&ppk, derived, plain), "%s: its MAC",
       derivations[i].name);
    plain->data[4] ^= 1;
    ok(!ppk_mac_matches(&ppk, derived, plain), "%s: no other's MAC",
       derivations[i].name);
    secret_free(plain);
    secret_free(derived);
    ppk_close(&ppk);
}

static void test_ppk_derivations(void)
{
    struct secret *pass = secret_from(PASSPHRASE, strlen(PASSPHRASE));

    for (size_t i = 0; i < sizeof derivations / sizeof derivations[0]; i++)
        test_derivation(i, pass);
    secret_free(pass);
}

static const struct {
    const char *text, *pass;
    enum err_code code;
    const char *name;
} ppk_cases[] = {
    { ppk3_plain, NULL, ERR_NONE, "PPK 3 without a passphrase" },
    { ppk3_plain, "unused", ERR_NONE, "and with one that it does not need" },
    { ppk2_plain, NULL, ERR_NONE, "PPK 2 without a passphrase" },
    { ppk2_plain, "unused", ERR_NONE, "and with one that it does not need" },
    { ppk3, PASSPHRASE, ERR_NONE, "PPK 3" },
    { ppk3, NULL, ERR_PASSPHRASE, "PPK 3, no passphrase" },
    { ppk3, "correct horsf", ERR_PASSPHRASE, "PPK 3, wrong passphrase" },
    { ppk2, PASSPHRASE, ERR_NONE, "PPK 2" },
    { ppk2, "", ERR_PASSPHRASE, "PPK 2, empty passphrase" },
    { ppk2, "correct horsf", ERR_PASSPHRASE, "PPK 2, wrong passphrase" },
};

static void test_ppk_passphrases(void)
{
    for (size_t i = 0; i < sizeof ppk_cases / sizeof ppk_cases[0]; i++)
        is_num(decode(ppk_cases[i].text, strlen(ppk_cases[i].text),
                      ppk_cases[i].pass, PPK_FINGERPRINT),
               ppk_cases[i].code, ppk_cases[i].name);
}

static void test_ppk_shows(void)
{
    struct keyfile_info info;
    struct err err;

    if (ok(keyfile_inspect((const uint8_t *)ppk3, strlen(ppk3), "key", &info,
                           &err),
           "a PPK can be looked at")) {
        is_str(info.format, "PuTTY PPK 3", "its format");
        is_str(info.comment, "ed25519 key", "its comment shows");
        ok(info.encrypted, "it is encrypted");
        ok(has_fingerprint(info.public, PPK_FINGERPRINT),
           "its public half shows");
        keyfile_info_free(&info);
    }
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
    { encrypted, { 16, 0, 0, 0, 0, 0, 0 }, NULL },
    { encrypted, { 15, 1, 1, 1, 0, 0, 0 }, "limit is 15" },
    { pbkdf2, { 0, 2048, 0, 0, 0, 0, 0 }, NULL },
    { pbkdf2, { 1, 2047, 1, 1, 0, 0, 0 }, "iterations than the limit of 2047" },
    { pbes1, { 0, 2048, 0, 0, 0, 0, 0 }, NULL },
    { pbes1, { 1, 2047, 1, 1, 0, 0, 0 }, "iterations than the limit of 2047" },
    { scrypt, { 0, 0, 16385, 16384, 0, 0, 0 }, NULL },
    { scrypt,
      { 1, 1, 16384, 16384, 0, 0, 0 },
      "KiB of memory than the limit of 16384" },
    { scrypt, { 1, 1, 16385, 16383, 0, 0, 0 }, "passes than the limit of 0" },
    { ppk3, { 0, 0, 0, 0, 8192, 1, 34 * 8192 }, NULL },
    { ppk3,
      { 1, 1, 1, 1, 8191, 1, 34 * 8192 },
      "8192 KiB of memory, the limit is 8191" },
    { ppk3, { 1, 1, 1, 1, 8192, 0, 34 * 8192 }, "the limit is 0" },
    { ppk3, { 1, 1, 1, 1, 8192, 1, 34 * 8192 - 1 }, "the limit is 33" },
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
static struct buf travelled(const char *at, const char *head,
                            const char *before, const char *after,
                            const char *end)
{
    struct buf out = { 0 };

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

static const struct {
    const char *name, *text, *fingerprint;
} travellers[] = {
    { "OpenSSH", encrypted, FINGERPRINT },
    { "PPK 3", ppk3_plain, PPK_FINGERPRINT },
    { "PPK 2", ppk2, PPK_FINGERPRINT },
};

/* Joined lines leave no end to a PPK's comment. */
static bool survives(size_t traveller, size_t journey)
{
    return traveller == 0 || strcmp(journeys[journey].end, " ") != 0;
}

static void test_journey(size_t t, size_t i)
{
    struct buf text =
        travelled(travellers[t].text, journeys[i].head, journeys[i].before,
                  journeys[i].after, journeys[i].end);
    enum err_code code;

    if (strcmp(journeys[i].name, "text after it") == 0)
        buf_put_str(&text, "me@home\nssh-ed25519 AAAA\n");
    code = decode((const char *)text.data, text.len, PASSPHRASE,
                  travellers[t].fingerprint);
    ok(code == (survives(t, i) ? ERR_NONE : ERR_FORMAT), "%s: %s",
       travellers[t].name, journeys[i].name);
    buf_free(&text);
}

static void test_journeys(void)
{
    for (size_t t = 0; t < sizeof travellers / sizeof travellers[0]; t++) {
        for (size_t i = 0; i < sizeof journeys / sizeof journeys[0]; i++)
            test_journey(t, i);
        ok(decode(travellers[t].text, strlen(travellers[t].text) - 1,
                  PASSPHRASE, travellers[t].fingerprint) == ERR_NONE,
           "%s: no last newline", travellers[t].name);
    }
}

/* ---- mistakes ---- */

#define PPK_SALT     "Argon2-Salt: 0011223344556677\nPrivate-Lines: 1\n"
#define SSHCOM_BEGIN "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----"
#define SSHCOM_END   "---- END SSH2 ENCRYPTED PRIVATE KEY ----"

static const struct {
    const char *text;
    enum err_code code;
    const char *says; /* part of the sentence */
} mistakes[] = {
    { "", ERR_FORMAT, "empty" },
    { "\n \r\n", ERR_FORMAT, "empty" },
    { "ssh-ed25519 AAAAC3 me@home\n", ERR_PUBLIC_HALF, "public half" },
    { "ecdsa-sha2-nistp256 AAAA\n", ERR_PUBLIC_HALF, "public half" },
    { "sk-ssh-ed25519@openssh.com AAAA\n", ERR_PUBLIC_HALF, "public half" },
    { "---- BEGIN SSH2 PUBLIC KEY ----\n", ERR_PUBLIC_HALF, "public half" },
    { "-----BEGIN PUBLIC KEY-----\nAAAA\n", ERR_PUBLIC_HALF, "public half" },
    { "-----BEGIN RSA PUBLIC KEY-----\n", ERR_PUBLIC_HALF, "public half" },
    { "-----BEGIN CERTIFICATE-----\n", ERR_UNSUPPORTED, "certificate" },
    { "-----BEGIN TRUSTED CERTIFICATE-----\n", ERR_UNSUPPORTED, "certificate" },
    { "-----BEGIN CERTIFICATE REQUEST-----\n", ERR_UNSUPPORTED, "request" },
    { "-----BEGIN NEW CERTIFICATE REQUEST-----\n", ERR_UNSUPPORTED, "request" },
    { "-----BEGIN EC PARAMETERS-----\nBg==\n", ERR_FORMAT, "parameters" },
    { "-----BEGIN PGP PRIVATE KEY BLOCK-----\n", ERR_UNSUPPORTED, "OpenPGP" },
    { "-----BEGIN DH PARAMETERS-----\n", ERR_FORMAT, "kind \"DH PARAMETERS\"" },
    { "-----BEGIN \33[2JX-----", ERR_FORMAT, "kind \"X\"" },
    { "-----BEGIN OPENSSH PRIV", ERR_FORMAT, "changed the first line" },
    { "vm ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK\n", ERR_FORMAT,
      "keys of servers" },
    { "AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBK\n",
      ERR_PUBLIC_HALF, "public half" },
    { "Encryption: none\nComment: me\n", ERR_FORMAT,
      "PuTTY-User-Key-File-..." },
    { "> -----BEGIN OPENSSH PRIVATE KEY-----\n", ERR_FORMAT, "five hyphens" },
    { "My key\n\n\xe2\x80\x94"
      "BEGIN RSA PRIVATE KEY\xe2\x80\x94\n",
      ERR_FORMAT, "five hyphens" },
    { BEGIN "\\nb3BlbnNzaC1rZXkt\\n" END "\\n", ERR_FORMAT, "written as \\n" },
    { "{\\rtf1 " BEGIN, ERR_FORMAT, "RTF" },
    { "PK\3\4\24", ERR_UNSUPPORTED, "ZIP" },
    { "\x1f\x8b\x08", ERR_UNSUPPORTED, "gzip" },
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
    { "-----BEGIN DSA PRIVATE KEY-----\n", ERR_UNSUPPORTED,
      "vmconnect-keygen" },
    { "PuTTY-User-Key-File-4: ssh-ed25519\n", ERR_UNSUPPORTED,
      "puttygen key -O private-openssh -o" },
    { "PuTTY-User-Key-File-3: ssh-ed25519\n", ERR_FORMAT, "Private-MAC" },
    { PPK_HEAD("3", "none") "Private-Lines: 1\nAAAA", ERR_FORMAT, "cut off" },
    { "PuTTY-User-Key-File-3: ssh-rsa\nEncryption: aes256", ERR_FORMAT,
      "cut off" },
    { PPK_HEAD("3", "none") PPK_PLAIN "Private-MAC: 15", ERR_FORMAT,
      "cut off" },
    { PPK_HEAD("3", "none") PPK_PLAIN
      "Private-MAC: "
      "250d7c6022b841ad0bec3ec49229b2e3af953340915d3c570e30f20fab5434df\n",
      ERR_FORMAT, "checksum" },
    { PPK_HEAD("3", "aes512-cbc") PPK_PLAIN, ERR_UNSUPPORTED, "aes512-cbc" },
    { PPK_HEAD("3", "aes256-cbc") "Key-Derivation: scrypt\nPrivate-Lines: 1\n",
      ERR_UNSUPPORTED, "scrypt" },
    { PPK_HEAD("3", "aes256-cbc") PPK_PLAIN, ERR_FORMAT, "Key-Derivation" },
    { PPK_HEAD("2", "aes256-cbc") "Private-Lines: 2\nAAAA\nPrivate-MAC: 00\n",
      ERR_FORMAT, "lines are missing" },
    { PPK_HEAD("2", "aes256-cbc") "Private-Lines: 0\nPrivate-MAC: 00\n",
      ERR_FORMAT, "length" },
    { "PuTTY-User-Key-File-3: ssh-ed25519 Encryption: none Comment: me\n",
      ERR_FORMAT, "line breaks are lost" },
    { PPK_HEAD("3", "aes256-cbc") PPK_ARGON2("1048577", "1", "1") PPK_SALT,
      ERR_LIMIT, "limit is 1048576" },
    { PPK_HEAD("3", "aes256-cbc") PPK_ARGON2("8192", "1", "65") PPK_SALT,
      ERR_LIMIT, "limit is 64" },
    { PPK_HEAD("3", "aes256-cbc") PPK_ARGON2("8192", "4097", "1") PPK_SALT,
      ERR_LIMIT, "limit is 4096" },
    { PPK_HEAD("3", "aes256-cbc") PPK_ARGON2("7", "1", "1") PPK_SALT,
      ERR_FORMAT, "key derivation" },
    { PPK_HEAD("3", "aes256-cbc") PPK_ARGON2("8192", "0", "1") PPK_SALT,
      ERR_FORMAT, "key derivation" },
    { PPK_HEAD("3", "aes256-cbc") PPK_ARGON2("99999999999", "1", "1") PPK_SALT,
      ERR_FORMAT, "Argon2-Memory" },
    { PPK_HEAD("3", "aes256-cbc")
          PPK_ARGON2("8", "1", "1") "Argon2-Salt: 00\nPrivate-Lines: 1\n",
      ERR_FORMAT, "Argon2-Salt" },
    { SSHCOM_BEGIN "\nComment: me\nAAAA\n", ERR_FORMAT, "cut off" },
    { SSHCOM_BEGIN "\nAAAA\n" SSHCOM_END, ERR_FORMAT, "header" },
    { "0\x08\x02\x01\x01\x04\x03xyz", ERR_UNSUPPORTED,
      "openssl pkey -inform DER -in key" },
    { "0\x05\x02\x01\x03xx", ERR_UNSUPPORTED, "openssl pkcs12" },
    { "0\x81\x05\x02\x01\x01xx", ERR_UNSUPPORTED, "openssl pkey" },
    { "0\x84\x01\x01\x01\x01\x02\x01\x01xx", ERR_FORMAT, "no private key" },
    { "0\x06"
      "0\x04\xa0\x01\x02x",
      ERR_UNSUPPORTED, "certificate" },
    { "0\x0f"
      "0\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0dxx",
      ERR_UNSUPPORTED, "openssl pkey" },
    { "0\x06\x04\x01\x03xxx", ERR_FORMAT, "no private key" },
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
    test_passphrases();
    test_ppk_derivations();
    test_ppk_passphrases();
    test_ppk_shows();
    test_limits();
    test_journeys();
    test_mistakes();
    test_long_file();
    return tap_done();
}
