/* input.c - mouse, paste and focus as bytes for the server. */
#include "encode.h"

#include <stdio.h>

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
    { "buttons 8 and 9 have a release",
      "\033[?1000;1006h",
      { 4, 5, 128, false, false, 0 },
      "\033[<128;6;5m" },
    { "... without a number in X10's encoding",
      "\033[?1000h",
      { 0, 0, 129, false, false, VT_CTRL },
      "\033[M3!!" },
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
      "\033[M ^@!" },
    { "just near enough",
      "\033[?1000h",
      { 0, 222, 0, true, false, 0 },
      "\033[M \xff!" },
    { "SGR press, S8C1T",
      "\033 G\033[?1000;1006h",
      { 4, 249, 0, true, false, 0 },
      "\x9b<0;250;5M" },
    { "the wheel as keys, S8C1T",
      "\033 G\033[?1049h",
      { 0, 0, 64, true, false, 0 },
      "\x9b"
      "A\x9b"
      "A\x9b"
      "A" },
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

/* One step after another: bytes from the server, or an event. */
static const struct {
    const char *name, *bytes; /* NULL: the event */
    struct vt_mouse_event ev;
    const char *want; /* sent or answered */
} locator_steps[] = {
    { "cells, both events", "\033[1'z\033[1;3'{", { 0 }, "" },
    { "left down", NULL, { 1, 2, 0, true, false, 0 }, "\033[2;4;2;3&w" },
    { "right down too", NULL, { 1, 2, 2, true, false, 0 }, "\033[6;5;2;3&w" },
    { "a drag", NULL, { 3, 4, 0, true, true, 0 }, "" },
    { "asked for", "\033['|", { 0 }, "\033[1;5;4;5&w" },
    { "left up", NULL, { 3, 4, 0, false, false, 0 }, "\033[3;1;4;5&w" },
    { "some button up", NULL, { 3, 4, 3, false, false, 0 }, "\033[7;0;4;5&w" },
    { "no wheel", NULL, { 3, 4, 64, true, false, 0 }, "" },
    { "a rectangle", "\033[2;2;5;6'w", { 0 }, "" },
    { "inside", NULL, { 4, 5, 3, false, true, 0 }, "" },
    { "outside", NULL, { 5, 5, 3, false, true, 0 }, "\033[10;0;6;6&w" },
    { "only once", NULL, { 9, 9, 3, false, true, 0 }, "" },
    { "no place but this", "\033['w", { 0 }, "" },
    { "away from it", NULL, { 9, 10, 3, false, true, 0 }, "\033[10;0;10;11&w" },
    { "no downs", "\033[2'{", { 0 }, "" },
    { "middle down", NULL, { 0, 0, 1, true, false, 0 }, "" },
    { "middle up", NULL, { 0, 0, 1, false, false, 0 }, "\033[5;0;1;1&w" },
    { "no events", "\033[0'{", { 0 }, "" },
    { "none", NULL, { 0, 0, 1, false, false, 0 }, "" },
    { "pixels, once", "\033[2;1'z\033[1'{", { 0 }, "" },
    { "in pixels", NULL, { 1, 2, 0, true, false, 0 }, "\033[2;4;25;21&w" },
    { "off", NULL, { 1, 2, 0, true, false, 0 }, "" },
    { "once more", "\033[2'z\033[1'{", { 0 }, "" },
    { "no button is down since",
      NULL,
      { 1, 2, 2, true, false, 0 },
      "\033[6;1;2;3&w" },
    { "a place outside", "\033[1'z\033[3;3;4;4'w", { 0 }, "\033[10;0;2;3&w" },
    { "corners in any order", "\033[4;4;2;2'w", { 0 }, "" },
    { "inside them", NULL, { 2, 3, 3, false, true, 0 }, "" },
    { "a mouse mode instead", "\033[1'z\033[1'{\033[?1000;1006h", { 0 }, "" },
    { "its report", NULL, { 1, 2, 0, true, false, 0 }, "\033[<0;3;2M" },
    { "and back", "\033[1'z\033[?1000$p", { 0 }, "\033[?1000;2$y" },
    { "not after RIS", "\033c\033['|", { 0 }, "\033[0&w" },
};

static void test_locator(void)
{
    struct vt *vt = terminal("");
    struct buf out = { 0 };
    size_t i;

    ok(vt_mouse(vt) == VT_MOUSE_OFF, "no locator at first");
    for (i = 0; i < sizeof locator_steps / sizeof locator_steps[0]; i++) {
        char name[64];

        if (locator_steps[i].bytes != NULL)
            vt_write(vt, locator_steps[i].bytes,
                     strlen(locator_steps[i].bytes));
        else
            vt_encode_mouse(vt, &locator_steps[i].ev, &out);
        vt_take_reply(vt, &out);
        snprintf(name, sizeof name, "locator: %s", locator_steps[i].name);
        same(&out, locator_steps[i].want, name);
        buf_clear(&out);
        if (i == 0)
            ok(vt_mouse(vt) == VT_MOUSE_ANY, "it needs all motion");
    }
    buf_free(&out);
    vt_free(vt);
}

static void test_locator_resize(void)
{
    const struct vt_mouse_event ev = { 5, 5, 0, true, false, 0 };
    struct vt *vt = terminal("\033[1'z");
    struct buf out = { 0 };

    vt_encode_mouse(vt, &ev, &out);
    vt_resize(vt, 4, 4);
    vt_write(vt, "\033['|", 4);
    vt_take_reply(vt, &out);
    same(&out, "\033[0&w", "a locator may be anywhere after a resize");
    buf_free(&out);
    vt_free(vt);
}

static void test_mouse_on_double(void)
{
    const struct vt_mouse_event ev = { 1, 9, 0, true, false, 0 };
    struct vt *vt = terminal("\n\033#6\033[?1000;1006h");
    struct buf out = { 0 };

    vt_encode_mouse(vt, &ev, &out);
    same(&out, "\033[<0;5;2M", "a cell of a double line takes two columns");
    buf_clear(&out);
    vt_write(vt, "\033[?1016h", 8);
    vt_encode_mouse(vt, &ev, &out);
    same(&out, "\033[<0;77;25M", "pixels are those of the screen");
    buf_free(&out);
    vt_free(vt);
}

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
    { "after ESC % @", "\033%@",
      "a\xc2\xa3\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z", "a\xa3\xe9??z" },
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
    buf_clear(&out);
    vt_write(vt, "\033 G", 3);
    vt_encode_focus(vt, true, &out);
    same(&out, "\x9bI", "in 8-bit controls");
    buf_free(&out);
    vt_free(vt);
}

int main(void)
{
    test_mouse();
    test_mouse_on_double();
    test_locator();
    test_locator_resize();
    test_paste();
    test_focus();
    return tap_done();
}
