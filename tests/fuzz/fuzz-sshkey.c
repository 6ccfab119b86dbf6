/*
 * fuzz-sshkey.c - any bytes as a public key blob, and as a fingerprint that
 * a person pasted.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "base/err.h"
#include "base/mem.h"
#include "keys/sshkey.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = mem_strndup((const char *)data, size);
    char type[24], fingerprint[SSHKEY_FINGERPRINT_MAX];
    struct err err = { ERR_NONE, "" };
    struct sshkey *key = sshkey_from_blob(data, size, &err);
    size_t len;

    if (key != NULL) {
        assert(!sshkey_is_private(key) && sshkey_bits(key) >= 256);
        assert(memcmp(sshkey_blob(key, &len), data, size) == 0);
        assert(len == size);
    } else {
        assert(err.code == ERR_FORMAT || err.code == ERR_UNSUPPORTED);
    }
    sshkey_blob_type(data, size, type, sizeof type);
    assert(memchr(type, '\0', sizeof type) != NULL);
    sshkey_fingerprint(data, size, fingerprint);
    assert(sshkey_fingerprint_compare(data, size, fingerprint) == 256);
    assert(sshkey_fingerprint_compare(data, size, text) <= 256);
    sshkey_free(key);
    mem_free(text);
    return 0;
}
