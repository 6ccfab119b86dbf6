/* glyph.h - what to show of a character where the terminal cannot. */
#ifndef UI_GLYPH_H
#define UI_GLYPH_H

#include <stdbool.h>
#include <stdint.h>

/* Can the locale's encoding carry it? */
bool glyph_in_locale(uint32_t ch);

/* The nearest ASCII character: quotes, dashes, letters without accents, the
 * corners of boxes; else '?'. */
char glyph_ascii(uint32_t ch);

#endif
