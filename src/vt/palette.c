/* palette.c - xterm's 256 colours and what the server changed of them. */
#include "vt/screen.h"

#include <string.h>

static const uint32_t first_16[16] = {
    0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd,
    0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00,
    0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
};

uint32_t palette_default(unsigned index)
{
    static const uint8_t levels[6] = { 0, 95, 135, 175, 215, 255 };
    uint32_t grey;

    if (index < 16)
        return first_16[index];
    if (index >= 232) {
        grey = (index - 232) * 10 + 8;
        return grey << 16 | grey << 8 | grey;
    }
    index -= 16;
    return (uint32_t)levels[index / 36] << 16 |
           (uint32_t)levels[index / 6 % 6] << 8 | levels[index % 6];
}

void palette_reset(struct palette *pal)
{
    memset(pal, 0, sizeof *pal);
}

void palette_reset_indexed(struct palette *pal)
{
    memset(pal->changed, 0, sizeof pal->changed);
    pal->special_changed = 0;
}

bool vt_palette_is_changed(const struct vt *vt)
{
    static const struct palette none;

    return memcmp(vt->palette.changed, none.changed, sizeof none.changed) != 0;
}

bool vt_palette_changed(const struct vt *vt, unsigned index)
{
    return index < 256 && (vt->palette.changed[index / 32] >> index % 32 & 1);
}

uint32_t vt_palette(const struct vt *vt, unsigned index)
{
    if (index >= 256)
        return 0;
    return vt_palette_changed(vt, index) ? vt->palette.color[index]
                                         : palette_default(index);
}

bool vt_default_color(const struct vt *vt, enum vt_default which, uint32_t *rgb)
{
    bool set = (vt->palette.dynamic_changed >> which & 1) != 0;

    *rgb = set ? vt->palette.dynamic[which]
               : first_16[which == VT_DEFAULT_BG ? 0 : 7];
    return set;
}

void vt_set_default_color(struct vt *vt, enum vt_default which, uint32_t rgb)
{
    bool changed;

    if (which > VT_DEFAULT_BG)
        return;
    changed = !vt->owner.known[which] || vt->owner.color[which] != rgb;
    vt->owner.color[which] = rgb;
    vt->owner.known[which] = true;
    if (changed && which == VT_DEFAULT_BG && mode(vt, MODE_SCHEME))
        report_scheme(vt);
}

/*
 * What the server set, else the owner's own foreground or background.  As long
 * as the owner does not tell, there is no answer: a wrong one makes vim choose
 * light text on a light screen.
 */
bool palette_dynamic(const struct vt *vt, unsigned i, uint32_t *rgb)
{
    /* The pointer, Tektronix, the highlight: OSC 12 to 19. */
    static const uint8_t stands_for[DYNAMIC_COLORS] = {
        VT_DEFAULT_FG, VT_DEFAULT_BG, VT_DEFAULT_FG, VT_DEFAULT_FG,
        VT_DEFAULT_BG, VT_DEFAULT_FG, VT_DEFAULT_BG, VT_DEFAULT_FG,
        VT_DEFAULT_FG, VT_DEFAULT_BG,
    };
    const struct palette *pal = &vt->palette;
    unsigned other = stands_for[i];

    if (pal->dynamic_changed >> i & 1) {
        *rgb = pal->dynamic[i];
        return true;
    }
    if (pal->dynamic_changed >> other & 1) {
        *rgb = pal->dynamic[other];
        return true;
    }
    *rgb = vt->owner.color[other];
    return vt->owner.known[other];
}
