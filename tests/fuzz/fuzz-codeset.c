/* fuzz-codeset.c - an 8-bit character set, chosen by the first byte: the same
 * however the input is split, and back again what has a character. */
#include <assert.h>
#include <stdint.h>
#include <string.h>
#include "base/buf.h"
#include "base/err.h"
#include "sys/codeset.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct codeset *codeset_of(uint8_t byte)
{
    static const char *const names[] = { "ISO-8859-1", "CP437", "KOI8-R",
                                         "TIS-620" };
    struct err err;
    struct codeset *cs = codeset_open(names[byte % 4], &err);

    assert(cs != NULL);
    return cs;
}

/* Typed text, whole and byte by byte. */
static void encode(const uint8_t *data, size_t size, uint8_t which)
{
    struct codeset *whole = codeset_of(which), *pieces = codeset_of(which);
    struct buf a = { 0 }, b = { 0 };
    size_t i, missing, missed = 0;

    missing = codeset_encode(whole, data, size, &a);
    for (i = 0; i < size; i++)
        missed += codeset_encode(pieces, data + i, 1, &b);
    assert(missing == missed && a.len == b.len && a.len <= size);
    assert(a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
    buf_free(&a);
    buf_free(&b);
    codeset_free(whole);
    codeset_free(pieces);
}

/* Output, and what comes of it typed again: C1 has become two characters, and
 * what means nothing is gone. */
static void decode(const uint8_t *data, size_t size, uint8_t which)
{
    struct codeset *cs = codeset_of(which);
    struct buf utf8 = { 0 }, back = { 0 };

    codeset_decode(cs, data, size, &utf8);
    codeset_encode(cs, utf8.data, utf8.len, &back);
    assert(utf8.len >= size && back.len <= 2 * size);
    buf_free(&utf8);
    buf_free(&back);
    codeset_free(cs);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    encode(data + 1, size - 1, data[0]);
    decode(data + 1, size - 1, data[0]);
    return 0;
}
