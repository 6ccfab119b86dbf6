/*
 * request.c - DECRQSS: a program asks for a setting by the end of the sequence
 * that sets it, and gets the parameters that would set it again.
 */
#include "vt/screen.h"

#include <string.h>

typedef void describe_fn(const struct vt *vt, struct buf *out);

static void describe_sgr(const struct vt *vt, struct buf *out)
{
    sgr_describe(&vt->cur, out);
}

static void describe_margins(const struct vt *vt, struct buf *out)
{
    buf_printf(out, "%u;%u", vt->top + 1, vt->bottom + 1);
}

static void describe_side_margins(const struct vt *vt, struct buf *out)
{
    buf_printf(out, "%u;%u", vt->left + 1, vt->right + 1);
}

/* Mode 12 may have changed whether it blinks.  0 is the user's own, which a
 * program may thus give back. */
static void describe_cursor(const struct vt *vt, struct buf *out)
{
    struct vt_cursor cursor = vt_cursor(vt);
    unsigned style = 2 * (unsigned)cursor.shape + (cursor.blinks ? 1 : 2);

    buf_printf(out, "%u", cursor.usual ? 0 : style);
}

static void describe_level(const struct vt *vt, struct buf *out)
{
    buf_printf(out, vt->level > 1 ? "6%u;%d" : "6%u", vt->level,
               vt->eight_bit ? 0 : 1);
}

static void describe_protection(const struct vt *vt, struct buf *out)
{
    buf_put_str(out, vt->cur.pen.attrs & VT_PROTECTED ? "1" : "0");
}

static void describe_extent(const struct vt *vt, struct buf *out)
{
    buf_printf(out, "%u", vt->extent);
}

static void describe_rows(const struct vt *vt, struct buf *out)
{
    buf_printf(out, "%u", vt->grid->rows);
}

static void describe_columns(const struct vt *vt, struct buf *out)
{
    buf_printf(out, "%u", vt->grid->cols);
}

/* What can not be changed here has the value of the factory. */
static void describe_zero(const struct vt *vt, struct buf *out)
{
    (void)vt;
    buf_put_str(out, "0");
}

static const struct setting {
    const char *name; /* the end of the sequence that sets it */
    describe_fn *describe;
} settings[] = {
    { "m", describe_sgr },          /* SGR */
    { "r", describe_margins },      /* DECSTBM */
    { "s", describe_side_margins }, /* DECSLRM */
    { "t", describe_rows },         /* DECSLPP */
    { " q", describe_cursor },      /* DECSCUSR */
    { "\"p", describe_level },      /* DECSCL */
    { "\"q", describe_protection }, /* DECSCA */
    { "*x", describe_extent },      /* DECSACE */
    { "*|", describe_rows },        /* DECSNLS */
    { "$|", describe_columns },     /* DECSCPP */
    { "$}", describe_zero },        /* DECSASD: the main display */
    { "$~", describe_zero },        /* DECSSDT: no status line */
    { "*}", describe_zero },        /* DECLFKC */
    { "+q", describe_zero },        /* DECELF */
    { "+r", describe_zero },        /* DECSMKR */
};

/* > number m: XTMODKEYS of one resource, of those that xterm tells. */
static bool describe_keys(const struct vt *vt, const char *text, size_t n,
                          struct buf *out)
{
    if (n != 3 || text[0] != '>' || text[2] != 'm' || text[1] < '0' ||
        text[1] > '4' || text[1] == '3')
        return false;
    buf_printf(out, ">%c;%dm", text[1], vt->keyboard.modify[text[1] - '0']);
    return true;
}

/* > t: all modes of XTSMTITLE; > number t: one of them. */
static bool describe_title_modes(const struct vt *vt, const char *text,
                                 size_t n, struct buf *out)
{
    unsigned modes = vt->title_modes;

    if (n == 2 && text[0] == '>' && text[1] == 't')
        buf_printf(out, ">%u;%u;%u;%ut", modes & 1, modes >> 1 & 1,
                   modes >> 2 & 1, modes >> 3 & 1);
    else if (n == 3 && text[0] == '>' && text[1] >= '0' && text[1] <= '3' &&
             text[2] == 't')
        buf_printf(out, ">%ut", modes >> (text[1] - '0') & 1);
    else
        return false;
    return true;
}

void dcs_decrqss(struct vt *vt, const char *text, size_t n)
{
    struct buf value = { 0 };
    size_t i;

    for (i = 0; i < sizeof settings / sizeof settings[0]; i++)
        if (strlen(settings[i].name) == n &&
            memcmp(settings[i].name, text, n) == 0) {
            settings[i].describe(vt, &value);
            reply_dcs(vt, "1$r%s%s", buf_str(&value), settings[i].name);
            buf_free(&value);
            return;
        }
    if (describe_keys(vt, text, n, &value) ||
        describe_title_modes(vt, text, n, &value))
        reply_dcs(vt, "1$r%s", buf_str(&value));
    else
        reply_dcs(vt, "0$r");
    buf_free(&value);
}
