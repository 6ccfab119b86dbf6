/* csi.c - control sequences: the table that finds their operations. */
#include "vt/csi.h"

#include "vt/screen.h"

/* Sorted by the final byte.  A sequence of a higher level than DECSCL has set
 * does nothing, nor does one with colons, but for SGR. */
/* clang-format off */
static const struct csi_op {
    char prefix, inter, final;
    uint8_t level;
    csi_fn *run;
} csi_ops[] = {
    { 0,   0,    '@', 1, op_ich },          /* ICH        ECMA-48 8.3.64 */
    { 0,   ' ',  '@', 1, op_sl },           /* SL         ECMA-48 8.3.121 */
    { 0,   0,    'A', 1, op_cuu },          /* CUU        ECMA-48 8.3.22 */
    { 0,   ' ',  'A', 1, op_sr },           /* SR         ECMA-48 8.3.135 */
    { 0,   0,    'B', 1, op_cud },          /* CUD        ECMA-48 8.3.19 */
    { 0,   0,    'C', 1, op_cuf },          /* CUF        ECMA-48 8.3.20 */
    { 0,   0,    'D', 1, op_cub },          /* CUB        ECMA-48 8.3.18 */
    { 0,   0,    'E', 1, op_cnl },          /* CNL        ECMA-48 8.3.12 */
    { 0,   0,    'F', 1, op_cpl },          /* CPL        ECMA-48 8.3.13 */
    { 0,   0,    'G', 1, op_cha },          /* CHA        ECMA-48 8.3.9 */
    { 0,   0,    'H', 1, op_cup },          /* CUP        ECMA-48 8.3.21 */
    { 0,   0,    'I', 1, op_cht },          /* CHT        ECMA-48 8.3.10 */
    { 0,   0,    'J', 1, op_ed },           /* ED         ECMA-48 8.3.39 */
    { '?', 0,    'J', 1, op_decsed },       /* DECSED     DEC */
    { 0,   0,    'K', 1, op_el },           /* EL         ECMA-48 8.3.41 */
    { '?', 0,    'K', 1, op_decsel },       /* DECSEL     DEC */
    { 0,   0,    'L', 1, op_il },           /* IL         ECMA-48 8.3.67 */
    { 0,   0,    'M', 1, op_dl },           /* DL         ECMA-48 8.3.32 */
    { 0,   0,    'P', 1, op_dch },          /* DCH        ECMA-48 8.3.26 */
    { 0,   '#',  'P', 1, op_xtpushcolors }, /* XTPUSHCOLORS xterm */
    { 0,   '#',  'Q', 1, op_xtpopcolors },  /* XTPOPCOLORS  xterm */
    { 0,   '#',  'R', 1, op_xtreportcolors }, /* XTREPORTCOLORS xterm */
    { 0,   0,    'S', 1, op_su },           /* SU         ECMA-48 8.3.147 */
    { '?', 0,    'S', 1, op_xtsmgraphics }, /* XTSMGRAPHICS xterm */
    { 0,   '#',  'S', 1, op_title_stack },  /* XTTITLEPOS xterm */
    { 0,   0,    'T', 1, op_sd_or_track },  /* SD         ECMA-48 8.3.113 */
    { '>', 0,    'T', 1, op_title_reset },  /* XTRMTITLE  xterm */
    { '?', 0,    'W', 5, op_decst8c },      /* DECST8C    DEC */
    { 0,   0,    'X', 1, op_ech },          /* ECH        ECMA-48 8.3.38 */
    { 0,   0,    'Z', 1, op_cbt },          /* CBT        ECMA-48 8.3.7 */
    { 0,   0,    '^', 1, op_sd },           /* SD         ECMA-48 in print */
    { 0,   0,    '`', 1, op_cha },          /* HPA        ECMA-48 8.3.57 */
    { 0,   0,    'a', 1, op_hpr },          /* HPR        ECMA-48 8.3.59 */
    { 0,   0,    'b', 1, op_rep },          /* REP        ECMA-48 8.3.103 */
    { 0,   0,    'c', 1, op_da },           /* DA         ECMA-48 8.3.24 */
    { '=', 0,    'c', 1, op_da3 },          /* DA3        DEC */
    { '>', 0,    'c', 1, op_da2 },          /* DA2        DEC */
    { 0,   0,    'd', 1, op_vpa },          /* VPA        ECMA-48 8.3.158 */
    { 0,   0,    'e', 1, op_vpr },          /* VPR        ECMA-48 8.3.160 */
    { 0,   0,    'f', 1, op_cup },          /* HVP        ECMA-48 8.3.63 */
    { '>', 0,    'f', 1, op_xtfmtkeys },    /* XTFMTKEYS  xterm */
    { 0,   0,    'g', 1, op_tbc },          /* TBC        ECMA-48 8.3.154 */
    { '?', 0,    'g', 1, op_xtfmtkeys_query }, /* XTQFMTKEYS xterm */
    { 0,   0,    'h', 1, op_sm },           /* SM         ECMA-48 8.3.125 */
    { '?', 0,    'h', 1, op_sm },           /* DECSET     DEC, xterm */
    { 0,   0,    'l', 1, op_rm },           /* RM         ECMA-48 8.3.106 */
    { '?', 0,    'l', 1, op_rm },           /* DECRST     DEC, xterm */
    { 0,   0,    'm', 1, sgr_apply },       /* SGR        ECMA-48 8.3.117 */
    { '>', 0,    'm', 1, op_xtmodkeys },    /* XTMODKEYS  xterm */
    { '?', 0,    'm', 1, op_xtmodkeys_query }, /* XTQMODKEYS xterm */
    { 0,   0,    'n', 1, op_dsr },          /* DSR        ECMA-48 8.3.35 */
    { '>', 0,    'n', 1, op_xtmodkeys_off }, /* XTMODKEYS xterm */
    { '?', 0,    'n', 1, op_dec_dsr },      /* DSR        DEC */
    { 0,   '!',  'p', 1, op_decstr },       /* DECSTR     DEC */
    { 0,   '"',  'p', 1, op_decscl },       /* DECSCL     DEC */
    { 0,   '#',  'p', 1, op_xtpushsgr },    /* XTPUSHSGR  xterm */
    { 0,   '$',  'p', 3, op_decrqm },       /* DECRQM     DEC, ANSI modes */
    { '?', '$',  'p', 3, op_decrqm },       /* DECRQM     DEC, private modes */
    { 0,   ' ',  'q', 1, op_decscusr },     /* DECSCUSR   DEC */
    { 0,   '"',  'q', 1, op_decsca },       /* DECSCA     DEC */
    { 0,   '#',  'q', 1, op_xtpopsgr },     /* XTPOPSGR   xterm */
    { '>', 0,    'q', 1, op_xtversion },    /* XTVERSION  xterm */
    { 0,   0,    'r', 1, op_decstbm },      /* DECSTBM    DEC */
    { 0,   '$',  'r', 4, op_deccara },      /* DECCARA    DEC */
    { '?', 0,    'r', 1, op_xtrestore },    /* XTRESTORE  xterm */
    { 0,   0,    's', 1, op_decslrm },      /* DECSLRM    DEC, or SCOSC */
    { '?', 0,    's', 1, op_xtsave },       /* XTSAVE     xterm */
    { 0,   0,    't', 1, op_window },       /* XTWINOPS   xterm */
    { 0,   '$',  't', 4, op_decrara },      /* DECRARA    DEC */
    { '>', 0,    't', 1, op_title_set },    /* XTSMTITLE  xterm */
    { 0,   0,    'u', 1, op_scorc },        /* SCORC      SCO */
    { '<', 0,    'u', 1, op_kitty_pop },    /* kitty's keyboard protocol */
    { '=', 0,    'u', 1, op_kitty_set },
    { '>', 0,    'u', 1, op_kitty_push },
    { '?', 0,    'u', 1, op_kitty_query },
    { 0,   '&',  'u', 3, op_decrqupss },    /* DECRQUPSS  DEC */
    { 0,   '"',  'v', 3, op_decrqde },      /* DECRQDE    DEC */
    { 0,   '$',  'v', 4, op_deccra },       /* DECCRA     DEC */
    { 0,   '$',  'w', 3, op_decrqpsr },     /* DECRQPSR   DEC */
    { 0,   '\'', 'w', 1, op_decefr },       /* DECEFR     DEC */
    { 0,   0,    'x', 1, op_decreqtparm },  /* DECREQTPARM DEC */
    { 0,   '$',  'x', 4, op_decfra },       /* DECFRA     DEC */
    { 0,   '*',  'x', 4, op_decsace },      /* DECSACE    DEC */
    { 0,   '#',  'y', 4, op_xtchecksum },   /* XTCHECKSUM xterm */
    { 0,   '*',  'y', 4, op_decrqcra },     /* DECRQCRA   DEC */
    { 0,   '$',  'z', 4, op_decera },       /* DECERA     DEC */
    { 0,   '\'', 'z', 1, op_decelr },       /* DECELR     DEC */
    { 0,   '#',  '{', 1, op_xtpushsgr },    /* XTPUSHSGR  xterm */
    { 0,   '$',  '{', 4, op_decsera },      /* DECSERA    DEC */
    { 0,   '\'', '{', 1, op_decsle },       /* DECSLE     DEC */
    { 0,   '#',  '|', 1, op_xtreportsgr },  /* XTREPORTSGR xterm */
    { 0,   '\'', '|', 1, op_decrqlp },      /* DECRQLP    DEC */
    { 0,   '#',  '}', 1, op_xtpopsgr },     /* XTPOPSGR   xterm */
    { 0,   '\'', '}', 4, op_decic },        /* DECIC      DEC */
    { 0,   '\'', '~', 4, op_decdc },        /* DECDC      DEC */
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

bool csi_takes_lines(const struct vt_params *p, char final)
{
    switch (final) {
    case 'J': return param(p, 0, 0) == 3;
    case 'h':
    case 'r': return p->prefix == '?' && modes_have_alternate(p);
    default: return false;
    }
}

void csi_run(struct vt *vt, const struct vt_params *p, char final)
{
    const struct csi_op *op = csi_ops + vt->csi_first[final - '@'];

    for (; op < csi_ops + CSI_OPS && op->final == final; op++)
        if (op->prefix == p->prefix && op->inter == p->inter) {
            if (op->level <= vt->level && (p->sub == 0 || op->run == sgr_apply))
                op->run(vt, p);
            break;
        }
    vt->last_char = 0;
}
