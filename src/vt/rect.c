/* rect.c - DEC's rectangular areas: copy, fill, erase, change. */
#include "vt/rect.h"

#include "base/width.h"
#include "vt/csi.h"
#include "vt/screen.h"

static unsigned clip(unsigned value, unsigned most)
{
    return value < most ? value : most;
}

bool area_parse(const struct vt *vt, const struct vt_params *p, unsigned i,
                struct area *a)
{
    bool origin = vt->cur.origin;
    unsigned row = origin ? vt->top : 0, col = origin ? vt->left : 0;
    unsigned rows = origin ? vt->bottom + 1 : vt->grid->rows;
    unsigned cols = origin ? vt->right + 1 : vt->grid->cols;

    a->top = clip(row + param(p, i, 1) - 1, rows);
    a->left = clip(col + param(p, i + 1, 1) - 1, cols);
    a->bottom = clip(row + param(p, i + 2, rows), rows);
    a->right = clip(col + param(p, i + 3, cols), cols);
    if (a->left == cols)
        a->bottom = a->top; /* no stream begins there either */
    return a->top < a->bottom && a->left < a->right;
}

/* From the bottom up if the areas may overlap that way. */
void op_deccra(struct vt *vt, const struct vt_params *p)
{
    struct area from, to;
    struct vt_params place = { .n = 2 };
    unsigned n, width, i;

    /* The pages (parameters 5 and 8) are always our only one. */
    place.value[0] = (uint16_t)param(p, 5, 1);
    place.value[1] = (uint16_t)param(p, 6, 1);
    if (!area_parse(vt, p, 0, &from) || !area_parse(vt, &place, 0, &to))
        return;
    n = clip(from.bottom - from.top, to.bottom - to.top);
    width = clip(from.right - from.left, to.right - to.left);
    for (i = 0; i < n; i++) {
        unsigned k = to.top > from.top ? n - 1 - i : i;

        grid_copy(vt->grid, to.top + k, to.left, from.top + k, from.left,
                  width);
    }
}

/* A column that is left beside characters of two is blank. */
static void fill_row(struct row *row, const struct area *a,
                     const struct vt_cell *cell)
{
    struct vt_cell part = *cell;
    unsigned i;

    for (i = a->left; i < a->right; i++) {
        part.ch = cell->ch;
        part.width = cell->width;
        if (cell->width == 2 && (i - a->left) % 2 == 1) {
            part.width = 0;
        } else if (cell->width == 2 && i + 1 == a->right) {
            part.ch = ' ';
            part.width = 1;
        }
        row->cells[i] = part;
    }
}

static void fill_area(struct vt *vt, const struct area *a,
                      const struct vt_cell *cell)
{
    unsigned i;

    for (i = a->top; i < a->bottom; i++) {
        struct row *row = grid_row(vt->grid, i);

        row_open(row, vt->grid->cols, a->left, a->right);
        row->flags |= ROW_COMPLEX | ROW_WIDE;
        fill_row(row, a, cell);
    }
}

/* DEC's takes ASCII and Latin-1, xterm's all that has a width; 0: not ch. */
static unsigned fill_width(uint32_t ch)
{
    if (ch < 0x100)
        return (ch >= 0x20 && ch <= 0x7e) || ch >= 0xa0;
    return ch >= 0xd800 && ch <= 0xdfff ? 0 : width_of(ch);
}

void op_decfra(struct vt *vt, const struct vt_params *p)
{
    struct vt_cell cell = vt->cur.pen;
    struct area a;

    cell.ch = param(p, 0, ' ');
    cell.width = (uint8_t)fill_width(cell.ch);
    if (p->n > 0 && cell.width != 0 && area_parse(vt, p, 1, &a))
        fill_area(vt, &a, &cell);
}

void op_decera(struct vt *vt, const struct vt_params *p)
{
    struct vt_cell blank = erased_cell(vt);
    struct area a;
    unsigned i;

    if (!area_parse(vt, p, 0, &a))
        return;
    for (i = a.top; i < a.bottom; i++)
        row_erase(grid_line(vt->grid, i), vt->grid->cols, a.left, a.right,
                  &blank);
}

/* Unlike the others that erase it leaves the styles. */
void op_decsera(struct vt *vt, const struct vt_params *p)
{
    struct area a;
    unsigned i, j;

    if (!area_parse(vt, p, 0, &a))
        return;
    for (i = a.top; i < a.bottom; i++) {
        unsigned from = a.left, to = a.right;
        struct row *row = screen_open_sparing(vt, i, &from, &to, VT_PROTECTED);

        for (j = from; j < to; j++)
            if (!(row->cells[j].attrs & VT_PROTECTED)) {
                row->cells[j].ch = ' ';
                row->cells[j].width = 1;
            }
    }
}

/* ---- attributes ---- */

/* DECSACE: 0 and 1 a stream of characters, 2 a rectangle. */
void op_decsace(struct vt *vt, const struct vt_params *p)
{
    if (param(p, 0, 0) <= 2)
        vt->extent = (uint8_t)param(p, 0, 0);
}

typedef void cell_fn(struct vt_cell *cell, const struct vt_params *p,
                     unsigned i);

/*
 * What the parameters make of a cell without attributes and of one with all,
 * in two colours.  As no attribute depends on another (no kind of underline is
 * without VT_UNDERLINE) that tells what they make of any cell; to go through
 * them for each one would let a server keep us busy with few bytes.
 */
struct change {
    struct vt_cell none, all;
};

static struct change learn_change(cell_fn *run, const struct vt_params *p)
{
    struct change c = {
        .all = { .fg = UINT32_MAX, .bg = UINT32_MAX, .attrs = UINT16_MAX }
    };

    run(&c.none, p, 4);
    run(&c.all, p, 4);
    return c;
}

static void change_cell(struct vt_cell *cell, const struct change *c)
{
    cell->attrs = (uint16_t)((cell->attrs & c->all.attrs) |
                             (~cell->attrs & c->none.attrs));
    if (c->none.fg == c->all.fg)
        cell->fg = c->all.fg;
    if (c->none.bg == c->all.bg)
        cell->bg = c->all.bg;
}

/* A wide character is changed as a whole, if one of its halves is inside. */
static void change_cells(struct vt *vt, unsigned row, unsigned from,
                         unsigned to, const struct change *c)
{
    struct row *r = grid_row(vt->grid, row);
    unsigned i;

    if (r->cells[from].width == 0)
        from--;
    if (to < vt->grid->cols && r->cells[to].width == 0)
        to++;
    row_open(r, vt->grid->cols, from, to);
    r->flags |= ROW_STYLED;
    for (i = from; i < to; i++)
        change_cell(&r->cells[i], c);
}

/* A stream runs from the first place to the last, over whole lines between;
 * in origin mode these are the lines within the margins, as in xterm. */
static void change_area(struct vt *vt, const struct vt_params *p, cell_fn *run)
{
    struct change c = learn_change(run, p);
    unsigned left = vt->cur.origin ? vt->left : 0, i;
    unsigned right = vt->cur.origin ? vt->right + 1 : vt->grid->cols;
    bool stream = vt->extent != 2;
    struct area a;

    if (!area_parse(vt, p, 0, &a) && !stream)
        return;
    for (i = a.top; i < a.bottom; i++) {
        unsigned from = stream && i > a.top ? left : a.left;
        unsigned to = stream && i + 1 < a.bottom ? right : a.right;

        if (from < to)
            change_cells(vt, i, from, to, &c);
    }
}

void op_deccara(struct vt *vt, const struct vt_params *p)
{
    change_area(vt, p, sgr_change);
}

void op_decrara(struct vt *vt, const struct vt_params *p)
{
    change_area(vt, p, sgr_reverse);
}
