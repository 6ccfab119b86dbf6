/*
 * charset.c - the sets of 94 or 96 characters that a byte of ASCII may stand
 * for.  What comes as UTF-8 needs none of them.
 */
#include "vt/screen.h"

#include <string.h>
#include "vt/csi.h"
#include "vt/charset-tables.h"

enum kind {
    ASCII,
    LINES,    /* changes 5f to 7e */
    NATIONAL, /* changes national_places; only in national mode (DECNRCM) */
    LETTERS,  /* changes 60 to 7e; only in national mode */
    WHOLE     /* 20 to 7f are all its own */
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
    { "1",  false, ASCII, NULL },           /* the alternate ROM */
    { "2",  false, LINES, lines },
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
    { "<",  false, WHOLE, supplemental }, /* the user prefers it */
    { "%5", false, WHOLE, supplemental },
    { ">",  false, WHOLE, technical },
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
static const struct charset *in_use(const struct vt *vt, unsigned slot)
{
    const struct charset *set = &sets[vt->cur.charset[slot]];
    bool national = set->kind == NATIONAL || set->kind == LETTERS;

    if (national && set->chars != british && !mode(vt, MODE_NATIONAL))
        return &sets[0];
    return set;
}

uint32_t charset_map(const struct vt *vt, uint8_t byte)
{
    unsigned slot = vt->single_shift != 0 ? vt->single_shift : vt->cur.gl;
    const struct charset *set = in_use(vt, slot);
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
        return set->chars != NULL ? set->chars[byte - 0x20] : byte + 0x80u;
    default: return byte;
    }
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

bool charset_restore(struct vt *vt, unsigned slot, bool has_96,
                     const char *name, size_t n)
{
    size_t i;

    for (i = 0; i < SETS; i++)
        if (sets[i].has_96 == has_96 && strlen(sets[i].name) == n &&
            memcmp(sets[i].name, name, n) == 0) {
            vt->cur.charset[slot] = (uint8_t)i;
            charset_update(vt);
            return true;
        }
    return false;
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

/* DECRQUPSS: the supplemental set that the user prefers is DEC's. */
void op_decrqupss(struct vt *vt, const struct vt_params *p)
{
    (void)p;
    reply_dcs(vt, "0!u%%5");
}
