/* color.h - colours as X11 writes them, which is how terminals tell them. */
#ifndef VT_COLOR_H
#define VT_COLOR_H

#include <stdbool.h>
#include <stdint.h>

/*
 * "rgb:r/g/b" with one to four hex digits each, "#rgb" to "#rrrrggggbbbb", or
 * "rgbi:r/g/b" with intensities from 0 to 1, as 0xrrggbb.  False if it is none
 * of them; *rgb is then as it was.
 */
bool color_parse(const char *spec, uint32_t *rgb);

#endif
