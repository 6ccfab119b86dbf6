/*
 * screen_lost.c - without a connection: what the status line says of it, and
 * what the keys do.  The screen and the scrollback stay.
 */
#include "app/screen.h"

#include <stdio.h>
#include <string.h>
#include "base/err.h"
#include "base/mem.h"
#include "base/wrap.h"
#include "ui/bar.h"

#define CTRL_C 0x03

#define HOST_MOST  30u /* columns of a name that is cut */
#define HOST_LEAST 8u

/* ---- the loss ---- */

static void read_of_loss(struct screen *s, const char *answer)
{
    (void)answer;
    if (s->opened_at == 0)
        s->front.wish = FRONT_QUIT;
}

/*
 * Somebody is typing, perhaps a passphrase: it must not go elsewhere.  So it
 * is taken, unseen, until Enter.
 */
static void tell_of_loss(struct screen *s)
{
    struct buf text = { 0 };
    struct ui_question q = { .title = "The connection has ended",
                             .prompt = "Press Enter: ",
                             .hint = "Enter goes on",
                             .alert = true };

    buf_printf(&text, "%s.\n\nWhat is typed now goes nowhere.", s->loss);
    q.text = buf_str(&text);
    screen_put_question(s, &q, read_of_loss);
    buf_free(&text);
}

bool screen_lost(struct front *f, const struct err *err, const char *brief)
{
    struct screen *s = (struct screen *)f;
    bool asking = s->asked && !s->answered, again = s->torn;
    bool searching = s->mode == SCREEN_SEARCH; /* which goes on */
    time_t now = time(NULL);
    struct tm tm;

    if (s->opened_at == 0 && !asking)
        return false;
    localtime_r(&now, &tm);
    strftime(s->lost_at, sizeof s->lost_at, "%H:%M:%S", &tm);
    s->tried = again;
    if (!again) { /* a failed reconnect is no new loss */
        s->deaf_until = s->now + TYPING_MS;
        s->clipboard = s->front.opt->clipboard; /* that was this session's */
    }
    s->clipboard_due = false;
    mem_free(s->loss);
    s->loss = mem_strdup(err->msg);
    snprintf(s->brief, sizeof s->brief, "%s", brief);
    s->torn = s->unclean = s->lost = true;
    s->unanswered = 0;
    buf_clear(&s->typed);
    memset(s->down, 0, sizeof s->down);
    mem_free(s->trial);
    s->trial = NULL;
    screen_unsettled(s);
    s->say[0] = '\0';
    screen_drop_asked(s);
    if (!searching)
        ui_drop(s->ui);
    ui_set_mouse(s->ui, VT_MOUSE_OFF);
    ui_set_keypad(s->ui, false);
    ui_set_keys(s->ui, (struct vt_key_wishes){ 0 });
    ui_beep(s->ui);
    screen_set_mode(s, searching    ? SCREEN_SEARCH
                       : s->read.on ? SCREEN_READ
                                    : SCREEN_LOST);
    if (asking)
        tell_of_loss(s);
    else if (again && !searching &&
             (err->code == ERR_TRUST || err->code == ERR_AUTH))
        screen_show_text(s, "Not connected", s->loss); /* more than a word */
    return true;
}

/* ---- who goes on typing ---- */

/*
 * A command is being typed as the connection is lost: its letters are neither
 * r nor q, and after a q the rest of it would be run by the shell below us.
 * So keys are taken, and the status line names none, until there was a pause.
 */
static bool swallowed(struct screen *s)
{
    if (s->deaf_until == 0)
        return false;
    s->deaf_until = s->now + TYPING_MS;
    return true;
}

void screen_lost_tick(struct screen *s)
{
    if (s->deaf_until == 0 || s->now < s->deaf_until)
        return;
    s->deaf_until = 0;
    screen_status(s);
}

/* ---- the status line ---- */

static const char *verb(const struct screen *s)
{
    return s->tried ? "Tried" : "Lost";
}

/* Since when, or when r was tried in vain, which is seen by that; and the keys:
 * the longest of these, in which they stay in view, comes first. */
static void put_form(const struct screen *s, unsigned form, char *text,
                     size_t size)
{
    const char *what = verb(s), *keys = "r reconnect  q quit";

    switch (form) {
    case 0: snprintf(text, size, "%s at %s  %s", what, s->lost_at, keys); break;
    case 1:
        snprintf(text, size, "%s %.*s  %s", what, s->tried ? 8 : 5, s->lost_at,
                 keys);
        break;
    case 2: snprintf(text, size, "%s  %s", what, keys); break;
    case 3: snprintf(text, size, "%s  r retry  q quit", what); break;
    default: snprintf(text, size, "r retry  q quit"); break;
    }
}

/* Beside the state, which is worth less than that it is lost. */
static void put_keys(const struct screen *s, struct ui_status *status,
                     unsigned cols, char *text, size_t size)
{
    unsigned form = cols >= UI_NARROW ? 0 : 1;
    unsigned last = *status->state != '\0' ? 3 : 4;

    status->left = text;
    if (s->mode != SCREEN_LOST || s->deaf_until != 0) {
        snprintf(text, size, "%s at %s", verb(s), s->lost_at);
        return;
    }
    do
        put_form(s, form, text, size);
    while (!bar_fits(status, cols) && form++ < last);
}

/* The reason, whole if there is room, or in brief, or not at all; the event
 * log has it in any case. */
static void put_reason(const struct screen *s, struct ui_status *status,
                       unsigned cols)
{
    status->state = s->loss;
    if (!bar_fits(status, cols))
        status->state = s->brief;
    if (!bar_fits(status, cols))
        status->state = "";
}

/* Which of several lost sessions it is, in what is left of the row. */
static void put_host(const struct screen *s, struct ui_status *status,
                     unsigned cols, char *text, size_t size)
{
    const char *at = strrchr(s->where, '@');
    const char *host = at != NULL ? at + 1 : s->where;
    size_t named = (size_t)(host - s->where) + strcspn(host, ":");
    unsigned room = HOST_MOST;

    if (strncmp(status->state, s->where, named) == 0)
        return; /* the reason in whole does tell */
    status->right = s->where;
    if (!bar_fits(status, cols))
        status->right = host;
    for (; !bar_fits(status, cols) && room >= HOST_LEAST; room--) {
        snprintf(text, size, "%.*s\xe2\x80\xa6",
                 (int)wrap_cut(host, strlen(host), room - 1), host);
        status->right = text;
    }
    if (!bar_fits(status, cols))
        status->right = "";
}

void screen_lost_status(const struct screen *s, struct ui_status *status,
                        char *text, size_t size)
{
    unsigned cols, rows;
    char *place = text + size / 3; /* how far back, if that has room */

    size /= 3;
    ui_size(s->ui, &cols, &rows);
    status->alert = true;
    snprintf(place, size, "%zu/%zu", s->scroll, vt_scrollback(s->vt));
    status->state = s->scroll != 0 ? place : "";
    put_keys(s, status, cols, text, size);
    if (s->scroll == 0) {
        put_reason(s, status, cols);
    } else if (!bar_fits(status, cols)) {
        status->state = "";
        put_keys(s, status, cols, text, size);
    } else {
        snprintf(place, size, "%zu/%zu lines back", s->scroll,
                 vt_scrollback(s->vt));
        if (!bar_fits(status, cols))
            *strchr(place, ' ') = '\0';
    }
    put_host(s, status, cols, place + size, size);
}

/* ---- keys ---- */

void screen_lost_key(struct screen *s, const struct vt_key *key)
{
    uint32_t ch = 0;

    if (screen_view_key(s, key) || screen_scroll_key(s, key) || swallowed(s))
        return;
    if (key->code == VT_KEY_CHAR && (key->mods & ~(unsigned)VT_SHIFT) == 0)
        ch = key->ch | 32;
    if (ch == 'r') {
        s->front.wish = FRONT_RECONNECT;
        s->lost = false;
        screen_scroll_live(s);
        screen_set_mode(s, SCREEN_NORMAL); /* shows the progress */
    } else if (ch == 'q') {
        s->front.wish = FRONT_QUIT;
    } else {
        screen_scroll_live(s);
    }
}

bool screen_local_key(struct screen *s, const struct vt_key *key)
{
    int byte = vt_control_byte(key);

    if (s->front.session == NULL && s->waiting_brief != NULL &&
        key->mods == 0 && key->code == VT_KEY_ESCAPE)
        byte = CTRL_C;
    if (s->front.session != NULL || (byte != CTRL_C && byte != CTRL_Z) ||
        (s->ended && byte == CTRL_C)) /* which leaves, as any key does */
        return false;
    if (s->lost && swallowed(s))
        return true;
    s->front.wish = byte == CTRL_Z ? FRONT_SUSPEND
                    : s->lost      ? FRONT_QUIT
                                   : FRONT_CANCEL;
    return true;
}
