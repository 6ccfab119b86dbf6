/* text.c - text made harmless, numbers, patterns and letter case. */
#include "base/text.h"

#include <limits.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/mem.h"
#include "../tap.h"

#define R "\xef\xbf\xbd" /* U+FFFD */

/* NULL: as the text before it. */
static const struct {
    const char *name, *in, *line, *lines;
} clean_cases[] = {
    { "plain text", "plain text", "plain text", NULL },
    { "UTF-8", "gr\xc3\xbc\xc3\x9f \xf0\x9f\x98\x80",
      "gr\xc3\xbc\xc3\x9f \xf0\x9f\x98\x80", NULL },
    { "a control sequence", "\033[1;31mred\033[m", "red", NULL },
    { "one with all its parts", "a\033[?25 hb", "ab", NULL },
    { "one that is cut off", "a\033[3", "a" R "[3", NULL },
    { "one with a line's end in it", "\033[3\nm", R "[3" R "m", R "[3\nm" },
    { "a title, ended by BEL", "a\033]0;t\ab", "ab", NULL },
    { "a title, ended by ST", "a\033]0;\xc3\xbc\033\\b", "ab", NULL },
    { "... in its other form",
      "a\xc2\x9d"
      "0;t\xc2\x9c"
      "b",
      "ab", NULL },
    { "a title without an end hides nothing", "a\033]0;tb", "a" R "]0;tb",
      NULL },
    { "nor over a line's end", "\033]0;t\nb\a", R "]0;t" R "b" R,
      R "]0;t\nb" R },
    { "a device control string", "\033P1$q\033\\b", "b", NULL },
    { "a character set", "\033(Bx\033%Gy", "xy", NULL },
    { "DECSC and RIS",
      "\033"
      "7x\033cy",
      "xy", NULL },
    { "ESC and a blank", "a\033 you", "a" R " you", NULL },
    { "ESC alone", "a\033", "a" R, NULL },
    { "ESC ESC", "\033\033[mx", R "x", NULL },
    { "ESC and no ASCII", "\033\xc3\xbc", R "\xc3\xbc", NULL },
    { "BEL and BS", "a\a\bb", "a" R R "b", NULL },
    { "DEL", "a\x7f", "a" R, NULL },
    { "C1's CSI as a character",
      "\xc2\x9b"
      "0mx",
      "x", NULL },
    { "C1's CSI as a byte",
      "\x9b"
      "0m",
      R "0m", NULL },
    { "a tab", "a\tb", "a b", NULL },
    { "LF", "a\nb", "a" R "b", "a\nb" },
    { "CR LF", "a\r\nb", "a" R R "b", "a\nb" },
    { "CR alone", "a\rb", "a" R "b", NULL },
    { "CR CR LF", "a\r\r\nb", "a" R R R "b", "a" R "\nb" },
    { "CR at the end", "a\r", "a" R, NULL },
    { "right-to-left override",
      "a\xe2\x80\xae"
      "b",
      "a" R "b", NULL },
    { "isolates", "\xe2\x81\xa6\xe2\x81\xa9", R R, NULL },
    { "line separator", "\xe2\x80\xa8", R, NULL },
    { "byte-order mark", "\xef\xbb\xbfx", R "x", NULL },
    { "a joiner stays", "\xe2\x80\x8d", "\xe2\x80\x8d", NULL },
    { "U+FFFD stays", R, R, NULL },
    { "two bad bytes", "\xff\xfe", R R, NULL },
    { "three bytes of four", "\xf0\x9f\x98x", R "x", NULL },
    { "cut off at the end", "x\xf0\x9f\x98", "x" R, NULL },
    { "nothing", "", "", NULL },
};

static void test_clean(void)
{
    const char *in, *lines;
    struct buf b = { 0 };
    char *s;
    size_t i;

    for (i = 0; i < sizeof clean_cases / sizeof *clean_cases; i++) {
        in = clean_cases[i].in;
        lines = clean_cases[i].lines;
        s = text_cleaned(in);
        is_str(s, clean_cases[i].line, clean_cases[i].name);
        mem_free(s);
        buf_clear(&b);
        text_clean(&b, in, strlen(in), true);
        is_str(buf_str(&b), lines != NULL ? lines : clean_cases[i].line,
               "the same with lines");
    }
    buf_clear(&b);
    text_clean(&b, "a\0b", 3, true);
    text_clean(&b, NULL, 0, true);
    is_str(buf_str(&b), "a" R "b", "NUL");
    buf_clear(&b);
    text_expose(&b, "a\033[31mb\n", 7 + 1, true);
    is_str(buf_str(&b), "a" R "[31mb\n", "exposed");
    buf_free(&b);
}

static const struct {
    const char *name, *in, *want;
} sanitize_cases[] = {
    { "plain text", "plain text", "plain text" },
    { "nothing", "", "" },
    { "lines stay", "a\nb", "a\nb" },
    { "controls", "\033[0m\r\t\x7f", "?[0m???" },
    { "C1",
      "a\xc2\x9b"
      "b",
      "a?b" },
    { "override",
      "a\xe2\x80\xae"
      "b",
      "a?b" },
    { "characters stay", "\xc3\xbc\xe2\x82\xac\xf0\x9f\x98\x80",
      "\xc3\xbc\xe2\x82\xac\xf0\x9f\x98\x80" },
    { "U+FFFD stays", "a" R "b", "a" R "b" },
    { "a bad byte",
      "a\xff"
      "b",
      "a?b" },
    { "two bytes of three",
      "a\xe2\x82"
      "b",
      "a?b" },
    { "three bytes of four",
      "a\xf0\x9f\x98"
      "b",
      "a?b" },
    { "one byte of four at the end", "ab\xf0", "ab" },
    { "three bytes of four at the end", "ab\xf0\x9f\x98", "ab" },
    { "a bad byte at the end", "ab\x80", "ab?" },
    { "bad, then cut off", "\xf0\x9f\x98\xf0\x9f\x98", "?" },
};

static void test_sanitize(void)
{
    char s[64];
    size_t i;

    for (i = 0; i < sizeof sanitize_cases / sizeof *sanitize_cases; i++) {
        snprintf(s, sizeof s, "%s", sanitize_cases[i].in);
        text_sanitize(s);
        is_str(s, sanitize_cases[i].want, sanitize_cases[i].name);
        text_sanitize(s);
        is_str(s, sanitize_cases[i].want, "and again changes nothing");
    }
}

static const struct {
    const char *in;
    unsigned long min, max;
    bool good;
    unsigned long want;
} number_cases[] = {
    { "0", 0, 9, true, 0 },
    { "22", 1, 65535, true, 22 },
    { "65535", 1, 65535, true, 65535 },
    { "65536", 1, 65535, false, 0 },
    { "0", 1, 65535, false, 0 },
    { "1", 1, 1, true, 1 },
    { "2", 0, 1, false, 0 },
    { "10", 0, 9, false, 0 },
    { "19", 0, 19, true, 19 },
    { "20", 0, 19, false, 0 },
    { "0", 0, 0, true, 0 },
    { "000000000000000000000000000022", 0, 22, true, 22 },
    { "18446744073709551616", 0, ULONG_MAX, false, 0 },
    { "99999999999999999999999999", 0, ULONG_MAX, false, 0 },
    { "", 0, 9, false, 0 },
    { " 1", 0, 9, false, 0 },
    { "1 ", 0, 9, false, 0 },
    { "+1", 0, 9, false, 0 },
    { "-1", 0, ULONG_MAX, false, 0 },
    { "0x1", 0, 9, false, 0 },
    { "1\n", 0, 9, false, 0 },
    { "\xd9\xa1", 0, 9, false, 0 }, /* an Arabic-Indic digit */
};

static void test_one_line(void)
{
    static const char in[] = "a\nb\r\nc\0d\xe9\x1b\t ";
    static const char want[] = "a b  c d\xe9\x1b\t ";
    struct buf out = { 0 };

    text_one_line(&out, in, sizeof in - 1);
    ok(out.len == sizeof want - 1 && memcmp(out.data, want, out.len) == 0,
       "only what ends a line becomes a blank");
    buf_free(&out);
}

static void test_cut_stop(void)
{
    static const char *const cases[][2] = {
        { "See there.", "See there" },
        { "and so on...", "and so on..." },
        { "no stop", "no stop" },
        { "blanks. \x20", "blanks" },
        { ".", "." },
        { "", "" },
    };
    struct buf text = { 0 };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf_clear(&text);
        buf_put_str(&text, cases[i][0]);
        text_cut_stop(&text);
        is_str(buf_str(&text), cases[i][1], "to go on behind it");
    }
    buf_free(&text);
}

static void test_number(void)
{
    unsigned long got;
    char text[32];
    bool good;
    size_t i;

    for (i = 0; i < sizeof number_cases / sizeof *number_cases; i++) {
        got = 77;
        good = text_number(number_cases[i].in, number_cases[i].min,
                           number_cases[i].max, &got);
        ok(good == number_cases[i].good &&
               got == (good ? number_cases[i].want : 77),
           "number %zu", i);
    }
    snprintf(text, sizeof text, "%lu", ULONG_MAX);
    ok(text_number(text, 0, ULONG_MAX, &got) && got == ULONG_MAX,
       "the largest");
    text[strlen(text) - 1]++;
    ok(!text_number(text, 0, ULONG_MAX, &got), "one more");
}

static const struct {
    const char *pattern, *s;
    bool want;
} glob_cases[] = {
    { "", "", true },
    { "", "a", false },
    { "a", "", false },
    { "*", "", true },
    { "**", "", true },
    { "*", "anything", true },
    { "?", "", false },
    { "?", "a", true },
    { "?", "ab", false },
    { "*?", "", false },
    { "*?", "ab", true },
    { "?*?", "a", false },
    { "?*?", "ab", true },
    { "host", "host", true },
    { "host", "Host", false },
    { "host", "hos", false },
    { "hos", "host", false },
    { "*.example.com", "www.example.com", true },
    { "*.example.com", ".example.com", true },
    { "*.example.com", "example.com", false },
    { "*.example.com", "www.example.com.evil", false },
    { "192.168.0.?", "192.168.0.7", true },
    { "192.168.0.?", "192.168.0.77", false },
    { "a*b*c", "abbbcbc", true },
    { "a*b*c", "abbbcbcd", false },
    { "a*ab", "aaab", true },
    { "*ab*ab", "abab", true },
    { "*ab*ab", "aab", false },
    { "a**b", "ab", true },
    { "a*", "a", true },
    { "*a", "ba", true },
    { "*", "*", true },
    { "?", "*", true },
    { "[a-z]", "b", false },
    { "[a-z]", "[a-z]", true },
    { "\\*", "*", false },
    { "\\*", "\\x", true },
};

static void test_glob(void)
{
    size_t i;

    for (i = 0; i < sizeof glob_cases / sizeof *glob_cases; i++)
        ok(text_glob(glob_cases[i].pattern, glob_cases[i].s) ==
               glob_cases[i].want,
           "'%s' and '%s': %s", glob_cases[i].pattern, glob_cases[i].s,
           glob_cases[i].want ? "match" : "no match");
}

/* What takes naive matchers an age: the alarm ends the test. */
static void test_glob_hard(void)
{
    char pattern[801], s[4001];
    size_t i;

    for (i = 0; i < sizeof pattern - 1; i += 2)
        memcpy(pattern + i, "a*", 2);
    memset(s, 'a', sizeof s - 1);
    s[sizeof s - 1] = '\0';
    pattern[sizeof pattern - 1] = '\0';
    alarm(30);
    ok(text_glob(pattern, s), "400 stars, matching");
    pattern[sizeof pattern - 2] = 'b';
    ok(!text_glob(pattern, s), "399 stars, not matching");
    memset(pattern, 'a', sizeof pattern - 1);
    pattern[0] = '*';
    pattern[sizeof pattern - 2] = 'b';
    ok(!text_glob(pattern, s), "one star before a long tail");
    alarm(0);
}

static const struct {
    const char *a, *b;
    bool want;
} same_cases[] = {
    { "", "", true },
    { "a", "", false },
    { "", "a", false },
    { "Host", "hOST", true },
    { "host", "hosts", false },
    { "az09-_.", "AZ09-_.", true },
    { "@", "`", false }, /* 0x40 and 0x60: beside the letters */
    { "[", "{", false },
    { "\xc3\xa4", "\xc3\x84", false }, /* only ASCII has case */
    { "\xe4", "\xc4", false },
};

static void test_case(void)
{
    char s[] = "AZaz09@[`{\xc3\x84";
    size_t i;

    for (i = 0; i < sizeof same_cases / sizeof *same_cases; i++)
        ok(text_same(same_cases[i].a, same_cases[i].b) == same_cases[i].want,
           "'%s' and '%s': %s", same_cases[i].a, same_cases[i].b,
           same_cases[i].want ? "same" : "different");
    text_lower(s);
    is_str(s, "azaz09@[`{\xc3\x84", "lower case of ASCII letters only");
}

int main(void)
{
    test_clean();
    test_sanitize();
    test_one_line();
    test_cut_stop();
    test_number();
    test_glob();
    test_glob_hard();
    test_case();
    return tap_done();
}
