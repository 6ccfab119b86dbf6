/*
 * sshkey.c - public blobs, fingerprints and what may sign with what.
 *
 * The fingerprints are those that ssh-keygen 9.2 -l prints for these keys.
 */
#include "keys/sshkey.h"

#include <string.h>
#include "base/base64.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/wire.h"
#include "tests/tap.h"

#define ED25519                                                  \
    "AAAAC3NzaC1lZDI1NTE5AAAAIBs7BctT2NNuau7Fc8XpZMgwP4E9iXllXI" \
    "nUtDl2YhZE"
#define P256                                                     \
    "AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBHmYGA" \
    "4u3PM7XE+5+tLE9a+SxVlMvqEtvbyus35y3fHSpgdLDQVCY2PX6lGlYvWY" \
    "w3WsuaXNaq4BvBOgUlKdim4="
/* Made by a token in software, tests/lib/tokens.py. */
#define ED25519_SK                                               \
    "AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAIEW6cQCVSXUHKz" \
    "yf/jx5JhlNals3vug+rBJWbDJhwiIRAAAABHNzaDo="
#define ECDSA_SK                                                 \
    "AAAAInNrLWVjZHNhLXNoYTItbmlzdHAyNTZAb3BlbnNzaC5jb20AAAAIbm" \
    "lzdHAyNTYAAABBBD8+xn0M4gELF80Ek7mchD9bLf9WCf1GWxT17qFp75s/" \
    "OMmKNfJOi+dZb3iL4hh/bzVelRC76OD3eKKcRY9voQoAAAAEc3NoOg=="
#define ED25519_PRINT "SHA256:50USbgjQZZEuNr73/GYYidVU8yn2fe24CmMzZxbPnB8"
#define P256_PRINT    "SHA256:EG4utJxLdSrZsFgBatedDOrYDeHcrirs7E1GApZBkoQ"

static struct buf unbase64(const char *text)
{
    struct buf b = { 0 };

    if (!base64_decode(&b, text, strlen(text)))
        exit(2);
    return b;
}

static const struct {
    const char *blob, *type, *kind, *fingerprint;
    unsigned bits;
} good[] = {
    { ED25519, "ssh-ed25519", "ED25519", ED25519_PRINT, 256 },
    { P256, "ecdsa-sha2-nistp256", "ECDSA", P256_PRINT, 256 },
    { ED25519_SK, "sk-ssh-ed25519@openssh.com", "ED25519-SK",
      "SHA256:fkZJCm59ZATWn5VN+6hHSUuKRt86nYfWdcNOBTpQFH4", 256 },
    { ECDSA_SK, "sk-ecdsa-sha2-nistp256@openssh.com", "ECDSA-SK",
      "SHA256:jzLTpujxCpWBoetxgLGAEGlugN44kFumlImrST2u/7o", 256 },
};

static void test_good_blobs(void)
{
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct buf blob = unbase64(good[i].blob);
        struct err err = { ERR_NONE, "" };
        struct sshkey *key = sshkey_from_blob(blob.data, blob.len, &err);
        char text[SSHKEY_FINGERPRINT_MAX];
        size_t len;

        if (ok(key != NULL, "%s is read", good[i].type)) {
            is_str(sshkey_type(key), good[i].type, "its type");
            is_str(sshkey_kind(key), good[i].kind, "its kind");
            is_num(sshkey_bits(key), good[i].bits, "its bits");
            ok(!sshkey_is_private(key), "it is public");
            ok(memcmp(sshkey_blob(key, &len), blob.data, blob.len) == 0 &&
                   len == blob.len,
               "its blob is what it was made from");
        }
        ok(key != NULL &&
               sshkey_on_token(key) == (strncmp(good[i].type, "sk-", 3) == 0),
           "is it in a security key");
        sshkey_fingerprint(blob.data, blob.len, text);
        is_str(text, good[i].fingerprint, "its fingerprint");
        sshkey_free(key);
        buf_free(&blob);
    }
}

/* Ed448's blob is RFC 8709's; the point itself is libcrypto's matter. */
static void test_ed448(void)
{
    struct err err = { ERR_NONE, "" };
    struct buf blob = { 0 };
    uint8_t point[57] = { 1 };
    struct sshkey *key;

    wire_put_cstr(&blob, "ssh-ed448");
    wire_put_string(&blob, point, sizeof point);
    key = sshkey_from_blob(blob.data, blob.len, &err);
    if (ok(key != NULL, "an Ed448 blob is read")) {
        is_str(sshkey_kind(key), "ED448", "its kind");
        is_num(sshkey_bits(key), 448, "its bits");
        ok(!sshkey_may_login(key, &err) && err.code == ERR_UNSUPPORTED &&
               strstr(err.msg, "Ed448") != NULL,
           "it logs in nowhere");
    }
    sshkey_free(key);
    key = sshkey_from_blob(blob.data, blob.len - 1, &err);
    ok(key == NULL && err.code == ERR_FORMAT, "a shorter one is not");
    buf_free(&blob);
}

/* Every shorter blob and each changed length are refused. */
static void test_cut_blobs(void)
{
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct buf blob = unbase64(good[i].blob);
        unsigned accepted = 0, wordless = 0;

        for (size_t len = 0; len < blob.len; len++) {
            struct err err = { ERR_NONE, "" };
            struct sshkey *key = sshkey_from_blob(blob.data, len, &err);

            accepted += key != NULL;
            wordless += err.msg[0] == '\0' || err.code == ERR_NONE;
            sshkey_free(key);
        }
        is_num(accepted, 0, "no beginning of a blob is a key");
        is_num(wordless, 0, "each has its sentence");
        buf_free(&blob);
    }
}

struct number {
    unsigned bytes;
    uint8_t first, last;
};

static void put_number(struct buf *b, struct number n)
{
    uint8_t bytes[2200];

    memset(bytes, 0x55, sizeof bytes);
    bytes[0] = n.first;
    bytes[n.bytes != 0 ? n.bytes - 1 : 0] = n.last;
    wire_put_mpint(b, bytes, n.bytes);
}

static const struct {
    const char *name;
    struct number e, n;
    enum err_code code;
    unsigned bits;
} rsa_cases[] = {
    { "RSA 1024", { 1, 3, 3 }, { 128, 0x80, 1 }, ERR_NONE, 1024 },
    { "RSA 1025", { 3, 1, 1 }, { 129, 1, 1 }, ERR_NONE, 1025 },
    { "RSA 16384", { 3, 1, 1 }, { 2048, 0xff, 1 }, ERR_NONE, 16384 },
    { "RSA too long", { 3, 1, 1 }, { 2049, 1, 1 }, ERR_FORMAT, 0 },
    { "RSA too short", { 3, 1, 1 }, { 128, 0x7f, 1 }, ERR_UNSUPPORTED, 0 },
    { "even modulus", { 3, 1, 1 }, { 256, 0x80, 2 }, ERR_FORMAT, 0 },
    { "even exponent", { 3, 1, 2 }, { 256, 0x80, 1 }, ERR_FORMAT, 0 },
    { "exponent 1", { 1, 1, 1 }, { 256, 0x80, 1 }, ERR_FORMAT, 0 },
    { "exponent 0", { 0, 0, 0 }, { 256, 0x80, 1 }, ERR_FORMAT, 0 },
    { "modulus 0", { 3, 1, 1 }, { 0, 0, 0 }, ERR_FORMAT, 0 },
    { "huge exponent", { 33, 1, 1 }, { 256, 0x80, 1 }, ERR_FORMAT, 0 },
};

static void test_rsa_blobs(void)
{
    for (size_t i = 0; i < sizeof rsa_cases / sizeof rsa_cases[0]; i++) {
        struct err err = { ERR_NONE, "" };
        struct buf blob = { 0 };
        struct sshkey *key;

        wire_put_cstr(&blob, "ssh-rsa");
        put_number(&blob, rsa_cases[i].e);
        put_number(&blob, rsa_cases[i].n);
        key = sshkey_from_blob(blob.data, blob.len, &err);
        is_num(key != NULL ? ERR_NONE : err.code, rsa_cases[i].code,
               rsa_cases[i].name);
        if (key != NULL)
            is_num(sshkey_bits(key), rsa_cases[i].bits, "its bits");
        sshkey_free(key);
        buf_free(&blob);
    }
}

static void test_bad_point(void)
{
    struct buf blob = unbase64(P256);
    struct err err = { ERR_NONE, "" };

    blob.data[blob.len - 1] ^= 1;
    ok(sshkey_from_blob(blob.data, blob.len, &err) == NULL &&
           err.code == ERR_FORMAT,
       "a point that is not on the curve is refused");
    blob.data[blob.len - 1] ^= 1;
    buf_put_byte(&blob, 0);
    ok(sshkey_from_blob(blob.data, blob.len, &err) == NULL &&
           err.code == ERR_FORMAT,
       "a byte too many is refused");
    buf_free(&blob);
}

static void test_unknown_type(void)
{
    static const uint8_t evil[] = "\0\0\0\12x\033[31mred!\0\0\0\0";
    struct err err = { ERR_NONE, "" };
    char type[8];

    ok(sshkey_from_blob(evil, sizeof evil - 1, &err) == NULL &&
           err.code == ERR_UNSUPPORTED,
       "an unknown type is told from damage");
    ok(strstr(err.msg, "xred!") != NULL && strchr(err.msg, '\033') == NULL,
       "the sentence names it without its control characters");
    sshkey_blob_type(evil, sizeof evil - 1, type, sizeof type);
    ok(strlen(type) < sizeof type && strchr(type, '\033') == NULL,
       "its name is cut to the room there is");
    sshkey_blob_type(evil, 3, type, sizeof type);
    is_str(type, "", "a blob too short has no type");
}

static void test_public_line(void)
{
    static const char comment[] = "a\n\033[2J\tJos\xe9\177";
    struct buf blob = unbase64(ED25519), line = { 0 };
    struct err err;
    struct sshkey *key = sshkey_from_blob(blob.data, blob.len, &err);

    sshkey_public_line(
        key,
        (struct wire_bytes){ (const uint8_t *)comment, sizeof comment - 1 },
        &line);
    is_str(buf_str(&line), "ssh-ed25519 " ED25519 " a  [2J\tJos\xe9 ",
           "a public line keeps the bytes of a comment, but no control");
    sshkey_free(key);
    buf_free(&line);
    buf_free(&blob);
}

#define MD5_PRINT "95:c6:c7:b1:f6:05:60:89:4d:6e:d4:6a:f6:bb:c7:52"
#define SHA256_HEX                                     \
    "e7:45:12:6e:08:d0:65:91:2e:36:be:f7:fc:66:18:89:" \
    "d5:54:f3:29:f6:7d:ed:b8:0a:63:33:67:16:cf:9c:1f"

static const struct {
    const char *text;
    unsigned bits;
} typed[] = {
    { ED25519_PRINT, 256 },
    { ED25519_PRINT "=", 256 },
    { "sha256:50USbgjQZZEuNr73/GYYidVU8yn2fe24CmMzZxbPnB8", 256 },
    { "50USbgjQZZEuNr73/GYYidVU8yn2fe24CmMzZxbPnB8", 256 },
    { "  50USbgjQZZEuNr73/GYYidVU8yn2fe24CmMzZxbPnB8=\r\n", 256 },
    { "256 " ED25519_PRINT " me@home (ED25519)", 256 },
    { "ssh-ed25519 255 " ED25519_PRINT, 256 },
    { MD5_PRINT, 128 },
    { "MD5:" MD5_PRINT, 128 },
    { "md5:95:C6:C7:B1:F6:05:60:89:4D:6E:D4:6A:F6:BB:C7:52", 128 },
    { SHA256_HEX, 256 },
    { "SHA256:" SHA256_HEX, 256 },
    { "", 0 },
    { "   ", 0 },
    { "SHA256:", 0 },
    { "MD5:", 0 },
    { "yes", 0 },
    { P256_PRINT, 0 },
    { "SHA256:50USbgjQZZEuNr73/GYYidVU8yn2fe24CmMzZxbPnB", 252 },
    { "50USbgjQ", 48 },
    { "SHA256:50USbgjQZ", 54 },
    { "CmMzZxbPnB8", 64 },
    { "50USbgj", 0 },
    { "USbgjQZZEu", 0 },
    { "95:c6:c7:b1", 32 },
    { "95C6C7B1F6", 40 },
    { "MD5:bb:c7:52:d4", 0 },
    { "6a:f6:bb:c7:52", 40 },
    { "SHA256:95:c6:c7:b1", 0 },
    { "256 SHA256:50USbgjQZZ (ED25519)", 60 },
    { "SHA256:50usbgjQZZEuNr73/GYYidVU8yn2fe24CmMzZxbPnB8", 0 },
    { "MD5:50USbgjQZZEuNr73/GYYidVU8yn2fe24CmMzZxbPnB8", 0 },
    { "SHA256:" MD5_PRINT "x", 0 },
    { "95:c6:c7:b1:f6:05:60:89:4d:6e:d4:6a:f6:bb:c7", 120 },
    { MD5_PRINT ":00", 0 },
};

static void test_typed_fingerprints(void)
{
    struct buf blob = unbase64(ED25519);

    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++)
        is_num(sshkey_fingerprint_compare(blob.data, blob.len, typed[i].text),
               typed[i].bits, typed[i].text);
    buf_free(&blob);
}

static void test_signing_needs_private(void)
{
    static const char *const names[] = { "ssh-ed25519", "ssh-rsa",
                                         "rsa-sha2-512", "" };
    struct buf blob = unbase64(ED25519), sig = { 0 };
    struct err err = { ERR_NONE, "" };
    struct sshkey *key = sshkey_from_blob(blob.data, blob.len, &err);

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        err_clear(&err);
        ok(!sshkey_sign(key, names[i], blob.data, 3, &sig, &err) &&
               err.code == ERR_UNSUPPORTED && sig.len == 0,
           "a public Ed25519 key does not sign with \"%s\"", names[i]);
    }
    sshkey_free(key);
    buf_free(&blob);
    buf_free(&sig);
}

int main(void)
{
    test_good_blobs();
    test_ed448();
    test_cut_blobs();
    test_rsa_blobs();
    test_bad_point();
    test_unknown_type();
    test_public_line();
    test_typed_fingerprints();
    test_signing_needs_private();
    sshkey_free(NULL);
    return tap_done();
}
