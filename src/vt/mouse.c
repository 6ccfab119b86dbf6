/* mouse.c - mouse and focus reports in the encodings of xterm and rxvt. */
#include "vt/screen.h"

#include "base/utf8.h"

#define BUTTON_NONE 3u
#define BUTTON_8    128u /* back; and forward: behind the wheels */
#define BUTTONS     (BUTTON_8 | 64u | 3u)
#define FLAG_MOTION 32u
#define X10_LAST    223u  /* 255 - 32: what one byte can say */
#define UTF8_LAST   2015u /* 2047 - 32: two bytes */

/* Does the mode ask for this event? */
static bool wanted(enum vt_mouse mouse, const struct vt_mouse_event *ev)
{
    bool wheel = ev->button >= VT_WHEEL_UP && ev->button < BUTTON_8;

    if (wheel && !ev->press)
        return false;
    switch (mouse) {
    case VT_MOUSE_OFF: return false;
    case VT_MOUSE_X10:
        return ev->press && !ev->motion && ev->button < VT_WHEEL_UP;
    case VT_MOUSE_BUTTON: return !ev->motion;
    case VT_MOUSE_DRAG: return !ev->motion || ev->button != BUTTON_NONE;
    case VT_MOUSE_ANY: return true;
    }
    return false;
}

static unsigned button_code(enum vt_mouse mouse,
                            const struct vt_mouse_event *ev)
{
    unsigned code = ev->button;

    if (mouse == VT_MOUSE_X10)
        return code;
    if (ev->motion)
        code += FLAG_MOTION;
    return code + (ev->mods & VT_SHIFT ? 4 : 0) + (ev->mods & VT_ALT ? 8 : 0) +
           (ev->mods & VT_CTRL ? 16 : 0);
}

/* The encodings without a letter for the release say it by the button. */
static unsigned released(unsigned code, const struct vt_mouse_event *ev)
{
    return ev->press || ev->motion ? code : (code & ~BUTTONS) | BUTTON_NONE;
}

/* A place further than a byte can say is 0, as in xterm. */
static void put_bytes(unsigned code, unsigned col, unsigned row, bool utf8,
                      struct buf *out)
{
    unsigned last = utf8 ? UTF8_LAST : X10_LAST;
    unsigned value[3] = { code + 32, col < last ? col + 33 : 0,
                          row < last ? row + 33 : 0 };
    unsigned i;
    uint8_t bytes[4];

    buf_put_str(out, "\033[M");
    for (i = 0; i < 3; i++)
        if (utf8)
            buf_put(out, bytes, utf8_encode(value[i], bytes));
        else
            buf_put_byte(out, (uint8_t)value[i]);
}

/* Also in pixels (1016): the middle of the cell, for we know no better. */
static void put_sgr(const struct vt *vt, unsigned code,
                    const struct vt_mouse_event *ev, struct buf *out)
{
    unsigned x = ev->col + 1, y = ev->row + 1;

    if (mode(vt, MODE_MOUSE_PIXELS)) {
        x = ev->col * vt->cell_width + vt->cell_width / 2 + 1;
        y = ev->row * vt->cell_height + vt->cell_height / 2 + 1;
    }
    buf_printf(out, "\033[<%u;%u;%u%c", code, x, y,
               ev->press || ev->motion ? 'M' : 'm');
}

/* Mode 1007: without mouse reports the wheel moves as the arrow keys do. */
static bool wheel_keys(const struct vt *vt, const struct vt_mouse_event *ev,
                       struct buf *out)
{
    struct vt_key key = { .code = VT_KEY_UP };
    int i;

    if (!on_alternate(vt) || !mode(vt, MODE_WHEEL_KEYS) || !ev->press ||
        (ev->button != VT_WHEEL_UP && ev->button != VT_WHEEL_DOWN))
        return false;
    if (ev->button == VT_WHEEL_DOWN)
        key.code = VT_KEY_DOWN;
    for (i = 0; i < VT_WHEEL_LINES; i++)
        vt_encode_key(vt, &key, out);
    return true;
}

static bool report(struct vt *vt, enum vt_mouse mouse,
                   const struct vt_mouse_event *ev, struct buf *out)
{
    unsigned code = button_code(mouse, ev);

    /* A motion inside the same cell is none. */
    if (ev->motion && ev->row == vt->mouse_row && ev->col == vt->mouse_col)
        return false;
    vt->mouse_row = ev->row;
    vt->mouse_col = ev->col;
    if (mode(vt, MODE_MOUSE_SGR) || mode(vt, MODE_MOUSE_PIXELS)) {
        put_sgr(vt, code, ev, out);
        return true;
    }
    code = released(code, ev);
    if (mode(vt, MODE_MOUSE_URXVT))
        buf_printf(out, "\033[%u;%u;%uM", code + 32, ev->col + 1, ev->row + 1);
    else
        put_bytes(code, ev->col, ev->row, mode(vt, MODE_MOUSE_UTF8), out);
    return true;
}

unsigned vt_mouse_col(const struct vt *vt, long line, unsigned col)
{
    return vt_line_size(vt, line) == VT_LINE_SINGLE ? col : col / 2;
}

static bool put_event(struct vt *vt, enum vt_mouse mouse,
                      const struct vt_mouse_event *ev, struct buf *out)
{
    struct vt_mouse_event at = *ev;

    if (!vt->locator.on && !wanted(mouse, ev))
        return false;
    if (vt->locator.on ? !vt->locator.pixels : !mode(vt, MODE_MOUSE_PIXELS))
        at.col = vt_mouse_col(vt, (long)ev->row, ev->col);
    if (vt->locator.on)
        return locator_event(vt, &at, out);
    return report(vt, mouse, &at, out);
}

bool vt_encode_mouse(struct vt *vt, const struct vt_mouse_event *ev,
                     struct buf *out)
{
    enum vt_mouse mouse = vt_mouse(vt);
    size_t from = out->len;

    if (mouse == VT_MOUSE_OFF)
        return wheel_keys(vt, ev, out);
    if (!put_event(vt, mouse, ev, out))
        return false;
    reply_eight_bit(vt, out, from);
    return true;
}

void vt_encode_focus(const struct vt *vt, bool in, struct buf *out)
{
    size_t from = out->len;

    if (!mode(vt, MODE_FOCUS))
        return;
    buf_put_str(out, in ? "\033[I" : "\033[O");
    reply_eight_bit(vt, out, from);
}
