/* keys.c - what a key sends, as xterm-256color has it. */
#include "vt/screen.h"

#include "base/utf8.h"

/* How a key is written: CSI n ~, or a letter after CSI or SS3. */
enum form { FORM_NONE, FORM_CURSOR, FORM_TILDE, FORM_PF };

static const struct key_row {
    enum form form;
    uint8_t code; /* the letter, or the number before '~' */
} rows[] = {
    [VT_KEY_UP] = { FORM_CURSOR, 'A' },
    [VT_KEY_DOWN] = { FORM_CURSOR, 'B' },
    [VT_KEY_RIGHT] = { FORM_CURSOR, 'C' },
    [VT_KEY_LEFT] = { FORM_CURSOR, 'D' },
    [VT_KEY_HOME] = { FORM_CURSOR, 'H' },
    [VT_KEY_END] = { FORM_CURSOR, 'F' },
    [VT_KEY_KP_BEGIN] = { FORM_CURSOR, 'E' },
    [VT_KEY_INSERT] = { FORM_TILDE, 2 },
    [VT_KEY_DELETE] = { FORM_TILDE, 3 },
    [VT_KEY_PAGE_UP] = { FORM_TILDE, 5 },
    [VT_KEY_PAGE_DOWN] = { FORM_TILDE, 6 },
    [VT_KEY_F1] = { FORM_PF, 'P' },
    [VT_KEY_F1 + 1] = { FORM_PF, 'Q' },
    [VT_KEY_F1 + 2] = { FORM_PF, 'R' },
    [VT_KEY_F1 + 3] = { FORM_PF, 'S' },
    [VT_KEY_F1 + 4] = { FORM_TILDE, 15 },
    [VT_KEY_F1 + 5] = { FORM_TILDE, 17 },
    [VT_KEY_F1 + 6] = { FORM_TILDE, 18 },
    [VT_KEY_F1 + 7] = { FORM_TILDE, 19 },
    [VT_KEY_F1 + 8] = { FORM_TILDE, 20 },
    [VT_KEY_F1 + 9] = { FORM_TILDE, 21 },
    [VT_KEY_F1 + 10] = { FORM_TILDE, 23 },
    [VT_KEY_F1 + 11] = { FORM_TILDE, 24 },
    [VT_KEY_F1 + 12] = { FORM_TILDE, 25 },
    [VT_KEY_F1 + 13] = { FORM_TILDE, 26 },
    [VT_KEY_F1 + 14] = { FORM_TILDE, 28 },
    [VT_KEY_F1 + 15] = { FORM_TILDE, 29 },
    [VT_KEY_F1 + 16] = { FORM_TILDE, 31 },
    [VT_KEY_F1 + 17] = { FORM_TILDE, 32 },
    [VT_KEY_F1 + 18] = { FORM_TILDE, 33 },
    [VT_KEY_F20] = { FORM_TILDE, 34 },
};

static void put_form(const struct vt *vt, const struct vt_key *k,
                     struct buf *out)
{
    unsigned code = rows[k->code].code, mods = k->mods & 7;

    switch (rows[k->code].form) {
    case FORM_NONE: break;
    case FORM_CURSOR:
        if (mods != 0)
            buf_printf(out, "\033[1;%u%c", mods + 1, (char)code);
        else
            buf_printf(out, "\033%c%c", mode(vt, MODE_APP_CURSOR) ? 'O' : '[',
                       (char)code);
        break;
    case FORM_TILDE:
        if (mods != 0)
            buf_printf(out, "\033[%u;%u~", code, mods + 1);
        else
            buf_printf(out, "\033[%u~", code);
        break;
    case FORM_PF:
        if (mods != 0)
            buf_printf(out, "\033[1;%u%c", mods + 1, (char)code);
        else
            buf_printf(out, "\033O%c", (char)code);
        break;
    }
}

/* What Ctrl makes of a character; itself if nothing. */
static uint32_t control_of(uint32_t ch)
{
    if (ch >= 'a' && ch <= 'z')
        return ch - 'a' + 1;
    if (ch >= '@' && ch <= '_')
        return ch - '@';
    if (ch >= '3' && ch <= '7')
        return ch - '3' + 0x1b;
    switch (ch) {
    case ' ':
    case '2': return 0;
    case '8':
    case '?': return 0x7f;
    case '/': return 0x1f;
    default: return ch;
    }
}

static void put_char(const struct vt_key *k, struct buf *out)
{
    uint32_t ch = k->mods & VT_CTRL ? control_of(k->ch) : k->ch;
    uint8_t bytes[4];

    buf_put(out, bytes, utf8_encode(ch, bytes));
}

void vt_encode_key(const struct vt *vt, const struct vt_key *key,
                   struct buf *out)
{
    bool alt = (key->mods & VT_ALT) != 0, ctrl = (key->mods & VT_CTRL) != 0;

    switch (key->code) {
    case VT_KEY_TAB:
        if (key->mods & VT_SHIFT) {
            buf_put_str(out, "\033[Z");
            return;
        }
        buf_put_str(out, alt ? "\033\t" : "\t");
        return;
    case VT_KEY_ENTER:
    case VT_KEY_KP_ENTER:
        if (alt)
            buf_put_byte(out, 0x1b);
        if (key->code == VT_KEY_KP_ENTER && mode(vt, MODE_APP_KEYPAD))
            buf_put_str(out, "\033OM");
        else
            buf_put_str(out, mode(vt, MODE_NEWLINE) ? "\r\n" : "\r");
        return;
    case VT_KEY_BACKSPACE:
        if (alt)
            buf_put_byte(out, 0x1b);
        buf_put_byte(out, mode(vt, MODE_BACKSPACE) != ctrl ? 0x08 : 0x7f);
        return;
    case VT_KEY_ESCAPE: buf_put_str(out, alt ? "\033\033" : "\033"); return;
    case VT_KEY_CHAR:
        if (alt)
            buf_put_byte(out, 0x1b);
        put_char(key, out);
        return;
    default:
        if ((size_t)key->code < sizeof rows / sizeof rows[0])
            put_form(vt, key, out);
        return;
    }
}
