/* vt.c - the handle: its life, resets, and what its owner reads. */
#include "vt/vt.h"

#include <string.h>
#include "base/mem.h"
#include "vt/record.h"
#include "vt/screen.h"

static unsigned clamp_side(unsigned side)
{
    return side < 1 ? 1 : side > VT_MAX_SIDE ? VT_MAX_SIDE : side;
}

struct vt *vt_new(const struct vt_options *opt)
{
    struct vt *vt = mem_alloc(sizeof *vt);
    size_t lines = opt->scrollback < SCROLLBACK_MAX_LINES
                       ? opt->scrollback
                       : SCROLLBACK_MAX_LINES;

    grid_init(&vt->grids[0], clamp_side(opt->cols), clamp_side(opt->rows), 0);
    vt->grid = &vt->grids[0];
    vt->lines = vt->lines_now = lines;
    scrollback_init(&vt->sb, lines);
    if (opt->answerback != NULL)
        vt->answerback = mem_strdup(opt->answerback);
    vt->screen_reports = opt->screen_reports;
    vt->utf8_only = opt->utf8_only;
    vt_set_cell_size(vt, 0, 0);
    csi_index(vt);
    screen_reset(vt);
    vt->events = 0;
    return vt;
}

void vt_free(struct vt *vt)
{
    if (vt == NULL)
        return;
    grid_free(&vt->grids[0]);
    grid_free(&vt->grids[1]);
    scrollback_free(&vt->sb);
    parser_free(&vt->parser);
    buf_free(&vt->reply);
    buf_free(&vt->clipboard);
    titles_free(vt);
    links_free(vt);
    mem_free(vt->directory);
    mem_free(vt->answerback);
    mem_free(vt);
}

void vt_write(struct vt *vt, const void *data, size_t len)
{
    parser_write(vt, data, len);
}

size_t vt_write_keeping(struct vt *vt, const void *data, size_t len)
{
    size_t used;

    vt->keeping = !on_alternate(vt);
    used = parser_write(vt, data, len);
    vt->keeping = false;
    return used;
}

void vt_echo(struct vt *vt, const void *data, size_t len)
{
    struct parser server = vt->parser;
    size_t said = vt->reply.len;

    vt->parser = (struct parser){ .state = ST_GROUND };
    parser_write(vt, data, len);
    parser_free(&vt->parser);
    vt->parser = server;
    vt->reply.len = said;
}

void vt_resize(struct vt *vt, unsigned cols, unsigned rows)
{
    cols = clamp_side(cols);
    rows = clamp_side(rows);
    if (cols == vt->grid->cols && rows == vt->grid->rows)
        return;
    screen_resize(vt, cols, rows);
    vt->locator.known = false;
    if (mode(vt, MODE_IN_BAND_SIZE))
        report_size(vt);
}

/* ---- resets ---- */

static void reset_cursor_style(struct vt *vt)
{
    vt->shape = VT_BLOCK;
    vt->cursor_style = 0;
}

/* As xterm, more than DEC's: the cursor's shape and the palette too, but not
 * what DECSACE set. */
void screen_soft_reset(struct vt *vt)
{
    struct cursor fresh = cursor_initial();

    modes_soft_reset(vt);
    screen_full_margins(vt);
    fresh.row = vt->cur.row;
    fresh.col = vt->cur.col;
    fresh.wrap_pending = vt->cur.wrap_pending;
    vt->cur = fresh;
    reset_cursor_style(vt);
    palette_reset_indexed(&vt->palette);
    vt->events |= VT_EVENT_PALETTE;
    vt->saved[on_alternate(vt)] = cursor_initial();
    vt->single_shift = 0;
    vt->guarding = false;
    vt->checksum = CHECKSUM_PLAIN;
    keyboard_soft_reset(vt);
    charset_prefer_first(vt);
    charset_update(vt);
}

/* All but the text of the main screen. */
static void reset_state(struct vt *vt)
{
    screen_show(vt, false);
    modes_initial(vt);
    vt->cur = vt->saved[0] = vt->saved[1] = cursor_initial();
    vt->single_shift = 0;
    vt->guarding = vt->eight_bit = vt->latin_1 = false;
    vt->level = LEVEL_MAX;
    vt->ansi_level = 3;
    vt->extent = 0;
    vt->checksum = CHECKSUM_PLAIN;
    vt->last_char = 0;
    reset_cursor_style(vt);
    vt->n_styles = vt->n_palettes = vt->palettes_most = 0;
    vt->palettes_kept = 0;
    charset_prefer_first(vt);
    charset_update(vt);
    keyboard_reset(vt);
    vt->locator = (struct locator){ 0 };
    screen_full_margins(vt);
    screen_default_tabs(vt);
    if (vt->grids[1].rows != 0)
        grid_clear(&vt->grids[1]);
    palette_reset(&vt->palette);
    vt->title_modes = 0;
    vt->events |= VT_EVENT_MODES | VT_EVENT_PALETTE;
}

void screen_reset(struct vt *vt)
{
    reset_state(vt);
    screen_erase(vt, ERASE_ALL, ERASE_PLAIN);
    vt_damage_all(vt);
}

void vt_reset(struct vt *vt)
{
    parser_reset(&vt->parser);
    screen_reset(vt);
    titles_free(vt);
    vt->events |= VT_EVENT_TITLE;
}

void vt_reset_all_but_text(struct vt *vt)
{
    parser_reset(&vt->parser);
    reset_state(vt);
    titles_free(vt);
    shell_reset(vt);
    vt->events |= VT_EVENT_TITLE;
    vt_damage_all(vt);
}

/* ---- reading ---- */

unsigned vt_cols(const struct vt *vt)
{
    return vt->grid->cols;
}

unsigned vt_rows(const struct vt *vt)
{
    return vt->grid->rows;
}

size_t vt_scrollback(const struct vt *vt)
{
    return on_alternate(vt) ? 0 : vt->sb.count;
}

void screen_limit_scrollback(struct vt *vt)
{
    scrollback_set_max(&vt->sb,
                       vt->lines_held ? 2 * vt->lines_now : vt->lines_now);
}

void vt_hold_scrollback(struct vt *vt, bool held)
{
    vt->lines_held = held;
    screen_limit_scrollback(vt);
}

void vt_clear_scrollback(struct vt *vt)
{
    scrollback_clear(&vt->sb);
    vt->lines_now = vt->lines;
    screen_limit_scrollback(vt);
}

/* The record of a line above the screen; NULL if it is not there. */
static const struct record *record_at(const struct vt *vt, long line)
{
    size_t n = vt_scrollback(vt);

    if (line >= 0 || line < -(long)n)
        return NULL;
    return scrollback_line(&vt->sb, n - (size_t)-line);
}

void vt_line(const struct vt *vt, long line, struct vt_cell *cells,
             bool *wrapped)
{
    const struct record *rec = record_at(vt, line);
    unsigned cols = vt->grid->cols, flags = 0, i;

    if (line >= 0 && line < (long)vt->grid->rows) {
        memcpy(cells, vt_row(vt, (unsigned)line), cols * sizeof *cells);
        flags = grid_line(vt->grid, (unsigned)line)->flags;
    } else if (rec != NULL) {
        size_t at = vt_scrollback(vt) - (size_t)-line;

        record_unpack(rec, cells, cols,
                      VT_CLUSTER | CLUSTER_IN_SCROLLBACK |
                          (uint32_t)at << CLUSTER_LINE_SHIFT);
        flags = rec->flags;
    } else {
        for (i = 0; i < cols; i++)
            cells[i] = grid_blank;
    }
    if (wrapped != NULL)
        *wrapped = (flags & ROW_WRAPPED) != 0;
}

unsigned vt_line_length(const struct vt *vt, long line, bool *wrapped)
{
    const struct record *rec = record_at(vt, line);
    unsigned flags = 0, cols = vt->grid->cols, n = 0;

    if (rec != NULL) {
        flags = rec->flags;
        n = rec->cells;
    } else if (line >= 0 && line < (long)vt->grid->rows) {
        flags = grid_line(vt->grid, (unsigned)line)->flags;
        n = grid_line(vt->grid, (unsigned)line)->used;
    }
    *wrapped = (flags & ROW_WRAPPED) != 0;
    if (*wrapped)
        return cols - ((flags & ROW_SPACER) != 0);
    return n < cols ? n : cols;
}

bool vt_line_utf8(const struct vt *vt, long line, struct buf *out)
{
    const struct record *rec = record_at(vt, line);
    bool wrapped;
    unsigned n;

    if (rec == NULL)
        return false;
    record_utf8(rec, out);
    n = vt_line_length(vt, line, &wrapped);
    if (n < rec->cells)
        out->len--; /* the blank that a wide character left free */
    for (; n > rec->cells; n--)
        buf_put_byte(out, ' ');
    return true;
}

const struct vt_cell *vt_row(const struct vt *vt, unsigned row)
{
    return grid_row(vt->grid, row)->cells;
}

static const uint32_t *scrollback_cluster(const struct vt *vt, uint32_t ch,
                                          size_t *n)
{
    size_t line = ch >> CLUSTER_LINE_SHIFT & CLUSTER_LINE_MASK;

    if (line >= vt->sb.count)
        return NULL;
    return record_cluster(scrollback_line(&vt->sb, line),
                          ch & CLUSTER_COLUMN_MASK, n);
}

static const uint32_t *grid_cluster(const struct vt *vt, uint32_t ch, size_t *n)
{
    const struct grid *g = &vt->grids[(ch & CLUSTER_IN_ALTERNATE) != 0];
    unsigned row = ch >> CLUSTER_ROW_SHIFT & CLUSTER_ROW_MASK;

    return row < g->rows ? row_cluster(&g->pool[row], ch, n) : NULL;
}

/* A cell read before the last vt_write() may name what is no more. */
const uint32_t *vt_cluster(const struct vt *vt, const struct vt_cell *cell,
                           size_t *n)
{
    static const uint32_t gone = 0xfffd;
    const uint32_t *ch;

    *n = 1;
    if (!(cell->ch & VT_CLUSTER))
        return &cell->ch;
    ch = cell->ch & CLUSTER_IN_SCROLLBACK ? scrollback_cluster(vt, cell->ch, n)
                                          : grid_cluster(vt, cell->ch, n);
    return ch != NULL ? ch : &gone;
}

struct vt_extra vt_extra(const struct vt *vt, long line,
                         const struct vt_cell *cell)
{
    const struct record *rec = record_at(vt, line);

    if (rec != NULL)
        return record_extra(rec, cell->extra);
    if (line < 0 || line >= (long)vt->grid->rows)
        return (struct vt_extra){ 0, 0 };
    return row_extra_at(grid_row(vt->grid, (unsigned)line), cell->extra);
}

enum vt_line_size vt_line_size(const struct vt *vt, long line)
{
    const struct record *rec = record_at(vt, line);

    if (rec != NULL)
        return (enum vt_line_size)rec->size;
    if (line < 0 || line >= (long)vt->grid->rows)
        return VT_LINE_SINGLE;
    return (enum vt_line_size)grid_line(vt->grid, (unsigned)line)->size;
}

bool vt_line_prompt(const struct vt *vt, long line)
{
    const struct record *rec = record_at(vt, line);

    if (rec != NULL)
        return rec->prompt;
    return line >= 0 && line < (long)vt->grid->rows &&
           grid_line(vt->grid, (unsigned)line)->prompt;
}

/* ---- damage ---- */

bool vt_row_dirty(const struct vt *vt, unsigned row)
{
    return (grid_line(vt->grid, row)->flags & ROW_DIRTY) != 0;
}

unsigned vt_damage_scroll(const struct vt *vt)
{
    return vt->scrolled;
}

uint64_t vt_lines_pushed(const struct vt *vt)
{
    return vt->pushed;
}

void vt_damage_all(struct vt *vt)
{
    grid_damage_all(vt->grid);
    vt->scrolled = 0;
}

void vt_damage_clear(struct vt *vt)
{
    unsigned i;

    for (i = 0; i < vt->grid->rows; i++)
        grid_line(vt->grid, i)->flags &= (uint8_t)~ROW_DIRTY;
    vt->scrolled = 0;
}

/* ---- state ---- */

struct vt_cursor vt_cursor(const struct vt *vt)
{
    struct vt_cursor cursor = {
        .row = vt->cur.row,
        .col = vt->cur.col,
        .visible = mode(vt, MODE_CURSOR),
        .usual = vt->cursor_style == 0 && !mode(vt, MODE_BLINK),
        .blinks = mode(vt, MODE_BLINK),
        .shape = vt->shape,
    };

    cursor.colored = vt_default_color(vt, VT_DEFAULT_CURSOR, &cursor.color);
    return cursor;
}

bool vt_reversed(const struct vt *vt)
{
    return mode(vt, MODE_REVERSE);
}

void vt_take_reply(struct vt *vt, struct buf *out)
{
    buf_put(out, vt->reply.data, vt->reply.len);
    buf_clear(&vt->reply);
}

unsigned vt_take_events(struct vt *vt)
{
    unsigned events = vt->events;

    vt->events = 0;
    return events;
}

const uint8_t *vt_clipboard(const struct vt *vt, size_t *len)
{
    *len = vt->clipboard.len;
    return vt->clipboard.data;
}

enum vt_mouse vt_mouse(const struct vt *vt)
{
    return vt->locator.on                ? VT_MOUSE_ANY
           : mode(vt, MODE_MOUSE_ANY)    ? VT_MOUSE_ANY
           : mode(vt, MODE_MOUSE_DRAG)   ? VT_MOUSE_DRAG
           : mode(vt, MODE_MOUSE_BUTTON) ? VT_MOUSE_BUTTON
           : mode(vt, MODE_MOUSE_X10)    ? VT_MOUSE_X10
                                         : VT_MOUSE_OFF;
}

bool vt_alternate(const struct vt *vt)
{
    return on_alternate(vt);
}

bool vt_paste_bracketed(const struct vt *vt)
{
    return mode(vt, MODE_PASTE);
}

bool vt_focus_wanted(const struct vt *vt)
{
    return mode(vt, MODE_FOCUS);
}

bool vt_keypad_application(const struct vt *vt)
{
    return mode(vt, MODE_APP_KEYPAD);
}

bool vt_keyboard_locked(const struct vt *vt)
{
    return mode(vt, MODE_KEYBOARD_LOCK);
}

bool vt_echo_wanted(const struct vt *vt)
{
    return !mode(vt, MODE_SEND_RECEIVE);
}

void vt_free_keyboard(struct vt *vt)
{
    mode_set(vt, MODE_KEYBOARD_LOCK, false);
    mode_set(vt, MODE_SEND_RECEIVE, true);
}

bool vt_synchronized(const struct vt *vt)
{
    return mode(vt, MODE_SYNC);
}
