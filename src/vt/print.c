/* print.c - placing characters: wrapping, wide ones, repetition. */
#include "vt/screen.h"

#include <string.h>
#include "base/width.h"

/* One past the last column that text may fill from the cursor on. */
static unsigned line_end(const struct vt *vt, const struct row *row)
{
    unsigned width = screen_width(vt, row);

    return vt->cur.col <= vt->right && vt->right < width ? vt->right + 1
                                                         : width;
}

/* The last column is full and one more character comes. */
static void wrap(struct vt *vt, bool spacer)
{
    struct row *row = cursor_line(vt);

    vt->cur.wrap_pending = false;
    if (vt->left == 0 && vt->right == vt->grid->cols - 1 &&
        row->size == LINE_SINGLE)
        row->flags |= spacer ? ROW_WRAPPED | ROW_SPACER : ROW_WRAPPED;
    else
        row->wrapped_off = true;
    screen_index(vt);
    vt->cur.col = vt->cur.col >= vt->left ? vt->left : 0;
}

void screen_advance(struct vt *vt, unsigned col)
{
    unsigned end = line_end(vt, cursor_line(vt));

    if (col < end) {
        vt->cur.col = col;
    } else {
        vt->cur.col = end - 1;
        vt->cur.wrap_pending = mode(vt, MODE_WRAP);
    }
}

/* Columns [col, col + n) of the cursor's row, ready to be overwritten. */
static struct vt_cell *open_cells(struct vt *vt, struct row *row, unsigned n,
                                  unsigned end)
{
    unsigned cols = vt->grid->cols, col = vt->cur.col;

    if (mode(vt, MODE_INSERT) && col >= vt->left && col <= vt->right)
        row_shift_right(row, cols, col, end, n, &grid_blank);
    row_open(row, cols, col, col + n);
    return row->cells + col;
}

static bool is_default_style(const struct vt_cell *pen)
{
    return (pen->fg | pen->bg | pen->attrs) == 0;
}

/* The pen as a cell of this row has it. */
static struct vt_cell pen_for(struct vt *vt, struct row *row)
{
    struct vt_cell pen = vt->cur.pen;

    if ((vt->cur.extra.underline | vt->cur.extra.link) != 0)
        pen.extra = row_extra(row, vt->grid->cols, vt->cur.extra);
    if (!is_default_style(&pen))
        row->flags |= ROW_STYLED;
    return pen;
}

/* Bytes that fit between the cursor and end. */
static void put_cells(struct vt *vt, const uint8_t *p, unsigned n, unsigned end)
{
    struct row *row = cursor_row(vt);
    struct vt_cell *cells = open_cells(vt, row, n, end);
    struct vt_cell pen = pen_for(vt, row);
    unsigned i;

    for (i = 0; i < n; i++) {
        memcpy(&cells[i], &pen, sizeof pen); /* one store, see grid.c */
        cells[i].ch = p[i];
    }
}

static bool append(struct vt *vt, struct row *row, const uint8_t *p, unsigned n)
{
    const struct cursor *cur = &vt->cur;

    return row->flags & ROW_ASCII && !mode(vt, MODE_INSERT) &&
           (cur->extra.underline | cur->extra.link) == 0 &&
           row_append(row, vt->grid->cols, cur->col, p, n, &cur->pen);
}

/* In insert mode the left margin ends a run: only behind it text is shifted. */
static void put_run(struct vt *vt, const uint8_t *p, size_t n)
{
    while (n > 0) {
        unsigned end, stop, k;
        struct row *row;

        if (vt->cur.wrap_pending)
            wrap(vt, false);
        row = cursor_line(vt);
        end = line_end(vt, row);
        stop = vt->cur.col < vt->left && mode(vt, MODE_INSERT) ? vt->left : end;
        k = n < stop - vt->cur.col ? (unsigned)n : stop - vt->cur.col;
        if (!append(vt, row, p, k))
            put_cells(vt, p, k, end);
        if (vt->cur.col + k < end) {
            vt->cur.col += k;
        } else {
            vt->cur.col = end - 1;
            vt->cur.wrap_pending = mode(vt, MODE_WRAP);
        }
        p += k;
        n -= k;
    }
}

void screen_put_ascii(struct vt *vt, const uint8_t *p, size_t n)
{
    while (n > 0 && (vt->mapped || vt->single_shift != 0)) {
        uint32_t ch = charset_map(vt, *p);

        vt->single_shift = 0;
        screen_put_char(vt, ch);
        p++;
        n--;
    }
    if (n > 0) {
        put_run(vt, p, n);
        vt->last_char = p[n - 1];
    }
}

/*
 * A character of two columns does not fit before end and goes to the next line;
 * false if that has no room for it either.  What stands in the column that is
 * left free stays there, as in xterm.
 */
static bool make_room(struct vt *vt, const struct row *row, unsigned end)
{
    const struct vt_cell *left = &row->cells[end - 1];

    if (end - vt->left < 2)
        return false;
    wrap(vt, left->ch == ' ' && left->width == 1);
    row = cursor_line(vt);
    return line_end(vt, row) - vt->cur.col >= 2;
}

void screen_put_char(struct vt *vt, uint32_t ch)
{
    unsigned width = width_of(ch);
    struct vt_cell *cells, pen;
    struct row *row;

    if (cluster_extend(vt, ch, width))
        return;
    if (vt->cur.wrap_pending)
        wrap(vt, false);
    row = cursor_row(vt);
    if (width == 2 && line_end(vt, row) - vt->cur.col < 2) {
        if (!mode(vt, MODE_WRAP))
            return; /* not shown, as xterm has it */
        if (!make_room(vt, row, line_end(vt, row))) {
            ch = 0xfffd;
            width = 1;
        }
        row = cursor_row(vt);
    }
    cells = open_cells(vt, row, width, line_end(vt, row));
    pen = pen_for(vt, row);
    cells[0] = pen;
    cells[0].ch = ch;
    cells[0].width = (uint8_t)width;
    row->flags |= ROW_UNICODE;
    if (width == 2) {
        cells[1] = pen;
        cells[1].width = 0;
        row->flags |= ROW_WIDE;
    }
    vt->last_char = ch;
    screen_advance(vt, vt->cur.col + width);
}

/* ---- runs of characters ---- */

/* May this character, so wide, be more than a cell of its own? */
static bool is_special(uint32_t ch, unsigned width)
{
    return width == 0 ||
           (ch >= 0x1f1e6 && ch <= 0x1f3ff && (ch <= 0x1f1ff || ch >= 0x1f3fb));
}

/* Can what comes next belong to what stands before the cursor? */
static bool after_cluster(const struct vt *vt, const struct row *row)
{
    const struct vt_cell *cell = &row->cells[vt->cur.col];

    if (row->n_clusters == 0 || vt->cur.col == 0)
        return false;
    return cell[-1].width == 0 || (cell[-1].ch & VT_CLUSTER) != 0;
}

/*
 * How many of n characters are one cell or two each and end before the last
 * column, and how many columns they take.
 */
static size_t plain_chars(const uint32_t *ch, size_t n, unsigned room,
                          uint8_t *widths, unsigned *cols)
{
    size_t i;

    for (*cols = 0, i = 0; i < n; i++) {
        unsigned width = width_next(ch[i]);

        if (is_special(ch[i], width) || *cols + width >= room)
            break;
        widths[i] = (uint8_t)width;
        *cols += width;
    }
    return i;
}

/* The characters at the beginning that need no care; returns how many. */
static size_t put_plain(struct vt *vt, const uint32_t *ch, size_t n)
{
    struct row *row = cursor_row(vt);
    uint8_t widths[CHARS_MAX], wide = 0;
    struct vt_cell pen, *cell;
    unsigned cols;
    size_t i;

    if (vt->cur.wrap_pending || mode(vt, MODE_INSERT) ||
        mode(vt, MODE_CLUSTERS) || after_cluster(vt, row))
        return 0;
    n = plain_chars(ch, n, line_end(vt, row) - vt->cur.col, widths, &cols);
    if (n == 0)
        return 0;
    row_open(row, vt->grid->cols, vt->cur.col, vt->cur.col + cols);
    pen = pen_for(vt, row);
    cell = row->cells + vt->cur.col;
    for (i = 0; i < n; i++) {
        memcpy(cell, &pen, sizeof pen);
        cell->ch = ch[i];
        cell->width = widths[i];
        wide |= widths[i];
        if (widths[i] == 2) {
            cell++;
            memcpy(cell, &pen, sizeof pen);
            cell->width = 0;
        }
        cell++;
    }
    row->flags |= wide & 2 ? ROW_UNICODE | ROW_WIDE : ROW_UNICODE;
    vt->cur.col += cols;
    vt->last_char = ch[n - 1];
    return n;
}

void screen_put_chars(struct vt *vt, const uint32_t *ch, size_t n)
{
    while (n > 0) {
        size_t k = put_plain(vt, ch, n);

        if (k == 0) {
            screen_put_char(vt, ch[0]);
            k = 1;
        }
        ch += k;
        n -= k;
    }
}

/*
 * n, less the whole lines that would only scroll: once the scrolling region is
 * full of a character each further line of it leaves all as it is, but a server
 * could keep us busy with them for few bytes.
 */
static unsigned repetitions(const struct vt *vt, unsigned n)
{
    unsigned width = vt->right - vt->left + 1;
    unsigned most = width * vt->grid->rows + vt->grid->cols;
    unsigned per_line = width / width_of(vt->last_char);

    if (n <= most)
        return n;
    return most + (n - most) % (per_line != 0 ? per_line : 1);
}

void screen_repeat(struct vt *vt, unsigned n)
{
    uint32_t chars[CHARS_MAX];
    uint8_t bytes[CHARS_MAX];
    unsigned k, i;

    if (vt->last_char == 0)
        return;
    for (i = 0; i < CHARS_MAX; i++) {
        chars[i] = vt->last_char;
        bytes[i] = (uint8_t)vt->last_char;
    }
    for (n = repetitions(vt, n); n > 0; n -= k) {
        k = n < CHARS_MAX ? n : CHARS_MAX;
        if (vt->last_char < 0x80)
            put_run(vt, bytes, k);
        else
            screen_put_chars(vt, chars, k);
    }
}
