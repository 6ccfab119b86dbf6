/* pairs.h - curses' colour pairs, numbered as they are needed. */
#ifndef UI_PAIRS_H
#define UI_PAIRS_H

#include <stdbool.h>
#include <stdint.h>

struct pairs;

/* Characters of a grapheme that are drawn: a family with skin tones has 11, and
 * some write texts with a dozen marks on each letter. */
#define GRAPHEME_MAX 19u

/*
 * What a pair stands for: two colours, and what else cells have that curses
 * cannot carry (beside.h).
 */
struct pair {
    int fg, bg;
    int underline;  /* the number of its colour, plus one; 0: as the text */
    unsigned style; /* of the underline, as a parameter of SGR 4; 0: none */
    uint32_t link;  /* as vt_link() has it; 0: none */
    /* What is more than a cell of curses holds, up to a 0; and its columns. */
    uint32_t grapheme[GRAPHEME_MAX + 1];
    unsigned cols;
};

/* After start_color(). */
struct pairs *pairs_new(void);
/* NULL is allowed. */
void pairs_free(struct pairs *p);

/* The number of a pair; 0, the default, if there are no more. */
int pairs_get(struct pairs *p, const struct pair *pair);

/* What it stands for; borrowed until the next call. */
const struct pair *pairs_at(const struct pairs *p, int number);

/* Forget all of them: what is on the screen must be painted again. */
void pairs_reset(struct pairs *p);

/* Was a pair refused since the last reset? */
bool pairs_ran_out(const struct pairs *p);

#endif
