/* colors.h - the colours of cells, as the outer terminal has them. Pure. */
#ifndef UI_COLORS_H
#define UI_COLORS_H

#include <stdbool.h>
#include <stdint.h>
#include "vt/vt.h"

/* The terminal's default colour, as curses calls it. */
#define COLORS_DEFAULT (-1)
/* Set in the number of a 24-bit colour; those without it are the palette's. */
#define COLORS_RGB (1 << 24)
/* Added to one of the first eight that is not bright in bold text. */
#define COLORS_EXACT 256

/*
 * The number to give to curses for a cell's colour (VT_COLOR_...), where
 * depth is how many colours there are: 2^24, 256, 16 or 8 (others count as
 * the next lower of these, and below 8 all is default).  With 8 colours the
 * result may be 8..15: bright or grey, see colors_to_eight().  vt tells which
 * colours the server changed, also the default ones (which of them?); NULL:
 * none.
 */
int colors_number(uint32_t color, enum vt_default which, const struct vt *vt,
                  long depth);

/*
 * The colours of a text and what it is on (0..15, or COLORS_DEFAULT) for a
 * terminal with eight: bright text is bold, a dark grey background the light
 * one; true if bold.  Where differ says that they were not meant to be the
 * same, the text stays readable; also the default colour, which may be the
 * light grey.
 */
bool colors_to_eight(int *fg, int *bg, bool differ);

/*
 * The colour to draw a cell's text in: its own; but of bold text in one of the
 * first eight the bright entry beside it, if the server has set that one.
 * Where it has not, the outer terminal makes bold text bright or leaves it, as
 * its owner is used to.  (xterm's boldColors; tmux has the same rule.)
 */
uint32_t colors_of_text(const struct vt_cell *cell, const struct vt *vt);

/* A number that changes with the colours the server set. */
uint32_t colors_version(const struct vt *vt);

/*
 * Whether a terminal without colours shows a cell in reverse, for its
 * background: one that is lighter than the text, or light by itself.  So a
 * menu that is white on cyan is marked, and a panel that is white on blue is
 * plain, with plain blanks: what is erased has a background and no colour of
 * text.
 */
bool colors_mark(const struct vt_cell *cell, const struct vt *vt);

/* xterm's first sixteen, as 24 bits. */
uint32_t colors_basic(unsigned i);

/* Is it one of the bright ones among the first sixteen?  Not a grey or white,
 * which all text is in. */
bool colors_bright(uint32_t color);

#endif
