/* dcs.c - device control strings: DECRQSS and XTGETTCAP. */
#include "vt/screen.h"

#include <string.h>

static void describe_sgr(struct vt *vt, struct buf *out)
{
    sgr_describe(&vt->cur.pen, out);
}

static void describe_margins(struct vt *vt, struct buf *out)
{
    buf_printf(out, "%u;%u", vt->top + 1, vt->bottom + 1);
}

static void describe_side_margins(struct vt *vt, struct buf *out)
{
    buf_printf(out, "%u;%u", vt->left + 1, vt->right + 1);
}

static void describe_cursor(struct vt *vt, struct buf *out)
{
    buf_printf(out, "%u", vt->cursor_style);
}

static void describe_level(struct vt *vt, struct buf *out)
{
    (void)vt;
    buf_put_str(out, "64;1");
}

static void describe_protection(struct vt *vt, struct buf *out)
{
    buf_put_str(out, vt->cur.pen.attrs & VT_PROTECTED ? "1" : "0");
}

static const struct setting {
    const char *name; /* the end of the sequence that sets it */
    void (*describe)(struct vt *vt, struct buf *out);
} settings[] = {
    { "m", describe_sgr },          /* SGR */
    { "r", describe_margins },      /* DECSTBM */
    { "s", describe_side_margins }, /* DECSLRM */
    { " q", describe_cursor },      /* DECSCUSR */
    { "\"p", describe_level },      /* DECSCL */
    { "\"q", describe_protection }, /* DECSCA */
};

static void decrqss(struct vt *vt, const char *text)
{
    struct buf value = { 0 };
    size_t i;

    for (i = 0; i < sizeof settings / sizeof settings[0]; i++)
        if (strcmp(settings[i].name, text) == 0) {
            settings[i].describe(vt, &value);
            reply_printf(vt, "\033P1$r%s%s\033\\", buf_str(&value), text);
            buf_free(&value);
            return;
        }
    reply_printf(vt, "\033P0$r\033\\");
}

/* No capability is known here: TERM tells them all. */
static void xtgettcap(struct vt *vt)
{
    reply_printf(vt, "\033P0+r\033\\");
}

void dcs_run(struct vt *vt, const struct vt_params *p, char final,
             const char *text, size_t n)
{
    if (final != 'q' || p->prefix != 0 || strlen(text) != n)
        return;
    if (p->inter == '$')
        decrqss(vt, text);
    else if (p->inter == '+')
        xtgettcap(vt);
}
