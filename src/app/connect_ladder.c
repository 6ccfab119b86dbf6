/*
 * connect_ladder.c - how far the connection has come, for the ladder.
 *
 * Nothing is told step by step: what is known by now is looked at after each
 * step, and the first rung that is not passed when it fails is the broken one.
 */
#include "app/connecting.h"

#include <string.h>
#include "app/ladder.h"
#include "app/loginname.h"
#include "app/notes.h"
#include "app/trust.h"
#include "base/text.h"
#include "config/options.h"
#include "keys/sshkey.h"
#include "sys/clock.h"
#include "sys/dial.h"

#define AT_ONCE 5000 /* ms, ample for a server that is slow to count */

static void pass(struct connect *c, enum rung rung, uint64_t now,
                 const char *text)
{
    ladder_decide(c->ladder, rung, RUNG_GOOD, now, "%s", text);
}

static void climb_dial(struct connect *c, uint64_t now)
{
    struct buf found = { 0 };

    if (dial_found(c->dial, &found) != 0)
        pass(c, RUNG_NAME, now, buf_str(&found));
    buf_free(&found);
}

static void climb_handshake(struct connect *c, uint64_t now)
{
    const char *ident = ssh_session_ident(c->session);
    const char *system = loginname_system(ident);
    struct ssh_facts facts = ssh_session_facts(c->session);
    bool agreed = facts.kex[0] != '\0' &&
                  ssh_session_fault(c->session) != SSH_FAULT_ALGORITHMS;

    ladder_decide(c->ladder, RUNG_TCP, RUNG_GOOD, now,
                  "%s port %u takes the connection", c->address, c->opt->port);
    if (ident[0] != '\0')
        ladder_decide(c->ladder, RUNG_IDENT, RUNG_GOOD, now, "%s%s%s", ident,
                      system != NULL ? ", so perhaps " : "",
                      system != NULL ? system : "");
    if (agreed)
        ladder_decide(c->ladder, RUNG_KEX, RUNG_GOOD, now,
                      "%s, %s: %u bits strong, though not against a quantum "
                      "computer",
                      facts.kex, facts.cipher, facts.strength);
}

static void climb_host_key(struct connect *c, uint64_t now)
{
    struct buf text = { 0 };
    bool usual = trust_describe(c->trust, &text);

    ladder_decide(c->ladder, RUNG_HOST_KEY, usual ? RUNG_GOOD : RUNG_NOTED, now,
                  "%s", buf_str(&text));
    buf_free(&text);
}

/* How many keys were asked about for the user, and how many of them taken. */
static size_t count_keys(const struct connect *c, size_t *taken)
{
    const struct ladder *l = c->ladder;
    size_t i, n = 0;

    for (i = 0, *taken = 0; i < l->keys_len; i++) {
        if (strcmp(l->keys[i].user, c->user) != 0)
            continue;
        *taken += l->keys[i].taken;
        n++;
    }
    return n;
}

static void climb_login(struct connect *c, uint64_t now)
{
    const char *said = ssh_session_methods(c->session);
    const char *methods = said != NULL ? said : "";
    bool in = ssh_session_logged_in(c->session);
    size_t taken, asked = count_keys(c, &taken);

    if (methods[0] != '\0' || in)
        pass(c, RUNG_METHODS, now,
             methods[0] != '\0' ? methods : "none is needed");
    if (!connect_settled(c) && !c->failed)
        return; /* another name may be the right one */
    if (c->keys_judged)
        ladder_decide(c->ladder, RUNG_KEYS, RUNG_GOOD, now, "%zu of %zu taken",
                      taken, asked);
    if (!in)
        return;
    ladder_decide(c->ladder, RUNG_KEYS, RUNG_NOTED, now, "none was needed");
    ladder_decide(c->ladder, RUNG_LOGIN, RUNG_GOOD, now, "as %s, by %s",
                  c->user,
                  c->id != NULL ? identity_name(c->id)
                  : c->prompted ? "what was typed"
                                : "nothing");
}

void connect_climb(struct connect *c, uint64_t now)
{
    if (c->dial != NULL)
        climb_dial(c, now);
    if (c->session == NULL)
        return;
    climb_handshake(c, now);
    if (c->host_key_judged)
        climb_host_key(c, now);
    if (c->user != NULL && c->host_key_judged)
        climb_login(c, now);
}

/* ---- the fall ---- */

static enum fault fault_of(const struct connect *c, const struct err *err)
{
    enum fault fault;

    if (err->code == ERR_CANCELLED || err->code == ERR_PASSPHRASE)
        return FAULT_OTHER; /* that tells all */
    if (c->fault == FAULT_PASSPHRASE && c->tries == 0)
        return FAULT_OTHER; /* it was not for a wrong one */
    if (c->fault != FAULT_OTHER || err->code == ERR_AUTH)
        return c->fault; /* found together with the sentence */
    if (err->code == ERR_TRUST)
        return trust_is_revoked(c->trust) ? FAULT_REVOKED : FAULT_HOST_KEY;
    if (c->dial != NULL)
        return fault_of_dial(dial_error(c->dial), err->code);
    if (c->session == NULL)
        return FAULT_KEY_FILE;
    fault = fault_of_session(ssh_session_fault(c->session));
    if (fault == FAULT_ALGORITHMS && strstr(connect_ident(c), "tinyssh"))
        return FAULT_TINYSSH;
    if (connect_came_early(c, err))
        return FAULT_LOGIN;
    return fault == FAULT_TOLD && strstr(err->msg, CONNECT_BOOTS)
               ? FAULT_BOOTING
               : fault;
}

/* At a question too many it hangs up at once; one that it has thought about for
 * long was none. */
static bool fails_survey(const struct connect *c, uint64_t now)
{
    return c->surveying && c->session != NULL &&
           ssh_session_fault(c->session) == SSH_FAULT_LOGIN &&
           (c->unanswered == 0 || now - c->unanswered < AT_ONCE);
}

void connect_fall(struct connect *c, const struct err *err)
{
    uint64_t now = clock_ms();
    enum rung rung;

    c->failed = true;
    c->survey_failed = fails_survey(c, now);
    c->failure = *err;
    connect_climb(c, now);
    c->fault = fault_of(c, err);
    if (connect_survey_failed(c))
        return; /* the same way is gone once more */
    rung = ladder_next(c->ladder);
    if (c->dial == NULL && c->session == NULL) /* it was not begun */
        rung = c->fault == FAULT_CONSOLE ? RUNG_HOST_KEY : RUNG_KEYS;
    ladder_decide(c->ladder, rung, RUNG_BROKEN, now, "%s", err->msg);
}

enum fault connect_fault(const struct connect *c)
{
    return c->fault;
}

/* ---- keys ---- */

void connect_note_key(struct connect *c, const struct identity *id,
                      const char *answer, bool taken)
{
    struct ladder_key key = {
        .name = text_cleaned(identity_name(id)),
        .description = text_cleaned(identity_description(id)),
        .user = text_cleaned(c->user),
        .answer = answer,
        .taken = taken,
        .by_agent = identity_held(id),
    };

    ladder_note_key(c->ladder, &key);
}

/* ---- in words ---- */

void connect_note_agreed(struct connect *c)
{
    struct ssh_facts facts = ssh_session_facts(c->session);
    char print[SSHKEY_FINGERPRINT_MAX];
    size_t len;
    const uint8_t *blob = ssh_session_host_key(c->session, &len);

    notes_add(
        c->notes, NOTE_VERBOSE, "%s: key exchange %s, host key %s, cipher %s.",
        ssh_session_ident(c->session), facts.kex, facts.host_key, facts.cipher);
    sshkey_fingerprint(blob, len, print);
    notes_add(
        c->notes, NOTE_DEBUG,
        "Host key %s; MAC %s; key exchange and cipher are %u bits strong.",
        print, facts.mac, facts.strength);
}
