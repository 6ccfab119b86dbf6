#include "base/utf8.h"

#include <stdbool.h>

/*
 * The second byte's range for each lead byte (Unicode table 3-7): it is what
 * excludes overlong forms, surrogates and values beyond U+10FFFF.
 */
static size_t shape(uint8_t lead, uint8_t *low, uint8_t *high)
{
    *low = 0x80;
    *high = 0xbf;
    if (lead < 0x80)
        return 1;
    if (lead < 0xc2)
        return 0;
    if (lead < 0xe0)
        return 2;
    if (lead < 0xf0) {
        if (lead == 0xe0)
            *low = 0xa0;
        if (lead == 0xed)
            *high = 0x9f;
        return 3;
    }
    if (lead > 0xf4)
        return 0;
    if (lead == 0xf0)
        *low = 0x90;
    if (lead == 0xf4)
        *high = 0x8f;
    return 4;
}

static bool continues(uint8_t byte)
{
    return (byte & 0xc0) == 0x80;
}

/* A character of two bytes or of four below U+100000, if it is whole and well
 * formed; else 0. */
static size_t decode_common(const uint8_t *p, size_t n, uint32_t *ch)
{
    if (n >= 2 && p[0] >= 0xc2 && p[0] < 0xe0 && continues(p[1])) {
        *ch = (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu);
        return 2;
    }
    if (n >= 4 && p[0] >= 0xf0 && p[0] < 0xf4 && continues(p[1]) &&
        (p[0] > 0xf0 || p[1] >= 0x90) && continues(p[2]) && continues(p[3])) {
        *ch = (p[0] & 0x07u) << 18 | (p[1] & 0x3fu) << 12 |
              (p[2] & 0x3fu) << 6 | (p[3] & 0x3fu);
        return 4;
    }
    return 0;
}

static size_t decode_any(const uint8_t *p, size_t n, uint32_t *ch)
{
    static const uint8_t lead_mask[5] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
    uint8_t low, high;
    size_t i, len = shape(p[0], &low, &high);
    uint32_t c;

    if (len == 0) {
        *ch = UTF8_REPLACEMENT;
        return 1;
    }
    c = p[0] & lead_mask[len];
    for (i = 1; i < len; i++) {
        if (i == n)
            return 0;
        if (p[i] < low || p[i] > high) {
            *ch = UTF8_REPLACEMENT;
            return i;
        }
        c = c << 6 | (p[i] & 0x3fu);
        low = 0x80;
        high = 0xbf;
    }
    *ch = c;
    return len;
}

size_t utf8_decode(const uint8_t *p, size_t n, uint32_t *ch)
{
    size_t len = decode_common(p, n, ch);

    return len != 0 ? len : decode_any(p, n, ch);
}

size_t utf8_encode(uint32_t ch, uint8_t out[4])
{
    if (ch > 0x10ffff || (ch >= 0xd800 && ch <= 0xdfff))
        ch = UTF8_REPLACEMENT;
    if (ch < 0x80) {
        out[0] = (uint8_t)ch;
        return 1;
    }
    if (ch < 0x800) {
        out[0] = (uint8_t)(0xc0 | ch >> 6);
        out[1] = (uint8_t)(0x80 | (ch & 0x3f));
        return 2;
    }
    if (ch < 0x10000) {
        out[0] = (uint8_t)(0xe0 | ch >> 12);
        out[1] = (uint8_t)(0x80 | (ch >> 6 & 0x3f));
        out[2] = (uint8_t)(0x80 | (ch & 0x3f));
        return 3;
    }
    out[0] = (uint8_t)(0xf0 | ch >> 18);
    out[1] = (uint8_t)(0x80 | (ch >> 12 & 0x3f));
    out[2] = (uint8_t)(0x80 | (ch >> 6 & 0x3f));
    out[3] = (uint8_t)(0x80 | (ch & 0x3f));
    return 4;
}
