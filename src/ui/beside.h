/*
 * beside.h - what curses cannot carry: links (OSC 8), colours of underlines,
 * dots and dashes, and graphemes of many characters or several wide ones.
 *
 * Curses draws such cells as well as it can, each sort with a colour pair of
 * its own; when it has drawn, they are written once more, from what it has put
 * on the screen and with our own sequences.  Cursor and attributes are saved
 * and restored around them (DECSC, DECRC), so that curses need not know.  But
 * it must know such a cell from a plain one, to write it anew when it becomes
 * one; pairs of the same colours are the same to it, so BESIDE_ATTR is set too,
 * an attribute (a line beside the text) that no terminal of ours is told of.
 *
 * Terminals do not agree on which pictographs are one.  So what is to the right
 * of such a grapheme is written again, as far as the grapheme would reach if
 * all its characters were drawn side by side: the screen is right in any case,
 * and a terminal that joins them shows it.  At the right margin, where there is
 * no room for that, the first may stay alone, as curses drew it.
 */
#ifndef UI_BESIDE_H
#define UI_BESIDE_H

#include <stdbool.h>
#include "vt/vt.h"

struct beside;
struct buf;
struct pair;
struct pairs;

#define BESIDE_ATTR A_LEFT

/* Does a pair stand for something of this kind? */
bool beside_has(const struct pair *pair);

/* After curses has begun.  pairs is borrowed.  clips: without DECAWM the
 * terminal drops a wide character that has no room before the margin. */
struct beside *beside_new(const struct pairs *pairs, bool clips);
/* NULL is allowed. */
void beside_free(struct beside *b);

/* A row of the screen was painted: are there such cells on it? */
void beside_row(struct beside *b, unsigned row, bool has_some);
/* The first rows of these moved up by n. */
void beside_scroll(struct beside *b, unsigned rows, unsigned n);
/* Curses may write this row, or any, once more; forget: and none has such
 * cells. */
void beside_again(struct beside *b, unsigned row);
void beside_all(struct beside *b);
void beside_forget(struct beside *b);

/*
 * After curses has drawn: append what is to be sent, for the rows that it may
 * have written; the cursor's is always one of them, as curses goes along a row
 * by writing what stands there.  vt knows the links.  False if some rows are
 * left for another frame.
 */
bool beside_write(struct beside *b, const struct vt *vt, unsigned cursor_row,
                  struct buf *out);

#endif
