/* search.c - what is found, where, and in which order. */
#include "app/search.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>
#include "../tap.h"
#include "base/buf.h"
#include "base/err.h"
#include "tests/vt/terminal.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* All matches as "line,col-line,col ...", by search_next(). */
static void list(struct search *s, const struct vt *vt, bool back,
                 struct buf *out)
{
    struct vt_place at = { back ? UINT64_MAX : 0, 0 };
    struct vt_range m;

    buf_clear(out);
    while (search_next(s, vt, at, back, &m)) {
        buf_printf(out, "%s%u,%u-%u,%u", out->len != 0 ? " " : "",
                   (unsigned)m.from.line, m.from.col, (unsigned)m.last.line,
                   m.last.col);
        at = m.from;
        at.col += !back;
    }
    buf_str(out);
}

static const struct {
    const char *name, *pattern;
    bool regex;
    const char *input; /* into 10 columns, 3 rows */
    const char *down;  /* all matches */
} cases[] = {
    { "text", "b", false, "abc\r\nabc", "0,1-0,1 1,1-1,1" },
    { "nothing", "x", false, "abc", "" },
    { "the first cell", "a", false, "a", "0,0-0,0" },
    { "small letters find both", "ab", false, "AB aB ab",
      "0,0-0,1 0,3-0,4 "
      "0,6-0,7" },
    { "a capital finds capitals", "Ab", false, "AB Ab ab", "0,3-0,4" },
    { "beyond ASCII too", "\xc3\xa9", false, "\xc3\x89\xc3\xa9",
      "0,0-0,0 0,1-0,1" },
    { "above the screen", "two", false, "one\r\ntwo\r\n3\r\n4\r\n5\r\ntwo",
      "1,0-1,2 5,0-5,2" },
    { "over a wrap", "jk", false, "abcdefghijklm\r\n", "0,9-1,0" },
    { "over a wrap, above the screen", "jk", false, "abcdefghijklm\r\n\n\n\n\n",
      "0,9-1,0" },
    { "blanks over a wrap, above the screen", " j", false,
      "\033[7Ca   j\r\n\n\n\n\n", "1,0-1,1" },
    { "a mark, above the screen", "e\xcc\x81x", false, "E\xcc\x81X\r\n\n\n\n\n",
      "0,0-0,1" },
    { "only its base, above the screen", "e", false, "e\xcc\x81\r\n\n\n\n\n",
      "0,0-0,0" },
    { "beyond ASCII, above the screen", "\xcf\x83\xd0\xb6", false,
      "\xce\xa3\xd0\x96 \xcf\x83\xd0\xb6\r\n\n\n\n\n", "0,0-0,1 0,3-0,4" },
    { "its capital only", "\xd0\x96", false, "\xd0\xb6\xd0\x96\r\n\n\n\n\n",
      "0,1-0,1" },
    { "not over a line's end", "bc", false, "ab\r\nc", "" },
    { "a wide character", "\xe6\x97\xa5|", false, "x\xe6\x97\xa5|", "0,1-0,3" },
    { "signs are not special", "a.c", false, "abc a.c", "0,4-0,6" },
    { "overlapping", "aa", false, "aaa", "0,0-0,1 0,1-0,2" },
    { "an expression", "b.*d", true, "abcd", "0,1-0,3" },
    { "both cases", "[a-b]+", true, "xABx", "0,1-0,2 0,2-0,2" },
    { "a capital", "[A-B]+", true, "xabAx", "0,3-0,3" },
    { "the beginning of a line", "^b", true, "ab\r\nb", "1,0-1,0" },
    { "the beginning of a word", "\\<a", true, "aab a", "0,0-0,0 0,4-0,4" },
    { "its end", "b$", true, "bb\r\nba", "0,1-0,1" },
    { "its end, above the screen", "b$", true,
      "\033[41mb  \033[m\r\nxb\r\n\n\n\n", "0,0-0,0 1,1-1,1" },
    { "over a wrap", "i.*l", true, "abcdefghijklm\r\n", "0,8-1,1" },
    { "no empty matches", "z*", true, "azb", "0,1-0,1" },
    { "in UTF-8", "\xc3\xa9.", true, "\xc3\xa9\xe6\x97\xa5x", "0,0-0,1" },
};

static void test_down(void)
{
    struct buf got = { 0 };
    struct err err;
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        struct vt *vt = terminal(10, 3, cases[i].input);
        struct search *s = search_new(cases[i].pattern, cases[i].regex, &err);

        list(s, vt, false, &got);
        is_str((const char *)got.data, cases[i].down, cases[i].name);
        search_free(s);
        vt_free(vt);
    }
    buf_free(&got);
}

static void test_up(void)
{
    struct vt *vt = terminal(10, 3, "ab\r\nb b\r\n\r\n\r\nabcdefghijb");
    struct err err;
    struct search *s = search_new("b", false, &err);
    struct vt_range within[8];
    struct buf got = { 0 };

    list(s, vt, true, &got);
    is_str((const char *)got.data, "5,0-5,0 4,1-4,1 1,2-1,2 1,0-1,0 0,1-0,1",
           "back: from the end to the beginning");
    is_num((long long)search_within(s, vt, 1, 5, within, COUNT(within)), 3,
           "within some lines");
    ok(within[2].from.line == 4 && within[2].from.col == 1,
       "the last of them is not in the row behind");
    is_num((long long)search_within(s, vt, 0, 6, within, 2), 2, "so many");
    search_free(s);
    vt_free(vt);
    buf_free(&got);
}

static void test_wrong(void)
{
    struct err err = { 0 };

    ok(search_new("a[", true, &err) == NULL, "an expression without an end");
    ok(err.code == ERR_USAGE && err.msg[0] != '\0', "is explained");
}

/* The stored bytes are looked at without unpacking; with the same result. */
static void test_long(void)
{
    const struct vt_options opt = { .cols = 80,
                                    .rows = 24,
                                    .scrollback = 200000 };
    struct vt *vt = vt_new(&opt);
    struct search *s;
    struct vt_range m;
    struct err err;
    char line[64];
    unsigned i;

    for (i = 0; i < 100000; i++) {
        snprintf(line, sizeof line, "%06u some text of a log\r\n", i);
        vt_write(vt, line, strlen(line));
    }
    s = search_new("000017 SOME", false, &err);
    ok(!search_next(s, vt, (struct vt_place){ 0, 0 }, false, &m),
       "capitals that are not there");
    search_free(s);
    s = search_new("000017 some", false, &err);
    ok(search_next(s, vt, (struct vt_place){ UINT64_MAX, 0 }, true, &m) &&
           m.from.line == 17 && m.from.col == 0 && m.last.col == 10,
       "100,000 lines up");
    search_free(s);
    vt_free(vt);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    test_down();
    test_up();
    test_wrong();
    test_long();
    return tap_done();
}
