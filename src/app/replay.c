/*
 * replay.c - a player: time, its speed, and places in the recording.
 *
 * Going back plays from the beginning, without showing it, which is fast
 * enough to need no other way.  It has a loop of its own, as there is nothing
 * else to wait for.
 */
#include "app/replay.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include "app/cast.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "sys/clock.h"
#include "sys/file.h"
#include "sys/pollset.h"
#include "sys/signals.h"
#include "ui/bar.h"
#include "ui/ui.h"
#include "vt/vt.h"

#define FILE_MAX   (512u * 1024 * 1024)
#define SCROLLBACK 10000u
#define TICK_MS    250u /* the clock in the status line */
#define SLICE_MS   50u  /* keys and signals wait no longer for a long way */
#define STEP_MS    5000
#define LEAP_MS    60000
#define SLOWEST    (-3) /* speeds are powers of two */
#define FASTEST    6

struct line {
    size_t from, len;
    uint64_t at; /* ms, never less than that of the one before */
};

struct replay {
    char *name; /* of the file, cleaned */
    struct buf file;
    struct cast_head head;
    struct line *lines; /* of events */
    uint64_t read_at;   /* ms: the time that the last one has in the file */
    size_t len, cap;

    struct ui *ui;
    struct vt *vt;
    size_t next;       /* the first event not yet shown */
    uint64_t at;       /* ms: where in the recording */
    uint64_t at_real;  /* clock_ms() when it was there */
    uint64_t drawn_at; /* clock_ms() of the last frame */
    int speed;         /* 0: as recorded, 1: twice as fast */
    bool paused, done;
    bool played; /* when the help was opened */
    int signal;
};

/* ---- loading ---- */

static uint64_t duration(const struct replay *r)
{
    return r->len != 0 ? r->lines[r->len - 1].at : 0;
}

static void add_line(struct replay *r, size_t from, size_t len, uint64_t at)
{
    if (r->len == r->cap) {
        r->cap = r->cap != 0 ? r->cap * 2 : 256;
        r->lines = mem_resize(r->lines, r->cap, sizeof *r->lines);
    }
    r->lines[r->len++] = (struct line){ from, len, at };
}

static size_t line_length(const struct replay *r, size_t from)
{
    const uint8_t *end = memchr(r->file.data + from, '\n', r->file.len - from);

    return end != NULL ? (size_t)(end - r->file.data) - from
                       : r->file.len - from;
}

/* When an event is to be played: pauses are cut as the head says. */
static uint64_t without_idleness(struct replay *r, uint64_t at)
{
    uint64_t gap = at > r->read_at ? at - r->read_at : 0;

    r->read_at += gap;
    if (r->head.idle_limit != 0 && gap > r->head.idle_limit)
        gap = r->head.idle_limit;
    return duration(r) + gap;
}

/* A last line that a crash cut off is left out. */
static bool index_lines(struct replay *r, struct err *err)
{
    const char *text = (const char *)r->file.data;
    struct cast_event ev;
    size_t at = 0, len, number = 1;

    if (r->file.len == 0)
        return err_set(err, ERR_FORMAT, "the file is empty");
    len = line_length(r, 0);
    if (!cast_read_head(text, len, &r->head, err))
        return false;
    for (at = len + 1; at < r->file.len; at += len + 1) {
        len = line_length(r, at);
        number++;
        if (len == 0)
            continue;
        if (!cast_read_event(text + at, len, &ev, NULL, err)) {
            if (at + len == r->file.len)
                break;
            return err_prefix(err, "line %zu", number);
        }
        add_line(r, at, len, without_idleness(r, ev.at));
    }
    return true;
}

/* ---- playing ---- */

static void show_event(struct replay *r, const struct line *line,
                       struct buf *text)
{
    struct cast_event ev;
    struct err err;

    if (!cast_read_event((const char *)r->file.data + line->from, line->len,
                         &ev, text, &err))
        return; /* it was read when the file was loaded */
    if (ev.kind == CAST_OUTPUT)
        vt_write(r->vt, text->data, text->len);
    else if (ev.kind == CAST_RESIZE)
        vt_resize(r->vt, ev.cols, ev.rows);
}

/* Is something not yet shown that was output up to now? */
static bool is_behind(const struct replay *r)
{
    return r->next < r->len && r->lines[r->next].at <= r->at;
}

/* Everything up to now, or a slice of it. */
static void catch_up(struct replay *r)
{
    struct buf text = { 0 }, reply = { 0 };
    uint64_t end = clock_ms() + SLICE_MS;

    while (is_behind(r) && clock_ms() < end)
        show_event(r, &r->lines[r->next++], &text);
    vt_take_reply(r->vt, &reply); /* nobody asked us */
    if ((vt_take_events(r->vt) & VT_EVENT_TITLE) != 0)
        ui_title(r->ui, vt_title(r->vt));
    buf_free(&text);
    buf_free(&reply);
}

static void rewind_all(struct replay *r)
{
    vt_reset(r->vt);
    vt_clear_scrollback(r->vt);
    vt_resize(r->vt, r->head.cols, r->head.rows);
    r->next = 0;
}

static void seek(struct replay *r, uint64_t at)
{
    if (at > duration(r))
        at = duration(r);
    if (r->next != 0 && r->lines[r->next - 1].at > at)
        rewind_all(r);
    r->at = at;
    r->at_real = clock_ms();
}

static uint64_t scaled(uint64_t ms, int speed)
{
    return speed >= 0 ? ms << speed : ms >> -speed;
}

static void advance(struct replay *r)
{
    uint64_t now = clock_ms(), passed = scaled(now - r->at_real, r->speed);

    if (r->paused || passed == 0)
        return;
    r->at_real = now;
    r->at += passed;
    if (r->at >= duration(r)) {
        r->at = duration(r);
        r->paused = true;
    }
}

/* ---- the status line ---- */

static void put_clock(char *out, size_t size, uint64_t ms)
{
    unsigned long long s = ms / 1000;

    if (s < 3600)
        snprintf(out, size, "%02llu:%02llu", s / 60, s % 60);
    else
        snprintf(out, size, "%llu:%02llu:%02llu", s / 3600, s / 60 % 60,
                 s % 60);
}

/* Put a state and a hint, or one of the shorter ones if these will do; false:
 * there is no room for both. */
static bool put_hint(const struct replay *r, struct ui_status *status,
                     const char *state, bool shorter)
{
    const char *const hints[] = {
        !r->paused             ? "Space pause  ? keys  q quit"
        : r->at == duration(r) ? "Space again  ? keys  q quit"
                               : "Space go on  ? keys  q quit",
        "? keys  q quit",
        "? keys",
    };
    unsigned cols, rows;
    size_t i;

    ui_size(r->ui, &cols, &rows);
    status->state = state;
    for (i = 0; i < (shorter ? sizeof hints / sizeof *hints : 1); i++) {
        status->right = hints[i];
        if (bar_fits(status, cols))
            return true;
    }
    return false;
}

static bool is_part(const struct replay *r)
{
    unsigned cols, rows;

    ui_size(r->ui, &cols, &rows);
    return cols < vt_cols(r->vt) || rows < vt_rows(r->vt);
}

/* That only a part is shown is worth more than all of the hint; the file's path
 * or its name is not. */
static void put_rest(const struct replay *r, struct ui_status *status,
                     const char *part)
{
    const char *base = strrchr(r->name, '/');
    bool done;

    if (is_part(r))
        done = put_hint(r, status, part, true) ||
               put_hint(r, status, "part", true);
    else
        done = put_hint(r, status, r->name, false) ||
               (base != NULL && put_hint(r, status, base + 1, false));
    if (!done)
        put_hint(r, status, "", true);
}

static void show_status(struct replay *r)
{
    char at[24], end[24], speed[16] = "", left[96], part[40];
    struct ui_status status = { .left = left };

    put_clock(at, sizeof at, r->at);
    put_clock(end, sizeof end, duration(r));
    if (r->speed != 0)
        snprintf(speed, sizeof speed, r->speed > 0 ? "  %ux" : "  1/%ux",
                 1u << (r->speed > 0 ? r->speed : -r->speed));
    snprintf(left, sizeof left, "%s/%s%s%s", at, end, speed,
             is_behind(r)           ? "  ..."
             : r->at == duration(r) ? "  end"
             : r->paused            ? "  paused"
                                    : "");
    snprintf(part, sizeof part, "part of %ux%u", vt_cols(r->vt),
             vt_rows(r->vt));
    put_rest(r, &status, part);
    ui_set_status(r->ui, &status);
}

/* ---- keys ---- */

static void help(struct replay *r)
{
    static const struct ui_question q = {
        .title = "Keys",
        .text = "Space         pause, go on\n"
                "Left Right    5 seconds back, on\n"
                "Down Up       a minute back, on\n"
                "0 to 9        to a tenth of it\n"
                "Home End      to the beginning, to the end\n"
                "- +           half as fast, twice as fast\n"
                ".             the next event\n"
                "q             quit",
    };

    r->played = !r->paused;
    r->paused = true;
    ui_ask(r->ui, &q);
}

static void help_closed(struct replay *r)
{
    secret_free(ui_take_answer(r->ui).line);
    r->paused = !r->played;
    r->at_real = clock_ms();
}

static void by_ms(struct replay *r, long ms)
{
    uint64_t by = (uint64_t)(ms < 0 ? -ms : ms);

    if (ms > 0)
        seek(r, r->at + by);
    else
        seek(r, r->at > by ? r->at - by : 0);
}

static void faster(struct replay *r, int by)
{
    int speed = r->speed + by;

    if (speed >= SLOWEST && speed <= FASTEST)
        r->speed = speed;
}

static void pause_or_go(struct replay *r)
{
    if (r->paused && r->at == duration(r))
        seek(r, 0);
    r->paused = !r->paused;
    r->at_real = clock_ms();
}

static void suspend(struct replay *r)
{
    ui_suspend(r->ui);
    signals_suspend();
    ui_resume(r->ui);
    vt_damage_all(r->vt);
    r->at_real = clock_ms();
}

static void letter(struct replay *r, const struct vt_key *key)
{
    if (key->ch >= '0' && key->ch <= '9') {
        seek(r, duration(r) / 10 * (key->ch - '0'));
        return;
    }
    switch (key->ch) {
    case ' ': pause_or_go(r); break;
    case '+':
    case '=':
    case '>': faster(r, 1); break;
    case '-':
    case '<': faster(r, -1); break;
    case '.':
        r->paused = true;
        if (r->next < r->len)
            seek(r, r->lines[r->next].at);
        break;
    case '?': help(r); break;
    case 'c': r->done = key->mods == VT_CTRL; break;
    case 'z':
        if (key->mods == VT_CTRL)
            suspend(r);
        break;
    case 'q': r->done = true; break;
    default: break;
    }
}

static void key_event(struct replay *r, const struct vt_key *key)
{
    switch (key->code) {
    case VT_KEY_CHAR: letter(r, key); break;
    case VT_KEY_LEFT: by_ms(r, -STEP_MS); break;
    case VT_KEY_RIGHT: by_ms(r, STEP_MS); break;
    case VT_KEY_DOWN: by_ms(r, -LEAP_MS); break;
    case VT_KEY_UP: by_ms(r, LEAP_MS); break;
    case VT_KEY_HOME: seek(r, 0); break;
    case VT_KEY_END: seek(r, duration(r)); break;
    case VT_KEY_ESCAPE: r->done = true; break;
    default: break;
    }
}

/* ---- the loop ---- */

static void take_signals(struct replay *r)
{
    int sig;

    while ((sig = signals_take()) != 0) {
        switch (sig) {
        case SIGWINCH: ui_resized(r->ui); break;
        case SIGTSTP: suspend(r); break;
        case SIGINT:
        case SIGQUIT:
        case SIGTERM:
        case SIGHUP:
            r->signal = sig;
            r->done = true;
            break;
        default: break;
        }
    }
}

/* The next event, or the next time that the clock is shown. */
static uint64_t wake(const struct replay *r, bool drawn)
{
    uint64_t now = clock_ms(), wait = TICK_MS;

    if (is_behind(r))
        return now;
    if (!drawn)
        return now + 1;
    if (r->paused)
        return 0;
    if (r->next < r->len && r->lines[r->next].at > r->at &&
        scaled(r->lines[r->next].at - r->at, -r->speed) < wait)
        wait = scaled(r->lines[r->next].at - r->at, -r->speed);
    return now + (wait != 0 ? wait : 1);
}

/* On a long way there is a frame now and then; false: some of it is left. */
static bool draw(struct replay *r)
{
    uint64_t now = clock_ms();

    if (is_behind(r) && now < r->drawn_at + TICK_MS)
        return true;
    r->drawn_at = now;
    show_status(r);
    return ui_draw(r->ui, r->vt, 0, NULL);
}

static void turn(struct replay *r)
{
    struct pollset set;
    struct ui_event ev;
    bool drawn;

    advance(r);
    catch_up(r);
    drawn = draw(r);
    pollset_clear(&set);
    pollset_add(&set, ui_fd(r->ui), POLLIN);
    pollset_add(&set, signals_fd(), POLLIN);
    pollset_wait(&set, pollset_earlier(ui_wake(r->ui), wake(r, drawn)));
    take_signals(r);
    while (!r->done && (ev = ui_read(r->ui, clock_ms())).kind != UI_NONE) {
        if (ev.kind == UI_KEY)
            key_event(r, &ev.key);
        else if (ev.kind == UI_ANSWER)
            help_closed(r);
        else if (ev.kind == UI_STOP)
            suspend(r);
        else if (ev.kind == UI_HANGUP)
            r->done = true;
    }
}

static bool play(struct replay *r, struct err *err)
{
    const struct ui_options ui_opt = { .status_line = true, .no_mouse = true };
    const struct vt_options vt_opt = { .cols = r->head.cols,
                                       .rows = r->head.rows,
                                       .scrollback = SCROLLBACK,
                                       .utf8_only = true };

    r->ui = ui_open(&ui_opt, err);
    if (r->ui == NULL)
        return false;
    signals_start();
    r->vt = vt_new(&vt_opt);
    r->at_real = clock_ms();
    while (!r->done)
        turn(r);
    ui_close(r->ui);
    vt_free(r->vt);
    signals_stop();
    return true;
}

bool replay_run(const char *path, int *signal, struct err *err)
{
    struct replay r = { .name = text_cleaned(path) };
    bool ok = file_read(path, FILE_MAX, &r.file, err);

    if (ok && !index_lines(&r, err))
        ok = err_prefix(err, "%s", path);
    ok = ok && play(&r, err);
    *signal = r.signal;
    mem_free(r.name);
    mem_free(r.lines);
    buf_free(&r.file);
    return ok;
}
