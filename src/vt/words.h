/* words.h - from word to word, as vi goes; and the one at a place. */
#ifndef VT_WORDS_H
#define VT_WORDS_H

#include <stdbool.h>
#include "vt/text.h"

/*
 * The beginning of the next word (vi's w), or of this one or the one before
 * (b).  big: words are what lies between blanks (W and B), else letters,
 * digits and _ make words, and so do other characters.  A place without such
 * a word gives the last, or the first, cell of text.
 */
struct vt_place vt_word_next(const struct vt *vt, struct vt_place from,
                             bool big);
struct vt_place vt_word_back(const struct vt *vt, struct vt_place from,
                             bool big);

/* The last cell of this word, or from there of the next (e); of text, if there
 * is none. */
struct vt_place vt_word_end(const struct vt *vt, struct vt_place from,
                            bool big);

/* The first cell of a line that is not blank; column 0 if all are. */
struct vt_place vt_line_indent(const struct vt *vt, uint64_t line);
/* The same of the whole text that the line is part of. */
struct vt_place vt_text_indent(const struct vt *vt, uint64_t line);

/*
 * What a double click chooses: an address (RFC 3986); at a quotation mark what
 * is between it and its partner; a word or a path, without the signs that end
 * a sentence; blanks; else the one cell.
 */
struct vt_range vt_word_at(const struct vt *vt, struct vt_place at);

#endif
