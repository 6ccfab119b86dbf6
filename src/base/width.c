#include "base/width.h"

#include "base/utf8.h"
#include "base/width-table.h"

/* What the table's two bits mean: 0, 1 and 2 are cells. */
enum { NARROW_PICTOGRAPH = 3 };

#define UNICODE_LAST 0x10ffffu

static unsigned look_up(uint32_t ch)
{
    size_t bits;

    if (ch > UNICODE_LAST)
        return 1;
    bits = (size_t)width_page[ch >> 8] * 64 + (ch >> 2 & 63);
    return width_bits[bits] >> (ch & 3) * 2 & 3u;
}

unsigned width_of(uint32_t ch)
{
    unsigned found = look_up(ch);

    return found == NARROW_PICTOGRAPH ? 1 : found;
}

bool width_is_pictograph(uint32_t ch)
{
    return look_up(ch) >= 2;
}

bool width_is_skin_tone(uint32_t ch)
{
    return ch >= 0x1f3fb && ch <= 0x1f3ff;
}

/* All that take one are among these. */
bool width_takes_skin_tone(uint32_t ch)
{
    return (ch >= 0x1f385 && ch <= 0x1faff && !width_is_skin_tone(ch)) ||
           (ch >= 0x261d && ch <= 0x270d);
}

bool width_is_spacing_mark(uint32_t ch)
{
    size_t low = 0, high = sizeof width_spacing / sizeof width_spacing[0] / 2;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (ch > width_spacing[2 * middle + 1])
            low = middle + 1;
        else
            high = middle;
    }
    return 2 * low < sizeof width_spacing / sizeof width_spacing[0] &&
           ch >= width_spacing[2 * low];
}

size_t width_of_text(const char *s, size_t n)
{
    const uint8_t *p = (const uint8_t *)s;
    size_t took, cells = 0;
    uint32_t ch;

    while (n > 0 && (took = utf8_decode(p, n, &ch)) != 0) {
        cells += width_of(ch);
        p += took;
        n -= took;
    }
    return n > 0 ? cells + 1 : cells; /* a torn end shows as one U+FFFD */
}
