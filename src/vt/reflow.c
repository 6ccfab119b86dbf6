/*
 * reflow.c - a new size.  The alternate screen is cut or padded.  The main
 * screen and its scrollback are one text: every line is packed anew at the new
 * width, and then the last ones are unpacked onto the screen.  Lines that were
 * not wrapped and fit are copied as they are, which is nearly all of them.
 */
#include "vt/screen.h"

#include <string.h>
#include "base/mem.h"
#include "vt/record.h"

/* A place in the old text that is wanted in the new one. */
struct place {
    unsigned row, col; /* old, on the screen */
    unsigned past;     /* columns behind the row's text */
    size_t line;       /* new, from the first line on */
    unsigned new_col;
    bool waits; /* right behind the row's text, and wraps at a line's end */
};

enum { PLACE_TOP, PLACE_CURSOR, PLACE_SAVED, PLACES };

/* A narrower screen makes more lines of the same text: none of it is lost
 * where each becomes this many. */
enum { NARROWER = 4 };

struct reflow {
    const struct vt *vt; /* the old text */
    unsigned cols;       /* the new width */
    struct scrollback out;
    size_t lines;     /* put out so far, also those dropped again */
    struct grid one;  /* of one row: */
    struct row *line; /* being filled */
    uint8_t kind;     /* ROW_COMPLEX and ROW_WIDE of the old line */
    bool joined;      /* the line being filled continues the last one */
    size_t back;      /* the new screen may begin there: what was cleared
                         away before it does not come back */
    struct place places[PLACES];
};

/* ---- putting lines out ---- */

static void end_line(struct reflow *r, bool wrapped)
{
    uint8_t size = wrapped ? r->line->size : LINE_SINGLE;

    if (wrapped)
        r->line->flags |=
            r->line->used < r->cols ? ROW_WRAPPED | ROW_SPACER : ROW_WRAPPED;
    scrollback_push(&r->out, r->line);
    r->lines++;
    row_clear(r->line, r->cols, &grid_blank);
    r->line->size = size;
    r->joined = wrapped;
}

/* Printable bytes in the default style, while the line is made of bytes. */
static void put_bytes(struct reflow *r, const uint8_t *p, unsigned n)
{
    unsigned k, room;

    for (; n > 0; p += k, n -= k) {
        if (r->line->used == r->cols)
            end_line(r, true);
        room = r->cols - r->line->used;
        k = n < room ? n : room;
        row_append(r->line, r->cols, r->line->used, p, k, &grid_blank);
    }
}

/* A cell without its cluster and extra; returns where it is now. */
static unsigned put_cell(struct reflow *r, const struct vt_cell *cell)
{
    struct vt_cell copy = *cell;
    unsigned col;

    if (copy.width > r->cols) {
        copy.ch = 0xfffd;
        copy.width = 1;
    }
    if (r->line->used + copy.width > r->cols)
        end_line(r, true);
    if (r->line->flags & ROW_ASCII)
        row_expand(r->line);
    col = r->line->used;
    r->line->flags |= r->kind;
    r->line->cells[col] = copy;
    if (copy.width == 2) {
        copy.ch = ' ';
        copy.width = 0;
        r->line->cells[col + 1] = copy;
        r->line->used++;
    }
    r->line->used++;
    return col;
}

/* A cell with an extra or a cluster: the characters are borrowed. */
static void put_rare(struct reflow *r, const struct vt_cell *cell,
                     struct vt_extra extra, const uint32_t *ch, size_t n)
{
    struct vt_cell plain = *cell, *now;
    unsigned col;

    plain.extra = 0;
    if (plain.ch & VT_CLUSTER)
        plain.ch = ' ';
    col = put_cell(r, &plain);
    now = &r->line->cells[col];
    now->extra = row_extra(r->line, col, extra);
    if (now->width == 2)
        now[1].extra = now->extra;
    if ((cell->ch & VT_CLUSTER) && now->width == cell->width)
        row_set_cluster(r->line, r->cols, col, ch, n);
}

static bool is_rare(const struct vt_cell *cell)
{
    return (cell->ch & VT_CLUSTER) != 0 || cell->extra != 0;
}

/* The new place of column col of an old row, before its cell is put, but a half
 * with its whole; NULL: none follows, and only a cursor makes another line of
 * that, unless it waits. */
static void note_places(struct reflow *r, unsigned row, unsigned col,
                        const struct vt_cell *cell)
{
    unsigned half = cell != NULL && cell->width == 0 ? 1 : 0, i;

    for (i = 0; i < PLACES; i++) {
        struct place *place = &r->places[i];

        if (place->row != row || place->col != col)
            continue;
        if (r->line->used == r->cols && half == 0 && !place->waits &&
            (cell != NULL || i == PLACE_CURSOR))
            end_line(r, true);
        place->line = r->lines;
        place->new_col = r->line->used - half + place->past;
    }
}

/* How far a row is looked at that has so much text: what stands before the
 * cursor counts as such, but not what stands before a saved one. */
static unsigned place_row(struct reflow *r, unsigned number, unsigned n)
{
    unsigned used = grid_line(&r->vt->grids[0], number)->used;
    unsigned i;

    if (r->places[PLACE_CURSOR].row == number &&
        r->places[PLACE_CURSOR].col > n)
        n = r->places[PLACE_CURSOR].col;
    for (i = 0; i < PLACES; i++) {
        struct place *place = &r->places[i];

        if (place->row != number)
            continue;
        place->waits = used > 0 && place->col == used && mode(r->vt, MODE_WRAP);
        if (place->col > n) {
            place->past = place->col - n;
            place->col = n;
        }
    }
    return n;
}

/* ---- the old lines ---- */

/*
 * How many cells of a line count: all if the next line continues it; else the
 * blanks at its end do not, so that a coloured one never wraps.
 */
static unsigned content(const struct vt_cell *cells, unsigned used,
                        unsigned flags, unsigned old_cols, unsigned cols)
{
    unsigned n = used;

    if (flags & ROW_WRAPPED)
        return old_cols - ((flags & ROW_SPACER) != 0);
    while (n > 0 && cells[n - 1].ch == ' ' && cells[n - 1].width == 1 &&
           (n > cols || (cells[n - 1].bg == 0 && cells[n - 1].attrs == 0)))
        n--;
    return n;
}

/* A line that is bytes in default style, onto a line of bytes. */
static bool feed_bytes(struct reflow *r, const struct record *rec)
{
    unsigned n = rec->cells;

    if (rec->flags & ROW_COMPLEX || !(r->line->flags & ROW_ASCII))
        return false;
    if (!(rec->flags & ROW_WRAPPED))
        while (n > 0 && rec->data[n - 1] == ' ')
            n--;
    else if (n != r->vt->grid->cols)
        return false;
    put_bytes(r, rec->data, n);
    return true;
}

static void feed_cells(struct reflow *r, const struct record *rec,
                       struct vt_cell *cells)
{
    unsigned old_cols = r->vt->grid->cols, n, i;
    const uint32_t *clusters = record_clusters(rec), *ch = NULL;
    size_t len = 0;

    record_unpack(rec, cells, old_cols, VT_CLUSTER);
    n = content(cells, rec->cells, rec->flags, old_cols, r->cols);
    r->kind = (uint8_t)(rec->flags & (ROW_COMPLEX | ROW_WIDE));
    for (i = 0; i < n; i++) {
        if (cells[i].width == 0)
            continue;
        if (cells[i].ch & VT_CLUSTER)
            ch = record_next_cluster(&clusters, &len);
        if (is_rare(&cells[i]))
            put_rare(r, &cells[i], record_extra(rec, cells[i].extra), ch, len);
        else
            put_cell(r, &cells[i]);
    }
}

static void feed_record(struct reflow *r, const struct record *rec,
                        struct vt_cell *cells)
{
    if (r->cols == r->vt->grid->cols ||
        (!(rec->flags & ROW_WRAPPED) && !r->joined && r->line->used == 0 &&
         rec->cells <= r->cols)) {
        scrollback_push_record(&r->out, rec);
        r->lines++;
        return;
    }
    r->line->size = rec->size;
    r->line->prompt |= rec->prompt;
    if (!feed_bytes(r, rec))
        feed_cells(r, rec, cells);
    if (!(rec->flags & ROW_WRAPPED))
        end_line(r, false);
}

static void feed_scrollback(struct reflow *r)
{
    const struct scrollback *sb = &r->vt->sb;
    struct vt_cell *cells = mem_array(r->vt->grid->cols, sizeof *cells);
    size_t i;

    for (i = 0; i < sb->count; i++) {
        if (sb->count - i == r->vt->scrolled_off)
            r->back = r->lines;
        feed_record(r, scrollback_line(sb, i), cells);
    }
    if (r->vt->scrolled_off == 0)
        r->back = r->lines;
    mem_free(cells);
}

static void feed_row(struct reflow *r, unsigned number)
{
    const struct grid *g = &r->vt->grids[0];
    const struct row *row = grid_row(g, number);
    unsigned n = content(row->cells, row->used, row->flags, g->cols, r->cols);
    unsigned i;
    size_t len;

    n = place_row(r, number, n);
    r->kind = row->flags & (ROW_COMPLEX | ROW_WIDE);
    r->line->size = row->size;
    r->line->prompt |= row->prompt;
    for (i = 0; i < n; i++) {
        const struct vt_cell *cell = &row->cells[i];
        const uint32_t *ch = vt_cluster(r->vt, cell, &len);

        note_places(r, number, i, cell);
        if (cell->width != 0)
            put_rare(r, cell, row_extra_at(row, cell->extra), ch, len);
    }
    note_places(r, number, n, NULL);
    if (!(row->flags & ROW_WRAPPED))
        end_line(r, false);
}

/* A place below the text stays as far below it. */
static void note_below(struct reflow *r, unsigned used)
{
    unsigned i;

    for (i = 0; i < PLACES; i++) {
        struct place *place = &r->places[i];

        if (place->row < used)
            continue;
        place->line = r->lines + (place->row - used);
        place->new_col = place->col;
    }
}

static bool blank_row(const struct row *row)
{
    return content(row->cells, row->used, 0, 0, UINT16_MAX) == 0;
}

/* Rows of the screen that hold text or a cursor. */
static unsigned rows_in_use(const struct reflow *r)
{
    const struct grid *g = &r->vt->grids[0];
    unsigned n = g->rows, least = r->places[PLACE_CURSOR].row + 1;

    while (n > least && blank_row(grid_row(g, n - 1)))
        n--;
    return n;
}

/* ---- the new screen ---- */

/* Clusters and extras are named one after another; a cell whose turn is still
 * to come must name none. */
static void load_rare(struct row *row, unsigned cols, const struct record *rec)
{
    const uint32_t *clusters = record_clusters(rec), *ch;
    unsigned i;
    size_t n;

    for (i = 0; i < row->used; i++)
        if (row->cells[i].ch & VT_CLUSTER)
            row->cells[i].ch = 0;
    for (i = 0; i < row->used; i++) {
        row->cells[i].extra =
            row_extra(row, i, record_extra(rec, row->cells[i].extra));
        if (row->cells[i].ch != 0)
            continue;
        ch = record_next_cluster(&clusters, &n);
        row_set_cluster(row, cols, i, ch, n);
    }
}

static void load_row(struct row *row, unsigned cols, const struct record *rec)
{
    record_unpack(rec, row->cells, cols, VT_CLUSTER);
    row->used = (uint16_t)(rec->cells < cols ? rec->cells : cols);
    row->flags |= rec->flags;
    row->size = rec->size;
    row->prompt = rec->prompt;
    if (rec->n_clusters != 0 || rec->n_extras != 0)
        load_rare(row, cols, rec);
}

/* Lines [from, from + rows) of out, as far as there are so many. */
static struct grid load_grid(const struct scrollback *out, size_t from,
                             unsigned cols, unsigned rows, uint32_t id_base)
{
    struct grid g;
    unsigned i;

    grid_init(&g, cols, rows, id_base);
    for (i = 0; i < rows && from + i < out->count; i++)
        load_row(grid_row(&g, i), cols, scrollback_line(out, from + i));
    return g;
}

/*
 * Which line is the first of the new screen.  The old first one, unless the
 * text then would not end on the screen; and if the old screen was full, the
 * text ends on its last row again, which brings lines back from above.  So does
 * a higher screen with room below the text, as in xterm and tmux; in tmux also
 * not what was cleared.
 */
static size_t first_line(const struct reflow *r, unsigned rows, bool full)
{
    size_t top = r->places[PLACE_TOP].line;
    size_t cursor = r->places[PLACE_CURSOR].line;
    size_t dropped = r->lines - r->out.count;
    size_t last = r->lines > rows ? r->lines - rows : 0;
    size_t old = r->vt->grids[0].rows;

    if (full || top < last)
        top = last;
    else if (rows > old && top > r->back)
        top -= rows - old < top - r->back ? rows - old : top - r->back;
    if (cursor < top)
        top = cursor;
    return top > dropped ? top : dropped;
}

/* One that was saved may not be on the screen; it comes back with its line. */
static void set_cursor(struct cursor *cur, const struct place *place,
                       size_t top, unsigned cols, unsigned rows)
{
    long row = (long)place->line + cur->beyond - (long)top;

    cur->row = row < 0 ? 0 : row < (long)rows ? (unsigned)row : rows - 1;
    cur->beyond = row - (long)cur->row;
    cur->col = place->new_col < cols ? place->new_col : cols - 1;
    if (cur->wrap_pending && cur->col + 1 < cols) {
        cur->wrap_pending = false;
        cur->col++;
    }
    if (place->waits && place->new_col == cols)
        cur->wrap_pending = true;
}

static void reflow_main(struct vt *vt, unsigned cols, unsigned rows)
{
    struct cursor *saved = &vt->saved[0];
    struct cursor *cur = on_alternate(vt) ? saved : &vt->cur;
    struct grid *g = &vt->grids[0];
    struct reflow r = { .vt = vt, .cols = cols };
    size_t top, had = vt->sb.count, dropped;
    unsigned used, i;

    scrollback_init(&r.out, vt->lines);
    scrollback_set_max(&r.out, NARROWER * vt->lines + rows);
    grid_init(&r.one, cols, 1, 0);
    r.line = grid_line(&r.one, 0);
    r.places[PLACE_CURSOR] = (struct place){ .row = cur->row, .col = cur->col };
    r.places[PLACE_SAVED] =
        (struct place){ .row = saved->row, .col = saved->col };
    feed_scrollback(&r);
    used = rows_in_use(&r);
    for (i = 0; i < used; i++)
        feed_row(&r, i);
    if (r.line->used > 0 || r.joined)
        end_line(&r, false);
    note_below(&r, used);
    top = first_line(&r, rows, used == g->rows);
    dropped = r.lines - r.out.count;
    set_cursor(saved, &r.places[PLACE_SAVED], top, cols, rows);
    if (cur != saved)
        set_cursor(cur, &r.places[PLACE_CURSOR], top, cols, rows);
    vt->scrolled_off = top > r.back ? top - r.back : 0;
    grid_free(g);
    *g = load_grid(&r.out, top - dropped, cols, rows, 0);
    scrollback_truncate(&r.out, top - dropped);
    scrollback_free(&vt->sb);
    vt->sb = r.out;
    vt->lines_now = vt->sb.count > vt->lines ? vt->sb.count : vt->lines;
    screen_limit_scrollback(vt);
    if (vt->sb.count > had)
        vt->pushed += vt->sb.count - had;
    grid_free(&r.one);
}

/* A lower screen keeps the cursor's line. */
static void crop_alternate(struct vt *vt, unsigned cols, unsigned rows)
{
    struct grid *g = &vt->grids[1];
    struct scrollback lines;
    unsigned top = 0, i;

    if (g->rows == 0)
        return;
    scrollback_init(&lines, g->rows);
    for (i = 0; i < g->rows; i++)
        scrollback_push(&lines, grid_row(g, i));
    if (on_alternate(vt) && vt->cur.row >= rows)
        top = vt->cur.row + 1 - rows;
    grid_free(g);
    *g = load_grid(&lines, top, cols, rows, CLUSTER_IN_ALTERNATE);
    scrollback_free(&lines);
}

void screen_resize(struct vt *vt, unsigned cols, unsigned rows)
{
    reflow_main(vt, cols, rows);
    crop_alternate(vt, cols, rows);
    if (on_alternate(vt)) {
        if (vt->cur.row >= rows)
            vt->cur.row = rows - 1;
        if (vt->cur.col >= cols)
            vt->cur.col = cols - 1;
        vt->cur.wrap_pending = false;
    }
    vt->scrolled = 0;
    screen_full_margins(vt);
    /* A double line may have come back from the scrollback. */
    if (mode(vt, MODE_SIDE_MARGINS))
        screen_single_width(vt);
    screen_line_moved(vt);
}
