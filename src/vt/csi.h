/*
 * csi.h - the operations in the table of csi.c that stand in other files.
 * Each is named for its mnemonic.
 */
#ifndef VT_CSI_H
#define VT_CSI_H

struct vt;
struct vt_params;

/* modes.c */
void op_sm(struct vt *vt, const struct vt_params *p);
void op_rm(struct vt *vt, const struct vt_params *p);
void op_xtsave(struct vt *vt, const struct vt_params *p);
void op_xtrestore(struct vt *vt, const struct vt_params *p);
void op_decrqm(struct vt *vt, const struct vt_params *p);

/* report.c */
void op_da(struct vt *vt, const struct vt_params *p);
void op_da2(struct vt *vt, const struct vt_params *p);
void op_da3(struct vt *vt, const struct vt_params *p);
void op_dsr(struct vt *vt, const struct vt_params *p);
void op_dec_dsr(struct vt *vt, const struct vt_params *p);
void op_xtversion(struct vt *vt, const struct vt_params *p);
void op_window(struct vt *vt, const struct vt_params *p);

/* rect.c */
void op_deccra(struct vt *vt, const struct vt_params *p);
void op_decfra(struct vt *vt, const struct vt_params *p);
void op_decera(struct vt *vt, const struct vt_params *p);
void op_decsera(struct vt *vt, const struct vt_params *p);

#endif
