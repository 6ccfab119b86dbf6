/* color.h - colours as X11 writes them, which is how terminals tell them. */
#ifndef VT_COLOR_H
#define VT_COLOR_H

#include <stdbool.h>
#include <stdint.h>

/*
 * What XParseColor() takes: "rgb:r/g/b" with one to four hex digits each,
 * "#rgb" to "#rrrrggggbbbb", a name of rgb.txt, or what color_space() takes; as
 * 0xrrggbb.  False if it is none of them; *rgb is then as it was.
 */
bool color_parse(const char *spec, uint32_t *rgb);

/*
 * color-space.c: "rgbi:r/g/b" with intensities from 0 to 1, "CIEXYZ:x/y/z",
 * "CIEuvY:", "CIExyY:", "CIELab:", "CIELuv:" and "TekHVC:".
 */
bool color_space(const char *spec, uint32_t *rgb);

/* Does spec begin so, in large or small letters?  Then it goes on behind. */
bool color_prefix(const char **spec, const char *prefix);

#endif
