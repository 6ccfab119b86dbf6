/* select.c - what a selection covers and how it is copied; words; links. */
#include "vt/select.h"

#include <string.h>
#include <unistd.h>
#include "../tap.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "tests/vt/terminal.h"
#include "vt/urls.h"
#include "vt/words.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* ---- copied text ---- */

static const struct {
    const char *name, *input; /* into 10 columns, 4 rows */
    struct vt_selection sel;
    const char *want;
} cases[] = {
    { "cells", "hello you", { VT_SELECT_CELLS, { 0, 1 }, { 0, 4 } }, "ello" },
    { "backwards",
      "hello you",
      { VT_SELECT_CELLS, { 0, 4 }, { 0, 1 } },
      "ello" },
    { "one cell", "hello", { VT_SELECT_CELLS, { 0, 1 }, { 0, 1 } }, "e" },
    { "two lines",
      "abc\r\ndef",
      { VT_SELECT_CELLS, { 0, 1 }, { 1, 1 } },
      "bc\nde" },
    { "blanks at the end are left out",
      "ab   \r\ncd",
      { VT_SELECT_CELLS, { 0, 0 }, { 1, 9 } },
      "ab\ncd" },
    { "blanks inside are kept",
      "a  b",
      { VT_SELECT_CELLS, { 0, 0 }, { 0, 3 } },
      "a  b" },
    { "an empty line",
      "a\r\n\r\nb",
      { VT_SELECT_CELLS, { 0, 0 }, { 2, 0 } },
      "a\n\nb" },
    { "a wrapped line is one",
      "abcdefghijklm\r\nx",
      { VT_SELECT_CELLS, { 0, 8 }, { 2, 0 } },
      "ijklm\nx" },
    { "from its second row",
      "abcdefghijklm\r\nx",
      { VT_SELECT_CELLS, { 1, 1 }, { 2, 0 } },
      "lm\nx" },
    { "to its first row",
      "x\r\nabcdefghijklm",
      { VT_SELECT_CELLS, { 0, 0 }, { 1, 2 } },
      "x\nabc" },
    { "above the screen",
      "1\r\n2\r\n3\r\n4\r\n5\r\n6",
      { VT_SELECT_CELLS, { 0, 0 }, { 3, 0 } },
      "1\n2\n3\n4" },
    { "wide characters, from a right half",
      "\xe6\x97\xa5\xe6\x9c\xac!",
      { VT_SELECT_CELLS, { 0, 1 }, { 0, 2 } },
      "\xe6\x97\xa5\xe6\x9c\xac" },
    { "marks",
      "e\xcc\x81x",
      { VT_SELECT_CELLS, { 0, 0 }, { 0, 0 } },
      "e\xcc\x81" },
    { "words",
      "one two six",
      { VT_SELECT_WORDS, { 0, 5 }, { 0, 8 } },
      "two six" },
    { "words, backwards",
      "one two six",
      { VT_SELECT_WORDS, { 0, 8 }, { 0, 5 } },
      "two six" },
    { "lines",
      "abcdefghijklm\r\nx",
      { VT_SELECT_LINES, { 1, 1 }, { 1, 1 } },
      "abcdefghijklm" },
    { "a rectangle",
      "abcd\r\nef\r\nghij",
      { VT_SELECT_BLOCK, { 0, 1 }, { 2, 2 } },
      "bc\nf\nhi" },
    { "a rectangle from the right",
      "abcd\r\nefgh",
      { VT_SELECT_BLOCK, { 0, 2 }, { 1, 1 } },
      "bc\nfg" },
    { "beyond what there is",
      "abc",
      { VT_SELECT_CELLS, { 0, 0 }, { 99, 99 } },
      "abc" },
    { "a line of the cursor's",
      "abc\r\n",
      { VT_SELECT_LINES, { 0, 0 }, { 3, 0 } },
      "abc\n" },
    { "lines above what was written",
      "\033[3;2Hx\033[H",
      { VT_SELECT_CELLS, { 0, 0 }, { 3, 9 } },
      "\n\n x" },
    { "a rectangle beyond what there is",
      "abc\r\ndef",
      { VT_SELECT_BLOCK, { 0, 1 }, { 3, 1 } },
      "b\ne" },
    { "nothing but what was never written",
      "abc",
      { VT_SELECT_CELLS, { 2, 0 }, { 3, 9 } },
      "" },
};

static void test_text(void)
{
    struct buf got = { 0 };
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        struct vt *vt = terminal(10, 4, cases[i].input);

        buf_clear(&got);
        vt_selected_text(vt, &cases[i].sel, &got);
        is_str(buf_str(&got), cases[i].want, cases[i].name);
        vt_free(vt);
    }
    buf_free(&got);
}

/* ---- words: a double click at the caret ---- */

static const struct {
    const char *name, *text;
    unsigned col;
    const char *want;
} words[] = {
    { "a word", "one two six", 5, "two" },
    { "with letters beyond ASCII", "one \xc3\xa9t\xc3\xa9, x", 5,
      "\xc3\xa9t\xc3\xa9" },
    { "a path", "see /etc/ssh/sshd_config.d, ok", 9, "/etc/ssh/sshd_config.d" },
    { "a path that ends a sentence", "in ~/.ssh/config. Then", 6,
      "~/.ssh/config" },
    { "of file:line only the file", "src/main.c:12: error", 2, "src/main.c" },
    { "an option", "ls --all -l", 5, "--all" },
    { "a mail address", "to <joe@example.org>", 8, "joe@example.org" },
    { "an address", "see https://a.example/x?y=1#z.", 12,
      "https://a.example/x?y=1#z" },
    { "an address in brackets", "(http://a.example/b)", 8,
      "http://a.example/b" },
    { "an address with brackets", "http://a.example/b_(c)", 3,
      "http://a.example/b_(c)" },
    { "brackets of both kinds", "([http://a.example/b_(c)[d]])", 8,
      "http://a.example/b_(c)[d]" },
    { "not beside the address", "go http://a.example now", 1, "go" },
    { "a quotation, at its mark", "say \"two words\" x", 4, "two words" },
    { "at its other mark", "say \"two words\" x", 14, "two words" },
    { "the second of two", "'a b' 'c d'", 6, "c d" },
    { "a mark alone", "it's so", 2, "'" },
    { "an apostrophe", "it's don't 'a b'", 8, "'" },
    { "... is no mark", "it's 'a b' so", 5, "a b" },
    { "... nor within one", "say 'it is Joe's' x", 4, "it is Joe's" },
    { "English marks", "\xe2\x80\x9cone two\xe2\x80\x9d", 0, "one two" },
    { "... the other one", "\xe2\x80\x9cone two\xe2\x80\x9d", 8, "one two" },
    { "German ones", "\xe2\x80\x9eone two\xe2\x80\x9c", 8, "one two" },
    { "French ones", "\xc2\xab one \xc2\xbb", 0, " one " },
    { "the wrong way round", "\xc2\xbbone\xc2\xab", 0, "\xc2\xbb" },
    { "inside of it a word", "say \"two words\" x", 6, "two" },
    { "beside the frame of a pane", "one\xe2\x94\x82two", 4, "two" },
    { "before it", "~/one\xe2\x94\x82two", 1, "~/one" },
    { "the frame", "one\xe2\x94\x82two", 3, "\xe2\x94\x82" },
    { "in a prompt of symbols", "\xee\x82\xb0src\xee\x82\xb1", 2, "src" },
    { "in quotation marks", "\xe2\x80\x9cone two\xe2\x80\x9d", 6, "two" },
    { "an address in a pane", "\xe2\x94\x82http://a.example/b\xe2\x94\x82", 4,
      "http://a.example/b" },
    { "blanks", "a   b", 2, "   " },
    { "a sign", "a == b", 2, "=" },
};

static void test_words(void)
{
    struct buf got = { 0 };
    size_t i;

    for (i = 0; i < COUNT(words); i++) {
        struct vt *vt = terminal(40, 2, words[i].text);
        struct vt_range r =
            vt_word_at(vt, (struct vt_place){ 0, words[i].col });
        size_t n = r.last.col + 1 - r.from.col, k, len;
        const struct vt_cell *row = vt_row(vt, 0);
        uint8_t enc[4];

        buf_clear(&got);
        for (k = 0; k < n; k++) {
            len = utf8_encode(row[r.from.col + k].ch, enc);
            buf_put(&got, enc, len);
        }
        is_str(buf_str(&got), words[i].want, words[i].name);
        vt_free(vt);
    }
    buf_free(&got);
}

static void test_wrapped_word(void)
{
    struct vt *vt = terminal(10, 4, "a https://x.example/long b");
    struct vt_range r = vt_word_at(vt, (struct vt_place){ 1, 3 });

    ok(r.from.line == 0 && r.from.col == 2 && r.last.line == 2 &&
           r.last.col == 3,
       "an address that was wrapped");
    vt_free(vt);
}

/* ---- addresses in a text ---- */

static const struct {
    const char *name, *text, *want; /* joined by blanks */
} links[] = {
    { "two", "http://a.example ftp://b.example/x",
      "http://a.example "
      "ftp://b.example/x" },
    { "capitals", "HTTPS://A.example", "HTTPS://A.example" },
    { "a bare scheme", "http:// x https://", "" },
    { "inside a word", "xhttp://a.example", "" },
    { "mail", "<mailto:joe@a.example>", "mailto:joe@a.example" },
    { "in quotes", "\"http://a.example/\"", "http://a.example/" },
    { "an IPv6 address", "http://[::1]:80/", "http://[::1]:80/" },
    { "unknown schemes are none", "javascript://a.example", "" },
    { "letters beyond ASCII", "http://a.example/\xc3\xa9!",
      "http://a.example/\xc3\xa9" },
    { "beside the frame of a pane", "http://a.example/x\xe2\x94\x82y",
      "http://a.example/x" },
    { "before a full stop of CJK", "http://a.example/x\xe3\x80\x82",
      "http://a.example/x" },
    { "in a quotation", "\xc2\xabhttp://a.example/x\xc2\xbb",
      "http://a.example/x" },
};

static void test_links(void)
{
    struct vt_text t = { 0 };
    struct buf got = { 0 };
    size_t i, k, from, end;
    uint8_t enc[4];

    for (i = 0; i < COUNT(links); i++) {
        struct vt *vt = terminal(60, 2, links[i].text);

        vt_text_load(&t, vt, 0);
        buf_clear(&got);
        for (k = 0; vt_url_find(&t, k, &from, &end); k = end) {
            if (got.len != 0)
                buf_put_byte(&got, ' ');
            for (; from < end; from++)
                buf_put(&got, enc, utf8_encode(t.ch[from], enc));
        }
        is_str(buf_str(&got), links[i].want, links[i].name);
        vt_free(vt);
    }
    vt_text_free(&t);
    buf_free(&got);
}

/* Half a million brackets: a look at all of them for each takes minutes. */
static void test_long_link(void)
{
    struct vt *vt = terminal(VT_MAX_SIDE, 50, "http://x");
    struct vt_range r;
    unsigned i;

    for (i = 0; i < 512 * VT_MAX_SIDE / 8; i++)
        vt_write(vt, "))))))))", 8);
    alarm(60);
    r = vt_word_at(vt, (struct vt_place){ vt_first_line(vt), 2 });
    alarm(0);
    is_num((long long)r.last.col, 7, "an address before very many brackets");
    vt_free(vt);
}

int main(void)
{
    test_text();
    test_words();
    test_wrapped_word();
    test_links();
    test_long_link();
    return tap_done();
}
