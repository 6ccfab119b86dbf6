/* fuzz-knownhosts.c - any bytes as a known_hosts file. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "base/buf.h"
#include "keys/knownhosts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* string "ssh-ed25519", string of 4 bytes: enough to be compared. */
static const uint8_t blob[] = "\0\0\0\13ssh-ed25519\0\0\0\4abcd";
#define BLOB_LEN (sizeof blob - 1)

/* A replaced key is gone, and nothing else. */
static void check_edit(const uint8_t *data, size_t size, const char *host)
{
    struct buf once = { 0 }, twice = { 0 };
    size_t n =
        knownhosts_comment_out(&once, data, size, host, 22, blob, BLOB_LEN);

    assert(once.len == size + n * strlen("# vmconnect replaced: "));
    assert(knownhosts_comment_out(&twice, once.data, once.len, host, 22, blob,
                                  BLOB_LEN) == 0);
    assert(twice.len == once.len);
    buf_free(&once);
    buf_free(&twice);
}

/* A removed host is gone but for marked lines, and nothing else. */
static void check_remove(const uint8_t *data, size_t size, const char *host)
{
    struct knownhosts_named line = { 0 }, left = { 0 };
    struct buf out = { 0 };
    size_t n = knownhosts_remove_host(&out, data, size, host, 22);

    assert(out.len == size + n * strlen("# vmconnect removed: "));
    while (knownhosts_find_host(data, size, host, 22, &line)) {
        assert(line.len <= size);
        n -= !line.revoked && !line.authority;
    }
    assert(n == 0);
    while (knownhosts_find_host(out.data, out.len, host, 22, &left))
        assert(left.revoked || left.authority);
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct knownhosts *kh = knownhosts_new();
    struct knownhosts_result r;
    struct knownhosts_line line;
    const char *types[4];
    struct buf own = { 0 };

    knownhosts_add(kh, "known_hosts", data, size);
    for (size_t i = 0; knownhosts_note(kh, i) != NULL; i++)
        assert(strlen(knownhosts_note(kh, i)) > 12);
    r = knownhosts_check(kh, "vm", 22, blob, BLOB_LEN);
    assert((r.verdict == KNOWNHOSTS_UNKNOWN) == (r.line.path == NULL));
    knownhosts_check(kh, "vm", 2222, blob, BLOB_LEN);
    assert(knownhosts_types(kh, "vm", 22, types, 4) <= 4);
    for (size_t i = 0; knownhosts_find_key(kh, blob, BLOB_LEN, i, &line); i++)
        assert(line.blob_len == BLOB_LEN);
    check_edit(data, size, "vm");
    if (size < 4096) /* quadratic in the lines that name it */
        check_remove(data, size, "vm");
    /* Whatever stood there, our own line is found unless it is revoked. */
    assert(knownhosts_format(&own, "vm", 22, blob, BLOB_LEN, NULL));
    knownhosts_add(kh, "own", own.data, own.len);
    r = knownhosts_check(kh, "vm", 22, blob, BLOB_LEN);
    assert(r.verdict >= KNOWNHOSTS_MATCH);
    buf_free(&own);
    knownhosts_free(kh);
    return 0;
}
