/* screen_front.c - the full-screen front's operations and the bytes' way. */
#include "app/screen.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/wrap.h"
#include "config/options.h"
#include "sys/clock.h"
#include "sys/pollset.h"
#include "sys/tty.h"

#define READ_CHUNK  (4u * 1024)   /* few: some bytes are much work */
#define READ_TURN   (256u * 1024) /* output taken in one turn */
#define READ_MS     50u           /* ... if it takes no longer than that */
#define INPUT_TURN  (256u * 1024) /* typed and pasted bytes in one turn */
#define REPLY_LIMIT (64u * 1024)  /* more answers to questions are dropped */
#define WAITING     (64u * 1024)  /* so many that wait are worth a word */
#define KEPT_ROOM   (1u << 20)    /* of a queue that was long */
#define ANSWER_MS   500u /* a terminal that takes longer will not answer */

static struct screen *self(struct front *f)
{
    return (struct screen *)f;
}

/* ---- size ---- */

void screen_fit(struct screen *s)
{
    struct screen_place place = { 0 };
    unsigned cols, rows, width, height;

    screen_release(s); /* it was meant for the old size */
    screen_note_place(s, &place);
    ui_size(s->ui, &cols, &rows);
    ui_cell_size(s->ui, &width, &height);
    vt_set_cell_size(s->vt, width, height);
    vt_resize(s->vt, cols, rows);
    s->front.pty.cols = cols;
    s->front.pty.rows = rows;
    if (s->front.session != NULL)
        ssh_session_resize(s->front.session, cols, rows);
    screen_scroll(s, 0);
    screen_find_place(s, &place);
    if (s->mode == SCREEN_LINKS) { /* each at another place */
        screen_back_to_work(s);
        screen_links_begin(s);
    }
    screen_record_size(s);
}

static void screen_resized(struct front *f)
{
    ui_resized(self(f)->ui);
    screen_fit(self(f));
}

static void screen_suspend(struct front *f)
{
    ui_suspend(self(f)->ui);
}

static void screen_resume(struct front *f)
{
    vt_free_keyboard(self(f)->vt);
    ui_resume(self(f)->ui);
    screen_resized(f);
}

/* ---- keyboard to server ---- */

static void screen_watch(struct front *f, struct pollset *set, uint64_t *wake)
{
    struct screen *s = self(f);

    *wake = pollset_earlier(ui_wake(s->ui), screen_wake(s));
    *wake = pollset_earlier(*wake, screen_select_wake(s));
    *wake = pollset_earlier(*wake, s->about_until);
    *wake = pollset_earlier(*wake, s->deaf_until);
    *wake = pollset_earlier(*wake, screen_clipboard_wake(s));
    *wake = pollset_earlier(*wake, screen_silence_wake(s));
    *wake = pollset_earlier(*wake, s->say_until);
    pollset_add(set, ui_fd(s->ui), POLLIN);
    if (s->input_left)
        *wake = AT_ONCE;
}

/* A program that does not read lets what is pasted wait here: say so. */
static void note_waiting(struct screen *s)
{
    size_t waiting = s->typed.len / WAITING * WAITING;

    if (waiting == s->waiting)
        return;
    s->waiting = waiting;
    screen_status(s);
}

static void flush_typed(struct screen *s)
{
    size_t n;

    if (s->front.session == NULL)
        buf_clear(&s->typed);
    while (s->typed.len != 0 &&
           (n = ssh_session_write(s->front.session, s->typed.data,
                                  s->typed.len)) != 0)
        buf_consume(&s->typed, n);
    if (s->typed.len == 0 && s->typed.cap > KEPT_ROOM)
        buf_free(&s->typed);
    note_waiting(s);
}

/* Is there anything to read, or an Esc that has waited long enough? */
static bool input_waits(const struct screen *s, const struct pollset *set,
                        uint64_t now)
{
    uint64_t wake = ui_wake(s->ui);

    return s->input_left || pollset_ready(set, ui_fd(s->ui)) != 0 ||
           (wake != 0 && now >= wake);
}

static void screen_input(struct front *f, const struct pollset *set,
                         uint64_t now)
{
    struct screen *s = self(f);
    size_t before = s->typed.len;
    struct ui_event ev;

    s->now = now;
    screen_select_tick(s);
    if (pollset_ready(set, ui_fd(s->ui)) != 0)
        ui_readable(s->ui);
    if (input_waits(s, set, now)) {
        do {
            ev = ui_read(s->ui, now);
            screen_event(s, &ev);
        } while (ev.kind != UI_NONE && s->typed.len < before + INPUT_TURN &&
                 s->front.wish == FRONT_NOTHING);
        s->input_left = ev.kind != UI_NONE;
    }
    screen_hold_tick(s);
    screen_lost_tick(s);
    screen_clipboard_tick(s);
    screen_say_tick(s);
    flush_typed(s);
}

/* ---- server to screen ---- */

/* A server that asks and asks, but reads no answer, must not fill memory. */
static void take_replies(struct screen *s)
{
    struct buf reply = { 0 };

    vt_take_reply(s->vt, &reply);
    if (s->typed.len < REPLY_LIMIT)
        buf_put(&s->typed, reply.data, reply.len);
    buf_free(&reply);
}

static void take_output(struct screen *s, const uint8_t *bytes, size_t n)
{
    bytes = screen_charset_in(s, bytes, &n);
    screen_show_output(s, bytes, n);
    screen_log_output(s, bytes, n);
    screen_record_output(s, bytes, n);
}

static void hear_vt(struct screen *s)
{
    take_replies(s);
    screen_vt_events(s);
}

void screen_took_output(struct screen *s)
{
    hear_vt(s);
    screen_select_check(s);
    screen_keep_place(s);
    screen_output_came(s, s->now);
}

static void screen_output(struct front *f, uint64_t now)
{
    struct screen *s = self(f);
    static const enum ssh_stream streams[] = { SSH_STDOUT, SSH_STDERR };
    uint8_t chunk[READ_CHUNK];
    uint64_t end = clock_ms() + READ_MS;
    size_t i, total = 0;
    long n;

    s->now = now;
    for (i = 0; s->front.session != NULL && i < 2; i++) {
        while (total < READ_TURN && clock_ms() < end &&
               (n = ssh_session_read(s->front.session, streams[i], chunk,
                                     sizeof chunk)) > 0) {
            take_output(s, chunk, (size_t)n);
            total += (size_t)n;
        }
    }
    if (total != 0)
        screen_took_output(s);
    else /* of a new size, of colours of the outside, of a reset by the user */
        hear_vt(s);
    screen_about_step(s);
    screen_silence_check(s);
    flush_typed(s); /* replies, and what the window may take by now */
    screen_draw(s, now);
}

static bool screen_hungry(const struct front *f)
{
    (void)f;
    return true;
}

static bool screen_showing(const struct front *f)
{
    const struct screen *s = (const struct screen *)f;

    /* The end of the session takes the screen away: not from a reader. */
    return screen_is_reading(s);
}

/* ---- what the loop tells ---- */

/* Does a text change?  Then keep a copy of the new one; NULL: there is none. */
static bool change(char **kept, const char *text)
{
    if (*kept == text ||
        (*kept != NULL && text != NULL && strcmp(*kept, text) == 0))
        return false;
    mem_free(*kept);
    *kept = text != NULL ? mem_strdup(text) : NULL;
    return true;
}

static void screen_state(struct front *f, const struct front_state *state)
{
    struct screen *s = self(f);
    struct buf progress = { 0 };
    bool changed = s->beside != state->beside || s->ended != state->ended;

    s->ended = state->ended;
    s->beside = state->beside;
    s->beside_brief = state->beside_brief;
    s->unanswered = state->unanswered;
    if (state->waiting != NULL)
        buf_printf(&progress, "waiting: %s", state->waiting);
    else if (state->progress != NULL)
        text_clean(&progress, state->progress, strlen(state->progress), false);
    changed |= change(&s->where, state->where);
    changed |= change(&s->waiting_brief, state->waiting_brief);
    changed |=
        change(&s->progress, progress.len != 0 ? buf_str(&progress) : NULL);
    if (changed)
        screen_status(s);
    buf_free(&progress);
}

/* For who plays the recording: of what vt_reset_all_but_text() does that which
 * can be seen. */
static const char after_loss[] =
    "\030\033<\033[?1049l\033[!p\033[65;1\"p\033]8;;\033\\\033%G\033[20l\033[r"
    "\033[?5W\033[?5l\033[ q\033]104\033\\\033]105\033\\\033]110\033\\"
    "\033]111\033\\\033]112\033\\\033]0;\033\\";

/*
 * The programs that ran when the connection was lost may have left the
 * alternate screen, margins, mouse reports, colours, a title and the like
 * behind: all but the text goes, and the new session begins below it, wherever
 * those programs had the cursor.
 */
static void clean_up_after_loss(struct screen *s)
{
    char below[24];
    bool wrapped;
    unsigned used = vt_rows(s->vt);

    if (!s->unclean)
        return;
    s->unclean = false;
    screen_release(s);
    vt_reset_all_but_text(s->vt);
    screen_record_output(s, after_loss, sizeof after_loss - 1);
    while (used != 0 && vt_line_length(s->vt, (long)used - 1, &wrapped) == 0)
        used--;
    snprintf(below, sizeof below, "\033[%uH%s", used, used != 0 ? "\r\n" : "");
    screen_write_own(s, below, strlen(below));
}

/* Notes go where a banner would: above the shell's first output. */
static void screen_note(struct front *f, const char *text)
{
    struct screen *s = self(f);
    struct buf lines = { 0 };
    size_t n;

    clean_up_after_loss(s);
    wrap_text(&lines, text, vt_cols(s->vt));
    text = buf_str(&lines);
    while (*text != '\0') {
        n = strcspn(text, "\n");
        screen_write_own(s, text, n);
        screen_write_own(s, "\r\n", 2);
        text += n + (text[n] == '\n' ? 1 : 0);
    }
    buf_free(&lines);
    screen_touch(s);
}

/* What the server said before, its banner too, stays in view. */
static void screen_ask(struct front *f, const struct ui_question *question)
{
    struct screen *s = self(f);
    struct vt_cursor cursor = vt_cursor(s->vt);
    struct ui_question q = *question;

    q.below = cursor.row + (cursor.col != 0);

    screen_drop_ahead(s); /* it may have been meant as the answer */
    s->answered = false;
    s->asked = true;
    s->trial_asked = s->trial_asked || s->trial_shown || s->trial != NULL;
    screen_unsettled(s);
    screen_read_end(s);
    screen_set_mode(s, SCREEN_NORMAL); /* it takes the place of a notice */
    ui_ask(s->ui, &q);
}

void screen_drop_asked(struct screen *s)
{
    if (s->asked)
        ui_drop(s->ui);
    s->asked = s->answered = false;
}

static bool screen_answer(struct front *f, struct ui_answer *out)
{
    struct screen *s = self(f);

    if (!s->answered)
        return false;
    s->answered = s->asked = false;
    *out = ui_take_answer(s->ui);
    return true;
}

static void screen_unask(struct front *f)
{
    screen_drop_asked(self(f));
}

static void screen_opened(struct front *f)
{
    struct screen *s = self(f);

    clean_up_after_loss(s);
    s->torn = s->lost = s->typed_into = false;
    ui_ask_colors(s->ui, s->vt);
    s->asked_at = clock_ms();
    if (f->waited)
        ui_beep(s->ui);
    s->opened_at = time(NULL);
    escape_init(&s->escape, s->front.opt->escape);
    if (s->mode == SCREEN_LOST)
        screen_back_to_work(s);
    screen_fit(s);
    screen_log_first(s);
    screen_record_begin(s);
    screen_send_ahead(s);
}

static void screen_trial(struct front *f, const char *text, bool done)
{
    screen_trial_told(self(f), text, done);
}

/*
 * A session may be over before the terminal has answered.  What came later
 * would stand at the prompt of the shell, and look like typed.
 */
static void hear_out(struct screen *s)
{
    uint64_t now, until = s->asked_at + ANSWER_MS;
    struct pollset set;

    while (ui_answers_due(s->ui) != 0 && (now = clock_ms()) < until) {
        pollset_clear(&set);
        pollset_add(&set, ui_fd(s->ui), POLLIN);
        pollset_wait(&set, until);
        while (ui_answers_due(s->ui) != 0 &&
               ui_read(s->ui, now).kind != UI_NONE)
            continue;
    }
}

static void screen_free(struct front *f)
{
    struct screen *s = self(f);

    screen_log_free(s); /* these may have something to say */
    screen_record_free(s);
    hear_out(s);
    screen_release(s);
    while (!s->front.notes_vanish && !ui_draw(s->ui, s->vt, 0, NULL))
        continue; /* the last frame stays */
    ui_close(s->ui);
    vt_free(s->vt);
    buf_free(&s->pty_modes);
    buf_free(&s->held);
    screen_drop_ahead(s);
    buf_free(&s->typed);
    mem_free(s->where);
    mem_free(s->own_name);
    mem_free(s->progress);
    mem_free(s->waiting_brief);
    mem_free(s->trial);
    mem_free(s->loss);
    mem_free(s->marks);
    screen_search_free(s);
    screen_select_free(s);
    screen_paste_free(s);
    screen_links_free(s);
    screen_charset_free(s);
    buf_free(&s->shown);
    mem_free(s);
}

static const struct front_ops screen_ops = {
    .free = screen_free,
    .watch = screen_watch,
    .hungry = screen_hungry,
    .input = screen_input,
    .output = screen_output,
    .showing = screen_showing,
    .state = screen_state,
    .note = screen_note,
    .ask = screen_ask,
    .answer = screen_answer,
    .unask = screen_unask,
    .opened = screen_opened,
    .lost = screen_lost,
    .unread = screen_unread,
    .trial = screen_trial,
    .resized = screen_resized,
    .suspend = screen_suspend,
    .resume = screen_resume,
};

struct front *screen_front_new(const struct options *opt, struct err *err)
{
    struct screen *s = mem_alloc(sizeof *s);
    struct ui_options ui_opt = { .status_line = opt->status_line };
    struct vt_options vt_opt = { .scrollback = opt->scrollback,
                                 .screen_reports = opt->screen_reports };

    tty_encode_modes_emulated(STDIN_FILENO, &s->pty_modes);
    if (screen_charset_open(s, opt->charset, err))
        s->ui = ui_open(&ui_opt, err);
    if (s->ui == NULL) {
        buf_free(&s->pty_modes);
        screen_charset_free(s);
        mem_free(s);
        return NULL;
    }
    ui_size(s->ui, &vt_opt.cols, &vt_opt.rows);
    vt_opt.utf8_only = s->charset != NULL;
    s->vt = vt_new(&vt_opt);
    s->log.fd = s->record.fd = -1;
    s->bell_kind = opt->bell;
    s->log_type = opt->log_type;
    s->clipboard = opt->clipboard;
    s->status_on = opt->status_line;
    escape_init(&s->escape, opt->escape);
    s->front = (struct front){
        .ops = &screen_ops,
        .opt = opt,
        .wants_pty = true,
        .terminal = s->charset != NULL ? TEXT_OTHER : TEXT_UTF8,
        .deep_colors = ui_is_deep(s->ui),
        .can_ask = !opt->batch,
        .offers = !opt->batch,
        .notes_vanish = ui_vanishes(s->ui),
        .pty = {
            .term = opt->terminal_type,
            .cols = vt_opt.cols,
            .rows = vt_opt.rows,
            .modes = s->pty_modes.data,
            .modes_len = s->pty_modes.len,
        },
    };
    return &s->front;
}
