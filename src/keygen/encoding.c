#include "keygen/encoding.h"

#include <string.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"
#include "keys/keyfile-argon2.h"
#include "keys/keyfile.h"
#include "keys/sshkey.h"
#include "sys/clock.h"
#include "sys/random.h"

#define PPK_3 "PuTTY PPK 3"

#define WANTED_NS   (100 * 1000000u)
#define TRIAL_KIB   65536 /* of memory passed over */
#define SALT_BYTES  16
#define OUTPUT_SIZE 80 /* what a PPK file derives */

/* clang-format off */
static const struct {
    const char *word, *format, *weakness, *better;
} formats[] = {
    { "openssh", "OpenSSH", NULL, NULL },
    { "ppk",     PPK_3,     NULL, NULL },
    { "ppk2",    "PuTTY PPK 2",
      "A passphrase in PuTTY's older format is guessed fast (one pass of "
      "SHA-1)", "ppk" },
    { "pkcs8",   "PKCS#8",  NULL, NULL },
    { "pem",     "PEM",
      "A passphrase in a PEM file is guessed fast (one pass of MD5)",
      "openssh" },
};
/* clang-format on */

#define FORMATS (sizeof formats / sizeof formats[0])

const char *encoding_format(const char *word, struct err *err)
{
    if (word == NULL)
        return formats[0].format;
    for (size_t i = 0; i < FORMATS; i++)
        if (strcmp(word, formats[i].word) == 0)
            return formats[i].format;
    err_set(err, ERR_USAGE,
            "--format %s: the formats are openssh, ppk, ppk2, pkcs8 and pem",
            word);
    return NULL;
}

void encoding_put_drawback(const char *format, const struct sshkey *key,
                           bool encrypted, bool in_place, struct buf *out)
{
    const char *what = NULL, *better = NULL;

    if (strcmp(format, "PKCS#8") == 0 &&
        strcmp(sshkey_type(key), "ssh-ed25519") == 0) {
        what = "OpenSSH before 9.6 reads no Ed25519 key in PKCS#8";
        better = "openssh";
    }
    for (size_t i = 0; encrypted && what == NULL && i < FORMATS; i++) {
        if (strcmp(format, formats[i].format) == 0) {
            what = formats[i].weakness;
            better = formats[i].better;
        }
    }
    if (what != NULL)
        buf_printf(out, "%s; %s--format %s%s is better.\n", what,
                   in_place ? "--convert " : "", better,
                   in_place ? " -o OUT" : "");
}

/* As much memory, and as much work: passes over it. */
static void keep_argon2(struct keyfile_encoding *how,
                        const struct keyfile_info *info)
{
    uint64_t work = (uint64_t)how->argon2_kib * how->argon2_passes;
    uint64_t was = (uint64_t)info->argon2_kib * info->argon2_passes;

    if (was > work)
        work = was;
    if (info->argon2_kib > how->argon2_kib)
        how->argon2_kib = info->argon2_kib;
    how->argon2_passes =
        (uint32_t)((work + how->argon2_kib - 1) / how->argon2_kib);
}

void encoding_like(struct keyfile_encoding *how,
                   const struct keyfile_info *info)
{
    how->certificate = info->certificate;
    if (!info->encrypted)
        return;
    if (info->cipher != NULL)
        how->cipher = info->cipher;
    if (info->bcrypt_rounds > how->bcrypt_rounds)
        how->bcrypt_rounds = info->bcrypt_rounds;
    if (info->pbkdf2_iterations > how->pbkdf2_iterations)
        how->pbkdf2_iterations = info->pbkdf2_iterations;
    keep_argon2(how, info);
}

/* The time that a trial takes tells how many passes fit, whatever else the
 * machine does meanwhile; 0 if it fails, for want of memory. */
static uint32_t passes_here(const struct keyfile_encoding *how)
{
    uint32_t trial = 1 + TRIAL_KIB / how->argon2_kib;
    struct keyfile_argon2 cost = { .kind = KEYFILE_ARGON2ID,
                                   .kib = how->argon2_kib,
                                   .passes = trial,
                                   .lanes = 1,
                                   .salt = { how->random, SALT_BYTES } };
    struct secret *out = secret_new(OUTPUT_SIZE), *nothing = secret_from("", 0);
    uint64_t start = clock_own_ns(), took;
    bool done = keyfile_argon2(&cost, nothing, out->data, OUTPUT_SIZE);

    took = clock_own_ns() - start;
    secret_free(nothing);
    secret_free(out);
    return done && took != 0 ? (uint32_t)((uint64_t)trial * WANTED_NS / took)
                             : 0;
}

void encoding_prepare(struct keyfile_encoding *how, const char *format,
                      const struct secret *passphrase)
{
    uint32_t passes;

    how->passphrase = passphrase;
    random_fill(how->random, sizeof how->random);
    if (passphrase->len == 0 || strcmp(format, PPK_3) != 0)
        return;
    passes = passes_here(how);
    if (passes > how->argon2_passes)
        how->argon2_passes = passes;
}
