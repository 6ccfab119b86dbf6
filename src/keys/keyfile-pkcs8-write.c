/*
 * keyfile-pkcs8-write.c - writing PKCS#8 (RFC 5208, RFC 8410), encrypted by
 * PBES2 (RFC 8018).
 *
 * The key derivation is PBKDF2 with HMAC-SHA-256 and many iterations: scrypt
 * would be dearer to guess, but LibreSSL, that is the ssh-keygen of OpenBSD
 * and macOS, and Java do not read it.
 */
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <string.h>
#include "base/err.h"
#include "base/secret.h"
#include "keys/keyfile-cipher.h"
#include "keys/keyfile-der-write.h"
#include "keys/keyfile-format.h"
#include "keys/keyfile-oid.h"
#include "keys/keyfile-write.h"
#include "keys/keyfile.h"
#include "keys/sshkey-numbers.h"
#include "keys/sshkey.h"

#define LINE_CHARS 64
#define KEY_BYTES  32
#define IV_BYTES   16
#define SALT_BYTES 16
/* The encryption's header is this long at most. */
#define HEADER_ROOM 256

static const struct wire_bytes nothing = { (const uint8_t *)"", 0 };

static const struct keyfile_cipher *cipher(void)
{
    static const char name[] = "aes256-cbc";

    return keyfile_cipher_named(
        (struct wire_bytes){ (const uint8_t *)name, strlen(name) });
}

static bool pbkdf2(const struct keyfile_encoding *how, uint8_t *key)
{
    EVP_KDF *kdf = EVP_KDF_fetch(NULL, "PBKDF2", NULL);
    EVP_KDF_CTX *ctx = kdf != NULL ? EVP_KDF_CTX_new(kdf) : NULL;
    /* libcrypto's parameters are not const, even those it only reads. */
    struct secret *pass =
        secret_from(how->passphrase->data, how->passphrase->len);
    struct secret *salt = secret_from(how->random, SALT_BYTES);
    unsigned rounds = how->pbkdf2_iterations;
    char digest[] = "SHA256";
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD, pass->data,
                                          pass->len),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, salt->data,
                                          salt->len),
        OSSL_PARAM_construct_uint(OSSL_KDF_PARAM_ITER, &rounds),
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_end(),
    };
    bool good = ctx != NULL && EVP_KDF_derive(ctx, key, KEY_BYTES, params) == 1;

    EVP_KDF_CTX_free(ctx);
    EVP_KDF_free(kdf);
    secret_free(salt);
    secret_free(pass);
    return good;
}

/* AlgorithmIdentifier of PBKDF2, RFC 8018 A.2. */
static struct secret *kdf_header(const struct keyfile_encoding *how)
{
    struct secret *prf = secret_new(HEADER_ROOM);
    struct secret *params = secret_new(HEADER_ROOM);
    struct secret *out = secret_new(HEADER_ROOM);

    der_put(prf, DER_OID, oid_hmac_sha256);
    der_put(prf, DER_NULL, nothing);
    der_put(params, DER_OCTET_STRING,
            (struct wire_bytes){ how->random, SALT_BYTES });
    der_put_number(params, how->pbkdf2_iterations);
    der_put_element(params, der_wrap(DER_SEQUENCE, prf));
    der_put(out, DER_OID, oid_pbkdf2);
    der_put_element(out, der_wrap(DER_SEQUENCE, params));
    return der_wrap(DER_SEQUENCE, out);
}

static struct secret *cipher_header(const struct keyfile_encoding *how)
{
    struct secret *out = secret_new(HEADER_ROOM);

    der_put(out, DER_OID, oid_aes256_cbc);
    der_put(out, DER_OCTET_STRING,
            (struct wire_bytes){ how->random + SALT_BYTES, IV_BYTES });
    return der_wrap(DER_SEQUENCE, out);
}

/* EncryptedPrivateKeyInfo, RFC 5958 section 3, with RFC 8018 A.4. */
static struct secret *envelope(const struct keyfile_encoding *how,
                               const struct secret *sealed)
{
    struct secret *params = secret_new(HEADER_ROOM);
    struct secret *algorithm = secret_new(HEADER_ROOM);
    struct secret *out = secret_new(HEADER_ROOM + sealed->len);

    der_put_element(params, kdf_header(how));
    der_put_element(params, cipher_header(how));
    der_put(algorithm, DER_OID, oid_pbes2);
    der_put_element(algorithm, der_wrap(DER_SEQUENCE, params));
    der_put_element(out, der_wrap(DER_SEQUENCE, algorithm));
    der_put(out, DER_OCTET_STRING,
            (struct wire_bytes){ sealed->data, sealed->len });
    return der_wrap(DER_SEQUENCE, out);
}

/* NULL if the library cannot. */
static struct secret *seal(const struct secret *der,
                           const struct keyfile_encoding *how)
{
    struct secret *plain = keyfile_padded(der, cipher()->block);
    struct secret *key = secret_new(KEY_BYTES + IV_BYTES), *sealed = NULL;
    struct secret *out = NULL;

    if (pbkdf2(how, key->data)) {
        key->len = KEY_BYTES;
        keyfile_put(key, how->random + SALT_BYTES, IV_BYTES);
        sealed = keyfile_cipher_encrypt(cipher(), key, plain);
    }
    if (sealed != NULL)
        out = envelope(how, sealed);
    ERR_clear_error();
    secret_free(sealed);
    secret_free(key);
    secret_free(plain);
    return out;
}

struct secret *keyfile_pkcs8_encode(const struct sshkey *key,
                                    const struct keyfile_encoding *how,
                                    struct err *err)
{
    struct secret *der, *sealed = NULL, *text = NULL;
    struct sshkey_numbers numbers;

    if (!sshkey_numbers_get(key, &numbers, err))
        return NULL;
    der = der_pkcs8(sshkey_type(key), &numbers);
    if (how->passphrase == NULL)
        text = keyfile_armoured("PRIVATE KEY", "", der, LINE_CHARS);
    else if ((sealed = seal(der, how)) != NULL)
        text =
            keyfile_armoured("ENCRYPTED PRIVATE KEY", "", sealed, LINE_CHARS);
    else
        keyfile_cannot_encrypt("PBKDF2 and AES-256-CBC", err);
    secret_free(sealed);
    secret_free(der);
    sshkey_numbers_free(&numbers);
    return text;
}
