/*
 * shown.h - the cells that curses has put on the terminal's screen, and the
 * sequences for their looks, for what is written beside curses.
 */
#ifndef UI_SHOWN_H
#define UI_SHOWN_H

#include <stdbool.h>
#include <stdint.h>
#include <wchar.h>

struct buf;
struct pair;

#define SHOWN_MAX 5 /* characters: as many as curses keeps */

struct shown {
    wchar_t text[SHOWN_MAX + 1];
    uint32_t attrs; /* curses' attr_t */
    int pair;
};

/* Its columns. */
unsigned shown_width(const struct shown *cell);

/* Of curses' new screen, which is the terminal's behind doupdate(). */
bool shown_read(unsigned row, unsigned col, struct shown *out);

/* terminfo's strings, owned by curses. */
struct looks {
    const char *sgr, *italic, *fg, *bg;
};

/* After curses has begun. */
void looks_learn(struct looks *l);

/* Append what sets a cell's attributes and its pair's colours. */
void looks_put(const struct looks *l, uint32_t attrs, const struct pair *pair,
               struct buf *out);

#endif
