/*
 * vt52.c - VT52 mode (DECANM reset): escapes of one letter, until ESC <.
 *
 * Source: the VT100 user guide, chapter 3, "VT52 compatible mode".
 */
#include "vt/screen.h"

#include <string.h>

/* Modes that a VT52 has not; as in xterm they come back behind it. */
static const uint8_t modes_set_aside[] = {
    MODE_INSERT, MODE_NEWLINE,      MODE_ORIGIN,
    MODE_WRAP,   MODE_REVERSE_WRAP, MODE_REVERSE_WRAP_2
};

#define SET_ASIDE (sizeof modes_set_aside / sizeof modes_set_aside[0])

void vt52_enter(struct vt *vt)
{
    struct cursor fresh = cursor_initial();
    size_t i;

    vt->before_vt52.cur = vt->cur;
    vt->before_vt52.single_shift = vt->single_shift;
    memcpy(vt->before_vt52.modes, vt->modes, sizeof vt->modes);
    fresh.row = vt->cur.row;
    fresh.col = vt->cur.col;
    vt->cur = fresh;
    for (i = 0; i < SET_ASIDE; i++)
        mode_set(vt, modes_set_aside[i], false);
    charset_update(vt);
    vt->eight_bit = false;
    vt->single_shift = 0;
}

/* What comes back is a VT100 (DEC STD 070, A.5.5). */
static void leave(struct vt *vt)
{
    struct cursor back = vt->before_vt52.cur;
    size_t i;

    back.row = vt->cur.row;
    back.col = vt->cur.col;
    back.wrap_pending = false;
    vt->cur = back;
    vt->single_shift = vt->before_vt52.single_shift;
    for (i = 0; i < SET_ASIDE; i++) {
        uint8_t m = modes_set_aside[i];

        mode_set(vt, m, (vt->before_vt52.modes[m / 64] >> m % 64 & 1) != 0);
    }
    charset_update(vt);
    vt->level = vt->ansi_level = 1;
    mode_set(vt, MODE_ANSI, true);
}

/* A row or column that comes as a byte; one too far leaves it as it is. */
static unsigned place(uint8_t byte, unsigned now, unsigned size)
{
    unsigned at = byte - 0x20u;

    return at < size ? at : now;
}

static void run(struct vt *vt, uint8_t byte)
{
    switch (byte) {
    case '<': leave(vt); break;
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
        screen_goto(vt, place(p->vt52_row, vt->cur.row, vt->grid->rows),
                    place(byte, vt->cur.col, vt->grid->cols));
    } else if (byte == 'Y') {
        p->state = ST_VT52_ROW;
    } else {
        p->state = ST_GROUND;
        run(vt, byte);
    }
}
