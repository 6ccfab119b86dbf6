/* text.c - places and anchors, lines joined, from word to word. */
#include "vt/text.h"

#include <string.h>
#include "../tap.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "tests/vt/terminal.h"
#include "vt/words.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* ---- texts ---- */

static const struct {
    const char *name, *input; /* into 6 columns, 3 rows */
    uint64_t line;
    uint64_t first;
    unsigned rows;
    const char *text;
} texts[] = {
    { "a line", "abc\r\ndef", 0, 0, 1, "abc" },
    { "an empty one", "abc\r\n\r\ndef", 1, 1, 1, "" },
    { "blanks at the end are none", "ab  \r\n", 0, 0, 1, "ab" },
    { "a wrapped one, by its first row", "abcdefgh\r\n", 0, 0, 2, "abcdefgh" },
    { "by its second", "abcdefgh\r\n", 1, 0, 2, "abcdefgh" },
    { "blanks inside are kept", "abcd  gh\r\n", 0, 0, 2, "abcd  gh" },
    { "partly above the screen", "abcdefghijklmnop\r\n\nx", 0, 0, 3,
      "abcdefghijklmnop" },
    { "a wide character that did not fit", "abcde\xe6\x97\xa5|\r\n", 1, 0, 2,
      "abcde\xe6\x97\xa5|" },
    { "one, where a blank had been written, above the screen",
      "abcde\x1b[7m \x1b[m\rabcde\xe6\x97\xa5|\r\n\n\n\n", 0, 0, 2,
      "abcde\xe6\x97\xa5|" },
    { "a mark", "e\xcc\x81!\r\n", 0, 0, 1, "e\xcc\x81!" },
    { "a mark, above the screen", "e\xcc\x81!\r\n\n\n\n", 0, 0, 1,
      "e\xcc\x81!" },
    { "no such line", "abc", 3, 3, 0, "" },
};

static void test_texts(void)
{
    struct vt_text t = { 0 };
    struct buf got = { 0 };
    uint8_t enc[4];
    size_t i, k;

    for (i = 0; i < COUNT(texts); i++) {
        struct vt *vt = terminal(6, 3, texts[i].input);

        vt_text_load(&t, vt, texts[i].line);
        buf_clear(&got);
        for (k = 0; k < t.n; k++)
            buf_put(&got, enc, utf8_encode(t.ch[k], enc));
        ok(t.line == texts[i].first && t.rows == texts[i].rows &&
               strcmp(buf_str(&got), texts[i].text) == 0,
           "text: %s", texts[i].name);
        if (vt_text_bytes(&t, vt, texts[i].line, &got))
            ok(strcmp(buf_str(&got), texts[i].text) == 0, "in bytes: %s",
               texts[i].name);
        vt_free(vt);
    }
    vt_text_free(&t);
    buf_free(&got);
}

/* A long text is taken in parts that cover it, the same from all its rows. */
static void test_parts(void)
{
    struct vt *vt = terminal(4, 3, "before\r\n");
    struct vt_text t = { 0 }, u = { 0 };
    uint64_t line, end;
    unsigned i;

    for (i = 0; i < 1900; i++)
        vt_write(vt, "abcd", 4);
    vt_write(vt, "\r\nbehind", 8);
    end = vt_end_line(vt);
    ok(vt_scrollback(vt) == 1000, "older lines than are kept are gone");
    for (line = vt_first_line(vt); line < end; line = t.line + t.rows) {
        vt_text_load(&t, vt, line);
        if (t.line != line || t.rows == 0 || t.rows >= 2 * VT_TEXT_ROWS)
            break;
        for (i = 0; i < t.rows; i++) {
            vt_text_load(&u, vt, line + i);
            if (u.line != line || u.rows != t.rows)
                break;
        }
        if (i < t.rows)
            break;
    }
    is_num((long long)line, (long long)end, "parts of a long text cover it");
    vt_text_free(&t);
    vt_text_free(&u);
    vt_free(vt);
}

static void test_places(void)
{
    struct vt *vt = terminal(6, 3, "abcdefe\xcc\x81h\r\n");
    struct vt_text t = { 0 };
    struct vt_place place;

    vt_text_load(&t, vt, 0);
    place = vt_text_place(&t, 7);
    ok(place.line == 1 && place.col == 0, "a mark is where its base is");
    place = vt_text_place(&t, 8);
    ok(place.line == 1 && place.col == 1, "the next one a cell on");
    is_num((long long)vt_text_find(&t, place), 8, "and found there");
    place.col = 5;
    is_num((long long)vt_text_find(&t, place), 9, "behind the end is n");
    vt_text_free(&t);
    vt_free(vt);
}

/* ---- anchors: a character is still there after a resize ---- */

/* The text, what is looked for, and the sizes after 20x5. */
static const struct {
    const char *name, *input;
    unsigned cols, rows;
} anchors[] = {
    { "narrower", "one\r\ntwo long line that wraps when narrow X here\r\nend",
      10, 5 },
    { "wider", "a line that is long enough to wrap and X is in it\r\nend", 60,
      5 },
    { "far above", "the X\r\n1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7\r\n8\r\n", 7, 3 },
    { "higher", "1\r\n2\r\n3\r\n4\r\n5\r\n6 X\r\n7\r\n8\r\n", 20, 12 },
    { "below the cursor", "1\r\n2\r\n3\r\nX\033[H", 11, 4 },
    { "with wide characters",
      "\xe6\x97\xa5\xe6\x97\xa5\xe6\x97\xa5\xe6\x97\xa5\xe6\x97\xa5"
      "\xe6\x97\xa5\xe6\x97\xa5\xe6\x97\xa5\xe6\x97\xa5|\xe6\x97\xa5 X\r\n",
      7, 5 },
    { "on the alternate screen", "\033[?1049h\033[2;3HX", 10, 4 },
};

static struct vt_place find_x(const struct vt *vt)
{
    struct vt_place at;
    struct vt_cell cells[64];

    for (at.line = vt_first_line(vt); at.line < vt_end_line(vt); at.line++) {
        vt_line(vt, vt_line_number(vt, at.line), cells, NULL);
        for (at.col = 0; at.col < vt_cols(vt); at.col++)
            if (cells[at.col].ch == 'X')
                return at;
    }
    return at;
}

static void test_anchors(void)
{
    struct vt_place was, now;
    struct vt_anchor anchor;
    size_t i;

    for (i = 0; i < COUNT(anchors); i++) {
        struct vt *vt = terminal(20, 5, anchors[i].input);

        was = find_x(vt);
        anchor = vt_anchor(vt, was);
        now = vt_anchored(vt, anchor);
        ok(vt_place_compare(now, was) == 0, "anchor: %s, the same size",
           anchors[i].name);
        vt_resize(vt, anchors[i].cols, anchors[i].rows);
        now = vt_anchored(vt, anchor);
        ok(vt_place_compare(now, find_x(vt)) == 0, "anchor: %s",
           anchors[i].name);
        vt_free(vt);
    }
}

/* ---- words ---- */

static const struct {
    const char *name, *input; /* into 10 columns, 4 rows */
    unsigned row, col;
    const char *keys; /* w, W, b, B or e */
    unsigned to_row, to_col;
} words[] = {
    { "w", "one two", 0, 0, "w", 0, 4 },
    { "w from inside", "one two", 0, 1, "w", 0, 4 },
    { "w stops at a sign", "one.two", 0, 0, "w", 0, 3 },
    { "w from a sign", "one.two", 0, 3, "w", 0, 4 },
    { "W does not", "one.two x", 0, 0, "W", 0, 8 },
    { "w goes on in the next line", "one\r\n  two", 0, 0, "w", 1, 2 },
    { "an empty line is a word", "one\r\n\r\ntwo", 0, 0, "w", 1, 0 },
    { "through a wrap", "abcd efghijk lm", 0, 5, "w", 1, 3 },
    { "to the last cell", "one\r\n\r\ntwo", 2, 0, "ww", 3, 0 },
    { "b", "one two", 0, 6, "b", 0, 4 },
    { "b twice", "one two", 0, 6, "bb", 0, 0 },
    { "b stops at a sign", "one.two", 0, 4, "b", 0, 3 },
    { "B does not", "x one.two", 0, 8, "B", 0, 2 },
    { "b to the line above", "one two\r\nx", 1, 0, "b", 0, 4 },
    { "b at the beginning", "  one", 0, 2, "b", 0, 0 },
    { "e", "one two", 0, 0, "e", 0, 2 },
    { "e at an end", "one two", 0, 2, "e", 0, 6 },
    { "e stops at a sign", "one.two", 0, 0, "e", 0, 2 },
    { "e passes over empty lines", "one\r\n\r\ntwo", 0, 2, "e", 2, 2 },
    { "e through a wrap", "abcd efghijk lm", 0, 5, "e", 1, 1 },
    { "e at the end of all", "one\r\ntwo", 1, 2, "ee", 3, 0 },
    { "letters of all kinds", "\xc3\xa9t\xc3\xa9 x", 0, 0, "w", 0, 4 },
};

static struct vt_place move(const struct vt *vt, struct vt_place at, char key)
{
    switch (key) {
    case 'w': return vt_word_next(vt, at, false);
    case 'W': return vt_word_next(vt, at, true);
    case 'e': return vt_word_end(vt, at, false);
    case 'b': return vt_word_back(vt, at, false);
    default: return vt_word_back(vt, at, true);
    }
}

static void test_words(void)
{
    const char *key;
    size_t i;

    for (i = 0; i < COUNT(words); i++) {
        struct vt *vt = terminal(10, 4, words[i].input);
        struct vt_place at = { words[i].row, words[i].col };

        for (key = words[i].keys; *key != '\0'; key++)
            at = move(vt, at, *key);
        if (!ok(at.line == words[i].to_row && at.col == words[i].to_col,
                "words: %s", words[i].name))
            diag("at %u, %u", (unsigned)at.line, at.col);
        vt_free(vt);
    }
}

static void test_indent(void)
{
    struct vt *vt = terminal(10, 4, "  x\r\n\r\n");
    struct vt_place at;

    is_num(vt_line_indent(vt, 0).col, 2, "the first that is not blank");
    is_num(vt_line_indent(vt, 1).col, 0, "of an empty line");
    vt_free(vt);
    vt = terminal(4, 4, "      x\r\n     ");
    at = vt_text_indent(vt, 0);
    ok(at.line == 1 && at.col == 2, "the first, on another row");
    at = vt_text_indent(vt, 3);
    ok(at.line == 2 && at.col == 0, "of a line of blanks");
    vt_free(vt);
}

int main(void)
{
    test_texts();
    test_parts();
    test_places();
    test_anchors();
    test_words();
    test_indent();
    return tap_done();
}
