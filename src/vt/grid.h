/*
 * grid.h - the cells of one screen, in rows that move by their pointers.
 *
 * The rows on the screen are a window of an array of pointers twice as long as
 * the screen is high.  Scrolling the whole screen moves the window by one and
 * clears one row; only when the window meets the array's end is it moved back,
 * so a scrolled line costs one row however high the screen is.
 *
 * Invariants: a cell of width 2 is followed by one of width 0, and nothing
 * else is; the cells at and after `used` are plain blanks.
 *
 * A row begins as bytes (ROW_ASCII): text that is only appended is copied, and
 * goes to the scrollback as it came.  Its cells, blanks until then, are made
 * by grid_row() when somebody wants them.
 */
#ifndef VT_GRID_H
#define VT_GRID_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include "vt/vt.h"

/*
 * A grapheme of more than one character.  The limits only bound memory: no
 * script comes near them, and later marks are dropped.
 */
#define CLUSTER_MAX       1024u /* characters of one */
#define CLUSTERS_PER_CELL 64u   /* characters of a row, for each column */

struct cluster {
    uint32_t at, n; /* in the row's text */
};

/*
 * The ch of a cell with VT_CLUSTER says where its characters are: on a screen,
 * the row's number in the pool and the place in that row's clusters; else the
 * scrollback line (counted from the oldest) and the column.
 */
#define CLUSTER_IN_SCROLLBACK 0x40000000u
#define CLUSTER_IN_ALTERNATE  0x20000000u
#define CLUSTER_ROW_SHIFT     12
#define CLUSTER_ROW_MASK      0x3ffu
#define CLUSTER_PLACE_MASK    0xfffu
#define CLUSTER_LINE_SHIFT    10
#define CLUSTER_LINE_MASK     0xfffffu
#define CLUSTER_COLUMN_MASK   0x3ffu

enum {
    ROW_DIRTY = 1 << 0,
    ROW_WRAPPED = 1 << 1, /* the next row continues this one */
    ROW_SPACER = 1 << 2,  /* ... and its last cell was left for a wide one */
    ROW_STYLED = 1 << 3,  /* may hold other than the default style */
    ROW_WIDE = 1 << 4,    /* may hold wide characters */
    ROW_FULL = 1 << 5,    /* has no room for more clusters */
    ROW_ASCII = 1 << 6,   /* is bytes and runs of styles, not cells */
    ROW_UNICODE = 1 << 7, /* may hold other than ASCII */
    ROW_COMPLEX = ROW_STYLED | ROW_UNICODE
};

/* DECSWL, DECDWL and DECDHL: all but the first show half as many columns. */
enum line_size { LINE_SINGLE, LINE_WIDE, LINE_TOP, LINE_BOTTOM };

/* The extra of a cell is a place in its row's extras, counted from one. */
#define EXTRAS_MAX 255u

/* Bytes from this column on, to the next run, look like this. */
struct ascii_run {
    struct vt_cell pen; /* without an extra */
    uint16_t from;
};

#define ASCII_RUNS_MAX 16u

struct row {
    struct vt_cell *cells;
    struct cluster *clusters;
    uint32_t *text; /* the characters of the clusters */
    struct vt_extra *extras;
    uint8_t *ascii; /* `used` bytes, in default style up to the first run */
    struct ascii_run *runs;
    uint32_t id; /* the place of this row's clusters, as above */
    uint32_t n_text, cap_text;
    uint16_t n_clusters; /* used so far, some perhaps by no cell any more */
    uint16_t cap_clusters;
    uint16_t used;
    uint8_t n_extras; /* as n_clusters */
    uint8_t size;     /* enum line_size */
    uint8_t flags;
    uint8_t n_runs;
    bool prompt;      /* of a shell, begins here (OSC 133) */
    bool wrapped_off; /* as ROW_WRAPPED, but at a margin or the end of a double
                         line: only reverse wrap asks for it */
};

struct grid {
    unsigned cols, rows;
    struct vt_cell *cells; /* of all rows, as the next two are */
    uint8_t *ascii;
    struct ascii_run *runs;
    struct row *pool;
    struct row **window; /* 2 * rows; the screen is [base, base + rows) */
    unsigned base;
};

extern const struct vt_cell grid_blank;

static inline bool same_style(const struct vt_cell *a, const struct vt_cell *b)
{
    /* Both colours in one comparison: this is asked for every cell. */
    return memcmp(&a->fg, &b->fg, sizeof a->fg + sizeof a->bg) == 0 &&
           a->attrs == b->attrs && a->extra == b->extra;
}

/* id_base is 0 or CLUSTER_IN_ALTERNATE.  All rows are blank and dirty. */
void grid_init(struct grid *g, unsigned cols, unsigned rows, uint32_t id_base);
void grid_free(struct grid *g);
void grid_clear(struct grid *g);

/* ---- ascii.c: rows that are bytes ---- */

/*
 * Append n printable bytes at col, in this style, to a row of bytes; false, and
 * none of them is written, if the row must have its cells for it.
 */
bool row_append(struct row *row, unsigned cols, unsigned col, const uint8_t *p,
                unsigned n, const struct vt_cell *pen);

/* Make the cells. */
void row_expand(struct row *row);

/* ---- rows ---- */

/* A row whose cells are not needed. */
static inline struct row *grid_line(const struct grid *g, unsigned row)
{
    return g->window[g->base + row];
}

static inline struct row *grid_row(const struct grid *g, unsigned row)
{
    struct row *r = grid_line(g, row);

    if (r->flags & ROW_ASCII)
        row_expand(r);
    return r;
}

/* The cells become blank, which is a cell of one column; of a plain blank it
 * is bytes again. */
void row_clear(struct row *row, unsigned cols, const struct vt_cell *blank);

/* Clear [from, to) of any row; wide characters cut at an edge become blanks. */
void row_erase(struct row *row, unsigned cols, unsigned from, unsigned to,
               const struct vt_cell *blank);

/* Make col an edge: no wide character lies across it. */
void row_split(struct row *row, unsigned cols, unsigned col);

/* The row is about to be written in [from, to): make both ends edges. */
static inline void row_open(struct row *row, unsigned cols, unsigned from,
                            unsigned to)
{
    if (row->flags & ROW_WIDE) {
        row_split(row, cols, from);
        row_split(row, cols, to);
    }
    if (to > row->used)
        row->used = (uint16_t)to;
    if (to == cols)
        row->flags &= (uint8_t)~ROW_SPACER;
    row->flags |= ROW_DIRTY;
}

/* Shift the cells of [from, to) by n columns; blanks come in. */
void row_shift_right(struct row *row, unsigned cols, unsigned from, unsigned to,
                     unsigned n, const struct vt_cell *blank);
void row_shift_left(struct row *row, unsigned cols, unsigned from, unsigned to,
                    unsigned n, const struct vt_cell *blank);

/* Move rows [top, bottom] up or down by n; those that come in are cleared. */
void grid_scroll_up(struct grid *g, unsigned top, unsigned bottom, unsigned n,
                    const struct vt_cell *blank);
void grid_scroll_down(struct grid *g, unsigned top, unsigned bottom, unsigned n,
                      const struct vt_cell *blank);

/* Copy n cells, between rows or within one; both may overlap. */
void grid_copy(struct grid *g, unsigned to_row, unsigned to_col,
               unsigned from_row, unsigned from_col, unsigned n);

void grid_damage_all(struct grid *g);

/* ---- rare.c: what few cells have ---- */

void row_free(struct row *row); /* but for the cells */

/* Add a character to the grapheme of a cell. */
void row_combine(struct row *row, unsigned cols, unsigned col, uint32_t ch);

/* The *n characters of a cell of this row whose ch has VT_CLUSTER; or NULL. */
const uint32_t *row_cluster(const struct row *row, uint32_t ch, size_t *n);

/* Put a grapheme of n > 1 characters into a cell whose style is set. */
void row_set_cluster(struct row *row, unsigned cols, unsigned col,
                     const uint32_t *ch, size_t n);

/* The place for this in the row's extras; 0 if there is none left, or no
 * need for one. */
uint8_t row_extra(struct row *row, unsigned cols, struct vt_extra extra);
/* What the place of a cell holds. */
struct vt_extra row_extra_at(const struct row *row, uint8_t place);

/* Cells [to_col, to_col + n) were copied from another place of a row: give
 * them clusters and extras of their own. */
void row_own_rare(struct row *to, unsigned cols, unsigned to_col,
                  const struct row *from, unsigned from_col, unsigned n);

#endif
