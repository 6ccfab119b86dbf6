/* style.c - DECSCA and DECSCUSR, and xterm's stacks of styles and palettes. */
#include "vt/csi.h"

#include "vt/rect.h"
#include "vt/screen.h"

void op_decsca(struct vt *vt, const struct vt_params *p)
{
    if (param(p, 0, 0) == 1)
        vt->cur.pen.attrs |= VT_PROTECTED;
    else if (param(p, 0, 0) <= 2)
        vt->cur.pen.attrs &= (uint16_t)~VT_PROTECTED;
}

void op_decscusr(struct vt *vt, const struct vt_params *p)
{
    static const enum vt_cursor_shape shapes[] = {
        VT_BLOCK,      VT_BLOCK, VT_BLOCK, VT_UNDERSCORE,
        VT_UNDERSCORE, VT_BAR,   VT_BAR,
    };
    unsigned style = param(p, 0, 0);

    if (style >= sizeof shapes / sizeof shapes[0])
        return;
    vt->cursor_style = style;
    vt->shape = shapes[style];
    mode_set(vt, MODE_BLINK, style % 2 == 1);
}

/* ---- styles: what is pushed on a full stack is counted, but not kept ---- */

/* What a parameter of XTPUSHSGR names: an attribute, or one of the colours,
 * which were 10 and 11 at first. */
static void name_part(struct saved_style *style, unsigned code)
{
    static const uint16_t attrs[] = {
        [1] = VT_BOLD,      [2] = VT_FAINT,  [3] = VT_ITALIC,
        [4] = UNDERLINES,   [5] = VT_BLINK,  [7] = VT_REVERSE,
        [8] = VT_INVISIBLE, [9] = VT_STRIKE, [21] = UNDERLINES,
    };

    if (code == 10 || code == 30)
        style->fg = true;
    else if (code == 11 || code == 31)
        style->bg = true;
    else if (code < sizeof attrs / sizeof attrs[0])
        style->attrs |= attrs[code];
}

void op_xtpushsgr(struct vt *vt, const struct vt_params *p)
{
    struct saved_style style = { .pen = vt->cur.pen,
                                 .underline = vt->cur.extra.underline };
    unsigned i;

    for (i = 0; i < p->n; i++)
        name_part(&style, p->value[i]);
    if (p->n == 0) {
        style.attrs = (uint16_t)~NOT_SGR;
        style.fg = style.bg = style.whole = true;
    }
    if (vt->n_styles < STACK_MAX)
        vt->styles[vt->n_styles] = style;
    vt->n_styles++;
}

void op_xtpopsgr(struct vt *vt, const struct vt_params *p)
{
    struct vt_cell *pen = &vt->cur.pen;
    const struct saved_style *style;

    (void)p;
    if (vt->n_styles == 0 || --vt->n_styles >= STACK_MAX)
        return;
    style = &vt->styles[vt->n_styles];
    pen->attrs = (uint16_t)((pen->attrs & ~style->attrs) |
                            (style->pen.attrs & style->attrs));
    if (style->fg)
        pen->fg = style->pen.fg;
    if (style->bg)
        pen->bg = style->pen.bg;
    if (style->whole)
        vt->cur.extra.underline = style->underline;
}

/* Leave in *cur what this cell has as well. */
static void keep_common(struct cursor *cur, const struct row *row, unsigned col)
{
    const struct vt_cell *cell = &row->cells[col];
    uint16_t differ = cur->pen.attrs ^ cell->attrs;

    if (differ & UNDERLINES)
        differ |= UNDERLINES;
    cur->pen.attrs &= (uint16_t)~differ;
    if (cur->pen.fg != cell->fg)
        cur->pen.fg = VT_COLOR_DEFAULT;
    if (cur->pen.bg != cell->bg)
        cur->pen.bg = VT_COLOR_DEFAULT;
    if (cur->extra.underline != row_extra_at(row, cell->extra).underline)
        cur->extra.underline = VT_COLOR_DEFAULT;
}

/* The style that all cells of a rectangle have; of none the normal one, as a
 * program waits for an answer. */
void op_xtreportsgr(struct vt *vt, const struct vt_params *p)
{
    struct buf out = { 0 };
    struct cursor cur = { 0 };
    struct area a;
    unsigned i, j;

    if (!vt->screen_reports)
        return;
    if (!area_parse(vt, p, 0, &a))
        a.bottom = a.top;
    for (i = a.top; i < a.bottom; i++) {
        const struct row *row = grid_row(vt->grid, i);

        if (i == a.top) {
            cur.pen = row->cells[a.left];
            cur.extra = row_extra_at(row, cur.pen.extra);
        }
        for (j = a.left; j < a.right; j++)
            keep_common(&cur, row, j);
    }
    sgr_describe(&cur, &out);
    reply_csi(vt, "%sm", buf_str(&out));
    buf_free(&out);
}

/*
 * ---- palettes: pushed on top and popped, or kept in a place of the stack by
 * its number and taken from there, which makes that the top ----
 */

/* What is kept by number does not count in palettes_most: xterm's, too. */
static void keep_palette(struct vt *vt, unsigned number)
{
    unsigned place = number != 0 ? number - 1 : vt->n_palettes;

    if (place >= STACK_MAX)
        return;
    vt->palettes[place] = vt->palette;
    vt->palettes_kept |= (uint16_t)(1u << place);
    vt->n_palettes = place + 1;
    if (number == 0 && vt->n_palettes > vt->palettes_most)
        vt->palettes_most = vt->n_palettes;
}

static void take_palette(struct vt *vt, unsigned number)
{
    unsigned place = (number != 0 ? number : vt->n_palettes) - 1;

    if (place >= STACK_MAX || !(vt->palettes_kept >> place & 1))
        return;
    vt->palette = vt->palettes[place];
    vt->n_palettes = place;
    vt->events |= VT_EVENT_PALETTE;
}

void op_xtpushcolors(struct vt *vt, const struct vt_params *p)
{
    unsigned i = 0;

    do
        keep_palette(vt, param(p, i, 0));
    while (++i < p->n);
}

void op_xtpopcolors(struct vt *vt, const struct vt_params *p)
{
    unsigned i = 0;

    do
        take_palette(vt, param(p, i, 0));
    while (++i < p->n);
}

/* How many there are up to the top, and were at most. */
void op_xtreportcolors(struct vt *vt, const struct vt_params *p)
{
    (void)p;
    reply_csi(vt, "?%u;%u#Q", vt->n_palettes, vt->palettes_most);
}
