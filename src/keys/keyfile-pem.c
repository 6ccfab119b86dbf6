/*
 * keyfile-pem.c - the traditional PEM of OpenSSL: PKCS#1 and SEC1.
 *
 * Encrypted ones (RFC 1421 headers) derive their key by one pass of MD5 and
 * have no check value: that the plain text begins as DER must do.
 */
#include <openssl/err.h>
#include <openssl/evp.h>
#include <string.h>
#include "base/err.h"
#include "base/secret.h"
#include "keys/keyfile-der.h"
#include "keys/keyfile-format.h"
#include "keys/keyfile.h"
#include "keys/sshkey.h"

#define SALT_BYTES 8 /* the IV's beginning is the salt too */

static const struct kind {
    const char *opening, *label;
} kinds[] = {
    { "-----BEGIN RSA ", "RSA PRIVATE KEY" },
    { "-----BEGIN EC ", "EC PRIVATE KEY" },
};

static const struct {
    const char *dek, *algorithm;
} ciphers[] = {
    { "AES-128-CBC", "AES-128-CBC" },
    { "AES-192-CBC", "AES-192-CBC" },
    { "AES-256-CBC", "AES-256-CBC" },
    { "DES-EDE3-CBC", "DES-EDE3-CBC" },
};

struct pem {
    const struct kind *kind;
    struct secret *raw; /* DER, perhaps encrypted */
    EVP_CIPHER *cipher; /* NULL: not encrypted */
    uint8_t iv[EVP_MAX_IV_LENGTH];
};

static void close_pem(struct pem *pem)
{
    secret_free(pem->raw);
    EVP_CIPHER_free(pem->cipher);
}

static const struct kind *kind_of(const struct keyfile_text *text)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (keyfile_begins(text->rest, kinds[i].opening))
            return &kinds[i];
    return NULL;
}

/* "AES-128-CBC,0123456789ABCDEF0123456789ABCDEF" */
static bool read_dek_info(const struct keyfile_text *text, struct pem *pem,
                          struct wire_bytes value, struct err *err)
{
    struct wire_bytes name = value, hex = value;
    size_t n;

    while (hex.len != 0 && hex.data[0] != ',') {
        hex.data++;
        hex.len--;
    }
    name.len -= hex.len;
    for (size_t i = 0; i < sizeof ciphers / sizeof ciphers[0]; i++)
        if (wire_is(name, ciphers[i].dek))
            pem->cipher = EVP_CIPHER_fetch(NULL, ciphers[i].algorithm, NULL);
    if (pem->cipher == NULL)
        return keyfile_unknown(text, "cipher", name, err);
    n = (size_t)EVP_CIPHER_get_iv_length(pem->cipher);
    if (hex.len == 0 ||
        !keyfile_hex((struct wire_bytes){ hex.data + 1, hex.len - 1 }, pem->iv,
                     n))
        return keyfile_damaged(text, "its DEK-Info line", err);
    return true;
}

/* Headers have a colon, base64 has none. */
static bool read_headers(const struct keyfile_text *text, struct pem *pem,
                         struct wire_bytes *body, struct err *err)
{
    static const char dek_info[] = "DEK-Info:";
    struct wire_bytes rest = *body, line, value;
    bool encrypted = false;

    if (keyfile_lines_lost(*body))
        return keyfile_joined(text, err);
    while (keyfile_next_line(&rest, &line)) {
        if (line.len != 0 && memchr(line.data, ':', line.len) == NULL)
            break;
        *body = rest;
        if (keyfile_begins(line, "Proc-Type:"))
            encrypted = true;
        if (!keyfile_begins(line, dek_info) || pem->cipher != NULL)
            continue;
        value.data = line.data + sizeof dek_info - 1;
        value.len = line.len - (sizeof dek_info - 1);
        while (value.len != 0 && value.data[0] == ' ') {
            value.data++;
            value.len--;
        }
        if (!read_dek_info(text, pem, value, err))
            return false;
    }
    if (encrypted != (pem->cipher != NULL))
        return keyfile_damaged(text, "its encryption header", err);
    return true;
}

static bool check_length(const struct keyfile_text *text, const struct pem *pem,
                         struct err *err)
{
    size_t block = 1;

    if (pem->cipher != NULL)
        block = (size_t)EVP_CIPHER_get_block_size(pem->cipher);
    if (pem->raw->len == 0 || pem->raw->len % block != 0)
        return keyfile_damaged(text, "its length", err);
    return true;
}

/* If true the caller closes pem. */
static bool open_pem(const struct keyfile_text *text, struct pem *pem,
                     struct err *err)
{
    struct wire_bytes body;

    memset(pem, 0, sizeof *pem);
    pem->kind = kind_of(text);
    if (keyfile_body(text, pem->kind->label, &body, err) &&
        read_headers(text, pem, &body, err) &&
        (pem->raw = keyfile_base64(text, body, err)) != NULL &&
        check_length(text, pem, err))
        return true;
    close_pem(pem);
    return false;
}

/* Of MD5, and of nothing else, there may be none (FIPS 140). */
static struct secret *derive(const struct pem *pem,
                             const struct secret *passphrase)
{
    struct secret *key = secret_new(EVP_MAX_KEY_LENGTH);
    int len = EVP_BytesToKey(pem->cipher, EVP_md5(), pem->iv, passphrase->data,
                             (int)passphrase->len, 1, key->data, NULL);

    if (len > 0)
        return key;
    secret_free(key);
    return NULL;
}

/* With its padding: DER says its own length. */
static struct secret *decrypt(const struct pem *pem, const struct secret *key)
{
    struct secret *plain = secret_new(pem->raw->len + EVP_MAX_BLOCK_LENGTH);
    EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    int n = 0, rest = 0;

    if (ctx != NULL &&
        EVP_DecryptInit_ex2(ctx, pem->cipher, key->data, pem->iv, NULL) == 1 &&
        EVP_CIPHER_CTX_set_padding(ctx, 0) == 1 &&
        EVP_DecryptUpdate(ctx, plain->data, &n, pem->raw->data,
                          (int)pem->raw->len) == 1 &&
        EVP_DecryptFinal_ex(ctx, plain->data + n, &rest) == 1)
        plain->len = (size_t)n + (size_t)rest;
    EVP_CIPHER_CTX_free(ctx);
    return plain;
}

static struct sshkey *read_encrypted(const struct keyfile_text *text,
                                     const struct pem *pem,
                                     const struct secret *passphrase,
                                     struct err *err)
{
    struct secret *derived = derive(pem, passphrase), *plain = NULL;
    size_t block = (size_t)EVP_CIPHER_get_block_size(pem->cipher);
    struct sshkey *key = NULL;

    if (derived != NULL)
        plain = decrypt(pem, derived);
    if (plain == NULL)
        keyfile_cannot_decrypt(text, "MD5", err);
    else if (keyfile_der_trim(plain, block))
        key = keyfile_der_key(text, plain, err);
    else
        keyfile_wrong_passphrase(text, err);
    ERR_clear_error();
    secret_free(plain);
    secret_free(derived);
    return key;
}

bool keyfile_pem_inspect(const struct keyfile_text *text,
                         struct keyfile_info *out, struct err *err)
{
    struct pem pem;

    if (!open_pem(text, &pem, err))
        return false;
    out->encrypted = pem.cipher != NULL;
    if (!out->encrypted)
        out->public =
            keyfile_der_public(keyfile_der_key(text, pem.raw, err), err);
    close_pem(&pem);
    return out->encrypted || out->public != NULL;
}

struct sshkey *keyfile_pem_decode(const struct keyfile_text *text,
                                  const struct secret *passphrase,
                                  struct buf *remark, struct err *err)
{
    struct sshkey *key = NULL;
    struct pem pem;

    (void)remark; /* the format has none */
    if (!open_pem(text, &pem, err))
        return NULL;
    if (pem.cipher == NULL)
        key = keyfile_der_key(text, pem.raw, err);
    else if (passphrase == NULL)
        keyfile_needs_passphrase(text, err);
    else
        key = read_encrypted(text, &pem, passphrase, err);
    close_pem(&pem);
    return key;
}
