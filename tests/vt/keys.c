/* keys.c - keys as bytes for the server, in all protocols. */
#include "encode.h"

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
    { "e acute after ESC % @", "\033%@", { VT_KEY_CHAR, 0xe9, 0 }, "\xe9" },
    { "emoji after ESC % @", "\033%@", { VT_KEY_CHAR, 0x1f600, 0 }, "?" },
    { "C1", "", { VT_KEY_CHAR, 0x81, 0 }, "\xc2\x81" },
    { "C1 after ESC % @", "\033%@", { VT_KEY_CHAR, 0x81, 0 }, "\x81" },
    { "Shift-A", "", { VT_KEY_CHAR, 'A', VT_SHIFT }, "A" },
    { "Alt-x", "", { VT_KEY_CHAR, 'x', VT_ALT }, "\033x" },
    { "Ctrl-a", "", { VT_KEY_CHAR, 'a', VT_CTRL }, "\001" },
    { "Ctrl-Z", "", { VT_KEY_CHAR, 'Z', VT_CTRL | VT_SHIFT }, "\032" },
    { "Ctrl-[", "", { VT_KEY_CHAR, '[', VT_CTRL }, "\033" },
    { "Ctrl-\\", "", { VT_KEY_CHAR, '\\', VT_CTRL }, "\034" },
    { "Ctrl-]", "", { VT_KEY_CHAR, ']', VT_CTRL }, "\035" },
    { "Ctrl-^", "", { VT_KEY_CHAR, '^', VT_CTRL }, "\036" },
    { "Ctrl-_", "", { VT_KEY_CHAR, '_', VT_CTRL }, "\037" },
    { "Ctrl-{", "", { VT_KEY_CHAR, '{', VT_CTRL | VT_SHIFT }, "\033" },
    { "Ctrl-~", "", { VT_KEY_CHAR, '~', VT_CTRL | VT_SHIFT }, "\036" },
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
    { "Up, S8C1T",
      "\033 G",
      { VT_KEY_UP, 0, 0 },
      "\x9b"
      "A" },
    { "F5, S8C1T",
      "\033 G",
      { VT_KEY_F1 + 4, 0, 0 },
      "\x9b"
      "15~" },
    { "F1, S8C1T", "\033 G", { VT_KEY_F1, 0, 0 }, "\x8fP" },
    { "Alt-[, S8C1T", "\033 G", { VT_KEY_CHAR, '[', VT_ALT }, "\033[" },
    { "Up, S7C1T again", "\033 G\033 F", { VT_KEY_UP, 0, 0 }, "\033[A" },
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
    { "Ctrl and keypad Enter, application",
      APP_KEYPAD,
      { VT_KEY_KP_ENTER, 0, VT_CTRL },
      "\033O5M" },
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
    { "other 1: Ctrl-3 is an ESC",
      OTHER_1,
      { VT_KEY_CHAR, '3', VT_CTRL },
      0,
      0,
      "\033" },
    { "other 1: Ctrl-?",
      OTHER_1,
      { VT_KEY_CHAR, '?', VT_CTRL | VT_SHIFT },
      0,
      0,
      "\033[27;6;63~" },
    { "other 1: Ctrl-Shift-Tab",
      OTHER_1,
      { VT_KEY_TAB, 0, VT_CTRL | VT_SHIFT },
      0,
      0,
      "\033[Z" },
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
    { "other 1: Ctrl-Alt-Enter",
      OTHER_1,
      { VT_KEY_ENTER, 0, VT_CTRL | VT_ALT },
      0,
      0,
      "\033\r" },
    { "other 2: Ctrl-Alt-Enter",
      OTHER_2,
      { VT_KEY_ENTER, 0, VT_CTRL | VT_ALT },
      0,
      0,
      "\033[27;7;13~" },
    { "other 2: Ctrl-Backspace",
      OTHER_2,
      { VT_KEY_BACKSPACE, 0, VT_CTRL },
      0,
      0,
      "\b" },
    { "other 2: Ctrl-Alt-Backspace",
      OTHER_2,
      { VT_KEY_BACKSPACE, 0, VT_CTRL | VT_ALT },
      0,
      0,
      "\033[27;7;8~" },
    { "other 2: Shift-Backspace",
      OTHER_2,
      { VT_KEY_BACKSPACE, 0, VT_SHIFT },
      0,
      0,
      "\033[27;2;127~" },
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
      "\033[Z" },
    { "other 2: Ctrl-Shift-Tab",
      OTHER_2,
      { VT_KEY_TAB, 0, VT_SHIFT | VT_CTRL },
      0,
      0,
      "\033[27;6;9~" },
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
      { VT_KEY_F1 + 4, 0, VT_CTRL },
      0,
      0,
      "\033[>15;5~" },
    { "modifyFunctionKeys off: Shift-F1 is F11",
      "\033[>2n",
      { VT_KEY_F1, 0, VT_SHIFT },
      0,
      0,
      "\033[23~" },
    { "modifyFunctionKeys off: Ctrl-F1 is F21",
      "\033[>2n",
      { VT_KEY_F1, 0, VT_CTRL | VT_ALT },
      0,
      0,
      "\033[42~" },
    { "modifyFunctionKeys off: Ctrl-Shift-F12 is F42",
      "\033[>2n",
      { VT_KEY_F1 + 11, 0, VT_CTRL | VT_SHIFT },
      0,
      0,
      "\033[63~" },
    { "modifyFunctionKeys off: F2",
      "\033[>2n",
      { VT_KEY_F1 + 1, 0, VT_ALT },
      0,
      0,
      "\033OQ" },
    { "modifyFunctionKeys 0",
      "\033[>2;0m",
      { VT_KEY_F1, 0, VT_CTRL },
      0,
      0,
      "\033O5P" },
    { "modifyCursorKeys 0, application",
      "\033[>1;0m" APP_CURSOR,
      { VT_KEY_UP, 0, VT_SHIFT },
      0,
      0,
      "\033O2A" },
    { "PgUp is none of both",
      "\033[>1n\033[>2;3m",
      { VT_KEY_PAGE_UP, 0, VT_CTRL },
      0,
      0,
      "\033[5;5~" },
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
    { "kitty 1: Super-Up",
      KITTY("1"),
      { VT_KEY_UP, 0, VT_SUPER },
      0,
      0,
      "\033[1;9A" },
    { "kitty 1: Hyper-Meta-Delete",
      KITTY("1"),
      { VT_KEY_DELETE, 0, VT_HYPER | VT_META },
      0,
      0,
      "\033[3;49~" },
    { "kitty 0: Super-Up is xterm's Meta, and so Alt",
      "",
      { VT_KEY_UP, 0, VT_SUPER },
      0,
      0,
      "\033[1;3A" },
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
    { "Ctrl with another keyboard's letter",
      "",
      { VT_KEY_CHAR, 0x441, VT_CTRL },
      0,
      'c',
      "\003" },
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
      "\033[97;1:3u" },
    { "kitty 2: text repeated",
      KITTY("2"),
      { VT_KEY_CHAR, 'a', 0 },
      VT_KEY_REPEAT,
      0,
      "a" },
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
    { "kitty 8: C1", KITTY("8"), { VT_KEY_CHAR, 0x81, 0 }, 0, 0, "\xc2\x81" },
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

/* What kitty's protocol has in numbers comes through in numbers. */
static void test_numbers(void)
{
    static const struct {
        const char *name, *modes;
        struct vt_key key;
        const char *want;
    } numbers[] = {
        { "the keypad's 0",
          KITTY("1"),
          { .ch = '0', .keypad = true, .number = 57399 },
          "0" },
        { "... with Ctrl",
          KITTY("1"),
          { .ch = '0', .keypad = true, .number = 57399, .mods = VT_CTRL },
          "\033[57399;5u" },
        { "... as an escape, with its text",
          KITTY("24"),
          { .ch = '0', .keypad = true, .number = 57399 },
          "\033[57399;1;48u" },
        { "the keypad's Left",
          KITTY("1"),
          { .code = VT_KEY_LEFT, .number = 57417 },
          "\033[57417u" },
        { "Shift alone",
          KITTY("8"),
          { .code = VT_KEY_FUNCTIONAL, .number = 57441, .mods = VT_SHIFT },
          "\033[57441;2u" },
        { "... is nothing to others",
          "",
          { .code = VT_KEY_FUNCTIONAL, .number = 57441, .mods = VT_SHIFT },
          "" },
        { "locks",
          KITTY("1"),
          { .code = VT_KEY_UP, .locks = VT_CAPS_LOCK | VT_NUM_LOCK },
          "\033[1;193A" },
        { "... and text",
          KITTY("1"),
          { .ch = 'a', .locks = VT_NUM_LOCK },
          "a" },
        { "... and Enter",
          KITTY("1"),
          { .code = VT_KEY_ENTER, .locks = VT_NUM_LOCK },
          "\r" },
        { "... are nothing to others",
          "",
          { .code = VT_KEY_UP, .locks = VT_NUM_LOCK },
          "\033[A" },
    };
    size_t i;

    for (i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        struct vt *vt = vt_new(&(struct vt_options){ .cols = 10, .rows = 4 });
        struct buf out = { 0 };

        vt_write(vt, numbers[i].modes, strlen(numbers[i].modes));
        vt_encode_key(vt, &numbers[i].key, &out);
        is_str(buf_str(&out), numbers[i].want, numbers[i].name);
        buf_free(&out);
        vt_free(vt);
    }
}

/* What the terminal outside tells of the key beside its character. */
static void test_unshifted(const char *modes, unsigned mods, const char *want,
                           const char *name)
{
    struct vt *vt = terminal(modes);
    struct vt_key key = {
        .code = VT_KEY_CHAR, .ch = '!', .mods = mods, .unshifted = '1'
    };
    struct buf out = { 0 };

    vt_encode_key(vt, &key, &out);
    same(&out, want, name);
    buf_free(&out);
    vt_free(vt);
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

/* All of its characters, as VT100 and VT52. */
static void test_keypad(const char *modes, unsigned mods, const char *want,
                        const char *name)
{
    static const char labels[] = "*+,-./0123456789= ";
    struct vt *vt = terminal(modes);
    struct vt_key key = { .code = VT_KEY_CHAR, .keypad = true, .mods = mods };
    struct buf out = { 0 };
    size_t i;

    for (i = 0; labels[i] != '\0'; i++) {
        key.ch = (uint8_t)labels[i];
        vt_encode_key(vt, &key, &out);
    }
    same(&out, want, name);
    buf_free(&out);
    vt_free(vt);
}

static void test_control_byte(void)
{
    static const struct {
        const char *name;
        struct vt_key key;
        int want;
    } cases[] = {
        { "Ctrl-@", { .ch = '@', .mods = VT_CTRL }, 0 },
        { "Ctrl-Space", { .ch = ' ', .mods = VT_CTRL }, 0 },
        { "Ctrl-b", { .ch = 'b', .mods = VT_CTRL }, 2 },
        { "Ctrl-B, as some terminals say it",
          { .ch = 'B', .mods = VT_CTRL },
          2 },
        { "Ctrl-]", { .ch = ']', .mods = VT_CTRL }, 0x1d },
        { "Ctrl-_", { .ch = '_', .mods = VT_CTRL }, 0x1f },
        { "Ctrl-`", { .ch = '`', .mods = VT_CTRL }, -1 },
        { "Ctrl-}", { .ch = '}', .mods = VT_CTRL }, -1 },
        { "Ctrl-5", { .ch = '5', .mods = VT_CTRL }, -1 },
        { "Ctrl-y acute", { .ch = 0xfd, .mods = VT_CTRL }, -1 },
        { "]", { .ch = ']' }, -1 },
        { "Ctrl-Alt-]", { .ch = ']', .mods = VT_CTRL | VT_ALT }, -1 },
        { "Ctrl-Up", { .code = VT_KEY_UP, .mods = VT_CTRL }, -1 },
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof *cases; i++)
        is_num(vt_control_byte(&cases[i].key), cases[i].want, cases[i].name);
}

int main(void)
{
    test_keys();
    test_control_byte();
    test_keypad("", 0, "*+,-./0123456789= ", "the keypad's characters");
    test_keypad(APP_KEYPAD, 0,
                "\033Oj\033Ok\033Ol\033Om\033On\033Oo\033Op\033Oq\033Or"
                "\033Os\033Ot\033Ou\033Ov\033Ow\033Ox\033Oy\033OX ",
                "... in application mode");
    test_keypad(APP_KEYPAD, VT_CTRL,
                "\033O5j\033O5k\033O5l\033O5m\033O5n\033O5o\033O5p"
                "\033O5q\033O5r\033O5s\033O5t\033O5u\033O5v\033O5w"
                "\033O5x\033O5y\033O5X^@",
                "... with Ctrl");
    test_keypad("\033=\033[?2l", 0,
                "\033?j\033?k\033?l\033?m\033?n\033?o\033?p\033?q\033?r"
                "\033?s\033?t\033?u\033?v\033?w\033?x\033?y\033?X ",
                "... of a VT52");
    test_protocols();
    test_numbers();
    test_unshifted("", 0, "!", "a shifted digit");
    test_unshifted(KITTY("13"), 0, "\033[49:33;2u",
                   "kitty 13: a shifted digit");
    test_unshifted(KITTY("1"), VT_CTRL | VT_SHIFT, "\033[49;6u",
                   "kitty 1: ... with Ctrl");
    return tap_done();
}
