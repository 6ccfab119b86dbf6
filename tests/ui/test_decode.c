/* What terminals send, to keys, mouse and pastes: also byte by byte. */
#include <string.h>
#include "describe.h"
#include "../tap.h"
#include "ui/decode.h"

#define TEXT(s) s, sizeof(s) - 1

struct decode_case {
    const char *name, *in;
    size_t len;
    const char *want; /* events, separated by blanks */
};

/* clang-format off */
static const struct decode_case cases[] = {
    { "letters",              TEXT("aZ~"),          "a Z ~" },
    { "UTF-8",                TEXT("\xc3\xa9\xe6\x97\xa5\xf0\x9f\x98\x80"),
                              "\xc3\xa9 \xe6\x97\xa5 \xf0\x9f\x98\x80" },
    { "ill-formed UTF-8 is nothing", TEXT("a\xff\xc3" "b"), "a b" },
    { "C1 as xterm has it for Ctrl and Alt",
      TEXT("\xc2\x81\xc2\x88\xc2\x9b" "5~\033\xc2\x81"),
      "\xc2\x81 \xc2\x88 \xc2\x9b 5 ~ M-\xc2\x81" },
    { "controls",             TEXT("\x01\x1a\x1c\x1d\x1e\x1f\x00"),
                              "C-a C-z C-\\ C-] C-^ C-_ C-Space" },
    { "Tab Enter LF",         TEXT("\t\r\n"),       "Tab Enter C-j" },
    { "rubout and ^H",        TEXT("\x7f\x08"),     "BS C-h" },
    { "Alt with a letter",    TEXT("\033x\033X"),   "M-x M-X" },
    { "Alt with a control",   TEXT("\033\x01\033\r\033\x7f"),
                              "C-M-a M-Enter M-BS" },
    { "Alt with UTF-8",       TEXT("\033\xc3\xa9"), "M-\xc3\xa9" },

    { "arrows",               TEXT("\033[A\033[B\033[C\033[D"),
                              "Up Down Right Left" },
    { "arrows, application",  TEXT("\033OA\033OB\033OC\033OD"),
                              "Up Down Right Left" },
    { "arrows, modifiers",    TEXT("\033[1;2A\033[1;3B\033[1;5C\033[1;8D"),
                              "S-Up M-Down C-Right C-M-S-Left" },
    { "Super, Alt and it",    TEXT("\033[1;9A\033[3;11~"),
                              "Super-Up Super-M-Del" },
    { "Meta of xterm is Alt", TEXT("\033[27;9;120~"), "M-x" },
    { "Alt by ESC before it", TEXT("\033\033[A\033\033OP"), "M-Up M-F1" },
    { "editing keys",
      TEXT("\033[1~\033[2~\033[3~\033[4~\033[5~\033[6~\033[7~\033[8~"),
      "Home Ins Del End PgUp PgDn Home End" },
    { "Home and End",         TEXT("\033[H\033[F\033OH\033OF"),
                              "Home End Home End" },
    { "editing, modifiers",   TEXT("\033[3;5~\033[5;2~\033[6;4~\033[1;6H"),
                              "C-Del S-PgUp M-S-PgDn C-S-Home" },
    { "F1 to F4",             TEXT("\033OP\033OQ\033OR\033OS"), "F1 F2 F3 F4" },
    { "F1 to F5 of VT220 mode",
      TEXT("\033[11~\033[12~\033[13~\033[14~\033[15~"), "F1 F2 F3 F4 F5" },
    { "F6 to F12",
      TEXT("\033[17~\033[18~\033[19~\033[20~\033[21~\033[23~\033[24~"),
      "F6 F7 F8 F9 F10 F11 F12" },
    { "F13 to F20",
      TEXT("\033[25~\033[26~\033[28~\033[29~\033[31~\033[32~\033[33~\033[34~"),
      "F13 F14 F15 F16 F17 F18 F19 F20" },
    { "function, modifiers",  TEXT("\033[1;2P\033[15;5~\033[24;3~"),
                              "S-F1 C-F5 M-F12" },
    { "Linux F1 to F5",       TEXT("\033[[A\033[[B\033[[C\033[[D\033[[E"),
                              "F1 F2 F3 F4 F5" },
    { "back tab",             TEXT("\033[Z\033[1;5Z"), "S-Tab C-S-Tab" },
    { "no sequence of a key", TEXT("\033Oa\033O!"), "M-O a M-O !" },
    { "rxvt arrows",          TEXT("\033[a\033[d"), "S-Up S-Left" },
    { "rxvt editing",         TEXT("\033[3$\033[3^\033[3@"),
                              "S-Del C-Del C-S-Del" },
    { "keypad",               TEXT("\033OM\033Op\033Oy\033Ok\033Oj\033OE"),
                              "KPEnter 0 9 + * KP5" },
    { "SS3 with modifier",    TEXT("\033O5A\033O1;2P"), "C-Up S-F1" },

    { "CSI u",                TEXT("\033[97;5u\033[13;2u\033[9;5u\033[127;5u"),
                              "C-a S-Enter C-Tab C-BS" },
    { "CSI u, sub-parameters", TEXT("\033[97:65;5:1u"), "C-a" },
    { "modifyOtherKeys",      TEXT("\033[27;5;13~\033[27;6;65~\033[27;2;66~"
                              "\033[27;2;32~"),
                              "C-Enter C-S-A B S-Space" },
    { "kitty: a character and Shift",
      TEXT("\033[97;2u\033[97:65;4u\033[49:33;2u\033[49;6u\033[32;2u"),
      "A M-S-A ! C-S-1 S-Space" },
    { "kitty: another keyboard's Ctrl", TEXT("\033[1089::99;5u"),
      "C-\xd1\x81(c)" },
    { "kitty: repeats and releases",
      TEXT("\033[97;5:2u\033[97;5:3u\033[1;1:3A\033[3;1:3~\033[27;1:3u"),
      "+C-a -C-a -Up -Del -Esc" },
    { "kitty: the text", TEXT("\033[97;;65u\033[97;65;228u\033[97;2;228:98u"),
      "A \xc3\xa4 \xc3\xa4" },
    { "kitty: the keypad",
      TEXT("\033[57399u\033[57413;5u\033[57416u\033[57414u\033[57423u"),
      "0 C-+ , KPEnter Home" },
    { "kitty: F13, Super, locks",
      TEXT("\033[57376u\033[57383;5u\033[97;9u\033[98;133u"),
      "F13 C-F20 Super-a C-b" },
    { "kitty: Shift alone, Play, Menu",
      TEXT("\033[57441;2u\033[57441;2:3u\033[57428u\033[57363;5u"),
      "S-#57441 -S-#57441 #57428 C-#57363" },
    { "kitty: no key of ours", TEXT("\033[u\033[128u" "a"), "a" },
    { "many parameters", TEXT("\033[97:1:2:3;5:1:9:9;;;:7:7;8u"), "C-a" },
    { "CSI u of no character", TEXT("\033[55296u\033[1114112u" "a"), "a" },

    { "SGR mouse",            TEXT("\033[<0;1;1M\033[<0;80;24m"),
                              "<0,0 b0 press> <23,79 b0 release>" },
    { "SGR wheel",            TEXT("\033[<64;5;6M\033[<65;5;6M"),
                              "<5,4 b64 press> <5,4 b65 press>" },
    { "SGR drag, motion",     TEXT("\033[<32;2;3M\033[<35;2;3M"),
                              "<2,1 b0 press motion> <2,1 b3 press motion>" },
    { "SGR modifiers",        TEXT("\033[<22;2;3M"),
                              "<2,1 b2 press mods5>" }, /* 4 + 16 */
    { "SGR beyond 223",       TEXT("\033[<0;300;500M"),
                              "<499,299 b0 press>" },
    { "SGR without a place",  TEXT("\033[<0;0;0M\033[<0M" "a"), "a" },
    { "X10 mouse",            TEXT("\033[M !!\033[M#!!\033[M`%&"),
                              "<0,0 b0 press> <0,0 b3 release> "
                              "<5,4 b64 press>" },

    { "colours",
      TEXT("\033]10;rgb:1212/3434/5656\033\\\033]11;rgb:ff/80/0\007a"),
      "fg#123456 bg#ff8000 a" },
    { "other colours",        TEXT("\033[?997;1n\033[?997;2n\033[?996n" "a"),
                              "scheme scheme a" },
    { "what the terminal is",  TEXT("\033[?64;1;2c\033[?6c" "a"),
                              "device device a" },
    { "its name",
      TEXT("\033P>|XTerm(379)\033\\\033P>|foot(1.2)\033\\a"),
      "xterm named a" },
    { "an answer that is no colour is nothing",
      TEXT("\033]11;none\033\\\033]12;rgb:0/0/0\007a"), "a" },
    { "an answer broken off",  TEXT("\033]11;rgb:0\033[A"), "Up" },
    { "Alt with a bracket",    TEXT("\033]x\033]"), "M-] x M-]" },
    { "24-bit colours",
      TEXT("\033P1$r0;48:2::1:2:3m\033\\\033P1$r48;2;1;2;3m\033\\"
           "\033P1$r0;48:2:1:2:3m\007a"), "depth depth depth a" },
    { "... and a curly underline",
      TEXT("\033P1$r0;4:3;48:2::1:2:3m\033\\"), "styles" },
    { "other settings are nothing",
      TEXT("\033P1$r0m\033\\\033P1$r48;5;16m\033\\a"), "a" },
    { "Alt with P",            TEXT("\033P1$x\033P0\033P>x\033P"),
                               "M-P 1 $ x M-P 0 M-P > x M-P" },
    { "focus",                TEXT("\033[I\033[O"), "focus blur" },
    { "unknown sequences",
      TEXT("\033[99~\033[?1;2d\033[>0;1;2c" "a"), "a" },
    { "the cursor's place",   TEXT("\033[12;34R\033[2;0R" "a"), "at 11,33 a" },
    { "sequence broken by ESC", TEXT("\033[1;\033[A"), "Up" },
    { "sequence broken by a control", TEXT("\033[1;\x01"), "C-a" },
    { "parameters saturate",
      TEXT("\033[99999999999999999999;5A\033[1;99999999999A"),
      "Up" },
    { "more parameters than we keep", TEXT("\033[1;2;3;4;5;6;7A"), "S-Up" },

    { "paste",                TEXT("a\033[200~two words\r\033[201~b"),
                              "a [two words\r] b" },
    { "empty paste",          TEXT("\033[200~\033[201~"), "[]" },
    { "paste with sequences", TEXT("\033[200~\033[A\033[20\033[201~"),
                              "[\033[A\033[20]" },
    { "paste, ill-formed",    TEXT("\033[200~a\xff" "b\033[201~"),
                              "[a\xef\xbf\xbd" "b]" },
    { "two pastes",
      TEXT("\033[200~1\033[201~\033[200~2\033[201~"), "[1] [2]" },
};
/* clang-format on */

static struct decoder *new_decoder(uint8_t erase)
{
    const struct decoder_options opt = { .decode = utf8_decode,
                                         .erase = erase };

    return decoder_new(&opt);
}

/* Pieces of one paste are joined; other events are separated by blanks. */
static void drain(struct decoder *d, uint64_t now, struct buf *out)
{
    struct ui_event ev;

    while ((ev = decoder_next(d, now)).kind != UI_NONE) {
        if (out->len != 0 && (ev.kind != UI_PASTE || ev.paste_first))
            buf_put_byte(out, ' ');
        describe_event(&ev, out);
    }
}

/* Feed in pieces of chunk bytes, one millisecond apart. */
static void run(struct decoder *d, const char *in, size_t len, size_t chunk,
                struct buf *out)
{
    uint64_t now = 1000;
    size_t at, n;

    for (at = 0; at < len; at += n, now++) {
        n = len - at < chunk ? len - at : chunk;
        decoder_feed(d, (const uint8_t *)in + at, n, now);
        drain(d, now, out);
    }
    drain(d, now + DECODER_SEQUENCE_MS, out);
}

static void test_cases(void)
{
    static const size_t chunks[] = { 4096, 1, 2, 3 };
    struct buf out = { 0 };
    struct decoder *d;
    size_t i, c;
    bool good;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        good = true;
        for (c = 0; c < 4; c++) {
            d = new_decoder(0x7f);
            run(d, cases[i].in, cases[i].len, chunks[c], &out);
            if (strcmp(buf_str(&out), cases[i].want) != 0) {
                good = false;
                diag("by %zu: %s", chunks[c], buf_str(&out));
            }
            buf_clear(&out);
            decoder_free(d);
        }
        if (!ok(good, "%s", cases[i].name))
            diag("want: %s", cases[i].want);
    }
    buf_free(&out);
}

/* ---- time ---- */

static const struct {
    const char *name, *first, *second;
    unsigned pause; /* ms */
    const char *want;
} pauses[] = {
    { "ESC alone is Esc after its time", "\033", "", 25, "Esc" },
    { "ESC, a letter in time: Alt", "\033", "x", 24, "M-x" },
    { "ESC, a letter too late: two keys", "\033", "x", 25, "Esc x" },
    { "ESC [ in time", "\033", "[A", 24, "Up" },
    { "ESC [ and nothing: Alt-[", "\033[", "", 25, "M-[" },
    { "ESC O and nothing: Alt-O", "\033O", "", 25, "M-O" },
    { "ESC ESC: Esc twice", "\033\033", "", 25, "Esc Esc" },
    { "a sequence may pause longer", "\033[1;", "5A", 400, "C-Up" },
    { "one that never ends is dropped", "\033[1;", "a", 500, "a" },
    { "half a character waits for ever", "\xc3", "\xa9", 9999, "\xc3\xa9" },
};

static void test_pauses(void)
{
    struct buf out = { 0 };
    struct decoder *d;
    size_t i;

    for (i = 0; i < sizeof pauses / sizeof pauses[0]; i++) {
        d = new_decoder(0x7f);
        decoder_feed(d, (const uint8_t *)pauses[i].first,
                     strlen(pauses[i].first), 1000);
        drain(d, 1000, &out);
        drain(d, 1000 + pauses[i].pause, &out);
        decoder_feed(d, (const uint8_t *)pauses[i].second,
                     strlen(pauses[i].second), 1000 + pauses[i].pause);
        /* A second look at a key that came together with its ESC. */
        drain(d, 1000 + 2 * pauses[i].pause, &out);
        is_str(buf_str(&out), pauses[i].want, pauses[i].name);
        buf_clear(&out);
        decoder_free(d);
    }
    buf_free(&out);
}

static void test_wake(void)
{
    struct decoder *d = new_decoder(0x7f);

    is_num((long long)decoder_wake(d), 0, "no timer when nothing waits");
    decoder_feed(d, (const uint8_t *)"\033", 1, 1000);
    is_num(decoder_next(d, 1000).kind, UI_NONE, "ESC waits");
    is_num((long long)decoder_wake(d), 1025, "for 25 ms");
    is_num(decoder_next(d, 1024).kind, UI_NONE, "not shorter");
    is_num(decoder_next(d, 1025).kind, UI_KEY, "and not longer");
    is_num((long long)decoder_wake(d), 0, "no timer afterwards");
    decoder_feed(d, (const uint8_t *)"\xe6\x97", 2, 2000);
    is_num(decoder_next(d, 2000).kind, UI_NONE, "half a character waits");
    is_num((long long)decoder_wake(d), 0, "without a timer");
    decoder_free(d);
}

/* ---- the terminal's own ---- */

static void test_own(void)
{
    struct decoder *d = new_decoder(0x08);
    const struct vt_key f5 = { .code = VT_KEY_F1 + 4 };
    const struct vt_key f13 = { .code = VT_KEY_F1 + 12 };
    const struct vt_key up = { .code = VT_KEY_UP };
    struct buf out = { 0 };

    decoder_add(d, "\033Ot", f5);
    decoder_add(d, "\033[1;2P", f13);
    decoder_add(d, "\x01@\r", up);
    decoder_add(d, "\x08", f13);
    run(d,
        TEXT("\033Ot\033Ou\033[1;2P\x01@\r\x01"
             "a\x08\x7f"),
        1, &out);
    is_str(buf_str(&out), "F5 5 S-F1 Up C-a a BS BS",
           "own sequences go first, but never hide a modifier");
    buf_free(&out);
    decoder_free(d);
}

/* ---- an 8-bit encoding ---- */

static size_t latin_1(const uint8_t *p, size_t n, uint32_t *ch)
{
    *ch = p[0];
    return n != 0;
}

static void test_eight_bit(void)
{
    const struct decoder_options opt = { .decode = latin_1, .erase = 0x7f };
    struct decoder *d = decoder_new(&opt);
    struct buf out = { 0 };

    run(d, TEXT("\xe9\x9b\xe9"), 1, &out);
    is_str(buf_str(&out), "\xc3\xa9 \xc3\xa9", "a C1 of one byte is nothing");
    buf_free(&out);
    decoder_free(d);
}

/* ---- Ctrl-H and Ctrl-Backspace ---- */

#define XTERM "\033P>|XTerm(379)\033\\"

static const struct {
    const char *name, *in;
    bool asked;
    uint8_t erase;
    const char *want;
} aparts[] = {
    { "0x08 is Ctrl-H of a terminal that may know no better", "\x08\033\x08",
      true, 0x7f, "C-h C-M-h" },
    { "... of another name, too", "\033P>|foot(1.2)\033\\\x08", true, 0x7f,
      "named C-h" },
    { "... and while it is not asked", XTERM "\033[104;5u\x08", false, 0x7f,
      "xterm C-h C-h" },
    { "in xterm it is Ctrl-Backspace", XTERM "\x08\033\x08", true, 0x7f,
      "xterm C-BS C-M-BS" },
    { "... but what erases stays Backspace", XTERM "\x08", true, 0x08,
      "xterm BS" },
    { "... and where Ctrl-H came as a sequence", "\033[27;5;104~\x08", true,
      0x7f, "C-h C-BS" },
    { "... of kitty's protocol", "\033[104;5u\x08", true, 0x7f, "C-h C-BS" },
    { "another letter may be a mapping", "\033[105;5u\x08", true, 0x7f,
      "C-i C-h" },
};

static void test_apart(void)
{
    struct buf out = { 0 };
    struct decoder *d;
    size_t i;

    for (i = 0; i < sizeof aparts / sizeof aparts[0]; i++) {
        d = new_decoder(aparts[i].erase);
        decoder_apart(d, aparts[i].asked);
        run(d, aparts[i].in, strlen(aparts[i].in), 1, &out);
        is_str(buf_str(&out), aparts[i].want, aparts[i].name);
        buf_clear(&out);
        decoder_free(d);
    }
    buf_free(&out);
}

/* ---- much at once ---- */

static void test_long_paste(void)
{
    struct decoder *d = new_decoder(0x7f);
    struct buf in = { 0 }, out = { 0 };
    size_t i, n;

    buf_put_str(&in, "[");
    for (i = 0; i < 20000; i++)
        buf_put_byte(&in, (uint8_t)('a' + i % 26));
    buf_put_str(&in, "]");
    decoder_feed(d, (const uint8_t *)"\033[200~", 6, 1);
    for (i = 1; i + 1 < in.len; i += n) {
        n = in.len - 1 - i < decoder_room(d) ? in.len - 1 - i : decoder_room(d);
        decoder_feed(d, in.data + i, n, 1);
        drain(d, 1, &out);
    }
    decoder_feed(d, (const uint8_t *)"\033[201~", 6, 1);
    drain(d, 1, &out);
    ok(out.len == in.len && memcmp(out.data, in.data, in.len) == 0,
       "a paste longer than the queue comes in pieces, whole");
    buf_free(&in);
    buf_free(&out);
    decoder_free(d);
}

/* A stream that never ends a sequence must not fill the queue. */
static void test_room(void)
{
    static const char *const streams[] = { "\033[1;1", "\033O1;1", "\033[<1;1",
                                           "\033\033\033", "\xe6\x97\xe6" };
    struct decoder *d;
    struct ui_event ev;
    size_t i, turn, len;
    bool good = true;

    for (i = 0; i < sizeof streams / sizeof streams[0]; i++) {
        d = new_decoder(0x7f);
        for (turn = 0; turn < 3000; turn++) {
            len = turn == 0 ? strlen(streams[i]) : 2;
            decoder_feed(d,
                         (const uint8_t *)streams[i] + strlen(streams[i]) - len,
                         len, 1);
            do
                ev = decoder_next(d, 1);
            while (ev.kind != UI_NONE);
            good = good && decoder_room(d) > 1000;
        }
        decoder_free(d);
    }
    ok(good, "there is always room for more");
}

int main(void)
{
    test_cases();
    test_pauses();
    test_wake();
    test_own();
    test_eight_bit();
    test_apart();
    test_long_paste();
    test_room();
    return tap_done();
}
