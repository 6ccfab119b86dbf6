/* fuzz-keyfile.c - any bytes given as a private key file. */
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
    .scrypt_bytes = 64 * 1024,
    .scrypt_lanes = 2,
    .argon2_kib = 64,
    .argon2_lanes = 2,
    .argon2_work = 64,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct secret *passphrase = secret_from("pw", 2);
    struct keyfile_info info;
    struct sshkey *key;
    struct err err = { ERR_NONE, "" };

    if (keyfile_inspect(data, size, "key", &info, &err)) {
        assert(info.format != NULL && info.comment != NULL);
        assert(info.public == NULL || !sshkey_is_private(info.public));
        keyfile_info_free(&info);
    } else {
        assert(err.code != ERR_NONE && err.msg[0] != '\0');
    }
    err_clear(&err);
    key = keyfile_decode_within(&cheap, data, size, "key", passphrase, &err);
    assert(key == NULL ? err.code != ERR_NONE : sshkey_is_private(key));
    sshkey_free(key);
    secret_free(passphrase);
    return 0;
}
