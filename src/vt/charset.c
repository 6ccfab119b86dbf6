/*
 * charset.c - the sets of 94 or 96 characters that a byte of ASCII may stand
 * for, or where a program has left UTF-8 (ESC % @) a byte from a0 on.  What
 * comes as UTF-8 needs none of them.
 */
#include "vt/screen.h"

#include <string.h>
#include "vt/csi.h"
#include "vt/charset-tables.h"

enum kind {
    ASCII,
    LINES,     /* changes 5f to 7e */
    NATIONAL,  /* changes national_places; only in national mode (DECNRCM) */
    LETTERS,   /* changes 60 to 7e; only in national mode */
    WHOLE,     /* 20 to 7f are all its own */
    TECHNICAL, /* as WHOLE, but no letters */
    PREFERRED  /* one of WHOLE, as DECAUPSS says */
};

/* The names are the final bytes, with a second intermediate before them if
 * there is one.  The first is the one at first. */
/* clang-format off */
static const struct charset {
    char name[3];
    bool has_96;
    uint8_t kind;
    const uint16_t *chars; /* in the order of the kind */
} sets[] = {
    { "B",  false, ASCII, NULL },
    { "0",  false, LINES, lines },
    { "1",  false, ASCII, NULL },           /* a VT100's other ROM */
    { "2",  false, LINES, lines },
    { "I",  false, ASCII, NULL },           /* JIS, which we have not */
    { "J",  false, ASCII, NULL },
    { "A",  false, NATIONAL, british },
    { "4",  false, NATIONAL, dutch },
    { "C",  false, NATIONAL, finnish },
    { "5",  false, NATIONAL, finnish },
    { "R",  false, NATIONAL, french },
    { "f",  false, NATIONAL, french },
    { "Q",  false, NATIONAL, canadian },
    { "9",  false, NATIONAL, canadian },
    { "K",  false, NATIONAL, german },
    { "Y",  false, NATIONAL, italian },
    { "`",  false, NATIONAL, danish },
    { "E",  false, NATIONAL, danish },
    { "6",  false, NATIONAL, danish },
    { "%6", false, NATIONAL, portuguese },
    { "Z",  false, NATIONAL, spanish },
    { "H",  false, NATIONAL, swedish },
    { "7",  false, NATIONAL, swedish },
    { "=",  false, NATIONAL, swiss },
    { "%2", false, NATIONAL, turkish },
    { "%3", false, NATIONAL, serbo_croatian },
    { "\">", false, LETTERS, national_greek },
    { "%=", false, LETTERS, national_hebrew },
    { "&5", false, LETTERS, national_russian },
    { "<",  false, PREFERRED, NULL },
    { "%5", false, WHOLE, supplemental },
    { ">",  false, TECHNICAL, technical },
    { "\"?", false, WHOLE, dec_greek },
    { "\"4", false, WHOLE, dec_hebrew },
    { "%0", false, WHOLE, dec_turkish },
    { "&4", false, WHOLE, dec_cyrillic },
    { "A",  true,  WHOLE, NULL },           /* ISO Latin-1: as Unicode */
    { "B",  true,  WHOLE, latin_2 },
    { "F",  true,  WHOLE, greek },
    { "H",  true,  WHOLE, hebrew },
    { "L",  true,  WHOLE, cyrillic },
    { "M",  true,  WHOLE, latin_5 },
};
/* clang-format on */

#define SETS (sizeof sets / sizeof sets[0])

/* The United Kingdom's is older than the national mode: a VT100 has it. */
static bool needs_national_mode(const struct charset *set)
{
    return (set->kind == NATIONAL && set->chars != british) ||
           set->kind == LETTERS;
}

static const struct charset *in_use(const struct vt *vt, unsigned slot)
{
    const struct charset *set = &sets[vt->cur.charset[slot]];

    if (needs_national_mode(set) && !mode(vt, MODE_NATIONAL))
        return &sets[0];
    return set->kind == PREFERRED ? &sets[vt->preferred] : set;
}

static uint32_t map(const struct charset *set, uint8_t byte)
{
    size_t i;

    switch (set->kind) {
    case LINES: return byte >= 0x5f ? set->chars[byte - 0x5f] : byte;
    case NATIONAL:
        for (i = 0; i < sizeof national_places; i++)
            if (national_places[i] == byte)
                return set->chars[i];
        return byte;
    case LETTERS: return byte >= 0x60 ? set->chars[byte - 0x60] : byte;
    case WHOLE:
    case TECHNICAL:
        return set->chars != NULL ? set->chars[byte - 0x20] : byte + 0x80u;
    default: return byte;
    }
}

uint32_t charset_map(const struct vt *vt, uint8_t byte)
{
    return map(
        in_use(vt, vt->single_shift != 0 ? vt->single_shift : vt->cur.gl),
        byte);
}

/* ASCII is the lower half of ISO 8859-1, and in GR stands for its upper one.
 * A set of 94 has no ff. */
uint32_t charset_map_right(const struct vt *vt, uint8_t byte)
{
    const struct charset *set = in_use(vt, vt->cur.gr);
    bool whole = set->kind == WHOLE || set->kind == TECHNICAL;

    if (set->kind == ASCII || (byte == 0xff && !whole))
        return byte;
    return map(set, byte & 0x7f);
}

void charset_update(struct vt *vt)
{
    vt->mapped = in_use(vt, vt->cur.gl)->kind != ASCII;
}

void charset_lock(struct vt *vt, unsigned slot)
{
    vt->cur.gl = (uint8_t)slot;
    charset_update(vt);
}

/* A set's place in the table; SETS if there is none. */
static size_t find_set(bool has_96, const char *name, size_t n)
{
    size_t i;

    for (i = 0; i < SETS; i++)
        if (sets[i].has_96 == has_96 && strlen(sets[i].name) == n &&
            memcmp(sets[i].name, name, n) == 0)
            break;
    return i;
}

/* Can it be designated?  The drawing characters of a VT100's other ROM are in
 * no later terminal. */
static bool is_there(const struct vt *vt, const struct charset *set)
{
    if (set->kind == LINES && set->name[0] == '2')
        return vt->level == 1;
    return set->kind != ASCII &&
           (!needs_national_mode(set) || mode(vt, MODE_NATIONAL));
}

/* ASCII stands for what can not be designated. */
bool charset_restore(struct vt *vt, unsigned slot, bool has_96,
                     const char *name, size_t n)
{
    size_t i = find_set(has_96, name, n);

    if (i == SETS)
        return false;
    vt->cur.charset[slot] = is_there(vt, &sets[i]) ? (uint8_t)i : 0;
    charset_update(vt);
    return true;
}

void charset_designate(struct vt *vt, unsigned slot, bool has_96, char inter,
                       char final)
{
    char name[2] = { inter, final };

    if (inter != 0)
        charset_restore(vt, slot, has_96, name, 2);
    else
        charset_restore(vt, slot, has_96, &final, 1);
}

const char *charset_name(const struct vt *vt, unsigned slot, bool *has_96)
{
    const struct charset *set = &sets[vt->cur.charset[slot]];

    *has_96 = set->has_96;
    return set->name;
}

/* ---- the supplemental set that the user prefers ---- */

void charset_prefer_first(struct vt *vt)
{
    vt->preferred = (uint8_t)find_set(false, "%5", 2);
}

/* DECAUPSS: kind is 0 for a set of 94 characters, 1 for one of 96. */
void dcs_decaupss(struct vt *vt, unsigned kind, const char *text, size_t n)
{
    size_t i = find_set(kind == 1, text, n);

    if (kind > 1 || i == SETS || sets[i].kind != WHOLE)
        return;
    vt->preferred = (uint8_t)i;
    charset_update(vt);
}

void op_decrqupss(struct vt *vt, const struct vt_params *p)
{
    const struct charset *set = &sets[vt->preferred];

    (void)p;
    reply_dcs(vt, "%d!u%s", set->has_96, set->name);
}
