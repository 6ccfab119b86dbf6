/* csi.c - control sequences: the table, and the short operations. */
#include "vt/csi.h"

#include "vt/screen.h"

typedef void csi_fn(struct vt *vt, const struct vt_params *p);

/* ---- the cursor ---- */

static void op_cuu(struct vt *vt, const struct vt_params *p)
{
    screen_up(vt, param(p, 0, 1));
}

static void op_cud(struct vt *vt, const struct vt_params *p)
{
    screen_down(vt, param(p, 0, 1));
}

static void op_cuf(struct vt *vt, const struct vt_params *p)
{
    screen_right(vt, param(p, 0, 1));
}

static void op_cub(struct vt *vt, const struct vt_params *p)
{
    screen_backspace(vt, param(p, 0, 1));
}

static void op_cnl(struct vt *vt, const struct vt_params *p)
{
    screen_down(vt, param(p, 0, 1));
    screen_return(vt);
}

static void op_cpl(struct vt *vt, const struct vt_params *p)
{
    screen_up(vt, param(p, 0, 1));
    screen_return(vt);
}

static void op_cha(struct vt *vt, const struct vt_params *p)
{
    screen_set_col(vt, param(p, 0, 1) - 1);
}

static void op_cup(struct vt *vt, const struct vt_params *p)
{
    screen_goto(vt, param(p, 0, 1) - 1, param(p, 1, 1) - 1);
}

static void op_vpa(struct vt *vt, const struct vt_params *p)
{
    unsigned col = vt->cur.col;

    screen_goto(vt, param(p, 0, 1) - 1, 0);
    vt->cur.col = col;
}

/* HPR and VPR know no margins. */
static void op_hpr(struct vt *vt, const struct vt_params *p)
{
    unsigned room = vt->grid->cols - 1 - vt->cur.col, n = param(p, 0, 1);

    vt->cur.col += n < room ? n : room;
    vt->cur.wrap_pending = false;
}

static void op_vpr(struct vt *vt, const struct vt_params *p)
{
    unsigned room = vt->grid->rows - 1 - vt->cur.row, n = param(p, 0, 1);

    vt->cur.row += n < room ? n : room;
    vt->cur.wrap_pending = false;
}

static void op_cht(struct vt *vt, const struct vt_params *p)
{
    screen_tab(vt, param(p, 0, 1));
}

static void op_cbt(struct vt *vt, const struct vt_params *p)
{
    screen_back_tab(vt, param(p, 0, 1));
}

static void op_tbc(struct vt *vt, const struct vt_params *p)
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

/* CSI ? 5 W: tab stops as at first. */
static void op_decst8c(struct vt *vt, const struct vt_params *p)
{
    if (param(p, 0, 0) == 5)
        screen_default_tabs(vt);
}

static void op_decscusr(struct vt *vt, const struct vt_params *p)
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

/* ---- erasing and editing ---- */

static void op_ed(struct vt *vt, const struct vt_params *p)
{
    if (param(p, 0, 0) == 3)
        vt_clear_scrollback(vt);
    else
        screen_erase(vt, param(p, 0, 0), false);
}

static void op_decsed(struct vt *vt, const struct vt_params *p)
{
    screen_erase(vt, param(p, 0, 0), true);
}

static void op_el(struct vt *vt, const struct vt_params *p)
{
    screen_erase_line(vt, param(p, 0, 0), false);
}

static void op_decsel(struct vt *vt, const struct vt_params *p)
{
    screen_erase_line(vt, param(p, 0, 0), true);
}

static void op_ech(struct vt *vt, const struct vt_params *p)
{
    screen_erase_chars(vt, param(p, 0, 1));
}

static void op_ich(struct vt *vt, const struct vt_params *p)
{
    screen_insert_chars(vt, param(p, 0, 1));
}

static void op_dch(struct vt *vt, const struct vt_params *p)
{
    screen_delete_chars(vt, param(p, 0, 1));
}

static void op_il(struct vt *vt, const struct vt_params *p)
{
    screen_insert_lines(vt, param(p, 0, 1));
}

static void op_dl(struct vt *vt, const struct vt_params *p)
{
    screen_delete_lines(vt, param(p, 0, 1));
}

static void op_su(struct vt *vt, const struct vt_params *p)
{
    screen_scroll_up(vt, param(p, 0, 1));
}

/* With more parameters it is xterm's highlight tracking, which needs a
 * program that answers the mouse. */
static void op_sd(struct vt *vt, const struct vt_params *p)
{
    if (p->n <= 1)
        screen_scroll_down(vt, param(p, 0, 1));
}

static void op_sl(struct vt *vt, const struct vt_params *p)
{
    screen_shift_columns(vt, vt->left, param(p, 0, 1), false);
}

static void op_sr(struct vt *vt, const struct vt_params *p)
{
    screen_shift_columns(vt, vt->left, param(p, 0, 1), true);
}

static void op_decic(struct vt *vt, const struct vt_params *p)
{
    if (screen_in_margins(vt))
        screen_shift_columns(vt, vt->cur.col, param(p, 0, 1), true);
}

static void op_decdc(struct vt *vt, const struct vt_params *p)
{
    if (screen_in_margins(vt))
        screen_shift_columns(vt, vt->cur.col, param(p, 0, 1), false);
}

static void op_rep(struct vt *vt, const struct vt_params *p)
{
    screen_repeat(vt, param(p, 0, 1));
}

/* ---- style, margins, levels ---- */

static void op_decsca(struct vt *vt, const struct vt_params *p)
{
    if (param(p, 0, 0) == 1)
        vt->cur.pen.attrs |= VT_PROTECTED;
    else
        vt->cur.pen.attrs &= (uint16_t)~VT_PROTECTED;
}

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

static void op_decstbm(struct vt *vt, const struct vt_params *p)
{
    if (margins(p, vt->grid->rows, &vt->top, &vt->bottom))
        screen_goto(vt, 0, 0);
}

/* DECSLRM where DECLRMM allows it, else SCOSC. */
static void op_decslrm(struct vt *vt, const struct vt_params *p)
{
    if (!mode(vt, MODE_SIDE_MARGINS))
        screen_save_cursor(vt);
    else if (margins(p, vt->grid->cols, &vt->left, &vt->right))
        screen_goto(vt, 0, 0);
}

static void op_scorc(struct vt *vt, const struct vt_params *p)
{
    (void)p;
    screen_restore_cursor(vt);
}

static void op_decstr(struct vt *vt, const struct vt_params *p)
{
    (void)p;
    screen_soft_reset(vt);
}

/* All levels from VT100 on are one level here: what is left is the reset. */
static void op_decscl(struct vt *vt, const struct vt_params *p)
{
    if (param(p, 0, 0) >= 61 && param(p, 0, 0) <= 65)
        screen_soft_reset(vt);
}

/* ---- the table, sorted by the final byte ---- */

/* clang-format off */
static const struct csi_op {
    char prefix, inter, final;
    csi_fn *run;
} csi_ops[] = {
    { 0,   0,    '@', op_ich },       /* ICH       ECMA-48 8.3.64 */
    { 0,   ' ',  '@', op_sl },        /* SL        ECMA-48 8.3.121 */
    { 0,   0,    'A', op_cuu },       /* CUU       ECMA-48 8.3.22 */
    { 0,   ' ',  'A', op_sr },        /* SR        ECMA-48 8.3.135 */
    { 0,   0,    'B', op_cud },       /* CUD       ECMA-48 8.3.19 */
    { 0,   0,    'C', op_cuf },       /* CUF       ECMA-48 8.3.20 */
    { 0,   0,    'D', op_cub },       /* CUB       ECMA-48 8.3.18 */
    { 0,   0,    'E', op_cnl },       /* CNL       ECMA-48 8.3.12 */
    { 0,   0,    'F', op_cpl },       /* CPL       ECMA-48 8.3.13 */
    { 0,   0,    'G', op_cha },       /* CHA       ECMA-48 8.3.9 */
    { 0,   0,    'H', op_cup },       /* CUP       ECMA-48 8.3.21 */
    { 0,   0,    'I', op_cht },       /* CHT       ECMA-48 8.3.10 */
    { 0,   0,    'J', op_ed },        /* ED        ECMA-48 8.3.39 */
    { '?', 0,    'J', op_decsed },    /* DECSED    DEC */
    { 0,   0,    'K', op_el },        /* EL        ECMA-48 8.3.41 */
    { '?', 0,    'K', op_decsel },    /* DECSEL    DEC */
    { 0,   0,    'L', op_il },        /* IL        ECMA-48 8.3.67 */
    { 0,   0,    'M', op_dl },        /* DL        ECMA-48 8.3.32 */
    { 0,   0,    'P', op_dch },       /* DCH       ECMA-48 8.3.26 */
    { 0,   0,    'S', op_su },        /* SU        ECMA-48 8.3.147 */
    { 0,   0,    'T', op_sd },        /* SD        ECMA-48 8.3.113 */
    { '?', 0,    'W', op_decst8c },   /* DECST8C   DEC */
    { 0,   0,    'X', op_ech },       /* ECH       ECMA-48 8.3.38 */
    { 0,   0,    'Z', op_cbt },       /* CBT       ECMA-48 8.3.7 */
    { 0,   0,    '^', op_sd },        /* SD        as xterm has it */
    { 0,   0,    '`', op_cha },       /* HPA       ECMA-48 8.3.57 */
    { 0,   0,    'a', op_hpr },       /* HPR       ECMA-48 8.3.59 */
    { 0,   0,    'b', op_rep },       /* REP       ECMA-48 8.3.103 */
    { 0,   0,    'c', op_da },        /* DA        ECMA-48 8.3.24 */
    { '=', 0,    'c', op_da3 },       /* DA3       DEC */
    { '>', 0,    'c', op_da2 },       /* DA2       DEC */
    { 0,   0,    'd', op_vpa },       /* VPA       ECMA-48 8.3.158 */
    { 0,   0,    'e', op_vpr },       /* VPR       ECMA-48 8.3.160 */
    { 0,   0,    'f', op_cup },       /* HVP       ECMA-48 8.3.63 */
    { 0,   0,    'g', op_tbc },       /* TBC       ECMA-48 8.3.154 */
    { 0,   0,    'h', op_sm },        /* SM        ECMA-48 8.3.125 */
    { '?', 0,    'h', op_sm },        /* DECSET    DEC, xterm */
    { 0,   0,    'l', op_rm },        /* RM        ECMA-48 8.3.106 */
    { '?', 0,    'l', op_rm },        /* DECRST    DEC, xterm */
    { 0,   0,    'm', sgr_apply },    /* SGR       ECMA-48 8.3.117 */
    { 0,   0,    'n', op_dsr },       /* DSR       ECMA-48 8.3.35 */
    { '?', 0,    'n', op_dec_dsr },   /* DSR       DEC */
    { 0,   '!',  'p', op_decstr },    /* DECSTR    DEC */
    { 0,   '"',  'p', op_decscl },    /* DECSCL    DEC */
    { 0,   '$',  'p', op_decrqm },    /* DECRQM    DEC, ANSI modes */
    { '?', '$',  'p', op_decrqm },    /* DECRQM    DEC, private modes */
    { 0,   ' ',  'q', op_decscusr },  /* DECSCUSR  DEC */
    { 0,   '"',  'q', op_decsca },    /* DECSCA    DEC */
    { '>', 0,    'q', op_xtversion }, /* XTVERSION xterm */
    { 0,   0,    'r', op_decstbm },   /* DECSTBM   DEC */
    { '?', 0,    'r', op_xtrestore }, /* XTRESTORE xterm */
    { 0,   0,    's', op_decslrm },   /* DECSLRM   DEC, or SCOSC */
    { '?', 0,    's', op_xtsave },    /* XTSAVE    xterm */
    { 0,   0,    't', op_window },    /* XTWINOPS  xterm */
    { 0,   0,    'u', op_scorc },     /* SCORC     SCO */
    { 0,   '$',  'v', op_deccra },    /* DECCRA    DEC */
    { 0,   '$',  'x', op_decfra },    /* DECFRA    DEC */
    { 0,   '$',  'z', op_decera },    /* DECERA    DEC */
    { 0,   '$',  '{', op_decsera },   /* DECSERA   DEC */
    { 0,   '\'', '}', op_decic },     /* DECIC     DEC */
    { 0,   '\'', '~', op_decdc },     /* DECDC     DEC */
};
/* clang-format on */

#define CSI_OPS (sizeof csi_ops / sizeof csi_ops[0])

/* Where the rows of each final byte begin; CSI_OPS if there are none. */
void csi_index(struct vt *vt)
{
    size_t i;

    for (i = 0; i < sizeof vt->csi_first; i++)
        vt->csi_first[i] = CSI_OPS;
    for (i = CSI_OPS; i-- > 0;)
        vt->csi_first[csi_ops[i].final - '@'] = (uint8_t)i;
}

void csi_run(struct vt *vt, const struct vt_params *p, char final)
{
    const struct csi_op *op = csi_ops + vt->csi_first[final - '@'];

    for (; op < csi_ops + CSI_OPS && op->final == final; op++)
        if (op->prefix == p->prefix && op->inter == p->inter) {
            op->run(vt, p);
            return;
        }
}
