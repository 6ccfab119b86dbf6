/* client_about.c - --about-vm: is what comes an answer, and in time? */
#include "app/client_inside.h"

#include "app/about.h"
#include "app/front.h"
#include "app/loginname.h"
#include "base/mem.h"
#include "base/text.h"
#include "config/options.h"
#include "ssh/session.h"

bool client_is_about(const struct client *c)
{
    return c->opt->mode == RUN_ABOUT_VM;
}

void client_begin_about(struct client *c)
{
    if (client_is_about(c))
        c->answer_due = ssh_session_facts(c->session).opened + ABOUT_WAIT_MS;
}

/* ---- no answer ---- */

static void advise(struct client *c, enum fault fault, const char *other)
{
    struct diagnosis_names names = client_names(c);
    struct buf lines = { 0 };

    names.other = other;
    diagnosis_lines(fault, &names, &lines);
    mem_free(c->advice);
    c->advice = buf_take_str(&lines);
}

static bool explain_told(struct client *c, struct err *err)
{
    char name[LOGINNAME_MAX];

    if (!client_hears_name(c, name))
        return false;
    err_set(err, ERR_AUTH,
            "%s: the login works, but this machine wants its users to log in "
            "as %s",
            c->who, name);
    advise(c, FAULT_TOLD_USER, name);
    return true;
}

/* Something else has run in place of the command. */
static void explain_other(struct client *c, int status, struct err *err)
{
    bool ended;
    const struct buf *first = ssh_session_first(c->session, SSH_STDOUT, &ended);
    struct buf said = { 0 };

    text_clean(&said, first->data, first->len, true);
    err_set(err, ERR_PROTOCOL,
            "%s: the server did not run the commands that ask (exit status "
            "%d): this login runs a command of its own, or none, so nothing is "
            "known of the machine",
            c->who, status);
    advise(c, fault_of_shell(buf_str(&said)), NULL);
    buf_free(&said);
}

static void explain_silence(const struct client *c, struct err *err)
{
    err_set(err, ERR_TIMEOUT,
            "%s: the machine has not told all within five seconds: its login "
            "shell, or a program that was to tell it, hangs; log in without "
            "--about-vm to see what does",
            c->who);
}

/* What has come is shown first, and somebody may take his time to take it. */
static bool is_unanswered(const struct client *c, uint64_t now)
{
    return now >= c->answer_due && !c->front->ops->showing(c->front);
}

void client_step_about(struct client *c, uint64_t now)
{
    struct err err;

    if (c->session == NULL || !client_is_about(c))
        return;
    if (explain_told(c, &err)) {
        client_lost(c, &err);
    } else if (is_unanswered(c, now)) {
        explain_silence(c, &err);
        client_lost(c, &err);
    }
}

void client_end_about(struct client *c, int status)
{
    bool answered = status == ABOUT_STATUS;

    if (!answered && !explain_told(c, &c->err))
        explain_other(c, status, &c->err);
    client_finish(c, answered ? 0 : STATUS_ERROR);
}
