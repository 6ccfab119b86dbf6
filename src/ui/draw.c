/*
 * draw.c - the vt, the status line and the question, onto the canvas.
 *
 * Only rows that changed are painted; a screen that scrolled is scrolled, so
 * that the terminal can do the same.
 */
#include "ui/ui.h"

#include <string.h>
#include "base/buf.h"
#include "base/mem.h"
#include "ui/bar.h"
#include "ui/colors.h"
#include "ui/inside.h"
#include "ui/locale.h"
#include "ui/marks.h"
#include "ui/modes.h"
#include "ui/paint.h"

#define ELLIPSIS 0x2026u

/* ---- layers ---- */

bool ui_has_dialog(const struct ui *ui)
{
    return ui->dialog != NULL && !ui->answered;
}

static bool has_line_dialog(const struct ui *ui)
{
    return ui_has_dialog(ui) && dialog_is_line(ui->dialog);
}

/* Where the status line is off, it is shown for an alert, and below a question:
 * it says whose that is. */
static bool bar_is_shown(const struct ui *ui)
{
    return has_line_dialog(ui) ||
           (ui->rows > 1 &&
            (ui->status_line || ui->status_alert || ui_has_dialog(ui)));
}

/* What a box may take: on a narrow screen also the status line's row, unless
 * there the server can draw. */
static unsigned box_rows(const struct ui *ui)
{
    bool whole = ui->status_line && ui->cols < UI_NARROW;

    return whole || dialog_is_line(ui->dialog) || ui->rows == 1 ? ui->rows
                                                                : ui->rows - 1;
}

static void place_box(struct ui *ui)
{
    struct canvas_place at = { 0 };
    struct dialog_place place;

    if (ui_has_dialog(ui)) {
        dialog_fit(ui->dialog, ui->cols, box_rows(ui));
        place = dialog_place(ui->dialog);
        if (!dialog_is_line(ui->dialog))
            at = (struct canvas_place){ .row = place.row,
                                        .col = place.col,
                                        .rows = place.rows,
                                        .cols = place.cols };
    }
    canvas_place(ui->canvas, CANVAS_BOX, at);
}

void ui_arrange(struct ui *ui)
{
    struct canvas_place body = { .rows = ui_body_rows(ui), .cols = ui->cols };
    struct canvas_place bar = { 0 };

    if (bar_is_shown(ui))
        bar = (struct canvas_place){ .row = ui->rows - 1,
                                     .rows = 1,
                                     .cols = ui->cols };
    canvas_place(ui->canvas, CANVAS_BODY, body);
    canvas_place(ui->canvas, CANVAS_BAR, bar);
    ui->bar_drawn = false;
    place_box(ui);
}

static struct cells scratch(struct ui *ui, unsigned cols)
{
    if (cols > ui->cells_cap) {
        ui->cells = mem_resize(ui->cells, cols, sizeof *ui->cells);
        ui->cells_cap = cols;
    }
    return (struct cells){ .cells = ui->cells, .len = cols };
}

/* ---- status line and question ---- */

/* Is it another one? */
static bool set_text(char **to, const char *text)
{
    if (text == NULL)
        text = "";
    if (*to != NULL && strcmp(*to, text) == 0)
        return false;
    mem_free(*to);
    *to = mem_strdup(text);
    return true;
}

void ui_set_status(struct ui *ui, const struct ui_status *status)
{
    bool left = set_text(&ui->left, status->left);
    bool state = set_text(&ui->state, status->state);
    bool right = set_text(&ui->right, status->right);

    if (!left && !state && !right && ui->status_alert == status->alert &&
        ui->status_shortens == status->shortens &&
        ui->status_yields == status->yields)
        return;
    ui->status_alert = status->alert;
    ui->status_shortens = status->shortens;
    ui->status_yields = status->yields;
    ui_arrange(ui);
}

void ui_show_status(struct ui *ui, bool on)
{
    if (ui->status_line == on)
        return;
    ui->status_line = on;
    ui->repaint = true;
    ui_arrange(ui);
}

/* A row of ours, in which a cut is seen as one in each locale, as a full stop
 * would not be.  Without colours the painter reverses what has a background. */
static void put_row(struct ui *ui, enum canvas_layer layer, unsigned row,
                    struct cells *cells)
{
    unsigned i;

    for (i = 0; i < cells->len && !locale_has(ELLIPSIS); i++)
        if (cells->cells[i].ch == ELLIPSIS)
            cells->cells[i].ch = '>';
    canvas_row(ui->canvas, layer, row,
               &(struct paint_row){ .cells = cells->cells, .n = cells->len });
}

static void draw_bar(struct ui *ui)
{
    const struct ui_status status = { .left = ui->left,
                                      .state = ui->state,
                                      .right = ui->right,
                                      .alert = ui->status_alert,
                                      .shortens = ui->status_shortens,
                                      .yields = ui->status_yields };
    struct cells row;

    if (ui->bar_drawn)
        return;
    row = scratch(ui, ui->cols);
    bar_layout(&row, &status);
    put_row(ui, CANVAS_BAR, 0, &row);
    ui->bar_drawn = true;
}

static void draw_dialog(struct ui *ui)
{
    struct dialog_place place = dialog_place(ui->dialog);
    enum canvas_layer layer =
        dialog_is_line(ui->dialog) ? CANVAS_BAR : CANVAS_BOX;
    struct cells row = scratch(ui, place.cols);
    unsigned i, col = 0;

    canvas_cursor(ui->canvas, 0, 0, false);
    if (layer == CANVAS_BAR)
        ui->bar_drawn = false;
    for (i = 0; i < place.rows; i++) {
        if (dialog_row(ui->dialog, i, &row, &col))
            canvas_cursor(ui->canvas, place.row + i,
                          place.col + (col < place.cols ? col : place.cols - 1),
                          true);
        put_row(ui, layer, i, &row);
    }
}

static void draw_ours(struct ui *ui)
{
    if (bar_is_shown(ui) && !has_line_dialog(ui))
        draw_bar(ui);
    if (ui_has_dialog(ui))
        draw_dialog(ui);
}

/* Where the vt's cursor belongs, unless the question has it. */
static void place_cursor(struct ui *ui)
{
    const struct vt_cursor *c = &ui->cursor;

    if (ui_has_dialog(ui))
        return;
    if (ui->overlay.has_cursor) {
        canvas_cursor(ui->canvas, ui->overlay.row, ui->overlay.col, true);
        return;
    }
    canvas_cursor(ui->canvas, c->row < ui->rows ? c->row : ui->rows - 1,
                  c->col < ui->cols ? c->col : ui->cols - 1,
                  c->visible && ui->scroll == 0 && c->row < ui_body_rows(ui));
}

void ui_refresh(struct ui *ui)
{
    place_cursor(ui);
    draw_ours(ui);
    canvas_flush(ui->canvas);
}

/* ---- the vt ---- */

/* A line of double width, whose first half is shown: each cell gets a blank
 * beside it, unless the terminal has such lines (double.h). */
static void widen(struct cells *line)
{
    struct vt_cell *cells = line->cells;
    unsigned i;

    for (i = line->len / 2; i-- > 0;) {
        struct vt_cell left = cells[i], right = cells[i];

        right.ch = ' ';
        right.width = left.width == 2 ? 0 : 1;
        if (left.width == 0)
            left = right;
        cells[2 * i] = left;
        cells[2 * i + 1] = right;
    }
    if (line->len % 2 != 0)
        cells[line->len - 1] = (struct vt_cell){ .ch = ' ', .width = 1 };
}

static bool is_double(const struct vt *vt, long line)
{
    return vt_line_size(vt, line) != VT_LINE_SINGLE;
}

static void draw_row(struct ui *ui, const struct vt *vt, unsigned row)
{
    unsigned at = row + ui->first;
    struct paint_row from = { .vt = vt,
                              .line = (long)at - (long)ui->scroll,
                              .reversed = ui->reversed };
    struct cells line;

    if (vt == NULL || at >= vt_rows(vt)) {
        from.n = 0;
    } else if (ui->scroll == 0 && ui->overlay.marks_len == 0 &&
               !is_double(vt, from.line)) {
        from.n = vt_cols(vt);
        from.cells = vt_row(vt, at);
    } else {
        line = scratch(ui, vt_cols(vt));
        vt_line(vt, from.line, line.cells, NULL);
        marks_apply(&ui->overlay, at, &line, canvas_has_colors(ui->canvas));
        from.size = vt_line_size(vt, from.line);
        if (from.size != VT_LINE_SINGLE)
            widen(&line);
        from.n = line.len;
        from.cells = line.cells;
    }
    canvas_row(ui->canvas, CANVAS_BODY, row, &from);
}

static void draw_rows(struct ui *ui, const struct vt *vt, bool all)
{
    unsigned row, rows = ui_body_rows(ui);

    if (all)
        canvas_anew(ui->canvas);
    for (row = 0; row < rows; row++)
        if (all || vt_row_dirty(vt, row))
            draw_row(ui, vt, row);
}

/* A bar over the vt's last row, as the status line is off, takes that away from
 * a cursor of ours, which may go there. */
static unsigned rows_in_view(const struct ui *ui)
{
    bool covered = !ui->status_line && bar_is_shown(ui);

    return ui_body_rows(ui) - (covered && ui->overlay.has_cursor ? 1 : 0);
}

/* Of more rows than there is room for, those around the cursor are shown. */
static unsigned first_row(const struct ui *ui, const struct vt *vt)
{
    unsigned rows = rows_in_view(ui), at;

    if (vt == NULL || vt_rows(vt) <= rows)
        return 0;
    at = ui->overlay.has_cursor ? ui->overlay.row : vt_cursor(vt).row;
    if (at < ui->first)
        return at;
    if (at >= ui->first + rows)
        return at + 1 - rows;
    return ui->first + rows <= vt_rows(vt) ? ui->first : vt_rows(vt) - rows;
}

static void paint(struct ui *ui, const struct vt *vt, size_t scroll)
{
    bool reversed = vt != NULL && vt_reversed(vt);
    uint32_t colors = vt != NULL ? colors_version(vt) : 0;
    bool marked = ui->overlay.marks_len != 0;
    unsigned first = first_row(ui, vt);
    bool all = ui->repaint || vt == NULL || scroll != 0 || marked ||
               ui->was_marked || scroll != ui->scroll ||
               reversed != ui->reversed || colors != ui->colors ||
               vt_rows(vt) != ui_body_rows(ui) || first != 0 ||
               ui->first != first;

    ui->colors = colors;
    ui->scroll = scroll;
    ui->first = first;
    ui->was_marked = marked;
    ui->reversed = reversed;
    ui->repaint = false;
    if (all)
        ui->bar_drawn = false;
    if (!all && vt_damage_scroll(vt) != 0)
        canvas_scroll(ui->canvas, vt_damage_scroll(vt));
    draw_rows(ui, vt, all);
    draw_ours(ui);
    if (canvas_lost_colors(ui->canvas)) {
        ui->bar_drawn = false;
        draw_rows(ui, vt, true);
        draw_ours(ui);
    }
}

bool ui_lost_text(const struct ui *ui)
{
    return canvas_lost_text(ui->canvas);
}

static bool same_shape(const struct vt_cursor *a, const struct vt_cursor *b)
{
    if (a->usual || b->usual)
        return a->usual == b->usual;
    return a->shape == b->shape && a->blinks == b->blinks;
}

static bool same_color(const struct vt_cursor *a, const struct vt_cursor *b)
{
    return a->colored == b->colored && (!a->colored || a->color == b->color);
}

/* The user's own cursor stays until a program changes its looks. */
static void dress_cursor(struct ui *ui, const struct vt_cursor *cursor)
{
    struct buf bytes = { 0 };

    if (!same_shape(cursor, &ui->cursor))
        modes_cursor(&ui->outer, cursor, &bytes);
    if (!same_color(cursor, &ui->cursor))
        modes_cursor_color(&ui->outer, cursor, &bytes);
    ui_send(ui, &bytes);
    buf_free(&bytes);
    ui->cursor = *cursor;
}

static bool draw_beside(struct ui *ui, const struct vt *vt)
{
    struct buf bytes = { 0 };
    bool whole = canvas_beside(ui->canvas, vt, &bytes);

    ui_send(ui, &bytes);
    buf_free(&bytes);
    return whole;
}

/* On a double line the cursors have two columns for each. */
static void learn_cursors(struct ui *ui, const struct vt *vt)
{
    struct vt_cursor cursor = vt_cursor(vt);
    struct ui_overlay *over = &ui->overlay;

    if (is_double(vt, (long)cursor.row))
        cursor.col *= 2;
    cursor.row = cursor.row >= ui->first ? cursor.row - ui->first : ui->rows;
    if (over->has_cursor && is_double(vt, (long)over->row - (long)ui->scroll))
        over->col *= 2;
    if (over->has_cursor)
        over->row -= ui->first;
    dress_cursor(ui, &cursor);
}

/* Once, when the first such line is there. */
static void ask_double(struct ui *ui)
{
    struct buf bytes = { 0 };

    if (ui->double_asked || !canvas_is_double(ui->canvas))
        return;
    ui->double_asked = true;
    modes_ask_double(&ui->outer, ui->rows, &bytes);
    ui->double_due = bytes.len != 0;
    ui_send(ui, &bytes);
    buf_free(&bytes);
}

bool ui_draw(struct ui *ui, struct vt *vt, size_t scroll,
             const struct ui_overlay *overlay)
{
    static const struct ui_overlay none = { 0 };

    if (ui->suspended)
        return true;
    ui->overlay = overlay != NULL ? *overlay : none;
    paint(ui, vt, scroll);
    ui->overlay.marks = NULL;
    ui->overlay.marks_len = 0;
    if (vt != NULL) {
        learn_cursors(ui, vt);
        vt_damage_clear(vt);
    }
    place_cursor(ui);
    canvas_flush(ui->canvas);
    ask_double(ui);
    return vt == NULL || draw_beside(ui, vt);
}
