/*
 * keyfile-pem-write.c - writing the traditional PEM of OpenSSL, which old
 * programs ask for.
 *
 * AES-128-CBC is what ssh-keygen takes, and the only AES that puttygen reads.
 * One pass of MD5 makes its key, so a passphrase is guessed fast.
 */
#include <openssl/evp.h>
#include <string.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"
#include "keys/keyfile-cipher.h"
#include "keys/keyfile-der-write.h"
#include "keys/keyfile-format.h"
#include "keys/keyfile-write.h"
#include "keys/keyfile.h"
#include "keys/sshkey-numbers.h"
#include "keys/sshkey.h"

#define LINE_CHARS 64
#define KEY_BYTES  16
#define IV_BYTES   16

static const struct keyfile_cipher *cipher(void)
{
    static const char name[] = "aes128-cbc";

    return keyfile_cipher_named(
        (struct wire_bytes){ (const uint8_t *)name, strlen(name) });
}

static void put_headers(struct buf *out, const uint8_t *iv)
{
    buf_put_str(out, "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,");
    for (size_t i = 0; i < IV_BYTES; i++)
        buf_printf(out, "%02X", iv[i]);
    buf_put_str(out, "\n\n");
}

/* Key and IV; the IV's beginning is the salt too. */
static struct secret *derive(const struct keyfile_encoding *how)
{
    struct secret *key = secret_new(KEY_BYTES + IV_BYTES);

    if (EVP_BytesToKey(EVP_aes_128_cbc(), EVP_md5(), how->random,
                       how->passphrase->data, (int)how->passphrase->len, 1,
                       key->data, NULL) != KEY_BYTES) {
        secret_free(key);
        return NULL;
    }
    key->len = KEY_BYTES;
    keyfile_put(key, how->random, IV_BYTES);
    return key;
}

static struct secret *seal(struct secret *der,
                           const struct keyfile_encoding *how)
{
    struct secret *key = derive(how), *plain, *sealed = NULL;

    plain = keyfile_padded(der, cipher()->block);
    if (key != NULL)
        sealed = keyfile_cipher_encrypt(cipher(), key, plain);
    secret_free(plain);
    secret_free(key);
    return sealed;
}

static struct secret *encode(const char *label, struct secret *der,
                             const struct keyfile_encoding *how,
                             struct err *err)
{
    struct buf headers = { 0 };
    struct secret *raw = der, *text = NULL;

    if (how->passphrase != NULL) {
        put_headers(&headers, how->random);
        raw = seal(der, how);
    }
    if (raw != NULL)
        text = keyfile_armoured(label, buf_str(&headers), raw, LINE_CHARS);
    else
        keyfile_cannot_encrypt("AES-128-CBC and MD5", err);
    if (raw != der)
        secret_free(raw);
    buf_free(&headers);
    return text;
}

struct secret *keyfile_pem_encode(const struct sshkey *key,
                                  const struct keyfile_encoding *how,
                                  struct err *err)
{
    bool rsa = strcmp(sshkey_type(key), "ssh-rsa") == 0;
    struct sshkey_numbers numbers;
    struct secret *der, *text;

    if (!sshkey_numbers_get(key, &numbers, err))
        return NULL;
    der = rsa ? der_rsa(&numbers) : der_ec(sshkey_type(key), &numbers);
    text = encode(rsa ? "RSA PRIVATE KEY" : "EC PRIVATE KEY", der, how, err);
    secret_free(der);
    sshkey_numbers_free(&numbers);
    return text;
}
