/*
 * connect_keys.c - which key, its passphrase, its signature.
 *
 * A key's public half is offered first; the passphrase is asked for when the
 * server takes it, or before that where nothing shows the public half.
 */
#include "app/connecting.h"

#include <stdio.h>
#include "app/identity.h"
#include "app/notes.h"
#include "base/secret.h"
#include "config/options.h"
#include "ssh/session.h"

static enum connect_state ask_passphrase(struct connect *c, enum topic topic,
                                         const char *why)
{
    const char *description = identity_description(c->id);

    buf_clear(&c->text);
    if (why != NULL)
        buf_printf(&c->text, "%s\n", why);
    if (topic == TOPIC_SIGN)
        buf_printf(&c->text, "The server takes this key as %s:\n", c->user);
    else
        buf_put_str(&c->text, "This file shows its public half only to the "
                              "passphrase:\n");
    buf_printf(&c->text, "  %s", identity_name(c->id));
    if (description[0] != '\0')
        buf_printf(&c->text, "\n  %s", description);
    c->question = (struct ui_question){
        .title = "Key passphrase",
        .text = buf_str(&c->text),
        .prompt = "Passphrase: ",
        .alert = why != NULL,
    };
    return connect_ask(c, topic);
}

/*
 * This key cannot be used.  Another one may do; after the last it is the end.
 */
static enum connect_state give_up_key(struct connect *c, enum topic topic,
                                      struct err *err)
{
    if (c->next_id == identities_count(c->ids))
        return CONNECT_FAILED;
    notes_add(c->notes, NOTE_NORMAL, "%s (passed over)", err->msg);
    identity_lock(c->id);
    c->id = NULL;
    if (topic == TOPIC_UNLOCK)
        return connect_next_key(c, err);
    ssh_session_refuse_signature(c->session);
    return connect_go_on(c);
}

/* The key did not open: ask for its passphrase (again), or give it up. */
static enum connect_state not_opened(struct connect *c, enum topic topic,
                                     const struct secret *typed,
                                     struct err *err)
{
    char why[80];

    if (err->code != ERR_PASSPHRASE)
        return give_up_key(c, topic, err);
    if (!c->can_ask) {
        err_set(err, ERR_PASSPHRASE,
                "%s: this key needs its passphrase, and there is nobody to "
                "ask; connect from a terminal",
                identity_name(c->id));
        return give_up_key(c, topic, err);
    }
    if (typed == NULL)
        return ask_passphrase(c, topic, NULL);
    if (++c->tries >= c->opt->passphrase_tries) {
        err_set(err, ERR_AUTH, "%s: wrong passphrase, %u times; not logged in",
                identity_name(c->id), c->tries);
        return give_up_key(c, topic, err);
    }
    snprintf(why, sizeof why, "%s Try %u of %u.",
             typed->len != 0 ? "Wrong passphrase."
                             : "This key needs its passphrase.",
             c->tries + 1, c->opt->passphrase_tries);
    return ask_passphrase(c, topic, why);
}

static enum connect_state offer(struct connect *c)
{
    size_t len;
    const uint8_t *blob = identity_blob(c->id, &len);

    notes_add(c->notes, NOTE_VERBOSE, "Offering %s (%s).", identity_name(c->id),
              identity_description(c->id));
    ssh_session_offer_key(c->session, blob, len);
    return connect_go_on(c);
}

enum connect_state connect_unlock(struct connect *c,
                                  const struct secret *passphrase,
                                  struct err *err)
{
    if (!identity_unlock(c->id, passphrase, err))
        return not_opened(c, TOPIC_UNLOCK, passphrase, err);
    return offer(c);
}

void connect_note_refusal(struct connect *c)
{
    if (c->id == NULL)
        return;
    notes_add(c->notes, NOTE_VERBOSE, "The server refused %s.",
              identity_name(c->id));
    if (c->refused.len != 0)
        buf_put_str(&c->refused, ", ");
    buf_printf(&c->refused, "%s (%s)", identity_name(c->id),
               identity_description(c->id));
    identity_lock(c->id);
    c->id = NULL;
}

enum connect_state connect_next_key(struct connect *c, struct err *err)
{
    size_t len;

    connect_note_refusal(c);
    if (c->next_id == identities_count(c->ids)) {
        ssh_session_no_more_keys(c->session);
        return connect_go_on(c);
    }
    c->id = identities_get(c->ids, c->next_id++);
    c->tries = 0;
    if (identity_blob(c->id, &len) == NULL)
        return connect_unlock(c, NULL, err);
    return offer(c);
}

enum connect_state connect_sign(struct connect *c,
                                const struct secret *passphrase,
                                struct err *err)
{
    const char *algorithm;
    size_t len;
    const uint8_t *data = ssh_session_to_sign(c->session, &len, &algorithm);
    struct buf sig = { 0 };
    bool ok;

    if (passphrase == NULL && identity_locked(c->id)) {
        err_set(err, ERR_PASSPHRASE, "%s: needs its passphrase",
                identity_name(c->id));
        return not_opened(c, TOPIC_SIGN, NULL, err);
    }
    ok = identity_sign(c->id, passphrase, algorithm, data, len, &sig, err);
    if (ok) {
        notes_add(c->notes, NOTE_VERBOSE, "Signed with %s (%s).",
                  identity_name(c->id), algorithm);
        ssh_session_give_signature(c->session, sig.data, sig.len);
    }
    buf_free(&sig);
    return ok ? connect_go_on(c) : not_opened(c, TOPIC_SIGN, passphrase, err);
}
