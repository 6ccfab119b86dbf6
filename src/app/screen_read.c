/*
 * screen_read.c - scroll mode: a cursor in the text, keys of less and vi.
 *
 * The text stands still while output comes, and Esc or q goes back to the
 * live end.
 */
#include "app/screen.h"

#include "app/info.h"
#include "config/options.h"
#include "vt/words.h"

#define COUNT(a)  (sizeof(a) / sizeof(a)[0])
#define COUNT_MAX 999999u /* that is typed before a key */

uint64_t screen_read_unseen(const struct screen *s)
{
    return vt_lines_pushed(s->vt) - s->read.seen;
}

/* ---- begin and end ---- */

void screen_read_begin(struct screen *s)
{
    struct vt_cursor cursor = vt_cursor(s->vt);

    if (s->read.on)
        return;
    s->read.on = true;
    s->read.count = 0;
    s->select.gone = false;
    if (s->scroll == 0)
        s->read.seen = vt_lines_pushed(s->vt);
    s->read.at.line = vt_lines_pushed(s->vt) + cursor.row;
    s->read.at.col = cursor.col < vt_cols(s->vt) ? cursor.col : 0;
    s->read.col = s->read.at.col;
    screen_read_follow(s);
    screen_set_mode(s, SCREEN_READ);
}

void screen_read_end(struct screen *s)
{
    if (!s->read.on)
        return;
    s->read.on = false;
    s->find.found = false;
    screen_scroll_live(s);
    screen_release(s);
    screen_back_to_work(s);
}

/* ---- the cursor and the view ---- */

void screen_read_follow(struct screen *s)
{
    uint64_t top = screen_top(s), last = top + vt_rows(s->vt) - 1;

    if (s->scroll == 0)
        s->read.seen = vt_lines_pushed(s->vt);
    if (s->read.at.line < top)
        s->read.at.line = top;
    if (s->read.at.line > last)
        s->read.at.line = last;
    s->read.at = vt_place_clamp(s->vt, s->read.at);
    screen_select_follow(s);
}

/* What is far away comes to a third of the screen, not to its edge. */
void screen_read_go(struct screen *s, struct vt_place to)
{
    uint64_t top = screen_top(s), rows = vt_rows(s->vt);
    uint64_t above =
        to.line + rows < top || to.line > top + 2 * rows ? rows / 3 : 0;

    s->read.at = vt_place_clamp(s->vt, to);
    to = s->read.at;
    if (to.line < top || above != 0)
        screen_show_from(s, to.line > above ? to.line - above : 0);
    else if (to.line >= top + rows)
        screen_show_from(s, to.line + 1 - rows);
    screen_read_follow(s);
    screen_status(s);
}

static void go_to_col(struct screen *s, struct vt_place to)
{
    screen_read_go(s, to);
    s->read.col = s->read.at.col;
}

/* ---- motions ---- */

static void by_lines(struct screen *s, long n)
{
    struct vt_place to = { s->read.at.line, s->read.col };
    uint64_t first = vt_first_line(s->vt);

    if (n < 0 && to.line - first < (uint64_t)-n)
        to.line = first;
    else
        to.line += (uint64_t)n;
    if (n > 0 && to.line >= vt_end_line(s->vt))
        screen_release(s);
    screen_read_go(s, to);
}

/* The view and the cursor together; at an end the cursor alone. */
static void by_view(struct screen *s, long n)
{
    uint64_t top = screen_top(s);
    uint64_t row = s->read.at.line - top;

    if (n > 0 && s->scroll < (size_t)n)
        screen_release(s);
    screen_scroll(s, -n);
    if (screen_top(s) == top)
        by_lines(s, n);
    else
        screen_read_go(s,
                       (struct vt_place){ screen_top(s) + row, s->read.col });
}

static void by_page(struct screen *s, long n)
{
    by_view(s, n * screen_page(s));
}

static void by_half(struct screen *s, long n)
{
    by_view(s, n * ((screen_page(s) + 1) / 2));
}

static void by_columns(struct screen *s, long n)
{
    struct vt_place to = s->read.at;

    if (n < 0 && to.col > 0)
        to.col--;
    else if (n > 0)
        to.col++;
    go_to_col(s, to);
    if (n > 0 && s->read.at.col + 1 == to.col) { /* past a wide character */
        to.col++;
        go_to_col(s, to);
    }
}

/* ... or to the line that was counted, of all that there are. */
static void to_end(struct screen *s, long n)
{
    if (n > 0)
        screen_release(s);
    if (s->read.count != 0)
        go_to_col(s, (struct vt_place){
                         vt_first_line(s->vt) + s->read.count - 1, 0 });
    else
        go_to_col(s, n < 0 ? (struct vt_place){ vt_first_line(s->vt), 0 }
                           : (struct vt_place){ vt_end_line(s->vt) - 1, 0 });
}

/* The rows that the cursor's line was wrapped into, as V selects them. */
static struct vt_range rows_of_line(const struct screen *s)
{
    const struct vt_selection line = { VT_SELECT_LINES, s->read.at,
                                       s->read.at };

    return vt_selected(s->vt, &line);
}

static void to_line_start(struct screen *s, long n)
{
    (void)n;
    go_to_col(s, rows_of_line(s).from);
}

static void to_line_end(struct screen *s, long n)
{
    struct vt_place to = rows_of_line(s).last;
    bool wrapped;
    unsigned len =
        vt_line_length(s->vt, vt_line_number(s->vt, to.line), &wrapped);

    (void)n;
    to.col = len > 0 ? len - 1 : 0;
    go_to_col(s, to);
}

static void to_indent(struct screen *s, long n)
{
    (void)n;
    go_to_col(s, vt_text_indent(s->vt, s->read.at.line));
}

/* n: the first line in view (-1), the middle one, the last (1). */
static void to_row(struct screen *s, long n)
{
    uint64_t last = (uint64_t)vt_rows(s->vt) - 1;
    uint64_t row = n < 0 ? 0 : n == 0 ? last / 2 : last;

    go_to_col(s, vt_line_indent(s->vt, screen_top(s) + row));
}

static void to_word_end(struct screen *s, long n)
{
    go_to_col(s, vt_word_end(s->vt, s->read.at, n > 1));
}

static void by_word(struct screen *s, long n)
{
    go_to_col(s, vt_word_next(s->vt, s->read.at, n > 1));
}

static void by_word_back(struct screen *s, long n)
{
    go_to_col(s, vt_word_back(s->vt, s->read.at, n > 1));
}

static void by_prompt(struct screen *s, long n)
{
    uint64_t line = s->read.at.line, end = vt_end_line(s->vt);

    do
        line += (uint64_t)n;
    while (line >= vt_first_line(s->vt) && line < end &&
           !vt_line_prompt(s->vt, vt_line_number(s->vt, line)));
    if (line >= vt_first_line(s->vt) && line < end)
        go_to_col(s, (struct vt_place){ line, 0 });
    else
        screen_say(s, "No prompt is marked %s (OSC 133)",
                   n < 0 ? "above" : "below");
}

static void search_for(struct screen *s, long n)
{
    screen_search_begin(s, n < 0);
}

static void search_again(struct screen *s, long n)
{
    screen_search_again(s, n < 0, s->read.count != 0 ? s->read.count : 1);
}

static void select_text(struct screen *s, long kind)
{
    screen_select_keys(s, (enum vt_select_kind)kind);
}

static void select_other_end(struct screen *s, long n)
{
    (void)n;
    screen_select_other_end(s);
}

static void yank(struct screen *s, long n)
{
    (void)n;
    screen_select_yank(s);
}

/* A selection goes first. */
static void escape(struct screen *s, long n)
{
    (void)n;
    if (!screen_select_clear(s))
        screen_read_end(s);
    screen_status(s);
}

static void leave(struct screen *s, long n)
{
    (void)n;
    screen_select_clear(s);
    screen_read_end(s);
}

/* ---- keys ---- */

struct key_row {
    enum vt_key_code code;
    uint32_t ch;
    unsigned mods;
    void (*run)(struct screen *s, long n);
    long n;
};

#define CHAR(c) VT_KEY_CHAR, (c), 0
#define CTRL(c) VT_KEY_CHAR, (c), VT_CTRL
#define KEY(k)  VT_KEY_##k, 0, 0

/* These are repeated as often as was counted before them. */
static const struct key_row motions[] = {
    { CHAR('j'), by_lines, 1 },     { CHAR('k'), by_lines, -1 },
    { KEY(DOWN), by_lines, 1 },     { KEY(UP), by_lines, -1 },
    { KEY(ENTER), by_lines, 1 },    { CTRL('n'), by_lines, 1 },
    { CTRL('p'), by_lines, -1 },    { CTRL('e'), by_view, 1 },
    { CTRL('y'), by_view, -1 },     { CHAR(' '), by_page, 1 },
    { CHAR('b'), by_page, -1 },     { CHAR('f'), by_page, 1 },
    { CTRL('f'), by_page, 1 },      { CTRL('b'), by_page, -1 },
    { KEY(PAGE_DOWN), by_page, 1 }, { KEY(PAGE_UP), by_page, -1 },
    { CHAR('d'), by_half, 1 },      { CHAR('u'), by_half, -1 },
    { CTRL('d'), by_half, 1 },      { CTRL('u'), by_half, -1 },
    { CHAR('h'), by_columns, -1 },  { CHAR('l'), by_columns, 1 },
    { KEY(LEFT), by_columns, -1 },  { KEY(RIGHT), by_columns, 1 },
    { CHAR('w'), by_word, 1 },      { CHAR('W'), by_word, 2 },
    { CHAR('e'), to_word_end, 1 },  { CHAR('E'), to_word_end, 2 },
    { CHAR('B'), by_word_back, 2 }, { CHAR('{'), by_prompt, -1 },
    { CHAR('}'), by_prompt, 1 },    { KEY(KP_ENTER), by_lines, 1 },
};

static const struct key_row commands[] = {
    { CHAR('g'), to_end, -1 },
    { CHAR('G'), to_end, 1 },
    { CHAR('<'), to_end, -1 },
    { CHAR('>'), to_end, 1 },
    { KEY(HOME), to_end, -1 },
    { KEY(END), to_end, 1 },
    { CHAR('H'), to_row, -1 },
    { CHAR('M'), to_row, 0 },
    { CHAR('L'), to_row, 1 },
    { CHAR('0'), to_line_start, 0 },
    { CHAR('$'), to_line_end, 0 },
    { CHAR('^'), to_indent, 0 },
    { CHAR('/'), search_for, 1 },
    { CHAR('?'), search_for, -1 },
    { CHAR('n'), search_again, 1 },
    { CHAR('N'), search_again, -1 },
    { CHAR('q'), leave, 0 },
    { KEY(ESCAPE), escape, 0 },
    { CTRL('c'), leave, 0 },
    { CHAR('v'), select_text, VT_SELECT_CELLS },
    { CHAR('V'), select_text, VT_SELECT_LINES },
    { CTRL('v'), select_text, VT_SELECT_BLOCK },
    { CHAR('o'), select_other_end, 0 },
    { CHAR('y'), yank, 0 },
};

/* NULL: the key is not among these. */
static const struct key_row *row_of(const struct key_row *rows, size_t n,
                                    const struct vt_key *key)
{
    /* Shift is part of a character, and PgUp may still be held with it. */
    unsigned mods = key->mods & ~(unsigned)VT_SHIFT;

    for (; n != 0; n--, rows++)
        if (rows->code == key->code && rows->mods == mods &&
            (key->code != VT_KEY_CHAR || rows->ch == key->ch))
            return rows;
    return NULL;
}

/* A zero that begins no number is a motion. */
static bool take_digit(struct screen *s, const struct vt_key *key)
{
    unsigned count = s->read.count;

    if (key->code != VT_KEY_CHAR || key->mods != 0 || key->ch < '0' ||
        key->ch > '9' || (key->ch == '0' && count == 0))
        return false;
    count = count * 10 + (unsigned)(key->ch - '0');
    s->read.count = count < COUNT_MAX ? count : COUNT_MAX;
    screen_say(s, "%u", s->read.count);
    return true;
}

/* As often as was counted, or until it leads nowhere. */
static void repeat(struct screen *s, const struct key_row *row)
{
    unsigned left = s->read.count != 0 ? s->read.count : 1;
    struct vt_place was;
    uint64_t top;

    do {
        was = s->read.at;
        top = screen_top(s);
        row->run(s, row->n);
    } while (--left != 0 &&
             (vt_place_compare(was, s->read.at) != 0 || top != screen_top(s)));
}

void screen_read_key(struct screen *s, const struct vt_key *key)
{
    const struct key_row *motion = row_of(motions, COUNT(motions), key);
    const struct key_row *command = row_of(commands, COUNT(commands), key);
    char prefix[INFO_KEY_NAME];

    if (take_digit(s, key))
        return;
    if (motion != NULL) {
        repeat(s, motion);
    } else if (command != NULL) {
        command->run(s, command->n);
    } else if (s->front.opt->prefix < 0) {
        screen_say(s, "Esc goes back");
    } else {
        info_key_name(prefix, s->front.opt->prefix);
        screen_say(s, "%s ? lists the keys; Esc goes back", prefix);
    }
    s->read.count = 0;
}
