/*
 * keys-kitty.c - keys in kitty's protocol: a number for every key, with
 * modifiers, and where asked for with repeats and releases, the other
 * characters of the key, and its text.
 *
 * Source: the protocol's description, sw.kovidgoyal.net/kitty/keyboard-protocol
 */
#include "base/buf.h"
#include "base/utf8.h"
#include "vt/keys.h"

enum {
    DISAMBIGUATE = 1,
    EVENT_TYPES = 2,
    ALTERNATES = 4,
    ALL_AS_ESCAPES = 8,
    TEXT = 16
};

#define KEY_F13      57376u
#define KEY_KP_ENTER 57414u
#define LOCKS        ((unsigned)VT_CAPS_LOCK | (unsigned)VT_NUM_LOCK)
#define TEXT_MODS    (VT_SHIFT | LOCKS)

/* What of a key goes into the sequence. */
struct report {
    uint32_t code, shifted, base; /* 0: not told */
    unsigned mods, event;
    uint32_t text;
    char final; /* 'u', '~' or a letter */
};

static uint32_t lower(uint32_t ch)
{
    return ch >= 'A' && ch <= 'Z' ? ch + 32 : ch;
}

static void put(const struct report *r, struct buf *out)
{
    bool mods = r->mods != 0 || r->event != VT_KEY_PRESS || r->text != 0;

    buf_put_str(out, "\033[");
    if (r->final == 'u' || r->final == '~' || mods)
        buf_printf(out, "%u", (unsigned)r->code);
    if (r->shifted != 0)
        buf_printf(out, ":%u", (unsigned)r->shifted);
    if (r->base != 0)
        buf_printf(out, r->shifted != 0 ? ":%u" : "::%u", (unsigned)r->base);
    if (mods)
        buf_printf(out, ";%u", r->mods + 1);
    if (r->event != VT_KEY_PRESS)
        buf_printf(out, ":%u", r->event + 1);
    if (r->text != 0)
        buf_printf(out, ";%u", (unsigned)r->text);
    buf_put_byte(out, (uint8_t)r->final);
}

/* A key of key_rows, but for the few that kitty writes otherwise. */
static bool functional(const struct vt_key *key, struct report *r)
{
    const struct key_row *row;

    if (key->code > VT_KEY_F20) /* VT_KEY_FUNCTIONAL without a number */
        return false;
    row = &key_rows[key->code];
    r->final = row->form == FORM_TILDE ? '~' : (char)row->code;
    r->code = row->form == FORM_TILDE ? row->code : 1;
    if (key->code == VT_KEY_F1 + 2) { /* CSI R is a cursor report */
        r->code = 13;
        r->final = '~';
    } else if (key->code >= VT_KEY_F1 + 12 && key->code <= VT_KEY_F20) {
        r->code = KEY_F13 + (uint32_t)(key->code - VT_KEY_F1 - 12);
        r->final = 'u';
    }
    return row->form != FORM_NONE;
}

/* Keys with a byte of their own, which they send unless all are escapes. */
static uint32_t byte_key(enum vt_key_code code)
{
    switch (code) {
    case VT_KEY_ENTER: return 13;
    case VT_KEY_TAB: return 9;
    case VT_KEY_BACKSPACE: return 127;
    default: return 0;
    }
}

static void set_text(const struct vt_key *key, unsigned flags, struct report *r)
{
    bool typed = (r->mods & ~(unsigned)TEXT_MODS) == 0;
    bool letter = key->number == 0;

    if ((flags & ALTERNATES) && (r->mods & VT_SHIFT) && letter &&
        key->ch != r->code)
        r->shifted = key->ch;
    if ((flags & ALTERNATES) && key->base != 0 && key->base != r->code)
        r->base = key->base;
    if ((flags & TEXT) && typed && key->event != VT_KEY_RELEASE)
        r->text = key->ch;
}

/* Does a character still come as text? */
static bool is_text(const struct report *r, unsigned flags)
{
    if ((flags & ALL_AS_ESCAPES) || r->event == VT_KEY_RELEASE)
        return false;
    return !(flags & DISAMBIGUATE) || (r->mods & ~(unsigned)TEXT_MODS) == 0;
}

bool kitty_encode(const struct vt_key *key, unsigned flags, struct buf *out)
{
    bool escapes = (flags & ALL_AS_ESCAPES) != 0;
    struct report r = { .mods = (key->mods | key->locks) & 255,
                        .event = key->event,
                        .final = 'u' };

    if (!(flags & EVENT_TYPES)) {
        if (key->event == VT_KEY_RELEASE)
            return true;
        r.event = VT_KEY_PRESS;
    }
    if (key->code == VT_KEY_CHAR) {
        if (utf8_is_c1(key->ch)) /* it names no key */
            return false;
        r.code = key->unshifted != 0 ? key->unshifted : lower(key->ch);
        if (r.code != key->ch)
            r.mods |= VT_SHIFT;
        if (key->number != 0)
            r.code = key->number;
        if (is_text(&r, flags))
            return false;
        set_text(key, flags, &r);
    } else if (key->number != 0) {
        r.code = key->number;
    } else if ((r.code = byte_key(key->code)) != 0) {
        if (!escapes && (!(flags & DISAMBIGUATE) || (r.mods & ~LOCKS) == 0))
            return key->event == VT_KEY_RELEASE;
    } else if (key->code == VT_KEY_ESCAPE) {
        if (!escapes && !(flags & DISAMBIGUATE))
            return false;
        r.code = 27;
    } else if (key->code == VT_KEY_KP_ENTER) {
        r.code = KEY_KP_ENTER;
    } else if (!functional(key, &r)) {
        return false;
    }
    put(&r, out);
    return true;
}
