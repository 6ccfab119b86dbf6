#include "ui/sequence.h"

#include <string.h>
#include "ui/sequence-kitty.h"
#include "vt/color.h"

#define ESC           0x1b
#define BEL           0x07
#define PARAM_LIMIT   0x110000u /* saturates: above any code point */
#define SEQUENCE_MAX  64u
#define X10_MOUSE_LEN 6u

/* clang-format off */

/* By their final letter: after CSI or, without parameters, after SS3. */
static const struct {
    char final;
    enum vt_key_code code;
    unsigned mods;
} letters[] = {
    { 'A', VT_KEY_UP,        0 },
    { 'B', VT_KEY_DOWN,      0 },
    { 'C', VT_KEY_RIGHT,     0 },
    { 'D', VT_KEY_LEFT,      0 },
    { 'E', VT_KEY_KP_BEGIN,  0 },
    { 'F', VT_KEY_END,       0 },
    { 'G', VT_KEY_KP_BEGIN,  0 },        /* Linux */
    { 'H', VT_KEY_HOME,      0 },
    { 'P', VT_KEY_F1,        0 },
    { 'Q', VT_KEY_F1 + 1,    0 },
    { 'R', VT_KEY_F1 + 2,    0 },
    { 'S', VT_KEY_F1 + 3,    0 },
    { 'Z', VT_KEY_TAB,       VT_SHIFT },
    { 'a', VT_KEY_UP,        VT_SHIFT }, /* rxvt */
    { 'b', VT_KEY_DOWN,      VT_SHIFT },
    { 'c', VT_KEY_RIGHT,     VT_SHIFT },
    { 'd', VT_KEY_LEFT,      VT_SHIFT },
};

/* CSI number ~ (xterm), ^ $ @ (rxvt). */
static const struct {
    unsigned number;
    enum vt_key_code code;
} numbers[] = {
    {  1, VT_KEY_HOME },    {  2, VT_KEY_INSERT },  {  3, VT_KEY_DELETE },
    {  4, VT_KEY_END },     {  5, VT_KEY_PAGE_UP }, {  6, VT_KEY_PAGE_DOWN },
    {  7, VT_KEY_HOME },    {  8, VT_KEY_END },
    { 11, VT_KEY_F1 },      { 12, VT_KEY_F1 + 1 },  { 13, VT_KEY_F1 + 2 },
    { 14, VT_KEY_F1 + 3 },  { 15, VT_KEY_F1 + 4 },  { 17, VT_KEY_F1 + 5 },
    { 18, VT_KEY_F1 + 6 },  { 19, VT_KEY_F1 + 7 },  { 20, VT_KEY_F1 + 8 },
    { 21, VT_KEY_F1 + 9 },  { 23, VT_KEY_F1 + 10 }, { 24, VT_KEY_F1 + 11 },
    { 25, VT_KEY_F1 + 12 }, { 26, VT_KEY_F1 + 13 }, { 28, VT_KEY_F1 + 14 },
    { 29, VT_KEY_F1 + 15 }, { 31, VT_KEY_F1 + 16 }, { 32, VT_KEY_F1 + 17 },
    { 33, VT_KEY_F1 + 18 }, { 34, VT_KEY_F1 + 19 },
};

/* SS3: the keypad in application mode is what its keys are labelled. */
static const struct {
    char final, ch;
} keypad[] = {
    { ' ', ' ' }, { 'X', '=' }, { 'j', '*' }, { 'k', '+' }, { 'l', ',' },
    { 'm', '-' }, { 'n', '.' }, { 'o', '/' }, { 'p', '0' }, { 'q', '1' },
    { 'r', '2' }, { 's', '3' }, { 't', '4' }, { 'u', '5' }, { 'v', '6' },
    { 'w', '7' }, { 'x', '8' }, { 'y', '9' },
};

/* Keys that modifyOtherKeys names by their character. */
static const struct {
    unsigned ch;
    enum vt_key_code code;
} named[] = {
    { 0x08, VT_KEY_BACKSPACE }, { 0x09, VT_KEY_TAB }, { 0x0d, VT_KEY_ENTER },
    { 0x1b, VT_KEY_ESCAPE },    { 0x7f, VT_KEY_BACKSPACE },
};

/* clang-format on */

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* Forms that only xterm has: in place of Super they have Meta. */
static unsigned xterm_mods(unsigned number)
{
    unsigned mods = kitty_mods(number);

    if (mods & VT_SUPER)
        mods |= VT_ALT;
    return mods & (VT_SHIFT | VT_ALT | VT_CTRL);
}

static void set_key(struct ui_event *ev, enum vt_key_code code, unsigned mods)
{
    ev->kind = UI_KEY;
    ev->key.code = code;
    ev->key.mods = mods;
}

static void set_char(struct ui_event *ev, uint32_t ch, unsigned mods)
{
    size_t i;

    for (i = 0; i < COUNT(named); i++)
        if (named[i].ch == ch) {
            set_key(ev, named[i].code, mods);
            return;
        }
    if (ch < 0x20 || ch > 0x10ffff || (ch >= 0xd800 && ch <= 0xdfff))
        return;
    /* Shift alone is already in the character, but for the space bar. */
    if (mods == VT_SHIFT && ch != ' ')
        mods = 0;
    set_key(ev, VT_KEY_CHAR, mods);
    ev->key.ch = ch;
}

static void set_letter(struct ui_event *ev, char final, unsigned mods)
{
    size_t i;

    for (i = 0; i < COUNT(letters); i++)
        if (letters[i].final == final) {
            set_key(ev, letters[i].code, letters[i].mods | mods);
            return;
        }
}

static void set_number(struct ui_event *ev, unsigned number, unsigned mods)
{
    size_t i;

    for (i = 0; i < COUNT(numbers); i++)
        if (numbers[i].number == number) {
            set_key(ev, numbers[i].code, mods);
            return;
        }
}

/* The button code of X10 and SGR reports; x and y count from 1. */
static void set_mouse(struct ui_event *ev, unsigned code, unsigned x,
                      unsigned y, bool press)
{
    if (x == 0 || y == 0)
        return;
    ev->kind = UI_MOUSE;
    ev->mouse.col = x - 1;
    ev->mouse.row = y - 1;
    ev->mouse.button = (code & 3) | (code & 0xc0);
    ev->mouse.motion = (code & 32) != 0;
    ev->mouse.press = press;
    ev->mouse.mods = ((code & 4) != 0 ? (unsigned)VT_SHIFT : 0) |
                     ((code & 8) != 0 ? (unsigned)VT_ALT : 0) |
                     ((code & 16) != 0 ? (unsigned)VT_CTRL : 0);
}

/* X10 has one code for "some button released". */
static void x10_mouse(const uint8_t *p, struct ui_event *ev)
{
    unsigned code = p[3] - 32u;
    bool release = (code & 0xc3) == 3 && (code & 32) == 0;

    if (p[3] < 32 || p[4] < 32 || p[5] < 32)
        return;
    set_mouse(ev, code, p[4] - 32u, p[5] - 32u, !release);
}

static void csi_tilde(const struct csi *c, struct ui_event *ev)
{
    if (c->params[0] == 200) {
        ev->kind = UI_PASTE;
        ev->paste_first = true;
    } else if (c->params[0] == 27 && c->len == 3) {
        set_char(ev, c->params[2], xterm_mods(c->params[1]));
    } else {
        set_number(ev, c->params[0], kitty_mods(c->params[1]));
    }
}

/* ESC [ 1 ; 5 A, or with the modifier alone; a cursor report (ESC [ 12 ; 34 R)
 * is no F3. */
static void csi_letter(const struct csi *c, struct ui_event *ev)
{
    if (c->len < 2) {
        set_letter(ev, c->final, kitty_mods(c->params[0]));
    } else if (c->params[0] <= 1) {
        set_letter(ev, c->final, kitty_mods(c->params[1]));
    } else if (c->final == 'R' && c->params[1] != 0) {
        ev->kind = UI_PLACE;
        ev->row = c->params[0] - 1;
        ev->col = c->params[1] - 1;
    }
}

static void csi_key(const struct csi *c, struct ui_event *ev)
{
    switch (c->final) {
    case '~': csi_tilde(c, ev); break;
    case '^': set_number(ev, c->params[0], VT_CTRL); break;
    case '@': set_number(ev, c->params[0], VT_CTRL | VT_SHIFT); break;
    case 'u':
        if (kitty_key(c, &ev->key))
            ev->kind = UI_KEY;
        break;
    case 'I':
    case 'O':
        ev->kind = UI_FOCUS;
        ev->focus_in = c->final == 'I';
        break;
    default: csi_letter(c, ev); break;
    }
    if (ev->kind == UI_KEY) {
        ev->key.event = kitty_event(c);
        ev->key.locks = kitty_locks(c);
    }
}

static void csi_event(const struct csi *c, struct ui_event *ev)
{
    if (c->prefix == '<' && (c->final == 'M' || c->final == 'm')) {
        if (c->len >= 3)
            set_mouse(ev, c->params[0], c->params[1], c->params[2],
                      c->final == 'M');
    } else if (c->prefix == 0 && c->inter == 0) {
        csi_key(c, ev);
    } else if (c->prefix == 0 && c->inter == '$' && c->final == 0) {
        set_number(ev, c->params[0], VT_SHIFT);
    } else if (c->prefix == '?' && c->final == 'n' && c->params[0] == 997) {
        ev->kind = UI_SCHEME; /* mode 2031 */
    } else if (c->prefix == '?' && c->final == 'c') {
        ev->kind = UI_DEVICE; /* DA1 */
    }
}

/* The next sub-parameter of the present parameter; NULL if there is no room. */
static unsigned *next_sub(struct csi *c, unsigned *n)
{
    return *n < CSI_SUBS ? &c->subs[c->len - 1][(*n)++] : NULL;
}

/* Parameters from p[*at]. */
static void csi_params(struct csi *c, const uint8_t *p, size_t n, size_t *at)
{
    unsigned *value = &c->params[0], subs = 0;
    bool room = true;

    for (; *at < n && p[*at] >= 0x30 && p[*at] <= 0x3f; (*at)++) {
        if (c->len == 0)
            c->len = 1;
        if (p[*at] == ';') {
            room = c->len < CSI_PARAMS;
            value = room ? &c->params[c->len++] : NULL;
            subs = 0;
        } else if (p[*at] == ':') {
            value = room ? next_sub(c, &subs) : NULL;
        } else if (p[*at] > '9') {
            c->prefix = (char)p[*at];
        } else if (value != NULL && *value < PARAM_LIMIT) {
            *value = *value * 10 + p[*at] - '0';
        }
    }
}

/* rxvt ends the sequence of a shifted key by a byte that ends none. */
static bool rxvt_shift(const struct csi *c)
{
    return c->prefix == 0 && c->inter == '$' && c->len == 1;
}

static size_t parse_csi(const uint8_t *p, size_t n, struct ui_event *ev)
{
    struct csi c = { 0 };
    size_t at = 2;

    csi_params(&c, p, n, &at);
    for (; at < n && p[at] >= 0x20 && p[at] <= 0x2f; at++) {
        c.inter = (char)p[at];
        if (rxvt_shift(&c)) {
            csi_event(&c, ev);
            return at + 1;
        }
    }
    if (at > SEQUENCE_MAX)
        return at;
    if (at == n)
        return 0;
    if (p[at] < 0x40 || p[at] > 0x7e) /* broken off: something else began */
        return at;
    c.final = (char)p[at];
    csi_event(&c, ev);
    return at + 1;
}

/* ESC [ [ A .. E: the Linux console's F1 .. F5. */
static size_t parse_linux(const uint8_t *p, size_t n, struct ui_event *ev)
{
    if (n < 4)
        return 0;
    if (p[3] >= 'A' && p[3] <= 'E')
        set_key(ev, (enum vt_key_code)(VT_KEY_F1 + (p[3] - 'A')), 0);
    return p[3] == ESC ? 3 : 4;
}

static size_t parse_ss3(const uint8_t *p, size_t n, struct ui_event *ev)
{
    struct csi c = { 0 };
    size_t at = 2, i;
    unsigned mods;

    csi_params(&c, p, n, &at);
    if (at > SEQUENCE_MAX)
        return at;
    if (at == n)
        return 0;
    if (p[at] < 0x20 || p[at] > 0x7e)
        return at;
    c.final = (char)p[at];
    mods = xterm_mods(c.len != 0 ? c.params[c.len - 1] : 0);
    for (i = 0; i < COUNT(keypad); i++)
        if (keypad[i].final == c.final) {
            set_char(ev, (uint8_t)keypad[i].ch, mods);
            ev->key.keypad = true;
        }
    if (c.final == 'M')
        set_key(ev, VT_KEY_KP_ENTER, mods);
    else if (c.final == 'I')
        set_key(ev, VT_KEY_TAB, mods);
    else if (c.final < 'Z' && ev->kind == UI_NONE)
        set_letter(ev, c.final, mods);
    if (ev->kind != UI_NONE || at != 2)
        return at + 1;
    set_char(ev, 'O', VT_ALT); /* no key's sequence: typed, or pasted */
    return 2;
}

/* OSC 10 or 11 and a colour, as terminals answer ui_ask_colors(). */
static void osc_event(const char *text, struct ui_event *ev)
{
    bool fg = strncmp(text, "10;", 3) == 0;

    if (!fg && strncmp(text, "11;", 3) != 0)
        return;
    if (!color_parse(text + 3, &ev->rgb))
        return;
    ev->kind = UI_COLOR;
    ev->which = fg ? VT_DEFAULT_FG : VT_DEFAULT_BG;
}

/* XTVERSION's answer; or DECRQSS's about SGR, as modes_ask_colors() asks:
 * "1$r0;4:3;48:2::1:2:3m", with or without the colour space between the colons,
 * or semicolons. */
static void dcs_event(const char *text, struct ui_event *ev)
{
    static const char *const colors[] = { "48:2::1:2:3m", "48:2:1:2:3m",
                                          "48;2;1;2;3m" };
    size_t i;

    if (strncmp(text, ">|", 2) == 0) {
        ev->kind = UI_NAMED;
        ev->xterm = strncmp(text + 2, "XTerm(", 6) == 0;
    }
    for (i = 0; i < COUNT(colors); i++)
        if (strstr(text, colors[i]) != NULL)
            ev->kind = UI_DEPTH;
    ev->styles = ev->kind == UI_DEPTH && strstr(text, "4:3") != NULL;
}

/* Up to BEL or ESC and a backslash; anything else breaks it off. */
static size_t parse_string(const uint8_t *p, size_t n, struct ui_event *ev)
{
    char text[SEQUENCE_MAX];
    size_t at;

    for (at = 2; at < n && at < SEQUENCE_MAX && p[at] >= 0x20; at++)
        text[at - 2] = (char)p[at];
    text[at - 2] = '\0';
    if (at == SEQUENCE_MAX)
        return at;
    if (at == n || (p[at] == ESC && at + 1 == n))
        return 0;
    if (p[at] != BEL && (p[at] != ESC || p[at + 1] != '\\'))
        return at;
    if (p[1] == 'P')
        dcs_event(text, ev);
    else
        osc_event(text, ev);
    return p[at] == BEL ? at + 1 : at + 2;
}

size_t sequence_parse(const uint8_t *p, size_t n, struct ui_event *ev)
{
    if (p[1] == ']' || p[1] == 'P')
        return parse_string(p, n, ev);
    if (p[1] == 'O')
        return parse_ss3(p, n, ev);
    if (n > 2 && p[2] == '[')
        return parse_linux(p, n, ev);
    if (n > 2 && p[2] == 'M') {
        if (n < X10_MOUSE_LEN)
            return 0;
        x10_mouse(p, ev);
        return X10_MOUSE_LEN;
    }
    return parse_csi(p, n, ev);
}

bool sequence_has_modifier(const char *seq)
{
    size_t n = strlen(seq);

    return n > 5 && seq[0] == ESC && seq[1] == '[' &&
           strchr(seq, ';') != NULL && strspn(seq + 2, "0123456789;") == n - 3;
}
