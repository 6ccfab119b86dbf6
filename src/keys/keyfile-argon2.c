/*
 * keyfile-argon2.c - Argon2 by libcrypto, which has it from 3.2 on, else by
 * libargon2.  configure decides.
 *
 * Both want their input writable although they only read it, so they get
 * copies.
 */
#include "keys/keyfile-argon2.h"

#include "base/secret.h"
#include "config.h"

#ifdef USE_LIBARGON2

#include <argon2.h>

static const argon2_type types[KEYFILE_ARGON2_KINDS] = {
    [KEYFILE_ARGON2D] = Argon2_d,
    [KEYFILE_ARGON2I] = Argon2_i,
    [KEYFILE_ARGON2ID] = Argon2_id,
};

static bool run(const struct keyfile_argon2 *cost, struct secret *passphrase,
                struct secret *salt, uint8_t *out, size_t len)
{
    argon2_context ctx = {
        .out = out,
        .outlen = (uint32_t)len,
        .pwd = passphrase->data,
        .pwdlen = (uint32_t)passphrase->len,
        .salt = salt->data,
        .saltlen = (uint32_t)salt->len,
        .t_cost = cost->passes,
        .m_cost = cost->kib,
        .lanes = cost->lanes,
        .threads = 1,
        .version = ARGON2_VERSION_13,
    };

    return argon2_ctx(&ctx, types[cost->kind]) == ARGON2_OK;
}

#else

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

static const char *const types[KEYFILE_ARGON2_KINDS] = {
    [KEYFILE_ARGON2D] = "ARGON2D",
    [KEYFILE_ARGON2I] = "ARGON2I",
    [KEYFILE_ARGON2ID] = "ARGON2ID",
};

static bool run(const struct keyfile_argon2 *cost, struct secret *passphrase,
                struct secret *salt, uint8_t *out, size_t len)
{
    EVP_KDF *kdf = EVP_KDF_fetch(NULL, types[cost->kind], NULL);
    EVP_KDF_CTX *ctx = kdf != NULL ? EVP_KDF_CTX_new(kdf) : NULL;
    uint32_t kib = cost->kib, passes = cost->passes, lanes = cost->lanes;
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD,
                                          passphrase->data, passphrase->len),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, salt->data,
                                          salt->len),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_ITER, &passes),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_ARGON2_MEMCOST, &kib),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_ARGON2_LANES, &lanes),
        OSSL_PARAM_construct_end(),
    };
    bool good = ctx != NULL && EVP_KDF_derive(ctx, out, len, params) == 1;

    if (!good)
        ERR_clear_error();
    EVP_KDF_CTX_free(ctx);
    EVP_KDF_free(kdf);
    return good;
}

#endif

bool keyfile_argon2(const struct keyfile_argon2 *cost,
                    const struct secret *passphrase, uint8_t *out, size_t len)
{
    struct secret *p = secret_from(passphrase->data, passphrase->len);
    struct secret *salt = secret_from(cost->salt.data, cost->salt.len);
    bool good = run(cost, p, salt, out, len);

    secret_free(salt);
    secret_free(p);
    return good;
}
