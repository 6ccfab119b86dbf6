#include "ui/glyph.h"

#include <stddef.h>

/* clang-format off */

/* Ranges of which every character has the same stand-in. */
static const struct {
    uint32_t first, last;
    char ascii;
} ranges[] = {
    { 0x00a0, 0x00a0, ' ' },  { 0x00a6, 0x00a6, '|' },
    { 0x00a8, 0x00a8, '"' },  { 0x00ab, 0x00ab, '<' },
    { 0x00ad, 0x00ad, '-' },  { 0x00b4, 0x00b4, '\'' },
    { 0x00b7, 0x00b7, '.' },  { 0x00bb, 0x00bb, '>' },
    { 0x00d7, 0x00d7, 'x' },  { 0x2000, 0x200a, ' ' },
    { 0x2010, 0x2015, '-' },  { 0x2018, 0x201b, '\'' },
    { 0x201c, 0x201f, '"' },  { 0x2022, 0x2023, '*' },
    { 0x2024, 0x2026, '.' },  { 0x202f, 0x202f, ' ' },
    { 0x2032, 0x2032, '\'' }, { 0x2033, 0x2033, '"' },
    { 0x2039, 0x2039, '<' },  { 0x203a, 0x203a, '>' },
    { 0x2044, 0x2044, '/' },  { 0x205f, 0x205f, ' ' },
    { 0x2190, 0x2190, '<' },  { 0x2191, 0x2191, '^' },
    { 0x2192, 0x2192, '>' },  { 0x2193, 0x2193, 'v' },
    { 0x2212, 0x2212, '-' },  { 0x2215, 0x2215, '/' },
    { 0x2217, 0x2217, '*' },  { 0x2223, 0x2223, '|' },
    { 0x223c, 0x223c, '~' },  { 0x2264, 0x2264, '<' },
    { 0x2265, 0x2265, '>' },  { 0x2500, 0x2501, '-' },
    { 0x2502, 0x2503, '|' },  { 0x2504, 0x2505, '-' },
    { 0x2506, 0x2507, '|' },  { 0x2508, 0x2509, '-' },
    { 0x250a, 0x250b, '|' },  { 0x250c, 0x254b, '+' },
    { 0x254c, 0x254d, '-' },  { 0x254e, 0x254f, '|' },
    { 0x2550, 0x2550, '=' },  { 0x2551, 0x2551, '|' },
    { 0x2552, 0x2570, '+' },  { 0x2571, 0x2571, '/' },
    { 0x2572, 0x2572, '\\' }, { 0x2573, 0x2573, 'X' },
    { 0x2580, 0x2593, '#' },  { 0x25a0, 0x25a0, '#' },
    { 0x25b2, 0x25b3, '^' },  { 0x25b6, 0x25b9, '>' },
    { 0x25ba, 0x25bb, '>' },  { 0x25bc, 0x25bd, 'v' },
    { 0x25c0, 0x25c3, '<' },  { 0x25c6, 0x25c7, '+' },
    { 0x25cb, 0x25cb, 'o' },  { 0x25cf, 0x25cf, '*' },
    { 0x2713, 0x2714, 'v' },  { 0x2717, 0x2718, 'x' },
    { 0x3000, 0x3000, ' ' },
};

/* clang-format on */

/* U+00C0 .. U+00FF, Latin-1's letters. */
static const char latin1[] = "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiii"
                             "dnooooo/ouuuuyty";

char glyph_ascii(uint32_t ch)
{
    size_t i;

    if (ch >= 0x20 && ch < 0x7f)
        return (char)ch;
    if (ch >= 0xff01 && ch <= 0xff5e) /* fullwidth forms */
        return (char)(ch - 0xff01 + '!');
    for (i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (ch >= ranges[i].first && ch <= ranges[i].last)
            return ranges[i].ascii;
    if (ch >= 0xc0 && ch <= 0xff)
        return latin1[ch - 0xc0];
    return '?';
}

bool glyph_is_recent(uint32_t ch)
{
    static const struct {
        uint32_t first, last;
    } recent[] = {
        { 0x2630, 0x2637 },   { 0x268a, 0x268f },   { 0x1d300, 0x1d356 },
        { 0x1d360, 0x1d376 }, { 0x1f6d6, 0x1f6df }, { 0x1f6fb, 0x1f6ff },
        { 0x1f7f0, 0x1f7ff }, { 0x1f90c, 0x1f90c }, { 0x1f972, 0x1f972 },
        { 0x1f977, 0x1f979 }, { 0x1f9a3, 0x1f9a4 }, { 0x1f9ab, 0x1f9ad },
        { 0x1f9cb, 0x1f9cc }, { 0x1fa70, 0x1faff },
    };
    size_t i;

    for (i = 0; ch >= recent[0].first && i < sizeof recent / sizeof recent[0];
         i++)
        if (ch >= recent[i].first && ch <= recent[i].last)
            return true;
    return false;
}
