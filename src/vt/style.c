/* style.c - DECSCA and DECSCUSR, and xterm's stacks of styles and palettes. */
#include "vt/csi.h"

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

/* ---- styles: pushed on top, the oldest falls out ---- */

/* What a parameter of XTPUSHSGR names: an attribute, or one of the colours. */
static void name_part(struct saved_style *style, unsigned code)
{
    static const uint16_t attrs[] = {
        [1] = VT_BOLD,      [2] = VT_FAINT,  [3] = VT_ITALIC,
        [4] = VT_UNDERLINE, [5] = VT_BLINK,  [7] = VT_REVERSE,
        [8] = VT_INVISIBLE, [9] = VT_STRIKE,
    };

    if (code == 10)
        style->fg = true;
    else if (code == 11)
        style->bg = true;
    else if (code == 21)
        style->attrs |= VT_DOUBLE_UNDERLINE;
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
        style.attrs = UINT16_MAX;
        style.fg = style.bg = true;
    }
    if (vt->n_styles == STACK_MAX) {
        for (i = 1; i < STACK_MAX; i++)
            vt->styles[i - 1] = vt->styles[i];
        vt->n_styles--;
    }
    vt->styles[vt->n_styles++] = style;
}

void op_xtpopsgr(struct vt *vt, const struct vt_params *p)
{
    struct vt_cell *pen = &vt->cur.pen;
    const struct saved_style *style;

    (void)p;
    if (vt->n_styles == 0)
        return;
    style = &vt->styles[--vt->n_styles];
    pen->attrs = (uint16_t)((pen->attrs & ~style->attrs) |
                            (style->pen.attrs & style->attrs));
    if (style->fg)
        pen->fg = style->pen.fg;
    if (style->bg)
        pen->bg = style->pen.bg;
    if (style->attrs == UINT16_MAX)
        vt->cur.extra.underline = style->underline;
}

/* What the first cell of a rectangle shows; programs ask for one cell. */
void op_xtreportsgr(struct vt *vt, const struct vt_params *p)
{
    unsigned row = param(p, 0, 1) - 1, col = param(p, 1, 1) - 1;
    struct buf out = { 0 };
    struct cursor cur = { 0 };
    const struct row *r;

    if (!vt->screen_reports || row >= vt->grid->rows || col >= vt->grid->cols)
        return;
    r = grid_row(vt->grid, row);
    cur.pen = r->cells[col];
    cur.extra = row_extra_at(r, cur.pen.extra);
    sgr_describe(&cur, &out);
    reply_csi(vt, "%sm", buf_str(&out));
    buf_free(&out);
}

/* ---- palettes ---- */

void op_xtpushcolors(struct vt *vt, const struct vt_params *p)
{
    unsigned place = param(p, 0, vt->n_palettes + 1);

    if (place > STACK_MAX)
        return;
    vt->palettes[place - 1] = vt->palette;
    if (place > vt->n_palettes)
        vt->n_palettes = place;
}

void op_xtpopcolors(struct vt *vt, const struct vt_params *p)
{
    unsigned place = param(p, 0, vt->n_palettes);

    if (place == 0 || place > vt->n_palettes)
        return;
    vt->palette = vt->palettes[place - 1];
    if (param(p, 0, 0) == 0)
        vt->n_palettes--;
    vt->events |= VT_EVENT_PALETTE;
}

void op_xtreportcolors(struct vt *vt, const struct vt_params *p)
{
    (void)p;
    reply_csi(vt, "%u;%u#Q", vt->n_palettes, STACK_MAX);
}
