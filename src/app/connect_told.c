/*
 * connect_told.c - a session in which another name is told.
 *
 * cloud-init puts a command before root's keys that says "Please login as the
 * user "ubuntu" rather than the user "root"." and waits.  Where nobody has
 * named root that is followed, by a login that opens no key twice; else it is
 * offered, if a shell was wanted.  So until the session is known to print
 * something else nobody gets it: nothing that it prints is shown, and nothing
 * is sent to it.
 */
#include "app/connecting.h"

#include <string.h>
#include "app/notes.h"
#include "config/options.h"
#include "ssh/session.h"

#define LISTEN 3000 /* ms that a session may be silent */

bool connect_will_listen(const struct connect *c)
{
    return !c->opt->no_command && (c->naming.guessed || connect_may_offer(c));
}

bool connect_settled(const struct connect *c)
{
    return c->naming.settled || !connect_will_listen(c);
}

/* ---- another login ---- */

static enum connect_state follow(struct connect *c)
{
    size_t first = c->naming.first;
    size_t key = c->id != NULL ? c->next_id - 1 : 0;

    notes_add(c->notes, NOTE_NORMAL,
              "The machine wants %s to log in as %s; connecting as %s.",
              c->user, c->naming.told, c->naming.told);
    connect_take_back(c);
    connect_again(c, c->naming.told);
    c->naming.followed = true;
    c->naming.first = first; /* in the same order ... */
    c->next_id = key;        /* ... as those before it were refused */
    return connect_go_on(c);
}

static enum connect_state ask(struct connect *c)
{
    buf_clear(&c->text);
    buf_printf(&c->text,
               "The login works, but this machine wants %s to log in as %s.",
               c->user, c->naming.told);
    buf_clear(&c->prompt);
    buf_printf(&c->prompt, "Connect as %s? [Y/n] ", c->naming.told);
    c->question = (struct ui_question){
        .title = "Another user",
        .text = buf_str(&c->text),
        .prompt = buf_str(&c->prompt),
        .echo = true,
    };
    return connect_ask(c, TOPIC_TOLD);
}

enum connect_state connect_answer_told(struct connect *c, const char *typed)
{
    if (typed != NULL && connect_is_yes(typed))
        return follow(c);
    c->naming.settled = true;
    return connect_go_on(c);
}

/* ---- listening ---- */

static enum loginname_heard hear(struct connect *c, uint64_t now)
{
    bool ended;
    const struct buf *first = ssh_session_first(c->session, SSH_STDOUT, &ended);
    enum loginname_heard heard =
        loginname_hear(first->len != 0 ? (const char *)first->data : "",
                       first->len, c->naming.told);

    ended = ended || ssh_session_fd(c->session) == -1;
    if (heard == LOGINNAME_PERHAPS && (ended || now >= c->naming.listens))
        return LOGINNAME_NOTHING;
    return heard;
}

/* A name that was refused may be right by now, once, as the machine boots. */
static bool follows(const struct connect *c, const char *name)
{
    const struct naming *n = &c->naming;

    if (!n->guessed)
        return false;
    return connect_used(c, name) ? c->until != 0 && !n->followed
                                 : n->used_len != LOGINNAME_TRIES;
}

/* One that would be a fourth is not followed, but nothing forbids to ask. */
static bool asks(const struct connect *c, const char *name)
{
    return connect_asks_for_shell(c) && !connect_used(c, name);
}

/* Of a default file it was told at once. */
static void note_mistake(struct connect *c)
{
    const struct err *mistake = connect_mistake(c);

    if (mistake != NULL &&
        (c->opt->identities != 0 || c->mistake.code != ERR_NONE))
        notes_add(c->notes, NOTE_NORMAL, "%s", mistake->msg);
}

enum connect_state connect_listen(struct connect *c, uint64_t now,
                                  struct err *err)
{
    struct naming *n = &c->naming;
    bool told = false;

    connect_name_decided(c, false);
    if (connect_settled(c) && !connect_outlasts(c))
        return connect_outlast(c, now, err);
    if (connect_settled(c)) {
        connect_remember(c);
        note_mistake(c);
        return CONNECT_OPEN;
    }
    if (n->listens == 0)
        n->listens = now + LISTEN;
    switch (hear(c, now)) {
    case LOGINNAME_PERHAPS: return CONNECT_WAIT;
    case LOGINNAME_TOLD: told = strcmp(n->told, c->user) != 0; break;
    case LOGINNAME_NOTHING: break;
    }
    n->listens = 0;
    if (told && follows(c, n->told))
        return follow(c);
    if (told && asks(c, n->told))
        return ask(c);
    n->settled = true;
    return connect_go_on(c);
}
