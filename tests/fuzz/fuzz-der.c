/* fuzz-der.c - any bytes as the DER inside a PEM or PKCS#8 file. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include "base/err.h"
#include "base/secret.h"
#include "keys/keyfile-der.h"
#include "keys/sshkey.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct keyfile_text text = { .name = "key" };
    struct secret *der = secret_from(data, size);
    struct err err;
    struct sshkey *key = keyfile_der_key(&text, der, &err);

    assert(key == NULL ? err.code != ERR_NONE : sshkey_is_private(key));
    sshkey_free(key);
    if (keyfile_der_trim(der, 16))
        assert(der->len <= size && size - der->len <= 16);
    secret_free(der);
    return 0;
}
