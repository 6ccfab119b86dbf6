/*
 * present.c - DECRQPSR and DECRSPS: the cursor with all that DECSC saves, and
 * the tab stops, as text that a program keeps and gives back.
 */
#include <string.h>
#include "vt/csi.h"
#include "vt/screen.h"

#define FLAGS '@' /* a set of flags is a character from here on */

static unsigned rendition(const struct vt_cell *pen)
{
    return (pen->attrs & VT_BOLD ? 1u : 0) |
           (pen->attrs & VT_UNDERLINE ? 2u : 0) |
           (pen->attrs & VT_BLINK ? 4u : 0) |
           (pen->attrs & VT_REVERSE ? 8u : 0) |
           (pen->attrs & VT_INVISIBLE ? 16u : 0);
}

static unsigned cursor_flags(const struct vt *vt)
{
    return (vt->cur.origin ? 1u : 0) | (vt->single_shift == 2 ? 2u : 0) |
           (vt->single_shift == 3 ? 4u : 0) | (vt->cur.wrap_pending ? 8u : 0);
}

/* DECCIR: row, column and page; flags; GL, GR and what is in G0 to G3. */
static void report_cursor(struct vt *vt)
{
    struct buf names = { 0 };
    unsigned sizes = 0, i;

    for (i = 0; i < 4; i++) {
        bool has_96;

        buf_put_str(&names, charset_name(vt, i, &has_96));
        sizes |= has_96 ? 1u << i : 0;
    }
    reply_dcs(vt, "1$u%u;%u;1;%c;%c;%c;%u;%u;%c;%s", vt->cur.row + 1,
              vt->cur.col + 1, (char)(FLAGS + rendition(&vt->cur.pen)),
              vt->cur.pen.attrs & VT_PROTECTED ? FLAGS + 1 : FLAGS,
              (char)(FLAGS + cursor_flags(vt)), vt->cur.gl, vt->cur.gr,
              (char)(FLAGS + sizes), buf_str(&names));
    buf_free(&names);
}

/* DECTABSR: the columns, from one. */
static void report_tabs(struct vt *vt)
{
    struct buf stops = { 0 };
    unsigned i;

    for (i = 0; i < vt->grid->cols; i++)
        if (vt->tabs[i])
            buf_printf(&stops, stops.len != 0 ? "/%u" : "%u", i + 1);
    reply_dcs(vt, "2$u%s", buf_str(&stops));
    buf_free(&stops);
}

void op_decrqpsr(struct vt *vt, const struct vt_params *p)
{
    switch (param(p, 0, 0)) {
    case 1: report_cursor(vt); break;
    case 2: report_tabs(vt); break;
    default: break;
    }
}

/* ---- DECRSPS: the way back ---- */

struct fields {
    const char *p, *end;
};

static unsigned take_number(struct fields *f)
{
    unsigned value = 0;

    while (f->p < f->end && *f->p >= '0' && *f->p <= '9') {
        if (value < PARAM_LIMIT)
            value = value * 10 + (unsigned)(*f->p - '0');
        f->p++;
    }
    if (f->p < f->end && *f->p == ';')
        f->p++;
    return value;
}

/* The six lower bits of a character of flags. */
static unsigned take_flags(struct fields *f)
{
    unsigned value = 0;

    if (f->p < f->end && *f->p >= FLAGS)
        value = (unsigned)(*f->p++ - FLAGS);
    if (f->p < f->end && *f->p == ';')
        f->p++;
    return value;
}

static void take_charsets(struct vt *vt, struct fields *f, unsigned sizes)
{
    unsigned i;

    for (i = 0; i < 4 && f->p < f->end; i++) {
        size_t n = *f->p >= 0x20 && *f->p < 0x30 ? 2 : 1;

        if ((size_t)(f->end - f->p) < n)
            return;
        charset_restore(vt, i, (sizes >> i & 1) != 0, f->p, n);
        f->p += n;
    }
}

static void set_rendition(struct vt_cell *pen, unsigned flags)
{
    static const uint16_t attrs[] = { VT_BOLD, VT_UNDERLINE, VT_BLINK,
                                      VT_REVERSE, VT_INVISIBLE };
    unsigned i;

    for (i = 0; i < sizeof attrs / sizeof attrs[0]; i++)
        if (flags >> i & 1)
            pen->attrs |= attrs[i];
        else
            pen->attrs &= (uint16_t)~attrs[i];
}

static void restore_cursor(struct vt *vt, struct fields f)
{
    unsigned row = take_number(&f), col = take_number(&f), flags, sizes;

    take_number(&f); /* the page */
    set_rendition(&vt->cur.pen, take_flags(&f));
    if (take_flags(&f) & 1)
        vt->cur.pen.attrs |= VT_PROTECTED;
    else
        vt->cur.pen.attrs &= (uint16_t)~VT_PROTECTED;
    flags = take_flags(&f);
    vt->cur.gl = take_number(&f) & 3;
    vt->cur.gr = take_number(&f) & 3;
    sizes = take_flags(&f);
    take_charsets(vt, &f, sizes);
    charset_update(vt);
    vt->cur.origin = false;
    screen_goto(vt, row != 0 ? row - 1 : 0, col != 0 ? col - 1 : 0);
    vt->cur.origin = (flags & 1) != 0;
    mode_set(vt, MODE_ORIGIN, vt->cur.origin);
    vt->single_shift = flags & 2 ? 2 : flags & 4 ? 3 : 0;
    if (flags & 8)
        screen_advance(vt, vt->cur.col + 1);
}

static void restore_tabs(struct vt *vt, struct fields f)
{
    memset(vt->tabs, 0, sizeof vt->tabs);
    while (f.p < f.end) {
        unsigned stop = take_number(&f);

        if (stop >= 1 && stop <= VT_MAX_SIDE)
            vt->tabs[stop - 1] = true;
        if (f.p < f.end && *f.p++ != '/')
            return;
    }
}

void dcs_decrsps(struct vt *vt, unsigned kind, const char *text, size_t n)
{
    struct fields f = { text, text + n };

    if (kind == 1)
        restore_cursor(vt, f);
    else if (kind == 2)
        restore_tabs(vt, f);
}
