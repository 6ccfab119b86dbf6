/*
 * status.c - who we are and how we do: device attributes and status reports.
 *
 * We say what xterm says that is a VT525, by level; programs know that answer.
 * The second answer has the number of an xterm new enough for what is here,
 * for editors look at it.  There is no printer, no macro and no key of the
 * user's own, and the reports say so.
 */
#include "vt/csi.h"

#include "config.h"
#include "vt/screen.h"

void op_da(struct vt *vt, const struct vt_params *p)
{
    static const char *const attributes[LEVEL_MAX + 1] = {
        [1] = "1;2",
        [2] = "62;1;2;6;9;15;22;29",
        [3] = "63;1;2;6;9;15;22;29",
        [4] = "64;1;2;6;9;15;16;17;18;21;22;28;29",
        [5] = "65;1;2;6;9;15;16;17;18;21;22;28;29",
    };

    if (param(p, 0, 0) == 0)
        reply_csi(vt, "?%sc", attributes[vt->level]);
}

void op_da2(struct vt *vt, const struct vt_params *p)
{
    static const uint8_t types[LEVEL_MAX + 1] = { 0, 0, 1, 24, 41, 64 };

    if (param(p, 0, 0) == 0)
        reply_csi(vt, ">%u;390;0c", types[vt->level]);
}

void op_da3(struct vt *vt, const struct vt_params *p)
{
    if (param(p, 0, 0) == 0)
        reply_dcs(vt, "!|00000000");
}

void op_xtversion(struct vt *vt, const struct vt_params *p)
{
    if (param(p, 0, 0) == 0)
        reply_dcs(vt, ">|vmconnect(%s)", PACKAGE_VERSION);
}

/* The terminal's parameters: no parity, eight bits, 38400 baud. */
void op_decreqtparm(struct vt *vt, const struct vt_params *p)
{
    if (param(p, 0, 0) <= 1)
        reply_csi(vt, "%u;1;1;128;128;1;0x", param(p, 0, 0) + 2);
}

/* Where the cursor is; in origin mode it counts from the margins. */
static void cursor_place(const struct vt *vt, unsigned *row, unsigned *col)
{
    *row = vt->cur.row + 1;
    *col = vt->cur.col + 1;
    if (vt->cur.origin) {
        *row -= vt->cur.row >= vt->top ? vt->top : vt->cur.row;
        *col -= vt->cur.col >= vt->left ? vt->left : vt->cur.col;
    }
}

void op_dsr(struct vt *vt, const struct vt_params *p)
{
    unsigned row, col;

    switch (param(p, 0, 0)) {
    case 5: reply_csi(vt, "0n"); break;
    case 6:
        cursor_place(vt, &row, &col);
        reply_csi(vt, "%u;%uR", row, col);
        break;
    default: break;
    }
}

/* DECXCPR; from level 4 on there are pages, of which we have one. */
static void report_extended_cursor(struct vt *vt)
{
    unsigned row, col;

    cursor_place(vt, &row, &col);
    reply_csi(vt, vt->level >= 4 ? "?%u;%u;1R" : "?%u;%uR", row, col);
}

/* A US keyboard that is ready, of the first type. */
static void report_keyboard(struct vt *vt)
{
    reply_csi(vt, "?27;1%sn",
              vt->level >= 4   ? ";0;0"
              : vt->level == 3 ? ";0"
                               : "");
}

static bool is_dark(uint32_t rgb)
{
    unsigned r = rgb >> 16 & 255, g = rgb >> 8 & 255, b = rgb & 255;

    return 2 * r + 5 * g + b < 8 * 128;
}

/* Mode 2031: 1 for a dark background, 2 for a light one. */
void report_scheme(struct vt *vt)
{
    uint32_t rgb;

    if (palette_dynamic(vt, VT_DEFAULT_BG, &rgb))
        reply_csi(vt, "?997;%dn", is_dark(rgb) ? 1 : 2);
}

void op_dec_dsr(struct vt *vt, const struct vt_params *p)
{
    switch (param(p, 0, 0)) {
    case 5: reply_csi(vt, "?0n"); break;
    case 6: report_extended_cursor(vt); break;
    case 15: reply_csi(vt, "?13n"); break; /* no printer */
    case 25: reply_csi(vt, "?21n"); break; /* user's keys are locked */
    case 26: report_keyboard(vt); break;
    case 53:
    case 55: reply_csi(vt, "?53n"); break;   /* a locator is there */
    case 56: reply_csi(vt, "?57;1n"); break; /* ... which is a mouse */
    case 62: reply_csi(vt, "0000*{"); break; /* DECMSR: no room for macros */
    case 63:                                 /* DECCKSR: no macros */
        reply_dcs(vt, "%u!~0000", param(p, 1, 0));
        break;
    case 75: reply_csi(vt, "?70n"); break; /* no errors */
    case 85: reply_csi(vt, "?83n"); break; /* one session only */
    case 996: report_scheme(vt); break;
    default: break;
    }
}

/* DECRQDE: the part of our only page that shows, which is all of it. */
void op_decrqde(struct vt *vt, const struct vt_params *p)
{
    (void)p;
    reply_csi(vt, "%u;%u;1;1;1\"w", vt->grid->rows, vt->grid->cols);
}

/* XTSMGRAPHICS: no colour registers and no Sixel are there to be measured. */
void op_xtsmgraphics(struct vt *vt, const struct vt_params *p)
{
    enum { ITEM = 1, ACTION = 2, FAILURE = 3 } wrong = FAILURE;
    unsigned item = param(p, 0, 0), action = param(p, 1, 0);

    if (action < 1 || action > 4)
        wrong = ACTION;
    if (item < 1 || item > 2)
        wrong = ITEM;
    if (p->n == 3)
        reply_csi(vt, "?%u;%uS", item, (unsigned)wrong);
}

/* ---- levels and resets ---- */

void op_decstr(struct vt *vt, const struct vt_params *p)
{
    (void)p;
    screen_soft_reset(vt);
}

/*
 * DECSCL: the level, and from level 2 on whether our controls are 8-bit: with 0
 * or nothing, and 2.  The reset is DECSTR's, as the VT220 and xterm have it.
 */
void op_decscl(struct vt *vt, const struct vt_params *p)
{
    unsigned level = param(p, 0, 0), controls = param(p, 1, 0);

    if (level < 61 || level > 60 + LEVEL_MAX)
        return;
    screen_soft_reset(vt);
    vt->level = (uint8_t)(level - 60);
    vt->ansi_level = vt->level > 1 ? 3 : 1;
    vt->eight_bit = vt->level > 1 && (controls == 0 || controls == 2);
}
