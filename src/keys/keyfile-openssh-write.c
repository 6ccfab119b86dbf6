/*
 * keyfile-openssh-write.c - writing OpenSSH's own format (its PROTOCOL.key),
 * byte for byte as ssh-keygen does.
 */
#include <assert.h>
#include <string.h>
#include "base/err.h"
#include "base/secret.h"
#include "keys/bcrypt_pbkdf.h"
#include "keys/keyfile-cipher.h"
#include "keys/keyfile-format.h"
#include "keys/keyfile-write.h"
#include "keys/keyfile.h"
#include "keys/sshkey-numbers.h"
#include "keys/sshkey.h"

#define MAGIC       "openssh-key-v1"
#define LABEL       "OPENSSH PRIVATE KEY"
#define LINE_CHARS  70
#define SALT_BYTES  16
#define CHECK_BYTES 4
#define BLOCK_MAX   16
/* The lengths, names and check words of all the fields. */
#define FIELDS_ROOM 512

/*
 * ---- the private section ----
 *
 * A certificate, if there is one, stands before the numbers, and those that
 * it has are left out behind it.
 */

static void put_rsa(struct secret *out, const char *type,
                    const struct sshkey_numbers *k, bool certified)
{
    (void)type;
    if (!certified) {
        keyfile_put_mpint(out, k->n);
        keyfile_put_mpint(out, k->e);
    }
    keyfile_put_mpint(out, k->d);
    keyfile_put_mpint(out, k->iqmp);
    keyfile_put_mpint(out, k->p);
    keyfile_put_mpint(out, k->q);
}

static void put_ecdsa(struct secret *out, const char *type,
                      const struct sshkey_numbers *k, bool certified)
{
    if (!certified) {
        keyfile_put_cstring(out, type + strlen("ecdsa-sha2-"));
        keyfile_put_string(out, k->point);
    }
    keyfile_put_mpint(out, k->scalar);
}

static void put_ed25519(struct secret *out, const char *type,
                        const struct sshkey_numbers *k, bool certified)
{
    (void)type;
    (void)certified; /* nothing is left out */
    keyfile_put_string(out, k->public);
    keyfile_put_u32(out, (uint32_t)(k->seed.len + k->public.len));
    keyfile_put(out, k->seed.data, k->seed.len);
    keyfile_put(out, k->public.data, k->public.len);
}

/* clang-format off */
static const struct {
    const char *type;
    void (*put)(struct secret *out, const char *type,
                const struct sshkey_numbers *k, bool certified);
} writers[] = {
    { "ssh-ed25519",         put_ed25519 },
    { "ecdsa-sha2-nistp256", put_ecdsa },
    { "ecdsa-sha2-nistp384", put_ecdsa },
    { "ecdsa-sha2-nistp521", put_ecdsa },
    { "ssh-rsa",             put_rsa },
};
/* clang-format on */

static void put_key(struct secret *out, const struct sshkey *key,
                    const struct sshkey_numbers *numbers,
                    const struct keyfile_encoding *how)
{
    const char *type = sshkey_type(key);
    bool certified = how->certificate != NULL;

    keyfile_put_cstring(out, keyfile_public_type(key, how));
    if (certified)
        keyfile_put_string(out, keyfile_public_blob(key, how));
    for (size_t i = 0; i < sizeof writers / sizeof writers[0]; i++)
        if (strcmp(writers[i].type, type) == 0)
            writers[i].put(out, type, numbers, certified);
}

static struct secret *section(const struct sshkey *key,
                              const struct sshkey_numbers *numbers,
                              const struct keyfile_encoding *how, size_t block)
{
    size_t public = keyfile_public_blob(key, how).len;
    const uint8_t *check = how->random + SALT_BYTES;
    struct secret *out;
    uint8_t pad = 0;

    out = secret_new(FIELDS_ROOM + public + numbers->store->len +
                     how->comment.len + BLOCK_MAX);
    keyfile_put(out, check, CHECK_BYTES);
    keyfile_put(out, check, CHECK_BYTES);
    put_key(out, key, numbers, how);
    keyfile_put_string(out, how->comment);
    while (out->len % block != 0) {
        pad++;
        keyfile_put(out, &pad, 1);
    }
    return out;
}

/* ---- the envelope ---- */

static const struct keyfile_cipher *cipher_for(
    const struct keyfile_encoding *how)
{
    const char *name = how->passphrase != NULL ? how->cipher : "none";

    return keyfile_cipher_named(
        (struct wire_bytes){ (const uint8_t *)name, strlen(name) });
}

/* The key of the cipher, all zeros for none. */
static struct secret *derive(const struct keyfile_cipher *cipher,
                             const struct keyfile_encoding *how)
{
    struct wire_bytes salt = { how->random, SALT_BYTES };
    struct secret *key = secret_new(KEYFILE_CIPHER_KEY_MAX);

    key->len = cipher->key + cipher->iv;
    if (how->passphrase == NULL ||
        bcrypt_pbkdf(how->passphrase, salt, how->bcrypt_rounds, key->data,
                     key->len))
        return key;
    secret_free(key);
    return NULL;
}

static void put_kdf(struct secret *out, const struct keyfile_encoding *how)
{
    keyfile_put_cstring(out, how->passphrase != NULL ? "bcrypt" : "none");
    if (how->passphrase == NULL) {
        keyfile_put_u32(out, 0);
        return;
    }
    keyfile_put_u32(out, 4 + SALT_BYTES + 4);
    keyfile_put_string(out, (struct wire_bytes){ how->random, SALT_BYTES });
    keyfile_put_u32(out, how->bcrypt_rounds);
}

static struct secret *envelope(const struct sshkey *key,
                               const struct keyfile_cipher *cipher,
                               const struct keyfile_encoding *how,
                               const struct secret *sealed)
{
    struct wire_bytes public = keyfile_public_blob(key, how);
    struct secret *out;

    out = secret_new(FIELDS_ROOM + public.len + sealed->len);
    keyfile_put(out, MAGIC, sizeof MAGIC);
    keyfile_put_cstring(out, cipher->name);
    put_kdf(out, how);
    keyfile_put_u32(out, 1);
    keyfile_put_string(out, public);
    /* The tag stands outside the string. */
    keyfile_put_u32(out, (uint32_t)(sealed->len - cipher->tag));
    keyfile_put(out, sealed->data, sealed->len);
    return out;
}

struct secret *keyfile_openssh_encode(const struct sshkey *key,
                                      const struct keyfile_encoding *how,
                                      struct err *err)
{
    const struct keyfile_cipher *cipher = cipher_for(how);
    struct secret *derived, *plain = NULL, *sealed = NULL, *raw = NULL;
    struct secret *text = NULL;
    struct sshkey_numbers numbers;

    assert(cipher != NULL);
    if (!sshkey_numbers_get(key, &numbers, err))
        return NULL;
    plain = section(key, &numbers, how, cipher->block);
    if ((derived = derive(cipher, how)) != NULL)
        sealed = keyfile_cipher_encrypt(cipher, derived, plain);
    if (sealed != NULL) {
        raw = envelope(key, cipher, how, sealed);
        text = keyfile_armoured(LABEL, "", raw, LINE_CHARS);
    } else {
        keyfile_cannot_encrypt(cipher->name, err);
    }
    secret_free(raw);
    secret_free(sealed);
    secret_free(derived);
    secret_free(plain);
    sshkey_numbers_free(&numbers);
    return text;
}
