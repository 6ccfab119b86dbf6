#include "ui/modes.h"

#include "base/base64.h"
#include "base/buf.h"
#include "ui/outer.h"

static const char mouse_off[] = "\033[?1003l\033[?1002l\033[?1000l\033[?1006l";
static const char cursor_default[] = "\033[0 q";

void modes_enter(const struct outer *o, struct buf *out)
{
    if (o->title)
        buf_put_str(out, "\033[22;2t"); /* push the title */
    if (o->xterm_like)
        buf_put_str(out, "\033[?2004h\033[?1004h\033[?2031h");
}

void modes_leave(const struct outer *o, struct vt_key_wishes keys,
                 struct buf *out)
{
    modes_keys(o, keys, (struct vt_key_wishes){ 0 }, out);
    if (o->shapes)
        buf_put_str(out, cursor_default);
    modes_keypad(o, false, out);
    if (o->mouse)
        buf_put_str(out, mouse_off);
    if (o->xterm_like)
        buf_put_str(out, "\033[?2031l\033[?1004l\033[?2004l");
    if (o->title)
        buf_put_str(out, "\033[23;2t");
}

void modes_rescue(const struct outer *o, struct vt_key_wishes keys,
                  struct buf *out)
{
    if (o->xterm_like)
        buf_put_str(out, "\030"); /* CAN: end a sequence cut in the middle */
    modes_leave(o, keys, out);
    modes_cursor_color(o, &(struct vt_cursor){ .colored = false }, out);
    buf_put_str(out, o->charset);
    buf_put_str(out, o->attrs);
    buf_put_str(out, o->colors);
    buf_put_str(out, o->cursor);
    buf_put_str(out, o->keypad);
    /* The margins curses may have set, and the last row to go on from. */
    if (o->ansi)
        buf_put_str(out, "\033[r\033[999;1H\r\n");
    buf_put_str(out, o->leave);
}

void modes_ask_colors(const struct outer *o, struct buf *out)
{
    if (o->deeper != NULL)
        buf_put_str(out, "\033[4:3m\033[48;2;1;2;3m\033P$qm\033\\\033[m");
    if (o->xterm_like)
        buf_put_str(out, "\033]10;?\033\\\033]11;?\033\\\033[c");
}

/* A report from the first row may be a key (F3). */
void modes_ask_double(const struct outer *o, unsigned rows, struct buf *out)
{
    if (o->xterm_like && rows > 1)
        buf_printf(out,
                   "\033[>q\0337\033[%u;1H\033#6\033[999C\033[6n\033#5\0338",
                   rows);
}

void modes_mouse(const struct outer *o, bool wanted, enum vt_mouse mode,
                 struct buf *out)
{
    static const char *const on[] = {
        [VT_MOUSE_OFF] = "\033[?1002h",    [VT_MOUSE_X10] = "\033[?1002h",
        [VT_MOUSE_BUTTON] = "\033[?1002h", [VT_MOUSE_DRAG] = "\033[?1002h",
        [VT_MOUSE_ANY] = "\033[?1003h",
    };

    if (!o->mouse)
        return;
    buf_put_str(out, mouse_off);
    if (!wanted)
        return;
    buf_put_str(out, on[mode]);
    buf_put_str(out, "\033[?1006h");
}

void modes_keypad(const struct outer *o, bool application, struct buf *out)
{
    if (o->keypad_app)
        buf_put_str(out, application ? "\033=" : "\033>");
}

/*
 * For kitty's flags: with the key's other characters, by which Shift and other
 * keyboards' Ctrl are known, and where text comes as a sequence, with the text.
 * One protocol does for the other in a terminal that has but one.
 */
void modes_keys(const struct outer *o, struct vt_key_wishes was,
                struct vt_key_wishes now, struct buf *out)
{
    enum { DISAMBIGUATE = 1, ALTERNATES = 4, ALL_AS_ESCAPES = 8, TEXT = 16 };
    unsigned flags = now.kitty | DISAMBIGUATE | ALTERNATES;

    if (!o->xterm_like)
        return;
    if (was.other != 0 || was.kitty != 0)
        buf_put_str(out, "\033[<u\033[>4m");
    if (now.other == 0 && now.kitty == 0)
        return;
    if ((flags & ALL_AS_ESCAPES) != 0)
        flags |= TEXT;
    buf_printf(out, "\033[>4;%um\033[>%uu", now.kitty != 0 ? 2 : now.other,
               flags);
}

bool modes_apart(struct vt_key_wishes keys)
{
    return keys.kitty != 0 || keys.other >= 2;
}

bool modes_ask_name(const struct outer *o, struct buf *out)
{
    if (o->xterm_like)
        buf_put_str(out, "\033[>q");
    return o->xterm_like;
}

bool modes_clipboard(const struct outer *o, const void *text, size_t len,
                     struct buf *out)
{
    if (!o->xterm_like)
        return false;
    buf_put_str(out, "\033]52;c;");
    base64_encode(out, text, len, true);
    buf_put_str(out, "\033\\");
    return true;
}

void modes_title(const struct outer *o, const char *title, struct buf *out)
{
    if (!o->title)
        return;
    buf_put_str(out, "\033]2;");
    buf_put_str(out, title);
    buf_put_str(out, "\033\\");
    if (*title == '\0') /* to its own, which is kept for the end */
        buf_put_str(out, "\033[23;2t\033[22;2t");
}

void modes_cursor(const struct outer *o, const struct vt_cursor *cursor,
                  struct buf *out)
{
    static const unsigned steady[] = {
        [VT_BLOCK] = 2, [VT_UNDERSCORE] = 4, [VT_BAR] = 6
    };

    if (!o->shapes)
        return;
    if (cursor->usual)
        buf_put_str(out, cursor_default);
    else
        buf_printf(out, "\033[%u q",
                   steady[cursor->shape] - (cursor->blinks ? 1 : 0));
}

void modes_cursor_color(const struct outer *o, const struct vt_cursor *cursor,
                        struct buf *out)
{
    if (!o->cursor_colors)
        return;
    if (cursor->colored)
        buf_printf(out, "\033]12;#%06x\033\\", (unsigned)cursor->color);
    else
        buf_put_str(out, "\033]112\033\\");
}
