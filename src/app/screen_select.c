/*
 * screen_select.c - selecting with the mouse and in scroll mode, copying.
 *
 * What is copied goes to the outer terminal's clipboard, and into a buffer of
 * our own for terminals that take none.  A selection whose text changes is
 * one no more.
 */
#include "app/screen.h"

#include <stdio.h>
#include <string.h>
#include "app/info.h"
#include "config/options.h"
#include "sys/launch.h"

#define LEFT          0u
#define MIDDLE        1u
#define RIGHT         2u
#define CLICK_MS      400 /* from click to click of a double one */
#define EDGE_FIRST_MS 300 /* held at the first row so long: it scrolls */
#define EDGE_MS       50  /* from line to line then */
#define CLIPBOARD_MAX (1024u * 1024)

static const char gone[] = "What was selected is gone";

/* ---- copying ---- */

/* "24 characters", "3 lines". */
static void describe(const struct buf *text, char *out, size_t size)
{
    size_t lines = 1, chars = 0, i;

    for (i = 0; i < text->len; i++) {
        lines += text->data[i] == '\n' && i + 1 != text->len;
        chars += (text->data[i] & 0xc0) != 0x80;
    }
    if (lines > 1)
        snprintf(out, size, "%zu lines", lines);
    else
        snprintf(out, size, "%zu character%s", chars, chars == 1 ? "" : "s");
}

void screen_keep(struct screen *s, const struct buf *text)
{
    char what[40], key[INFO_KEY_NAME];
    bool sent;

    buf_clear(&s->select.kept);
    buf_put(&s->select.kept, text->data, text->len);
    sent = text->len <= CLIPBOARD_MAX &&
           ui_clipboard(s->ui, text->data, text->len);
    describe(text, what, sizeof what);
    if (sent) {
        launch_tmux_copy(text->data, text->len);
        screen_say(s, "Copied %s", what);
    } else if (s->front.opt->prefix >= 0) {
        info_key_name(key, s->front.opt->prefix);
        screen_say(s, "Copied %s; %s ] pastes", what, key);
    } else {
        screen_say(s, "Copied %s; the middle button pastes", what);
    }
}

static void copy(struct screen *s)
{
    struct buf text = { 0 };

    vt_selected_text(s->vt, &s->select.sel, &text);
    if (text.len != 0)
        screen_keep(s, &text);
    else
        screen_say(s, "Nothing but blanks is selected");
    buf_free(&text);
}

void screen_text_from(const struct screen *s, uint64_t line, struct buf *out)
{
    const struct vt_selection all = {
        .kind = VT_SELECT_CELLS,
        .anchor = { line, 0 },
        .head = { vt_end_line(s->vt) - 1, vt_cols(s->vt) - 1 },
    };
    size_t begin = out->len;

    vt_selected_text(s->vt, &all, out);
    while (out->len > begin && out->data[out->len - 1] == '\n')
        out->len--;
}

void screen_copy_all(struct screen *s)
{
    struct buf text = { 0 };

    screen_text_from(s, vt_first_line(s->vt), &text);
    screen_keep(s, &text);
    buf_free(&text);
}

/* ---- the selection ---- */

void screen_select_let_go(struct screen *s)
{
    s->select.dragging = false;
    s->select.edge = 0;
}

bool screen_select_clear(struct screen *s)
{
    bool was = s->select.on;

    screen_select_let_go(s);
    s->select.on = s->select.by_keys = false;
    if (was)
        screen_touch(s);
    return was;
}

void screen_select_lose(struct screen *s)
{
    if (!screen_select_clear(s) || !s->read.on)
        return;
    s->select.gone = true;
    screen_say(s, "%s", gone);
}

void screen_select_note(const struct screen *s, struct buf *text)
{
    if (s->select.on && s->select.by_keys)
        vt_selected_text(s->vt, &s->select.sel, text);
}

void screen_select_compare(struct screen *s, struct buf *text)
{
    struct buf now = { 0 };

    screen_select_note(s, &now);
    if (now.len != text->len ||
        (now.len != 0 && memcmp(now.data, text->data, now.len) != 0))
        screen_select_lose(s);
    buf_free(&now);
    buf_free(text);
}

/* Was any of it pushed out of the scrollback, or cleared there? */
static bool was_dropped(const struct screen *s)
{
    uint64_t first = vt_first_line(s->vt);

    return s->select.sel.anchor.line < first || s->select.sel.head.line < first;
}

/* Has output changed a row of it? */
static bool has_changed(const struct screen *s)
{
    struct vt_range r = vt_selected(s->vt, &s->select.sel);
    uint64_t screen = vt_lines_pushed(s->vt), line;

    for (line = r.from.line > screen ? r.from.line : screen;
         line <= r.last.line; line++)
        if (vt_row_dirty(s->vt, (unsigned)(line - screen)))
            return true;
    return false;
}

void screen_select_check(struct screen *s)
{
    bool held = s->select.dragging || s->select.by_keys;

    if (s->select.on && (was_dropped(s) || (!held && has_changed(s))))
        screen_select_lose(s);
}

static void begin(struct screen *s, enum vt_select_kind kind,
                  struct vt_place at)
{
    s->select.sel = (struct vt_selection){ kind, at, at };
    s->select.by_keys = s->select.gone = false;
    s->select.on = kind == VT_SELECT_WORDS || kind == VT_SELECT_LINES;
    screen_touch(s);
}

/* ---- the mouse ---- */

/* A double click is at the same place, and soon. */
static unsigned count_click(struct screen *s, struct vt_place at)
{
    struct screen_select *sel = &s->select;

    if (sel->clicks < 3 && sel->clicks > 0 &&
        s->now < sel->clicked_at + CLICK_MS &&
        vt_place_compare(at, sel->clicked) == 0)
        sel->clicks++;
    else
        sel->clicks = 1;
    sel->clicked = at;
    sel->clicked_at = s->now;
    return sel->clicks;
}

static void press(struct screen *s, const struct vt_mouse_event *ev,
                  struct vt_place at)
{
    static const enum vt_select_kind kinds[] = { VT_SELECT_CELLS,
                                                 VT_SELECT_WORDS,
                                                 VT_SELECT_LINES };
    unsigned clicks = count_click(s, at);

    screen_select_clear(s);
    begin(s, (ev->mods & VT_ALT) != 0 ? VT_SELECT_BLOCK : kinds[clicks - 1],
          at);
    s->select.dragging = true;
    if (s->read.on)
        screen_read_go(s, at);
}

/* The right button moves the end that is nearer. */
static void extend(struct screen *s, struct vt_place at)
{
    struct vt_range r;

    s->select.dragging = true;
    s->select.by_keys = s->select.gone = false;
    if (!s->select.on) {
        s->select.on = true;
        s->select.sel.head = at;
        screen_touch(s);
        return;
    }
    r = vt_selected(s->vt, &s->select.sel);
    if (vt_place_compare(at, r.from) < 0 ||
        (vt_place_compare(at, r.last) < 0 &&
         at.line - r.from.line < r.last.line - at.line))
        s->select.sel.anchor = r.last;
    else
        s->select.sel.anchor = r.from;
    s->select.sel.head = at;
    screen_touch(s);
}

/* ---- dragging past an edge ---- */

static struct vt_place place_at(const struct screen *s, unsigned row,
                                unsigned col)
{
    struct vt_place at = { screen_top(s) + row, 0 };

    at.col = vt_mouse_col(s->vt, vt_line_number(s->vt, at.line), col);
    return vt_place_clamp(s->vt, at);
}

static void move_head(struct screen *s, struct vt_place at)
{
    s->select.sel.head = at;
    if (s->read.on)
        screen_read_go(s, at);
    screen_touch(s);
}

/*
 * Terminals report nothing from outside of their window, so the first row
 * stands for what is above it, unless the selection began there; and the last
 * one for what is below, unless the status line is there to be entered.
 */
static int edge_of(const struct screen *s, const struct vt_mouse_event *ev,
                   struct vt_place at)
{
    bool moved = at.line != s->select.sel.anchor.line;

    if (ev->row >= vt_rows(s->vt))
        return -1;
    if (ev->row == 0 && moved)
        return 1;
    return ev->row + 1 == vt_rows(s->vt) && !s->status_on && moved ? -1 : 0;
}

static void set_edge(struct screen *s, const struct vt_mouse_event *ev,
                     struct vt_place at)
{
    int edge = edge_of(s, ev, at);

    s->select.edge_col = ev->col;
    if (edge == s->select.edge)
        return;
    s->select.edge = edge;
    s->select.edge_at =
        s->now + (ev->row >= vt_rows(s->vt) ? 0 : EDGE_FIRST_MS);
}

uint64_t screen_select_wake(const struct screen *s)
{
    return s->select.edge != 0 ? s->select.edge_at : 0;
}

void screen_select_tick(struct screen *s)
{
    size_t before = s->scroll;

    if (s->select.edge == 0 || s->now < s->select.edge_at)
        return;
    s->select.edge_at = s->now + EDGE_MS;
    screen_scroll(s, s->select.edge);
    if (s->scroll == before)
        s->select.edge = 0; /* there is no more */
    else
        move_head(s, place_at(s, s->select.edge < 0 ? vt_rows(s->vt) - 1 : 0,
                              s->select.edge_col));
}

static void drag(struct screen *s, const struct vt_mouse_event *ev,
                 struct vt_place at)
{
    if (!s->select.dragging)
        return;
    set_edge(s, ev, at);
    if (vt_place_compare(at, s->select.sel.anchor) != 0)
        s->select.on = true;
    move_head(s, at);
    screen_select_tick(s);
}

static void release(struct screen *s)
{
    if (!s->select.dragging)
        return;
    screen_select_let_go(s);
    if (s->select.on)
        copy(s);
}

/* The first place a selection can be extended from is the last click's. */
void screen_select_mouse(struct screen *s, const struct vt_mouse_event *ev)
{
    unsigned row = ev->row < vt_rows(s->vt) ? ev->row : vt_rows(s->vt) - 1;
    struct vt_place at = place_at(s, row, ev->col);

    if (ev->motion)
        drag(s, ev, at);
    else if (!ev->press)
        release(s);
    else if (ev->row != row)
        return;
    else if (ev->button == LEFT)
        press(s, ev, at);
    else if (ev->button == RIGHT && s->select.clicks != 0)
        extend(s, at);
    else if (ev->button == MIDDLE)
        screen_paste_kept(s);
}

/* ---- the keyboard, in scroll mode ---- */

void screen_select_keys(struct screen *s, enum vt_select_kind kind)
{
    struct screen_select *sel = &s->select;

    if (sel->on && sel->by_keys && sel->sel.kind == kind) {
        screen_select_clear(s);
    } else if (sel->on && sel->by_keys) {
        sel->sel.kind = kind;
    } else {
        begin(s, kind, s->read.at);
        sel->on = sel->by_keys = true;
    }
    screen_status(s);
}

void screen_select_other_end(struct screen *s)
{
    struct vt_place anchor = s->select.sel.anchor;

    if (!s->select.on || !s->select.by_keys)
        return;
    s->select.sel.anchor = s->select.sel.head;
    screen_read_go(s, anchor);
}

void screen_select_follow(struct screen *s)
{
    if (s->select.by_keys)
        s->select.sel.head = s->read.at;
}

/* Without a selection the cursor's line is meant, but not by who meant one that
 * went meanwhile. */
void screen_select_yank(struct screen *s)
{
    if (s->select.gone) {
        s->select.gone = false;
        screen_say(s, "%s", gone);
        return;
    }
    if (!s->select.on)
        begin(s, VT_SELECT_LINES, s->read.at);
    copy(s);
    screen_select_clear(s);
    screen_read_end(s);
}

void screen_select_free(struct screen *s)
{
    buf_free(&s->select.kept);
}
