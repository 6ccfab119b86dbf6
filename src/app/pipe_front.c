/*
 * pipe_front.c - standard input and output as they are.
 *
 * Binary clean, standard error apart.  With a pty (-t) the terminal is made
 * raw while the session is open, and the escape characters are looked for.
 */
#include "app/front.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "app/escape.h"
#include "app/info.h"
#include "app/outlet.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/wrap.h"
#include "config/options.h"
#include "sys/pollset.h"
#include "sys/tty.h"
#include "ui/plain.h"

#define CHUNK       (32u * 1024)
#define INPUT_LIMIT (256u * 1024)

struct pipe_front {
    struct front front;  /* first */
    struct plain *plain; /* while there may be questions */
    bool asking, answered;
    struct tty *tty; /* raw, while the session is open with a pty */
    struct buf pty_modes;
    struct escape escape;
    struct buf input; /* to the server, not yet taken by the channel */
    bool input_open;
    bool eof_sent;
    struct outlet out, err;
    const char *reason; /* why the machine is waited for, told last */
    size_t line;        /* bytes of the line about it that is shown */
};

static struct pipe_front *self(struct front *f)
{
    return (struct pipe_front *)f;
}

/* ---- waiting ---- */

static bool listens(const struct pipe_front *p)
{
    return p->plain != NULL && plain_listens(p->plain);
}

static bool wants_input(const struct pipe_front *p)
{
    return p->front.session != NULL && p->input_open &&
           p->input.len < INPUT_LIMIT;
}

static void pipe_watch(struct front *f, struct pollset *set, uint64_t *wake)
{
    struct pipe_front *p = self(f);

    *wake = 0;
    if (p->asking || listens(p))
        pollset_add(set, plain_fd(p->plain), POLLIN);
    if (wants_input(p))
        pollset_add(set, STDIN_FILENO, POLLIN);
    if (p->out.waiting.len != 0)
        pollset_add(set, p->out.fd, POLLOUT);
    if (p->err.waiting.len != 0)
        pollset_add(set, p->err.fd, POLLOUT);
}

static bool pipe_hungry(const struct front *f)
{
    const struct pipe_front *p = (const struct pipe_front *)f;

    return p->out.waiting.len == 0 && p->err.waiting.len == 0;
}

/* ---- input ---- */

/* Text of ours; a raw terminal must be told to go back to the first column. */
static void say(struct pipe_front *p, const char *text)
{
    struct buf lines = { 0 };

    for (; *text != '\0'; text++) {
        if (*text == '\n' && p->tty != NULL)
            buf_put_byte(&lines, '\r');
        buf_put_byte(&lines, (uint8_t)*text);
    }
    outlet_put(&p->err, lines.data, lines.len);
    buf_free(&lines);
}

static void help(struct pipe_front *p)
{
    struct buf text = { 0 };

    info_escape_help(&text, p->front.opt);
    say(p, buf_str(&text));
    buf_free(&text);
}

static void act(struct pipe_front *p, enum escape_action action)
{
    switch (action) {
    case ESCAPE_DISCONNECT: p->front.wish = FRONT_QUIT; break;
    case ESCAPE_SUSPEND: p->front.wish = FRONT_SUSPEND; break;
    case ESCAPE_HELP: help(p); break;
    case ESCAPE_NONE: break;
    }
}

static void take_typed(struct pipe_front *p, const uint8_t *data, size_t len)
{
    enum escape_action action;
    size_t used;

    if (p->tty == NULL) {
        buf_put(&p->input, data, len);
        return;
    }
    for (; len != 0; data += used, len -= used) {
        action = escape_filter(&p->escape, data, len, &p->input, &used);
        act(p, action);
    }
}

static void read_input(struct pipe_front *p)
{
    uint8_t chunk[CHUNK];
    ssize_t n = read(STDIN_FILENO, chunk, sizeof chunk);

    if (n > 0)
        take_typed(p, chunk, (size_t)n);
    else if (n == 0 || (errno != EINTR && errno != EAGAIN))
        p->input_open = false;
}

static void send_input(struct pipe_front *p)
{
    size_t n;

    if (p->front.opt->no_command)
        return;
    while (p->input.len != 0) {
        n = ssh_session_write(p->front.session, p->input.data, p->input.len);
        if (n == 0)
            return;
        buf_consume(&p->input, n);
    }
    if (!p->input_open && !p->eof_sent) {
        p->eof_sent = true;
        ssh_session_send_eof(p->front.session);
    }
}

static void read_answer(struct pipe_front *p)
{
    if (plain_read(p->plain)) {
        p->asking = false;
        p->answered = true;
    } else if (plain_wants_stop(p->plain)) {
        p->front.wish = FRONT_SUSPEND;
    }
}

/* Esc ends the waiting. */
static void read_stop(struct pipe_front *p)
{
    if (plain_stopped(p->plain))
        p->front.wish = FRONT_QUIT;
    else if (plain_wants_stop(p->plain))
        p->front.wish = FRONT_SUSPEND;
}

static void pipe_input(struct front *f, const struct pollset *set, uint64_t now)
{
    struct pipe_front *p = self(f);

    (void)now;
    if (p->asking && pollset_ready(set, plain_fd(p->plain)) != 0)
        read_answer(p);
    else if (listens(p) && pollset_ready(set, plain_fd(p->plain)) != 0)
        read_stop(p);
    if (wants_input(p) && pollset_ready(set, STDIN_FILENO) != 0)
        read_input(p);
    if (p->front.session != NULL)
        send_input(p);
}

/* ---- output ---- */

/* What --about-vm shows is for a person: nothing in it acts on the terminal,
 * whose lines are not broken within words.  Its rows come whole. */
static void put_about(struct outlet *out, const void *bytes, size_t n)
{
    struct buf clean = { 0 }, lines = { 0 };
    unsigned cols, rows;

    text_clean(&clean, bytes, n, true);
    if (tty_size(out->fd, &cols, &rows))
        wrap_rows(&lines, buf_str(&clean), cols);
    else
        buf_put(&lines, clean.data, clean.len);
    outlet_put(out, lines.data, lines.len);
    buf_free(&clean);
    buf_free(&lines);
}

static void relay(struct pipe_front *p, enum ssh_stream stream,
                  struct outlet *out)
{
    uint8_t chunk[CHUNK];
    bool about = p->front.opt->mode == RUN_ABOUT_VM;
    long n;

    while (out->waiting.len == 0 &&
           (n = ssh_session_read(p->front.session, stream, chunk,
                                 sizeof chunk)) > 0)
        (about ? put_about : outlet_put)(out, chunk, (size_t)n);
}

/* As a broken pipe ends other programs; other reasons are told. */
static void stop_output(struct pipe_front *p)
{
    char line[160];

    p->front.wish = FRONT_QUIT;
    if (p->out.error == EPIPE)
        return;
    snprintf(line, sizeof line, "vmconnect: cannot write the output: %s\n",
             strerror(p->out.error));
    say(p, line);
}

static void pipe_output(struct front *f, uint64_t now)
{
    struct pipe_front *p = self(f);

    (void)now;
    outlet_flush(&p->out);
    outlet_flush(&p->err);
    if (p->front.session != NULL) {
        send_input(p); /* the window may have opened since */
        relay(p, SSH_STDOUT, &p->out);
        relay(p, SSH_STDERR, &p->err);
    }
    if (p->out.broken && p->front.wish == FRONT_NOTHING)
        stop_output(p);
}

static bool pipe_showing(const struct front *f)
{
    return !pipe_hungry(f);
}

/* ---- what the loop tells ---- */

/* One line in place of the one before; "" takes that away. */
static void show_line(struct pipe_front *p, const char *text)
{
    struct buf line = { 0 };
    size_t n = strlen(text);

    if (p->line > n) /* what is longer goes first */
        buf_printf(&line, "\r%*s", (int)p->line, "");
    if (n != 0 || p->line != 0)
        buf_printf(&line, "\r%s", text);
    outlet_put(&p->err, line.data, line.len);
    p->line = n;
    buf_free(&line);
}

/* In the background, where a line that moves would stand in somebody's way. */
static bool is_behind(const struct pipe_front *p)
{
    return p->plain != NULL && !listens(p);
}

/* On a narrow terminal in brief; whom it is waited for stands above. */
static void show_waiting(struct pipe_front *p, const struct front_state *state)
{
    const char *stops = listens(p) ? " (Esc stops)" : "";
    struct buf line = { 0 };
    unsigned cols, rows;

    buf_printf(&line, "Waiting for %s: %s%s", state->who, state->waiting,
               stops);
    if (!isatty(p->err.fd) || is_behind(p)) {
        buf_put_byte(&line, '\n');
        if (state->reason != p->reason)
            say(p, buf_str(&line));
        buf_free(&line);
        return;
    }
    if (tty_size(p->err.fd, &cols, &rows) && line.len >= cols) {
        buf_clear(&line);
        buf_printf(&line, "%s%s", state->waiting_brief, stops);
        if (line.len >= cols)
            buf_clear(&line);
    }
    show_line(p, buf_str(&line));
    buf_free(&line);
}

/* Pipes are silent, but for a machine that is waited for. */
static void pipe_state(struct front *f, const struct front_state *state)
{
    struct pipe_front *p = self(f);

    if (p->asking)
        return;
    if (p->plain != NULL)
        plain_listen(p->plain, state->waiting != NULL);
    if (state->waiting == NULL)
        show_line(p, "");
    else if (!f->opt->quiet)
        show_waiting(p, state);
    p->reason = state->reason;
}

static void pipe_note(struct front *f, const char *text)
{
    struct buf lines = { 0 };
    unsigned cols, rows;

    if (tty_size(STDERR_FILENO, &cols, &rows))
        wrap_text(&lines, text, cols);
    else
        buf_put_str(&lines, text);
    show_line(self(f), "");
    say(self(f), buf_str(&lines));
    buf_free(&lines);
}

static void pipe_ask(struct front *f, const struct ui_question *question)
{
    struct pipe_front *p = self(f);

    show_line(p, "");
    outlet_finish(&p->err);
    plain_ask(p->plain, question);
    p->asking = true;
    p->answered = false;
}

static bool pipe_answer(struct front *f, struct ui_answer *out)
{
    struct pipe_front *p = self(f);

    if (!p->answered)
        return false;
    p->answered = false;
    *out = plain_take_answer(p->plain);
    return true;
}

static void pipe_unask(struct front *f)
{
    struct pipe_front *p = self(f);

    if (!p->asking)
        return;
    p->asking = false;
    plain_drop(p->plain);
    plain_listen(p->plain, true);
}

static void pipe_opened(struct front *f)
{
    struct pipe_front *p = self(f);

    show_line(p, "");
    if (f->waited && isatty(p->err.fd))
        say(p, "\a");
    plain_close(p->plain);
    p->plain = NULL;
    if (f->wants_pty && isatty(STDIN_FILENO))
        p->tty = tty_open();
    if (p->tty != NULL)
        tty_transparent(p->tty);
    escape_init(&p->escape, f->opt->escape);
}

static bool pipe_lost(struct front *f, const struct err *err, const char *brief)
{
    (void)f;
    (void)err;
    (void)brief;
    return false;
}

static void pipe_resized(struct front *f)
{
    if (f->wants_pty && tty_size(STDIN_FILENO, &f->pty.cols, &f->pty.rows) &&
        f->session != NULL)
        ssh_session_resize(f->session, f->pty.cols, f->pty.rows);
}

static void pipe_suspend(struct front *f)
{
    struct pipe_front *p = self(f);

    if (p->tty != NULL)
        tty_raw(p->tty, false);
    if (p->plain != NULL)
        plain_pause(p->plain);
}

static void pipe_resume(struct front *f)
{
    struct pipe_front *p = self(f);

    if (p->tty != NULL)
        tty_transparent(p->tty);
    if (p->plain != NULL)
        plain_redraw(p->plain);
    pipe_resized(f);
}

static void pipe_free(struct front *f)
{
    struct pipe_front *p = self(f);

    show_line(p, "");
    outlet_finish(&p->err);
    plain_close(p->plain);
    tty_close(p->tty);
    outlet_free(&p->out);
    outlet_free(&p->err);
    buf_free(&p->pty_modes);
    buf_free(&p->input);
    mem_free(p);
}

static const struct front_ops pipe_ops = {
    .free = pipe_free,
    .watch = pipe_watch,
    .hungry = pipe_hungry,
    .input = pipe_input,
    .output = pipe_output,
    .showing = pipe_showing,
    .state = pipe_state,
    .note = pipe_note,
    .ask = pipe_ask,
    .answer = pipe_answer,
    .unask = pipe_unask,
    .opened = pipe_opened,
    .lost = pipe_lost,
    .resized = pipe_resized,
    .suspend = pipe_suspend,
    .resume = pipe_resume,
};

/* As ssh decides: a shell from a terminal gets a pty, a command does not. */
static bool pty_wanted(const struct options *opt)
{
    if (opt->no_command || opt->tty == TTY_NO)
        return false;
    if (opt->tty == TTY_FORCE)
        return true;
    return isatty(STDIN_FILENO) &&
           (opt->command == NULL || opt->tty == TTY_YES);
}

static const char *local_term(void)
{
    const char *term = getenv("TERM");

    return term != NULL && term[0] != '\0' ? term : "dumb";
}

struct front *pipe_front_new(const struct options *opt)
{
    struct pipe_front *p = mem_alloc(sizeof *p);

    p->input_open = !opt->no_command;
    outlet_init(&p->out, STDOUT_FILENO);
    outlet_init(&p->err, STDERR_FILENO);
    if (!opt->batch)
        p->plain = plain_open();
    tty_encode_modes(STDIN_FILENO, &p->pty_modes);
    p->front = (struct front){
        .ops = &pipe_ops,
        .opt = opt,
        .wants_pty = pty_wanted(opt),
        .can_ask = p->plain != NULL,
        .pty = {
            .term = local_term(),
            .cols = 80,
            .rows = 24,
            .modes = p->pty_modes.data,
            .modes_len = p->pty_modes.len,
        },
    };
    tty_size(STDIN_FILENO, &p->front.pty.cols, &p->front.pty.rows);
    return &p->front;
}
