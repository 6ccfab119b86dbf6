/* acs.h - DEC's line drawing characters, where the locale has none. */
#ifndef UI_ACS_H
#define UI_ACS_H

#include <stdbool.h>
#include <stdint.h>
#include <wchar.h>

/* As curses has it, with its attributes (A_ALTCHARSET).  False if ch is none of
 * them. */
bool acs_glyph(uint32_t ch, wchar_t *text, uint32_t *attrs);

#endif
