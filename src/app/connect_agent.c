/*
 * connect_agent.c - AddKeysToAgent: the key whose passphrase was typed stays
 * in its keyholder until the server has accepted it, then the SSH agent gets
 * it.  The login waits for none of that, but for the user's yes if the
 * setting is "ask".
 */
#include "app/connecting.h"

#include "app/identity.h"
#include "app/keyadd.h"
#include "app/keyagent.h"
#include "app/keyholder.h"
#include "base/text.h"
#include "config/options.h"
#include "ssh/session.h"

static bool is_wanted(const struct connect *c)
{
    enum add_keys add = c->opt->add_keys;

    return add != ADD_KEYS_NO && (add != ADD_KEYS_ASK || c->can_ask) &&
           identity_locked(c->id) && keyagent_path(c->agent) != NULL;
}

void connect_keep_key(struct connect *c)
{
    connect_forget_added(c);
    if (is_wanted(c)) {
        c->adding = keyadd_new(c->holder, c->id, keyagent_path(c->agent));
        c->added_id = c->id;
        c->added_name = identity_name(c->id);
        c->added_description = identity_description(c->id);
    } else if (c->until != 0 || connect_will_listen(c)) {
        keyholder_free(c->kept);
        c->kept = c->holder;
        c->kept_id = c->id;
    } else {
        keyholder_free(c->holder);
    }
    c->holder = NULL;
}

void connect_forget_added(struct connect *c)
{
    if (c->adding != NULL && keyadd_begun(c->adding))
        return;
    keyadd_free(c->adding);
    c->adding = NULL;
}

void connect_take_back(struct connect *c)
{
    if (c->adding == NULL || keyadd_begun(c->adding))
        return;
    keyholder_free(c->kept);
    c->kept = keyadd_give_back(c->adding);
    c->adding = NULL;
    c->kept_id = c->added_id;
}

static enum connect_state ask(struct connect *c)
{
    static const struct ui_choice choices[] = {
        { "y", "the agent signs with it from now on" },
        { "Enter", "no" },
    };

    buf_clear(&c->text);
    buf_printf(&c->text, "This key was accepted:\n  %s\n  %s", c->added_name,
               c->added_description);
    c->question = (struct ui_question){
        .title = "SSH agent",
        .text = buf_str(&c->text),
        .prompt = "Add it to the SSH agent? ",
        .echo = true,
        .choices = choices,
        .choices_len = sizeof choices / sizeof *choices,
    };
    return connect_ask(c, TOPIC_ADD);
}

bool connect_add_due(const struct connect *c)
{
    return c->adding != NULL && !keyadd_begun(c->adding) &&
           connect_settled(c) && connect_outlasts(c) &&
           (c->key_accepted || ssh_session_logged_in(c->session));
}

enum connect_state connect_add_key(struct connect *c)
{
    if (c->opt->add_keys == ADD_KEYS_ASK)
        return ask(c);
    keyadd_begin(c->adding, c->opt);
    return connect_go_on(c);
}

/* A cancelled question is a no, and no reason to give up the login. */
enum connect_state connect_answer_add(struct connect *c, const char *typed)
{
    if (typed != NULL && (text_same(typed, "y") || text_same(typed, "yes")))
        keyadd_begin(c->adding, c->opt);
    else
        connect_forget_added(c);
    return connect_go_on(c);
}

void connect_step_adding(struct connect *c)
{
    if (c->adding == NULL || !keyadd_begun(c->adding) ||
        !keyadd_step(c->adding, c->notes))
        return;
    keyadd_free(c->adding);
    c->adding = NULL;
}

struct keyadd *connect_take_adding(struct connect *c)
{
    struct keyadd *k = c->adding;

    c->adding = NULL;
    return k;
}
