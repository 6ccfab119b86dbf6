#include "vt/printable.h"

#include <stdint.h>
#include <string.h>
#include "base/buf.h"

#define BEL 0x07
#define CAN 0x18
#define SUB 0x1a
#define ESC 0x1b

/* At the beginning of a line a CR goes nowhere: shells send one there, behind
 * the end of bracketed paste. */
static void give_back(struct vt_printable *p, struct buf *out)
{
    if (p->cr && p->amid)
        buf_put_byte(out, '\r');
    if (p->lead)
        buf_put_byte(out, 0xc2);
    p->cr = p->lead = false;
}

static void put_text(struct vt_printable *p, uint8_t byte, struct buf *out)
{
    if (byte == '\r') {
        give_back(p, out);
        p->cr = true;
        return;
    }
    if (byte == BEL)
        p->rang = true;
    if (byte == '\n')
        p->cr = false;
    if (byte == '\n' || byte == '\t' || byte >= 0x20)
        give_back(p, out);
    if (byte == '\n' || byte == '\t' || (byte >= 0x20 && byte != 0x7f)) {
        buf_put_byte(out, byte);
        p->amid = byte != '\n';
    }
}

/* CSI as UTF-8 is no introducer to our terminal either. */
static void ground(struct vt_printable *p, uint8_t byte, struct buf *out)
{
    if (p->lead && byte >= 0x80 && byte <= 0x9f) {
        p->lead = false;
    } else if (byte == 0xc2) {
        give_back(p, out);
        p->lead = true;
    } else {
        put_text(p, byte, out);
    }
}

static void escape(struct vt_printable *p, uint8_t byte)
{
    if (byte == '[')
        p->state = PRINTABLE_CSI;
    else if (byte == ']')
        p->state = PRINTABLE_OSC;
    else if (byte != 0 && strchr("PX^_", byte) != NULL)
        p->state = PRINTABLE_STRING;
    else if (byte >= 0x30)
        p->state = PRINTABLE_GROUND;
}

static void step(struct vt_printable *p, uint8_t byte, struct buf *out)
{
    if (byte == CAN || byte == SUB) {
        p->state = PRINTABLE_GROUND;
        return;
    }
    if (byte == ESC) {
        p->state = PRINTABLE_ESCAPE;
        return;
    }
    switch (p->state) {
    case PRINTABLE_GROUND: ground(p, byte, out); break;
    case PRINTABLE_ESCAPE:
    case PRINTABLE_CSI:
        if (byte < 0x20)
            ground(p, byte, out); /* done amid a sequence */
        else if (p->state == PRINTABLE_ESCAPE)
            escape(p, byte);
        else if (byte >= 0x40)
            p->state = PRINTABLE_GROUND;
        break;
    case PRINTABLE_OSC:
        if (byte == BEL)
            p->state = PRINTABLE_GROUND;
        break;
    case PRINTABLE_STRING: break;
    }
}

void vt_printable_feed(struct vt_printable *p, const void *bytes, size_t n,
                       struct buf *out)
{
    const uint8_t *b = bytes;
    size_t i;

    for (i = 0; i < n; i++)
        step(p, b[i], out);
}

void vt_printable_end(struct vt_printable *p, struct buf *out)
{
    give_back(p, out);
}
