/* describe.h - events as text: "C-]", "S-F1", "-a" for a
 * release, "<3,4 b64 press>". */
#ifndef TESTS_UI_DESCRIBE_H
#define TESTS_UI_DESCRIBE_H

#include "base/buf.h"
#include "base/utf8.h"
#include "ui/ui.h"

static inline void describe_key(const struct vt_key *key, struct buf *out)
{
    static const char *const names[] = {
        [VT_KEY_UP] = "Up",
        [VT_KEY_DOWN] = "Down",
        [VT_KEY_RIGHT] = "Right",
        [VT_KEY_LEFT] = "Left",
        [VT_KEY_HOME] = "Home",
        [VT_KEY_END] = "End",
        [VT_KEY_INSERT] = "Ins",
        [VT_KEY_DELETE] = "Del",
        [VT_KEY_PAGE_UP] = "PgUp",
        [VT_KEY_PAGE_DOWN] = "PgDn",
        [VT_KEY_TAB] = "Tab",
        [VT_KEY_ENTER] = "Enter",
        [VT_KEY_BACKSPACE] = "BS",
        [VT_KEY_ESCAPE] = "Esc",
        [VT_KEY_KP_ENTER] = "KPEnter",
        [VT_KEY_KP_BEGIN] = "KP5",
    };
    uint8_t enc[4];

    if (key->event != VT_KEY_PRESS)
        buf_put_str(out, key->event == VT_KEY_REPEAT ? "+" : "-");
    if ((key->mods & VT_SUPER) != 0)
        buf_put_str(out, "Super-");
    if ((key->mods & VT_CTRL) != 0)
        buf_put_str(out, "C-");
    if ((key->mods & VT_ALT) != 0)
        buf_put_str(out, "M-");
    if ((key->mods & VT_SHIFT) != 0)
        buf_put_str(out, "S-");
    if (key->code == VT_KEY_CHAR && key->ch == ' ')
        buf_put_str(out, "Space");
    else if (key->code == VT_KEY_CHAR)
        buf_put(out, enc, utf8_encode(key->ch, enc));
    else if (key->code == VT_KEY_FUNCTIONAL)
        buf_printf(out, "#%u", (unsigned)key->number);
    else if (key->code >= VT_KEY_F1)
        buf_printf(out, "F%d", (int)(key->code - VT_KEY_F1) + 1);
    else
        buf_put_str(out, names[key->code]);
    if (key->base != 0)
        buf_printf(out, "(%c)", (int)key->base);
}

static inline void describe_mouse(const struct vt_mouse_event *m,
                                  struct buf *out)
{
    buf_printf(out, "<%u,%u b%u %s%s", m->row, m->col, m->button,
               m->press ? "press" : "release", m->motion ? " motion" : "");
    if (m->mods != 0)
        buf_printf(out, " mods%u", m->mods);
    buf_put_str(out, ">");
}

/* The first and last piece of a paste are marked by brackets. */
static inline void describe_event(const struct ui_event *ev, struct buf *out)
{
    switch (ev->kind) {
    case UI_NONE: break;
    case UI_KEY: describe_key(&ev->key, out); break;
    case UI_MOUSE: describe_mouse(&ev->mouse, out); break;
    case UI_FOCUS: buf_put_str(out, ev->focus_in ? "focus" : "blur"); break;
    case UI_COLOR:
        buf_printf(out, "%s#%06x", ev->which == VT_DEFAULT_FG ? "fg" : "bg",
                   (unsigned)ev->rgb);
        break;
    case UI_NAMED: buf_put_str(out, ev->xterm ? "xterm" : "named"); break;
    case UI_DEVICE: buf_put_str(out, "device"); break;
    case UI_SCHEME: buf_put_str(out, "scheme"); break;
    case UI_PLACE: buf_printf(out, "at %u,%u", ev->row, ev->col); break;
    case UI_DEPTH: buf_put_str(out, ev->styles ? "styles" : "depth"); break;
    case UI_ANSWER: buf_put_str(out, "answer"); break;
    case UI_EDIT: buf_put_str(out, "edit"); break;
    case UI_STOP: buf_put_str(out, "stop"); break;
    case UI_HANGUP: buf_put_str(out, "hangup"); break;
    case UI_PASTE:
        if (ev->paste_first)
            buf_put_str(out, "[");
        buf_put(out, ev->paste, ev->paste_len);
        if (ev->paste_last)
            buf_put_str(out, "]");
        break;
    }
}

#endif
