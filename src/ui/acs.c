#include "ui/acs.h"

#include <curses.h>

#include <stddef.h>

bool acs_glyph(uint32_t ch, wchar_t *text, uint32_t *attrs)
{
    const struct {
        uint32_t ch;
        const cchar_t *acs;
    } table[] = {
        { 0x2500, WACS_HLINE },    { 0x2502, WACS_VLINE },
        { 0x250c, WACS_ULCORNER }, { 0x2510, WACS_URCORNER },
        { 0x2514, WACS_LLCORNER }, { 0x2518, WACS_LRCORNER },
        { 0x251c, WACS_LTEE },     { 0x2524, WACS_RTEE },
        { 0x252c, WACS_TTEE },     { 0x2534, WACS_BTEE },
        { 0x253c, WACS_PLUS },     { 0x2592, WACS_CKBOARD },
        { 0x25c6, WACS_DIAMOND },  { 0x00b0, WACS_DEGREE },
        { 0x00b1, WACS_PLMINUS },  { 0x23ba, WACS_S1 },
        { 0x23bb, WACS_S3 },       { 0x23bc, WACS_S7 },
        { 0x23bd, WACS_S9 },       { 0x03c0, WACS_PI },
        { 0x2264, WACS_LEQUAL },   { 0x2265, WACS_GEQUAL },
        { 0x2260, WACS_NEQUAL },   { 0x00a3, WACS_STERLING },
        { 0x00b7, WACS_BULLET },
    };
    wchar_t found[CCHARW_MAX + 1];
    attr_t with;
    short pair;
    size_t i;

    for (i = 0; i < sizeof table / sizeof table[0]; i++)
        if (table[i].ch == ch &&
            getcchar(table[i].acs, found, &with, &pair, NULL) == OK &&
            found[1] == L'\0') {
            *text = found[0];
            *attrs = with;
            return true;
        }
    return false;
}
