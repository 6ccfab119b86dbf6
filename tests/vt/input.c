/* input.c - keys, mouse, paste and focus as bytes for the server. */
#include <stdio.h>
#include <string.h>
#include "../tap.h"
#include "base/buf.h"
#include "vt/vt.h"

static struct vt *terminal(const char *before)
{
    const struct vt_options opt = { .cols = 300, .rows = 50 };
    struct vt *vt = vt_new(&opt);

    vt_write(vt, before, strlen(before));
    return vt;
}

/* Control characters made readable. */
static void same(struct buf *got, const char *want, const char *name)
{
    struct buf shown[2] = { { 0 }, { 0 } };
    const char *text[2];
    int i;

    text[0] = buf_str(got);
    text[1] = want;
    for (i = 0; i < 2; i++)
        for (; *text[i] != '\0'; text[i]++)
            if ((unsigned char)*text[i] < 0x20)
                buf_printf(&shown[i], "^%c", *text[i] + '@');
            else
                buf_put_byte(&shown[i], (uint8_t)*text[i]);
    is_str(buf_str(&shown[0]), buf_str(&shown[1]), name);
    buf_free(&shown[0]);
    buf_free(&shown[1]);
}

#define APP_CURSOR "\033[?1h"
#define APP_KEYPAD "\033="

/* A key that is pressed. */
struct typed {
    enum vt_key_code code;
    uint32_t ch;
    unsigned mods;
};

static const struct {
    const char *name, *modes;
    struct typed key;
    const char *want;
} keys[] = {
    { "a", "", { VT_KEY_CHAR, 'a', 0 }, "a" },
    { "e acute", "", { VT_KEY_CHAR, 0xe9, 0 }, "\xc3\xa9" },
    { "emoji", "", { VT_KEY_CHAR, 0x1f600, 0 }, "\xf0\x9f\x98\x80" },
    { "Shift-A", "", { VT_KEY_CHAR, 'A', VT_SHIFT }, "A" },
    { "Alt-x", "", { VT_KEY_CHAR, 'x', VT_ALT }, "\033x" },
    { "Ctrl-a", "", { VT_KEY_CHAR, 'a', VT_CTRL }, "\001" },
    { "Ctrl-Z", "", { VT_KEY_CHAR, 'Z', VT_CTRL | VT_SHIFT }, "\032" },
    { "Ctrl-[", "", { VT_KEY_CHAR, '[', VT_CTRL }, "\033" },
    { "Ctrl-\\", "", { VT_KEY_CHAR, '\\', VT_CTRL }, "\034" },
    { "Ctrl-]", "", { VT_KEY_CHAR, ']', VT_CTRL }, "\035" },
    { "Ctrl-^", "", { VT_KEY_CHAR, '^', VT_CTRL }, "\036" },
    { "Ctrl-_", "", { VT_KEY_CHAR, '_', VT_CTRL }, "\037" },
    { "Ctrl-/", "", { VT_KEY_CHAR, '/', VT_CTRL }, "\037" },
    { "Ctrl-?", "", { VT_KEY_CHAR, '?', VT_CTRL }, "\177" },
    { "Ctrl-3", "", { VT_KEY_CHAR, '3', VT_CTRL }, "\033" },
    { "Ctrl-7", "", { VT_KEY_CHAR, '7', VT_CTRL }, "\037" },
    { "Ctrl-8", "", { VT_KEY_CHAR, '8', VT_CTRL }, "\177" },
    { "Ctrl-9", "", { VT_KEY_CHAR, '9', VT_CTRL }, "9" },
    { "Ctrl-Alt-a", "", { VT_KEY_CHAR, 'a', VT_CTRL | VT_ALT }, "\033\001" },
    { "Up", "", { VT_KEY_UP, 0, 0 }, "\033[A" },
    { "Down", "", { VT_KEY_DOWN, 0, 0 }, "\033[B" },
    { "Right", "", { VT_KEY_RIGHT, 0, 0 }, "\033[C" },
    { "Left", "", { VT_KEY_LEFT, 0, 0 }, "\033[D" },
    { "Up, application", APP_CURSOR, { VT_KEY_UP, 0, 0 }, "\033OA" },
    { "Home", "", { VT_KEY_HOME, 0, 0 }, "\033[H" },
    { "End, application", APP_CURSOR, { VT_KEY_END, 0, 0 }, "\033OF" },
    { "Shift-Up", "", { VT_KEY_UP, 0, VT_SHIFT }, "\033[1;2A" },
    { "Alt-Down", "", { VT_KEY_DOWN, 0, VT_ALT }, "\033[1;3B" },
    { "Ctrl-Left, application",
      APP_CURSOR,
      { VT_KEY_LEFT, 0, VT_CTRL },
      "\033[1;5D" },
    { "all modifiers", "", { VT_KEY_HOME, 0, 7 }, "\033[1;8H" },
    { "Insert", "", { VT_KEY_INSERT, 0, 0 }, "\033[2~" },
    { "Delete", "", { VT_KEY_DELETE, 0, 0 }, "\033[3~" },
    { "PgUp", "", { VT_KEY_PAGE_UP, 0, 0 }, "\033[5~" },
    { "PgDn", APP_CURSOR, { VT_KEY_PAGE_DOWN, 0, 0 }, "\033[6~" },
    { "Ctrl-PgDn", "", { VT_KEY_PAGE_DOWN, 0, VT_CTRL }, "\033[6;5~" },
    { "F1", "", { VT_KEY_F1, 0, 0 }, "\033OP" },
    { "F4", "", { VT_KEY_F1 + 3, 0, 0 }, "\033OS" },
    { "F5", "", { VT_KEY_F1 + 4, 0, 0 }, "\033[15~" },
    { "F6", "", { VT_KEY_F1 + 5, 0, 0 }, "\033[17~" },
    { "F10", "", { VT_KEY_F1 + 9, 0, 0 }, "\033[21~" },
    { "F11", "", { VT_KEY_F1 + 10, 0, 0 }, "\033[23~" },
    { "F12", "", { VT_KEY_F1 + 11, 0, 0 }, "\033[24~" },
    { "F20", "", { VT_KEY_F20, 0, 0 }, "\033[34~" },
    { "Shift-F1", "", { VT_KEY_F1, 0, VT_SHIFT }, "\033[1;2P" },
    { "Ctrl-F5", "", { VT_KEY_F1 + 4, 0, VT_CTRL }, "\033[15;5~" },
    { "Tab", "", { VT_KEY_TAB, 0, 0 }, "\t" },
    { "Shift-Tab", "", { VT_KEY_TAB, 0, VT_SHIFT }, "\033[Z" },
    { "Enter", "", { VT_KEY_ENTER, 0, 0 }, "\r" },
    { "Alt-Enter", "", { VT_KEY_ENTER, 0, VT_ALT }, "\033\r" },
    { "Enter under LNM", "\033[20h", { VT_KEY_ENTER, 0, 0 }, "\r\n" },
    { "Escape", "", { VT_KEY_ESCAPE, 0, 0 }, "\033" },
    { "Backspace", "", { VT_KEY_BACKSPACE, 0, 0 }, "\177" },
    { "Ctrl-Backspace", "", { VT_KEY_BACKSPACE, 0, VT_CTRL }, "\b" },
    { "Alt-Backspace", "", { VT_KEY_BACKSPACE, 0, VT_ALT }, "\033\177" },
    { "Backspace, DECBKM", "\033[?67h", { VT_KEY_BACKSPACE, 0, 0 }, "\b" },
    { "keypad Enter", "", { VT_KEY_KP_ENTER, 0, 0 }, "\r" },
    { "keypad Enter, application",
      APP_KEYPAD,
      { VT_KEY_KP_ENTER, 0, 0 },
      "\033OM" },
    { "DECKPNM", APP_KEYPAD "\033>", { VT_KEY_KP_ENTER, 0, 0 }, "\r" },
    { "mode 66", "\033[?66h", { VT_KEY_KP_ENTER, 0, 0 }, "\033OM" },
    { "keypad 5", "", { VT_KEY_KP_BEGIN, 0, 0 }, "\033[E" },
};

/* ---- modifyOtherKeys, kitty's protocol, VT52 ---- */

#define OTHER_1      "\033[>4;1m"
#define OTHER_2      "\033[>4;2m"
#define KITTY(flags) "\033[>" flags "u"

static const struct {
    const char *name, *modes;
    struct typed key;
    enum vt_key_event event;
    uint32_t base;
    const char *want;
} protocols[] = {
    { "other 1: Ctrl-a is as ever",
      OTHER_1,
      { VT_KEY_CHAR, 'a', VT_CTRL },
      0,
      0,
      "\001" },
    { "other 1: Ctrl-.",
      OTHER_1,
      { VT_KEY_CHAR, '.', VT_CTRL },
      0,
      0,
      "\033[27;5;46~" },
    { "other 1: Ctrl-1",
      OTHER_1,
      { VT_KEY_CHAR, '1', VT_CTRL },
      0,
      0,
      "\033[27;5;49~" },
    { "other 1: Alt-a", OTHER_1, { VT_KEY_CHAR, 'a', VT_ALT }, 0, 0, "\033a" },
    { "other 1: Ctrl-Tab",
      OTHER_1,
      { VT_KEY_TAB, 0, VT_CTRL },
      0,
      0,
      "\033[27;5;9~" },
    { "other 1: Shift-Enter",
      OTHER_1,
      { VT_KEY_ENTER, 0, VT_SHIFT },
      0,
      0,
      "\033[27;2;13~" },
    { "other 1: Shift-Tab",
      OTHER_1,
      { VT_KEY_TAB, 0, VT_SHIFT },
      0,
      0,
      "\033[Z" },
    { "other 2: Ctrl-a",
      OTHER_2,
      { VT_KEY_CHAR, 'a', VT_CTRL },
      0,
      0,
      "\033[27;5;97~" },
    { "other 2: Alt-a",
      OTHER_2,
      { VT_KEY_CHAR, 'a', VT_ALT },
      0,
      0,
      "\033[27;3;97~" },
    { "other 2: A is text",
      OTHER_2,
      { VT_KEY_CHAR, 'A', VT_SHIFT },
      0,
      0,
      "A" },
    { "other 2: Shift-Tab",
      OTHER_2,
      { VT_KEY_TAB, 0, VT_SHIFT },
      0,
      0,
      "\033[27;2;9~" },
    { "other 2: Enter", OTHER_2, { VT_KEY_ENTER, 0, 0 }, 0, 0, "\r" },
    { "other 2, CSI u",
      OTHER_2 "\033[>4;1f",
      { VT_KEY_CHAR, 'a', VT_CTRL },
      0,
      0,
      "\033[97;5u" },
    { "modifyCursorKeys off",
      "\033[>1n",
      { VT_KEY_UP, 0, VT_CTRL },
      0,
      0,
      "\033[A" },
    { "modifyCursorKeys 1",
      "\033[>1;1m",
      { VT_KEY_UP, 0, VT_CTRL },
      0,
      0,
      "\033[5A" },
    { "modifyCursorKeys 3",
      "\033[>1;3m",
      { VT_KEY_UP, 0, VT_CTRL },
      0,
      0,
      "\033[>1;5A" },
    { "modifyFunctionKeys 3",
      "\033[>2;3m",
      { VT_KEY_DELETE, 0, VT_CTRL },
      0,
      0,
      "\033[>3;5~" },
    { "mode 1037", "\033[?1037h", { VT_KEY_DELETE, 0, 0 }, 0, 0, "\177" },
    { "a release is nothing",
      "",
      { VT_KEY_CHAR, 'a', 0 },
      VT_KEY_RELEASE,
      0,
      "" },
    { "a repeat is a press",
      "",
      { VT_KEY_CHAR, 'a', 0 },
      VT_KEY_REPEAT,
      0,
      "a" },
    { "kitty 1: text", KITTY("1"), { VT_KEY_CHAR, 'a', 0 }, 0, 0, "a" },
    { "kitty 1: shifted text",
      KITTY("1"),
      { VT_KEY_CHAR, 'A', VT_SHIFT },
      0,
      0,
      "A" },
    { "kitty 1: Ctrl-a",
      KITTY("1"),
      { VT_KEY_CHAR, 'a', VT_CTRL },
      0,
      0,
      "\033[97;5u" },
    { "kitty 1: Ctrl-Shift-a",
      KITTY("1"),
      { VT_KEY_CHAR, 'A', VT_CTRL },
      0,
      0,
      "\033[97;6u" },
    { "kitty 1: Alt-e acute",
      KITTY("1"),
      { VT_KEY_CHAR, 0xe9, VT_ALT },
      0,
      0,
      "\033[233;3u" },
    { "kitty 1: Super-a",
      KITTY("1"),
      { VT_KEY_CHAR, 'a', VT_SUPER },
      0,
      0,
      "\033[97;9u" },
    { "kitty 1: Escape",
      KITTY("1"),
      { VT_KEY_ESCAPE, 0, 0 },
      0,
      0,
      "\033[27u" },
    { "kitty 1: Enter", KITTY("1"), { VT_KEY_ENTER, 0, 0 }, 0, 0, "\r" },
    { "kitty 1: Shift-Enter",
      KITTY("1"),
      { VT_KEY_ENTER, 0, VT_SHIFT },
      0,
      0,
      "\033[13;2u" },
    { "kitty 1: Shift-Tab",
      KITTY("1"),
      { VT_KEY_TAB, 0, VT_SHIFT },
      0,
      0,
      "\033[9;2u" },
    { "kitty 1: Backspace",
      KITTY("1"),
      { VT_KEY_BACKSPACE, 0, 0 },
      0,
      0,
      "\177" },
    { "kitty 1: Up, whatever DECCKM",
      KITTY("1") APP_CURSOR,
      { VT_KEY_UP, 0, 0 },
      0,
      0,
      "\033[A" },
    { "kitty 1: Ctrl-Up",
      KITTY("1"),
      { VT_KEY_UP, 0, VT_CTRL },
      0,
      0,
      "\033[1;5A" },
    { "kitty 1: F1", KITTY("1"), { VT_KEY_F1, 0, 0 }, 0, 0, "\033[P" },
    { "kitty 1: F3", KITTY("1"), { VT_KEY_F1 + 2, 0, 0 }, 0, 0, "\033[13~" },
    { "kitty 1: F5",
      KITTY("1"),
      { VT_KEY_F1 + 4, 0, VT_SHIFT },
      0,
      0,
      "\033[15;2~" },
    { "kitty 1: F13",
      KITTY("1"),
      { VT_KEY_F1 + 12, 0, 0 },
      0,
      0,
      "\033[57376u" },
    { "kitty 1: keypad Enter",
      KITTY("1"),
      { VT_KEY_KP_ENTER, 0, 0 },
      0,
      0,
      "\033[57414u" },
    { "kitty 2: Up repeated",
      KITTY("3"),
      { VT_KEY_UP, 0, 0 },
      VT_KEY_REPEAT,
      0,
      "\033[1;1:2A" },
    { "kitty 2: Up released",
      KITTY("3"),
      { VT_KEY_UP, 0, VT_SHIFT },
      VT_KEY_RELEASE,
      0,
      "\033[1;2:3A" },
    { "kitty 2: text released",
      KITTY("3"),
      { VT_KEY_CHAR, 'a', 0 },
      VT_KEY_RELEASE,
      0,
      "" },
    { "kitty 2: Enter released",
      KITTY("3"),
      { VT_KEY_ENTER, 0, 0 },
      VT_KEY_RELEASE,
      0,
      "" },
    { "kitty 1: releases not asked for",
      KITTY("1"),
      { VT_KEY_UP, 0, 0 },
      VT_KEY_RELEASE,
      0,
      "" },
    { "kitty 4: the other characters",
      KITTY("5"),
      { VT_KEY_CHAR, 'A', VT_CTRL | VT_SHIFT },
      0,
      0,
      "\033[97:65;6u" },
    { "kitty 4: of another layout",
      KITTY("5"),
      { VT_KEY_CHAR, 0x444, VT_CTRL },
      0,
      'a',
      "\033[1092::97;5u" },
    { "kitty 8: text", KITTY("8"), { VT_KEY_CHAR, 'a', 0 }, 0, 0, "\033[97u" },
    { "kitty 8: Enter", KITTY("8"), { VT_KEY_ENTER, 0, 0 }, 0, 0, "\033[13u" },
    { "kitty 10: text released",
      KITTY("10"),
      { VT_KEY_CHAR, 'a', 0 },
      VT_KEY_RELEASE,
      0,
      "\033[97;1:3u" },
    { "kitty 24: with its text",
      KITTY("24"),
      { VT_KEY_CHAR, 'A', VT_SHIFT },
      0,
      0,
      "\033[97;2;65u" },
    { "kitty 24: Ctrl has none",
      KITTY("24"),
      { VT_KEY_CHAR, 'a', VT_CTRL },
      0,
      0,
      "\033[97;5u" },
    { "kitty 2 alone: Escape",
      KITTY("2"),
      { VT_KEY_ESCAPE, 0, 0 },
      0,
      0,
      "\033" },
    { "VT52: Up", "\033[?2l", { VT_KEY_UP, 0, 0 }, 0, 0, "\033A" },
    { "VT52: F1", "\033[?2l", { VT_KEY_F1, 0, 0 }, 0, 0, "\033P" },
    { "VT52: keypad Enter",
      "\033[?2l\033=",
      { VT_KEY_KP_ENTER, 0, 0 },
      0,
      0,
      "\033?M" },
};

static void test_protocols(void)
{
    size_t i;

    for (i = 0; i < sizeof protocols / sizeof protocols[0]; i++) {
        struct vt *vt = terminal(protocols[i].modes);
        struct vt_key key = { .code = protocols[i].key.code,
                              .ch = protocols[i].key.ch,
                              .mods = protocols[i].key.mods,
                              .event = protocols[i].event,
                              .base = protocols[i].base };
        struct buf out = { 0 };

        vt_encode_key(vt, &key, &out);
        same(&out, protocols[i].want, protocols[i].name);
        buf_free(&out);
        vt_free(vt);
    }
}

static void test_keys(void)
{
    size_t i;

    for (i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct vt *vt = terminal(keys[i].modes);
        struct vt_key key = { .code = keys[i].key.code,
                              .ch = keys[i].key.ch,
                              .mods = keys[i].key.mods };
        struct buf out = { 0 };

        vt_encode_key(vt, &key, &out);
        same(&out, keys[i].want, keys[i].name);
        buf_free(&out);
        vt_free(vt);
    }
}

/* row, col, button, press, motion, mods */
static const struct {
    const char *name, *modes;
    struct vt_mouse_event ev;
    const char *want; /* NULL: no report */
} mice[] = {
    { "no mode", "", { 0, 0, 0, true, false, 0 }, NULL },
    { "X10 press", "\033[?9h", { 1, 2, 0, true, false, 0 }, "\033[M #\"" },
    { "X10 has no release", "\033[?9h", { 1, 2, 0, false, false, 0 }, NULL },
    { "X10 has no modifiers",
      "\033[?9h",
      { 0, 0, 2, true, false, VT_CTRL },
      "\033[M\"!!" },
    { "press", "\033[?1000h", { 1, 2, 1, true, false, 0 }, "\033[M!#\"" },
    { "release", "\033[?1000h", { 1, 2, 1, false, false, 0 }, "\033[M##\"" },
    { "no drags in 1000", "\033[?1000h", { 1, 2, 0, true, true, 0 }, NULL },
    { "drag", "\033[?1002h", { 1, 2, 0, true, true, 0 }, "\033[M@#\"" },
    { "no plain motion in 1002",
      "\033[?1002h",
      { 1, 2, 3, false, true, 0 },
      NULL },
    { "motion", "\033[?1003h", { 1, 2, 3, false, true, 0 }, "\033[MC#\"" },
    { "wheel", "\033[?1000h", { 0, 0, 64, true, false, 0 }, "\033[M`!!" },
    { "wheel down, Ctrl",
      "\033[?1000;1006h",
      { 0, 0, 65, true, false, VT_CTRL },
      "\033[<81;1;1M" },
    { "a wheel has no release",
      "\033[?1000;1006h",
      { 0, 0, 64, false, false, 0 },
      NULL },
    { "SGR press",
      "\033[?1000;1006h",
      { 4, 249, 0, true, false, 0 },
      "\033[<0;250;5M" },
    { "SGR release",
      "\033[?1000;1006h",
      { 4, 249, 2, false, false, 0 },
      "\033[<2;250;5m" },
    { "SGR drag with Shift and Alt",
      "\033[?1002;1006h",
      { 4, 5, 0, true, true, VT_SHIFT | VT_ALT },
      "\033[<44;6;5M" },
    { "pixels, the middle of the cell",
      "\033[?1000;1016h",
      { 4, 5, 0, true, false, 0 },
      "\033[<0;45;73M" },
    { "urxvt press",
      "\033[?1000;1015h",
      { 4, 249, 0, true, false, 0 },
      "\033[32;250;5M" },
    { "urxvt release",
      "\033[?1000;1015h",
      { 4, 249, 0, false, false, 0 },
      "\033[35;250;5M" },
    { "UTF-8 press",
      "\033[?1000;1005h",
      { 0, 249, 0, true, false, 0 },
      "\033[M \xc4\x9a!" },
    { "too far for X10's bytes",
      "\033[?1000h",
      { 0, 223, 0, true, false, 0 },
      NULL },
    { "just near enough",
      "\033[?1000h",
      { 0, 222, 0, true, false, 0 },
      "\033[M \xff!" },
    { "the wheel as keys",
      "\033[?1049h",
      { 0, 0, 64, true, false, 0 },
      "\033[A\033[A\033[A" },
    { "the wheel as application keys",
      "\033[?1049;1h",
      { 0, 0, 65, true, false, 0 },
      "\033OB\033OB\033OB" },
    { "not on the main screen", "", { 0, 0, 64, true, false, 0 }, NULL },
    { "not with 1007 off",
      "\033[?1049h\033[?1007l",
      { 0, 0, 64, true, false, 0 },
      NULL },
};

static void test_mouse(void)
{
    struct vt_mouse_event ev = { 3, 3, 0, true, true, 0 };
    struct buf out = { 0 };
    struct vt *vt;
    size_t i;

    for (i = 0; i < sizeof mice / sizeof mice[0]; i++) {
        bool sent;

        vt = terminal(mice[i].modes);
        sent = vt_encode_mouse(vt, &mice[i].ev, &out);
        if (mice[i].want == NULL)
            ok(!sent && out.len == 0, "%s", mice[i].name);
        else
            same(&out, mice[i].want, mice[i].name);
        buf_clear(&out);
        vt_free(vt);
    }
    vt = terminal("\033[?1003h");
    ok(vt_encode_mouse(vt, &ev, &out), "a motion to another cell");
    ok(!vt_encode_mouse(vt, &ev, &out), "a motion in the same cell is none");
    buf_free(&out);
    vt_free(vt);
}

static const struct {
    const char *name, *modes, *text, *want;
} pastes[] = {
    { "plain", "", "abc", "abc" },
    { "line ends", "", "a\nb\r\nc\rd", "a\rb\rc\rd" },
    { "tabs stay, controls go", "", "a\tb\001\033\177c", "a\tbc" },
    { "C1 controls go", "",
      "a\xc2\x9b"
      "b\xc2\xa9",
      "ab\xc2\xa9" },
    { "UTF-8", "", "\xc3\xa9\xe4\xb8\xad", "\xc3\xa9\xe4\xb8\xad" },
    { "bracketed", "\033[?2004h", "a\nb\r\n", "\033[200~a\nb\r\n\033[201~" },
    { "a closing bracket inside", "\033[?2004h", "a\033[201~b",
      "\033[200~ab\033[201~" },
    { "one inside another", "\033[?2004h", "a\033[20\033[201~1~b",
      "\033[200~a[201~b\033[201~" },
    { "the beginning of one", "\033[?2004h", "a\033[20",
      "\033[200~a[20\033[201~" },
    { "another sequence", "", "a\033[31mb", "a[31mb" },
    { "empty", "\033[?2004h", "", "\033[200~\033[201~" },
};

/* Each also in pieces of every size. */
static void test_paste(void)
{
    size_t i, piece;

    for (i = 0; i < sizeof pastes / sizeof pastes[0]; i++) {
        size_t n = strlen(pastes[i].text);

        for (piece = 1; piece <= n + 1; piece++) {
            struct vt *vt = terminal(pastes[i].modes);
            struct buf out = { 0 };
            char name[80];
            size_t at = 0;

            do {
                size_t k = n - at < piece ? n - at : piece;

                vt_encode_paste(vt, pastes[i].text + at, k, at == 0,
                                at + k == n, &out);
                at += k;
            } while (at < n);
            snprintf(name, sizeof name, "paste: %s, by %zu", pastes[i].name,
                     piece);
            same(&out, pastes[i].want, name);
            buf_free(&out);
            vt_free(vt);
        }
    }
}

static void test_focus(void)
{
    struct vt *vt = terminal("");
    struct buf out = { 0 };

    vt_encode_focus(vt, true, &out);
    ok(out.len == 0, "focus is not told unless wanted");
    vt_write(vt, "\033[?1004h", 8);
    vt_encode_focus(vt, true, &out);
    vt_encode_focus(vt, false, &out);
    same(&out, "\033[I\033[O", "focus in and out");
    buf_free(&out);
    vt_free(vt);
}

int main(void)
{
    test_keys();
    test_protocols();
    test_mouse();
    test_paste();
    test_focus();
    return tap_done();
}
