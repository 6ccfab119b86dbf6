/* width.c - cells of characters; values from Unicode 17 and UAX 11. */
#include "../tap.h"
#include "base/width.h"

static const struct {
    uint32_t first, last;
    unsigned width;
    const char *what;
} ranges[] = {
    { 0x00, 0x1f, 0, "C0 controls" },
    { 0x20, 0x7e, 1, "ASCII" },
    { 0x7f, 0x9f, 0, "DEL and C1 controls" },
    { 0xa0, 0x2ff, 1, "Latin, with the soft hyphen and ambiguous ones" },
    { 0x300, 0x36f, 0, "combining diacritical marks" },
    { 0x370, 0x377, 1, "Greek" },
    { 0x483, 0x489, 0, "Cyrillic marks, enclosing ones too" },
    { 0x600, 0x605, 1, "Arabic number signs" },
    { 0x610, 0x61a, 0, "Arabic marks" },
    { 0x93f, 0x940, 1, "Devanagari spacing vowels" },
    { 0x1100, 0x115f, 2, "Hangul leading consonants" },
    { 0x1160, 0x11ff, 0, "Hangul vowels and final consonants" },
    { 0x200b, 0x200f, 0, "zero width space to right-to-left mark" },
    { 0x2010, 0x2027, 1, "dashes and dots" },
    { 0x2028, 0x202e, 0, "separators and bidirectional controls" },
    { 0x231a, 0x231b, 2, "watch and hourglass" },
    { 0x2500, 0x259f, 1, "box drawing and blocks" },
    { 0x2630, 0x2637, 2, "trigrams: since Unicode 16" },
    { 0x2639, 0x263b, 1, "faces in text style" },
    { 0x2764, 0x2764, 1, "heavy black heart" },
    { 0x2e80, 0x2e99, 2, "CJK radicals" },
    { 0x3000, 0x3029, 2, "ideographic space and brackets" },
    { 0x302a, 0x302d, 0, "ideographic tone marks" },
    { 0x3041, 0x3096, 2, "Hiragana" },
    { 0x3248, 0x324f, 2, "circled numbers on black squares" },
    { 0x3400, 0x4dbf, 2, "CJK extension A" },
    { 0x4dc0, 0x4dff, 2, "hexagrams" },
    { 0x4e00, 0x9fff, 2, "CJK" },
    { 0xac00, 0xd7a3, 2, "Hangul syllables" },
    { 0xe000, 0xf8ff, 1, "private use" },
    { 0xf900, 0xfaff, 2, "CJK compatibility, unassigned places too" },
    { 0xfe00, 0xfe0f, 0, "variation selectors" },
    { 0xfeff, 0xfeff, 0, "byte order mark" },
    { 0xff01, 0xff60, 2, "fullwidth forms" },
    { 0xff61, 0xffbe, 1, "halfwidth forms" },
    { 0xfffd, 0xfffd, 1, "replacement character" },
    { 0x1f1e6, 0x1f1ff, 1, "regional indicators" },
    { 0x1f300, 0x1f320, 2, "weather emoji" },
    { 0x1f600, 0x1f64f, 2, "faces" },
    { 0x1fae9, 0x1faea, 2, "faces of Unicode 16 and 17" },
    { 0x20000, 0x2fffd, 2, "plane 2" },
    { 0x30000, 0x3fffd, 2, "plane 3" },
    { 0xe0001, 0xe0001, 0, "language tag" },
    { 0xe0100, 0xe01ef, 0, "variation selectors supplement" },
    { 0x10fffd, 0x10fffd, 1, "the last private one" },
    { 0x110000, 0x110000, 1, "beyond Unicode" },
};

static const struct {
    const char *text;
    unsigned cells;
} texts[] = {
    { "", 0 },          { "abc", 3 },
    { "e\xcc\x81", 1 }, { "\xe4\xb8\xad\xe6\x96\x87", 4 },
    { "a\xff", 2 },     { "a\xe4\xb8", 2 },
};

int main(void)
{
    uint32_t ch;
    size_t i;

    for (i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        for (ch = ranges[i].first; ch <= ranges[i].last; ch++)
            if (width_of(ch) != ranges[i].width)
                break;
        if (!ok(ch > ranges[i].last, "%s: %u", ranges[i].what, ranges[i].width))
            diag("U+%04X is %u wide", (unsigned)ch, width_of(ch));
    }
    for (i = 0; i < sizeof texts / sizeof texts[0]; i++)
        is_num((long long)width_of_text(texts[i].text, strlen(texts[i].text)),
               texts[i].cells, "width of a text");
    ok(width_is_pictograph(0x1f469) && width_is_pictograph(0x2764) &&
           width_is_pictograph(0x2640),
       "pictographs");
    ok(!width_is_pictograph('a') && !width_is_pictograph(0x915) &&
           !width_is_pictograph(0x300),
       "letters and marks are none");
    return tap_done();
}
