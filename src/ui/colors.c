#include "ui/colors.h"

#define TRUECOLOR (1L << 24)

/* Red is light; blue is not, and no grey that whole screens are kept in. */
#define LIGHT 60u

/* xterm's sixteen. */
static const uint32_t basic[16] = {
    0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd,
    0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00,
    0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
};

uint32_t colors_basic(unsigned i)
{
    return basic[i & 15];
}

static const uint8_t cube_steps[6] = { 0, 95, 135, 175, 215, 255 };

static uint32_t rgb(unsigned r, unsigned g, unsigned b)
{
    return (uint32_t)(r << 16 | g << 8 | b);
}

/* xterm's 256: sixteen, a 6x6x6 cube, 24 greys. */
static uint32_t standard(unsigned i)
{
    if (i < 16)
        return basic[i];
    if (i >= 232)
        return rgb(8 + 10 * (i - 232), 8 + 10 * (i - 232), 8 + 10 * (i - 232));
    i -= 16;
    return rgb(cube_steps[i / 36], cube_steps[i / 6 % 6], cube_steps[i % 6]);
}

/* How far apart two colours look: green counts most, blue least. */
static unsigned distance(uint32_t a, uint32_t b)
{
    int r = (int)(a >> 16 & 255) - (int)(b >> 16 & 255);
    int g = (int)(a >> 8 & 255) - (int)(b >> 8 & 255);
    int bl = (int)(a & 255) - (int)(b & 255);

    return (unsigned)(3 * r * r + 6 * g * g + bl * bl);
}

static unsigned cube_step(unsigned v)
{
    return v < 48 ? 0 : v < 115 ? 1 : (v - 35) / 40;
}

/* The first sixteen are left out: users give them colours of their own. */
static unsigned nearest_256(uint32_t c)
{
    unsigned r = c >> 16 & 255, g = c >> 8 & 255, b = c & 255;
    unsigned mean = (r + g + b) / 3;
    unsigned cube = 16 + 36 * cube_step(r) + 6 * cube_step(g) + cube_step(b);
    unsigned grey = mean < 4 ? 232 : mean > 238 ? 255 : 232 + (mean - 3) / 10;

    return distance(c, standard(grey)) < distance(c, standard(cube)) ? grey
                                                                     : cube;
}

static unsigned nearer(uint32_t c, unsigned a, unsigned b)
{
    return distance(c, basic[a]) <= distance(c, basic[b]) ? a : b;
}

/* A text is not black unless it is black; a background may be. */
static unsigned nearest_grey(unsigned level, enum vt_default which)
{
    unsigned black = which == VT_DEFAULT_BG ? 80 : 8;

    return level < black ? 0 : level < 178 ? 8 : level < 242 ? 7 : 15;
}

/*
 * By hue: of the sixteen the next to brown is a dark grey, and to dark green
 * black, which nobody means by them.  Backgrounds that are nearly black are the
 * whole screen's mostly, whatever their hue.
 */
static unsigned nearest_16(uint32_t c, enum vt_default which)
{
    unsigned r = c >> 16 & 255, g = c >> 8 & 255, b = c & 255;
    unsigned most = r > g ? r : g, least = r < g ? r : g, middle, hue;

    most = b > most ? b : most;
    least = b < least ? b : least;
    middle = (most + least) / 2;
    if ((most - least) * 3 < most || (which == VT_DEFAULT_BG && most < 80))
        return nearest_grey(middle, which);
    hue = (r > middle ? 1u : 0) | (g > middle ? 2u : 0) | (b > middle ? 4u : 0);
    return nearer(c, hue, hue + 8);
}

/* A background that would be bright, where none can be: what is written on it
 * counts on its lightness more than on its hue. */
static unsigned without_bright(uint32_t c, unsigned number)
{
    if (number <= 8)
        return number;
    return (c >> 23 & 1) | (c >> 14 & 2) | (c >> 5 & 4);
}

static int nearest(uint32_t c, enum vt_default which, long depth)
{
    unsigned number;

    if (depth >= TRUECOLOR)
        return COLORS_RGB | (int)c;
    if (depth >= 256)
        return (int)nearest_256(c);
    number = nearest_16(c, which);
    if (depth < 16 && which == VT_DEFAULT_BG)
        number = without_bright(c, number);
    return (int)number;
}

static uint32_t rgb_of(uint32_t color, const struct vt *vt)
{
    unsigned i = color & 255;

    if ((color & VT_COLOR_KIND) == VT_COLOR_RGB)
        return color & VT_COLOR_VALUE;
    return vt != NULL ? vt_palette(vt, i) : standard(i);
}

int colors_number(uint32_t color, enum vt_default which, const struct vt *vt,
                  long depth)
{
    unsigned i = color & 255;
    uint32_t set;

    if (depth < 8)
        return COLORS_DEFAULT;
    if ((color & VT_COLOR_KIND) == VT_COLOR_DEFAULT)
        return vt != NULL && vt_default_color(vt, which, &set)
                   ? nearest(set, which, depth)
                   : COLORS_DEFAULT;
    if ((color & VT_COLOR_KIND) == VT_COLOR_INDEX && (i < 16 || depth >= 256) &&
        (vt == NULL || !vt_palette_changed(vt, i)))
        return (color & VT_COLOR_EXACT) != 0 && depth >= TRUECOLOR
                   ? COLORS_EXACT + (int)i
                   : (int)i;
    return nearest(rgb_of(color, vt), which, depth);
}

bool colors_to_eight(int *fg, int *bg, bool differ)
{
    bool bold = *fg >= 8;

    if (*bg == 8)
        *bg = 7;
    if (differ && (*fg == *bg || (*bg == 7 && (*fg > 7 || *fg < 0)))) {
        bold = false;
        *fg = *bg == 0 || *bg == 1 || *bg == 4 || *bg == 5 ? 7 : 0;
    }
    if (*fg >= 8)
        *fg -= 8;
    if (*bg >= 8)
        *bg -= 8;
    return bold;
}

uint32_t colors_of_text(const struct vt_cell *cell, const struct vt *vt)
{
    unsigned i = cell->fg & VT_COLOR_VALUE; /* 256 or more if it is exact */

    if ((cell->fg & VT_COLOR_KIND) != VT_COLOR_INDEX || i >= 8 ||
        (cell->attrs & VT_BOLD) == 0 || vt == NULL ||
        !vt_palette_changed(vt, i + 8))
        return cell->fg;
    return VT_COLOR_INDEX | (i + 8);
}

static uint32_t mix(uint32_t hash, uint32_t value)
{
    return (hash ^ value) * 16777619u; /* FNV-1a, by words */
}

uint32_t colors_version(const struct vt *vt)
{
    uint32_t hash = 2166136261u, c;
    unsigned i;

    for (i = 0; i < 256 && vt_palette_is_changed(vt); i++)
        if (vt_palette_changed(vt, i))
            hash = mix(mix(hash, i), vt_palette(vt, i));
    if (vt_default_color(vt, VT_DEFAULT_FG, &c))
        hash = mix(mix(hash, 256), c);
    if (vt_default_color(vt, VT_DEFAULT_BG, &c))
        hash = mix(mix(hash, 257), c);
    return hash;
}

/* 0..255; the default is the text's, light. */
static unsigned lightness(uint32_t color, const struct vt *vt)
{
    uint32_t c;

    if ((color & VT_COLOR_KIND) == VT_COLOR_DEFAULT)
        return 255;
    c = rgb_of(color, vt);
    return (3 * (c >> 16 & 255) + 6 * (c >> 8 & 255) + (c & 255)) / 10;
}

bool colors_mark(const struct vt_cell *cell, const struct vt *vt)
{
    unsigned bg = lightness(cell->bg, vt);

    return (cell->bg & VT_COLOR_KIND) != VT_COLOR_DEFAULT &&
           (bg >= LIGHT || bg > lightness(colors_of_text(cell, vt), vt));
}

bool colors_bright(uint32_t color)
{
    unsigned i = color & VT_COLOR_VALUE;

    return (color & VT_COLOR_KIND) == VT_COLOR_INDEX && i > 8 && i < 15;
}
