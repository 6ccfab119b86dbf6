/*
 * connect_keys.c - which key, its passphrase, its signature.
 *
 * A key's public half is offered first; the passphrase is asked for when the
 * server takes it, or before that where nothing shows the public half.
 * With a key that the SSH agent holds the agent signs; if it fails, the file,
 * which is opened by a keyholder.  The session asks its question (a key, a
 * signature) anew in each step until it is answered, so what waits for the
 * keyholder or the agent only returns CONNECT_WAIT.
 */
#include "app/connecting.h"

#include <stdio.h>
#include <string.h>
#include "app/about.h"
#include "app/accepted.h"
#include "app/identity.h"
#include "app/keyagent.h"
#include "app/keyholder.h"
#include "app/notes.h"
#include "base/secret.h"
#include "config/options.h"
#include "keys/sshkey.h"
#include "ssh/session.h"
#include "sys/clock.h"

#define SLOW 700 /* ms that a key may take to open before it is said */

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

static void add_refusal(struct connect *c, const struct identity *id,
                        enum refusal_answer answer)
{
    refusals_add(&c->refusals, id, c->user, answer);
    connect_note_key(c, id, refusal_text(answer),
                     answer == REFUSAL_UNUSED || answer == REFUSAL_UNSIGNED ||
                         answer == REFUSAL_SIGNATURE);
}

const struct err *connect_mistake(const struct connect *c)
{
    const struct err *m = identities_mistake(c->ids);

    if (c->mistake.code != ERR_NONE &&
        (m->code == ERR_NONE || c->opt->identities == 0))
        m = &c->mistake;
    return m->code != ERR_NONE ? m : NULL;
}

bool connect_is_mistake(const struct err *err)
{
    return err->code != ERR_AUTH && err->code != ERR_PASSPHRASE;
}

/* The first mistake is told in the end, whichever that is. */
static void note_given_up(struct connect *c, const struct err *err)
{
    const struct err *told = connect_mistake(c);

    if (connect_is_mistake(err) && told != NULL &&
        strcmp(err->msg, told->msg) == 0)
        notes_add(c->notes, NOTE_NORMAL,
                  "%s cannot be used; going on without this key",
                  identity_name(c->id));
    else
        notes_add(c->notes, NOTE_NORMAL, "%s; going on without this key",
                  err->msg);
}

/*
 * This key cannot be used.  Another one may do; or what is typed, if it was for
 * want of the passphrase alone; else it is the end.
 */
static enum connect_state give_up_key(struct connect *c, enum topic topic,
                                      struct err *err)
{
    bool last = c->next_id == identities_count(c->ids);

    if (connect_is_mistake(err) && c->mistake.code == ERR_NONE)
        c->mistake = *err;
    if (topic == TOPIC_SIGN)
        add_refusal(c, c->id,
                    c->agent_failed && !identity_has_file(c->id)
                        ? REFUSAL_UNSIGNED
                        : REFUSAL_UNUSED);
    if (last && (err->code != ERR_AUTH || !connect_takes_typing(c))) {
        connect_account_keys(c, err);
        return CONNECT_FAILED;
    }
    note_given_up(c, err);
    connect_drop_key(c);
    if (topic == TOPIC_UNLOCK)
        return connect_next_key(c, err);
    ssh_session_refuse_signature(c->session);
    return connect_go_on(c);
}

/* Once more, if there are tries left. */
static enum connect_state ask_again(struct connect *c, enum topic topic,
                                    bool nothing_typed, struct err *err)
{
    const char *wrong =
        nothing_typed ? "Nothing was typed; this key needs its passphrase."
                      : "Wrong passphrase.";
    char why[80];

    if (++c->tries >= c->opt->passphrase_tries) {
        if (nothing_typed)
            err_set(err, ERR_AUTH,
                    "%s: nothing was typed; this key needs its passphrase",
                    identity_name(c->id));
        else
            err_set(err, ERR_AUTH,
                    "%s: wrong passphrase, %u time%s; if it was right, the "
                    "file is damaged",
                    identity_name(c->id), c->tries, c->tries == 1 ? "" : "s");
        return give_up_key(c, topic, err);
    }
    (void)snprintf(why, sizeof why, "%s Try %u of %u.", wrong, c->tries + 1,
                   c->opt->passphrase_tries);
    return ask_passphrase(c, topic, why);
}

static enum connect_state ask_first(struct connect *c, enum topic topic,
                                    struct err *err)
{
    /* With -i the agent's key is known by its public half, which a file that is
     * opened before it is offered hides. */
    bool for_agent =
        !c->agent_failed && (topic == TOPIC_SIGN || c->opt->identities == 0);

    if (c->can_ask)
        return ask_passphrase(c, topic, NULL);
    err_set(err, ERR_PASSPHRASE, "%s: this key needs its passphrase, and %s%s",
            identity_name(c->id),
            c->opt->batch
                ? "BatchMode asks for none; connect from a terminal, without it"
                : "there is nobody to ask; connect from a terminal",
            for_agent ? ", or load it into an SSH agent" : "");
    return give_up_key(c, topic, err);
}

/* ---- the file ---- */

void connect_drop_key(struct connect *c)
{
    keyholder_free(c->holder);
    c->holder = NULL;
    c->id = NULL;
}

bool connect_opens_key(const struct connect *c)
{
    return c->holder != NULL && keyholder_busy(c->holder) &&
           (c->slow_at == 0 || clock_ms() >= c->slow_at);
}

void connect_note_slow(struct connect *c, uint64_t now)
{
    if (c->holder == NULL || !keyholder_busy(c->holder) || c->slow_at == 0 ||
        now < c->slow_at)
        return;
    c->slow_at = 0;
    notes_add(c->notes, NOTE_NORMAL, "Opening the key %s ...",
              identity_name(c->id));
}

/* Begin to open the file; or ask, if that needs what was not typed. */
static enum connect_state begin(struct connect *c, enum topic topic,
                                const struct secret *passphrase,
                                struct err *err)
{
    c->slow_at = clock_ms() + SLOW;
    if (c->kept != NULL && c->kept_id == c->id) {
        c->holder = c->kept;
        c->kept = NULL;
        return connect_go_on(c);
    }
    if (identity_locked(c->id) && passphrase == NULL)
        return ask_first(c, topic, err);
    if (passphrase != NULL && passphrase->len == 0)
        return ask_again(c, topic, true, err);
    c->holder = keyholder_new(c->id, passphrase);
    return connect_go_on(c);
}

/* It did not open, or did not sign. */
static enum connect_state not_opened(struct connect *c, enum topic topic,
                                     struct err *err)
{
    keyholder_free(c->holder);
    c->holder = NULL;
    return err->code == ERR_PASSPHRASE ? ask_again(c, topic, false, err)
                                       : give_up_key(c, topic, err);
}

/* ---- offering ---- */

static enum connect_state offer(struct connect *c)
{
    size_t len;
    const uint8_t *blob = identity_blob(c->id, &len);
    struct buf why = { 0 };

    c->naming.asked++;
    if (!c->naming.undecided && identity_doubt(c->id, c->user, &why))
        notes_add(c->notes, NOTE_NORMAL, "%s: %s.", identity_name(c->id),
                  buf_str(&why));
    buf_free(&why);
    notes_add(c->notes, NOTE_VERBOSE, "Offering %s (%s).", identity_name(c->id),
              identity_description(c->id));
    ssh_session_offer_key(c->session, blob, len);
    return connect_go_on(c);
}

/* The keyholder is to show the public half. */
static enum connect_state show(struct connect *c, struct err *err)
{
    struct buf blob = { 0 };
    enum connect_state state = CONNECT_WAIT;

    switch (keyholder_open(c->holder, &blob, err)) {
    case KEYHOLDER_WAIT: break;
    case KEYHOLDER_DONE:
        state = identity_show(c->id, blob.data, blob.len, err)
                    ? offer(c)
                    : not_opened(c, TOPIC_UNLOCK, err);
        break;
    case KEYHOLDER_FAILED: state = not_opened(c, TOPIC_UNLOCK, err); break;
    }
    buf_free(&blob);
    return state;
}

enum connect_state connect_unlock(struct connect *c,
                                  const struct secret *passphrase,
                                  struct err *err)
{
    return begin(c, TOPIC_UNLOCK, passphrase, err);
}

static enum refusal_answer answer_of(const struct connect *c)
{
    switch (ssh_session_key_answer(c->session)) {
    case SSH_KEY_TYPE: return REFUSAL_TYPE;
    case SSH_KEY_ALGORITHM: return REFUSAL_ALGORITHM;
    case SSH_KEY_SHA1: return REFUSAL_SHA1;
    case SSH_KEY_SIGNATURE: return REFUSAL_SIGNATURE;
    case SSH_KEY_UNUSED: return REFUSAL_UNUSED;
    case SSH_KEY_REFUSED: break;
    }
    return REFUSAL_REFUSED;
}

void connect_note_refusal(struct connect *c)
{
    enum refusal_answer answer;

    if (c->id == NULL)
        return;
    answer = answer_of(c);
    if ((answer == REFUSAL_REFUSED || answer == REFUSAL_TYPE) &&
        !connect_takes_keys(c)) {
        /* Offered before that was known: it may do for a later step. */
        notes_add(c->notes, NOTE_VERBOSE,
                  "The server takes no keys as yet, so %s was not judged.",
                  identity_name(c->id));
    } else {
        notes_add(c->notes, NOTE_VERBOSE, "The server refused %s.",
                  identity_name(c->id));
        add_refusal(c, c->id, answer);
    }
    connect_forget_added(c);
    connect_drop_key(c);
}

/* The one at a place in the order of asking: naming.first, then the rest. */
static struct identity *key_at(const struct connect *c, size_t place)
{
    size_t first = c->naming.first;

    if (place == 0)
        return identities_get(c->ids, first);
    return identities_get(c->ids, place <= first ? place - 1 : place);
}

static bool was_offered(const struct connect *c, const struct identity *id)
{
    const struct sshkey *key = identity_public(id), *other;
    size_t i;

    for (i = 0; key != NULL && i < c->next_id; i++) {
        other = identity_public(key_at(c, i));
        if (other != NULL && sshkey_equal_public(key, other))
            return true;
    }
    return false;
}

bool connect_has_other_keys(const struct connect *c)
{
    size_t i;

    for (i = c->next_id; i < identities_count(c->ids); i++)
        if (!was_offered(c, key_at(c, i)))
            return true;
    return false;
}

/* The next one that may be offered; NULL if there is none. */
static struct identity *next_key(struct connect *c)
{
    struct identity *id;
    const uint8_t *blob;
    size_t len;

    while (c->next_id != identities_count(c->ids)) {
        id = key_at(c, c->next_id++);
        if (c->next_id == c->spent)
            continue; /* no server takes it for two steps */
        if (c->naming.undecided && !connect_may_ask(c, id))
            continue;
        blob = identity_blob(id, &len);
        if (blob == NULL || accepted_key(c->opt->pubkey_algorithms, blob, len))
            return id;
        add_refusal(c, id, REFUSAL_UNTRIED);
    }
    return NULL;
}

/* All have been asked about; the first that is taken; NULL: none is. */
static struct identity *end_survey(struct connect *c)
{
    c->surveying = false;
    if (c->first_taken == SIZE_MAX)
        return NULL;
    c->next_id = c->first_taken;
    return next_key(c);
}

/* It can only be opened before it is offered; that waits until the server has
 * said what it takes, on which depends what follows a key that is no good. */
static enum connect_state put_back(struct connect *c)
{
    c->id = NULL;
    c->next_id--;
    return CONNECT_WAIT;
}

enum connect_state connect_next_key(struct connect *c, struct err *err)
{
    size_t len;

    if (c->holder != NULL && keyholder_busy(c->holder))
        return show(c, err);
    connect_note_refusal(c);
    if (!keyagent_listed(c->agent, c->ids))
        return CONNECT_WAIT;
    connect_compare_keys(c);
    c->id = next_key(c);
    if (c->id == NULL && c->naming.undecided)
        return connect_next_name(c, NAME_REFUSED, err);
    if (c->id == NULL && c->surveying)
        c->id = end_survey(c);
    if (c->id == NULL) {
        c->keys_ended = true;
        ssh_session_no_more_keys(c->session);
        return connect_go_on(c);
    }
    c->tries = 0;
    c->agent_failed = false;
    if (identity_blob(c->id, &len) != NULL)
        return offer(c);
    if (ssh_session_methods(c->session) == NULL)
        return put_back(c);
    return connect_unlock(c, NULL, err);
}

/* ---- signing ---- */

static enum connect_state sign_with_file(struct connect *c,
                                         const struct secret *passphrase,
                                         struct err *err)
{
    enum connect_state state = CONNECT_WAIT;
    const char *algorithm;
    size_t len;
    const uint8_t *data = ssh_session_to_sign(c->session, &len, &algorithm);
    struct buf sig = { 0 };

    if (c->holder == NULL)
        return begin(c, TOPIC_SIGN, passphrase, err);
    switch (keyholder_sign(c->holder, algorithm, data, len, &sig, err)) {
    case KEYHOLDER_WAIT: break;
    case KEYHOLDER_DONE:
        notes_add(c->notes, NOTE_VERBOSE, "Signed with %s (%s).",
                  identity_name(c->id), algorithm);
        ssh_session_give_signature(c->session, sig.data, sig.len);
        c->by_agent = false;
        connect_keep_key(c);
        state = connect_go_on(c);
        break;
    case KEYHOLDER_FAILED: state = not_opened(c, TOPIC_SIGN, err); break;
    }
    buf_free(&sig);
    return state;
}

/* The public half was named, and the private one is nowhere. */
static enum connect_state nobody_signs(struct connect *c, struct err *err)
{
    err_set(err, ERR_PUBLIC_HALF,
            sshkey_on_token(identity_public(c->id))
                ? "%s: this is the public half of a security key's, and the "
                  "SSH agent, through which the key works, does not offer it; "
                  "ssh-add its private half"
            : keyagent_answers(c->agent)
                ? "%s: this is the public half of a key, and the SSH agent "
                  "does not hold its private half; give the private half, or "
                  "add it to the agent"
                : "%s: this is the public half of a key, and the SSH agent, "
                  "which may hold its private half, does not work; give the "
                  "private half",
            identity_name(c->id));
    return give_up_key(c, TOPIC_SIGN, err);
}

static enum connect_state agent_failed(struct connect *c, struct err *err)
{
    identity_not_held(c->id);
    c->agent_failed = true;
    if (!identity_has_file(c->id))
        return give_up_key(c, TOPIC_SIGN, err);
    notes_add(c->notes, NOTE_NORMAL, "%s; using %s", err->msg,
              identity_name(c->id));
    return sign_with_file(c, NULL, err);
}

static enum connect_state sign_with_agent(struct connect *c, struct err *err)
{
    const char *algorithm;
    size_t len;
    const uint8_t *data = ssh_session_to_sign(c->session, &len, &algorithm);
    enum connect_state state = CONNECT_WAIT;
    struct buf sig = { 0 };

    switch (keyagent_sign(c->agent, c->id, algorithm, data, len, &sig, err)) {
    case KEYAGENT_WAIT: break;
    case KEYAGENT_SIGNED:
        notes_add(c->notes, NOTE_VERBOSE, "The SSH agent signed with %s (%s).",
                  identity_description(c->id), algorithm);
        ssh_session_give_signature(c->session, sig.data, sig.len);
        c->by_agent = true;
        state = connect_go_on(c);
        break;
    case KEYAGENT_FAILED: state = agent_failed(c, err); break;
    }
    buf_free(&sig);
    return state;
}

/* It is remembered, and the next one asked about. */
static enum connect_state survey(struct connect *c)
{
    if (c->first_taken == SIZE_MAX)
        c->first_taken = c->next_id - 1;
    connect_drop_key(c);
    ssh_session_refuse_signature(c->session);
    return connect_go_on(c);
}

/* The machine is asked about other keys than this one. */
static void ask_about(struct connect *c)
{
    struct buf command = { 0 };
    size_t len;
    const uint8_t *blob = identity_blob(c->id, &len);

    about_put_command(&command, blob, len);
    ssh_session_set_command(c->session, buf_str(&command));
    buf_free(&command);
}

enum connect_state connect_sign(struct connect *c,
                                const struct secret *passphrase,
                                struct err *err)
{
    if (!keyagent_listed(c->agent, c->ids))
        return CONNECT_WAIT;
    connect_note_key(c, c->id, "taken", true);
    connect_name_decided(c, true);
    if (c->surveying)
        return survey(c);
    c->keys_judged = true;
    if (c->opt->mode == RUN_ABOUT_VM)
        ask_about(c);
    if (identity_held(c->id))
        return sign_with_agent(c, err);
    return identity_has_file(c->id) ? sign_with_file(c, passphrase, err)
                                    : nobody_signs(c, err);
}
