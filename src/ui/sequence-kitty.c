#include "ui/sequence-kitty.h"

#include <stddef.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* Numbers of Unicode's private use; none of them is a character. */
#define FUNCTIONAL_FIRST 57344u
#define FUNCTIONAL_LAST  63743u
#define F13              57376u
#define F20              57383u
#define KEYPAD           57399u

#define MODS_MAX 256u
#define LOCKS    ((unsigned)VT_CAPS_LOCK | (unsigned)VT_NUM_LOCK)

/* clang-format off */

static const struct {
    unsigned number;
    enum vt_key_code code;
} named[] = {
    { 0x08, VT_KEY_BACKSPACE },  { 0x09, VT_KEY_TAB },
    { 0x0d, VT_KEY_ENTER },      { 0x1b, VT_KEY_ESCAPE },
    { 0x7f, VT_KEY_BACKSPACE },
    /* of the keypad: */
    { 57414, VT_KEY_KP_ENTER },  { 57417, VT_KEY_LEFT },
    { 57418, VT_KEY_RIGHT },     { 57419, VT_KEY_UP },
    { 57420, VT_KEY_DOWN },      { 57421, VT_KEY_PAGE_UP },
    { 57422, VT_KEY_PAGE_DOWN }, { 57423, VT_KEY_HOME },
    { 57424, VT_KEY_END },       { 57425, VT_KEY_INSERT },
    { 57426, VT_KEY_DELETE },    { 57427, VT_KEY_KP_BEGIN },
};

/* From KEYPAD on; a blank is Enter, which is named. */
static const char keypad[] = "0123456789./*-+ =,";

/* clang-format on */

/* One more than the set of those held, which are VT_SHIFT ... */
static unsigned held(unsigned number)
{
    return number != 0 && number <= MODS_MAX ? number - 1 : 0;
}

unsigned kitty_mods(unsigned number)
{
    return held(number) & ~LOCKS;
}

enum vt_key_event kitty_event(const struct csi *c)
{
    switch (c->subs[1][0]) {
    case 2: return VT_KEY_REPEAT;
    case 3: return VT_KEY_RELEASE;
    default: return VT_KEY_PRESS;
    }
}

unsigned kitty_locks(const struct csi *c)
{
    return held(c->params[1]) & LOCKS;
}

static bool is_functional(unsigned code)
{
    return code >= FUNCTIONAL_FIRST && code <= FUNCTIONAL_LAST;
}

static bool functional(unsigned code, struct vt_key *key)
{
    size_t i;

    key->number = is_functional(code) ? code : 0;
    for (i = 0; i < COUNT(named); i++)
        if (named[i].number == code) {
            key->code = named[i].code;
            return true;
        }
    if (code >= F13 && code <= F20) {
        key->code = (enum vt_key_code)(VT_KEY_F1 + 12 + (int)(code - F13));
        return true;
    }
    if (code < KEYPAD || code - KEYPAD >= strlen(keypad)) {
        key->code = VT_KEY_FUNCTIONAL;
        return key->number != 0;
    }
    key->code = VT_KEY_CHAR;
    key->ch = (uint8_t)keypad[code - KEYPAD];
    key->keypad = true;
    return true;
}

static bool is_character(unsigned ch)
{
    return ch >= 0x20 && (ch < 0x7f || ch > 0x9f) && ch <= 0x10ffff &&
           (ch < 0xd800 || ch > 0xdfff) && !is_functional(ch);
}

static unsigned with_shift(unsigned code, unsigned shifted)
{
    if (is_character(shifted))
        return shifted;
    return code >= 'a' && code <= 'z' ? code - 32 : code;
}

bool kitty_key(const struct csi *c, struct vt_key *key)
{
    unsigned code = c->params[0], text = c->len > 2 ? c->params[2] : 0;

    *key = (struct vt_key){ .mods = kitty_mods(c->params[1]),
                            .locks = kitty_locks(c),
                            .event = kitty_event(c) };
    if (functional(code, key))
        return true;
    if (!is_character(code))
        return false;
    key->code = VT_KEY_CHAR;
    key->unshifted = code;
    key->base = is_character(c->subs[0][1]) ? c->subs[0][1] : 0;
    if (is_character(text))
        key->ch = text;
    else if ((key->mods & VT_SHIFT) != 0)
        key->ch = with_shift(code, c->subs[0][0]);
    else
        key->ch = code;
    /* Shift alone is already in the character. */
    if (key->mods == VT_SHIFT && key->ch != code)
        key->mods = 0;
    return true;
}
