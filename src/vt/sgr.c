/* sgr.c - Select Graphic Rendition: colours and attributes. */
#include "vt/screen.h"

/* What each parameter clears and then sets; ECMA-48 8.3.117. */
static const struct attr_code {
    uint16_t clear, set;
} attr_codes[] = {
    [1] = { 0, VT_BOLD },
    [2] = { 0, VT_FAINT },
    [3] = { 0, VT_ITALIC },
    [4] = { UNDERLINES, VT_UNDERLINE },
    [5] = { 0, VT_BLINK },
    [6] = { 0, VT_BLINK },
    [7] = { 0, VT_REVERSE },
    [8] = { 0, VT_INVISIBLE },
    [9] = { 0, VT_STRIKE },
    [21] = { UNDERLINES, VT_UNDERLINE | VT_DOUBLE_UNDERLINE },
    [22] = { VT_BOLD | VT_FAINT, 0 },
    [23] = { VT_ITALIC, 0 },
    [24] = { UNDERLINES, 0 },
    [25] = { VT_BLINK, 0 },
    [27] = { VT_REVERSE, 0 },
    [28] = { VT_INVISIBLE, 0 },
    [29] = { VT_STRIKE, 0 },
    [53] = { 0, VT_OVERLINE },
    [55] = { VT_OVERLINE, 0 },
};

/* The second part of 4:0 to 4:5. */
static const uint16_t underline_styles[] = {
    0,
    VT_UNDERLINE,
    VT_UNDERLINE | VT_DOUBLE_UNDERLINE,
    VT_UNDERLINE | VT_CURLY_UNDERLINE,
    VT_UNDERLINE | VT_DOTTED_UNDERLINE,
    VT_UNDERLINE | VT_DASHED_UNDERLINE,
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static void change_attrs(struct vt_cell *pen, unsigned clear, unsigned set)
{
    pen->attrs = (uint16_t)((pen->attrs & ~clear) | set);
}

static void reset_pen(struct cursor *cur)
{
    cur->pen.fg = cur->pen.bg = VT_COLOR_DEFAULT;
    cur->pen.attrs &= NOT_SGR;
    cur->extra.underline = VT_COLOR_DEFAULT;
}

/*
 * From v[0] = 2 or 5 on; *used says how many values belong to the colour.  A
 * gap makes it none: omitted is as struct vt_params has it, for v.
 */
static bool parse_color(const uint16_t *v, unsigned n, uint32_t omitted,
                        unsigned *used, uint32_t *color)
{
    *used = n > 0 && v[0] == 2 ? 4 : n > 0 && v[0] == 5 ? 2 : 1;
    if (*used > n || *used == 1) {
        *used = n < *used ? n : *used;
        return false;
    }
    if ((omitted >> 1 & ((1u << (*used - 1)) - 1)) != 0)
        return false;
    if (v[0] == 5) {
        *color = VT_COLOR_INDEX | v[1];
        return v[1] <= 255;
    }
    *color = VT_COLOR_RGB | (uint32_t)v[1] << 16 | (uint32_t)v[2] << 8 | v[3];
    return v[1] <= 255 && v[2] <= 255 && v[3] <= 255;
}

/*
 * 38, 48 and 58, with the rest in parts of the same parameter (38:2::r:g:b,
 * 38:2:r:g:b, 38:5:n) or in parameters of their own (38;2;r;g;b).  Returns how
 * many values were taken after v[0].
 */
static unsigned extended_color(const uint16_t *v, unsigned n, unsigned parts,
                               uint32_t omitted, uint32_t *color)
{
    uint32_t found;
    uint16_t rgb[4];
    unsigned used, i;

    v++;
    omitted >>= 1;
    if (parts >= 5 && v[0] == 2) { /* skip the colour space */
        rgb[0] = 2;
        for (i = 1; i < 4; i++)
            rgb[i] = v[i + 1];
        v = rgb;
        omitted >>= 1;
    }
    if (parse_color(v, parts != 0 ? parts : n - 1, omitted, &used, &found))
        *color = found;
    return parts != 0 ? parts : used;
}

static unsigned text_color(const uint16_t *v, unsigned n, unsigned parts,
                           uint32_t omitted, uint32_t *color)
{
    uint32_t found = UINT32_MAX;
    unsigned used = extended_color(v, n, parts, omitted, &found);

    if (found < (VT_COLOR_INDEX | 8))
        *color = found | VT_COLOR_EXACT;
    else if (found != UINT32_MAX)
        *color = found;
    return used;
}

static bool plain_color(struct vt_cell *pen, unsigned code)
{
    if (code >= 30 && code <= 37)
        pen->fg = VT_COLOR_INDEX | (code - 30);
    else if (code >= 40 && code <= 47)
        pen->bg = VT_COLOR_INDEX | (code - 40);
    else if (code >= 90 && code <= 97)
        pen->fg = VT_COLOR_INDEX | (code - 90 + 8);
    else if (code >= 100 && code <= 107)
        pen->bg = VT_COLOR_INDEX | (code - 100 + 8);
    else if (code == 39)
        pen->fg = VT_COLOR_DEFAULT;
    else if (code == 49)
        pen->bg = VT_COLOR_DEFAULT;
    else
        return false;
    return true;
}

static bool is_extended(unsigned code)
{
    return code == 38 || code == 48 || code == 58;
}

/* Any other code with parts means something that is not known here. */
static bool takes_parts(unsigned code)
{
    return code == 4 || is_extended(code);
}

/* Values after the one at i that are parts of it.  Those of 38;5:n are 5 and n
 * as well. */
static unsigned count_parts(const struct vt_params *p, unsigned i)
{
    unsigned parts = is_extended(p->value[i]) && (p->sub >> i >> 2 & 1) ? 1 : 0;

    while (i + 1 + parts < p->n && (p->sub >> (i + 1 + parts) & 1))
        parts++;
    return parts;
}

/* One parameter with its parts; returns how many values followed it. */
static unsigned apply(struct cursor *cur, const uint16_t *v, unsigned n,
                      unsigned parts, uint32_t omitted)
{
    struct vt_cell *pen = &cur->pen;

    if (parts != 0 && !takes_parts(v[0]))
        return parts;
    switch (v[0]) {
    case 0: reset_pen(cur); break;
    case 4:
        if (parts == 0)
            change_attrs(pen, UNDERLINES, VT_UNDERLINE);
        else if (v[1] < COUNT(underline_styles))
            change_attrs(pen, UNDERLINES, underline_styles[v[1]]);
        break;
    case 38: return text_color(v, n, parts, omitted, &pen->fg);
    case 48: return extended_color(v, n, parts, omitted, &pen->bg);
    case 58: return extended_color(v, n, parts, omitted, &cur->extra.underline);
    case 59: cur->extra.underline = VT_COLOR_DEFAULT; break;
    default:
        if (!plain_color(pen, v[0]) && v[0] < COUNT(attr_codes))
            change_attrs(pen, attr_codes[v[0]].clear, attr_codes[v[0]].set);
        break;
    }
    return parts;
}

void sgr_apply(struct vt *vt, const struct vt_params *p)
{
    unsigned i, parts;

    if (p->n == 0)
        reset_pen(&vt->cur);
    for (i = 0; i < p->n;) {
        parts = count_parts(p, i);
        i +=
            1 + apply(&vt->cur, p->value + i, p->n - i, parts, p->omitted >> i);
    }
}

/* ---- the way back, for DECRQSS ---- */

static void describe_color(uint32_t color, unsigned base, struct buf *out)
{
    uint32_t v = color & VT_COLOR_VALUE;

    switch (color & VT_COLOR_KIND) {
    case VT_COLOR_INDEX:
        v &= 255; /* however it was named, as in xterm */
        if (v < 8)
            buf_printf(out, ";%u", base + (unsigned)v);
        else if (v < 16)
            buf_printf(out, ";%u", base + 60 + (unsigned)v - 8);
        else
            buf_printf(out, ";%u:5:%u", base + 8, (unsigned)v);
        break;
    case VT_COLOR_RGB:
        buf_printf(out, ";%u:2::%u:%u:%u", base + 8, (unsigned)(v >> 16),
                   (unsigned)(v >> 8 & 255), (unsigned)(v & 255));
        break;
    }
}

/* In xterm's order; what that does not tell comes last. */
static void describe_attrs(unsigned attrs, struct buf *out)
{
    static const uint8_t codes[] = { 1, 4, 5, 7, 8, 2, 3, 9, 21, 53 };
    unsigned i;

    for (i = 0; i < COUNT(codes); i++) {
        const struct attr_code *code = &attr_codes[codes[i]];

        if ((attrs & (code->clear | code->set)) == code->set)
            buf_printf(out, ";%u", codes[i]);
    }
    for (i = 3; i < COUNT(underline_styles); i++)
        if ((attrs & UNDERLINES) == underline_styles[i])
            buf_printf(out, ";4:%u", i);
}

static void describe_underline_color(uint32_t color, struct buf *out)
{
    unsigned v = color & VT_COLOR_VALUE;

    if ((color & VT_COLOR_KIND) == VT_COLOR_INDEX)
        buf_printf(out, ";58:5:%u", v);
    else if ((color & VT_COLOR_KIND) == VT_COLOR_RGB)
        buf_printf(out, ";58:2::%u:%u:%u", v >> 16, v >> 8 & 255, v & 255);
}

void sgr_describe(const struct cursor *cur, struct buf *out)
{
    const struct vt_cell *pen = &cur->pen;

    buf_put_str(out, "0");
    describe_attrs(pen->attrs, out);
    describe_color(pen->fg, 30, out);
    describe_color(pen->bg, 40, out);
    describe_underline_color(cur->extra.underline, out);
}

/* ---- DECCARA and DECRARA ---- */

#define AREA_ATTRS (VT_BOLD | UNDERLINES | VT_BLINK | VT_REVERSE | VT_INVISIBLE)

/* The attributes that both know; 0 takes away all of them, but reverses none,
 * as in xterm. */
static unsigned area_attrs(unsigned code)
{
    switch (code) {
    case 1: return VT_BOLD;
    case 4: return UNDERLINES;
    case 5: return VT_BLINK;
    case 7: return VT_REVERSE;
    case 8: return VT_INVISIBLE;
    default: return 0;
    }
}

void sgr_change(struct vt_cell *cell, const struct vt_params *p, unsigned i)
{
    do {
        unsigned code = param(p, i, 0);

        if (code == 0)
            cell->attrs &= (uint16_t)~AREA_ATTRS;
        else if (code < 10 && area_attrs(code) != 0)
            change_attrs(cell, attr_codes[code].clear, attr_codes[code].set);
        else if (code > 20 && code < 30)
            cell->attrs &= (uint16_t)~area_attrs(code == 22 ? 1 : code - 20);
        else
            plain_color(cell, code);
    } while (++i < p->n);
}

void sgr_reverse(struct vt_cell *cell, const struct vt_params *p, unsigned i)
{
    do {
        unsigned attrs = area_attrs(param(p, i, 0));

        if ((attrs & UNDERLINES) != 0) {
            if (cell->attrs & VT_UNDERLINE)
                cell->attrs &= (uint16_t)~UNDERLINES;
            else
                cell->attrs |= VT_UNDERLINE;
        }
        cell->attrs ^= (uint16_t)(attrs & ~(unsigned)UNDERLINES);
    } while (++i < p->n);
}
