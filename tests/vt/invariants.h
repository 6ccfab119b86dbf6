/*
 * invariants.h - what holds of a terminal whatever was written to it.
 *
 * vt_broken() returns the name of the first claim that does not hold, or NULL.
 */
#ifndef TESTS_VT_INVARIANTS_H
#define TESTS_VT_INVARIANTS_H

#include <string.h>
#include "base/mem.h"
#include "vt/screen.h"

static inline bool scalar(uint32_t ch)
{
    return ch >= 0x20 && ch <= 0x10ffff && (ch < 0xd800 || ch > 0xdfff);
}

static inline const char *broken_cells(const struct vt *vt,
                                       const struct vt_cell *cells)
{
    const uint32_t *ch;
    unsigned i;
    size_t n;

    for (i = 0; i < vt_cols(vt); i++) {
        if (cells[i].width > 2)
            return "a cell is 0, 1 or 2 wide";
        if ((cells[i].width == 0) != (i > 0 && cells[i - 1].width == 2))
            return "a right half follows a wide cell, and nothing else does";
        if (cells[i].width == 2 && i + 1 == vt_cols(vt))
            return "a wide cell has its right half";
        ch = vt_cluster(vt, &cells[i], &n);
        if (n == 0 || n > CLUSTER_MAX || !scalar(ch[0]) || !scalar(ch[n - 1]))
            return "a cell holds characters";
        if ((cells[i].ch & VT_CLUSTER) && n < 2)
            return "a cluster's name leads to its characters";
    }
    return NULL;
}

static inline const char *broken_row(const struct vt *vt, const struct row *row)
{
    const char *why = broken_cells(vt, row->cells);
    unsigned i;

    if (row->n_text > CLUSTERS_PER_CELL * (vt_cols(vt) + 16))
        return "the text of clusters is limited";
    for (i = 0; i < row->used; i++)
        if (row->cells[i].extra > row->n_extras)
            return "an extra is one of the row's";

    for (i = row->used; i < vt_cols(vt) && why == NULL; i++)
        if (memcmp(&row->cells[i], &grid_blank, sizeof grid_blank) != 0)
            why = "what was not used is blank";
    for (i = 0; i < row->used && why == NULL; i++) {
        const struct vt_cell *cell = &row->cells[i];

        if (!(row->flags & ROW_UNICODE) && cell->ch > 0x7e)
            why = "what is not ASCII is announced";
        if (!(row->flags & ROW_STYLED) &&
            (cell->fg | cell->bg | cell->attrs | cell->extra) != 0)
            why = "a style is announced";
        if (!(row->flags & ROW_WIDE) && cell->width != 1)
            why = "a wide character is announced";
    }
    return why;
}

/* A row that is not yet cells: it is not made so. */
static inline const char *broken_bytes(const struct vt *vt,
                                       const struct row *row)
{
    unsigned i;

    if (row->used > vt_cols(vt) || row->n_runs > ASCII_RUNS_MAX)
        return "a row of bytes is no longer than the screen";
    for (i = 0; i < row->n_runs; i++)
        if (row->runs[i].from > row->used || row->runs[i].pen.extra != 0 ||
            (i > 0 && row->runs[i].from < row->runs[i - 1].from))
            return "runs follow each other";
    for (i = 0; i < row->used; i++)
        if (row->ascii[i] < 0x20 || row->ascii[i] > 0x7e)
            return "bytes of a row are printable";
    for (i = 0; i < vt_cols(vt); i++)
        if (memcmp(&row->cells[i], &grid_blank, sizeof grid_blank) != 0)
            return "the cells of a row of bytes are blank";
    return NULL;
}

static inline const char *broken_line(const struct vt *vt,
                                      const struct row *row)
{
    if (row->size > LINE_BOTTOM)
        return "a line has one of four sizes";
    if (row->size != LINE_SINGLE && mode(vt, MODE_SIDE_MARGINS))
        return "lines are single inside side margins";
    return row->flags & ROW_ASCII ? broken_bytes(vt, row) : broken_row(vt, row);
}

static inline const char *broken_state(const struct vt *vt)
{
    const struct grid *g = vt->grid;

    if (vt->cur.row >= g->rows ||
        vt->cur.col >= screen_width(vt, cursor_row(vt)))
        return "the cursor is on the screen";
    if (vt->cur.gl > 3 || vt->cur.gr > 3 || vt->level < 1 ||
        vt->level > LEVEL_MAX || vt->keyboard.kitty[0].n < 1 ||
        vt->keyboard.kitty[1].n < 1)
        return "small numbers are small";
    if (vt->top > vt->bottom || vt->bottom >= g->rows)
        return "the margins are on the screen";
    if (vt->left > vt->right || vt->right >= g->cols)
        return "the side margins are on the screen";
    if (vt->sb.count > vt->sb.max)
        return "the scrollback keeps its limit";
    if (vt->reply.len > REPLY_MAX || strlen(vt_title(vt)) > OSC_TITLE_MAX)
        return "what is kept is limited";
    if (vt_alternate(vt) != mode(vt, MODE_ALTERNATE))
        return "the mode tells which screen shows";
    return NULL;
}

/* Also the newest lines above the screen, at most `lines`. */
static inline const char *vt_broken(const struct vt *vt, long lines)
{
    struct vt_cell *cells = mem_array(vt_cols(vt), sizeof *cells);
    const char *why = broken_state(vt);
    unsigned i;
    long line;

    for (i = 0; i < vt_rows(vt) && why == NULL; i++)
        why = broken_line(vt, grid_line(vt->grid, i));
    for (line = 1;
         line <= lines && line <= (long)vt_scrollback(vt) && why == NULL;
         line++) {
        vt_line(vt, -line, cells, NULL);
        why = broken_cells(vt, cells);
    }
    mem_free(cells);
    return why;
}

#endif
