/*
 * A menu is a box too, and not the menu library's: it wraps a label in two
 * columns where the screen is narrow, is drawn in the cells that all else of
 * ours is (wide characters, no colours, the C locale), and gets keys and the
 * mouse as our decoder reads them from any terminal; menu_driver() has only
 * curses' own key codes, of curses' own reading.  And it is pure, so that its
 * tests need no terminal.  The layers it is shown on are panels (canvas.c).
 *
 * The box, from the top: border with the title, the text and the choices
 * (these scroll if the screen is too low), the prompt with the line, border
 * with what the keys do.  Title and keys are worth more than two rows of a
 * text that can be scrolled; but where they would leave none of it the borders
 * go first.  The line being typed never goes.
 */
#include "ui/dialog.h"

#include <string.h>
#include "base/buf.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/width.h"
#include "ui/bar.h"
#include "ui/line.h"
#include "ui/page.h"

#define WIDTH_MAX   76u
#define TEXT_ROWS   3u /* of the text, at least, if the answers stay in view */
#define BORDER_ROWS 3u /* there are no borders on lower screens */
#define BORDER_COLS 12u
#define TOP_MAX     UINT32_MAX /* clamp_top() makes it the last one */
#define EMPTY       ((struct cell_style){ 0 })

struct dialog {
    struct page page;
    struct line *line; /* NULL: a notice */
    bool done, cancelled;
    unsigned below; /* the question's */

    /* dialog_fit()'s: */
    struct dialog_place place;
    bool border;
    unsigned side;   /* columns on either side of the text */
    size_t top;      /* the first row shown */
    size_t selected; /* of a menu, counted from one */
    size_t view;     /* rows that scroll, on the screen */
    size_t fixed;    /* rows below them that do not */
};

struct dialog *dialog_new(const struct ui_question *question)
{
    struct dialog *d = mem_alloc(sizeof *d);

    page_init(&d->page, question);
    d->below = question->below;
    if (question->at_end)
        d->top = TOP_MAX;
    if (question->menu && question->choices_len != 0)
        d->selected = question->selected + 1;
    if (question->prompt != NULL)
        d->line = line_new(question->echo, question->multiline);
    return d;
}

void dialog_free(struct dialog *d)
{
    if (d == NULL)
        return;
    page_free(&d->page);
    line_free(d->line);
    mem_free(d);
}

bool dialog_is_line(const struct dialog *d)
{
    return d->page.title == NULL && d->page.text == NULL &&
           d->page.choices_len == 0;
}

struct dialog_place dialog_place(const struct dialog *d)
{
    return d->place;
}

/* ---- arranging ---- */

/* Rows that scroll if there is no room for all of them. */
static size_t scrolling(const struct dialog *d)
{
    return d->page.len - d->fixed;
}

static void clamp_top(struct dialog *d)
{
    if (d->top + d->view > scrolling(d))
        d->top = scrolling(d) > d->view ? scrolling(d) - d->view : 0;
}

/* The selected choice of a menu is in view. */
static void show_selected(struct dialog *d)
{
    size_t i;

    for (i = 0; i < scrolling(d) && d->selected != 0; i++) {
        if (d->page.rows[i].choice != d->selected)
            continue;
        if (i < d->top)
            d->top = i;
        else if (i >= d->top + d->view)
            d->top = i + 1 - d->view;
    }
}

/* The line that is typed stays in view, and what it is answered with too, if
 * that leaves room for the text. */
static size_t rows_kept(struct dialog *d, size_t room)
{
    struct page *p = &d->page;

    if (p->len > room)
        page_tighten(p);
    if (p->answers + TEXT_ROWS <= room)
        return p->answers;
    page_cut_foot(p, room);
    return p->foot;
}

static void fit_line(struct dialog *d, unsigned cols, unsigned rows)
{
    d->place =
        (struct dialog_place){ .row = rows - 1, .rows = 1, .cols = cols };
}

/* With a line the text keeps a row too. */
static bool has_border(const struct dialog *d, unsigned cols, unsigned rows)
{
    return rows >= BORDER_ROWS + (d->line != NULL) && cols >= BORDER_COLS;
}

void dialog_fit(struct dialog *d, unsigned cols, unsigned rows)
{
    unsigned width, room, frame;

    if (dialog_is_line(d)) {
        fit_line(d, cols, rows);
        return;
    }
    d->border = has_border(d, cols, rows);
    frame = d->border ? 2 : 0;
    width = cols < UI_NARROW       ? cols
            : cols - 4 < WIDTH_MAX ? cols - 4
                                   : WIDTH_MAX;
    d->side = d->border ? 2 : width < cols ? 1 : 0;
    page_fit(&d->page, width - 2 * d->side);
    room = rows - frame;
    d->fixed = rows_kept(d, room);
    d->view = scrolling(d);
    if (d->view > room - d->fixed)
        d->view = room - d->fixed;
    d->place.rows = (unsigned)(d->view + d->fixed) + frame;
    d->place.cols = width;
    d->place.row = (rows - d->place.rows) / 3;
    if (d->below > d->place.row && d->below + d->place.rows <= rows)
        d->place.row = d->below;
    d->place.col = (cols - width) / 2;
    clamp_top(d);
    show_selected(d);
}

/* ---- drawing ---- */

static struct cell_style border_style(const struct dialog *d)
{
    if (d->page.alert)
        return (struct cell_style){ .fg = VT_COLOR_INDEX | 1,
                                    .attrs = VT_BOLD };
    return EMPTY;
}

#define DOT " \xc2\xb7 "

/* What the keys do, but for scrolling; a shorter way where that is too long. */
static void put_keys(const struct dialog *d, bool brief, struct buf *out)
{
    if (d->page.hint != NULL)
        buf_put_str(out, d->page.hint);
    else if (d->page.menu)
        buf_put_str(out,
                    brief ? "Enter picks" : "Enter picks" DOT "Esc closes");
    else if (d->page.confirm)
        buf_put_str(out, brief ? "Enter yes" : "Enter yes" DOT "Esc no");
    else if (d->line != NULL)
        buf_put_str(out,
                    brief ? "Esc cancels" : "Enter answers" DOT "Esc cancels");
    else
        buf_put_str(out, brief ? "any key" : "any key closes");
}

/* The hint in the border, in as many words as it has room for; "" if none. */
static void put_hint(const struct dialog *d, unsigned room, struct buf *out)
{
    static const char *const ways[] = { "PgUp/PgDn scroll" DOT, "PgUp/PgDn" DOT,
                                        "" };
    /* The arrows that a menu is gone through with show all of it. */
    bool scrolls = scrolling(d) > d->view && !d->page.menu;
    size_t i;

    for (i = scrolls ? 0 : 4; i < 6; i++) {
        buf_clear(out);
        buf_put_str(out, ways[i / 2]);
        /* A question's two answers matter more than how to scroll. */
        put_keys(d, i % 2 != 0 && (i == 5 || !d->page.confirm), out);
        if (width_of_text(buf_str(out), out->len) <= room)
            return;
    }
    buf_clear(out);
}

/* A border with a text set into it at col. */
static void draw_border(const struct dialog *d, struct cells *row, bool top)
{
    struct cell_style style = border_style(d), bold = style;
    unsigned last = row->len - 1, col;
    struct buf text = { 0 };

    if (!top)
        put_hint(d, row->len - 6, &text);
    else if (d->page.title != NULL)
        buf_put_str(&text, d->page.title);
    cells_repeat(row, 0, row->len, 0x2500, style);
    cells_repeat(row, 0, 1, top ? 0x250c : 0x2514, style);
    cells_repeat(row, last, last + 1, top ? 0x2510 : 0x2518, style);
    if (text.len != 0) {
        col = top ? 2
                  : row->len - 4 -
                        (unsigned)width_of_text(buf_str(&text), text.len);
        bold.attrs = (uint16_t)(style.attrs | (top ? VT_BOLD : 0));
        cells_repeat(row, col, col + 1, ' ', style);
        col = cells_elided(row, col + 1, last - 2, buf_str(&text), bold);
        cells_repeat(row, col, col + 1, ' ', style);
    }
    buf_free(&text);
}

static void draw_text(const struct page_row *text, struct cells *row,
                      unsigned from, unsigned end)
{
    struct cell_style bold = EMPTY;

    bold.attrs = VT_BOLD;
    cells_text(row, from + text->col, end, text->text, text->len, EMPTY);
    if (text->word != NULL)
        cells_text(row, from + text->word_col, end, text->word,
                   strlen(text->word), bold);
}

static void reverse(struct cells *row, unsigned from, unsigned end)
{
    for (; from < end; from++)
        row->cells[from].attrs ^= VT_REVERSE;
}

static bool draw_line(const struct dialog *d, struct cells *row, unsigned *col)
{
    struct cell_style style = bar_style(d->page.alert);
    unsigned at = 0, end = row->len;
    const char *prompt = d->page.prompt != NULL ? d->page.prompt : "";

    cells_clear(row, style);
    at = cells_elided(row, 0, end - end / 3, prompt, style);
    if (d->line == NULL)
        return false;
    if (at != 0 && at < end)
        at++;
    *col = line_draw(d->line, row, at, end, style);
    return true;
}

/* The right border: is there more above the first row shown, below the last?  A
 * single row tells what is below. */
static uint32_t edge(const struct dialog *d, size_t at)
{
    size_t last = d->view > 1 ? d->view - 1 : 0;

    if (at == last && d->top + d->view < scrolling(d))
        return 0x2193;
    return at == 0 && d->top != 0 ? 0x2191 : 0x2502;
}

bool dialog_row(const struct dialog *d, unsigned at, struct cells *row,
                unsigned *col)
{
    unsigned from = d->side, end = row->len - from;
    size_t i;

    if (dialog_is_line(d))
        return draw_line(d, row, col);
    cells_clear(row, EMPTY);
    if (d->border && (at == 0 || at == d->place.rows - 1)) {
        draw_border(d, row, at == 0);
        return false;
    }
    if (d->border) {
        at--;
        cells_repeat(row, 0, 1, 0x2502, border_style(d));
        cells_repeat(row, row->len - 1, row->len, edge(d, at), border_style(d));
    }
    i = at < d->view ? d->top + at : scrolling(d) + (at - d->view);
    if (i >= d->page.len)
        return false;
    draw_text(&d->page.rows[i], row, from, end);
    if (d->selected != 0 && d->page.rows[i].choice == d->selected) {
        reverse(row, from, end);
        *col = from;
        return true;
    }
    if (d->line == NULL || i != d->page.len - 1)
        return false;
    *col = line_draw(d->line, row, from + d->page.input_col, end, EMPTY);
    return true;
}

/* ---- keys ---- */

static void scroll_by(struct dialog *d, int lines)
{
    size_t by = (size_t)(lines < 0 ? -lines : lines);

    if (lines > 0)
        d->top += by;
    else
        d->top = d->top > by ? d->top - by : 0;
    clamp_top(d);
}

static void select_by(struct dialog *d, int n)
{
    size_t last = d->page.choices_len;

    if (n < 0)
        d->selected = d->selected > 1 ? d->selected - 1 : last;
    else
        d->selected = d->selected < last ? d->selected + 1 : 1;
    show_selected(d);
}

void dialog_scroll(struct dialog *d, int lines)
{
    if (d->selected != 0)
        select_by(d, lines);
    else
        scroll_by(d, lines);
}

/* Where a line is typed these are the line's.  Space is any other key at the
 * end, but where the answer has keys of its own. */
static bool jump(struct dialog *d, const struct vt_key *key, int page)
{
    if (d->line != NULL)
        return false;
    if (key->code == VT_KEY_HOME)
        d->top = 0;
    else if (key->code == VT_KEY_END)
        d->top = TOP_MAX;
    else if (key->code == VT_KEY_CHAR && key->ch == ' ' &&
             (d->page.confirm || d->top + d->view < scrolling(d)))
        d->top += (size_t)page;
    else
        return false;
    clamp_top(d);
    return true;
}

static bool is_scroll_key(struct dialog *d, const struct vt_key *key)
{
    int page = d->view > 1 ? (int)d->view - 1 : 1;

    if (scrolling(d) <= d->view)
        return false;
    switch (key->code) {
    case VT_KEY_PAGE_UP: scroll_by(d, -page); return true;
    case VT_KEY_PAGE_DOWN: scroll_by(d, page); return true;
    case VT_KEY_UP: scroll_by(d, -1); return true;
    case VT_KEY_DOWN: scroll_by(d, 1); return true;
    default: return jump(d, key, page);
    }
}

static bool finish(struct dialog *d, bool cancelled)
{
    d->done = true;
    d->cancelled = cancelled;
    return true;
}

static bool is_enter(const struct vt_key *key)
{
    return key->code == VT_KEY_ENTER || key->code == VT_KEY_KP_ENTER;
}

static bool is_letter(const struct vt_key *key, unsigned char small)
{
    return key->code == VT_KEY_CHAR && (key->mods & ~(unsigned)VT_SHIFT) == 0 &&
           (key->ch | 32) == small;
}

/* Enter too, unless the hint names other keys. */
static bool is_yes_key(const struct dialog *d, const struct vt_key *key)
{
    return (is_enter(key) && d->page.hint == NULL) || is_letter(key, 'y');
}

/* Without a hint that names other keys only these answer. */
static bool is_no_key(const struct dialog *d, const struct vt_key *key)
{
    return d->page.hint != NULL || line_is_cancel_key(key) ||
           is_letter(key, 'n');
}

/* A menu's keys: does this one move? */
static bool move(struct dialog *d, const struct vt_key *key)
{
    switch (key->code) {
    case VT_KEY_UP: select_by(d, -1); return true;
    case VT_KEY_DOWN:
    case VT_KEY_TAB: select_by(d, 1); return true;
    case VT_KEY_HOME: d->selected = 1; break;
    case VT_KEY_END: d->selected = d->page.choices_len; break;
    default: return false;
    }
    show_selected(d);
    return true;
}

bool dialog_is_menu(const struct dialog *d)
{
    return d->selected != 0;
}

bool dialog_passes(const struct dialog *d, const struct vt_key *key)
{
    return d->selected != 0 && key->code != VT_KEY_UP &&
           key->code != VT_KEY_DOWN && key->code != VT_KEY_TAB &&
           key->code != VT_KEY_HOME && key->code != VT_KEY_END &&
           !is_enter(key) && !line_is_cancel_key(key);
}

/* Outside of a menu a click closes it. */
bool dialog_click(struct dialog *d, unsigned row, unsigned col)
{
    const struct dialog_place *p = &d->place;
    size_t at = row - p->row - (d->border ? 1 : 0);

    if (d->selected == 0)
        return false;
    if (row < p->row || row >= p->row + p->rows || col < p->col ||
        col >= p->col + p->cols)
        return finish(d, true);
    if (at >= d->view || d->page.rows[d->top + at].choice == 0)
        return false;
    d->selected = d->page.rows[d->top + at].choice;
    return finish(d, false);
}

bool dialog_key(struct dialog *d, const struct vt_key *key)
{
    if (d->selected != 0)
        return !move(d, key) && finish(d, !is_enter(key));
    if (is_scroll_key(d, key))
        return false;
    if (d->line == NULL && d->page.confirm)
        return is_yes_key(d, key)  ? finish(d, false)
               : is_no_key(d, key) ? finish(d, true)
                                   : false;
    if (d->line == NULL)
        return finish(d, line_is_cancel_key(key));
    switch (line_key(d->line, key)) {
    case LINE_ENTERED: return finish(d, false);
    case LINE_CANCELLED: return finish(d, true);
    case LINE_OPEN: break;
    }
    return false;
}

void dialog_paste(struct dialog *d, const uint8_t *text, size_t n)
{
    if (d->line != NULL)
        line_paste(d->line, text, n);
}

void dialog_pause(struct dialog *d)
{
    if (d->line != NULL && line_pause(d->line))
        page_say(&d->page, LINE_DROPPED);
}

const char *dialog_typed(const struct dialog *d, size_t *cursor)
{
    *cursor = 0;
    return d->line != NULL ? (const char *)line_text(d->line, cursor)->data
                           : "";
}

void dialog_set_typed(struct dialog *d, const char *text)
{
    line_set(d->line, text);
}

void dialog_set_prompt(struct dialog *d, const char *prompt, bool alert)
{
    mem_free(d->page.prompt);
    d->page.prompt = mem_strdup(prompt);
    d->page.alert = alert;
}

struct ui_answer dialog_take_answer(struct dialog *d)
{
    struct ui_answer answer = { .cancelled = true };
    const char *word = "";

    if (!d->done || d->cancelled)
        return answer;
    answer.cancelled = false;
    if (d->line != NULL)
        answer.line = line_take(d->line);
    else if (d->selected != 0)
        word = d->page.choices[d->selected - 1].word;
    if (answer.line == NULL)
        answer.line = secret_from(word, strlen(word));
    return answer;
}
