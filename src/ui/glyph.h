/* glyph.h - what to show of a character where the terminal cannot. */
#ifndef UI_GLYPH_H
#define UI_GLYPH_H

#include <stdint.h>

/* The nearest ASCII character: quotes, dashes, letters without accents, the
 * corners of boxes; else '?'. */
char glyph_ascii(uint32_t ch);

#endif
