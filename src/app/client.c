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
#include "app/client_inside.h"
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

#define SSH_PORT 22

/* ---- beginning ---- */

static void start_connect(struct client *c)
{
    struct connect_params params = {
        .opt = c->opt,
        .user = c->user,
        .user_is_known = c->was_open || c->opt->mode == RUN_DOCTOR ||
                         c->opt->mode == RUN_INSTALL_KEY ||
                         c->opt->mode == RUN_PROVE_KEY,
        .user_worked = c->was_open,
        .notes = &c->notes,
        .ladder = &c->ladder,
        .pty = c->front->wants_pty ? &c->front->pty : NULL,
        .command = client_is_doctor(c) ? doctor_command : c->opt->command,
        .answer_limit = client_is_doctor(c) ? CONNECT_EXAMINED : 0,
        .survey = c->survey,
        .can_ask = c->front->can_ask || c->asker != NULL,
        .by_program = c->asker != NULL,
        .terminal = c->front->terminal,
        .deep_colors = c->front->deep_colors,
        .piped = c->piped,
    };

    c->connect = connect_new(&params);
    client_wait_begin(c);
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

/* ---- the connection's part of a turn ---- */

static char *place(const struct options *opt, const char *user, bool with_port)
{
    struct buf b = { 0 };
    char *clean;

    if (user != NULL)
        buf_printf(&b, "%s@", user);
    if (!with_port || opt->port == SSH_PORT)
        buf_put_str(&b, opt->host);
    else if (strchr(opt->host, ':') != NULL)
        buf_printf(&b, "[%s]:%u", opt->host, opt->port);
    else
        buf_printf(&b, "%s:%u", opt->host, opt->port);
    clean = text_cleaned(buf_str(&b));
    buf_free(&b);
    return clean;
}

static void set_other(struct client *c, const char *user)
{
    mem_free(c->other);
    c->other = user != NULL ? mem_strdup(user) : NULL;
}

/* For what is said when the connection is gone. */
static void set_key(struct client *c)
{
    struct diagnosis_names names = diagnosis_names_of(c->opt);

    connect_name_key(c->connect, &names);
    mem_free(c->key_file);
    c->key_file = names.file != NULL ? mem_strdup(names.file) : NULL;
    c->agent_key = names.agent_key;
}

static void set_user(struct client *c, const char *user)
{
    mem_free(c->user);
    c->user = user != NULL ? mem_strdup(user) : NULL;
    mem_free(c->who);
    c->who = place(c->opt, user, false);
    mem_free(c->where);
    c->where = place(c->opt, user, true);
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
    c->front->notes = &c->notes;
    buf_put(&c->vanishing, c->notes.text.data, c->notes.text.len);
    notes_clear(&c->notes);
    c->front->ops->note(c->front, buf_str(&c->vanishing));
    buf_clear(&c->vanishing);
}

static void opened(struct client *c)
{
    set_user(c, connect_user(c->connect));
    c->session = connect_take_session(c->connect);
    keyadd_free(c->adding);
    c->adding = connect_take_adding(c->connect);
    c->memory = connect_take_memory(c->connect);
    connect_free(c->connect);
    c->connect = NULL;
    c->was_open = true;
    mem_free(c->account); /* of a reconnect that failed */
    c->account = NULL;
    mem_free(c->advice);
    c->advice = NULL;
    notes_log(&c->notes, "The session is open, as %s.", c->who);
    if (ssh_session_facts(c->session).pty_refused && !client_is_doctor(c))
        go_plain(c);
    else
        buf_clear(&c->vanishing); /* read, above the shell's first prompt */
    client_begin_own(c);
    c->front->session = c->session;
    c->front->waited = c->patience.on;
    c->patience.on = false;
    if (c->front->waited && c->front->notes_vanish) {
        notes_log(&c->notes, "Asking it now and then whether cloud-init still "
                             "runs, for it was waited for.");
        cloudinit_begin(&c->cloudinit, clock_ms());
    }
    c->front->ops->opened(c->front);
    client_show_state(c);
}

static void show_notes(struct client *c)
{
    if (c->notes.text.len == 0 || c->finished) /* last words go out last */
        return;
    if (c->patience.on && !c->asking && c->notes.level < NOTE_VERBOSE)
        return; /* the attempt may be one of many */
    c->front->ops->note(c->front, buf_str(&c->notes.text));
    if (c->front->notes_vanish && !c->was_open)
        buf_put(&c->vanishing, c->notes.text.data, c->notes.text.len);
    notes_clear(&c->notes);
}

static void ask(struct client *c, const struct connect *connect)
{
    const struct ui_question *question = connect_question(connect);

    c->asking = true;
    if (connect_user(connect) != NULL) /* it may be another one by now */
        set_user(c, connect_user(connect));
    show_notes(c); /* what led to the question stands before it */
    if (c->asker != NULL)
        asker_ask(c->asker, question);
    else
        c->front->ops->ask(c->front, question);
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
    struct err why;

    if (connect_survey_failed(c->connect)) {
        c->survey = false; /* it hung up: once more, as a login does */
        client_unask(c);
        client_drop(c);
        start_connect(c);
        return;
    }
    if (connect_user(c->connect) != NULL)
        set_user(c, connect_user(c->connect));
    c->fault = connect_fault(c->connect);
    set_other(c, connect_other_name(c->connect));
    set_key(c);
    connect_advise(c->connect, &lines);
    mem_free(c->advice);
    c->advice = buf_take_str(&lines);
    c->loss = *err;
    if (client_waits(c)) {
        client_show_state(c);
        return;
    }
    why = c->loss;
    client_lost(c, &why);
    if (c->advice[0] != '\0')
        notes_log(&c->notes, "%.*s", (int)strlen(c->advice) - 1, c->advice);
}

static void step_connect(struct client *c, uint64_t now)
{
    struct err err;

    err_clear(&err);
    if (c->pause != PAUSE_NONE) {
        client_step_pause(c);
        if (c->connect != NULL)
            client_show_state(c);
        return;
    }
    if (!take_answer(c, c->connect, &err)) {
        client_lost(c, &err);
        return;
    }
    switch (connect_step(c->connect, now, &err)) {
    case CONNECT_WAIT: client_show_state(c); break;
    case CONNECT_ASK:
        if (!c->asking)
            ask(c, c->connect);
        client_show_state(c);
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

static void step_session(struct client *c, const struct pollset *set,
                         uint64_t now)
{
    struct err err;

    err_clear(&err);
    if (pollset_ready(set, ssh_session_fd(c->session)) == 0)
        ssh_session_unready(c->session);
    switch (ssh_session_step(c->session, now, &err)) {
    case SSH_DONE: client_remote_ended(c); break;
    case SSH_FAILED: client_session_failed(c, &err); break;
    default:
        if (cloudinit_step(&c->cloudinit, c->session, now)) {
            if (c->cloudinit.words != NULL)
                notes_log(&c->notes, "%s.", c->cloudinit.words->full);
            client_show_state(c);
        }
        break;
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

static void show_trial(struct client *c, uint64_t now)
{
    struct buf told = { 0 };

    trial_progress(c->trial, now, &told);
    c->front->ops->trial(c->front, buf_str(&told), false);
    buf_free(&told);
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
    case TRIAL_WAIT: show_trial(c, now); break;
    case TRIAL_ASK:
        if (c->asking)
            break;
        ask(c, trial_connect(c->trial));
        show_trial(c, now);
        break;
    case TRIAL_DONE: end_trial(c, buf_str(&told)); break;
    }
    buf_free(&told);
}

/* ---- signals and wishes ---- */

static void suspend(struct client *c)
{
    c->front->ops->suspend(c->front);
    signals_suspend();
    c->front->ops->resume(c->front);
}

static void take_signals(struct client *c, struct pollset *set)
{
    int sig;

    while ((sig = signals_take()) != 0) {
        switch (sig) {
        case SIGWINCH: c->front->ops->resized(c->front); break;
        case SIGTSTP:
            suspend(c);
            pollset_clear(set); /* the shell may have read what was there */
            break;
        case SIGINT:
        case SIGQUIT:
        case SIGTERM:
        case SIGHUP:
            c->killed_by = sig;
            c->at_once = true;
            client_finish(c, STATUS_SIGNAL + sig);
            break;
        default: break;
        }
    }
}

static void grant_wish(struct client *c)
{
    enum front_wish wish = c->front->wish;

    c->front->wish = FRONT_NOTHING;
    switch (wish) {
    case FRONT_QUIT: client_quit(c); break;
    case FRONT_CANCEL: client_cancel(c); break;
    case FRONT_RECONNECT:
        notes_log(&c->notes, "Connecting again.");
        client_drop(c);
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
    if (c->connect != NULL && c->pause == PAUSE_NONE) {
        connect_watch(c->connect, set);
        wake = pollset_earlier(wake, connect_wake(c->connect));
    }
    wake = pollset_earlier(wake, client_wait_wake(c));
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
                    ssh_session_events(c->session));
        wake = pollset_earlier(wake, ssh_session_wake(c->session));
        wake = pollset_earlier(wake, cloudinit_wake(&c->cloudinit));
        if (!c->front->ops->showing(c->front))
            wake = pollset_earlier(wake, c->answer_due);
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
    take_signals(c, &set);
    c->front->ops->input(c->front, &set, now);
    if (c->connect != NULL)
        step_connect(c, now);
    else if (c->session != NULL)
        step_session(c, &set, now);
    if (c->adding != NULL)
        step_adding(c);
    if (c->trial != NULL)
        step_trial(c, now);
    show_notes(c);
    c->front->ops->output(c->front, now);
    client_step_own(c, now);
    grant_wish(c);
}

/* What the server said last is shown even where nobody takes it quickly, and
 * the agent gets its key. */
static bool is_over(const struct client *c)
{
    return c->finished && (c->at_once || (c->adding == NULL &&
                                          !c->front->ops->showing(c->front)));
}

static void run(struct client *c, struct client_end *end)
{
    c->survey = client_is_doctor(c);
    c->front = front_new(c->opt, &c->ladder, &c->notes);
    choose_asker(c);
    c->front->notes = &c->notes;
    signals_start();
    set_user(c, c->opt->user);
    begin(c);
    client_show_state(c);
    while (!is_over(c))
        turn(c);
    client_drop(c);
    client_put_words(c, end);
    keyadd_free(c->adding);
    asker_free(c->asker);
    c->front->ops->free(c->front);
    signals_stop();
    ladder_free(&c->ladder);
    buf_free(&c->offer);
    mem_free(c->other);
    mem_free(c->key_file);
    mem_free(c->who);
    mem_free(c->where);
}

void client_run(const struct options *opt, struct client_end *end)
{
    struct client c = { .opt = opt, .status = STATUS_ERROR };

    end->words = NULL;
    notes_init(&c.notes, note_level(opt));
    if (front_can_record(opt, &c.err) && piped_key_read(opt, &c.piped, &c.err))
        run(&c, end);
    secret_free(c.piped);
    end->status = c.status;
    end->signal = c.killed_by;
    end->err = c.err;
    end->account = c.account;
    end->user = c.user;
    buf_put(&c.vanishing, c.notes.last.data, c.notes.last.len);
    buf_put(&c.vanishing, c.notes.text.data, c.notes.text.len);
    end->notes = buf_take_str(&c.vanishing);
    notes_free(&c.notes);
}
