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
#include "keys/sshkey-fields.h"
#include "keys/sshkey-numbers.h"
#include "keys/sshkey.h"

#define MAGIC       "openssh-key-v1"
#define LABEL       "OPENSSH PRIVATE KEY"
#define LINE_CHARS  70
#define SALT_BYTES  16
#define CHECK_BYTES 4
#define BLOCK_MAX   16
/* The lengths and names in the envelope. */
#define ENVELOPE_ROOM 256

/* ---- the private section ---- */

static struct secret *section(const struct sshkey *key,
                              const struct sshkey_numbers *numbers,
                              const struct keyfile_encoding *how, size_t block)
{
    struct wire_bytes certificate = { how->random, 0 };
    const uint8_t *check = how->random + SALT_BYTES;
    struct secret *out;
    uint8_t pad = 0;

    if (how->certificate != NULL)
        certificate = keyfile_public_blob(key, how);
    out = secret_new(sshkey_fields_room(key, numbers, certificate) +
                     2 * CHECK_BYTES + 4 + how->comment.len + BLOCK_MAX);
    keyfile_put(out, check, CHECK_BYTES);
    keyfile_put(out, check, CHECK_BYTES);
    sshkey_fields_put(out, key, numbers, certificate);
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

    out = secret_new(ENVELOPE_ROOM + public.len + sealed->len);
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
