/* width.h - how many cells a character takes (Unicode UAX 11 and emoji). */
#ifndef BASE_WIDTH_H
#define BASE_WIDTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * 2 for East Asian wide and fullwidth characters and emoji presentation, 0
 * for combining marks, joiners and other characters without an advance, else
 * 1.  Ambiguous characters are 1, but for a few between wide ones.  Control
 * characters are 0.
 */
unsigned width_of(uint32_t ch);

/* The same, without a look at the table for most of what is wide. */
static inline unsigned width_next(uint32_t ch)
{
    return ch >= 0x4e00 && ch <= 0x9fff ? 2 : width_of(ch);
}

/*
 * May ch follow a zero width joiner in an emoji sequence?  True for pictographs
 * (and for ideographs, which no joiner precedes).
 */
bool width_is_pictograph(uint32_t ch);

/* One of the five colours of skin, and what may have one before it. */
bool width_is_skin_tone(uint32_t ch);
bool width_takes_skin_tone(uint32_t ch);

/* A mark that has a width of its own: category Mc, as Indic vowel signs. */
bool width_is_spacing_mark(uint32_t ch);

/* Cells taken by n bytes of UTF-8 without control characters. */
size_t width_of_text(const char *s, size_t n);

#endif
