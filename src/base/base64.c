#include "base/base64.h"

#include <stdint.h>
#include "base/buf.h"
#include "base/mem.h"
#include "base/secret.h"

/*
 * The character of 6 bits, like value() below without a table or a branch:
 * each mask adds the step from the range before to the next one.
 */
static char digit(uint32_t v)
{
    unsigned c = v + 'A';

    c += (0u - (v > 25)) & ('a' - 'Z' - 1u);
    c -= (0u - (v > 51)) & ('z' - '0' + 1u);
    c -= (0u - (v > 61)) & ('9' - '+' + 1u);
    c += (0u - (v > 62)) & ('/' - '+' - 1u);
    return (char)c;
}

/* One group of n (1 to 3) bytes. */
static void encode_group(const uint8_t *p, size_t n, char out[4])
{
    uint32_t v = (uint32_t)p[0] << 16;

    if (n > 1)
        v |= (uint32_t)p[1] << 8;
    if (n > 2)
        v |= p[2];
    out[0] = digit(v >> 18);
    out[1] = digit(v >> 12 & 0x3f);
    out[2] = out[3] = '=';
    if (n > 1)
        out[2] = digit(v >> 6 & 0x3f);
    if (n > 2)
        out[3] = digit(v & 0x3f);
}

void base64_encode(struct buf *out, const void *data, size_t n, bool pad)
{
    const uint8_t *p = data;
    char group[4];

    for (; n > 3; p += 3, n -= 3) {
        encode_group(p, 3, group);
        buf_put(out, group, 4);
    }
    if (n != 0) {
        encode_group(p, n, group);
        buf_put(out, group, pad ? 4 : n + 1);
    }
}

struct secret *base64_encode_secret(const void *data, size_t n)
{
    struct secret *out;
    const uint8_t *p = data;

    if (n > SIZE_MAX / 2)
        mem_exhausted();
    out = secret_new((n + 2) / 3 * 4);
    for (; n > 3; p += 3, n -= 3, out->len += 4)
        encode_group(p, 3, (char *)out->data + out->len);
    if (n != 0) {
        encode_group(p, n, (char *)out->data + out->len);
        out->len += 4;
    }
    return out;
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

/* The most bytes that n characters can hold, even if some are open. */
static size_t decoded_max(size_t n)
{
    return n / 4 * 3 + 2;
}

/* May the text end after count characters of a group and pads times '='? */
static bool can_end(unsigned count, size_t pads)
{
    return count == 0 ? pads == 0
                      : count != 1 && (pads == 0 || count + pads == 4);
}

/*
 * out has room for decoded_max(n) bytes.  Returns false if malformed.  acc
 * holds the bits that are not written yet, at its low end.
 */
static bool decode(const char *s, size_t n, uint8_t *out, size_t *used)
{
    uint32_t acc = 0;
    unsigned count = 0, bits = 0, v;
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
        count = (count + 1) % 4;
        acc = acc << 6 | v;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out[len++] = (uint8_t)(acc >> bits);
            acc &= (1u << bits) - 1;
        }
    }
    *used = len;
    return can_end(count, pads) && acc == 0;
}

bool base64_decode(struct buf *out, const char *s, size_t n)
{
    size_t used;

    if (!decode(s, n, buf_reserve(out, decoded_max(n)), &used))
        return false;
    buf_commit(out, used);
    return true;
}

struct secret *base64_decode_secret(const char *s, size_t n)
{
    struct secret *out = secret_new(decoded_max(n));
    size_t used;

    if (!decode(s, n, out->data, &used)) {
        secret_free(out);
        return NULL;
    }
    out->len = used;
    out->data[used] = 0;
    return out;
}
