/*
 * fuzz-keyfile.c - any bytes given as a private key file; what is a key is
 * written again, and must be the same key then.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include "base/err.h"
#include "base/secret.h"
#include "keys/keyfile-format.h"
#include "keys/keyfile.h"
#include "keys/sshkey.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Costly derivations are no errors, but they would stall the fuzzer. */
static const struct keyfile_limits cheap = {
    .bcrypt_rounds = 1,
    .pbkdf_iterations = 100,
    .scrypt_kib = 64,
    .scrypt_work = 128,
    .argon2_kib = 64,
    .argon2_lanes = 2,
    .argon2_work = 64,
};

static const char *const formats[] = { "OpenSSH", "PuTTY PPK 3", "PuTTY PPK 2",
                                       "PKCS#8", "PEM" };

#define FORMATS (sizeof formats / sizeof formats[0])

/* Its comment, of whatever bytes, must not get in the key's way. */
static void write_again(const struct sshkey *key,
                        const struct keyfile_info *info, const char *format)
{
    struct keyfile_encoding how;
    struct secret *text;
    struct sshkey *got;
    struct err err;

    if (!keyfile_can_hold(format, sshkey_type(key), &err))
        return;
    keyfile_encoding_init(&how);
    how.certificate = info->certificate;
    if (info->remark.len != 0)
        how.comment =
            (struct wire_bytes){ info->remark.data, info->remark.len };
    text = keyfile_encode(format, key, &how, &err);
    assert(text != NULL);
    got =
        keyfile_decode_within(&cheap, text->data, text->len, "key", NULL, &err);
    assert(got != NULL && sshkey_equal_public(got, key));
    sshkey_free(got);
    secret_free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct secret *passphrase = secret_from("pw", 2);
    struct keyfile_info info = { 0 };
    struct sshkey *key;
    struct err err = { ERR_NONE, "" };

    if (keyfile_inspect(data, size, "key", &info, &err)) {
        assert(info.format != NULL && info.comment != NULL);
        assert(info.public == NULL || !sshkey_is_private(info.public));
    } else {
        assert(err.code != ERR_NONE && err.msg[0] != '\0');
    }
    err_clear(&err);
    key = keyfile_decode_within(&cheap, data, size, "key", passphrase, &err);
    assert(key == NULL ? err.code != ERR_NONE : sshkey_is_private(key));
    if (key != NULL)
        write_again(key, &info, formats[size % FORMATS]);
    sshkey_free(key);
    keyfile_info_free(&info);
    secret_free(passphrase);
    return 0;
}
