/*
 * connect_failure.c - why nobody was let in: the keys and their answers become
 * notes, the likeliest cause ends the error's sentence.
 */
#include "app/connecting.h"

#include <string.h>
#include "app/identity.h"
#include "app/loginname.h"
#include "app/notes.h"
#include "app/refusal.h"
#include "config/options.h"
#include "ssh/session.h"

/* OpenSSH's words, when more keys come than MaxAuthTries allows. */
static bool hung_up(const struct err *err)
{
    return strstr(err->msg, "Too many authentication failures") != NULL;
}

/* As far as it has said. */
static bool takes_keys(const struct connect *c)
{
    const char *methods = ssh_session_methods(c->session);

    return methods[0] == '\0' || strstr(methods, "publickey") != NULL;
}

static struct refusal_facts facts_of(const struct connect *c,
                                     const struct err *err)
{
    return (struct refusal_facts){
        .user = c->user != NULL ? c->user : "",
        .ident = ssh_session_ident(c->session),
        .hung_up = hung_up(err),
        .no_keys = c->opt->pubkey && c->opt->preferred == NULL &&
                   identities_count(c->ids) == 0,
        .takes_keys = takes_keys(c),
        .can_ask = c->can_ask,
        .asked = c->prompted,
        .by_agent = c->by_agent,
        .left_out = identities_left_out(c->ids),
    };
}

void connect_explain_keys(struct connect *c, struct err *err)
{
    struct refusal_facts facts = facts_of(c, err);
    struct buf list = { 0 }, cause = { 0 };
    struct err plain = *err;

    refusals_list(&c->refusals, &facts, &list);
    if (list.len != 0)
        notes_add(c->notes, NOTE_NORMAL, "%.*s", (int)list.len - 1,
                  buf_str(&list));
    c->fault = refusals_cause(&c->refusals, &facts, &cause);
    if (cause.len != 0)
        err_set(err, plain.code, "%s. %s", plain.msg, buf_str(&cause));
    buf_free(&list);
    buf_free(&cause);
}

enum connect_state connect_explain(struct connect *c, struct err *err)
{
    if (err->code == ERR_AUTH || hung_up(err)) {
        connect_note_refusal(c);
        connect_explain_keys(c, err);
    }
    identities_note_loose(c->ids, c->notes);
    if (err->code == ERR_AUTH)
        err_prefix(err, "%s@%s", c->user, connect_target(c));
    else if (c->opt->port != 22)
        err_prefix(err, "%s port %u", connect_target(c), c->opt->port);
    else
        err_prefix(err, "%s", connect_target(c));
    return CONNECT_FAILED;
}

bool connect_survey_failed(const struct connect *c)
{
    return c->failed && c->surveying && c->session != NULL &&
           ssh_session_fault(c->session) == SSH_FAULT_LOGIN;
}

const char *connect_other_name(const struct connect *c)
{
    if (c->session == NULL || c->user == NULL)
        return NULL;
    return loginname_other(ssh_session_ident(c->session), c->user);
}

void connect_advise(const struct connect *c, struct buf *out)
{
    struct diagnosis_names names = {
        .host = c->opt->host,
        .port = c->opt->port,
        .user = c->user,
        .other = connect_other_name(c),
    };

    diagnosis_lines(c->fault, &names, out);
}
