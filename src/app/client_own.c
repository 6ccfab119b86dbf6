/* client_own.c - commands of our own: do they run, and answer in time? */
#include "app/client_inside.h"

#include "app/about.h"
#include "app/front.h"
#include "app/loginname.h"
#include "base/text.h"
#include "config/options.h"
#include "ssh/session.h"

#define ADDING_MS 30000 /* ample for a few lines in a file */
#define PROOF_MS  5000

static bool is_about(const struct client *c)
{
    return c->opt->mode == RUN_ABOUT_VM;
}

/* The login is what counts. */
static bool is_proof(const struct client *c)
{
    return c->opt->mode == RUN_PROVE_KEY;
}

bool client_runs_own(const struct client *c)
{
    return is_about(c) || c->opt->mode == RUN_INSTALL_KEY;
}

void client_begin_own(struct client *c)
{
    uint64_t opened = ssh_session_opened(c->session);

    if (is_about(c))
        c->answer_due = opened + ABOUT_WAIT_MS;
    else if (client_runs_own(c))
        c->answer_due = opened + ADDING_MS;
    else if (is_proof(c))
        c->answer_due = opened + PROOF_MS;
}

/* ---- no answer ---- */

static bool explain_told(struct client *c, struct err *err)
{
    char name[LOGINNAME_MAX];

    if (!client_hears_name(c, name))
        return false;
    err_set(err, ERR_AUTH,
            "%s: the login works, but this machine wants its users to log in "
            "as %s",
            c->who, name);
    client_advise(c, FAULT_TOLD_USER, name);
    return true;
}

/* Something else has run in place of the command. */
static void explain_other(struct client *c, int status, struct err *err)
{
    static const enum ssh_stream streams[] = { SSH_STDOUT, SSH_STDERR };
    const struct buf *first;
    struct buf said = { 0 };
    bool ended;
    size_t i;

    for (i = 0; i < 2; i++) {
        first = ssh_session_first(c->session, streams[i], &ended);
        text_clean(&said, first->data, first->len, true);
    }
    err_set(err, ERR_PROTOCOL,
            "%s: the server did not run the commands that %s (exit status "
            "%d): this login runs a command of its own, or none",
            c->who, is_about(c) ? "ask" : "add the key", status);
    client_advise(c, fault_of_shell(buf_str(&said)), NULL);
    buf_free(&said);
}

static void explain_silence(const struct client *c, struct err *err)
{
    err_set(err, ERR_TIMEOUT,
            is_about(c)
                ? "%s: the machine has not told all within five seconds: its "
                  "login shell, or a program that was to tell it, hangs; log "
                  "in without --about-vm to see what does"
                : "%s: the commands that add the key have not ended within "
                  "half a minute, so whether it was added is not known: the "
                  "login shell, or a command that runs in its place, hangs; "
                  "log in without --install-key to see what does",
            c->who);
}

/* What has come is shown first, and somebody may take his time to take it. */
static bool is_unanswered(const struct client *c, uint64_t now)
{
    return now >= c->answer_due && !c->front->ops->showing(c->front);
}

void client_step_own(struct client *c, uint64_t now)
{
    struct err err;

    if (c->session == NULL || c->answer_due == 0)
        return;
    if (is_proof(c)) {
        if (now >= c->answer_due)
            client_finish(c, 0);
    } else if (explain_told(c, &err)) {
        client_lost(c, &err);
    } else if (is_unanswered(c, now)) {
        explain_silence(c, &err);
        client_lost(c, &err);
    }
}

void client_end_own(struct client *c, int status)
{
    bool ran = status >= OWN_STATUS_MIN && status <= OWN_STATUS_MAX;

    if (!ran && !explain_told(c, &c->err))
        explain_other(c, status, &c->err);
    client_finish(c, !ran ? STATUS_ERROR : is_about(c) ? 0 : status);
}
