/*
 * vt52.c - VT52 mode (DECANM reset): escapes of one letter, until ESC <.
 *
 * Source: the VT100 user guide, chapter 3, "VT52 compatible mode".
 */
#include "vt/screen.h"

void vt52_enter(struct vt *vt)
{
    unsigned i;

    for (i = 0; i < 4; i++)
        vt->cur.charset[i] = 0;
    charset_lock(vt, 0);
    vt->eight_bit = false;
    vt->single_shift = 0;
}

/* A row or column that comes as a byte; what is too far stops at the end. */
static unsigned place(uint8_t byte)
{
    return byte >= 0x20 ? byte - 0x20u : 0;
}

static void run(struct vt *vt, uint8_t byte)
{
    switch (byte) {
    case '<': mode_set(vt, MODE_ANSI, true); break;
    case '=': mode_set(vt, MODE_APP_KEYPAD, true); break;
    case '>': mode_set(vt, MODE_APP_KEYPAD, false); break;
    case 'A': screen_up(vt, 1); break;
    case 'B': screen_down(vt, 1); break;
    case 'C': screen_right(vt, 1); break;
    case 'D': screen_left(vt, 1); break;
    case 'F': charset_restore(vt, 0, false, "0", 1); break;
    case 'G': charset_restore(vt, 0, false, "B", 1); break;
    case 'H': screen_goto(vt, 0, 0); break;
    case 'I': screen_reverse_index(vt); break;
    case 'J': screen_erase(vt, ERASE_AFTER, ERASE_PLAIN); break;
    case 'K': screen_erase_line(vt, ERASE_AFTER, ERASE_PLAIN); break;
    case 'Z': reply_bytes(vt, "\033/Z", 3); break; /* a VT100 as a VT52 */
    default: break;
    }
}

void vt52_step(struct vt *vt, uint8_t byte)
{
    struct parser *p = &vt->parser;

    if (byte == 0x18 || byte == 0x1a) {
        p->state = ST_GROUND;
    } else if (byte == 0x1b) {
        p->state = ST_VT52;
    } else if (byte < 0x20) {
        control_run(vt, byte);
    } else if (p->state == ST_VT52_ROW) {
        p->vt52_row = byte;
        p->state = ST_VT52_COL;
    } else if (p->state == ST_VT52_COL) {
        p->state = ST_GROUND;
        screen_goto(vt, place(p->vt52_row), place(byte));
    } else if (byte == 'Y') {
        p->state = ST_VT52_ROW;
    } else {
        p->state = ST_GROUND;
        run(vt, byte);
    }
}
