#include "vt/color.h"

#include <stdlib.h>
#include <string.h>
#include "vt/color-names.h"
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

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool color_prefix(const char **spec, const char *prefix)
{
    size_t i;

    for (i = 0; prefix[i] != '\0'; i++)
        if (lower((*spec)[i]) != lower(prefix[i]))
            return false;
    *spec += i;
    return true;
}

/* "#rgb" to "#rrrrggggbbbb", from behind the sign on. */
static bool same_lengths(const char *s, uint32_t *rgb)
{
    uint32_t value, found = 0;
    size_t n = strlen(s) / 3, i;

    if (strlen(s) % 3 != 0)
        return false;
    for (i = 0; i < 3; i++) {
        if (!upper_bits(s + i * n, n, &value))
            return false;
        found = found << 8 | value;
    }
    *rgb = found;
    return true;
}

/* ---- names ---- */

/* Small letters without blanks, "gray" for "grey"; false if it is too long. */
static bool plain_name(const char *name, char *out, size_t size)
{
    size_t n = 0;

    for (; *name != '\0'; name++) {
        if (*name == ' ')
            continue;
        if (n + 1 == size)
            return false;
        out[n++] = lower(*name);
        if (n >= 4 && memcmp(out + n - 4, "grey", 4) == 0)
            out[n - 2] = 'a';
    }
    out[n] = '\0';
    return true;
}

/* "gray0" to "gray100"; two of them were rounded down. */
static bool shade(const char *name, uint32_t *rgb)
{
    unsigned long percent;
    uint32_t level;
    char *end;

    if (strncmp(name, "gray", 4) != 0 || name[4] < '0' || name[4] > '9')
        return false;
    percent = strtoul(name + 4, &end, 10);
    if (*end != '\0' || percent > 100)
        return false;
    level = (uint32_t)((percent * 255 + 50) / 100);
    level -= percent == 50 || percent == 90;
    *rgb = level << 16 | level << 8 | level;
    return true;
}

static int by_name(const void *key, const void *row)
{
    return strcmp(key, ((const struct color_name *)row)->name);
}

static bool named(const char *spec, uint32_t *rgb)
{
    const struct color_name *found;
    char name[32] = "";

    if (!plain_name(spec, name, sizeof name))
        return false;
    if (shade(name, rgb))
        return true;
    found =
        bsearch(name, color_names, sizeof color_names / sizeof color_names[0],
                sizeof color_names[0], by_name);
    if (found != NULL)
        *rgb = found->rgb;
    return found != NULL;
}

bool color_parse(const char *spec, uint32_t *rgb)
{
    if (color_prefix(&spec, "rgb:"))
        return three_parts(spec, scaled, rgb);
    if (spec[0] == '#')
        return same_lengths(spec + 1, rgb);
    return color_space(spec, rgb) || named(spec, rgb);
}
