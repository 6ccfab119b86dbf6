/* test_vt.c - what scripts cannot say: damage, events, limits, random bytes. */
#include "config.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "../tap.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/mem.h"
#include "invariants.h"
#include "vt/record.h"

static struct vt *terminal(unsigned cols, unsigned rows, unsigned lines)
{
    struct vt_options opt = { .cols = cols, .rows = rows, .scrollback = lines };

    return vt_new(&opt);
}

static void put(struct vt *vt, const char *text)
{
    vt_write(vt, text, strlen(text));
}

/* ---- damage ---- */

static const struct {
    const char *name, *before, *input;
    unsigned scroll;
    const char *dirty; /* a letter for each row: x or . */
} damages[] = {
    { "nothing", "", "", 0, "...." },
    { "one row", "", "\033[2Hx", 0, ".x.." },
    { "moving the cursor", "", "\033[3H\033[6n", 0, "...." },
    { "erasing a row", "", "\033[4H\033[K", 0, "...x" },
    { "a scroll", "\033[4H", "\n", 1, "...x" },
    { "two scrolls", "\033[4H", "\n\n", 2, "..xx" },
    { "more scrolls than rows", "\033[4H", "\n\n\n\n\n\n", 4, "xxxx" },
    { "a change that scrolls away", "\033[4H", "a\033[1Hb\033[4H\n", 1,
      "..xx" },
    { "a scroll inside margins", "\033[2;3r\033[3H", "\n", 0, ".xx." },
    { "a scroll down", "", "\033M", 0, "xxxx" },
    { "inserting a line", "", "\033[3H\033[L", 0, "..xx" },
    { "the other screen", "", "\033[?47h", 0, "xxxx" },
    { "reverse video", "", "\033[?5h", 0, "xxxx" },
    { "a mark", "e", "\xcc\x81", 0, "x..." },
    { "a full reset", "", "\033c", 0, "xxxx" },
};

static void test_damage(void)
{
    size_t i;

    for (i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        struct vt *vt = terminal(10, 4, 5);
        char got[5] = "";
        unsigned row;

        put(vt, damages[i].before);
        vt_damage_clear(vt);
        put(vt, damages[i].input);
        for (row = 0; row < 4; row++)
            got[row] = vt_row_dirty(vt, row) ? 'x' : '.';
        is_str(got, damages[i].dirty, damages[i].name);
        is_num(vt_damage_scroll(vt), damages[i].scroll, damages[i].name);
        vt_free(vt);
    }
}

/*
 * A drawer that scrolls its copy and then redraws the dirty rows must have
 * the same as one that looks at every row.
 */
static void draw(struct vt *vt, struct vt_cell *copy)
{
    unsigned cols = vt_cols(vt), rows = vt_rows(vt), row;
    unsigned n = vt_damage_scroll(vt);

    memmove(copy, copy + (size_t)n * cols,
            (size_t)(rows - n) * cols * sizeof *copy);
    for (row = 0; row < rows; row++)
        if (vt_row_dirty(vt, row))
            memcpy(copy + (size_t)row * cols, vt_row(vt, row),
                   cols * sizeof *copy);
    vt_damage_clear(vt);
}

/* ---- random bytes ---- */

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1103515245u + 12345u;
    return *seed >> 16 & 0x7fff;
}

static const char *const pieces[] = {
    "\033[",
    "\033]",
    "\033P",
    "\033(0",
    "\033\\",
    "\r\n",
    "\n",
    "\033M",
    "中",
    "e\xcc\x81",
    "\033[?1049h",
    "\033[?1049l",
    "\033[m",
    "\033[7;3m",
    "\033[H",
    "\033[2J",
    "\033[K",
    "\033[L",
    "\033[M",
    "\033[4h",
    "\033[4l",
    "\033[?69h",
    "\033[3;9s",
    "\033[2;5r",
    "\033[r",
    "\033[?6h",
    "\033[P",
    "\033[@",
    "\033[9b",
    "\033[44m",
    "\033[S",
    "\033[T",
    "\t",
    "0123456789abcdef",
    "\xf0\x9f\x91\xa8",
    "\xe2\x80\x8d",
    "\033[?7l",
    "\033[?7h",
    "\033#8",
    "\033c",
    "\033[$z",
    "\033[1;1;3;3;1;2;4;1$v",
    "\033[1\"q",
    "\033[?J",
    "\033[?45h",
    "\b\b",
    "\033#6",
    "\033#3",
    "\033#5",
    "\033V",
    "\033W",
    "\033[?2027h",
    "\xef\xb8\x8f",
    "\xef\xb8\x8e",
    "\xf0\x9f\x87\xa9",
    "\xf0\x9f\x8f\xbd",
    "\xe2\x98\x94",
    "\xe0\xa4\xbe",
    "\033]8;;u:x\007",
    "\033]8;;\007",
    "\033[58;5;3m",
    "\033[2;3;4;9;1;7$r",
    "\033[2;9;4;3;4$t",
    "\033[2*x",
    "\033[42;2;2;5;9$x",
    "\033[2;3;5;8$z",
    "\033[1;2;3;9${",
    "\033[9\'}",
    "\033[2\'~",
    "\033[2 @",
    "\033[2 A",
    "\0336",
    "\0339",
    "\033[?2l",
    "\033<",
    "\033Y((",
    "\033[62\"p",
    "\033[65;1\"p",
    "\033 G",
    "\033 F",
    "\xc2\x9b",
    "\033*0\033n",
    "\033[?42h\033(K",
    "\033P1$t2;3;1;@;@;H;0;2;@;B0BB\033\\",
    "\033[?1047h",
    "\033[?41h",
    "\033[?1045h",
    "\033[3J",
    "\033[X",
    "\0337",
    "\0338",
    "\033[!p",
};

static void random_bytes(struct buf *b, unsigned *seed)
{
    unsigned n = next_random(seed) % 60;

    buf_clear(b);
    while (n-- > 0) {
        unsigned pick = next_random(seed);

        if (pick % 4 == 0)
            buf_put_byte(b, (uint8_t)(pick >> 4));
        else if (pick % 4 == 1)
            buf_put_byte(b, (uint8_t)(0x20 + (pick >> 4) % 0x60));
        else
            buf_put_str(
                b, pieces[(pick >> 2) % (sizeof pieces / sizeof pieces[0])]);
    }
}

/* Are both screens and what is above them the same? */
static bool same_text(const struct vt *a, const struct vt *b)
{
    unsigned cols = vt_cols(a), col;
    struct vt_cell *line[2] = { mem_array(cols, sizeof(struct vt_cell)),
                                mem_array(cols, sizeof(struct vt_cell)) };
    bool same = vt_scrollback(a) == vt_scrollback(b);
    long row;

    for (row = -(long)vt_scrollback(a); same && row < (long)vt_rows(a); row++) {
        vt_line(a, row, line[0], NULL);
        vt_line(b, row, line[1], NULL);
        for (col = 0; same && col < cols; col++) {
            size_t n[2];
            const uint32_t *ch[2] = { vt_cluster(a, &line[0][col], &n[0]),
                                      vt_cluster(b, &line[1][col], &n[1]) };

            same = n[0] == n[1] && memcmp(ch[0], ch[1], n[0] * 4) == 0 &&
                   line[0][col].fg == line[1][col].fg &&
                   line[0][col].attrs == line[1][col].attrs &&
                   line[0][col].width == line[1][col].width;
        }
    }
    mem_free(line[0]);
    mem_free(line[1]);
    return same;
}

/* A cursor too, and what the terminals answered. */
static bool same_state(struct vt *a, struct vt *b)
{
    struct vt_cursor x = vt_cursor(a), y = vt_cursor(b);
    struct buf said[2] = { { 0 }, { 0 } };
    bool same;

    vt_take_reply(a, &said[0]);
    vt_take_reply(b, &said[1]);
    same = said[0].len == said[1].len &&
           (said[0].len == 0 ||
            memcmp(said[0].data, said[1].data, said[0].len) == 0);
    buf_free(&said[0]);
    buf_free(&said[1]);
    return same && x.row == y.row && x.col == y.col && same_text(a, b);
}

static void write_in_pieces(struct vt *vt, const struct buf *b, unsigned *seed)
{
    size_t at, n;

    for (at = 0; at < b->len; at += n) {
        n = 1 + next_random(seed) % 4;
        n = n < b->len - at ? n : b->len - at;
        vt_write(vt, b->data + at, n);
    }
}

/*
 * Whatever comes, and whatever size the screen gets in between: the invariants
 * hold, the damage tells what changed, and it does not matter in what pieces
 * it came.
 */
static void test_random(unsigned seed)
{
    struct vt *vt = terminal(20, 8, 30), *other = terminal(20, 8, 30);
    struct vt_cell *copy = mem_array((size_t)20 * 8, sizeof *copy);
    struct buf b = { 0 };
    const char *why = NULL;
    bool drawn = true, same = true;
    unsigned i, row;

    draw(vt, copy);
    for (i = 0; i < 2000 && why == NULL && drawn && same; i++) {
        random_bytes(&b, &seed);
        vt_write(vt, b.data, b.len);
        write_in_pieces(other, &b, &seed);
        if (next_random(&seed) % 16 == 0) {
            unsigned cols = 1 + next_random(&seed) % 30;
            unsigned rows = 1 + next_random(&seed) % 12;

            vt_resize(vt, cols, rows);
            vt_resize(other, cols, rows);
            why = vt_broken(vt, 30);
            vt_resize(vt, 20, 8);
            vt_resize(other, 20, 8);
        }
        if (why == NULL)
            why = vt_broken(vt, 30);
        same = same_state(vt, other);
        draw(vt, copy);
        for (row = 0; row < 8; row++)
            drawn &= memcmp(copy + (size_t)row * 20, vt_row(vt, row),
                            20 * sizeof *copy) == 0;
    }
    ok(why == NULL, "random bytes: %s", why != NULL ? why : "nothing breaks");
    ok(drawn, "random bytes: the damage tells all that changed");
    ok(same, "random bytes: their pieces do not matter");
    buf_free(&b);
    mem_free(copy);
    vt_free(vt);
    vt_free(other);
}

/* ---- events ---- */

static const struct {
    const char *name, *input;
    unsigned events;
} events[] = {
    { "nothing", "abc\r\n", 0 },
    { "bell", "\007", VT_EVENT_BELL },
    { "title", "\033]0;x\007", VT_EVENT_TITLE },
    { "clipboard", "\033]52;c;eA==\007", VT_EVENT_CLIPBOARD },
    { "clipboard asked for", "\033]52;c;?\007", 0 },
    { "clipboard cleared", "\033]52;c;\007", 0 },
    { "mouse", "\033[?1000h", VT_EVENT_MODES },
    { "paste", "\033[?2004h", VT_EVENT_MODES },
    { "focus", "\033[?1004h", VT_EVENT_MODES },
    { "screen", "\033[?1049h", VT_EVENT_MODES },
    { "palette", "\033]4;1;#fff\007", VT_EVENT_PALETTE },
    { "default colours", "\033]11;#fff\007", VT_EVENT_PALETTE },
    { "two at once", "\007\033]2;x\033\\", VT_EVENT_BELL | VT_EVENT_TITLE },
};

static void test_events(void)
{
    size_t i;

    for (i = 0; i < sizeof events / sizeof events[0]; i++) {
        struct vt *vt = terminal(10, 4, 5);

        is_num(vt_take_events(vt), 0, "no event at first");
        put(vt, events[i].input);
        is_num(vt_take_events(vt), events[i].events, events[i].name);
        is_num(vt_take_events(vt), 0, "taken is taken");
        vt_free(vt);
    }
}

/* ---- limits ---- */

static void put_many(struct vt *vt, const char *text, size_t times)
{
    while (times-- > 0)
        put(vt, text);
}

/* OSC 52 by one call, as the network brings it. */
static void put_clipboard(struct vt *vt, size_t times)
{
    struct buf all = { 0 };

    buf_put_str(&all, "\033]52;c;");
    while (times-- > 0)
        buf_put_str(&all, "YWFhYWFhYWFhYWFh");
    buf_put_str(&all, "\007");
    vt_write(vt, all.data, all.len);
    buf_free(&all);
}

static void test_strings(void)
{
    struct vt *vt = terminal(10, 4, 5);
    size_t n;

    put(vt, "\033]0;kept\007\033]0;");
    put_many(vt, "0123456789abcdef", 64);
    put(vt, "\007");
    is_num((long long)strlen(vt_title(vt)), 1024, "a title of 1024 bytes");
    put(vt, "\033]0;kept\007\033]0;x");
    put_many(vt, "0123456789abcdef", 64);
    put(vt, "\007");
    is_str(vt_title(vt), "kept", "a longer title is dropped");
    put(vt, "\033]0;");
    put_many(vt, "\xff", 1000);
    put(vt, "\007");
    ok(strlen(vt_title(vt)) <= 1024 && strlen(vt_title(vt)) > 1000,
       "a title that grows when it is cleaned is cut");
    put(vt, "\033]52;c;");
    put_many(vt, "YWFhYWFhYWFhYWFh", 1u << 16);
    put(vt, "\007");
    vt_clipboard(vt, &n);
    is_num((long long)n, 12 << 16, "a clipboard of 768 KiB");
    put_clipboard(vt, 1000);
    vt_clipboard(vt, &n);
    is_num((long long)n, 12 * 1000, "12 KiB that come in one piece");
    put(vt, "\033]52;c;eA==\007\033]52;c;");
    put_many(vt, "YWFhYWFhYWFhYWFh", 1u << 17);
    put(vt, "\007text");
    vt_clipboard(vt, &n);
    is_num((long long)n, 1, "more than 1 MiB is dropped");
    ok(vt_row(vt, 0)[0].ch == 't', "and its text does not show");
    vt_free(vt);
}

/* While a part of a row is copied within it, cells share what they show. */
static void test_shared_clusters(void)
{
    struct vt *vt = terminal(80, 4, 5);
    const struct vt_cell *row;
    char place[32];
    size_t n;
    unsigned i;

    for (i = 1; i <= 40; i++) {
        snprintf(place, sizeof place, "\033[1;%uHa", i);
        put(vt, place);
        put_many(vt, "\xcc\x81", 69);
    }
    put_many(vt, "\033[1;80Hb\xcc\x81", 120);
    put(vt, "\033[1;1;1;40;1;1;41;1$v"); /* DECCRA */
    row = vt_row(vt, 0);
    vt_cluster(vt, &row[39], &n);
    is_num((long long)n, 70, "what is copied stays as it was");
    is_num(vt_cluster(vt, &row[79], &n)[0], 'a', "and is copied");
    vt_free(vt);
}

static void test_replies(void)
{
    struct vt *vt = terminal(10, 4, 5);
    struct buf out = { 0 };

    put_many(vt, "\033[c", 100000);
    vt_take_reply(vt, &out);
    ok(out.len <= 65536 && out.len > 60000,
       "answers that nobody takes are limited");
    ok(memcmp(out.data + out.len - 3, "29c", 3) == 0, "and stay whole");
    put(vt, "\033[5n");
    buf_clear(&out);
    vt_take_reply(vt, &out);
    is_num((long long)out.len, 4, "later ones come again");
    put(vt, "\033[>q\033[>0q");
    buf_clear(&out);
    vt_take_reply(vt, &out);
    is_str(buf_str(&out),
           "\033P>|vmconnect(" PACKAGE_VERSION ")\033\\"
           "\033P>|vmconnect(" PACKAGE_VERSION ")\033\\",
           "the name and the version (XTVERSION)");
    buf_free(&out);
    vt_free(vt);
}

static void putf(struct vt *vt, const char *fmt, ...) ATTR_PRINTF(2, 3);
static void putf(struct vt *vt, const char *fmt, ...)
{
    char text[256];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    put(vt, text);
}

/* Everything that can be asked for, as the answers. */
static void ask_all(struct vt *vt, struct buf *answers)
{
    unsigned n;

    for (n = 0; n < 2100; n++) {
        putf(vt, "\033[%u$p\033[?%u$p", n, n);
        vt_take_reply(vt, answers);
    }
    for (n = 0; n < 256; n++) {
        putf(vt, "\033]4;%u;?\033\\", n);
        vt_take_reply(vt, answers);
    }
    for (n = 10; n < 20; n++)
        putf(vt, "\033]%u;?\033\\", n);
    for (n = 0; n < 8; n++)
        putf(vt, "\033]5;%u;?\033\\\033[?%um", n, n);
    put(vt, "\033[1$w\033[2$w\033[?u\033P$q\"p\033\\\033P$q q\033\\"
            "\033P$qm\033\\\033P$qr\033\\\033P$qs\033\\\033P$q*x\033\\");
    vt_take_reply(vt, answers);
}

/* Change each mode; the last one makes it a VT52. */
static void change_all(struct vt *vt)
{
    unsigned n;

    for (n = 1; n < 2100; n++)
        if (n != 2 && n != 3 && n != 1048)
            putf(vt, "\033[%uh\033[?%u%c", n, n,
                 n == 7 || n == 8 || n == 25 || (n > 1034 && n < 1047) ? 'l'
                                                                       : 'h');
    for (n = 10; n < 20; n++)
        putf(vt, "\033]%u;red\033\\", n);
    put(vt,
        "\033[2h\033[12l\033]4;1;red\033\\\033]5;0;red\033\\"
        "\033]0;title\033\\\033]7;file:///tmp\033\\\033[3g\033[=31u"
        "\033[>4;2m\033[62;2\"p\033[5 q\033[2*x\033[1;31m\033[2;5r\033)0\016"
        "\033[?2l");
}

static void test_reset_all_but_text(void)
{
    struct vt *vt = terminal(80, 24, 5), *fresh = terminal(80, 24, 5);
    struct buf was = { 0 }, is = { 0 };
    size_t at = 0;

    put(vt, "text");
    change_all(vt);
    vt_take_reply(vt, &is);
    buf_clear(&is);
    vt_reset_all_but_text(vt);
    ask_all(fresh, &was);
    ask_all(vt, &is);
    while (at < is.len && at < was.len && is.data[at] == was.data[at])
        at++;
    is_str(buf_str(&is) + at, buf_str(&was) + at, "all is reset");
    ok(*vt_title(vt) == '\0' && *vt_directory(vt) == '\0',
       "... the title and the directory too");
    ok(vt_row(vt, 0)[0].ch == 't' && vt_row(vt, 0)[3].ch == 't',
       "... but the text");
    buf_free(&was);
    buf_free(&is);
    vt_free(vt);
    vt_free(fresh);
}

static void test_clusters(void)
{
    struct vt *vt = terminal(10, 4, 5);
    unsigned i;

    for (i = 0; i < 10000; i++)
        put(vt, "\re\xcc\x81");
    ok(vt->grid->window[vt->grid->base]->cap_clusters <= 32,
       "overwritten clusters are forgotten");
    ok(vt_broken(vt, 5) == NULL, "and the others are not");
    vt_free(vt);
}

/* Marks without end fill neither a row nor the scrollback. */
static void test_marks(void)
{
    struct vt *vt = terminal(200, 24, 1000);
    unsigned i, k;

    for (i = 0; i < 1100; i++) {
        for (k = 0; k < 200; k++) {
            put(vt, "a");
            put_many(vt, "\xcc\x81", 55);
        }
        put(vt, "\r\n");
    }
    ok(vt->sb.bytes <=
           1000 * SCROLLBACK_LINE_BYTES + SCROLLBACK_MORE_BYTES + (1u << 20),
       "lines full of marks take %zu bytes", vt->sb.bytes);
    ok(vt_scrollback(vt) > 100, "and some of them are kept");
    ok(vt_broken(vt, 1000) == NULL, "as they were");
    put(vt, "\033[H");
    put_many(vt, "\xcc\x81", 100000);
    put(vt, "b");
    put_many(vt, "\xcc\x81", 100000);
    ok(vt_broken(vt, 0) == NULL, "a cell full of marks");
    for (i = 0; i < 1300; i++)
        put(vt, "text again\r\n");
    is_num((long long)vt_scrollback(vt), 1000, "and then all lines are again");
    vt_free(vt);
}

static void test_sizes(void)
{
    struct vt *vt = terminal(0, 5000, 0);

    is_num(vt_cols(vt), 1, "at least one column");
    is_num(vt_rows(vt), VT_MAX_SIDE, "at most VT_MAX_SIDE rows");
    vt_resize(vt, VT_MAX_SIDE, VT_MAX_SIDE);
    put(vt, "\033[999;999He\xcc\x81");
    ok(vt_broken(vt, 0) == NULL, "the largest screen");
    vt_resize(vt, 0, 0);
    is_num(vt_cols(vt) * vt_rows(vt), 1, "the smallest");
    vt_free(vt);
}

/* ---- scrollback ---- */

static size_t bytes_kept(const struct vt *vt)
{
    const struct scrollback *sb = &vt->sb;
    size_t i, n = 0;

    for (i = 0; i < sb->count; i++)
        n += record_size(scrollback_line(sb, i)) + sizeof(struct record *);
    return n;
}

static void test_scrollback(void)
{
    struct vt *vt = terminal(80, 24, 10000);
    uint64_t pushed;
    unsigned i;

    for (i = 0; i < 20000; i++)
        put(vt, "forty characters of text, without a style\r\n");
    is_num((long long)vt_scrollback(vt), 10000, "10,000 lines are kept");
    ok(bytes_kept(vt) / 10000 <= 41 + 24, "a plain line costs its text and 24");
    pushed = vt_lines_pushed(vt);
    is_num((long long)pushed, 20000 - 23, "lines pushed");
    vt_resize(vt, 20, 24);
    ok(vt_scrollback(vt) > 29900, "a new width makes more of them");
    vt_resize(vt, 80, 24);
    is_num((long long)vt_scrollback(vt), 10000,
           "and the old one so many again");
    pushed = vt_lines_pushed(vt);
    vt_hold_scrollback(vt, true);
    for (i = 0; i < 15000; i++)
        put(vt, "more\r\n");
    is_num((long long)vt_scrollback(vt), 20000, "while read, twice as many");
    vt_hold_scrollback(vt, false);
    is_num((long long)vt_scrollback(vt), 10000, "and then no more");
    pushed = vt_lines_pushed(vt);
    put(vt, "\033[?1049h");
    is_num((long long)vt_scrollback(vt), 0, "none on the alternate screen");
    put(vt, "\033[?1049l");
    is_num((long long)vt_scrollback(vt), 10000, "and again on the main one");
    vt_clear_scrollback(vt);
    is_num((long long)vt_scrollback(vt), 0, "forgotten");
    put(vt, "\n");
    is_num((long long)(vt_lines_pushed(vt) - pushed), 1, "one more");
    for (i = 0; i < 10000; i++)
        put(vt, "\033[31mred\033[m and \033[1;32mgreen\033[m, short\r\n");
    ok(bytes_kept(vt) / 10000 <= 20 + 48, "a coloured line costs little more");
    vt_free(vt);
}

/* It is in the middle of what the server writes. */
static void test_echo(void)
{
    static const struct vt_options opt = { .cols = 10,
                                           .rows = 2,
                                           .answerback = "me" };
    struct vt *vt = vt_new(&opt);
    struct buf reply = { 0 };

    ok(!vt_echo_wanted(vt) && !vt_keyboard_locked(vt), "not at first");
    put(vt, "\033[12l\033[2h");
    ok(vt_echo_wanted(vt) && vt_keyboard_locked(vt), "asked for");
    put(vt, "\033[6n\xc3");
    vt_echo(vt, "a\005\033[c", 5);
    put(vt, "\xa9\033[");
    vt_echo(vt, "b", 1);
    put(vt, "1mc");
    is_num(vt_row(vt, 0)[1].ch, 0xe9, "a character of the server's is whole");
    is_num(vt_row(vt, 0)[2].attrs, 0, "what is typed goes into no sequence");
    is_num(vt_row(vt, 0)[3].attrs, VT_BOLD, "which goes on");
    vt_take_reply(vt, &reply);
    is_str(buf_str(&reply), "\033[1;1R", "... and asks nothing");
    vt_free_keyboard(vt);
    ok(!vt_echo_wanted(vt) && !vt_keyboard_locked(vt), "ended");
    buf_free(&reply);
    vt_free(vt);
}

/* ---- keeping ---- */

static const struct {
    const char *name, *input;
    size_t left; /* bytes behind which it stops, from the end */
} keepings[] = {
    { "text and erasing", "a\033[2J\033[H\033[3K\033[?25h\033[?1049$p\n", 0 },
    { "ED 3", "\033[H\033[2J\033[3Jtext", 5 },
    { "1049", "text\033[?1049htext", 5 },
    { "47 among others", "\033[?25;47h", 1 },
    { "XTRESTORE", "\033[?1047r", 1 },
    { "leaving it", "\033[?1049l", 0 },
    { "what only looks alike", "\033]0;\033[?1049\a\033[1049h\033[3h3J", 0 },
};

static void test_keeping(void)
{
    size_t i, n, all;

    for (i = 0; i < sizeof keepings / sizeof keepings[0]; i++) {
        struct vt *vt = terminal(10, 2, 5);
        const char *input = keepings[i].input;

        put(vt, "\033[?1047h\033[?1047s\033[?1047l1\r\n2\r\n3\r\n");
        all = strlen(input);
        n = vt_write_keeping(vt, input, all);
        ok(n == all - keepings[i].left && vt_scrollback(vt) != 0,
           "keeping the lines above: %s", keepings[i].name);
        ok(vt_write_keeping(vt, input + n, all - n) == 0 || n == all,
           "... it stays there");
        vt_write(vt, input + n, all - n);
        ok((vt_scrollback(vt) == 0) == (n != all), "... and goes on");
        vt_free(vt);
    }
}

int main(void)
{
    test_keeping();
    test_damage();
    test_events();
    test_strings();
    test_shared_clusters();
    test_replies();
    test_echo();
    test_reset_all_but_text();
    test_clusters();
    test_marks();
    test_sizes();
    test_scrollback();
    test_random(1);
    test_random(2);
    test_random(3);
    return tap_done();
}
