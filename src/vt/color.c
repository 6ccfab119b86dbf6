#include "vt/color.h"

#include <string.h>
#include "vt/screen.h"

/* n hex digits and how much they can be at most. */
static bool hex_part(const char *s, size_t n, unsigned *value, unsigned *most)
{
    size_t i;

    if (n < 1 || n > 4)
        return false;
    for (*value = *most = 0, i = 0; i < n; i++) {
        int digit = hex_digit(s[i]);

        if (digit < 0)
            return false;
        *value = *value << 4 | (unsigned)digit;
        *most = *most << 4 | 15;
    }
    return true;
}

/* Scaled, so that all ones are full intensity. */
static bool scaled(const char *s, size_t n, uint32_t *out)
{
    unsigned value, most;

    if (!hex_part(s, n, &value, &most))
        return false;
    *out = value * 65535 / most >> 8;
    return true;
}

/* The upper bits of 16: "#f" is f000. */
static bool upper_bits(const char *s, size_t n, uint32_t *out)
{
    unsigned value, most;

    if (!hex_part(s, n, &value, &most))
        return false;
    *out = value << 16 >> 4 * n >> 8;
    return true;
}

/* A decimal fraction from 0 to 1, in 1/255. */
static bool intensity(const char *s, size_t n, uint32_t *out)
{
    unsigned long value = 0, scale = 1;
    bool fraction = false;
    size_t i;

    for (i = 0; i < n; i++) {
        if (s[i] == '.' && !fraction) {
            fraction = true;
        } else if (s[i] < '0' || s[i] > '9') {
            return false;
        } else if (!fraction && value > 1) {
            return false;
        } else if (scale < 1000000) {
            value = value * 10 + (unsigned long)(s[i] - '0');
            scale *= fraction ? 10 : 1;
        }
    }
    if (n == 0 || value > scale)
        return false;
    *out = (uint32_t)((value * 255 + scale / 2) / scale);
    return true;
}

typedef bool part_fn(const char *s, size_t n, uint32_t *out);

/* Three parts with '/' between them. */
static bool three_parts(const char *s, part_fn *part, uint32_t *rgb)
{
    uint32_t found = 0;
    unsigned i;

    for (i = 0; i < 3; i++) {
        size_t n = strcspn(s, "/");
        uint32_t value;

        if (!part(s, n, &value) || (s[n] == '/') != (i < 2))
            return false;
        found = found << 8 | value;
        s += n + 1;
    }
    *rgb = found;
    return true;
}

bool color_parse(const char *spec, uint32_t *rgb)
{
    uint32_t value, found = 0;
    size_t n, i;

    if (strncmp(spec, "rgb:", 4) == 0)
        return three_parts(spec + 4, scaled, rgb);
    if (strncmp(spec, "rgbi:", 5) == 0)
        return three_parts(spec + 5, intensity, rgb);
    if (spec[0] != '#' || strlen(spec + 1) % 3 != 0)
        return false;
    n = strlen(spec + 1) / 3;
    for (i = 0; i < 3; i++) {
        if (!upper_bits(spec + 1 + i * n, n, &value))
            return false;
        found = found << 8 | value;
    }
    *rgb = found;
    return true;
}
