/* pubkey-pem.c - public keys in PEM; libcrypto reads them. */
#include "keys/pubkey-pem.h"

#include <limits.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <string.h>
#include "base/base64.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "keys/keyfile-format.h"

#define PKCS1_BEGIN "-----BEGIN RSA PUBLIC KEY-----"
#define POINT_MAX   133 /* 04 x y on P-521 */
#define RAW_MAX     57  /* Ed448 */

static void put_number(struct buf *out, const BIGNUM *n)
{
    size_t len = (size_t)BN_num_bytes(n);
    uint8_t *bytes = mem_alloc(len);

    BN_bn2bin(n, bytes);
    wire_put_mpint(out, bytes, len);
    mem_free(bytes);
}

static bool put_rsa(struct buf *out, const EVP_PKEY *pkey)
{
    BIGNUM *e = NULL, *n = NULL;
    bool good = EVP_PKEY_get_bn_param(pkey, OSSL_PKEY_PARAM_RSA_E, &e) == 1 &&
                EVP_PKEY_get_bn_param(pkey, OSSL_PKEY_PARAM_RSA_N, &n) == 1;

    if (good) {
        wire_put_cstr(out, "ssh-rsa");
        put_number(out, e);
        put_number(out, n);
    }
    BN_free(e);
    BN_free(n);
    return good;
}

/* clang-format off */
static const struct {
    const char *group, *curve;
} curves[] = {
    { "prime256v1", "nistp256" },
    { "secp384r1",  "nistp384" },
    { "secp521r1",  "nistp521" },
};
/* clang-format on */

static bool put_ecdsa(struct buf *out, EVP_PKEY *pkey)
{
    uint8_t point[POINT_MAX];
    char group[64];
    size_t len;

    if (EVP_PKEY_get_group_name(pkey, group, sizeof group, NULL) != 1 ||
        EVP_PKEY_set_utf8_string_param(
            pkey, OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT, "uncompressed") !=
            1 ||
        EVP_PKEY_get_octet_string_param(pkey,
                                        OSSL_PKEY_PARAM_ENCODED_PUBLIC_KEY,
                                        point, sizeof point, &len) != 1)
        return false;
    for (size_t i = 0; i < sizeof curves / sizeof curves[0]; i++) {
        if (strcmp(group, curves[i].group) == 0) {
            struct buf type = { 0 };

            buf_printf(&type, "ecdsa-sha2-%s", curves[i].curve);
            wire_put_cstr(out, buf_str(&type));
            wire_put_cstr(out, curves[i].curve);
            wire_put_string(out, point, len);
            buf_free(&type);
            return true;
        }
    }
    return false;
}

static bool put_eddsa(struct buf *out, const EVP_PKEY *pkey, const char *type)
{
    uint8_t raw[RAW_MAX];
    size_t len = sizeof raw;

    if (EVP_PKEY_get_raw_public_key(pkey, raw, &len) != 1)
        return false;
    wire_put_cstr(out, type);
    wire_put_string(out, raw, len);
    return true;
}

static bool put_key(struct buf *out, EVP_PKEY *pkey)
{
    switch (EVP_PKEY_get_base_id(pkey)) {
    case EVP_PKEY_RSA: return put_rsa(out, pkey);
    case EVP_PKEY_EC: return put_ecdsa(out, pkey);
    case EVP_PKEY_ED25519: return put_eddsa(out, pkey, "ssh-ed25519");
    case EVP_PKEY_ED448: return put_eddsa(out, pkey, "ssh-ed448");
    default: return false;
    }
}

/* Between the marks, from the end of the first to the second. */
static bool take_body(struct wire_bytes text, struct wire_bytes *body)
{
    struct wire_bytes line;

    keyfile_next_line(&text, &line);
    *body = (struct wire_bytes){ text.data, 0 };
    while (keyfile_next_line(&text, &line)) {
        if (keyfile_begins(line, "-----END "))
            return true;
        body->len = (size_t)(text.data - body->data);
    }
    return false;
}

static EVP_PKEY *parse_der(const struct buf *der, bool pkcs1)
{
    const unsigned char *at = der->data;
    EVP_PKEY *pkey;

    if (der->len > LONG_MAX)
        return NULL;
    pkey = pkcs1 ? d2i_PublicKey(EVP_PKEY_RSA, NULL, &at, (long)der->len)
                 : d2i_PUBKEY(NULL, &at, (long)der->len);
    if (pkey != NULL && at != der->data + der->len) {
        EVP_PKEY_free(pkey);
        pkey = NULL;
    }
    return pkey;
}

bool pubkey_pem_read(struct wire_bytes text, struct buf *blob, struct err *err)
{
    bool pkcs1 = keyfile_begins(text, PKCS1_BEGIN), good;
    struct buf der = { 0 };
    struct wire_bytes body;
    EVP_PKEY *pkey = NULL;

    if (!take_body(text, &body))
        return err_set(err, ERR_FORMAT,
                       "this public key is cut off: its last line, "
                       "-----END ..., is missing");
    if (base64_decode(&der, (const char *)body.data, body.len))
        pkey = parse_der(&der, pkcs1);
    if (pkey == NULL)
        good = err_set(err, ERR_FORMAT, "this public key (PEM) is damaged");
    else
        good = put_key(blob, pkey) ||
               err_set(err, ERR_UNSUPPORTED,
                       "this public key is of a type that SSH does not use");
    EVP_PKEY_free(pkey);
    ERR_clear_error();
    buf_free(&der);
    return good;
}
