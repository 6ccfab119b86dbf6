/* edit.c - control sequences that erase, insert, delete and scroll. */
#include "vt/csi.h"

#include "vt/screen.h"

static void erase(struct vt *vt, const struct vt_params *p, enum erase how)
{
    if (param(p, 0, 0) == 3)
        vt_clear_scrollback(vt);
    else
        screen_erase(vt, param(p, 0, 0), how);
}

void op_ed(struct vt *vt, const struct vt_params *p)
{
    erase(vt, p, ERASE_PLAIN);
}

void op_decsed(struct vt *vt, const struct vt_params *p)
{
    erase(vt, p, ERASE_SELECTIVE);
}

void op_el(struct vt *vt, const struct vt_params *p)
{
    screen_erase_line(vt, param(p, 0, 0), ERASE_PLAIN);
}

void op_decsel(struct vt *vt, const struct vt_params *p)
{
    screen_erase_line(vt, param(p, 0, 0), ERASE_SELECTIVE);
}

void op_ech(struct vt *vt, const struct vt_params *p)
{
    screen_erase_chars(vt, param(p, 0, 1));
}

void op_ich(struct vt *vt, const struct vt_params *p)
{
    screen_insert_chars(vt, param(p, 0, 1));
}

void op_dch(struct vt *vt, const struct vt_params *p)
{
    screen_delete_chars(vt, param(p, 0, 1));
}

void op_il(struct vt *vt, const struct vt_params *p)
{
    screen_insert_lines(vt, param(p, 0, 1));
}

void op_dl(struct vt *vt, const struct vt_params *p)
{
    screen_delete_lines(vt, param(p, 0, 1));
}

void op_su(struct vt *vt, const struct vt_params *p)
{
    screen_scroll_up(vt, param(p, 0, 1));
}

void op_sd(struct vt *vt, const struct vt_params *p)
{
    screen_scroll_down(vt, param(p, 0, 1));
}

/* With more parameters, or a 0 that is written, it is xterm's highlight
 * tracking, which needs a program that answers the mouse. */
void op_sd_or_track(struct vt *vt, const struct vt_params *p)
{
    if (p->n <= 1 && (param(p, 0, 0) != 0 || params_omitted(p)))
        op_sd(vt, p);
}

void op_sl(struct vt *vt, const struct vt_params *p)
{
    if (screen_in_margins(vt))
        screen_shift_columns(vt, vt->left, param(p, 0, 1), false);
}

void op_sr(struct vt *vt, const struct vt_params *p)
{
    if (screen_in_margins(vt))
        screen_shift_columns(vt, vt->left, param(p, 0, 1), true);
}

void op_decic(struct vt *vt, const struct vt_params *p)
{
    if (screen_in_margins(vt))
        screen_shift_columns(vt, vt->cur.col, param(p, 0, 1), true);
}

void op_decdc(struct vt *vt, const struct vt_params *p)
{
    if (screen_in_margins(vt))
        screen_shift_columns(vt, vt->cur.col, param(p, 0, 1), false);
}

void op_rep(struct vt *vt, const struct vt_params *p)
{
    screen_repeat(vt, param(p, 0, 1));
}
