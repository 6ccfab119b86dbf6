/* charset.c - the 94-character sets a byte of ASCII may stand for. */
#include "vt/screen.h"

/* DEC Special Graphics, 5f to 7e (VT100 user guide, table 3-9). */
static const uint16_t lines[] = {
    0x00a0, 0x25c6, 0x2592, 0x2409, 0x240c, 0x240d, 0x240a, 0x00b0,
    0x00b1, 0x2424, 0x240b, 0x2518, 0x2510, 0x250c, 0x2514, 0x253c,
    0x23ba, 0x23bb, 0x2500, 0x23bc, 0x23bd, 0x251c, 0x2524, 0x2534,
    0x252c, 0x2502, 0x2264, 0x2265, 0x03c0, 0x2260, 0x00a3, 0x00b7,
};

uint32_t charset_map(const struct vt *vt, uint8_t byte)
{
    unsigned slot = vt->single_shift != 0 ? vt->single_shift : vt->cur.gl;

    switch (vt->cur.charset[slot]) {
    case CHARSET_LINES:
        return byte >= 0x5f && byte <= 0x7e ? lines[byte - 0x5f] : byte;
    case CHARSET_UK: return byte == '#' ? 0xa3 : byte;
    default: return byte;
    }
}

void charset_designate(struct vt *vt, unsigned slot, char final)
{
    uint8_t *set = &vt->cur.charset[slot];

    switch (final) {
    case 'B': *set = CHARSET_ASCII; break; /* US */
    case '1':                              /* DEC alternate ROM: as US */
    case '2':                              /* ... and its graphics */
    case '0': *set = final == '1' ? CHARSET_ASCII : CHARSET_LINES; break;
    case 'A': *set = CHARSET_UK; break;
    default: break;
    }
}
