/* refusal_cause.c - the likeliest cause why nobody was let in. */
#include "app/refusal.h"

#include <stdlib.h>
#include <string.h>
#include "app/loginname.h"
#include "base/text.h"
#include "ssh/session.h"

#define NO_FILE "there is no ~/.ssh/id_ed25519, id_ecdsa or id_rsa"

/* The first two numbers behind the name in ident; false without any. */
static bool find_version(const char *ident, const char *name, long *major,
                         long *minor)
{
    const char *at = strstr(ident, name);
    char *end;

    if (at == NULL)
        return false;
    at += strlen(name);
    *major = strtol(at, &end, 10);
    *minor = *end == '.' ? strtol(end + 1, NULL, 10) : 0;
    return end != at; /* "OpenSSH_for_Windows_9.5" has none there */
}

/* Ed25519 came with OpenSSH 6.5 and Dropbear 2020.79. */
static bool older_than_ed25519(const char *ident)
{
    long major, minor;

    if (find_version(ident, "OpenSSH_", &major, &minor))
        return major < 6 || (major == 6 && minor < 5);
    return find_version(ident, "dropbear_", &major, &minor) &&
           (major < 2020 || (major == 2020 && minor < 79));
}

static enum fault say(struct buf *out, enum fault fault, const char *cause)
{
    buf_put_str(out, cause);
    return fault;
}

/* A cause that ends with the option that names a key. */
static enum fault say_option(struct buf *out, enum fault fault,
                             const struct refusal_facts *facts,
                             const char *cause)
{
    buf_printf(out, "%s%s", cause, diagnosis_option(facts->second_key));
    return fault;
}

static bool as_root(const struct refusal_facts *facts)
{
    return text_same(facts->user, "root");
}

/* A name that this machine is known by, or the usual one of the system's images,
 * has not been tried, and the server has not shown that this one is right. */
static bool good_name_left(const struct refusal_facts *facts)
{
    const char *image = loginname_suggest(facts->ident);

    if (facts->partial || facts->other == NULL)
        return false;
    return facts->let_in || facts->by_console ||
           (image != NULL && strcmp(image, facts->other) == 0);
}

/* what: the user. */
static void put_good_name(const struct refusal_facts *facts, const char *what,
                          struct buf *out)
{
    if (facts->let_in)
        buf_printf(out, "%s was let in there before", facts->other);
    else if (facts->by_console)
        buf_printf(out, "its console names %s", facts->other);
    else
        buf_printf(out, "on %s images %s is usually %s",
                   loginname_system(facts->ident), what, facts->other);
}

/* Another user than root, who exists everywhere, and none that was let in. */
static bool may_be_wrong_name(const struct refusal_facts *facts)
{
    return good_name_left(facts) && !as_root(facts) && facts->known == NULL;
}

static enum fault wrong_name(const struct refusal_facts *facts, struct buf *out)
{
    buf_printf(out, "Perhaps %s%s is the wrong user name: ",
               facts->asked ? "that was mistyped, or " : "", facts->user);
    put_good_name(facts, "it", out);
    if (facts->refused == NULL && !facts->let_in && !facts->by_console)
        buf_put_str(out, ", at some providers root");
    return facts->asked ? FAULT_USER_OR_ANSWERS : FAULT_WRONG_USER;
}

/* sshd takes root's key, and only then looks at PermitRootLogin. */
static enum fault why_not_root(const struct refusal_facts *facts,
                               struct buf *out)
{
    buf_put_str(out, "Most likely root may not log in there (PermitRootLogin)");
    if (good_name_left(facts)) {
        buf_put_str(out, ": ");
        put_good_name(facts, "the user", out);
    }
    return FAULT_ROOT;
}

void refusals_doubt_name(const struct refusal_facts *facts, struct buf *out)
{
    struct refusal_facts before = *facts;

    if (!good_name_left(facts) || facts->known != NULL || facts->worked)
        return;
    before.asked = false;
    buf_put_byte(out, ' ');
    (void)(as_root(facts) ? why_not_root(facts, out)
                          : wrong_name(&before, out));
    buf_put_byte(out, '.');
}

/* The key will not do, whoever's it is; without a sentence: it may. */
static enum fault why_unfit(const struct refusals *r,
                            const struct refusal_facts *facts, struct buf *out)
{
    if (r->ed25519 && older_than_ed25519(facts->ident))
        return say(out, FAULT_OLD_SERVER,
                   "Its software is older than Ed25519 keys; use an RSA or "
                   "ECDSA key");
    if (r->doubt.len == 0)
        return FAULT_OTHER;
    buf_printf(out, "Most likely this is why: %.*s", (int)r->doubt.len,
               (const char *)r->doubt.data);
    return FAULT_OTHER;
}

/* The name is right, so what is behind it is not; likewise. */
static enum fault why_changed(const struct refusal_facts *facts,
                              struct buf *out)
{
    static const char suspects[] = "authorized_keys, its modes, or sshd's "
                                   "configuration";

    if (facts->own_installed) {
        buf_printf(out,
                   "The console shows that your key was installed for %s, so "
                   "one of these has changed since, or is wrong: %s",
                   facts->user, suspects);
        return FAULT_INSTALLED;
    }
    if (facts->told)
        buf_printf(out,
                   "The machine itself named %s, so one of these is wrong: %s",
                   facts->user, suspects);
    else if (facts->worked || facts->remembered)
        buf_printf(out,
                   "%s was let in before, so one of these has changed since: "
                   "%s",
                   facts->user, suspects);
    else
        return FAULT_OTHER;
    return FAULT_CHANGED;
}

/* Name and key may both be wrong. */
static enum fault why_unknown(const struct refusals *r,
                              const struct refusal_facts *facts,
                              struct buf *out)
{
    if (!facts->pleased && may_be_wrong_name(facts))
        return wrong_name(facts, out);
    if (r->short_rsa) {
        buf_printf(out,
                   "Many servers refuse RSA keys shorter than %d bits; make a "
                   "new key",
                   REFUSAL_SHORT_RSA);
        return FAULT_WEAK_RSA;
    }
    if (facts->replaced != NULL) {
        buf_printf(out,
                   "%s was let in here before with another key, which was in "
                   "%s then",
                   facts->user, facts->replaced);
        return FAULT_REPLACED;
    }
    if (facts->known != NULL && facts->known[0] != '\0') {
        buf_printf(out, "%s was let in here before with another key, %s",
                   facts->user, facts->known);
        return FAULT_KNOWN_KEY;
    }
    if (facts->refused != NULL) {
        buf_printf(out,
                   "No key is taken for %s, so it is hardly the name: most "
                   "likely your key is not installed there, or it is another "
                   "of yours that is",
                   facts->refused);
        return FAULT_NO_NAME_LEFT;
    }
    buf_printf(out,
               "Most likely %s not in ~%s/.ssh/authorized_keys there, or "
               "others may write to that file or to ~%s",
               r->refused_keys > 1 ? "these keys are" : "this key is",
               facts->user, facts->user);
    if (facts->pleased || facts->known != NULL) /* the name is right */
        return FAULT_NOT_THERE;
    buf_printf(out, "; or %s %s", facts->user,
               as_root(facts) ? "may not log in" : "is the wrong user name");
    if (good_name_left(facts)) {
        buf_put_str(out, " (");
        put_good_name(facts, "the user", out);
        buf_put_str(out, ")");
    }
    return FAULT_NOT_AUTHORIZED;
}

/* Why a server does not know the keys. */
static enum fault why_refused(const struct refusals *r,
                              const struct refusal_facts *facts,
                              struct buf *out)
{
    enum fault fault = why_unfit(r, facts, out);

    if (out->len == 0)
        fault = why_changed(facts, out);
    if (out->len != 0)
        return fault;
    if (facts->left_out == 0)
        return why_unknown(r, facts, out);
    return say_option(out, FAULT_TOO_MANY_KEYS, facts,
                      "Perhaps the right key is one that was not tried; name "
                      "its file with ");
}

/* A person's answers were wrong. */
static enum fault why_wrong(const struct refusal_facts *facts, struct buf *out)
{
    if (!facts->spoken && may_be_wrong_name(facts) && !facts->worked)
        return wrong_name(facts, out);
    if (facts->hung_up)
        buf_put_str(out, "It hangs up after so many wrong tries");
    if (facts->spoken)
        return FAULT_TOLD;
    return facts->partial || facts->worked || facts->known != NULL
               ? FAULT_PASSWORD
               : FAULT_ANSWERS;
}

/* As far as it has said. */
static bool takes_keys(const struct refusal_facts *facts)
{
    return facts->methods == NULL ||
           strstr(facts->methods, SSH_METHOD_KEY) != NULL;
}

/* None of what is left to it can be done here: hostbased, GSSAPI. */
static bool is_strange(const struct refusal_facts *facts)
{
    return facts->methods != NULL && facts->methods[0] != '\0' &&
           !takes_keys(facts) &&
           strstr(facts->methods, SSH_METHOD_PASSWORD) == NULL &&
           (facts->refused_unasked ||
            strstr(facts->methods, SSH_METHOD_PROMPTS) == NULL);
}

static enum fault why_none(const struct refusal_facts *facts, struct buf *out)
{
    static const char barred[] =
        "IdentitiesOnly leaves out what the SSH agent holds, and " NO_FILE
        "; leave IdentitiesOnly out, or name a key with ";
    static const char none[] =
        "None came from an SSH agent, and " NO_FILE "; name one with ";

    say_option(out, FAULT_NO_KEY, facts, facts->agent_barred ? barred : none);
    if (facts->forbids != NULL && facts->can_ask)
        buf_printf(out, ", or leave out %s", facts->forbids);
    return FAULT_NO_KEY;
}

/* The keys were not what it came to: there were none, or none were taken. */
static enum fault why_no_keys(const struct refusal_facts *facts,
                              struct buf *out)
{
    if (facts->no_keys && facts->mistake != NULL)
        return FAULT_KEY_FILE;
    if (facts->no_keys && takes_keys(facts))
        return why_none(facts, out);
    if (facts->keys_left)
        return say(out, FAULT_TOO_MANY_KEYS, "It hangs up after so many keys");
    if (facts->methods != NULL && facts->methods[0] == '\0')
        return say(out, FAULT_SHUT,
                   "It names no way to log in that it would take, so its own "
                   "configuration is wrong");
    if (is_strange(facts) && facts->refused_unasked)
        return say(out, FAULT_SHUT,
                   "It takes nothing else, so its own configuration is wrong");
    if (is_strange(facts))
        return say(out, FAULT_SHUT,
                   "It takes neither keys nor passwords, so nobody but its "
                   "owner can open it to you");
    return facts->can_ask ? FAULT_OTHER : FAULT_NO_KEYS_TAKEN;
}

/* Without a touch it does not sign; so it was made not to ask for one, or a PIN
 * was wanted for which ssh-keygen has to make the key. */
static enum fault why_bad_token(const struct refusal_facts *facts,
                                struct buf *out)
{
    buf_printf(out,
               "Perhaps %sthe server wants proof of a touch or of the PIN, and "
               "this key was made without; make another: ssh-keygen -t "
               "ed25519-sk -O verify-required",
               as_root(facts) ? "root may not log in there "
                                "(PermitRootLogin), or "
                              : "");
    return FAULT_SIGNATURE;
}

static enum fault why_bad_signature(const struct refusals *r,
                                    const struct refusal_facts *facts,
                                    struct buf *out)
{
    if (r->on_token)
        return why_bad_token(facts, out);
    if (as_root(facts) && !facts->worked && !facts->remembered)
        return why_not_root(facts, out);
    if (facts->by_agent)
        buf_printf(out,
                   "Perhaps the SSH agent signs wrongly; use the key's file: "
                   "%s %.*s -o IdentityAgent=none",
                   diagnosis_option(facts->second_key),
                   r->file.len != 0 ? (int)r->file.len : 4,
                   r->file.len != 0 ? (const char *)r->file.data : "FILE");
    else
        buf_put_str(out, "Perhaps the account is locked or has expired; look "
                         "from the provider's console");
    return FAULT_SIGNATURE;
}

static enum fault why_unsigned(const struct refusals *r)
{
    return r->token_unsigned ? FAULT_TOKEN : FAULT_AGENT;
}

/* It takes one, but nothing was signed with that. */
static size_t count_unused(const struct refusals *r)
{
    return r->counts[REFUSAL_UNUSED] + r->counts[REFUSAL_UNSIGNED];
}

/* Something is the matter with a key that it knows, or with all RSA keys. */
static enum fault why_not_enough(const struct refusals *r,
                                 const struct refusal_facts *facts,
                                 struct buf *out)
{
    if (r->counts[REFUSAL_UNSIGNED] != 0)
        return why_unsigned(r);
    if (r->counts[REFUSAL_UNUSED] != 0)
        return FAULT_PASSPHRASE; /* what happened was said first */
    if (r->counts[REFUSAL_SIGNATURE] != 0)
        return why_bad_signature(r, facts, out);
    return say(out, FAULT_WEAK_RSA,
               facts->takes_sha1
                   ? "It takes RSA keys only with SHA-1 signatures, which can "
                     "be forged; use an Ed25519 or ECDSA key"
                   : "Use an Ed25519 or ECDSA key");
}

/* All that were judged are of types that it does not list. */
static enum fault why_type(const struct refusal_facts *facts, struct buf *out)
{
    if (facts->takes_ed25519)
        return say(out, FAULT_KEY_TYPE,
                   "Most likely it takes no such keys; use an Ed25519 key");
    if (facts->takes_rsa)
        return say(out, FAULT_OLD_SERVER,
                   "Most likely it takes no such keys; use an RSA key");
    return say(out, FAULT_OTHER, "Most likely it takes no such keys");
}

/* What is known, and not only likely; FAULT_OTHER: nothing. */
static enum fault why_certainly(const struct refusals *r,
                                const struct refusal_facts *facts,
                                struct buf *out)
{
    if (facts->keys_left || count_unused(r) != 0 ||
        r->counts[REFUSAL_SIGNATURE] != 0)
        return FAULT_OTHER;
    if (facts->withheld)
        return say(out, FAULT_WITHHELD,
                   "It would take a password, but none is given to it before "
                   "its host key is verified");
    if (!takes_keys(facts) || facts->worked)
        return FAULT_OTHER;
    if (facts->installed != NULL) {
        buf_printf(out,
                   "The console shows that the panel installed the key %s for "
                   "%s, which is not one of yours",
                   facts->installed, facts->user);
        return FAULT_OTHER_KEY;
    }
    if (!facts->keyless)
        return FAULT_OTHER;
    buf_printf(out, "The console shows that no key was installed for %s",
               facts->user);
    return FAULT_KEYLESS;
}

static void put_terminal(const struct refusal_facts *facts, struct buf *out)
{
    buf_put_str(out,
                "Connect from a terminal, and without BatchMode, to be asked");
    if (facts->forbids != NULL) /* ... for one, to log in with a key */
        buf_printf(out, ", or leave out %s", facts->forbids);
}

enum fault refusals_cause(const struct refusals *r,
                          const struct refusal_facts *facts, struct buf *out)
{
    const size_t *n = r->counts;
    enum fault certain;

    if (facts->asked && n[REFUSAL_UNUSED] != 0)
        return say(out, FAULT_PASSPHRASE,
                   "It takes a key that was not used, so the user name is "
                   "right: connect again, with that key's passphrase");
    if (facts->asked && n[REFUSAL_UNSIGNED] != 0)
        return say(out, why_unsigned(r),
                   "It takes a key that was not used, so the user name is "
                   "right: connect again, and let the SSH agent sign");
    if (facts->asked)
        return why_wrong(facts, out);
    if (facts->by_mistake && facts->takes_typing)
        return say(out, FAULT_KEY_FILE,
                   "To log in without keys, by what is typed: -o "
                   "PubkeyAuthentication=no");
    certain = why_certainly(r, facts, out);
    if (certain != FAULT_OTHER)
        return certain;
    if (facts->forbids != NULL && facts->forbids_all) {
        buf_printf(out, "To allow what it takes, leave out %s", facts->forbids);
        return FAULT_OTHER;
    }
    if (facts->no_keys || facts->keys_left || !takes_keys(facts))
        return why_no_keys(facts, out);
    if (count_unused(r) != 0 || n[REFUSAL_SIGNATURE] != 0 ||
        n[REFUSAL_SHA1] != 0 || n[REFUSAL_ALGORITHM] != 0 || facts->takes_sha1)
        return why_not_enough(r, facts, out);
    if (facts->key_accepted)
        return say(out, FAULT_OTHER,
                   "It wants another key as well; name it with one more -i");
    if (n[REFUSAL_REFUSED] != 0)
        return why_refused(r, facts, out);
    if (n[REFUSAL_TYPE] != 0)
        return why_type(facts, out);
    if (n[REFUSAL_UNTRIED] != 0)
        buf_put_str(out, "Change PubkeyAcceptedAlgorithms, or use a key of "
                         "another type");
    else if (facts->unasked)
        put_terminal(facts, out);
    return FAULT_OTHER;
}
