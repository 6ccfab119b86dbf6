#include "sys/ask.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"
#include "base/wrap.h"
#include "sys/askpass.h"
#include "sys/clock.h"
#include "sys/pollset.h"
#include "sys/signals.h"
#include "sys/tty.h"
#include "sys/typed.h"

/* What the system's line editing holds (MAX_CANON of Linux is less). */
#define LINE_MAX_BYTES 4096
#define COLS_DEFAULT   80

enum ended { OPEN, ENTERED, CANCELLED };

struct question {
    struct tty *tty;
    const char *text;
    bool echo;
    struct secret *line;
    int fatal; /* the signal that ends the program */
};

bool ask_has_terminal(void)
{
    struct tty *tty = tty_open();

    tty_close(tty);
    return tty != NULL;
}

bool ask_possible(void)
{
    return ask_has_terminal() || askpass_program(false) != NULL;
}

bool ask_show(const char *text)
{
    struct tty *tty = tty_open();

    if (tty == NULL)
        return false;
    tty_print(tty, text);
    tty_close(tty);
    return true;
}

/* In lines that fit; the blank behind the prompt stays. */
static void show(const struct question *q)
{
    size_t n = strlen(q->text);
    struct buf lines = { 0 };
    unsigned cols, rows;

    if (!tty_size(tty_fd(q->tty), &cols, &rows))
        cols = COLS_DEFAULT;
    wrap_text(&lines, q->text, cols);
    if (n != 0 && q->text[n - 1] == ' ')
        buf_put_byte(&lines, ' ');
    tty_lines(q->tty, q->echo);
    tty_print(q->tty, buf_str(&lines));
    buf_free(&lines);
}

static enum ended take_signals(struct question *q)
{
    enum ended ended = OPEN;
    int sig;

    while ((sig = signals_take()) != 0) {
        switch (sig) {
        case SIGTSTP:
            tty_raw(q->tty, false);
            signals_suspend();
            break;
        case SIGCONT: show(q); break;
        case SIGINT: ended = CANCELLED; break;
        case SIGTERM:
        case SIGHUP:
        case SIGQUIT:
            q->fatal = sig;
            ended = CANCELLED;
            break;
        }
    }
    return ended;
}

/* Ctrl-D hands over what there is: nothing is the end. */
static enum ended take_bytes(struct question *q)
{
    struct secret *line = q->line;
    ssize_t n =
        read(tty_fd(q->tty), line->data + line->len, line->cap - line->len);

    if (n == -1)
        return errno == EINTR || errno == EAGAIN ? OPEN : CANCELLED;
    line->len += (size_t)n;
    if (line->len != 0 && line->data[line->len - 1] == '\n') {
        secret_cut(line, line->len - 1);
        return ENTERED;
    }
    return n == 0 || line->len == line->cap ? CANCELLED : OPEN;
}

static enum ended wait_for_line(struct question *q)
{
    struct pollfd fds[] = { { .fd = tty_fd(q->tty), .events = POLLIN },
                            { .fd = signals_fd(), .events = POLLIN } };
    enum ended ended;

    do {
        if (poll(fds, 2, -1) == -1)
            fds[0].revents = 0;
        ended = take_signals(q);
        if (ended == OPEN && fds[0].revents != 0)
            ended = take_bytes(q);
    } while (ended == OPEN);
    return ended;
}

/* ---- by a program ---- */

static struct secret *ask_program(const char *program, const char *text,
                                  struct err *err)
{
    struct askpass *a = askpass_start(program, text, false);
    enum askpass_state state;
    struct secret *line = NULL;
    struct pollset set;

    while ((state = askpass_step(a, err)) == ASKPASS_WAIT) {
        pollset_clear(&set);
        askpass_watch(a, &set);
        pollset_wait(&set, askpass_wake(a, clock_ms()));
    }
    if (state == ASKPASS_ANSWERED)
        line = askpass_take(a);
    else if (state == ASKPASS_CANCELLED)
        err_set(err, ERR_CANCELLED, "cancelled");
    askpass_free(a);
    return line;
}

/* ---- on the terminal ---- */

static struct secret *ask_terminal(const char *text, bool echo, struct err *err)
{
    struct question q = { .tty = tty_open(), .text = text, .echo = echo };
    enum ended ended;

    if (q.tty == NULL) {
        err_set(err, ERR_SYSTEM, "there is no terminal to ask on");
        return NULL;
    }
    q.line = secret_new(LINE_MAX_BYTES);
    signals_start();
    show(&q);
    ended = wait_for_line(&q);
    if (!echo || ended == CANCELLED)
        tty_print(q.tty, "\n");
    tty_close(q.tty);
    signals_stop();
    if (ended == ENTERED)
        return q.line;
    secret_free(q.line);
    if (q.fatal != 0)
        signals_die(q.fatal);
    err_set(err, ERR_CANCELLED, "cancelled");
    return NULL;
}

struct secret *ask_line(const char *text, bool echo, struct err *err)
{
    const char *program = askpass_program(ask_has_terminal());
    struct secret *line = program != NULL ? ask_program(program, text, err)
                                          : ask_terminal(text, echo, err);

    return line != NULL && !echo ? typed_utf8(line) : line;
}
