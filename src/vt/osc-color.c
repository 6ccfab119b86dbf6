/* osc-color.c - OSC 4, 5, 10 to 19 and 104, 105, 110 to 119: the palette. */
#include <stdio.h>
#include <string.h>
#include "vt/color.h"
#include "vt/screen.h"

#define SPEC_SIZE 64
#define NONE      UINT32_MAX

static void reply_color(struct vt *vt, const char *what, uint32_t rgb)
{
    unsigned r = rgb >> 16 & 255, g = rgb >> 8 & 255, b = rgb & 255;

    reply_osc(vt, "%s;rgb:%02x%02x/%02x%02x/%02x%02x", what, r, r, g, g, b, b);
}

/* Take the field up to the next ';' out of *s; false at the end. */
static bool next_field(const char **s, char *field, size_t size)
{
    size_t n;

    if (*s == NULL)
        return false;
    n = strcspn(*s, ";");
    snprintf(field, size, "%.*s", (int)(n < size ? n : size - 1), *s);
    *s = (*s)[n] == ';' ? *s + n + 1 : NULL;
    return true;
}

/* A colour's number, or NONE if the field is none. */
static unsigned color_index(const char *field)
{
    unsigned value = 0;

    if (*field == '\0')
        return NONE;
    for (; *field != '\0'; field++) {
        if (*field < '0' || *field > '9' || value > 999)
            return NONE;
        value = value * 10 + (unsigned)(*field - '0');
    }
    return value;
}

/* ---- the 256, and the special ones behind them ---- */

/* A special colour is that of the text, where nothing else was said. */
static uint32_t special_color(const struct vt *vt, unsigned i)
{
    uint32_t rgb;

    if (vt->palette.special_changed >> i & 1)
        return vt->palette.special[i];
    return palette_dynamic(vt, VT_DEFAULT_FG, &rgb) ? rgb : palette_default(7);
}

static void store_color(struct vt *vt, unsigned index, uint32_t rgb)
{
    if (index < 256) {
        vt->palette.color[index] = rgb;
        vt->palette.changed[index / 32] |= 1u << index % 32;
    } else {
        vt->palette.special[index - 256] = rgb;
        vt->palette.special_changed |= (uint8_t)(1u << (index - 256));
    }
    vt->events |= VT_EVENT_PALETTE;
}

/* Pairs of a number and a colour or '?'; the numbers count from first on.  What
 * is none ends them. */
static void color_pairs(struct vt *vt, unsigned number, unsigned first,
                        const char *text)
{
    char index[8], spec[SPEC_SIZE], what[16];
    uint32_t rgb;

    while (next_field(&text, index, sizeof index) &&
           next_field(&text, spec, sizeof spec)) {
        unsigned i = color_index(index);

        if (i == NONE || i + first >= 256 + SPECIAL_COLORS)
            return;
        i += first;
        if (strcmp(spec, "?") == 0) {
            snprintf(what, sizeof what, "%u;%u", number, i - first);
            reply_color(vt, what,
                        i < 256 ? vt_palette(vt, i)
                                : special_color(vt, i - 256));
        } else if (!color_parse(spec, &rgb)) {
            return;
        } else {
            store_color(vt, i, rgb);
        }
    }
}

void osc_color(struct vt *vt, unsigned number, const char *text, size_t n)
{
    (void)n;
    color_pairs(vt, number, 0, text);
}

void osc_special(struct vt *vt, unsigned number, const char *text, size_t n)
{
    (void)n;
    color_pairs(vt, number, 256, text);
}

static void reset_one(struct vt *vt, unsigned i)
{
    if (i < 256)
        vt->palette.changed[i / 32] &= ~(1u << i % 32);
    else if (i < 256 + SPECIAL_COLORS)
        vt->palette.special_changed &= (uint8_t) ~(1u << (i - 256));
}

void osc_color_reset(struct vt *vt, unsigned number, const char *text, size_t n)
{
    char index[8];
    unsigned i;

    (void)number;
    vt->events |= VT_EVENT_PALETTE;
    if (n == 0)
        memset(vt->palette.changed, 0, sizeof vt->palette.changed);
    while (n != 0 && next_field(&text, index, sizeof index))
        if ((i = color_index(index)) != NONE)
            reset_one(vt, i);
}

void osc_special_reset(struct vt *vt, unsigned number, const char *text,
                       size_t n)
{
    char index[8];
    unsigned i;

    (void)number;
    vt->events |= VT_EVENT_PALETTE;
    if (n == 0)
        vt->palette.special_changed = 0;
    while (n != 0 && next_field(&text, index, sizeof index))
        if ((i = color_index(index)) < SPECIAL_COLORS)
            reset_one(vt, 256 + i);
}

/* ---- the default colours ---- */

/* OSC 10 ; fg ; bg ; cursor ...: each further field is the next number's. */
void osc_dynamic(struct vt *vt, unsigned number, const char *text, size_t n)
{
    struct palette *pal = &vt->palette;
    char spec[SPEC_SIZE], what[16];
    uint32_t rgb;
    unsigned i;

    (void)n;
    for (i = number - 10; i < DYNAMIC_COLORS; i++) {
        if (!next_field(&text, spec, sizeof spec))
            return;
        if (strcmp(spec, "?") == 0) {
            snprintf(what, sizeof what, "%u", i + 10);
            if (palette_dynamic(vt, i, &rgb))
                reply_color(vt, what, rgb);
        } else if (color_parse(spec, &rgb)) {
            pal->dynamic[i] = rgb;
            pal->dynamic_changed |= (uint16_t)(1u << i);
            vt->events |= VT_EVENT_PALETTE;
        }
    }
}

void osc_dynamic_reset(struct vt *vt, unsigned number, const char *text,
                       size_t n)
{
    (void)text;
    if (n != 0)
        return;
    vt->palette.dynamic_changed &= (uint16_t) ~(1u << (number - 110));
    vt->events |= VT_EVENT_PALETTE;
}
