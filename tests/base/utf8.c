/*
 * utf8.c - ill-formed sequences as tables 3-8 to 3-11 of the Unicode standard
 * replace them, every scalar value, and every way to split the bytes.
 */
#include "base/utf8.h"

#include "../tap.h"

#define BYTES(s)  (const uint8_t *)("" s), sizeof(s) - 1
#define MAX_CHARS 24
#define R         UTF8_REPLACEMENT

static const struct {
    const char *name;
    const uint8_t *in;
    size_t len;
    uint32_t want[MAX_CHARS]; /* up to the first 0 */
} cases[] = {
    { "table 3-8, overlong",
      BYTES("\xc0\xaf\xe0\x80\xbf\xf0\x81\x82\x41"),
      { R, R, R, R, R, R, R, R, 'A' } },
    { "table 3-9, surrogates",
      BYTES("\xed\xa0\x80\xed\xbf\xbf\xed\xaf\x41"),
      { R, R, R, R, R, R, R, R, 'A' } },
    { "table 3-10, others",
      BYTES("\xf4\x91\x92\x93\xff\x41\x80\xbf\x42"),
      { R, R, R, R, R, 'A', R, R, 'B' } },
    { "table 3-11, truncated",
      BYTES("\xe1\x80\xe2\xf0\x91\x92\xf1\xbf\x41"),
      { R, R, R, R, 'A' } },
    { "a mixture",
      BYTES("a\xf1\x80\x80\xe1\x80\xc2"
            "b\x80"
            "c\x80\xbf"
            "d"),
      { 'a', R, R, R, 'b', R, 'c', R, R, 'd' } },
    { "C1 begins nothing", BYTES("\xc1\xbf."), { R, R, '.' } },
    { "F5 to FF begin nothing",
      BYTES("\xf5\x80\xf8\xfc\xfe\xff."),
      { R, R, R, R, R, R, '.' } },
    { "E0 9F is overlong", BYTES("\xe0\x9f\xbf."), { R, R, R, '.' } },
    { "E0 A0 is not", BYTES("\xe0\xa0\x80."), { 0x800, '.' } },
    { "ED 9F is no surrogate", BYTES("\xed\x9f\xbf."), { 0xd7ff, '.' } },
    { "EE 80 is none", BYTES("\xee\x80\x80."), { 0xe000, '.' } },
    { "F0 8F is overlong", BYTES("\xf0\x8f\xbf\xbf."), { R, R, R, R, '.' } },
    { "F0 90 is not", BYTES("\xf0\x90\x80\x80."), { 0x10000, '.' } },
    { "F4 8F is the last", BYTES("\xf4\x8f\xbf\xbf."), { 0x10ffff, '.' } },
    { "three bytes of four", BYTES("\xf0\x9f\x98."), { R, '.' } },
    { "a lead after a lead", BYTES("\xc3\xc3\xa9."), { R, 0xe9, '.' } },
    { "U+FFFD itself", BYTES("\xef\xbf\xbd."), { R, '.' } },
    { "noncharacters pass",
      BYTES("\xef\xbf\xbf\xef\xb7\x90."),
      { 0xffff, 0xfdd0, '.' } },
};

/*
 * Decode bytes of which the first part has arrived, then step more each time.
 * Returns how many were decoded.
 */
static size_t decode(const uint8_t *p, size_t n, size_t part, size_t step,
                     uint32_t *out)
{
    size_t at = 0, count = 0, used;

    while (at != n) {
        used = part > at ? utf8_decode(p + at, part - at, &out[count]) : 0;
        if (used == 0 && part == n)
            break;
        if (used == 0)
            part = step < n - part ? part + step : n;
        else
            count++;
        at += used;
    }
    out[count] = 0;
    return count;
}

static bool same(const uint32_t *a, const uint32_t *b)
{
    while (*a != 0 && *a == *b) {
        a++;
        b++;
    }
    return *a == *b;
}

static void test_cases(void)
{
    uint32_t got[MAX_CHARS];
    size_t i, part;
    bool split;

    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        decode(cases[i].in, cases[i].len, cases[i].len, 0, got);
        ok(same(got, cases[i].want), "%s", cases[i].name);
        split = true;
        for (part = 0; part < cases[i].len; part++) {
            decode(cases[i].in, cases[i].len, part, cases[i].len, got);
            split = split && same(got, cases[i].want);
            decode(cases[i].in, cases[i].len, part, 1, got);
            split = split && same(got, cases[i].want);
        }
        ok(split, "%s, split anywhere", cases[i].name);
    }
}

/* A character cut off is waited for, and not after it is known to be bad. */
static const struct {
    const uint8_t *in;
    size_t len, used;
} end_cases[] = {
    { BYTES("\xc2"), 0 },         { BYTES("\xe0"), 0 },
    { BYTES("\xe0\xa0"), 0 },     { BYTES("\xe0\x80"), 1 },
    { BYTES("\xed\x9f"), 0 },     { BYTES("\xed\xa0"), 1 },
    { BYTES("\xf0"), 0 },         { BYTES("\xf0\x90"), 0 },
    { BYTES("\xf0\x8f"), 1 },     { BYTES("\xf4\x8f\xbf"), 0 },
    { BYTES("\xf4\x90"), 1 },     { BYTES("\xf1\x80\x41"), 2 },
    { BYTES("\xf1\x80\xc2"), 2 }, { BYTES("\xf1\x80\x80\x41"), 3 },
    { BYTES("\x80"), 1 },         { BYTES("\xff"), 1 },
};

static void test_ends(void)
{
    uint32_t ch;
    size_t i;

    for (i = 0; i < sizeof end_cases / sizeof *end_cases; i++)
        ok(utf8_decode(end_cases[i].in, end_cases[i].len, &ch) ==
               end_cases[i].used,
           "%02x and %zu more: takes %zu", end_cases[i].in[0],
           end_cases[i].len - 1, end_cases[i].used);
}

static size_t length_of(uint32_t ch)
{
    return ch < 0x80 ? 1 : ch < 0x800 ? 2 : ch < 0x10000 ? 3 : 4;
}

static bool round_trips(uint32_t ch)
{
    uint8_t enc[4];
    uint32_t back;
    size_t len = utf8_encode(ch, enc), n;

    if (len != length_of(ch))
        return false;
    for (n = 1; n < len; n++)
        if (utf8_decode(enc, n, &back) != 0)
            return false;
    return utf8_decode(enc, len, &back) == len && back == ch;
}

static void test_scalars(void)
{
    static const uint32_t others[] = { 0xd800, 0xdbff,   0xdc00,
                                       0xdfff, 0x110000, UINT32_MAX };
    uint32_t ch, wrong = 0;
    uint8_t enc[4];
    size_t i;

    for (ch = 0; ch <= 0x10ffff; ch++)
        if (ch < 0xd800 || ch > 0xdfff)
            wrong += !round_trips(ch);
    is_num(wrong, 0, "every scalar value comes back, and waits for its end");
    for (i = 0; i < sizeof others / sizeof *others; i++)
        ok(utf8_encode(others[i], enc) == 3 &&
               memcmp(enc, "\xef\xbf\xbd", 3) == 0,
           "%lx is encoded as U+FFFD", (unsigned long)others[i]);
}

/* Whatever is decoded as a character has no other spelling. */
static void test_one_spelling(void)
{
    uint8_t p[4], enc[4];
    uint32_t i, ch, wrong = 0;
    size_t used;

    for (i = 0; i < 1u << 24; i++) {
        p[0] = (uint8_t)(0xc0 | (i >> 18 & 0x3f));
        p[1] = (uint8_t)(i >> 10);
        p[2] = (uint8_t)(0x78 + (i >> 5 & 0x1f) * 3);
        p[3] = (uint8_t)(0x78 + (i & 0x1f) * 3);
        used = utf8_decode(p, sizeof p, &ch);
        if (ch != UTF8_REPLACEMENT)
            wrong += utf8_encode(ch, enc) != used || memcmp(p, enc, used) != 0;
    }
    is_num(wrong, 0, "no character has a second spelling");
}

int main(void)
{
    test_cases();
    test_ends();
    test_scalars();
    test_one_spelling();
    return tap_done();
}
