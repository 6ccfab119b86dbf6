/*
 * derive.c - known answers of the key derivations.
 *
 * bcrypt_pbkdf: OpenBSD's regress/lib/libutil/bcrypt_pbkdf and the file of
 * keyfile.c.  Argon2 version 0x13: the reference implementation's test.c, and
 * for Argon2d, which that leaves out, and for PPK's 80 bytes its command
 * (argon2 20171227).
 */
#include <string.h>
#include "base/secret.h"
#include "keys/bcrypt_pbkdf.h"
#include "keys/keyfile-argon2.h"
#include "keys/keyfile-format.h"
#include "tests/tap.h"

#define OUT_MAX 128

struct text {
    const char *bytes;
    size_t len;
};

#define TEXT(s)         \
    {                   \
        s, sizeof s - 1 \
    }

static bool equals_hex(const uint8_t *got, const char *hex)
{
    size_t len = strlen(hex) / 2;
    uint8_t want[OUT_MAX];

    return keyfile_hex((struct wire_bytes){ (const uint8_t *)hex, 2 * len },
                       want, len) &&
           memcmp(got, want, len) == 0;
}

static struct wire_bytes bytes_of(struct text t)
{
    return (struct wire_bytes){ (const uint8_t *)t.bytes, t.len };
}

/* clang-format off */
static const struct {
    unsigned rounds;
    struct text passphrase, salt;
    const char *key; /* as long as what is asked for */
} bcrypts[] = {
    { 4, TEXT("password"), TEXT("salt"),
      "5bbf0cc293587f1c3635555c27796598d47e579071bf427e9d8fbe842aba34d9" },
    { 4, TEXT("password"), TEXT("\0"), "c12b566235eee04c212598970a579a67" },
    { 4, TEXT("\0"), TEXT("salt"), "6051be18c2f4f82cbf0efee5471b4bb9" },
    { 8, TEXT("password"), TEXT("salt"),
      "e1367ec5151a33faac4cc1c144cd23fa15d5548493ecc99b9b5d9c0d3b27bec7"
      "6227ea66088b849b20ab7aa478010246e74bba51723fefa9f9474d6508845e8d" },
    { 42, TEXT("password"), TEXT("salt"), "833cf0dcf56db65608e8f0dc0ce882bd" },
    { 16, TEXT("correct horse"),
      TEXT("\x41\xca\x48\x3d\xc2\x37\xe4\x37\x3a\xa6\xfd\x69\xb8\xf3\x14\x7b"),
      "f0369684cb736de42c5e429dd494f749a9180813f75c21ee89ad45ec7b7c06c0"
      "66a3dd622b579dc822b18f28cd537ed8" },
};
static const struct {
    const char *name;
    enum keyfile_argon2_kind kind;
    uint32_t kib, passes, lanes;
    const char *key;
} argon2s[] = {
    { "Argon2i", KEYFILE_ARGON2I, 256, 2, 1,
      "89e9029f4637b295beb027056a7336c414fadd43f6b208645281cb214a56452f" },
    { "Argon2i", KEYFILE_ARGON2I, 256, 2, 2,
      "4ff5ce2769a1d7f4c8a491df09d41a9fbe90e5eb02155a13e4c01e20cd4eab61" },
    { "Argon2id", KEYFILE_ARGON2ID, 256, 2, 1,
      "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe" },
    { "Argon2id", KEYFILE_ARGON2ID, 256, 2, 2,
      "6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037" },
    { "Argon2d", KEYFILE_ARGON2D, 256, 2, 1,
      "25c4ee8ba448054b49efc804e478b9d823be1f9bd2e99f51d6ec4007a3a1501f" },
    { "Argon2d", KEYFILE_ARGON2D, 256, 2, 2,
      "7b69c92d7c3889aad1281dbc8baefc12cc37c80f1c75e33ef2c2d40c28ebc573" },
    { "Argon2id", KEYFILE_ARGON2ID, 8192, 3, 1,
      "6f0867b361da5603e8239afc447a0654cd9837c7a0aa2f0cdb769a625b50d15e"
      "ac4e14b2f998c6ea91a019c926b7088a213557ace36d5712b09fd3b1e793147e"
      "7ef073f95dd9496d1f9ada821387cb39" },
};
/* clang-format on */

static void test_bcrypt(size_t i)
{
    size_t len = strlen(bcrypts[i].key) / 2;
    struct secret *pass =
        secret_from(bcrypts[i].passphrase.bytes, bcrypts[i].passphrase.len);
    uint8_t key[OUT_MAX];

    ok(bcrypt_pbkdf(pass, bytes_of(bcrypts[i].salt), bcrypts[i].rounds, key,
                    len) &&
           equals_hex(key, bcrypts[i].key),
       "bcrypt_pbkdf, %u rounds, %zu bytes", bcrypts[i].rounds, len);
    secret_free(pass);
}

static void test_argon2(size_t i)
{
    static const struct text salt = TEXT("somesalt");
    size_t len = strlen(argon2s[i].key) / 2;
    struct keyfile_argon2 cost = { .kind = argon2s[i].kind,
                                   .kib = argon2s[i].kib,
                                   .passes = argon2s[i].passes,
                                   .lanes = argon2s[i].lanes,
                                   .salt = bytes_of(salt) };
    struct secret *pass = secret_from("password", strlen("password"));
    uint8_t key[OUT_MAX];

    ok(keyfile_argon2(&cost, pass, key, len) && equals_hex(key, argon2s[i].key),
       "%s, %u KiB, %u passes, %u lanes, %zu bytes", argon2s[i].name,
       (unsigned)cost.kib, (unsigned)cost.passes, (unsigned)cost.lanes, len);
    secret_free(pass);
}

int main(void)
{
    for (size_t i = 0; i < sizeof bcrypts / sizeof bcrypts[0]; i++)
        test_bcrypt(i);
    for (size_t i = 0; i < sizeof argon2s / sizeof argon2s[0]; i++)
        test_argon2(i);
    return tap_done();
}
