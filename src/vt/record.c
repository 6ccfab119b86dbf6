#include "vt/record.h"

#include <string.h>
#include "base/buf.h"
#include "base/utf8.h"
#include "base/width.h"

#define CLUSTER_BYTE 0xffu /* never part of UTF-8 */
#define RECORD_FLAGS (ROW_WRAPPED | ROW_SPACER | ROW_COMPLEX | ROW_WIDE)
#define TEXT_BYTES   4u  /* of one cell, at most */
#define RUN_BYTES    12u /* of one run, at most */

/* The first word of a cluster: the number of characters, and its width. */
#define CLUSTER_LENGTH      0xffffffu
#define CLUSTER_WIDTH_SHIFT 24

/*
 * A run: its length in columns (one byte below 128, else two, the first with
 * the top bit), a byte with the number of bytes of each part, and the parts.
 */
struct style {
    uint32_t fg, bg;
    uint16_t attrs;
    uint8_t extra;
};

enum {
    FG_SHIFT = 0,
    BG_SHIFT = 2,
    ATTRS_SHIFT = 4,
    EXTRA_SHIFT = 6,
    PART_MASK = 3
};

static size_t word_offset(size_t text_and_runs)
{
    return (text_and_runs + 3) & ~(size_t)3;
}

/* Extras, two words each, and clusters. */
static const uint32_t *words_of(const struct record *rec)
{
    size_t at = word_offset((size_t)rec->text_bytes + rec->run_bytes);

    return (const uint32_t *)(const void *)(rec->data + at);
}

const uint32_t *record_clusters(const struct record *rec)
{
    return words_of(rec) + 2 * (size_t)rec->n_extras;
}

const uint32_t *record_next_cluster(const uint32_t **at, size_t *n)
{
    const uint32_t *ch = *at + 1;

    *n = **at & CLUSTER_LENGTH;
    *at = ch + *n;
    return ch;
}

struct vt_extra record_extra(const struct record *rec, uint8_t place)
{
    const uint32_t *words = words_of(rec);

    if (place == 0 || place > rec->n_extras)
        return (struct vt_extra){ 0, 0 };
    words += 2 * (size_t)(place - 1);
    return (struct vt_extra){ words[0], words[1] };
}

size_t record_bound(const struct row *row)
{
    size_t cells = row->used;

    if (row->flags & ROW_ASCII)
        return sizeof(struct record) +
               word_offset(cells + (row->n_runs + 1u) * RUN_BYTES);
    if (!(row->flags & ROW_COMPLEX))
        return sizeof(struct record) + word_offset(cells);
    return sizeof(struct record) +
           word_offset(cells * (TEXT_BYTES + RUN_BYTES)) +
           (2u * row->n_extras + row->n_clusters + (size_t)row->n_text) *
               sizeof(uint32_t);
}

size_t record_size(const struct record *rec)
{
    const uint32_t *at = record_clusters(rec);
    uint32_t i;
    size_t n;

    for (i = 0; i < rec->n_clusters; i++)
        record_next_cluster(&at, &n);
    return (size_t)((const uint8_t *)at - (const uint8_t *)rec);
}

/* ---- styles ---- */

static struct style style_of(const struct vt_cell *cell)
{
    return (struct style){ cell->fg, cell->bg, cell->attrs, cell->extra };
}

static unsigned color_bytes(uint32_t color)
{
    switch (color & VT_COLOR_KIND) {
    case VT_COLOR_INDEX: return (color & VT_COLOR_EXACT) != 0 ? 2 : 1;
    case VT_COLOR_RGB: return 3;
    default: return 0;
    }
}

static uint8_t *put_bytes(uint8_t *p, uint32_t value, unsigned n)
{
    while (n-- > 0)
        *p++ = (uint8_t)(value >> n * 8);
    return p;
}

static const uint8_t *get_bytes(const uint8_t *p, unsigned n, uint32_t *value)
{
    *value = 0;
    while (n-- > 0)
        *value = *value << 8 | *p++;
    return p;
}

static uint8_t *put_run(uint8_t *p, unsigned length, struct style style)
{
    unsigned fg = color_bytes(style.fg), bg = color_bytes(style.bg);
    unsigned attrs = style.attrs == 0 ? 0 : style.attrs < 256 ? 1 : 2;
    unsigned extra = style.extra != 0;

    if (length >= 128)
        *p++ = (uint8_t)(0x80 | length >> 8);
    *p++ = (uint8_t)length;
    if ((style.fg | style.bg | attrs | extra) == 0) {
        *p++ = 0;
        return p;
    }
    *p++ = (uint8_t)(fg << FG_SHIFT | bg << BG_SHIFT | attrs << ATTRS_SHIFT |
                     extra << EXTRA_SHIFT);
    p = put_bytes(p, style.fg, fg);
    p = put_bytes(p, style.bg, bg);
    p = put_bytes(p, style.attrs, attrs);
    return put_bytes(p, style.extra, extra);
}

static const uint8_t *get_color(const uint8_t *p, unsigned n, uint32_t *color)
{
    static const uint32_t kinds[4] = { VT_COLOR_DEFAULT, VT_COLOR_INDEX,
                                       VT_COLOR_INDEX, VT_COLOR_RGB };

    p = get_bytes(p, n, color);
    *color |= kinds[n];
    return p;
}

static const uint8_t *get_run(const uint8_t *p, unsigned *length,
                              struct style *style)
{
    uint32_t attrs, extra;
    unsigned parts;

    *length = *p++;
    if (*length & 0x80)
        *length = (*length & 0x7f) << 8 | *p++;
    parts = *p++;
    p = get_color(p, parts >> FG_SHIFT & PART_MASK, &style->fg);
    p = get_color(p, parts >> BG_SHIFT & PART_MASK, &style->bg);
    p = get_bytes(p, parts >> ATTRS_SHIFT & PART_MASK, &attrs);
    style->attrs = (uint16_t)attrs;
    p = get_bytes(p, parts >> EXTRA_SHIFT & PART_MASK, &extra);
    style->extra = (uint8_t)extra;
    return p;
}

/* ---- packing ---- */

/* The style that the bytes from run i on have; from 0 on, the default. */
static const struct vt_cell *ascii_pen(const struct row *row, unsigned i)
{
    return i == 0 ? &grid_blank : &row->runs[i - 1].pen;
}

static unsigned used_bytes(const struct row *row)
{
    unsigned n = row->used, i;

    for (i = row->n_runs;; i--) {
        const struct vt_cell *pen = ascii_pen(row, i);
        unsigned from = i == 0 ? 0 : row->runs[i - 1].from;

        if (pen->bg != 0 || pen->attrs != 0)
            return n;
        while (n > from && row->ascii[n - 1] == ' ')
            n--;
        if (n > from || i == 0)
            return n;
    }
}

/* Blanks at the end of a line that goes on in the next one do count. */
static unsigned used_cells(const struct row *row)
{
    unsigned n = row->used;

    if (row->flags & ROW_WRAPPED)
        return n;
    if (row->flags & ROW_ASCII)
        return used_bytes(row);
    while (n > 0 && row->cells[n - 1].ch == ' ' &&
           row->cells[n - 1].width == 1 && row->cells[n - 1].bg == 0 &&
           row->cells[n - 1].attrs == 0)
        n--;
    return n;
}

/* The common case of utf8_encode(), three bytes. */
static uint8_t *pack_char(uint8_t *p, uint32_t ch)
{
    if (ch < 0x800 || ch >= 0x10000)
        return p + utf8_encode(ch, p);
    p[0] = (uint8_t)(0xe0 | ch >> 12);
    p[1] = (uint8_t)(0x80 | (ch >> 6 & 0x3f));
    p[2] = (uint8_t)(0x80 | (ch & 0x3f));
    return p + 3;
}

/* To the next character: over the right half of a wide one. */
static unsigned cell_step(const struct vt_cell *cell)
{
    return cell->width == 2 ? 2 : 1;
}

/* Columns of a row, of its clusters. */
struct places {
    uint16_t col[VT_MAX_SIDE], n;
};

static uint8_t *pack_text(uint8_t *p, const struct row *row, unsigned cells,
                          struct places *clusters)
{
    unsigned i;

    clusters->n = 0;
    for (i = 0; i < cells; i += cell_step(&row->cells[i])) {
        uint32_t ch = row->cells[i].ch;

        if (ch < 0x80) {
            *p++ = (uint8_t)ch;
        } else if (ch & VT_CLUSTER) {
            *p++ = CLUSTER_BYTE;
            clusters->col[clusters->n++] = (uint16_t)i;
        } else {
            p = pack_char(p, ch);
        }
    }
    return p;
}

static uint8_t *pack_runs(uint8_t *p, const struct row *row, unsigned cells)
{
    unsigned start = 0, i;
    struct style style;

    if (!(row->flags & ROW_STYLED))
        return p;
    for (i = 1; i <= cells; i++) {
        if (i < cells && same_style(&row->cells[start], &row->cells[i]))
            continue;
        style = style_of(&row->cells[start]);
        if (i < cells || !same_style(&row->cells[start], &grid_blank))
            p = put_run(p, i - start, style);
        start = i;
    }
    return p;
}

static uint32_t *pack_extras(uint32_t *at, const struct row *row)
{
    unsigned i;

    for (i = 0; i < row->n_extras; i++) {
        *at++ = row->extras[i].underline;
        *at++ = row->extras[i].link;
    }
    return at;
}

static void pack_clusters(uint32_t *at, const struct row *row,
                          const struct places *clusters)
{
    unsigned i;

    for (i = 0; i < clusters->n; i++) {
        const struct vt_cell *cell = &row->cells[clusters->col[i]];
        size_t n;
        const uint32_t *ch = row_cluster(row, cell->ch, &n);

        *at++ = (uint32_t)n | (uint32_t)cell->width << CLUSTER_WIDTH_SHIFT;
        memcpy(at, ch, n * sizeof *at);
        at += n;
    }
}

static void pack_complex(struct record *rec, const struct row *row,
                         unsigned cells)
{
    struct places clusters;
    uint8_t *text_end = pack_text(rec->data, row, cells, &clusters);
    uint8_t *runs_end = pack_runs(text_end, row, cells);
    size_t at = word_offset((size_t)(runs_end - rec->data));
    uint32_t *words = (uint32_t *)(void *)(rec->data + at);

    rec->text_bytes = (uint16_t)(text_end - rec->data);
    rec->run_bytes = (uint16_t)(runs_end - text_end);
    rec->n_extras = row->n_extras;
    if (row->n_extras != 0)
        words = pack_extras(words, row);
    pack_clusters(words, row, &clusters);
    rec->n_clusters = clusters.n;
}

static void pack_ascii(struct record *rec, const struct row *row,
                       unsigned cells)
{
    uint8_t *text_end = rec->data + cells, *p = text_end;
    unsigned start = 0, i;

    memcpy(rec->data, row->ascii, cells);
    for (i = 0; i < row->n_runs && row->runs[i].from < cells; i++) {
        if (row->runs[i].from > start)
            p = put_run(p, row->runs[i].from - start,
                        style_of(ascii_pen(row, i)));
        start = row->runs[i].from;
    }
    if (!same_style(ascii_pen(row, i), &grid_blank) && start < cells)
        p = put_run(p, cells - start, style_of(ascii_pen(row, i)));
    rec->text_bytes = (uint16_t)cells;
    rec->run_bytes = (uint16_t)(p - text_end);
}

void record_pack(struct record *rec, const struct row *row)
{
    unsigned cells = used_cells(row), i;

    rec->cells = (uint16_t)cells;
    rec->flags = row->flags & RECORD_FLAGS;
    rec->size = row->size;
    rec->prompt = row->prompt;
    rec->n_clusters = rec->n_extras = 0;
    if (row->flags & ROW_ASCII) {
        pack_ascii(rec, row, cells);
        return;
    }
    if (row->flags & ROW_COMPLEX) {
        pack_complex(rec, row, cells);
        return;
    }
    rec->text_bytes = (uint16_t)cells;
    rec->run_bytes = 0;
    for (i = 0; i < cells; i++)
        rec->data[i] = (uint8_t)row->cells[i].ch;
}

/* ---- unpacking ---- */

/* Cells of one character at col; returns the next column. */
static unsigned put_cells(struct vt_cell *cells, unsigned col, unsigned cols,
                          uint32_t ch, unsigned width)
{
    if (width == 2 && col + 1 >= cols) {
        ch = ' ';
        width = 1;
    }
    cells[col] = grid_blank;
    cells[col].ch = ch;
    cells[col].width = (uint8_t)width;
    if (width == 2) {
        cells[col + 1] = grid_blank;
        cells[col + 1].width = 0;
    }
    return col + width;
}

static unsigned cell_width(uint32_t ch)
{
    return width_next(ch) == 2 ? 2 : 1;
}

static unsigned unpack_text(const struct record *rec, struct vt_cell *cells,
                            unsigned cols, uint32_t cluster_base)
{
    const uint8_t *p = rec->data, *end = p + rec->text_bytes;
    const uint32_t *cluster = record_clusters(rec);
    unsigned col = 0;

    while (p < end && col < cols) {
        uint32_t ch = *p;
        unsigned width = 1;

        if (ch == CLUSTER_BYTE) {
            width = cluster[0] >> CLUSTER_WIDTH_SHIFT;
            cluster += 1 + (cluster[0] & CLUSTER_LENGTH);
            ch = cluster_base | col;
            p++;
        } else if (ch < 0x80) {
            p++;
        } else {
            p += utf8_next(p, (size_t)(end - p), &ch);
            width = cell_width(ch);
        }
        col = put_cells(cells, col, cols, ch, width);
    }
    return col;
}

static void unpack_runs(const struct record *rec, struct vt_cell *cells,
                        unsigned cols)
{
    const uint8_t *p = rec->data + rec->text_bytes, *end = p + rec->run_bytes;
    unsigned col = 0, stop, length;
    struct style style;

    while (p < end && col < cols) {
        p = get_run(p, &length, &style);
        for (stop = col + length; col < stop && col < cols; col++) {
            cells[col].fg = style.fg;
            cells[col].bg = style.bg;
            cells[col].attrs = style.attrs;
            cells[col].extra = style.extra;
        }
    }
}

void record_unpack(const struct record *rec, struct vt_cell *cells,
                   unsigned cols, uint32_t cluster_base)
{
    unsigned col = unpack_text(rec, cells, cols, cluster_base);

    while (col < cols)
        cells[col++] = grid_blank;
    unpack_runs(rec, cells, cols);
}

static void put_cluster(const uint32_t *ch, size_t n, struct buf *out)
{
    uint8_t enc[4];
    size_t i;

    for (i = 0; i < n; i++)
        buf_put(out, enc, utf8_encode(ch[i], enc));
}

void record_utf8(const struct record *rec, struct buf *out)
{
    const uint8_t *p = rec->data, *end = p + rec->text_bytes, *mark;
    const uint32_t *clusters = record_clusters(rec), *ch;
    unsigned i;
    size_t n;

    for (i = 0; i < rec->n_clusters; i++) {
        mark = memchr(p, CLUSTER_BYTE, (size_t)(end - p));
        buf_put(out, p, (size_t)(mark - p));
        ch = record_next_cluster(&clusters, &n);
        put_cluster(ch, n, out);
        p = mark + 1;
    }
    buf_put(out, p, (size_t)(end - p));
}

const uint32_t *record_cluster(const struct record *rec, unsigned col,
                               size_t *n)
{
    const uint8_t *p = rec->data, *end = p + rec->text_bytes;
    const uint32_t *cluster = record_clusters(rec);
    unsigned at = 0;

    while (p < end && at <= col) {
        uint32_t ch = *p;

        if (ch == CLUSTER_BYTE) {
            if (at == col) {
                *n = cluster[0] & CLUSTER_LENGTH;
                return cluster + 1;
            }
            at += cluster[0] >> CLUSTER_WIDTH_SHIFT;
            cluster += 1 + (cluster[0] & CLUSTER_LENGTH);
            p++;
            continue;
        }
        p += utf8_next(p, (size_t)(end - p), &ch);
        at += cell_width(ch);
    }
    return NULL;
}
