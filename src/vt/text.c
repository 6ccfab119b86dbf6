#include "vt/text.h"

#include <string.h>
#include "base/buf.h"
#include "base/mem.h"

int vt_place_compare(struct vt_place a, struct vt_place b)
{
    if (a.line != b.line)
        return a.line < b.line ? -1 : 1;
    return a.col < b.col ? -1 : a.col > b.col;
}

uint64_t vt_first_line(const struct vt *vt)
{
    return vt_lines_pushed(vt) - vt_scrollback(vt);
}

uint64_t vt_end_line(const struct vt *vt)
{
    return vt_lines_pushed(vt) + vt_rows(vt);
}

long vt_line_number(const struct vt *vt, uint64_t line)
{
    return (long)(line - vt_lines_pushed(vt));
}

static bool is_right_half(const struct vt *vt, struct vt_place place)
{
    struct vt_cell cells[VT_MAX_SIDE];

    vt_line(vt, vt_line_number(vt, place.line), cells, NULL);
    return cells[place.col].width == 0;
}

struct vt_place vt_place_clamp(const struct vt *vt, struct vt_place place)
{
    if (place.line < vt_first_line(vt))
        return (struct vt_place){ vt_first_line(vt), 0 };
    if (place.line >= vt_end_line(vt))
        place.line = vt_end_line(vt) - 1;
    if (place.col >= vt_cols(vt))
        place.col = vt_cols(vt) - 1;
    if (place.col > 0 && is_right_half(vt, place))
        place.col--;
    return place;
}

static bool is_wrapped(const struct vt *vt, uint64_t line)
{
    bool wrapped;

    vt_line_length(vt, vt_line_number(vt, line), &wrapped);
    return wrapped;
}

/* ---- anchors ---- */

/* The first row of the text that a row is part of. */
static uint64_t text_start(const struct vt *vt, uint64_t line)
{
    while (line > vt_first_line(vt) && is_wrapped(vt, line - 1))
        line--;
    return line;
}

static uint64_t cursor_text(const struct vt *vt)
{
    return text_start(vt, vt_lines_pushed(vt) + vt_cursor(vt).row);
}

static int64_t texts_between(const struct vt *vt, uint64_t from, uint64_t to)
{
    int64_t n = 0;

    for (; from < to; from++)
        n += !is_wrapped(vt, from);
    return n;
}

struct vt_anchor vt_anchor(const struct vt *vt, struct vt_place place)
{
    struct vt_anchor a;
    uint64_t start, base, line;
    bool wrapped;

    place = vt_place_clamp(vt, place);
    a = (struct vt_anchor){ 0, place.col };
    if (vt_alternate(vt)) {
        a.lines = vt_line_number(vt, place.line);
        return a;
    }
    start = text_start(vt, place.line);
    base = cursor_text(vt);
    a.lines = start < base ? -texts_between(vt, start, base)
                           : texts_between(vt, base, start);
    for (line = start; line < place.line; line++)
        a.cells += vt_line_length(vt, vt_line_number(vt, line), &wrapped);
    return a;
}

/* The beginning of the text so many texts from the cursor's. */
static uint64_t seek_text(const struct vt *vt, int64_t texts)
{
    uint64_t line = cursor_text(vt);

    for (; texts < 0 && line > vt_first_line(vt); texts++)
        line = text_start(vt, line - 1);
    for (; texts > 0 && line + 1 < vt_end_line(vt); line++)
        texts -= !is_wrapped(vt, line);
    return line;
}

struct vt_place vt_anchored(const struct vt *vt, struct vt_anchor anchor)
{
    struct vt_place place = { 0, 0 };
    bool wrapped = true;
    unsigned n;

    if (vt_alternate(vt)) {
        place.line = vt_lines_pushed(vt) + (uint64_t)anchor.lines;
        place.col = (unsigned)anchor.cells;
        return vt_place_clamp(vt, place);
    }
    place.line = seek_text(vt, anchor.lines);
    while (n = vt_line_length(vt, vt_line_number(vt, place.line), &wrapped),
           wrapped && anchor.cells >= n && place.line + 1 < vt_end_line(vt)) {
        anchor.cells -= n;
        place.line++;
    }
    place.col =
        anchor.cells < vt_cols(vt) ? (unsigned)anchor.cells : vt_cols(vt) - 1;
    return vt_place_clamp(vt, place);
}

/* ---- text ---- */

static void add_cell(struct vt_text *t, const struct vt *vt,
                     const struct vt_cell *cell, uint32_t number)
{
    size_t n, i;
    const uint32_t *ch = vt_cluster(vt, cell, &n);

    if (t->n + n > t->cap) {
        t->cap = (t->n + n) * 2;
        t->ch = mem_resize(t->ch, t->cap, sizeof *t->ch);
        t->cell = mem_resize(t->cell, t->cap, sizeof *t->cell);
    }
    for (i = 0; i < n; i++) {
        t->ch[t->n] = ch[i];
        t->cell[t->n++] = number;
    }
}

/* Returns whether the next row continues this one. */
static bool add_row(struct vt_text *t, const struct vt *vt, uint64_t line)
{
    long number = vt_line_number(vt, line);
    bool wrapped;
    unsigned n = vt_line_length(vt, number, &wrapped), i;

    vt_line(vt, number, t->cells, NULL);
    while (!wrapped && n > 0 && t->cells[n - 1].ch == ' ')
        n--;
    for (i = 0; i < n; i++)
        if (t->cells[i].width != 0)
            add_cell(t, vt, &t->cells[i], t->rows * t->cols + i);
    t->rows++;
    return wrapped;
}

/*
 * Where the part of the text begins that holds a line.  A text is cut before
 * lines whose number is a multiple of VT_TEXT_ROWS, if as many rows of it stand
 * before: so nobody need look further back than that.
 */
static uint64_t part_start(const struct vt *vt, uint64_t line)
{
    uint64_t cut = line - line % VT_TEXT_ROWS, start = line;
    uint64_t least = cut > VT_TEXT_ROWS ? cut - VT_TEXT_ROWS : 0;

    while (start > least && start > vt_first_line(vt) &&
           is_wrapped(vt, start - 1))
        start--;
    return start > least ? start : cut;
}

static bool begin_text(struct vt_text *t, const struct vt *vt, uint64_t line)
{
    t->n = t->rows = 0;
    t->cols = vt_cols(vt);
    t->line = line;
    if (line < vt_first_line(vt) || line >= vt_end_line(vt))
        return false;
    t->line = part_start(vt, line);
    return true;
}

/* Does the part go on, of which t->rows rows were taken? */
static bool goes_on(const struct vt_text *t, const struct vt *vt, bool wrapped)
{
    uint64_t next = t->line + t->rows;

    return wrapped && next < vt_end_line(vt) &&
           (t->rows < VT_TEXT_ROWS || next % VT_TEXT_ROWS != 0);
}

void vt_text_load(struct vt_text *t, const struct vt *vt, uint64_t line)
{
    bool wrapped;

    if (!begin_text(t, vt, line))
        return;
    if (t->cols > t->cells_cap) {
        t->cells = mem_resize(t->cells, t->cols, sizeof *t->cells);
        t->cells_cap = t->cols;
    }
    do
        wrapped = add_row(t, vt, t->line + t->rows);
    while (goes_on(t, vt, wrapped));
}

bool vt_text_bytes(struct vt_text *t, const struct vt *vt, uint64_t line,
                   struct buf *out)
{
    bool wrapped;
    size_t row;

    buf_clear(out);
    if (!begin_text(t, vt, line))
        return false;
    do {
        long number = vt_line_number(vt, t->line + t->rows);

        row = out->len;
        if (!vt_line_utf8(vt, number, out))
            return false;
        vt_line_length(vt, number, &wrapped);
        t->rows++;
    } while (goes_on(t, vt, wrapped));
    while (!wrapped && out->len > row && out->data[out->len - 1] == ' ')
        out->len--;
    return true;
}

bool vt_text_continues(const struct vt *vt, const struct vt_text *t)
{
    return t->line > vt_first_line(vt) && is_wrapped(vt, t->line - 1);
}

void vt_text_free(struct vt_text *t)
{
    mem_free(t->ch);
    mem_free(t->cell);
    mem_free(t->cells);
    memset(t, 0, sizeof *t);
}

bool vt_text_breaks(uint32_t ch)
{
    /* Without joiners, which are part of words, and 3005 to 3007, letters. */
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        { 0x00a0, 0x00a0 }, { 0x00ab, 0x00ab }, { 0x00bb, 0x00bb },
        { 0x2000, 0x200b }, { 0x2010, 0x205f }, { 0x2190, 0x2bff },
        { 0x3000, 0x3004 }, { 0x3008, 0x3020 }, { 0xe000, 0xf8ff },
        { 0xff00, 0xff0f }, { 0xff1a, 0xff20 }, { 0xff3b, 0xff40 },
        { 0xff5b, 0xff65 },
    };
    size_t i;

    for (i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (ch >= ranges[i].first && ch <= ranges[i].last)
            return true;
    return false;
}

struct vt_place vt_text_place(const struct vt_text *t, size_t i)
{
    return (struct vt_place){ t->line + t->cell[i] / t->cols,
                              t->cell[i] % t->cols };
}

size_t vt_text_find(const struct vt_text *t, struct vt_place place)
{
    size_t low = 0, high = t->n, middle;
    uint64_t cell;

    if (place.line < t->line)
        return 0;
    cell = (place.line - t->line) * t->cols + place.col;
    while (low < high) {
        middle = low + (high - low) / 2;
        if (t->cell[middle] < cell)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
