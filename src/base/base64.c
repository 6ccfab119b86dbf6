#include "base/base64.h"

#include <stdint.h>
#include "base/buf.h"
#include "base/secret.h"

static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_encode(struct buf *out, const void *data, size_t n, bool pad)
{
    const uint8_t *p = data;
    uint32_t v;
    size_t i, take;

    for (; n != 0; p += take, n -= take) {
        take = n < 3 ? n : 3;
        v = (uint32_t)p[0] << 16;
        v |= take > 1 ? (uint32_t)p[1] << 8 : 0;
        v |= take > 2 ? p[2] : 0;
        for (i = 0; i < take + 1; i++)
            buf_put_byte(out, (uint8_t)alphabet[v >> (18 - 6 * i) & 0x3f]);
        for (; pad && i < 4; i++)
            buf_put_byte(out, '=');
    }
}

/*
 * The value of a character, computed without a table or a branch so that the
 * text of a private key leaves no trace in the cache; 64 for others.
 */
static unsigned value(char c)
{
    unsigned x = (unsigned char)c, v = 0, hit = 0, m;

#define RANGE(from, to, base)                                       \
    m = 0u - (unsigned)((x - (from)) <= (unsigned)((to) - (from))); \
    v |= m & (x - (from) + (base));                                 \
    hit |= m
    RANGE('A', 'Z', 0u);
    RANGE('a', 'z', 26u);
    RANGE('0', '9', 52u);
    RANGE('+', '+', 62u);
    RANGE('/', '/', 63u);
#undef RANGE
    return v | (~hit & 64u);
}

/* out has room for n * 3 / 4 bytes.  Returns false if malformed. */
static bool decode(const char *s, size_t n, uint8_t *out, size_t *used)
{
    uint32_t acc = 0;
    unsigned count = 0, v;
    size_t i, len = 0, pads = 0;

    for (i = 0; i < n; i++) {
        if (s[i] == ' ' || s[i] == '\n' || s[i] == '\r' || s[i] == '\t')
            continue;
        if (s[i] == '=') {
            pads++;
            continue;
        }
        v = value(s[i]);
        if (v == 64 || pads != 0)
            return false;
        acc = acc << 6 | v;
        if (++count == 4) {
            out[len++] = (uint8_t)(acc >> 16);
            out[len++] = (uint8_t)(acc >> 8);
            out[len++] = (uint8_t)acc;
            acc = 0;
            count = 0;
        }
    }
    if (count == 1 || (pads != 0 && (count == 0 || count + pads != 4)))
        return false;
    if (count > 1)
        out[len++] = (uint8_t)(count == 2 ? acc >> 4 : acc >> 10);
    if (count > 2)
        out[len++] = (uint8_t)(acc >> 2);
    *used = len;
    return true;
}

bool base64_decode(struct buf *out, const char *s, size_t n)
{
    size_t used;

    if (!decode(s, n, buf_reserve(out, n / 4 * 3 + 3), &used))
        return false;
    buf_commit(out, used);
    return true;
}

struct secret *base64_decode_secret(const char *s, size_t n)
{
    struct secret *out = secret_new(n / 4 * 3 + 3);
    size_t used;

    if (!decode(s, n, out->data, &used)) {
        secret_free(out);
        return NULL;
    }
    out->len = used;
    out->data[used] = 0;
    return out;
}
