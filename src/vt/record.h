/*
 * record.h - one line, packed: header, text, runs of styles, extras, clusters.
 *
 * Text: the characters as UTF-8 (or, if PLAIN, ASCII), the byte FF for a cell
 * whose characters are in the list of clusters; the right half of a wide
 * character is not stored, its width is known from the character.  Runs: see
 * record.c; cells behind the last run have the default style.  Then, from the
 * next multiple of four bytes on, the extras that runs name, and for each
 * cluster the count and the characters.
 */
#ifndef VT_RECORD_H
#define VT_RECORD_H

#include <stddef.h>
#include <stdint.h>
#include "vt/grid.h"

struct buf;

struct record {
    uint16_t cells; /* columns stored */
    uint8_t flags;  /* ROW_WRAPPED, ROW_SPACER, ROW_COMPLEX, ROW_WIDE */
    uint8_t size;   /* enum line_size */
    uint16_t text_bytes;
    uint16_t run_bytes;
    uint16_t n_clusters;
    uint8_t n_extras;
    bool prompt; /* as in struct row */
    uint8_t data[];
};

/* Bytes of memory that record_pack() may need, and that it used. */
size_t record_bound(const struct row *row);
size_t record_size(const struct record *rec);

/* The cells of a row up to row->used; clusters are found by the row. */
void record_pack(struct record *rec, const struct row *row);

/*
 * Unpack into cells[cols], padded with blanks; what is too long is cut.
 * A cluster gets the name cluster_base | column.
 */
void record_unpack(const struct record *rec, struct vt_cell *cells,
                   unsigned cols, uint32_t cluster_base);

/* Append the characters of all cells as UTF-8. */
void record_utf8(const struct record *rec, struct buf *out);

/* The cluster of the cell in this column, or NULL. */
const uint32_t *record_cluster(const struct record *rec, unsigned col,
                               size_t *n);

/* The clusters in the order of their cells: the *n characters of the next one,
 * and *at goes on. */
const uint32_t *record_clusters(const struct record *rec);
const uint32_t *record_next_cluster(const uint32_t **at, size_t *n);

/* What the extra of a cell of this line stands for. */
struct vt_extra record_extra(const struct record *rec, uint8_t place);

#endif
