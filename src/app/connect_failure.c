/* connect_failure.c - why nobody was let in. */
#include "app/connecting.h"

#include <string.h>
#include "app/identity.h"
#include "app/refusal.h"
#include "base/text.h"
#include "config/options.h"
#include "ssh/session.h"

/* OpenSSH's words, when more keys come than MaxAuthTries allows. */
static bool hung_up(const struct err *err)
{
    return strstr(err->msg, "Too many authentication failures") != NULL;
}

/* What the facts point to. */
struct room {
    struct buf installed, refused, forbids;
};

static void free_room(struct room *room)
{
    buf_free(&room->installed);
    buf_free(&room->refused);
    buf_free(&room->forbids);
}

static struct refusal_facts facts_of(const struct connect *c,
                                     const struct err *err, struct room *room)
{
    size_t names = connect_put_used(c, &room->refused);
    const char *shown = connect_shown_name(c), *known = connect_known_user(c);
    const struct err *mistake = connect_mistake(c);
    bool all = connect_put_forbidding(c, &room->forbids);

    return (struct refusal_facts){
        .what = err->msg,
        .methods = ssh_session_methods(c->session),
        .user = c->user != NULL ? c->user : "",
        .refused = names > 1 ? buf_str(&room->refused) : NULL,
        .other = connect_other_name(c),
        .let_in = shown != NULL && known != NULL && strcmp(shown, known) == 0,
        .by_console = shown != NULL,
        .told = c->naming.followed,
        .second_key = connect_second_key(c),
        .ident = ssh_session_ident(c->session),
        .hung_up = hung_up(err),
        .keys_left = hung_up(err) && (connect_has_other_keys(c) ||
                                      identities_left_out(c->ids) != 0),
        .no_keys = connect_allows_keys(c) && identities_count(c->ids) == 0,
        .can_ask = c->can_ask,
        .asked = c->prompted && !c->pleased,
        .pleased = c->pleased,
        .unasked = err->code != ERR_PASSPHRASE && connect_lacks_person(c),
        .forbids_all = all,
        .forbids = room->forbids.len != 0 ? buf_str(&room->forbids) : NULL,
        .refused_unasked = ssh_session_refused_unasked(c->session),
        .spoken = c->spoken,
        .partial = c->accepted != 0,
        .key_accepted = c->key_accepted,
        .by_agent = c->by_agent,
        .takes_ed25519 = ssh_session_lists_signature(c->session, "ssh-ed25519"),
        .takes_rsa = ssh_session_lists_signature(c->session, "rsa-sha2-512") ||
                     ssh_session_lists_signature(c->session, "rsa-sha2-256"),
        .takes_sha1 = ssh_session_takes_sha1(c->session),
        .worked = c->user_worked,
        .remembered = connect_has_worked(c),
        .known = connect_good_file(c),
        .replaced = connect_replaced_file(c),
        .withheld = connect_withholds(c),
        .keyless = connect_is_keyless(c),
        .own_installed = connect_is_installed(c),
        .installed = connect_installed_key(c, &room->installed)
                         ? buf_str(&room->installed)
                         : NULL,
        .left_out = identities_left_out(c->ids),
        .agent_barred = identities_agent_barred(c->ids),
        .mistake = mistake != NULL ? mistake->msg : NULL,
        .by_mistake =
            mistake != NULL && connect_is_mistake(err) && !hung_up(err),
        .takes_typing = connect_takes_typing(c),
    };
}

void connect_doubt_name(const struct connect *c, struct buf *out)
{
    struct err none = { 0 };
    struct room room = { .refused = { 0 } };
    struct refusal_facts facts = facts_of(c, &none, &room);

    if (c->refusals.counts[REFUSAL_REFUSED] != 0)
        refusals_doubt_name(&facts, out);
    free_room(&room);
}

void connect_account_keys(struct connect *c, struct err *err)
{
    struct err plain = *err;
    struct room room = { .refused = { 0 } };
    struct buf text = { 0 }, cause = { 0 };
    struct refusal_facts facts = facts_of(c, &plain, &room);

    c->fault = refusals_cause(&c->refusals, &facts, &cause);
    refusals_account(&c->refusals, &facts, buf_str(&cause), &text);
    buf_clear(&c->account);
    text_clean(&c->account, text.data, text.len, false);
    if (cause.len != 0)
        err_set(err, plain.code, "%s. %s", plain.msg, buf_str(&cause));
    buf_free(&text);
    buf_free(&cause);
    free_room(&room);
}

const char *connect_account(struct connect *c)
{
    return c->account.len != 0 ? buf_str(&c->account) : NULL;
}

enum connect_state connect_explain(struct connect *c, struct err *err)
{
    bool refused = err->code == ERR_AUTH || hung_up(err);

    if (refused)
        connect_note_refusal(c);
    if (c->naming.undecided && hung_up(err))
        return connect_next_name(c, NAME_HUNG_UP, err);
    if (c->naming.undecided && err->code == ERR_AUTH && c->can_ask)
        return connect_next_name(c, NAME_NO_KEYS, err);
    identities_note_loose(c->ids, c->notes);
    connect_explain_stillborn(c, err);
    if (err->code == ERR_AUTH)
        connect_note_words(c, ssh_session_last_words(c->session));
    if (err->code == ERR_AUTH)
        err_prefix(err, "%s@%s", c->user, connect_target(c));
    else if (c->opt->port != 22)
        err_prefix(err, "%s port %u", connect_target(c), c->opt->port);
    else
        err_prefix(err, "%s", connect_target(c));
    if (!refused)
        return CONNECT_FAILED;
    connect_account_keys(c, err);
    return connect_offer_name(c, err);
}

bool connect_survey_failed(const struct connect *c)
{
    return c->survey_failed;
}

void connect_name_key(const struct connect *c, struct diagnosis_names *names)
{
    size_t n = c->ids != NULL ? identities_count(c->ids) : 0, i;
    const char *file = NULL;
    bool held = false;

    if (names->file != NULL || c->files.piped != NULL)
        return;
    for (i = 0; i < n; i++) {
        const struct identity *id = identities_get(c->ids, i);

        held = held || identity_held(id);
        if (!identity_has_file(id))
            continue;
        if (file != NULL && strcmp(file, identity_name(id)) != 0)
            return;
        file = identity_name(id);
    }
    names->file = file;
    names->agent_key = file == NULL && held;
}

void connect_advise(const struct connect *c, struct buf *out)
{
    struct diagnosis_names names = diagnosis_names_of(c->opt);

    connect_name_key(c, &names);
    names.user = c->user;
    names.other = connect_other_name(c);
    names.waited = c->until != 0;
    names.second_key = connect_second_key(c);
    diagnosis_lines(c->fault, &names, out);
}
