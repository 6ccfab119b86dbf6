/*
 * connect_silent.c - a server that says nothing.
 *
 * While a machine is waited for, the attempts are over in time also where it is
 * silent in the login; who examines it does not wait as long as who wants to be
 * let in.  A person's time is not the server's: whoever was asked, or had a key
 * to touch, has not done it in vain.
 */
#include "app/connecting.h"

#include "ssh/session.h"

#define PERSON 2000  /* ms: a question that stands so long is for a person */
#define JUDGED 20000 /* ms that the server has for what came of it */

static bool is_over(const struct connect *c, uint64_t now)
{
    if (c->answer_limit != 0 && now >= c->unanswered + c->answer_limit)
        return true;
    return c->until != 0 && now >= c->until &&
           (c->given_at == 0 || now >= c->given_at + JUDGED);
}

enum ssh_want connect_limit(struct connect *c, enum ssh_want want, uint64_t now,
                            struct err *err)
{
    struct ssh_facts facts = ssh_session_facts(c->session);

    if (want == SSH_FAILED)
        return want;
    c->unanswered = want == SSH_WAIT ? ssh_session_unanswered(c->session) : 0;
    if (c->unanswered != 0 && is_over(c, now))
        return ssh_session_give_up(c->session, err);
    if (want != SSH_WAIT && now >= facts.last_received + PERSON)
        c->given_at = now;
    return want;
}

/* In the key exchange it is always the server's turn, but for moments. */
static uint64_t unanswered_by(const struct connect *c)
{
    struct ssh_facts facts = ssh_session_facts(c->session);

    if (facts.kex[0] != '\0')
        return ssh_session_unanswered(c->session);
    return facts.last_received != 0 ? facts.last_received : c->connected_at;
}

uint64_t connect_unanswered(const struct connect *c)
{
    if (c->topic != TOPIC_NONE || c->failed)
        return 0;
    if (c->dial != NULL)
        return c->dialled_at;
    return c->session != NULL ? unanswered_by(c) : 0;
}

enum fault connect_silence(const struct connect *c, uint64_t *since)
{
    struct ssh_facts facts;

    *since = 0;
    if (c->session == NULL)
        return FAULT_NO_ANSWER;
    facts = ssh_session_facts(c->session);
    *since = facts.last_received;
    if (ssh_session_ident(c->session)[0] == '\0')
        return FAULT_MUTE;
    if (facts.kex[0] == '\0')
        return FAULT_KEX;
    if (ssh_session_unanswered(c->session) == 0)
        return FAULT_OTHER;
    *since = ssh_session_unanswered(c->session);
    return FAULT_SILENT;
}
