/* fuzz-sshcert.c - any bytes as the blob of a certificate. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "keys/sshcert.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void plain_algorithm(const uint8_t *data, size_t size)
{
    char *name = mem_strndup((const char *)data, size);
    char plain[SSHCERT_ALGORITHM_MAX];

    sshcert_plain_algorithm(name, plain);
    assert(strlen(plain) < sizeof plain);
    mem_free(name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err err = { ERR_NONE, "" };
    struct sshcert *cert = sshcert_from_blob(data, size, &err);
    struct buf names = { 0 };
    size_t len;

    plain_algorithm(data, size);
    if (cert == NULL) {
        assert(err.code == ERR_FORMAT || err.code == ERR_UNSUPPORTED);
        return 0;
    }
    assert(sshcert_is_blob(data, size));
    assert(memcmp(sshcert_blob(cert, &len), data, size) == 0 && len == size);
    assert(cert->key != NULL && cert->id != NULL);
    sshcert_put_names(cert, &names);
    assert(!sshcert_names(cert, "no such name") || names.len != 0);
    buf_free(&names);
    sshcert_free(cert);
    return 0;
}
