/*
 * screen_view.c - what of the vt is shown, and when.
 *
 * What answers a typed key is drawn at once, and so is the first output after
 * a pause.  While output comes, it is drawn when it has been quiet for a
 * moment, and in a flood once in FRAME_MS.  The first output after a key need
 * not be its answer: Ctrl-C is answered by what is still on its way, and then
 * by the prompt.  So for a while after a key a shorter moment will do.
 */
#include "app/screen.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "app/info.h"
#include "app/notes.h"
#include "config/options.h"
#include "ui/bar.h"

#define FRAME_MS   16   /* from frame to frame in a flood */
#define PAUSE_MS   4    /* from frame to frame at least, but for an echo */
#define QUIET_MS   2    /* no output for so long: it has come to an end */
#define EAGER_MS   50   /* so long after a key, quiet and pause are 1 ms */
#define SILENCE_MS 3000 /* so long an answer may take */
#define SYNC_MS    150  /* longest wait for the end of a synchronized frame */
#define SAY_MS     5000 /* a message that covers what is needed */

static bool fits(const struct screen *s, const struct ui_status *status)
{
    return bar_fits(status, vt_cols(s->vt));
}

static bool fits_cut(const struct screen *s, const struct ui_status *status)
{
    return bar_fits_cut(status, vt_cols(s->vt));
}

static bool is_narrow(const struct screen *s)
{
    return vt_cols(s->vt) < UI_NARROW;
}

/* The name is left out for what is going on, and that is told in brief before
 * it is cut. */
static void put_state(const struct screen *s, struct ui_status *status,
                      const char *whole, const char *brief)
{
    status->yields = true;
    status->shortens = false;
    status->state = whole;
    if (is_narrow(s) || !fits_cut(s, status))
        status->state = brief;
}

/* A silence, its number whole. */
static void put_silence(const struct screen *s, struct ui_status *status,
                        char *text, size_t size)
{
    char *brief;
    size_t n;

    n = (size_t)snprintf(text, size, "no answer for %u s", s->silence) + 1;
    brief = text + n;
    snprintf(brief, size - n, "no answer %u s", s->silence);
    put_state(s, status, text, brief);
    if (!fits_cut(s, status))
        snprintf(brief, size - n, "silent %u s", s->silence);
}

/* What is written down, so many bytes, and the key of the menu. */
static size_t put_hint(const struct screen *s, char *text, size_t size)
{
    const char *rec = screen_record_mark(s), *log = screen_log_mark(s);
    char name[INFO_KEY_NAME];
    size_t n;

    n = (size_t)snprintf(text, size, "%s%s%s", rec,
                         *rec != '\0' && *log != '\0' ? "  " : "", log);
    if (s->front.opt->prefix < 0)
        return n;
    info_key_name(name, s->front.opt->prefix);
    snprintf(text + n, size - n, "%s%s menu", n != 0 ? "  " : "", name);
    return n;
}

/* Of that, which is in status->right, the key of the menu goes first, after the
 * name and the title. */
static void shorten_hint(const struct screen *s, struct ui_status *status,
                         char *text, size_t marks)
{
    if (!fits_cut(s, status) && text[marks] != '\0')
        *strrchr(text, ' ') = '\0';
    if (!fits_cut(s, status))
        text[marks] = '\0';
    if (!fits_cut(s, status) && status->shortens)
        put_state(s, status, "", "");
    if (!fits_cut(s, status))
        text[0] = '\0';
}

/* How far back, and a silence or what came meanwhile, as status->right leaves
 * room. */
static void back_status(const struct screen *s, struct ui_status *status,
                        char *text, size_t size)
{
    uint64_t unseen = screen_read_unseen(s);
    bool narrow = is_narrow(s);
    bool other = unseen != 0 || s->held.len != 0 || s->silence != 0;
    const char *noun = narrow ? "" : unseen == 1 ? "line " : "lines ";
    char *state;
    size_t n;

    n = (size_t)snprintf(text, size, "%zu/%zu %sback", s->scroll,
                         vt_scrollback(s->vt), narrow && other ? "" : "lines ");
    status->left = text;
    status->alert = !s->status_on;
    status->shortens = true;
    if (!other)
        return;
    status->state = state = text + n + 1;
    size -= n + 1;
    if (s->silence != 0) {
        put_silence(s, status, state, size);
        return;
    }
    if (s->held.len != 0)
        snprintf(state, size, "new %sbelow", narrow ? "" : "output ");
    else
        snprintf(state, size, "%llu new %sbelow", (unsigned long long)unseen,
                 noun);
    if (s->held.len == 0 && !fits(s, status))
        snprintf(state, size, "%llu new", (unsigned long long)unseen);
}

static void read_status(const struct screen *s, struct ui_status *status,
                        char *text, size_t size)
{
    const char *brief = s->select.by_keys ? "y copies"
                        : s->select.on    ? "Esc unselects"
                                          : "Esc back";

    status->right = brief;
    back_status(s, status, text, size);
    if (is_narrow(s))
        return;
    status->right = s->select.by_keys ? "y copies  Esc unselects"
                    : s->select.on    ? "/ find  v select  Esc unselects"
                                      : "/ find  v select  Esc back";
    if (!fits(s, status))
        status->right = brief;
}

void screen_say(struct screen *s, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(s->say, sizeof s->say, fmt, ap);
    va_end(ap);
    s->say_until = s->status_on && !s->lost ? 0 : s->now + SAY_MS;
    screen_status(s);
}

void screen_say_tick(struct screen *s)
{
    if (s->say_until == 0 || s->now < s->say_until)
        return;
    s->say_until = 0;
    s->say[0] = '\0';
    screen_status(s);
}

void screen_announce(struct screen *s, const char *fmt, ...)
{
    char text[1024];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    screen_say(s, "%s", text);
    notes_log(s->front.notes, "%s.", text);
}

void screen_warn(struct screen *s, const char *fmt, ...)
{
    char text[1024]; /* a path may be long */
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    screen_say(s, "%s", text);
    notes_at_end(s->front.notes, text);
}

/* ms: since when the server is to answer, and does not; or 0. */
static uint64_t unanswered(const struct screen *s)
{
    return s->front.session != NULL ? ssh_session_unanswered(s->front.session)
                                    : s->unanswered;
}

/* Seconds that it has not answered for, if they are worth a word. */
static unsigned silence(const struct screen *s)
{
    uint64_t since = unanswered(s);

    return since != 0 && s->now > since + SILENCE_MS
               ? (unsigned)((s->now - since) / 1000)
               : 0;
}

void screen_silence_check(struct screen *s)
{
    unsigned seconds = silence(s);

    if (seconds == s->silence)
        return;
    if (seconds == 0 && s->front.session != NULL)
        notes_log(s->front.notes, "There was no answer for %u s.", s->silence);
    s->silence = seconds;
    screen_status(s);
}

uint64_t screen_silence_wake(const struct screen *s)
{
    uint64_t since = unanswered(s);

    if (since == 0)
        return 0;
    return since + (s->silence == 0 ? SILENCE_MS + 1
                                    : (s->silence + 1) * UINT64_C(1000));
}

/* The host alone, which the bar cuts if that is still too long. */
static void shorten_left(const struct screen *s, struct ui_status *status)
{
    const char *host = strrchr(s->where, '@');

    if (!fits(s, status) && host != NULL)
        status->left = host + 1;
}

/* At work: a silence, a paste that does not get on, what else goes on there, or
 * the title, and if there is none the shell's directory. */
static void work_status(const struct screen *s, struct ui_status *status,
                        char *text, size_t size)
{
    size_t marks = put_hint(s, text, size), n = strlen(text) + 1;
    char *state = text + n, *brief;

    size -= n;
    status->right = text;
    if (s->silence != 0) {
        put_silence(s, status, state, size);
        status->alert = true;
    } else if (s->waiting != 0) {
        brief =
            state + 1 +
            snprintf(state, size, "%zu KB wait for the program to read them",
                     s->waiting / 1024);
        snprintf(brief, size / 2, "%zu KB wait", s->waiting / 1024);
        put_state(s, status, state, brief);
    } else if (s->beside != NULL) {
        put_state(s, status, s->beside, s->beside_brief);
    } else {
        status->state =
            *vt_title(s->vt) != '\0' ? vt_title(s->vt) : screen_directory(s);
        status->shortens = true;
    }
    shorten_hint(s, status, text, marks);
    if (status->yields || is_narrow(s))
        shorten_left(s, status);
}

static void silent_status(const struct screen *s, struct ui_status *status,
                          char *text, size_t size)
{
    snprintf(text, size, "%s, no answer for %u s", status->state, s->silence);
    status->state = text;
    if (is_narrow(s) || !fits_cut(s, status))
        put_silence(s, status, text, size);
}

/* Where there is no room the name goes first, and what is waited for is told in
 * brief, as how to stop that must stay in view. */
static void connecting_status(const struct screen *s, struct ui_status *status,
                              char *text, size_t size)
{
    bool brief = is_narrow(s);

    status->state = s->progress != NULL ? s->progress : "connecting";
    status->right = s->waiting_brief != NULL ? "Esc stop" : "Ctrl-C cancel";
    status->yields = true;
    /* Not in the moment that most connections take. */
    status->alert =
        !s->status_on && (s->silence != 0 || s->waiting_brief != NULL);
    if (s->waiting_brief == NULL) {
        if (s->silence != 0)
            silent_status(s, status, text, size);
        if (!fits_cut(s, status))
            status->right = "Ctrl-C";
    } else if (brief || !fits(s, status)) {
        snprintf(text, size, "waiting: %s", s->waiting_brief);
        status->state = text;
        if (brief || !fits(s, status))
            status->state = s->waiting_brief;
    }
    shorten_left(s, status);
    if (s->waiting_brief != NULL && !fits(s, status))
        status->left = "";
}

bool screen_is_reading(const struct screen *s)
{
    return s->read.on || s->scroll != 0;
}

/* After a loss beside the keys, if there is room; else in place of the rest. */
static void put_message(const struct screen *s, struct ui_status *status)
{
    status->state = s->say;
    if (s->lost && !s->read.on) {
        if (!fits(s, status))
            status->right = "";
        if (fits(s, status))
            return;
    }
    status->left = s->say;
    status->state = "";
    status->shortens = status->yields = false;
    status->alert = status->alert || !s->status_on;
}

static void put_end(const struct screen *s, struct ui_status *status,
                    const char *whole, const char *brief)
{
    status->state = whole;
    if (!fits(s, status))
        status->state = brief;
}

void screen_status(struct screen *s)
{
    struct ui_status status = { .left = s->where, .state = "", .right = "" };
    char text[480];

    if (s->mode == SCREEN_LINKS) {
        status.left = "a-z copy  A-Z open  Esc back";
        status.alert = true;
    } else if (s->read.on) {
        read_status(s, &status, text, sizeof text);
    } else if (s->lost) {
        screen_lost_status(s, &status, text, sizeof text);
    } else if (s->scroll != 0) {
        status.right = "Esc back";
        back_status(s, &status, text, sizeof text);
    } else if (s->front.session == NULL) {
        connecting_status(s, &status, text, sizeof text);
    } else {
        work_status(s, &status, text, sizeof text);
    }
    if (s->ended)
        put_end(s, &status, "session ended", "ended");
    else if (s->lost && s->read.on)
        put_end(s, &status, "connection lost", "lost");
    if (s->say[0] != '\0' && s->mode != SCREEN_LINKS)
        put_message(s, &status);
    ui_set_status(s->ui, &status);
    screen_touch(s);
}

/* ---- scrolling back ---- */

static void scroll_to(struct screen *s, size_t lines)
{
    size_t max = vt_scrollback(s->vt);

    if (s->scroll == 0 && !s->read.on)
        s->read.seen = vt_lines_pushed(s->vt);
    s->scroll = lines < max ? lines : max;
    vt_hold_scrollback(s->vt, s->scroll != 0);
    s->pushed = vt_lines_pushed(s->vt);
    screen_status(s);
}

long screen_page(const struct screen *s)
{
    return vt_rows(s->vt) > 1 ? (long)vt_rows(s->vt) - 1 : 1;
}

void screen_scroll(struct screen *s, long lines)
{
    size_t by = (size_t)(lines < 0 ? -lines : lines);

    if (lines > 0)
        scroll_to(s, s->scroll + by);
    else
        scroll_to(s, s->scroll > by ? s->scroll - by : 0);
}

void screen_look_back(struct screen *s)
{
    if (vt_scrollback(s->vt) != 0)
        screen_scroll(s, screen_page(s));
    else if (vt_alternate(s->vt))
        screen_say(s, "Nothing is above this program's screen");
    else
        screen_say(s, "There is nothing above the screen");
}

void screen_scroll_live(struct screen *s)
{
    if (s->scroll != 0)
        scroll_to(s, 0);
}

uint64_t screen_top(const struct screen *s)
{
    return vt_lines_pushed(s->vt) - s->scroll;
}

void screen_show_from(struct screen *s, uint64_t line)
{
    uint64_t live = vt_lines_pushed(s->vt);

    scroll_to(s, line < live ? (size_t)(live - line) : 0);
}

/* The other screen has other lines: there is no place to keep.  Scroll mode goes
 * on, for what is typed into it is not that program's. */
static void other_screen(struct screen *s)
{
    s->alternate = vt_alternate(s->vt);
    screen_links_free(s);
    if (s->mode == SCREEN_LINKS)
        screen_back_to_work(s);
    scroll_to(s, 0);
    if (s->read.on) {
        screen_say(s, "Another screen: what was read is gone");
        screen_read_follow(s);
    }
    screen_select_lose(s);
    screen_search_anew(s);
}

void screen_keep_place(struct screen *s)
{
    uint64_t pushed = vt_lines_pushed(s->vt);
    size_t came = (size_t)(pushed - s->pushed), kept = vt_scrollback(s->vt);
    bool cleared = s->scroll > kept; /* ED 3 */

    s->pushed = pushed;
    if (s->alternate != vt_alternate(s->vt)) {
        other_screen(s);
    } else if (screen_is_reading(s) && (came != 0 || cleared)) {
        if (cleared)
            screen_say(s, "What was read is gone: it was cleared");
        else if (s->scroll != 0 && s->scroll + came > kept)
            screen_say(s, "More came than is kept: the text moves");
        scroll_to(s, s->scroll + came);
        if (s->read.on)
            screen_read_follow(s);
    }
}

/* ---- a new size ---- */

void screen_note_place(const struct screen *s, struct screen_place *place)
{
    if (s->scroll != 0)
        place->top = vt_anchor(s->vt, (struct vt_place){ screen_top(s), 0 });
    if (s->read.on)
        place->at = vt_anchor(s->vt, s->read.at);
    if (s->select.on || s->select.clicks != 0) {
        place->anchor = vt_anchor(s->vt, s->select.sel.anchor);
        place->head = vt_anchor(s->vt, s->select.sel.head);
    }
    if (s->mode == SCREEN_SEARCH)
        place->begin = vt_anchor(s->vt, s->find.begin);
    place->unseen = screen_read_unseen(s);
}

void screen_find_place(struct screen *s, const struct screen_place *place)
{
    s->read.seen = vt_lines_pushed(s->vt) - place->unseen;
    if (s->scroll != 0)
        screen_show_from(s, vt_anchored(s->vt, place->top).line);
    s->find.found = false;
    if (s->select.on || s->select.clicks != 0) {
        s->select.sel.anchor = vt_anchored(s->vt, place->anchor);
        s->select.sel.head = vt_anchored(s->vt, place->head);
    }
    if (!s->read.on)
        return;
    if (s->mode == SCREEN_SEARCH) {
        s->find.begin = vt_anchored(s->vt, place->begin);
        s->find.top = s->find.begin.line;
    }
    screen_read_go(s, vt_anchored(s->vt, place->at));
}

/* ---- frames ---- */

static uint64_t later(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

void screen_touch(struct screen *s)
{
    s->due = AT_ONCE;
}

void screen_output_came(struct screen *s, uint64_t now)
{
    bool eager = now < s->typed_at + EAGER_MS;
    uint64_t quiet =
        eager ? now + 1 : later(now + QUIET_MS, s->drawn_at + PAUSE_MS);
    uint64_t frame = s->drawn_at + FRAME_MS;

    if (s->echo_due)
        s->due = AT_ONCE;
    else if (s->due != AT_ONCE)
        s->due = quiet < frame ? quiet : later(frame, AT_ONCE);
    s->echo_due = false;
}

uint64_t screen_wake(const struct screen *s)
{
    return s->sync_from != 0 ? s->sync_from + SYNC_MS : s->due;
}

/* A program that draws a synchronized frame (mode 2026) is left to end it. */
static bool held_back(struct screen *s, uint64_t now)
{
    if (!vt_synchronized(s->vt) || s->mode != SCREEN_NORMAL) {
        s->sync_from = 0;
        return false;
    }
    if (s->sync_from == 0)
        s->sync_from = now;
    return now < s->sync_from + SYNC_MS;
}

/* Once, when nothing else is told. */
static void tell_lost_text(struct screen *s)
{
    if (s->told_lost || s->say[0] != '\0' || !ui_lost_text(s->ui))
        return;
    s->told_lost = true;
    screen_say(s, "Not all text is in this locale%s",
               is_narrow(s) ? "" : "; LC_ALL=C.UTF-8 has it");
}

void screen_draw(struct screen *s, uint64_t now)
{
    struct ui_overlay overlay;
    unsigned answers = ui_answers_due(s->ui);

    if (s->due == 0 || now < s->due || held_back(s, now))
        return;
    overlay = screen_overlay(s);
    s->due = ui_draw(s->ui, s->vt, s->scroll, &overlay) ? 0 : now + FRAME_MS;
    if (ui_answers_due(s->ui) > answers)
        s->asked_at = now;
    s->drawn_at = now;
    tell_lost_text(s);
    s->sync_from = 0;
}
