/*
 * connect_name.c - the login name, where none was given.
 *
 * Names that the server's system suggests are tried, by asking about keys with
 * their public halves, before a person is asked.  OpenSSH takes no second name
 * in a connection, so each has its own; the one in which a key is taken goes
 * on to the login.
 *
 * What servers may hold against us, measured: to fail2ban 1.0.2 a name that does
 * not exist is one of the five failures that it allows in ten minutes, and one
 * that exists none, for however many keys; where MaxAuthTries hangs up, two and
 * one.  To OpenSSH 10.0 a refused query is one to five seconds of
 * PerSourcePenalties, of which more than 15 at a time shut an address out.  So
 * there are three names, of which root is one; PAUSE between them, after which a
 * name that is typed may fail too; and KEYS_MAX keys for each, as MaxAuthTries
 * is 6 unless set.  Where the server hangs up there are two names, and fewer
 * keys for the second.  Where a machine is waited for, there are ATTEMPTS_MAX
 * by these names, at the pace of patience.h: three of them with others than
 * root.
 */
#include "app/connecting.h"

#include <string.h>
#include "app/accepted.h"
#include "app/keyagent.h"
#include "app/notes.h"
#include "app/patience.h"
#include "base/mem.h"
#include "base/text.h"
#include "config/destination.h"
#include "config/options.h"
#include "keys/console.h"
#include "ssh/session.h"
#include "sys/clock.h"
#include "sys/paths.h"

enum {
    USER_MAX = 255,   /* bytes of a login name */
    PAUSE = 2000,     /* ms between two names */
    KEYS_MAX = 5,     /* keys that are asked about for one of them */
    HUNG_UP_MAX = 2,  /* names, where MaxAuthTries is that low */
    ATTEMPTS_MAX = 5, /* by guessed names, of a patient one */
    ALONE_MAX = 3     /* ... where there is one name */
};

/* ---- the names ---- */

const char *connect_ident(const struct connect *c)
{
    if (c->session != NULL)
        return ssh_session_ident(c->session);
    return c->naming.ident != NULL ? c->naming.ident : "";
}

/* The name of the last login there, or the one that the console shows. */
static const char *shown_name(const struct connect *c)
{
    const char *known = c->session != NULL ? connect_known_user(c) : NULL;
    const char *console = c->console != NULL ? console_user(c->console) : NULL;

    if (known != NULL)
        return known;
    return console != NULL ? console : c->naming.shown;
}

/* Of a session that is about to go. */
static void keep_ident(struct connect *c)
{
    char *kept = mem_strdup(connect_ident(c));
    const char *shown = shown_name(c);
    char *name = shown != NULL ? mem_strdup(shown) : NULL;

    mem_free(c->naming.ident);
    mem_free(c->naming.shown);
    c->naming.ident = kept;
    c->naming.shown = name;
}

bool connect_used(const struct connect *c, const char *name)
{
    size_t i;

    for (i = 0; i < c->naming.used_len; i++)
        if (strcmp(c->naming.used[i], name) == 0)
            return true;
    return false;
}

void connect_use_name(struct connect *c)
{
    struct naming *n = &c->naming;

    if (n->used_len != LOGINNAME_TRIES && !connect_used(c, c->user))
        n->used[n->used_len++] = mem_strdup(c->user);
}

void connect_free_names(struct connect *c)
{
    struct naming *n = &c->naming;

    while (n->guesses != 0)
        mem_free(n->guess[--n->guesses]);
    while (n->used_len != 0)
        mem_free(n->used[--n->used_len]);
    mem_free(n->spare);
    mem_free(n->ident);
    mem_free(n->shown);
    mem_free(n->offer);
    buf_free(&n->accepted);
}

/* These, and the one that was typed when there was no room for it. */
static size_t all_used(const struct connect *c,
                       const char *names[LOGINNAME_TRIES + 1])
{
    size_t n;

    for (n = 0; n < c->naming.used_len; n++)
        names[n] = c->naming.used[n];
    if (c->user != NULL && !connect_used(c, c->user))
        names[n++] = c->user;
    return n;
}

size_t connect_put_used(const struct connect *c, struct buf *out)
{
    const char *names[LOGINNAME_TRIES + 1];
    size_t i, n = all_used(c, names);

    for (i = 0; i < n; i++)
        buf_printf(out, "%s%s",
                   i == 0       ? ""
                   : i + 1 == n ? " or "
                                : ", ",
                   names[i]);
    return n;
}

static bool is_tried(const struct connect *c, const char *name)
{
    return connect_used(c, name) ||
           (c->user != NULL && strcmp(c->user, name) == 0);
}

const char *connect_shown_name(const struct connect *c)
{
    const char *shown = shown_name(c);

    return c->user_worked || shown == NULL || is_tried(c, shown) ? NULL : shown;
}

const char *connect_other_name(const struct connect *c)
{
    const char *names[LOGINNAME_TRIES + 1];
    size_t n = all_used(c, names);
    const char *shown = connect_shown_name(c);

    if (c->user_worked || shown != NULL)
        return shown;
    return loginname_untried(connect_ident(c), names, n);
}

/* ---- what to try ---- */

static size_t most_keys(const struct connect *c)
{
    return c->naming.most != 0 ? c->naming.most : KEYS_MAX;
}

bool connect_may_ask(const struct connect *c, const struct identity *id)
{
    size_t len;

    return c->naming.asked < most_keys(c) && identity_blob(id, &len) != NULL;
}

/* The first key that may be asked about; NULL: there is none. */
static const struct identity *first_key(const struct connect *c)
{
    const char *preferred = c->opt->preferred;
    const uint8_t *blob;
    size_t i, len;

    if (!c->opt->pubkey ||
        (preferred != NULL && strncmp(preferred, "publickey", 9) != 0))
        return NULL;
    for (i = 0; i < identities_count(c->ids); i++) {
        const struct identity *id = identities_get(c->ids, i);

        blob = identity_blob(id, &len);
        if (blob != NULL && accepted_key(c->opt->pubkey_algorithms, blob, len))
            return id;
    }
    return NULL;
}

static void guess(struct connect *c)
{
    const struct identity *key = first_key(c);
    struct loginname_hints hints = {
        .ident = connect_ident(c),
        .known = connect_known_user(c),
        .local = c->can_ask ? NULL : paths_user(),
        .comment = key != NULL ? identity_comment(key) : NULL,
    };

    if (key == NULL)
        return;
    c->naming.guesses = loginname_guess(&hints, c->naming.guess);
    mem_free(c->naming.spare);
    c->naming.spare = loginname_of_comment(hints.comment);
}

/* ---- the question ---- */

/* How many keys were not asked about for every name, hidden ones too. */
static size_t unasked(const struct connect *c)
{
    return identities_count(c->ids) - c->naming.asked_least;
}

/* Every key was refused for each of the names, which are no advice then. */
static bool all_refused(const struct connect *c)
{
    return c->naming.asked_least != 0 && unasked(c) == 0 && !c->naming.no_keys;
}

/* That the key is not there may pass: the machine boots. */
static bool may_be_early(const struct connect *c)
{
    return c->until != 0;
}

/* Of the key's comment, if there were enough others; or NULL. */
static const char *spare_name(const struct connect *c)
{
    const char *name = c->naming.spare;

    return name != NULL && !connect_used(c, name) ? name : NULL;
}

/* Which name to offer; NULL: none. */
static const char *likely_name(const struct connect *c)
{
    const char *known = c->session != NULL ? connect_known_user(c) : NULL;
    const char *other = connect_other_name(c);

    if (all_refused(c) && !may_be_early(c))
        return other != NULL ? other : spare_name(c);
    return known != NULL ? known : loginname_suggest(connect_ident(c));
}

/* why: what is wrong, to be told with it; NULL: no name was given. */
static enum connect_state ask(struct connect *c, const char *why)
{
    const char *name = likely_name(c);

    buf_clear(&c->prompt);
    if (name != NULL)
        buf_printf(&c->prompt, "login as [%s]: ", name);
    else
        buf_put_str(&c->prompt, "login as: ");
    buf_clear(&c->text);
    if (why != NULL)
        buf_put_str(&c->text, why);
    else
        buf_printf(&c->text, "No user is named for %s.", connect_target(c));
    c->question = (struct ui_question){
        .text = buf_str(&c->text),
        .prompt = buf_str(&c->prompt),
        .echo = true,
        .alert = why != NULL,
    };
    return connect_ask(c, TOPIC_USER);
}

enum connect_state connect_answer_name(struct connect *c, const char *typed,
                                       struct err *err)
{
    const char *name = likely_name(c);
    struct err wrong;

    if (typed[0] != '\0')
        name = typed;
    if (name == NULL)
        return ask(c, NULL);
    if (strlen(name) > USER_MAX)
        return ask(c, "This name is too long.");
    if (!destination_check_user(name, &wrong))
        return ask(c, wrong.msg);
    c->user = mem_strdup(name);
    c->naming.guessed = false;
    connect_end_patience(c);
    return c->session != NULL ? connect_accepted(c, err) : connect_go_on(c);
}

/* ---- trying ---- */

static const char *next_guess(const struct connect *c)
{
    return c->naming.guess[c->naming.next % c->naming.guesses];
}

static enum connect_state try_next(struct connect *c, struct err *err)
{
    struct naming *n = &c->naming;

    n->guessed = n->undecided = true;
    n->asked = 0;
    c->user = mem_strdup(next_guess(c));
    n->next++;
    n->first = connect_known_key(c);
    return connect_accepted(c, err);
}

enum connect_state connect_choose_name(struct connect *c, struct err *err)
{
    /* Which keys there are decides; the session asks again. */
    if (!keyagent_listed(c->agent, c->ids))
        return CONNECT_WAIT;
    if (c->naming.guesses == 0)
        guess(c);
    if (c->naming.guesses != 0)
        return try_next(c, err);
    if (c->can_ask)
        return ask(c, NULL);
    c->user = mem_strdup(paths_user()); /* a script: as ssh does */
    return connect_accepted(c, err);
}

void connect_name_decided(struct connect *c, bool by_key)
{
    if (!c->naming.undecided)
        return;
    c->naming.undecided = false;
    notes_add(c->notes, NOTE_NORMAL,
              by_key ? "No user was named; the server takes your key for %s."
                     : "No user was named; logged in as %s.",
              c->user);
}

/* "takes none of your keys for ubuntu or root", as far as that is known. */
static void put_result(const struct connect *c, const char *of, struct buf *out)
{
    if (unasked(c) != 0)
        buf_printf(out,
                   "was asked about %zu of your %zu keys, and takes none "
                   "for ",
                   c->naming.asked_least, identities_count(c->ids));
    else
        buf_printf(out, "takes none of %s keys for ", of);
    (void)connect_put_used(c, out);
}

/* None is left: *err says so, and the account what was answered. */
static enum connect_state none_taken(struct connect *c, struct err *err)
{
    struct refusal_facts facts = {
        .what = err->msg,
        .methods = ssh_session_methods(c->session),
    };
    struct buf result = { 0 }, text = { 0 }, cause = { 0 };

    put_result(c, "the", &result);
    err_set(err, ERR_AUTH, "%s: the server %s", connect_target(c),
            buf_str(&result));
    buf_put_str(&cause, "If the user is another one, name it: ");
    diagnosis_put_login("USER", c->opt->host, c->opt->port, &cause);
    if (unasked(c) != 0)
        buf_printf(&cause,
                   "; if the key is another one, give it alone: %s FILE",
                   diagnosis_option(connect_second_key(c)));
    refusals_account(&c->refusals, &facts, buf_str(&cause), &text);
    buf_clear(&c->account);
    text_clean(&c->account, text.data, text.len, false);
    c->fault = FAULT_NO_NAME_LEFT;
    mem_free(c->user);
    c->user = NULL;
    buf_free(&result);
    buf_free(&text);
    buf_free(&cause);
    return CONNECT_FAILED;
}

static enum connect_state ask_after_all(struct connect *c, enum name_end end)
{
    struct buf why = { 0 };
    enum connect_state state;

    buf_put_str(&why, "The server ");
    if (end == NAME_NO_KEYS)
        buf_put_str(&why, "takes no keys");
    else
        put_result(c, "your", &why);
    buf_put_byte(&why, '.');
    if (all_refused(c))
        buf_printf(&why,
                   " %s yours is not installed there%s: see in the provider's "
                   "panel which key is, and who logs in with it.",
                   may_be_early(c) ? "Perhaps" : "Most likely",
                   may_be_early(c) ? " yet" : "");
    else if (end == NAME_REFUSED)
        buf_put_str(&why,
                    c->naming.most == 0
                        ? " All are offered for a name that is typed."
                        : " It hangs up when it is asked about more; name "
                          "the right one with -i.");
    notes_log(c->notes, "%s", buf_str(&why));
    connect_again(c, NULL);
    c->naming.due = clock_ms() + PAUSE;
    state = ask(c, buf_str(&why));
    buf_free(&why);
    return state;
}

/* The name is done with: what was asked, and what may be from now on. */
static void end_name(struct connect *c, enum name_end end)
{
    struct naming *n = &c->naming;

    keep_ident(c);
    n->undecided = false;
    n->no_keys = end == NAME_NO_KEYS;
    if (n->asked_least == 0 || n->asked < n->asked_least)
        n->asked_least = n->asked;
    if (end == NAME_HUNG_UP)
        n->most = n->asked > 1 ? n->asked - 1 : 1;
}

/*
 * Once each; and with the attempts repeated, while a key may come late, the
 * first ones again, as the machine may not have made its users yet.
 */
static bool names_left(const struct connect *c)
{
    const struct naming *n = &c->naming;
    size_t once = n->guesses, most = once;

    if (c->until != 0 && patience_hopes(c->patience, clock_ms()))
        most = once == 1 ? ALONE_MAX : ATTEMPTS_MAX;
    if (n->most != 0 && most > HUNG_UP_MAX)
        most = HUNG_UP_MAX;
    return n->next < most;
}

static void note_next(struct connect *c, const char *name)
{
    if (strcmp(c->user, name) != 0)
        notes_add(c->notes, NOTE_NORMAL, "No key is taken for %s; trying %s%s.",
                  c->user, name, connect_used(c, name) ? " again" : "");
}

enum connect_turn connect_turn(const struct connect *c)
{
    return connect_may_have_run(c) && c->fault != FAULT_BOOTING
               ? TURN_NONE
               : c->naming.turn;
}

enum connect_state connect_next_name(struct connect *c, enum name_end end,
                                     struct err *err)
{
    struct naming *n = &c->naming;
    bool left;

    end_name(c, end);
    left = names_left(c);
    n->turn = left ? TURN_NAME : TURN_NONE;
    if (end == NAME_NO_KEYS || (!left && c->can_ask))
        return ask_after_all(c, end);
    if (!left)
        return none_taken(c, err);
    note_next(c, next_guess(c));
    if (c->until != 0)
        return none_taken(c, err);
    connect_again(c, NULL);
    n->due = clock_ms() + PAUSE;
    return connect_go_on(c);
}

/* ---- a name that was given, and refused ---- */

bool connect_asks_for_shell(const struct connect *c)
{
    return !c->naming.known && c->can_ask && c->pty != NULL &&
           c->command == NULL;
}

bool connect_may_offer(const struct connect *c)
{
    return connect_asks_for_shell(c) && c->naming.used_len < LOGINNAME_TRIES;
}

/* Will it be tried again, as the machine may still boot? */
static bool may_pass(const struct connect *c)
{
    return c->until != 0 && (c->patience == NULL ||
                             patience_dares(c->patience, c->fault, clock_ms()));
}

static bool may_be_wrong(const struct connect *c)
{
    return !c->naming.guessed && !may_pass(c) &&
           (c->fault == FAULT_WRONG_USER || c->fault == FAULT_USER_OR_ANSWERS ||
            c->fault == FAULT_NO_NAME_LEFT || c->fault == FAULT_NOT_AUTHORIZED);
}

enum connect_state connect_offer_name(struct connect *c, struct err *err)
{
    const char *other =
        connect_may_offer(c) && may_be_wrong(c) ? connect_other_name(c) : NULL;

    if (other == NULL)
        return CONNECT_FAILED;
    mem_free(c->naming.offer);
    c->naming.offer = mem_strdup(other);
    c->naming.refused = *err;
    keep_ident(c);
    ssh_session_free(c->session); /* nobody waits for it any more */
    c->session = NULL;
    buf_clear(&c->text);
    buf_printf(&c->text, "%s.\n", err->msg);
    connect_advise(c, &c->text);
    buf_clear(&c->prompt);
    buf_printf(&c->prompt, "Try %s? [Y/n] ", c->naming.offer);
    c->question = (struct ui_question){
        .title = "Not logged in",
        .text = buf_str(&c->text),
        .prompt = buf_str(&c->prompt),
        .echo = true,
        .alert = true,
    };
    return connect_ask(c, TOPIC_OTHER);
}

enum connect_state connect_answer_other(struct connect *c, const char *typed,
                                        struct err *err)
{
    if (typed == NULL || !connect_is_yes(typed)) {
        *err = c->naming.refused;
        return CONNECT_FAILED;
    }
    note_next(c, c->naming.offer);
    connect_again(c, c->naming.offer);
    c->naming.due = clock_ms() + PAUSE;
    return connect_go_on(c);
}

/* Enter alone is one. */
bool connect_is_yes(const char *typed)
{
    return typed[0] == '\0' || text_same(typed, "y") || text_same(typed, "yes");
}
