/*
 * csi.h - the operations in the table of csi.c, which stand in other files.
 * Each is named for its mnemonic.
 */
#ifndef VT_CSI_H
#define VT_CSI_H

struct vt;
struct vt_params;

typedef void csi_fn(struct vt *vt, const struct vt_params *p);

/* move.c */
csi_fn op_cuu, op_cud, op_cuf, op_cub, op_cnl, op_cpl, op_cha, op_cup, op_vpa,
    op_hpr, op_vpr, op_cht, op_cbt, op_tbc, op_decst8c, op_decstbm, op_decslrm,
    op_scorc;

/* edit.c */
csi_fn op_ed, op_decsed, op_el, op_decsel, op_ech, op_ich, op_dch, op_il, op_dl,
    op_su, op_sd, op_sd_or_track, op_sl, op_sr, op_decic, op_decdc, op_rep;

/* modes.c */
csi_fn op_sm, op_rm, op_xtsave, op_xtrestore, op_decrqm;

/* style.c */
csi_fn op_decsca, op_decscusr, op_xtpushsgr, op_xtpopsgr, op_xtreportsgr,
    op_xtpushcolors, op_xtpopcolors, op_xtreportcolors;

/* status.c */
csi_fn op_da, op_da2, op_da3, op_dsr, op_dec_dsr, op_xtversion, op_decstr,
    op_decscl, op_decreqtparm, op_decrqde, op_xtsmgraphics;

/* locator.c */
csi_fn op_decelr, op_decsle, op_decefr, op_decrqlp;

/* window.c */
csi_fn op_window, op_title_set, op_title_reset, op_title_stack;

/* charset.c, present.c, checksum.c */
csi_fn op_decrqupss, op_decrqpsr, op_decrqcra, op_xtchecksum;

/* rect.c */
csi_fn op_deccra, op_decfra, op_decera, op_decsera, op_deccara, op_decrara,
    op_decsace;

/* keyboard.c */
csi_fn op_xtmodkeys, op_xtmodkeys_off, op_xtmodkeys_query, op_xtfmtkeys,
    op_xtfmtkeys_query, op_kitty_push, op_kitty_pop, op_kitty_set,
    op_kitty_query;

#endif
