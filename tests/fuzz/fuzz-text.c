/* fuzz-text.c - base: UTF-8, cleaning and base64 of any bytes. */
#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include "base/base64.h"
#include "base/buf.h"
#include "base/text.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every character makes progress, and only the last may be unfinished. */
static void check_decode(const uint8_t *p, size_t n)
{
    uint8_t again[4];
    uint32_t ch;
    size_t used;

    while (n != 0 && (used = utf8_decode(p, n, &ch)) != 0) {
        assert(used <= n && used <= 4 && ch <= 0x10ffff);
        assert(ch == UTF8_REPLACEMENT || utf8_encode(ch, again) == used);
        p += used;
        n -= used;
    }
    assert(n < 4);
}

/* What has been cleaned stays as it is when it is cleaned again. */
static void check_clean(const uint8_t *p, size_t n, bool lines)
{
    struct buf once = { 0 }, twice = { 0 };

    text_clean(&once, p, n, lines);
    text_clean(&twice, once.data, once.len, lines);
    assert(once.len == twice.len);
    assert(once.len == 0 || memcmp(once.data, twice.data, once.len) == 0);
    buf_clear(&twice);
    text_expose(&twice, once.data, once.len, lines);
    assert(once.len == twice.len);
    buf_free(&once);
    buf_free(&twice);
}

static void check_base64(const uint8_t *p, size_t n)
{
    struct buf text = { 0 }, back = { 0 };
    bool good;

    (void)base64_decode(&back, (const char *)p, n);
    buf_clear(&back);
    base64_encode(&text, p, n, n % 2 == 0);
    good = base64_decode(&back, (const char *)text.data, text.len);
    assert(good);
    assert(back.len == n && (n == 0 || memcmp(back.data, p, n) == 0));
    buf_free(&text);
    buf_free(&back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_decode(data, size);
    check_clean(data, size, false);
    check_clean(data, size, true);
    check_base64(data, size);
    return 0;
}
