/* client_end.c - how a connection ends, and the program with it. */
#include "app/client_inside.h"

#include <string.h>
#include "app/asker.h"
#include "app/connect.h"
#include "app/doctor.h"
#include "app/front.h"
#include "app/memory.h"
#include "app/trial.h"
#include "base/mem.h"
#include "config/options.h"
#include "ssh/session.h"
#include "sys/clock.h"
#include "sys/signals.h"

bool client_is_doctor(const struct client *c)
{
    return c->opt->mode == RUN_DOCTOR;
}

void client_finish(struct client *c, int status)
{
    c->finished = true;
    c->status = status;
}

static void fail(struct client *c, const struct err *err)
{
    c->err = *err;
    client_finish(c, STATUS_ERROR);
}

void client_unask(struct client *c)
{
    c->asking = false;
    if (c->asker != NULL)
        asker_drop(c->asker);
    c->front->ops->unask(c->front);
}

void client_drop(struct client *c)
{
    if (c->asker != NULL)
        asker_drop(c->asker);
    trial_free(c->trial);
    c->trial = NULL;
    c->cloudinit = (struct cloudinit){ 0 };
    c->front->session = NULL;
    ssh_session_free(c->session);
    c->session = NULL;
    connect_free(c->connect);
    c->connect = NULL;
    if (c->memory != NULL)
        memory_leave(c->memory);
    memory_free(c->memory);
    c->memory = NULL;
}

bool client_hears_name(const struct client *c, char name[LOGINNAME_MAX])
{
    bool ended;
    const struct buf *first = ssh_session_first(c->session, SSH_STDOUT, &ended);

    return first->len != 0 &&
           loginname_hear(first->data, first->len, name) == LOGINNAME_TOLD &&
           strcmp(name, c->user) != 0;
}

/* A name that was told, as cloud-init does, is the way on. */
static void note_told(struct client *c)
{
    char name[LOGINNAME_MAX];
    struct buf login = { 0 };

    if (client_runs_own(c) || !client_hears_name(c, name))
        return;
    diagnosis_put_login(name, c->opt->host, c->opt->port, &login);
    notes_add(&c->notes, NOTE_NORMAL,
              "The login as %s works, but this machine wants another user: "
              "%s.",
              c->user, buf_str(&login));
    buf_free(&login);
}

/* A program can end with eight bits only, and Windows knows more: what failed
 * is then no success. */
static int status_of(int remote)
{
    return remote != 0 && (remote & 0xff) == 0 ? STATUS_ERROR : remote & 0xff;
}

/* RFC 4254 section 6.10: a name with an @ is no signal's own.  OpenSSH has one
 * for all that the RFC does not list. */
static void note_signal(struct client *c, const char *name)
{
    if (strchr(name, '@') != NULL)
        notes_add(&c->notes, NOTE_NORMAL,
                  "The remote side was ended by a signal (%s).", name);
    else
        notes_add(&c->notes, NOTE_NORMAL, "The remote side was ended by SIG%s.",
                  name);
}

static void note_traffic(struct client *c)
{
    struct ssh_facts facts = ssh_session_facts(c->session);

    notes_add(&c->notes, NOTE_DEBUG, "Received %llu bytes, sent %llu.",
              (unsigned long long)facts.received,
              (unsigned long long)facts.sent);
}

void client_remote_ended(struct client *c)
{
    struct ssh_exit ended = ssh_session_exit(c->session);
    int number = signals_number(ended.signal);

    if (c->front->notes_vanish)
        c->front->ops->unread(c->front, &c->vanishing);
    note_told(c);
    note_traffic(c);
    if (ended.signal[0] != '\0') {
        note_signal(c, ended.signal);
        client_finish(c, number != 0 ? STATUS_SIGNAL + number : STATUS_ERROR);
    } else if (ended.known && client_runs_own(c)) {
        client_end_own(c, ended.status);
    } else if (ended.known || c->front->wants_pty) {
        if (c->front->wants_pty)
            notes_add(&c->notes, NOTE_NORMAL, "Connection to %s closed.",
                      c->who);
        client_finish(c, ended.known ? status_of(ended.status) : STATUS_ERROR);
    } else if (c->opt->no_command) {
        client_finish(c, 0);
    } else {
        err_set(&c->err, ERR_NETWORK,
                "%s: the connection closed without an exit status", c->who);
        client_finish(c, STATUS_ERROR);
    }
    client_drop(c);
    client_show_state(c);
}

void client_lost(struct client *c, const struct err *err)
{
    const char *account =
        c->connect != NULL ? connect_account(c->connect) : NULL;

    c->loss = *err;
    c->pause = PAUSE_NONE;
    mem_free(c->account);
    c->account = account != NULL ? mem_strdup(account) : NULL;
    notes_log(&c->notes, "No connection: %s",
              account != NULL ? account : err->msg);
    c->asking = false;
    client_drop(c);
    if (!c->front->ops->lost(c->front, &c->loss,
                             diagnosis_brief(c->fault, err->code)))
        fail(c, &c->loss);
    else if (c->account != NULL)
        notes_add(&c->notes, NOTE_NORMAL, "%s", c->account);
}

void client_session_failed(struct client *c, struct err *err)
{
    bool stillborn = connect_stillborn(c->session, err);

    c->fault = stillborn ? FAULT_LOGIN
                         : fault_of_session(ssh_session_fault(c->session));
    if (stillborn)
        client_advise(c, FAULT_LOGIN, NULL);
    err_prefix(err, "%s", c->who);
    client_lost(c, err);
    if (stillborn && !c->finished)
        notes_add(&c->notes, NOTE_NORMAL, "%s.\n%s", err->msg, c->advice);
}

/* By somebody who would rather not wait for what comes from here. */
static void stop_doctor(struct client *c)
{
    err_set(&c->err, ERR_CANCELLED, "ended while %s",
            connect_progress(c->connect));
    ladder_decide(&c->ladder, ladder_next(&c->ladder), RUNG_BROKEN, clock_ms(),
                  "%s", c->err.msg);
}

void client_quit(struct client *c)
{
    c->at_once = true;
    if (c->finished)
        return;
    if (c->session == NULL &&
        (client_wait_unanswered(c) || c->loss.code != ERR_NONE)) {
        c->err = c->loss;
        if (c->patience.on)
            err_prefix(&c->err, "no longer waiting");
    } else if (c->connect != NULL && client_is_doctor(c)) {
        stop_doctor(c);
    } else if (c->session == NULL) {
        err_set(&c->err, ERR_CANCELLED, "cancelled");
    } else if (c->front->wants_pty) {
        notes_add(&c->notes, NOTE_NORMAL, "Disconnected from %s.", c->who);
    }
    client_finish(c, STATUS_ERROR);
}

void client_cancel(struct client *c)
{
    struct err err;

    if (!c->was_open) {
        client_quit(c);
    } else if (c->connect != NULL) {
        err_set(&err, ERR_CANCELLED, "cancelled");
        client_lost(c, &err);
    }
}

/* ---- last words ---- */

struct diagnosis_names client_names(const struct client *c)
{
    struct diagnosis_names names = diagnosis_names_of(c->opt);

    names.user = c->user;
    names.other = c->other;
    names.agent_key = c->agent_key;
    if (names.file == NULL)
        names.file = c->key_file;
    names.waited = c->opt->wait != 0;
    return names;
}

void client_advise(struct client *c, enum fault fault, const char *other)
{
    struct diagnosis_names names = client_names(c);
    struct buf lines = { 0 };

    names.other = other;
    diagnosis_lines(fault, &names, &lines);
    mem_free(c->advice);
    c->advice = buf_take_str(&lines);
}

void client_put_words(struct client *c, struct client_end *end)
{
    struct diagnosis_names names = client_names(c);
    struct buf words = { 0 };

    if (c->killed_by == 0 && client_is_doctor(c))
        c->status = doctor_report(c->front, c->fault, &c->err, &names, &words)
                        ? 0
                        : STATUS_ERROR;
    else if (c->err.code != ERR_NONE && c->advice != NULL && !c->opt->quiet)
        buf_put_str(&words, c->advice);
    end->words = buf_take_str(&words);
    mem_free(c->advice);
}
