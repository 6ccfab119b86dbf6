/* move.c - control sequences that move the cursor, set tab stops or margins. */
#include "vt/csi.h"

#include "vt/screen.h"

void op_cuu(struct vt *vt, const struct vt_params *p)
{
    screen_up(vt, param(p, 0, 1));
}

void op_cud(struct vt *vt, const struct vt_params *p)
{
    screen_down(vt, param(p, 0, 1));
}

void op_cuf(struct vt *vt, const struct vt_params *p)
{
    screen_right(vt, param(p, 0, 1));
}

void op_cub(struct vt *vt, const struct vt_params *p)
{
    screen_backspace(vt, param(p, 0, 1));
}

void op_cnl(struct vt *vt, const struct vt_params *p)
{
    screen_down(vt, param(p, 0, 1));
    screen_return(vt);
}

void op_cpl(struct vt *vt, const struct vt_params *p)
{
    screen_up(vt, param(p, 0, 1));
    screen_return(vt);
}

void op_cha(struct vt *vt, const struct vt_params *p)
{
    screen_set_col(vt, param(p, 0, 1) - 1);
}

void op_cup(struct vt *vt, const struct vt_params *p)
{
    screen_goto(vt, param(p, 0, 1) - 1, param(p, 1, 1) - 1);
}

void op_vpa(struct vt *vt, const struct vt_params *p)
{
    screen_set_row(vt, param(p, 0, 1) - 1);
}

/* As programs count it. */
static unsigned from_origin(const struct vt *vt, unsigned at, unsigned margin)
{
    return vt->cur.origin && at >= margin ? at - margin : at;
}

/* HPR and VPR know no margins, but in origin mode. */
void op_hpr(struct vt *vt, const struct vt_params *p)
{
    screen_set_col(vt, from_origin(vt, vt->cur.col, vt->left) + param(p, 0, 1));
}

void op_vpr(struct vt *vt, const struct vt_params *p)
{
    screen_set_row(vt, from_origin(vt, vt->cur.row, vt->top) + param(p, 0, 1));
}

void op_cht(struct vt *vt, const struct vt_params *p)
{
    screen_tab(vt, param(p, 0, 1));
}

void op_cbt(struct vt *vt, const struct vt_params *p)
{
    screen_back_tab(vt, param(p, 0, 1));
}

void op_tbc(struct vt *vt, const struct vt_params *p)
{
    unsigned i;

    switch (param(p, 0, 0)) {
    case 0: vt->tabs[vt->cur.col] = false; break;
    case 3:
        for (i = 0; i < VT_MAX_SIDE; i++)
            vt->tabs[i] = false;
        break;
    default: break;
    }
}

/* A stop in each eighth column; as in xterm none in the first. */
void op_decst8c(struct vt *vt, const struct vt_params *p)
{
    if (param(p, 0, 5) != 5)
        return;
    screen_default_tabs(vt);
    vt->tabs[0] = false;
}

/* ---- margins ---- */

/* A margin pair counts from one; it must hold at least two lines. */
static bool margins(const struct vt_params *p, unsigned size, unsigned *first,
                    unsigned *last)
{
    unsigned from = param(p, 0, 1), to = param(p, 1, size);

    if (to > size)
        to = size;
    if (from >= to)
        return false;
    *first = from - 1;
    *last = to - 1;
    return true;
}

void op_decstbm(struct vt *vt, const struct vt_params *p)
{
    if (margins(p, vt->grid->rows, &vt->top, &vt->bottom))
        screen_goto(vt, 0, 0);
}

/* DECSLRM where DECLRMM allows it, else SCOSC, which as SCORC has no
 * parameters: with some they mean something else. */
void op_decslrm(struct vt *vt, const struct vt_params *p)
{
    if (mode(vt, MODE_SIDE_MARGINS)) {
        if (margins(p, vt->grid->cols, &vt->left, &vt->right))
            screen_goto(vt, 0, 0);
    } else if (params_omitted(p)) {
        screen_save_cursor(vt);
    }
}

void op_scorc(struct vt *vt, const struct vt_params *p)
{
    if (params_omitted(p))
        screen_restore_cursor(vt);
}
