/*
 * client.c - the only loop.
 *
 * One turn: wait for the descriptors, signals and timers; take in what was
 * typed; let the connection go on; show what came.  Each part is bounded, so
 * a flood of output never makes the keyboard wait.
 */
#include "app/client.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include "app/asker.h"
#include "app/connect.h"
#include "app/diagnosis.h"
#include "app/doctor.h"
#include "app/front.h"
#include "app/keyadd.h"
#include "app/ladder.h"
#include "app/notes.h"
#include "app/piped_key.h"
#include "app/trial.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "config/options.h"
#include "ssh/session.h"
#include "sys/clock.h"
#include "sys/pollset.h"
#include "sys/signals.h"
#include "ui/question.h"

#define STATUS_ERROR  255
#define STATUS_SIGNAL 128

struct client {
    const struct options *opt;
    struct front *front;
    struct asker *asker;  /* puts the questions; NULL: the front does */
    struct ladder ladder; /* of the connection being made, or the last one */
    struct notes notes;
    struct buf vanishing;    /* shown and perhaps not read: a screen that closes
                             takes it away, so it is told again */
    struct secret *piped;    /* the key of "-i -", or NULL */
    struct connect *connect; /* while connecting */
    struct ssh_session *session; /* once open */
    struct keyadd *adding;       /* a key that the agent is to keep; or NULL */
    struct trial *trial;         /* a new login beside the session; or NULL */
    bool survey;                 /* for the doctor: every key is asked about */
    bool asking;
    bool was_open;     /* a reconnect that fails is no reason to leave */
    struct err loss;   /* why there is no connection, while the front goes on */
    char *advice;      /* what may be done about that, in lines; or NULL */
    enum fault fault;  /* of that, if it was never there */
    const char *other; /* another login name that may do; or NULL */
    char *user;        /* the login name, once known; NULL: to be asked */
    char *who;
    bool finished;
    bool at_once; /* leave without showing what still waits to be shown */
    int status;
    struct err err; /* why it ended; ERR_NONE: as the user or server wished */
    char *account;  /* the whole of it, if there is more to say; or NULL */
    int killed_by;  /* the signal that ends us, or 0 */
};

/* ---- beginning ---- */

static bool is_doctor(const struct client *c)
{
    return c->opt->mode == RUN_DOCTOR;
}

static void start_connect(struct client *c)
{
    struct connect_params params = {
        .opt = c->opt,
        .user = c->user,
        .notes = &c->notes,
        .ladder = &c->ladder,
        .pty = c->front->wants_pty ? &c->front->pty : NULL,
        .command = is_doctor(c) ? doctor_command : c->opt->command,
        .survey = c->survey,
        .can_ask = c->front->can_ask || c->asker != NULL,
        .terminal = c->front->terminal,
        .piped = c->piped,
    };

    c->connect = connect_new(&params);
}

static void begin(struct client *c)
{
    ladder_begin(&c->ladder, clock_ms());
    start_connect(c);
}

/* The front, or SSH_ASKPASS; BatchMode has nobody asked. */
static void choose_asker(struct client *c)
{
    if (!c->opt->batch)
        c->asker = asker_new(c->front->can_ask);
}

static enum note_level note_level(const struct options *opt)
{
    if (opt->quiet || (opt->mode == RUN_DOCTOR && opt->verbose == 0))
        return NOTE_QUIET;
    return opt->verbose < NOTE_DEBUG ? (enum note_level)opt->verbose
                                     : NOTE_DEBUG;
}

/* ---- ending ---- */

static void finish(struct client *c, int status)
{
    c->finished = true;
    c->status = status;
}

static void fail(struct client *c, const struct err *err)
{
    c->err = *err;
    finish(c, STATUS_ERROR);
}

static void drop_connection(struct client *c)
{
    if (c->asker != NULL)
        asker_drop(c->asker);
    trial_free(c->trial);
    c->trial = NULL;
    c->front->session = NULL;
    ssh_session_free(c->session);
    c->session = NULL;
    connect_free(c->connect);
    c->connect = NULL;
}

/* The channel closed, all it said is read: how did the remote side end? */
static void remote_ended(struct client *c)
{
    struct ssh_exit ended = ssh_session_exit(c->session);
    int number = signals_number(ended.signal);

    if (c->front->notes_vanish)
        c->front->ops->unread(c->front, &c->vanishing);
    if (ended.signal[0] != '\0') {
        notes_add(&c->notes, NOTE_NORMAL, "The remote side was ended by SIG%s.",
                  ended.signal);
        finish(c, number != 0 ? STATUS_SIGNAL + number : STATUS_ERROR);
    } else if (ended.known) {
        if (c->front->wants_pty)
            notes_add(&c->notes, NOTE_NORMAL, "Connection to %s closed.",
                      c->who);
        finish(c, ended.status);
    } else if (c->opt->no_command) {
        finish(c, 0);
    } else {
        err_set(&c->err, ERR_NETWORK,
                "%s: the connection closed without an exit status", c->who);
        finish(c, STATUS_ERROR);
    }
    drop_connection(c);
}

/* The connection is gone, or a reconnect failed. */
static void lost(struct client *c, const struct err *err)
{
    const char *account =
        c->connect != NULL ? connect_account(c->connect) : NULL;

    c->loss = *err;
    mem_free(c->account);
    c->account = account != NULL ? mem_strdup(account) : NULL;
    notes_log(&c->notes, "No connection: %s",
              account != NULL ? account : err->msg);
    c->asking = false;
    drop_connection(c);
    if (!c->front->ops->lost(c->front, &c->loss,
                             diagnosis_brief(c->fault, err->code)))
        fail(c, &c->loss);
    else if (c->account != NULL)
        notes_add(&c->notes, NOTE_NORMAL, "%s", c->account);
}

/* ---- the connection's part of a turn ---- */

static void set_user(struct client *c, const char *user)
{
    struct buf b = { 0 };

    mem_free(c->user);
    c->user = user != NULL ? mem_strdup(user) : NULL;
    if (user != NULL)
        buf_printf(&b, "%s@", user);
    buf_put_str(&b, c->opt->host);
    mem_free(c->who);
    c->who = text_cleaned(buf_str(&b));
    buf_free(&b);
}

/* What a diagnosis names. */
static struct diagnosis_names names_of(const struct client *c)
{
    return (struct diagnosis_names){
        .host = c->opt->host,
        .port = c->opt->port,
        .user = c->user,
        .other = c->other,
    };
}

static void show_state(struct client *c)
{
    struct front_state state = { .who = c->who };

    if (c->connect != NULL)
        state.progress = connect_progress(c->connect);
    c->front->ops->state(c->front, &state);
}

/*
 * Without a terminal there nothing is echoed, and Enter would be no line's end:
 * the one here has to do both, as it does for ssh.
 */
static void go_plain(struct client *c)
{
    notes_add(&c->notes, NOTE_NORMAL,
              "The server gives no terminal (PTY); programs may behave oddly.");
    if (!c->front->notes_vanish) { /* it is plain */
        c->front->wants_pty = false;
        return;
    }
    c->front->ops->free(c->front);
    c->front = pipe_front_new(c->opt);
    c->front->wants_pty = false;
    c->front->events = &c->notes.log;
    buf_put(&c->vanishing, c->notes.text.data, c->notes.text.len);
    buf_clear(&c->notes.text);
    c->front->ops->note(c->front, buf_str(&c->vanishing));
    buf_clear(&c->vanishing);
}

static void opened(struct client *c)
{
    set_user(c, connect_user(c->connect));
    c->session = connect_take_session(c->connect);
    keyadd_free(c->adding);
    c->adding = connect_take_adding(c->connect);
    connect_free(c->connect);
    c->connect = NULL;
    c->was_open = true;
    mem_free(c->account); /* of a reconnect that failed */
    c->account = NULL;
    mem_free(c->advice);
    c->advice = NULL;
    notes_log(&c->notes, "The session is open, as %s.", c->who);
    if (ssh_session_facts(c->session).pty_refused && !is_doctor(c))
        go_plain(c);
    else
        buf_clear(&c->vanishing); /* read, above the shell's first prompt */
    c->front->session = c->session;
    c->front->ops->opened(c->front);
    show_state(c);
}

static void ask(struct client *c, const struct connect *connect)
{
    const struct ui_question *question = connect_question(connect);

    if (c->asker != NULL)
        asker_ask(c->asker, question);
    else
        c->front->ops->ask(c->front, question);
    c->asking = true;
}

/* False, with *err set, if nobody could be asked. */
static bool take_answer(struct client *c, struct connect *connect,
                        struct err *err)
{
    struct ui_answer answer = { .cancelled = true };
    bool came = false, failed = false;

    if (c->asking && c->asker != NULL) {
        enum asker_state state = asker_step(c->asker, &answer, err);

        came = state == ASKER_ANSWERED;
        failed = state == ASKER_FAILED;
    } else if (c->asking) {
        came = c->front->ops->answer(c->front, &answer);
    }
    if (came) {
        c->asking = false;
        connect_answer(connect, answer.cancelled ? NULL : answer.line);
        secret_free(answer.line);
    }
    return !failed;
}

/* It never was there: what can be done is told with the loss. */
static void failed(struct client *c, const struct err *err)
{
    struct buf lines = { 0 };

    if (connect_survey_failed(c->connect)) {
        c->survey = false; /* it hung up: once more, as a login does */
        drop_connection(c);
        start_connect(c);
        return;
    }
    if (connect_user(c->connect) != NULL)
        set_user(c, connect_user(c->connect));
    c->fault = connect_fault(c->connect);
    c->other = connect_other_name(c->connect);
    connect_advise(c->connect, &lines);
    lost(c, err);
    if (lines.len != 0)
        notes_log(&c->notes, "%.*s", (int)lines.len - 1, buf_str(&lines));
    mem_free(c->advice);
    c->advice = buf_take_str(&lines);
}

static void step_connect(struct client *c, uint64_t now)
{
    struct err err;

    err_clear(&err);
    if (!take_answer(c, c->connect, &err)) {
        lost(c, &err);
        return;
    }
    switch (connect_step(c->connect, now, &err)) {
    case CONNECT_WAIT: show_state(c); break;
    case CONNECT_ASK:
        if (!c->asking)
            ask(c, c->connect);
        show_state(c);
        break;
    case CONNECT_OPEN: opened(c); break;
    case CONNECT_FAILED: failed(c, &err); break;
    }
}

/*
 * What came of it must not stand among what the remote side draws by now: a
 * note that would vanish with the screen is told behind it.
 */
static void step_adding(struct client *c)
{
    struct notes late;

    notes_init(&late, c->notes.level);
    if (keyadd_step(c->adding, &late)) {
        keyadd_free(c->adding);
        c->adding = NULL;
    }
    buf_put(c->front->notes_vanish ? &c->vanishing : &c->notes.text,
            late.text.data, late.text.len);
    notes_free(&late);
}

static void step_session(struct client *c, uint64_t now)
{
    struct err err;

    err_clear(&err);
    switch (ssh_session_step(c->session, now, &err)) {
    case SSH_DONE: remote_ended(c); break;
    case SSH_FAILED:
        c->fault = fault_of_session(ssh_session_fault(c->session));
        err_prefix(&err, "%s", c->who);
        lost(c, &err);
        break;
    default: break;
    }
}

/* ---- a new login, tested beside the session ---- */

/* result: NULL if it was stopped. */
static void end_trial(struct client *c, const char *result)
{
    trial_free(c->trial);
    c->trial = NULL;
    c->asking = false;
    if (c->asker != NULL)
        asker_drop(c->asker);
    if (result != NULL)
        notes_log(&c->notes, "%s", result);
    c->front->ops->trial(c->front, result, true);
}

static void step_trial(struct client *c, uint64_t now)
{
    struct buf told = { 0 };
    struct err err;

    err_clear(&err);
    if (!take_answer(c, trial_connect(c->trial), &err)) {
        end_trial(c, err.msg);
        return;
    }
    switch (trial_step(c->trial, now, c->who, &told)) {
    case TRIAL_WAIT:
        c->front->ops->trial(c->front,
                             connect_progress(trial_connect(c->trial)), false);
        break;
    case TRIAL_ASK:
        if (!c->asking)
            ask(c, trial_connect(c->trial));
        break;
    case TRIAL_DONE: end_trial(c, buf_str(&told)); break;
    }
    buf_free(&told);
}

static void show_notes(struct client *c)
{
    if (c->notes.text.len == 0 || c->finished) /* last words go out last */
        return;
    c->front->ops->note(c->front, buf_str(&c->notes.text));
    if (c->front->notes_vanish && !c->was_open)
        buf_put(&c->vanishing, c->notes.text.data, c->notes.text.len);
    buf_clear(&c->notes.text);
}

/* ---- signals and wishes ---- */

static void suspend(struct client *c)
{
    c->front->ops->suspend(c->front);
    signals_suspend();
    c->front->ops->resume(c->front);
}

static void take_signals(struct client *c)
{
    int sig;

    while ((sig = signals_take()) != 0) {
        switch (sig) {
        case SIGWINCH: c->front->ops->resized(c->front); break;
        case SIGTSTP: suspend(c); break;
        case SIGINT:
        case SIGQUIT:
        case SIGTERM:
        case SIGHUP:
            c->killed_by = sig;
            c->at_once = true;
            finish(c, STATUS_SIGNAL + sig);
            break;
        default: break;
        }
    }
}

static void quit(struct client *c)
{
    if (c->session == NULL && c->loss.code != ERR_NONE)
        c->err = c->loss;
    else if (c->session == NULL)
        err_set(&c->err, ERR_CANCELLED, "cancelled");
    else if (c->front->wants_pty)
        notes_add(&c->notes, NOTE_NORMAL, "Disconnected from %s.", c->who);
    c->at_once = true;
    finish(c, STATUS_ERROR);
}

/* The first connection is all there is; after a loss the screen stays. */
static void cancel(struct client *c)
{
    struct err err;

    if (!c->was_open) {
        quit(c);
    } else if (c->connect != NULL) {
        err_set(&err, ERR_CANCELLED, "cancelled");
        lost(c, &err);
    }
}

static void grant_wish(struct client *c)
{
    enum front_wish wish = c->front->wish;

    c->front->wish = FRONT_NOTHING;
    switch (wish) {
    case FRONT_QUIT: quit(c); break;
    case FRONT_CANCEL: cancel(c); break;
    case FRONT_RECONNECT:
        notes_log(&c->notes, "Connecting again.");
        drop_connection(c);
        begin(c);
        break;
    case FRONT_SUSPEND: suspend(c); break;
    case FRONT_TRY_LOGIN:
        if (c->session != NULL && c->trial == NULL)
            c->trial = trial_new(c->opt, c->user, c->piped, true);
        break;
    case FRONT_TRY_STOP: end_trial(c, NULL); break;
    case FRONT_NOTHING: break;
    }
}

/* ---- the loop ---- */

static void wait_turn(struct client *c, struct pollset *set)
{
    uint64_t wake = 0;

    pollset_clear(set);
    pollset_add(set, signals_fd(), POLLIN);
    c->front->ops->watch(c->front, set, &wake);
    if (c->asker != NULL) {
        asker_watch(c->asker, set);
        wake = pollset_earlier(wake, asker_wake(c->asker, clock_ms()));
    }
    if (c->connect != NULL) {
        connect_watch(c->connect, set);
        wake = pollset_earlier(wake, connect_wake(c->connect));
    }
    if (c->adding != NULL) {
        keyadd_watch(c->adding, set);
        wake = pollset_earlier(wake, keyadd_wake(c->adding));
    }
    if (c->trial != NULL) {
        trial_watch(c->trial, set);
        wake = pollset_earlier(wake, trial_wake(c->trial));
    }
    if (c->session != NULL) {
        pollset_add(set, ssh_session_fd(c->session),
                    ssh_session_wants_write(c->session) ? POLLIN | POLLOUT
                                                        : POLLIN);
        wake = pollset_earlier(wake, ssh_session_wake(c->session));
        if (ssh_session_busy(c->session) && c->front->ops->hungry(c->front))
            wake = 1;
    }
    pollset_wait(set, wake);
}

static void turn(struct client *c)
{
    struct pollset set;
    uint64_t now;

    wait_turn(c, &set);
    now = clock_ms();
    take_signals(c);
    c->front->ops->input(c->front, &set, now);
    if (c->connect != NULL)
        step_connect(c, now);
    else if (c->session != NULL)
        step_session(c, now);
    if (c->adding != NULL)
        step_adding(c);
    if (c->trial != NULL)
        step_trial(c, now);
    show_notes(c);
    c->front->ops->output(c->front, now);
    grant_wish(c);
}

/* What the server said last is shown even where nobody takes it quickly, and
 * the agent gets its key. */
static bool is_over(const struct client *c)
{
    return c->finished && (c->at_once || (c->adding == NULL &&
                                          !c->front->ops->showing(c->front)));
}

/* What may be done about a connection that failed, or the doctor's words. */
static void put_words(struct client *c, struct client_end *end)
{
    struct diagnosis_names names = names_of(c);
    struct buf words = { 0 };

    if (c->killed_by == 0 && is_doctor(c))
        c->status = doctor_report(c->front, c->fault, &c->err, &names, &words)
                        ? 0
                        : STATUS_ERROR;
    else if (c->err.code != ERR_NONE && c->advice != NULL && !c->opt->quiet)
        buf_put_str(&words, c->advice);
    end->words = buf_take_str(&words);
    mem_free(c->advice);
}

static void run(struct client *c, struct client_end *end)
{
    c->survey = is_doctor(c);
    c->front = front_new(c->opt, &c->ladder, &c->notes);
    choose_asker(c);
    c->front->events = &c->notes.log;
    signals_start();
    set_user(c, c->opt->user);
    begin(c);
    show_state(c);
    while (!is_over(c))
        turn(c);
    drop_connection(c);
    put_words(c, end);
    keyadd_free(c->adding);
    asker_free(c->asker);
    c->front->ops->free(c->front);
    signals_stop();
    ladder_free(&c->ladder);
    mem_free(c->who);
}

void client_run(const struct options *opt, struct client_end *end)
{
    struct client c = { .opt = opt, .status = STATUS_ERROR };

    end->words = NULL;
    notes_init(&c.notes, note_level(opt));
    if (piped_key_read(opt, &c.piped, &c.err))
        run(&c, end);
    secret_free(c.piped);
    end->status = c.status;
    end->signal = c.killed_by;
    end->err = c.err;
    end->account = c.account;
    end->user = c.user;
    buf_put(&c.vanishing, c.notes.text.data, c.notes.text.len);
    end->notes = buf_take_str(&c.vanishing);
    notes_free(&c.notes);
}
