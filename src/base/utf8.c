#include "base/utf8.h"

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

size_t utf8_decode(const uint8_t *p, size_t n, uint32_t *ch)
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
