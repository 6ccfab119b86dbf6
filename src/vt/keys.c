/*
 * keys.c - what a key sends, as xterm-256color has it, with xterm's ways to
 * tell keys apart that send the same (modifyOtherKeys), and as a VT52.
 */
#include "vt/keys.h"

#include "base/utf8.h"
#include "vt/screen.h"

const struct key_row key_rows[] = {
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

/*
 * CSI, the number, the modifiers and the final byte.  resource says where the
 * modifiers stand: alone (0, and after the introducer of the plain key; or 1),
 * second (2), after '>' (3).
 */
static void put_modified(char introducer, unsigned number, char final,
                         unsigned mods, int resource, struct buf *out)
{
    if (resource < 2 && number == 1)
        buf_printf(out, "\033%c%u%c", resource == 0 ? introducer : '[',
                   mods + 1, final);
    else
        buf_printf(out, "\033[%s%u;%u%c", resource == 3 ? ">" : "", number,
                   mods + 1, final);
}

/* What XTMODKEYS says of a key; of Insert, Delete and PgUp it says nothing. */
static int modify_resource(const struct vt *vt, enum vt_key_code code)
{
    if (key_rows[code].form == FORM_CURSOR)
        return vt->keyboard.modify[KEYS_CURSOR];
    return code >= VT_KEY_F1 ? vt->keyboard.modify[KEYS_FUNCTION] : 2;
}

/* F1 to F20, and as xterm counts on behind them. */
static void put_function(unsigned number, struct buf *out)
{
    const struct key_row *row;

    if (number > 20) {
        buf_printf(out, "\033[%u~", number - 21 + 42);
        return;
    }
    row = &key_rows[VT_KEY_F1 + number - 1];
    if (row->form == FORM_PF)
        buf_printf(out, "\033O%c", (char)row->code);
    else
        buf_printf(out, "\033[%u~", row->code);
}

/* The bit that is Super to kitty is Meta to xterm, and so Alt. */
static unsigned form_mods(const struct vt_key *k)
{
    return (k->mods & 7) | (k->mods & VT_SUPER ? (unsigned)VT_ALT : 0);
}

static void put_form(const struct vt *vt, const struct vt_key *k,
                     struct buf *out)
{
    const struct key_row *row = &key_rows[k->code];
    int resource = modify_resource(vt, k->code);
    unsigned mods = resource < 0 ? 0 : form_mods(k);
    char introducer =
        row->form == FORM_CURSOR && !mode(vt, MODE_APP_CURSOR) ? '[' : 'O';

    if (row->form == FORM_NONE)
        return;
    if (resource < 0 && k->code >= VT_KEY_F1)
        put_function(k->code - VT_KEY_F1 + 1 + (k->mods & VT_SHIFT ? 10u : 0) +
                         (k->mods & VT_CTRL ? 20u : 0),
                     out);
    else if (mods != 0)
        put_modified(introducer, row->form == FORM_TILDE ? row->code : 1,
                     row->form == FORM_TILDE ? '~' : (char)row->code, mods,
                     resource, out);
    else if (row->form == FORM_TILDE)
        buf_printf(out, "\033[%u~", row->code);
    else
        buf_printf(out, "\033%c%c", introducer, (char)row->code);
}

/* What Ctrl makes of a character; itself if nothing. */
static uint32_t control_of(uint32_t ch)
{
    if (ch >= '@' && ch <= '~')
        return ch & 0x1f;
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

/* Ctrl goes with the letter that a US keyboard has where this one has none. */
static uint32_t under_ctrl(const struct vt_key *key)
{
    return key->ch < 0x80 || key->base == 0 ? key->ch : key->base;
}

int vt_control_byte(const struct vt_key *key)
{
    uint32_t ch = under_ctrl(key);
    bool stands = ch == ' ' || (ch >= '@' && ch <= 'z' && ch != '`');

    if (key->code != VT_KEY_CHAR || key->mods != VT_CTRL || !stands)
        return -1;
    return (int)control_of(ch);
}

/* ---- modifyOtherKeys ---- */

static uint8_t backspace(const struct vt *vt, const struct vt_key *k)
{
    return mode(vt, MODE_BACKSPACE) != ((k->mods & VT_CTRL) != 0) ? 0x08 : 0x7f;
}

/* The character that a key stands for there; 0 if it has another form. */
static uint32_t plain_code(const struct vt *vt, const struct vt_key *k)
{
    switch (k->code) {
    case VT_KEY_CHAR: return k->ch;
    case VT_KEY_TAB: return '\t';
    case VT_KEY_ENTER: return '\r';
    case VT_KEY_BACKSPACE: return backspace(vt, k);
    case VT_KEY_ESCAPE: return 0x1b;
    default: return 0;
    }
}

/* Level 1 leaves what has a meaning of its own: controls, but for Ctrl-?, Tab
 * with others than Ctrl, and Enter with Alt. */
static bool has_meaning(const struct vt_key *k, unsigned mods)
{
    switch (k->code) {
    case VT_KEY_CHAR:
        return !(mods & VT_CTRL) ||
               (control_of(k->ch) != k->ch && k->ch != '?');
    case VT_KEY_TAB: return mods != VT_CTRL;
    case VT_KEY_ENTER: return (mods & VT_ALT) && !(mods & VT_SHIFT);
    default: return true;
    }
}

/* Does this key go out as a number?  A character that is only shifted is text,
 * Shift-Tab has a sequence of its own, and Ctrl-Backspace is one of Backspace's
 * two codes; an ESC stays one: Esc and ":" typed ahead are no Alt-: for vim; and
 * so does a NUL: it has mappings for Ctrl-@. */
static bool is_other(const struct vt *vt, const struct vt_key *k)
{
    unsigned mods = k->mods & 7;
    int level = vt->keyboard.modify[KEYS_OTHER];

    if (level <= 0 || mods == 0 || plain_code(vt, k) == 0 || k->by_esc ||
        k->by_nul)
        return false;
    if (mods == VT_CTRL && k->code == VT_KEY_BACKSPACE)
        return false;
    if (mods == VT_SHIFT &&
        (k->code == VT_KEY_TAB || (k->code == VT_KEY_CHAR && k->ch != ' ')))
        return false;
    return level >= 2 || !has_meaning(k, mods);
}

static void put_other(const struct vt *vt, const struct vt_key *k,
                      struct buf *out)
{
    unsigned code = plain_code(vt, k), mods = (k->mods & 7) + 1;

    if (vt->keyboard.format[KEYS_OTHER] == 1)
        buf_printf(out, "\033[%u;%uu", code, mods);
    else
        buf_printf(out, "\033[27;%u;%u~", mods, code);
}

/* ---- all keys ---- */

/* DECKPAM: SS3 and a letter, in the order of ASCII from '*' on. */
static bool put_keypad(const struct vt *vt, const struct vt_key *k,
                       struct buf *out)
{
    unsigned mods = k->mods & 7;
    char final = k->ch == '=' ? 'X' : (char)(k->ch + 'j' - '*');

    if (k->code == VT_KEY_KP_ENTER)
        final = 'M';
    else if (!k->keypad || ((k->ch < '*' || k->ch > '9') && k->ch != '='))
        return false;
    if (!mode(vt, MODE_APP_KEYPAD))
        return false;
    buf_printf(out, "\033%c", mode(vt, MODE_ANSI) ? 'O' : '?');
    if (mods != 0)
        buf_printf(out, "%u", mods + 1);
    buf_put_byte(out, (uint8_t) final);
    return true;
}

static void put_char(const struct vt *vt, const struct vt_key *k,
                     struct buf *out)
{
    uint32_t ch = k->mods & VT_CTRL ? control_of(under_ctrl(k)) : k->ch;
    uint8_t bytes[4];

    if (vt->latin_1)
        buf_put_byte(out, ch < 0x100 ? (uint8_t)ch : '?');
    else
        buf_put(out, bytes, utf8_encode(ch, bytes));
}

/* Keys of a VT52 are ESC and a letter; the others send what they ever do. */
static bool put_vt52(const struct vt *vt, const struct vt_key *k,
                     struct buf *out)
{
    const struct key_row *row = &key_rows[k->code];

    if (mode(vt, MODE_ANSI) ||
        (row->form != FORM_CURSOR && row->form != FORM_PF))
        return false;
    buf_printf(out, "\033%c", (char)row->code);
    return true;
}

/* Keys that are one character, with ESC before it for Alt. */
static bool put_simple(const struct vt *vt, const struct vt_key *k,
                       struct buf *out)
{
    if (k->code == VT_KEY_TAB && (k->mods & VT_SHIFT)) {
        buf_put_str(out, "\033[Z");
        return true;
    }
    if (k->code > VT_KEY_CHAR && k->code < VT_KEY_TAB)
        return false;
    if (k->code > VT_KEY_KP_ENTER)
        return false;
    if (k->mods & VT_ALT)
        buf_put_byte(out, 0x1b);
    switch (k->code) {
    case VT_KEY_TAB: buf_put_byte(out, '\t'); break;
    case VT_KEY_BACKSPACE: buf_put_byte(out, backspace(vt, k)); break;
    case VT_KEY_ESCAPE: buf_put_byte(out, 0x1b); break;
    case VT_KEY_CHAR: put_char(vt, k, out); break;
    default: buf_put_str(out, mode(vt, MODE_NEWLINE) ? "\r\n" : "\r"); break;
    }
    return true;
}

static void put_key(const struct vt *vt, const struct vt_key *key,
                    struct buf *out)
{
    unsigned flags = keyboard_kitty(vt);

    if (flags != 0 && kitty_encode(key, flags, out))
        return;
    if (key->code > VT_KEY_F20 || key->event == VT_KEY_RELEASE ||
        put_vt52(vt, key, out) || put_keypad(vt, key, out))
        return;
    if (is_other(vt, key))
        put_other(vt, key, out);
    else if (key->code == VT_KEY_DELETE && mode(vt, MODE_DELETE_IS_DEL))
        buf_put_byte(out, 0x7f);
    else if (!put_simple(vt, key, out))
        put_form(vt, key, out);
}

void vt_encode_key(const struct vt *vt, const struct vt_key *key,
                   struct buf *out)
{
    size_t from = out->len;

    put_key(vt, key, out);
    reply_eight_bit(vt, out, from);
}
