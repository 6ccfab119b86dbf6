/* Our own rows: wrapping, the status line, questions, the line editor. */
#include <string.h>
#include "base/buf.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/utf8.h"
#include "base/wrap.h"
#include "../tap.h"
#include "ui/bar.h"
#include "ui/dialog.h"
#include "ui/glyph.h"
#include "ui/line.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* A row as text, without the blanks at its end. */
static void row_text(const struct cells *row, struct buf *out)
{
    size_t end = out->len;
    uint8_t enc[4];
    unsigned i;

    for (i = 0; i < row->len; i++) {
        if (row->cells[i].width == 0)
            continue;
        buf_put(out, enc, utf8_encode(row->cells[i].ch, enc));
        if (row->cells[i].ch != ' ')
            end = out->len;
    }
    out->len = end;
}

/* ---- wrapping ---- */

static const struct {
    const char *name, *text;
    size_t width;
    const char *want; /* lines, each ended by '|' */
} wraps[] = {
    { "short", "abc", 10, "abc|" },
    { "at blanks", "aa bb cc", 5, "aa bb|cc|" },
    { "exact fit", "aaaa bbbb", 4, "aaaa|bbbb|" },
    { "long word", "abcdefgh", 3, "abc|def|gh|" },
    { "long word that begins early", "a bcdefgh", 4, "a bc|defg|h|" },
    { "long word that begins late", "aa bcdefgh", 4, "aa b|cdef|gh|" },
    { "... later", "aaa bcdefgh", 4, "aaa|bcde|fgh|" },
    { "a word that fits a line", "a bcde fg", 4, "a|bcde|fg|" },
    { "a list", "a,bcd,ef,ghij", 6, "a,bcd,|ef,|ghij|" },
    { "a list that begins early", "a bc,defg", 6, "a bc,|defg|" },
    { "a list that fits a line", "aa bc,de", 6, "aa|bc,de|" },
    { "paragraphs", "a\n\nb\n", 5, "a||b|" },
    { "indentation stays", "  aa bb", 5, "  aa|bb|" },
    { "wide characters", "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", 5,
      "\xe6\x97\xa5\xe6\x9c\xac|\xe8\xaa\x9e|" },
    { "wider than the line", "\xe6\x97\xa5\xe6\x9c\xac", 1,
      "\xe6\x97\xa5|\xe6\x9c\xac|" },
    { "blanks only", "     ", 3, "|" },
    { "newline behind blanks", "aaa   \nb", 3, "aaa|b|" },
};

static const struct {
    const char *name, *text, *want;
    size_t width;
} texts[] = {
    { "nothing", "", "", 10 },
    { "lines that fit", "one\ntwo\n", "one\ntwo\n", 10 },
    { "an empty line", "one\n\ntwo", "one\n\ntwo", 10 },
    { "a paragraph", "one two three four\n", "one two\nthree four\n", 10 },
    { "an indented one", "  one two three\nx", "  one two\n    three\nx", 10 },
    { "a long word in it", "  one abcdefghijk\n",
      "  one abcd\n    efghij\n    k\n", 10 },
    { "deeper than the screen", "      ab cd\n",
      "      a\n        b\n        c\n        d\n", 4 },
};

static void test_wrap_text(void)
{
    struct buf out = { 0 };

    for (size_t i = 0; i < COUNT(texts); i++) {
        buf_clear(&out);
        wrap_text(&out, texts[i].text, texts[i].width);
        is_str(buf_str(&out), texts[i].want, texts[i].name);
    }
    buf_free(&out);
}

static void test_wrap(void)
{
    struct buf out = { 0 };
    const char *text;
    size_t i, n, len, used;

    for (i = 0; i < COUNT(wraps); i++) {
        text = wraps[i].text;
        for (n = strlen(text); n != 0; n -= used, text += used) {
            len = wrap_line(text, n, wraps[i].width, &used);
            buf_put(&out, text, len);
            buf_put_str(&out, "|");
            if (used == 0)
                break;
        }
        is_str(buf_str(&out), wraps[i].want, wraps[i].name);
        buf_clear(&out);
    }
    buf_free(&out);
}

/* ---- status line ---- */

#define WHO "ubuntu@203.0.113.5"

static const struct {
    const char *name;
    unsigned cols;
    const char *left, *state, *right, *want;
} bars[] = {
    { "all three", 80, WHO, "connected", "Ctrl-] menu",
      " " WHO "                connected                        Ctrl-] menu" },
    { "no room for the hint", 40, WHO, "connected", "Ctrl-] menu",
      " " WHO "  connected" },
    { "state shortened", 40, WHO, "connection lost 12 seconds ago", "x",
      " " WHO "  connection lost 1\xe2\x80\xa6" },
    { "no room for a state", 22, WHO, "connected", "", " " WHO },
    { "left shortened", 12, WHO, "connected", "", "ubuntu@203.\xe2\x80\xa6" },
    { "one column", 1, WHO, "connected", "hint", "\xe2\x80\xa6" },
    { "wide characters are not cut in two", 10,
      "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa"
      "\x9e",
      "", "", "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\xe6\x97\xa5\xe2\x80\xa6" },
    { "nothing at all", 20, NULL, NULL, NULL, "" },
    { "only a state", 20, NULL, "connecting", NULL, "     connecting" },
    { "only a hint", 20, NULL, NULL, "Ctrl-C", "             Ctrl-C" },
};

static void test_bar(void)
{
    struct buf out = { 0 };
    struct ui_status status = { 0 };
    struct vt_cell cells[80];
    struct cells row = { .cells = cells };
    size_t i;

    for (i = 0; i < COUNT(bars); i++) {
        status.left = bars[i].left;
        status.state = bars[i].state;
        status.right = bars[i].right;
        row.len = bars[i].cols;
        bar_layout(&row, &status);
        row_text(&row, &out);
        is_str(buf_str(&out), bars[i].want, bars[i].name);
        buf_clear(&out);
    }
    buf_free(&out);
}

struct bar_case {
    unsigned cols;
    const char *left, *want;
};

static void check_bars(struct ui_status *status, const struct bar_case *cases,
                       size_t n, const char *what)
{
    struct vt_cell cells[50];
    struct cells row = { .cells = cells };
    struct buf out = { 0 };
    size_t i;

    for (i = 0; i < n; i++) {
        status->left = cases[i].left;
        row.len = cases[i].cols;
        bar_layout(&row, status);
        row_text(&row, &out);
        is_str(buf_str(&out), cases[i].want, what);
        buf_clear(&out);
    }
    buf_free(&out);
}

/* Name and title make room for the hint, as long as something of them is left;
 * else the title goes. */
static void test_bar_shortens(void)
{
    static const struct bar_case cases[] = {
        { 50, WHO, " " WHO "  a title of a p\xe2\x80\xa6  Ctrl-] menu" },
        { 40, WHO,
          " ubuntu@203.0.11\xe2\x80\xa6  a titl\xe2\x80\xa6  Ctrl-] menu" },
        { 39, WHO, " " WHO "        Ctrl-] menu" },
        { 39, "ubuntu@vm-17.fra.example.net",
          " ubuntu@vm-17.fra.exampl\xe2\x80\xa6  Ctrl-] menu" },
        { 50, "ubuntu@vm-17.fra.example.net",
          " ubuntu@vm-17.fra.example.\xe2\x80\xa6  a titl\xe2\x80\xa6"
          "  Ctrl-] menu" },
    };
    struct ui_status status = { .state = "a title of a program",
                                .right = "Ctrl-] menu",
                                .shortens = true };

    check_bars(&status, cases, COUNT(cases), "shortened for the hint");
}

/* The name goes first, then the end of the state; the hint stays. */
static void test_bar_yields(void)
{
    static const struct bar_case cases[] = {
        { 50, WHO, " " WHO "  exchanging keys       Ctrl-C" },
        { 38, "vm-17.fra.example.net",
          " vm-17.fra.\xe2\x80\xa6  exchanging keys  Ctrl-C" },
        { 33, "vm-17.fra.example.net", "         exchanging keys  Ctrl-C" },
        { 20, "vm-17.fra.example.net", " exchangin\xe2\x80\xa6  Ctrl-C" },
    };
    struct ui_status status = { .state = "exchanging keys",
                                .right = "Ctrl-C",
                                .yields = true };

    check_bars(&status, cases, COUNT(cases), "the name yields");
}

/* The three parts never touch, whatever the width, and whether all of them are
 * whole is known before. */
static void test_bar_widths(void)
{
    const struct ui_status status = { .left = "LLLLLLLLLL",
                                      .state = "SSSSSSSSSS",
                                      .right = "RRRRRRRRRR" };
    struct vt_cell cells[80];
    struct cells row = { .cells = cells };
    struct buf out = { 0 };
    bool good = true, known = true, whole;

    for (row.len = 1; row.len <= 80; row.len++) {
        bar_layout(&row, &status);
        row_text(&row, &out);
        whole = strstr(buf_str(&out), status.left) != NULL &&
                strstr(buf_str(&out), status.state) != NULL &&
                strstr(buf_str(&out), status.right) != NULL;
        known = known && whole == bar_fits(&status, row.len);
        good = good && strstr(buf_str(&out), "LS") == NULL &&
               strstr(buf_str(&out), "SR") == NULL &&
               strstr(buf_str(&out), "LR") == NULL &&
               strstr(buf_str(&out), "L S") == NULL;
        buf_clear(&out);
    }
    ok(good, "parts stay apart at every width");
    ok(known, "and it is known where all of them are whole");
    buf_free(&out);
}

/* ---- the line editor ---- */

/* Keys: letters, ^X for Ctrl-X, < > Left Right, { } Home End, # Backspace,
 * ! Delete, $ Enter, ~ Esc. */
static struct vt_key key_of(const char **p)
{
    static const char signs[] = "<>{}#!$~";
    static const enum vt_key_code codes[] = {
        VT_KEY_LEFT,      VT_KEY_RIGHT,  VT_KEY_HOME,  VT_KEY_END,
        VT_KEY_BACKSPACE, VT_KEY_DELETE, VT_KEY_ENTER, VT_KEY_ESCAPE,
    };
    struct vt_key key = { .code = VT_KEY_CHAR };
    const char *sign = strchr(signs, **p);
    size_t used;

    if (sign != NULL) {
        key.code = codes[sign - signs];
        (*p)++;
    } else if (**p == '^') {
        key.mods = VT_CTRL;
        key.ch = (uint8_t)(*p)[1];
        *p += 2;
    } else {
        used = utf8_decode((const uint8_t *)*p, strlen(*p), &key.ch);
        *p += used;
    }
    return key;
}

static const struct {
    const char *name, *keys;
    bool echo;
    enum line_state state;
    const char *want;
} lines[] = {
    { "typed", "abc$", true, LINE_ENTERED, "abc" },
    { "Ctrl-J enters", "abc^j", true, LINE_ENTERED, "abc" },
    { "Backspace", "ab#c$", true, LINE_ENTERED, "ac" },
    { "Backspace takes a whole character", "a\xc3\xa9#b$", true, LINE_ENTERED,
      "ab" },
    { "Backspace on nothing", "##a$", true, LINE_ENTERED, "a" },
    { "a C1 is no text", "g\xc2\x9bh$", true, LINE_ENTERED, "gh" },
    { "Ctrl-U", "abc^ud$", true, LINE_ENTERED, "d" },
    { "Ctrl-U before the cursor", "abc<^ud$", true, LINE_ENTERED, "dc" },
    { "Ctrl-W", "ab cd  ^we$", true, LINE_ENTERED, "ab e" },
    { "Ctrl-K", "abc{>^k$", true, LINE_ENTERED, "a" },
    { "insert in the middle", "abd<c$", true, LINE_ENTERED, "abcd" },
    { "Home and End", "bc{a}d$", true, LINE_ENTERED, "abcd" },
    { "Delete", "abc{!$", true, LINE_ENTERED, "bc" },
    { "ends of the line", "<<a>>b<<<!$", true, LINE_ENTERED, "b" },
    { "secret: no moving", "ab{<c!$", false, LINE_ENTERED, "abc" },
    { "secret: Ctrl-W is all", "ab cd^we$", false, LINE_ENTERED, "e" },
    { "Esc", "abc~", true, LINE_CANCELLED, "abc" },
    { "Ctrl-C", "abc^c", false, LINE_CANCELLED, "abc" },
    { "Ctrl-D on nothing", "^d", false, LINE_CANCELLED, "" },
    { "Ctrl-D on something", "a^d$", false, LINE_ENTERED, "a" },
};

static void test_line(void)
{
    enum line_state state;
    struct line *line;
    struct vt_key key;
    struct secret *s;
    const char *p;
    size_t i;

    for (i = 0; i < COUNT(lines); i++) {
        line = line_new(lines[i].echo, false);
        state = LINE_OPEN;
        for (p = lines[i].keys; *p != '\0' && state == LINE_OPEN;) {
            key = key_of(&p);
            state = line_key(line, &key);
        }
        s = line_take(line);
        ok(state == lines[i].state && *p == '\0' &&
               strcmp((const char *)s->data, lines[i].want) == 0,
           "%s", lines[i].name);
        secret_free(s);
        line_free(line);
    }
}

static const struct {
    const char *name, *paste;
    bool echo, lines;
    const char *want;
} pastes[] = {
    { "pasted", "SHA256:abc", true, false, "xSHA256:abcy" },
    { "the newline at the end is dropped", "abc\n", true, false, "xabcy" },
    { "one inside is a blank", "ab\ncd", true, false, "xab cdy" },
    { "a secret is one line", "ab\ncd\r", false, false, "abx" },
    { "controls are dropped", "a\033[1mb\x7f", true, false, "xa[1mby" },
    { "lines stay lines", "ab\r\n\rcd\tef\n", true, true, "xab\ncd efy" },
};

static void test_line_paste(void)
{
    struct line *line;
    struct secret *s;
    const char *typed;
    struct vt_key key;
    size_t i;

    for (i = 0; i < COUNT(pastes); i++) {
        line = line_new(pastes[i].echo, pastes[i].lines);
        for (typed = pastes[i].echo ? "xy<" : ""; *typed != '\0';) {
            key = key_of(&typed);
            line_key(line, &key);
        }
        line_paste(line, (const uint8_t *)pastes[i].paste,
                   strlen(pastes[i].paste));
        if (!pastes[i].echo)
            line_paste(line, (const uint8_t *)"x", 1);
        s = line_take(line);
        is_str((const char *)s->data, pastes[i].want, pastes[i].name);
        secret_free(s);
        line_free(line);
    }
}

/* A console's log, pasted: its number of lines stands for it. */
static void test_lines(void)
{
    struct line *line = line_new(true, true);
    const struct vt_key backspace = { .code = VT_KEY_BACKSPACE };
    struct vt_cell cells[40];
    struct cells row = { cells, 40 };
    struct secret *s;
    unsigned i;

    for (i = 0; i < 5000; i++)
        line_paste(line, (const uint8_t *)"[ 1.0] a line of it\r\n", 21);
    is_num(line_draw(line, &row, 0, 40, (struct cell_style){ 0 }), 17,
           "the number of lines");
    s = line_take(line);
    is_num((long long)s->len, 5000 * 20 - 1, "a long text");
    secret_free(s);
    line_paste(line, (const uint8_t *)"a\nb", 3);
    line_key(line, &backspace);
    s = line_take(line);
    is_num((long long)s->len, 0, "Backspace takes all of it away");
    secret_free(s);
    line_free(line);
}

static void test_line_limit(void)
{
    struct line *line = line_new(false, false);
    const struct vt_key key = { .code = VT_KEY_CHAR, .ch = 0x65e5 };
    struct secret *s;
    unsigned i;

    for (i = 0; i < 2000; i++)
        line_key(line, &key);
    s = line_take(line);
    is_num((long long)s->len, 1023, "a full line keeps whole characters");
    secret_free(s);
    line_free(line);
}

/* ---- questions ---- */

static const struct ui_choice choices[] = {
    { "a", "accept and remember this key" },
    { "once", "this once" },
};

static const struct ui_question host = {
    .title = "Unknown host",
    .text = "The key of example.org is not known.\n\nED25519 SHA256:abc",
    .prompt = "Your choice:",
    .echo = true,
    .choices = choices,
    .choices_len = COUNT(choices),
};
static const struct ui_question passphrase = { .prompt = "Passphrase:" };
static const struct ui_question notice = { .title = "N",
                                           .text = "1\n2\n3\n4\n5\n6\n7" };

static const struct ui_choice yes_no[] = { { "a", "yes" }, { "b", "no" } };
static const struct ui_question tall = { .title = "N",
                                         .text = "1\n2\n3\n4\n5\n6\n7",
                                         .prompt = "P:",
                                         .choices = yes_no,
                                         .choices_len = COUNT(yes_no) };

static const struct ui_question columns = {
    .title = "N",
    .text = "Key  does this and that\n  indented and long\nlast one\n"
            "a first column  that is wide",
};

static char *draw(struct dialog *d, unsigned cols, unsigned rows)
{
    struct vt_cell cells[VT_MAX_SIDE];
    struct buf out = { 0 };
    struct dialog_place place;
    struct cells row = { .cells = cells };
    unsigned i, col;

    dialog_fit(d, cols, rows);
    place = dialog_place(d);
    row.len = place.cols;
    for (i = 0; i < place.rows; i++) {
        if (dialog_row(d, i, &row, &col))
            cells[col].ch = '_';
        row_text(&row, &out);
        buf_put_byte(&out, '\n');
    }
    return buf_take_str(&out);
}

static void type(struct dialog *d, const char *keys)
{
    struct vt_key key;

    while (*keys != '\0') {
        key = key_of(&keys);
        dialog_key(d, &key);
    }
}

/* clang-format off */
static const struct {
    const char *name;
    const struct ui_question *question;
    unsigned cols, rows;
    const char *keys, *want;
} dialogs[] = {
    { "a box", &host, 50, 24, "acc",
      "\xe2\x94\x8c\xe2\x94\x80 Unknown host "
      "\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80"
      "\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80"
      "\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80"
      "\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80"
      "\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80"
      "\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x90\n"
      "\xe2\x94\x82 The key of example.org is not known.           \xe2\x94\x82\n"
      "\xe2\x94\x82                                                \xe2\x94\x82\n"
      "\xe2\x94\x82 ED25519 SHA256:abc                             \xe2\x94\x82\n"
      "\xe2\x94\x82                                                \xe2\x94\x82\n"
      "\xe2\x94\x82   a     accept and remember this key           \xe2\x94\x82\n"
      "\xe2\x94\x82   once  this once                              \xe2\x94\x82\n"
      "\xe2\x94\x82                                                \xe2\x94\x82\n"
      "\xe2\x94\x82 Your choice: acc_                              \xe2\x94\x82\n"
      "\xe2\x94\x94"
      "\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80"
      "\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80"
      "\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80"
      " Enter answers \xc2\xb7 Esc cancels \xe2\x94\x80\xe2\x94\x98\n" },
    { "no room for borders", &host, 11, 24, "",
      "The key of\nexample.org\nis not\nknown.\n\nED25519\nSHA256:abc\n\n"
      "a     accep\n      t and\n      remem\n      ber\n      this\n"
      "      key\nonce  this\n      once\n\nYour\nchoice:\n_\n" },
    { "three rows: the line stays", &host, 10, 3, "x", "Your\nchoice:\nx_\n" },
    { "one row", &host, 10, 1, "x", "x_\n" },
    { "a long line shows its end", &host, 14, 1, "0123456789abcdefgh",
      "56789abcdefgh_\n" },
    { "a line question", &passphrase, 40, 24, "secret", "Passphrase: _\n" },
    { "a line question, narrow", &passphrase, 9, 24, "secret",
      "Passp\xe2\x80\xa6 _\n" },
    { "a notice scrolls", &notice, 11, 3, "", "1\n2\n3\n" },
    { "the answers stay, the text scrolls", &tall, 11, 6, "",
      "1\n2\n3\na  yes\nb  no\nP: _\n" },
    { "where only the line has room, they scroll too", &tall, 11, 3, "",
      "1\n2\nP: _\n" },
    { "blank rows go last", &tall, 11, 12, "",
      "1\n2\n3\n4\n5\n6\n7\n\na  yes\nb  no\n\nP: _\n" },
    { "lines go on below their second column", &columns, 11, 24, "",
      "Key  does\n     this\n     and\n     that\n  indented\n  and long\n"
      "last one\na first\ncolumn\nthat is\nwide\n" },
};
/* clang-format on */

static void test_dialogs(void)
{
    struct dialog *d;
    char *got;
    size_t i;

    for (i = 0; i < COUNT(dialogs); i++) {
        d = dialog_new(dialogs[i].question);
        dialog_fit(d, dialogs[i].cols, dialogs[i].rows);
        type(d, dialogs[i].keys);
        got = draw(d, dialogs[i].cols, dialogs[i].rows);
        is_str(got, dialogs[i].want, dialogs[i].name);
        mem_free(got);
        dialog_free(d);
    }
}

static const struct ui_question copied = { .title = "N",
                                           .text = "1\n2\n3\n4\n5\n6\n7",
                                           .confirm = true,
                                           .hint = "y copies" };
static const struct ui_question agreed = { .title = "N",
                                           .text = "1\n2\n3\n4\n5\n6\n7",
                                           .confirm = true };
static const struct ui_question picked = { .title = "N",
                                           .menu = true,
                                           .choices = choices,
                                           .choices_len = COUNT(choices) };

#define DOT " \xc2\xb7 "

static const struct {
    const char *name;
    const struct ui_question *question;
    unsigned cols, rows;
    const char *want; /* in the last row; NULL: nothing */
} hints[] = {
    { "all of it", &notice, 50, 24, " any key closes " },
    { "a long text scrolls", &notice, 50, 6,
      " PgUp/PgDn scroll" DOT "any key closes " },
    { "shorter", &notice, 32, 6, " PgUp/PgDn scroll" DOT "any key " },
    { "shorter yet", &notice, 26, 6, " PgUp/PgDn" DOT "any key " },
    { "without scrolling", &notice, 16, 6, " any key " },
    { "no room", &notice, 12, 6, NULL },
    { "a hint of its own", &copied, 40, 6,
      " PgUp/PgDn scroll" DOT "y copies " },
    { "yes or no", &agreed, 50, 6,
      " PgUp/PgDn scroll" DOT "Enter yes" DOT "Esc no " },
    { "both answers before the scrolling", &agreed, 36, 6,
      " PgUp/PgDn" DOT "Enter yes" DOT "Esc no " },
    { "... and without it", &agreed, 30, 6, " Enter yes" DOT "Esc no " },
    { "a menu", &picked, 40, 6, " Enter picks" DOT "Esc closes " },
    { "a menu, narrow", &picked, 20, 6, " Enter picks " },
};

static void test_dialog_hints(void)
{
    struct dialog *d;
    const char *at;
    char *got;
    size_t i;

    for (i = 0; i < COUNT(hints); i++) {
        d = dialog_new(hints[i].question);
        got = draw(d, hints[i].cols, hints[i].rows);
        at = strstr(got, "\xe2\x94\x94"); /* the corner */
        ok(at != NULL && (hints[i].want != NULL
                              ? strstr(at, hints[i].want) != NULL
                              : strpbrk(at, " abcdefghijklmnop") == NULL),
           "hint: %s", hints[i].name);
        mem_free(got);
        dialog_free(d);
    }
}

/* The border tells where there is more. */
static void test_dialog_more(void)
{
    const struct vt_key down = { .code = VT_KEY_DOWN };
    struct dialog *d = dialog_new(&tall);
    static const char up_mark[] = "\xe2\x86\x91", down_mark[] = "\xe2\x86\x93";
    static const struct {
        bool up, down;
    } want[] = { { false, true }, { true, true }, { true, false } };
    char *got;
    size_t i;

    for (i = 0; i < COUNT(want); i++) {
        got = draw(d, 20, 10); /* five of seven rows */
        ok((strstr(got, up_mark) != NULL) == want[i].up &&
               (strstr(got, down_mark) != NULL) == want[i].down,
           "scrolled by %zu: marks where there is more", i);
        mem_free(got);
        dialog_key(d, &down);
    }
    dialog_free(d);
}

/* A low screen keeps title, keys, and the mark that there is more. */
static void test_dialog_low(void)
{
    static const struct {
        const char *name;
        const struct ui_question *question;
        unsigned rows, downs;
        const char *text, *keys, *mark;
    } low[] = {
        { "four rows", &agreed, 4, 0, " 2 ", " Enter yes" DOT "Esc no ",
          "\xe2\x86\x93" },
        { "three, in the middle", &agreed, 3, 3, " 4 ",
          " Enter yes" DOT "Esc no ", "\xe2\x86\x93" },
        { "three, at the end", &agreed, 3, 9, " 7 ", " Enter yes" DOT "Esc no ",
          "\xe2\x86\x91" },
        { "four, with a line", &tall, 4, 1, " 2 ", "Esc cancels ",
          "\xe2\x86\x93" },
    };
    const struct vt_key down = { .code = VT_KEY_DOWN };
    struct dialog *d;
    char *got;
    size_t i;
    unsigned n;

    for (i = 0; i < COUNT(low); i++) {
        d = dialog_new(low[i].question);
        mem_free(draw(d, 50, low[i].rows));
        for (n = 0; n < low[i].downs; n++)
            dialog_key(d, &down);
        got = draw(d, 50, low[i].rows);
        ok(strstr(got, " N ") != NULL && strstr(got, low[i].text) != NULL &&
               strstr(got, low[i].keys) != NULL &&
               strstr(got, low[i].mark) != NULL,
           "%s: title, text, keys, mark", low[i].name);
        mem_free(got);
        dialog_free(d);
    }
    d = dialog_new(&notice);
    got = draw(d, 80, 2);
    is_str(got, " 1\n 2\n", "two: no border, but a blank beside the text");
    mem_free(got);
    dialog_free(d);
}

static void test_dialog_scroll(void)
{
    const struct vt_key down = { .code = VT_KEY_PAGE_DOWN };
    const struct vt_key space = { .code = VT_KEY_CHAR, .ch = ' ' };
    struct dialog *d = dialog_new(&notice);
    struct ui_answer answer;
    char *got;

    mem_free(draw(d, 11, 3));
    ok(!dialog_key(d, &down), "PgDn scrolls a long notice");
    got = draw(d, 11, 3);
    is_str(got, "3\n4\n5\n", "by all but one row");
    mem_free(got);
    dialog_scroll(d, 100);
    got = draw(d, 11, 3);
    is_str(got, "5\n6\n7\n", "to the end and no further");
    mem_free(got);
    got = draw(d, 11, 24);
    is_str(got, "1\n2\n3\n4\n5\n6\n7\n", "a larger screen shows all");
    mem_free(got);
    ok(dialog_key(d, &space), "then any key ends it");
    answer = dialog_take_answer(d);
    ok(!answer.cancelled && answer.line != NULL && answer.line->len == 0,
       "with an empty line");
    secret_free(answer.line);
    dialog_free(d);
}

/* Space, Home and End in a long notice, as in a pager. */
static void test_dialog_jumps(void)
{
    static const struct {
        const char *name;
        struct vt_key key;
        const char *want;
    } jumps[] = {
        { "Home", { .code = VT_KEY_HOME }, "1\n2\n3\n" },
        { "Space", { .code = VT_KEY_CHAR, .ch = ' ' }, "3\n4\n5\n" },
        { "End", { .code = VT_KEY_END }, "5\n6\n7\n" },
    };
    const struct vt_key space = { .code = VT_KEY_CHAR, .ch = ' ' };
    struct ui_question q = notice;
    struct dialog *d;
    char *got;

    q.at_end = true;
    d = dialog_new(&q);
    got = draw(d, 11, 3);
    is_str(got, "5\n6\n7\n", "a text that begins at its end");
    mem_free(got);
    for (size_t i = 0; i < COUNT(jumps); i++) {
        ok(!dialog_key(d, &jumps[i].key), "%s ends no long notice",
           jumps[i].name);
        got = draw(d, 11, 3);
        is_str(got, jumps[i].want, jumps[i].name);
        mem_free(got);
    }
    ok(dialog_key(d, &space), "at the end Space is any other key");
    dialog_free(d);
    q.confirm = true;
    d = dialog_new(&q);
    mem_free(draw(d, 11, 3));
    ok(!dialog_key(d, &space), "but not where other keys answer");
    dialog_free(d);
}

static const struct ui_choice items[] = { { "a", "first" },
                                          { "b", "second, with a long label" },
                                          { "c", "third" } };
static const struct ui_question menu = { .menu = true,
                                         .title = "T",
                                         .selected = 1,
                                         .choices = items,
                                         .choices_len = 3 };

/* A question of yes and no is answered by keys of its own. */
static void test_dialog_confirm(void)
{
    static const struct {
        const char *name;
        struct vt_key key;
        bool ends, yes;
    } keys[] = {
        { "l", { .code = VT_KEY_CHAR, .ch = 'l' }, false, false },
        { "Alt-y",
          { .code = VT_KEY_CHAR, .ch = 'y', .mods = VT_ALT },
          false,
          false },
        { "F1", { .code = VT_KEY_F1 }, false, false },
        { "y", { .code = VT_KEY_CHAR, .ch = 'y' }, true, true },
        { "N",
          { .code = VT_KEY_CHAR, .ch = 'N', .mods = VT_SHIFT },
          true,
          false },
        { "Enter", { .code = VT_KEY_ENTER }, true, true },
        { "Esc", { .code = VT_KEY_ESCAPE }, true, false },
    };
    struct ui_answer answer;
    struct dialog *d;
    bool ended;

    for (size_t i = 0; i < COUNT(keys); i++) {
        d = dialog_new(&agreed);
        ended = dialog_key(d, &keys[i].key);
        ok(ended == keys[i].ends, "yes or no: %s %s", keys[i].name,
           keys[i].ends ? "answers" : "is no answer");
        if (ended) {
            answer = dialog_take_answer(d);
            ok(answer.cancelled != keys[i].yes, "... %s",
               keys[i].yes ? "yes" : "no");
            secret_free(answer.line);
        }
        dialog_free(d);
    }
}

/* Keys by their first letters: Up, Down, Home, End, Return, Esc. */
static const struct {
    const char *name, *keys, *want; /* NULL: cancelled */
} picks[] = {
    { "where it begins", "R", "b" }, { "down", "DR", "c" },
    { "down, around", "DDR", "a" },  { "up, around", "UUR", "c" },
    { "to the ends", "ER", "c" },    { "and back", "EHR", "a" },
    { "cancelled", "DX", NULL },
};

static struct vt_key menu_key(char name)
{
    switch (name) {
    case 'U': return (struct vt_key){ .code = VT_KEY_UP };
    case 'D': return (struct vt_key){ .code = VT_KEY_DOWN };
    case 'H': return (struct vt_key){ .code = VT_KEY_HOME };
    case 'E': return (struct vt_key){ .code = VT_KEY_END };
    case 'R': return (struct vt_key){ .code = VT_KEY_ENTER };
    default: return (struct vt_key){ .code = VT_KEY_ESCAPE };
    }
}

static void test_menu(void)
{
    const struct vt_key other = { .code = VT_KEY_CHAR, .ch = 'x' };
    struct ui_answer answer;
    struct vt_key key;
    struct dialog *d;
    const char *p;
    size_t i;

    for (i = 0; i < COUNT(picks); i++) {
        d = dialog_new(&menu);
        dialog_fit(d, 40, 5); /* too low for all of it */
        for (p = picks[i].keys; *p != '\0'; p++) {
            key = menu_key(*p);
            ok(!dialog_passes(d, &key) && dialog_key(d, &key) == (p[1] == '\0'),
               "menu: %s, %c", picks[i].name, *p);
        }
        answer = dialog_take_answer(d);
        if (picks[i].want == NULL)
            ok(answer.cancelled, "menu: %s", picks[i].name);
        else
            is_str((const char *)answer.line->data, picks[i].want,
                   picks[i].name);
        secret_free(answer.line);
        dialog_free(d);
    }
    d = dialog_new(&menu);
    ok(dialog_passes(d, &other), "other keys are the owner's");
    dialog_free(d);
}

/* A click in a menu of 40x10 on a screen of that size. */
static const struct {
    const char *name;
    unsigned row, col;
    bool done;
    const char *want; /* NULL: cancelled, or still open */
} clicks[] = {
    { "the first item", 1, 5, true, "a" },
    { "the second row of an item", 3, 20, true, "b" },
    { "the border", 0, 5, false, NULL },
    { "beside the box", 9, 5, true, NULL },
};

static void test_menu_clicks(void)
{
    struct ui_answer answer;
    struct dialog *d;
    unsigned top;
    bool done;
    size_t i;

    for (i = 0; i < COUNT(clicks); i++) {
        d = dialog_new(&menu);
        dialog_fit(d, 30, 10);
        top = dialog_place(d).row;
        done = dialog_click(d, clicks[i].row + (clicks[i].row < 9 ? top : 0),
                            clicks[i].col);
        answer = dialog_take_answer(d);
        ok(done == clicks[i].done &&
               answer.cancelled == (clicks[i].want == NULL) &&
               (answer.cancelled ||
                strcmp((const char *)answer.line->data, clicks[i].want) == 0),
           "click on %s", clicks[i].name);
        secret_free(answer.line);
        dialog_free(d);
    }
}

/* A box of nine rows on a screen of 24. */
static const struct {
    const char *name;
    unsigned below, want;
} places[] = {
    { "in the upper half", 0, 5 },
    { "a few rows above it do not move it", 5, 5 },
    { "below what led to it", 9, 9 },
    { "as low as there is room", 15, 15 },
    { "no room below", 16, 5 },
};

static void test_dialog_places(void)
{
    struct ui_question q = notice;
    struct dialog *d;
    size_t i;

    for (i = 0; i < COUNT(places); i++) {
        q.below = places[i].below;
        d = dialog_new(&q);
        dialog_fit(d, 80, 24);
        is_num(dialog_place(d).row, places[i].want, places[i].name);
        dialog_free(d);
    }
}

/* No size of screen may write outside of a row. */
static void test_dialog_sizes(void)
{
    static const struct ui_question *const all[] = { &host, &passphrase,
                                                     &notice };
    struct dialog *d;
    struct dialog_place place;
    unsigned cols, rows;
    bool good = true;
    size_t i;

    for (i = 0; i < COUNT(all); i++)
        for (cols = 1; cols <= 90; cols++)
            for (rows = 1; rows <= 30; rows++) {
                d = dialog_new(all[i]);
                type(d, "abcdefghijk");
                mem_free(draw(d, cols, rows));
                place = dialog_place(d);
                good = good && place.row + place.rows <= rows &&
                       place.col + place.cols <= cols && place.rows != 0;
                dialog_free(d);
            }
    ok(good, "a question fits every screen");
}

static void test_answers(void)
{
    struct dialog *d = dialog_new(&passphrase);
    struct ui_answer answer;

    answer = dialog_take_answer(d);
    ok(answer.cancelled && answer.line == NULL, "not answered is cancelled");
    type(d, "open sesame");
    type(d, "$");
    answer = dialog_take_answer(d);
    ok(!answer.cancelled, "Enter answers");
    is_str((const char *)answer.line->data, "open sesame", "with the line");
    secret_free(answer.line);
    dialog_free(d);
}

/* ---- characters ---- */

static void test_glyphs(void)
{
    static const struct {
        uint32_t ch;
        char want;
    } table[] = {
        { 'a', 'a' },    { 0x2019, '\'' }, { 0x201c, '"' }, { 0x2014, '-' },
        { 0xe9, 'e' },   { 0xdf, 's' },    { 0xff, 'y' },   { 0xc0, 'A' },
        { 0x2500, '-' }, { 0x2554, '+' },  { 0x2588, '#' }, { 0xff21, 'A' },
        { 0x65e5, '?' }, { 0xa0, ' ' },    { 0x2026, '.' }, { 0x1f600, '?' },
    };
    size_t i;
    bool good = true;

    for (i = 0; i < COUNT(table); i++)
        good = good && glyph_ascii(table[i].ch) == table[i].want;
    ok(good, "near ASCII characters");
}

int main(void)
{
    test_wrap();
    test_wrap_text();
    test_bar();
    test_bar_shortens();
    test_bar_yields();
    test_bar_widths();
    test_line();
    test_line_paste();
    test_lines();
    test_line_limit();
    test_dialogs();
    test_dialog_hints();
    test_dialog_more();
    test_dialog_low();
    test_dialog_scroll();
    test_dialog_jumps();
    test_dialog_confirm();
    test_menu();
    test_menu_clicks();
    test_dialog_places();
    test_dialog_sizes();
    test_answers();
    test_glyphs();
    return tap_done();
}
