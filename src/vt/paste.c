/*
 * paste.c - pasted text on its way to the server.
 *
 * No ESC ever gets through, so nothing in the text can close the bracket; the
 * rest of a closing bracket goes with its ESC.  The state is kept between the
 * pieces of one paste, so that a split changes nothing.
 */
#include "vt/screen.h"

#include <string.h>

static const char closing[] = "\033[201~";

/* After ESC % @ the program reads ISO 8859-1, which begins with c2 and c3. */
static void put_encoded(struct vt *vt, uint8_t byte, struct buf *out)
{
    if (!vt->latin_1 || byte < 0x80) {
        buf_put_byte(out, byte);
        return;
    }
    if (byte >= 0xc0)
        vt->paste.lead = byte;
    if (byte > 0xc3)
        buf_put_byte(out, '?');
    else if (byte < 0xc0 && vt->paste.lead <= 0xc3)
        buf_put_byte(out, (uint8_t)(byte + (vt->paste.lead == 0xc3) * 0x40));
}

/* Characters of a closing bracket that turned out to be something else. */
static void give_back(struct vt *vt, struct buf *out)
{
    if (vt->paste.matched > 1)
        buf_put(out, closing + 1, vt->paste.matched - 1u);
    vt->paste.matched = 0;
    if (vt->paste.c1_lead)
        put_encoded(vt, 0xc2, out);
    vt->paste.c1_lead = false;
}

static void put_plain(struct vt *vt, uint8_t byte, struct buf *out)
{
    bool after_cr = vt->paste.after_cr;

    vt->paste.after_cr = byte == '\r';
    if (byte == '\n' && !vt->paste.bracketed) {
        if (!after_cr)
            buf_put_byte(out, '\r');
    } else if (byte == '\t' || byte == '\r' || byte == '\n' ||
               (byte >= 0x20 && byte != 0x7f)) {
        put_encoded(vt, byte, out);
    }
}

static void put_byte(struct vt *vt, uint8_t byte, struct buf *out)
{
    if (vt->paste.matched > 0 && byte == (uint8_t)closing[vt->paste.matched]) {
        if (closing[++vt->paste.matched] == '\0')
            vt->paste.matched = 0;
        return;
    }
    if (vt->paste.c1_lead && byte >= 0x80 && byte <= 0x9f) {
        vt->paste.c1_lead = false; /* C1 as UTF-8: c2 80 to c2 9f */
        return;
    }
    give_back(vt, out);
    if (byte == 0x1b)
        vt->paste.matched = 1;
    else if (byte == 0xc2)
        vt->paste.c1_lead = true;
    else
        put_plain(vt, byte, out);
}

void vt_encode_paste(struct vt *vt, const void *text, size_t len, bool first,
                     bool last, struct buf *out)
{
    const uint8_t *p = text;
    size_t i;

    if (first) {
        memset(&vt->paste, 0, sizeof vt->paste);
        vt->paste.bracketed = mode(vt, MODE_PASTE);
        if (vt->paste.bracketed)
            buf_put_str(out, "\033[200~");
    }
    for (i = 0; i < len; i++)
        put_byte(vt, p[i], out);
    if (!last)
        return;
    give_back(vt, out);
    if (vt->paste.bracketed)
        buf_put_str(out, closing);
}
