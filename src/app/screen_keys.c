/*
 * screen_keys.c - what a key, a click or a paste does.
 *
 * The prefix key (Ctrl-]) opens the menu.  Shift with PgUp and PgDn scrolls.
 * All else is encoded for the server, through the escape characters of ssh(1).
 */
#include "app/screen.h"

#include <string.h>
#include "app/info.h"
#include "base/secret.h"
#include "config/options.h"

/* Of a program that does not read; more keys are dropped, with a bell. */
#define AHEAD_LIMIT 4096u /* what a terminal keeps of a line */
#define TYPED_LIMIT (PASTE_LIMIT + 64u * 1024)

#define KITTY_EVENTS 2u /* the flag of releases */

void screen_set_mode(struct screen *s, enum screen_mode mode)
{
    bool left = s->mode != SCREEN_NORMAL && s->mode != SCREEN_LOST;

    screen_select_let_go(s); /* a box gets the release */
    if (left && s->torn)
        s->deaf_until = s->now + TYPING_MS; /* one more q is one too many */
    s->mode = mode;
    screen_status(s);
}

void screen_back_to_work(struct screen *s)
{
    if (ui_asking(s->ui)) /* what goes on below a box does not end it */
        return;
    screen_set_mode(s, s->read.on ? SCREEN_READ
                       : s->lost  ? SCREEN_LOST
                                  : SCREEN_NORMAL);
}

bool screen_is_prefix(const struct screen *s, const struct vt_key *key)
{
    return s->front.opt->prefix >= 0 &&
           vt_control_byte(key) == s->front.opt->prefix;
}

/* ---- questions of ours ---- */

static void settle(struct screen *s, const char *answer)
{
    screen_settled *settled = s->settled;

    s->settled = NULL;
    if (settled != NULL)
        settled(s, answer);
}

void screen_unsettled(struct screen *s)
{
    settle(s, NULL);
}

void screen_put_question(struct screen *s, const struct ui_question *q,
                         screen_settled *settled)
{
    struct ui_question passing;

    screen_unsettled(s);
    if (s->asked) { /* the login's question stays */
        if (settled != NULL)
            settled(s, NULL);
        return;
    }
    s->say[0] = '\0'; /* that was about something else */
    screen_set_mode(s, SCREEN_NOTICE);
    passing = *q;
    if (q->prompt == NULL && s->front.opt->prefix >= 0)
        passing.passed = 1u << s->front.opt->prefix;
    ui_ask(s->ui, &passing);
    s->settled = settled;
}

/* ---- to the server ---- */

static void act(struct screen *s, enum escape_action action)
{
    switch (action) {
    case ESCAPE_DISCONNECT: s->front.wish = FRONT_QUIT; break;
    case ESCAPE_SUSPEND: s->front.wish = FRONT_SUSPEND; break;
    case ESCAPE_HELP: screen_escape_help(s); break;
    case ESCAPE_NONE: break;
    }
}

static void send_typed(struct screen *s, const uint8_t *bytes, size_t len)
{
    enum escape_action action;
    size_t at = 0, used;

    if (s->typed.len > TYPED_LIMIT) {
        ui_beep(s->ui);
        return;
    }
    s->typed_into = true;
    while (at < len) {
        action =
            escape_filter(&s->escape, bytes + at, len - at, &s->typed, &used);
        at += used;
        act(s, action);
    }
}

void screen_echo(struct screen *s, const struct buf *bytes)
{
    if (!vt_echo_wanted(s->vt) || s->front.session == NULL ||
        s->typed.len > TYPED_LIMIT)
        return;
    vt_echo(s->vt, bytes->data, bytes->len);
    screen_record_output(s, bytes->data, bytes->len);
    screen_took_output(s);
}

/* A program has locked the keyboard (KAM).  Who has no prefix key might not be
 * able to unlock it. */
static bool locked(const struct screen *s)
{
    return vt_keyboard_locked(s->vt) && s->front.opt->prefix >= 0;
}

static void tell_locked(struct screen *s)
{
    char name[INFO_KEY_NAME];

    info_key_name(name, s->front.opt->prefix);
    screen_say(s, "A program has locked the keyboard: %s R unlocks", name);
}

/* ~ Ctrl-Z is a command also where a program has asked for another form of
 * Ctrl-Z (modifyOtherKeys). */
static void encode_key(struct screen *s, const struct vt_key *key,
                       struct buf *out)
{
    if (escape_waits(&s->escape) && vt_control_byte(key) == CTRL_Z) {
        buf_put_byte(out, CTRL_Z);
        return;
    }
    vt_encode_key(s->vt, key, out);
    screen_echo(s, out);
    if (out->len != 0 && (out->data[0] & 0xe0) != 0x80) /* a C1 is no text */
        screen_charset_out(s, out);
}

/* Before the first session, but not in a long wait for it; what is typed as a
 * lost one is made anew may be one r too many. */
static void keep_key(struct screen *s, const struct vt_key *key)
{
    struct buf bytes = { 0 };

    if (s->opened_at != 0 || s->waiting_brief != NULL)
        return;
    if (s->ahead == NULL)
        s->ahead = secret_new(AHEAD_LIMIT);
    encode_key(s, key, &bytes);
    secret_put(s->ahead, bytes.data, bytes.len);
    buf_free(&bytes);
}

void screen_drop_ahead(struct screen *s)
{
    secret_free(s->ahead);
    s->ahead = NULL;
}

void screen_send_ahead(struct screen *s)
{
    if (s->ahead != NULL)
        send_typed(s, s->ahead->data, s->ahead->len);
    screen_drop_ahead(s);
}

/* ---- keys that are held down ---- */

/* Shift may be let go of first. */
static bool same_key(const struct vt_key *a, const struct vt_key *b)
{
    uint32_t a_ch = a->unshifted != 0 ? a->unshifted : a->ch;
    uint32_t b_ch = b->unshifted != 0 ? b->unshifted : b->ch;

    return a->code == b->code && a->number == b->number &&
           a->keypad == b->keypad && a_ch == b_ch;
}

/* Was the press of this key sent?  It is forgotten. */
static bool take_down(struct screen *s, const struct vt_key *key)
{
    unsigned i;

    for (i = 0; i < SCREEN_KEYS_DOWN; i++)
        if (same_key(&s->down[i], key)) {
            s->down[i] = (struct vt_key){ 0 };
            return true;
        }
    return false;
}

/* Only a program that wants releases is owed one. */
static void note_down(struct screen *s, const struct vt_key *key)
{
    take_down(s, key);
    if ((vt_key_wishes(s->vt).kitty & KITTY_EVENTS) == 0)
        memset(s->down, 0, sizeof s->down);
    else
        s->down[s->down_next++ % SCREEN_KEYS_DOWN] = *key;
}

/* What a box or scroll mode took the press of is not the program's. */
static void release_event(struct screen *s, const struct vt_key *key)
{
    if (take_down(s, key) && s->front.session != NULL && !locked(s) &&
        s->typed.len <= TYPED_LIMIT)
        vt_encode_key(s->vt, key, &s->typed);
}

/* A modifier alone or the like: a program's, or nobody's. */
static void functional_event(struct screen *s, const struct vt_key *key)
{
    if (s->mode != SCREEN_NORMAL || ui_asking(s->ui) || screen_is_reading(s) ||
        s->front.session == NULL || locked(s) || s->typed.len > TYPED_LIMIT)
        return;
    vt_encode_key(s->vt, key, &s->typed);
    note_down(s, key);
}

void screen_send_key(struct screen *s, const struct vt_key *key)
{
    struct buf bytes = { 0 };

    screen_scroll_live(s);
    if (s->front.session == NULL) {
        keep_key(s, key);
        return;
    }
    if (locked(s)) {
        tell_locked(s);
        return;
    }
    encode_key(s, key, &bytes);
    send_typed(s, bytes.data, bytes.len);
    buf_free(&bytes);
    note_down(s, key);
    s->echo_due = true;
    s->typed_at = s->now;
}

/* ---- scrolling ---- */

bool screen_scroll_key(struct screen *s, const struct vt_key *key)
{
    switch (key->code) {
    case VT_KEY_PAGE_UP: screen_scroll(s, screen_page(s)); return true;
    case VT_KEY_PAGE_DOWN: screen_scroll(s, -screen_page(s)); return true;
    case VT_KEY_UP: screen_scroll(s, 1); return true;
    case VT_KEY_DOWN: screen_scroll(s, -1); return true;
    case VT_KEY_HOME: screen_scroll(s, (long)vt_scrollback(s->vt)); return true;
    case VT_KEY_END: screen_scroll_live(s); return true;
    default: return false;
    }
}

/*
 * Shift with PgUp and PgDn begins; while the view is scrolled back the keys
 * that scroll need no Shift, and Esc does nothing but come back.
 */
bool screen_view_key(struct screen *s, const struct vt_key *key)
{
    if (key->mods == VT_SHIFT && key->code == VT_KEY_PAGE_UP) {
        screen_look_back(s);
        return true;
    }
    if (key->mods == VT_SHIFT && key->code == VT_KEY_PAGE_DOWN)
        return screen_scroll_key(s, key);
    if (s->scroll == 0 || key->mods != 0)
        return false;
    if (key->code != VT_KEY_ESCAPE)
        return screen_scroll_key(s, key);
    screen_scroll_live(s);
    return true;
}

/* ---- events ---- */

void screen_key(struct screen *s, const struct vt_key *key)
{
    screen_select_let_go(s); /* some terminals lose the release */
    if (screen_is_prefix(s, key))
        screen_menu_begin(s);
    else if (s->mode == SCREEN_LINKS)
        screen_links_key(s, key);
    else if (s->mode == SCREEN_READ)
        screen_read_key(s, key);
    else if (screen_local_key(s, key))
        return;
    else if (s->mode == SCREEN_LOST)
        screen_lost_key(s, key);
    else if (!screen_view_key(s, key))
        screen_send_key(s, key);
}

/* Is the mouse ours, and not the application's?  Shift makes it so. */
static bool mouse_is_ours(const struct screen *s,
                          const struct vt_mouse_event *ev)
{
    return (ev->mods & VT_SHIFT) != 0 || screen_is_reading(s) ||
           s->select.dragging || s->front.session == NULL;
}

/* A click there opens the menu, also where no key does. */
static bool on_status_line(const struct screen *s,
                           const struct vt_mouse_event *ev)
{
    return ev->row >= vt_rows(s->vt) && s->status_on && ev->button == 0 &&
           ev->press && !ev->motion;
}

static void mouse_event(struct screen *s, const struct vt_mouse_event *ev)
{
    bool wheel = ev->button == VT_WHEEL_UP || ev->button == VT_WHEEL_DOWN;
    bool ours = mouse_is_ours(s, ev);

    if (!ours && s->typed.len > TYPED_LIMIT)
        return;
    ours = ours || on_status_line(s, ev);
    if (!ours && (vt_encode_mouse(s->vt, ev, &s->typed) ||
                  vt_mouse(s->vt) != VT_MOUSE_OFF))
        return;
    if (!wheel) {
        if (on_status_line(s, ev))
            screen_menu_begin(s);
        else
            screen_select_mouse(s, ev);
        return;
    }
    if (!ev->press)
        return;
    screen_scroll(s,
                  ev->button == VT_WHEEL_UP ? VT_WHEEL_LINES : -VT_WHEEL_LINES);
    if (s->read.on)
        screen_read_follow(s);
}

static void answer_event(struct screen *s)
{
    struct ui_answer answer;

    if (s->mode != SCREEN_NOTICE) {
        s->answered = true;
        return;
    }
    answer = ui_take_answer(s->ui);
    screen_back_to_work(s);
    settle(s, answer.cancelled ? NULL : (const char *)answer.line->data);
    secret_free(answer.line);
}

/* The prefix key leaves a box of ours, and begins a command as ever: what
 * follows it is not the shell's. */
static void leave_box(struct screen *s)
{
    ui_drop(s->ui);
    screen_back_to_work(s);
    screen_unsettled(s);
    screen_menu_begin(s);
}

static bool is_typing(const struct ui_event *ev)
{
    return ev->kind == UI_EDIT || ev->kind == UI_KEY || ev->kind == UI_ANSWER;
}

/* What a box takes, and keys that are no command: true if it was one. */
static bool apart_event(struct screen *s, const struct ui_event *ev)
{
    if (ev->kind == UI_KEY && ev->key.event == VT_KEY_RELEASE) {
        release_event(s, &ev->key);
        return true;
    }
    if (ev->kind == UI_KEY && ev->key.code == VT_KEY_FUNCTIONAL) {
        functional_event(s, &ev->key);
        return true;
    }
    if (s->mode == SCREEN_SEARCH && is_typing(ev)) {
        screen_search_event(s, ev);
        return true;
    }
    if (s->mode == SCREEN_CLIPBOARD &&
        (is_typing(ev) || ev->kind == UI_PASTE)) {
        screen_clipboard_event(s, ev);
        return true;
    }
    if (s->mode == SCREEN_COMMAND &&
        (ev->kind == UI_KEY || ev->kind == UI_ANSWER)) {
        screen_menu_event(s, ev);
        return true;
    }
    if (s->mode == SCREEN_NOTICE && ev->kind == UI_KEY && ui_asking(s->ui)) {
        leave_box(s);
        return true;
    }
    return false;
}

void screen_event(struct screen *s, const struct ui_event *ev)
{
    if (apart_event(s, ev))
        return;
    if (s->say[0] != '\0' && (ev->kind == UI_KEY || ev->kind == UI_PASTE)) {
        s->say[0] = '\0';
        screen_status(s);
    }
    switch (ev->kind) {
    case UI_KEY: screen_key(s, &ev->key); break;
    case UI_MOUSE: mouse_event(s, &ev->mouse); break;
    case UI_PASTE:
        screen_paste(s, ev->paste, ev->paste_len, ev->paste_first,
                     ev->paste_last);
        break;
    case UI_FOCUS:
        if (s->front.session != NULL && s->typed.len <= TYPED_LIMIT)
            vt_encode_focus(s->vt, ev->focus_in, &s->typed);
        break;
    case UI_COLOR: vt_set_default_color(s->vt, ev->which, ev->rgb); break;
    case UI_DEVICE: ui_guess_colors(s->ui, s->vt); break;
    case UI_SCHEME:
        ui_ask_colors(s->ui, s->vt);
        s->asked_at = s->now;
        break;
    case UI_ANSWER: answer_event(s); break;
    case UI_STOP: s->front.wish = FRONT_SUSPEND; break;
    case UI_HANGUP: s->front.wish = FRONT_QUIT; break;
    case UI_DEPTH:
        ui_deepen(s->ui, ev->styles);
        screen_touch(s);
        break;
    case UI_PLACE: screen_touch(s); break;
    case UI_EDIT:
    case UI_NAMED:
    case UI_NONE: break;
    }
}
