/* glyph.h - what to show of a character where the terminal cannot. */
#ifndef UI_GLYPH_H
#define UI_GLYPH_H

#include <stdbool.h>
#include <stdint.h>

/* The nearest ASCII character: quotes, dashes, letters without accents, the
 * corners of boxes; else '?'. */
char glyph_ascii(uint32_t ch);

/*
 * Emoji since Unicode 13 (2020), and signs that are wide since Unicode 16.  A
 * terminal may be older than they are and make them narrow, as xterm 379 does
 * with those of Unicode 15, or leave them out, as tmux 3.3 does, so the row
 * behind them would move.
 */
bool glyph_is_recent(uint32_t ch);

#endif
