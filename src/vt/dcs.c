/* dcs.c - device control strings: the table that finds who reads them. */
#include "vt/screen.h"

void dcs_run(struct vt *vt, const struct vt_params *p, char final,
             const char *text, size_t n)
{
    if (p->prefix != 0)
        return;
    if (final == 'q' && p->inter == '$')
        dcs_decrqss(vt, text, n);
    else if (final == 'q' && p->inter == '+')
        dcs_xtgettcap(vt, text, n);
    else if (final == 'Q' && p->inter == '+')
        dcs_xtgetxres(vt, text, n);
    else if (final == 'u' && p->inter == '!')
        dcs_decaupss(vt, param(p, 0, 0), text, n);
    else if (final == 't' && p->inter == '$')
        dcs_decrsps(vt, param(p, 0, 0), text, n);
}
