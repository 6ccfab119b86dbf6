#include "app/refusal.h"

#include <stdlib.h>
#include <string.h>
#include "app/identity.h"
#include "app/loginname.h"
#include "base/text.h"
#include "keys/sshkey.h"

#define SHORT_RSA 2048 /* bits below which systems' policies refuse a key */

/* ---- what was answered ---- */

static const char *const answers[] = {
    [REFUSAL_REFUSED] = "refused",
    [REFUSAL_SHA1] = "taken only with SHA-1 signatures, which can be forged",
    [REFUSAL_SIGNATURE] = "known to the server, but its signature was refused",
    [REFUSAL_UNUSED] = "known to the server, but it was not signed with",
    [REFUSAL_UNTRIED] = "not tried, as PubkeyAcceptedAlgorithms leaves it out",
};

void refusals_free(struct refusals *r)
{
    buf_free(&r->list);
    *r = (struct refusals){ .ed25519 = false };
}

/* What kind of key a server may dislike. */
static void take_kind(struct refusals *r, const struct sshkey *key)
{
    if (strcmp(sshkey_type(key), "ssh-ed25519") == 0)
        r->ed25519 = true;
    if (strcmp(sshkey_type(key), "ssh-rsa") == 0 &&
        sshkey_bits(key) < SHORT_RSA)
        r->short_rsa = true;
}

/* Does the certificate speak against itself?  The reason has been said. */
static bool is_doubtful(const struct identity *id, const char *user)
{
    struct buf why = { 0 };
    bool doubtful = identity_doubt(id, user, &why);

    buf_free(&why);
    return doubtful;
}

void refusals_add(struct refusals *r, const struct identity *id,
                  const char *user, enum refusal_answer answer)
{
    const char *description = identity_description(id);
    const struct sshkey *key = identity_public(id);

    r->counts[answer]++;
    if (answer == REFUSAL_REFUSED && key != NULL)
        take_kind(r, key);
    if (answer == REFUSAL_REFUSED && is_doubtful(id, user))
        r->doubtful = true;
    buf_printf(&r->list, "  %s: %s\n", identity_name(id), answers[answer]);
    if (description[0] != '\0')
        buf_printf(&r->list, "    %s\n", description);
}

const char *refusal_text(enum refusal_answer answer)
{
    return answers[answer];
}

size_t refusals_count(const struct refusals *r, enum refusal_answer answer)
{
    return r->counts[answer];
}

void refusals_list(const struct refusals *r, const struct refusal_facts *facts,
                   struct buf *out)
{
    if (r->list.len == 0)
        return;
    buf_printf(out, "Keys for %s, and the server's answers:\n", facts->user);
    buf_put(out, r->list.data, r->list.len);
    if (facts->left_out != 0)
        buf_printf(out,
                   "  %zu more of the SSH agent's: not tried, as servers allow "
                   "only a few\n",
                   facts->left_out);
}

/* ---- the likeliest cause ---- */

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

static const char *other_name(const struct refusal_facts *facts)
{
    return loginname_other(facts->ident, facts->user);
}

static bool as_root(const struct refusal_facts *facts)
{
    return text_same(facts->user, "root");
}

static enum fault wrong_name(const struct refusal_facts *facts, struct buf *out)
{
    buf_printf(out,
               "Perhaps %s is the wrong user name: on %s images it is usually "
               "%s, at some providers root",
               facts->user, loginname_system(facts->ident), other_name(facts));
    return FAULT_WRONG_USER;
}

static enum fault say(struct buf *out, enum fault fault, const char *cause)
{
    buf_put_str(out, cause);
    return fault;
}

/* Why a server does not know the keys. */
static enum fault why_refused(const struct refusals *r,
                              const struct refusal_facts *facts,
                              struct buf *out)
{
    if (r->ed25519 && older_than_ed25519(facts->ident))
        return say(out, FAULT_OLD_SERVER,
                   "Its software is older than Ed25519 keys; use an RSA or "
                   "ECDSA key");
    if (r->doubtful)
        return say(out, FAULT_OTHER,
                   "Most likely it is for the certificate, as said above");
    if (facts->left_out != 0)
        return say(out, FAULT_TOO_MANY_KEYS,
                   "Perhaps the right key is one that was not tried; name its "
                   "file with -i");
    if (other_name(facts) != NULL && !as_root(facts))
        return wrong_name(facts, out);
    if (r->short_rsa) {
        buf_printf(out,
                   "Many servers refuse RSA keys shorter than %d bits; make a "
                   "new key",
                   SHORT_RSA);
        return FAULT_NOT_AUTHORIZED;
    }
    if (other_name(facts) != NULL) {
        buf_printf(out,
                   "Most likely root may not log in there (on %s images the "
                   "user is usually %s), or this key is not in its "
                   ".ssh/authorized_keys",
                   loginname_system(facts->ident), other_name(facts));
        return FAULT_WRONG_USER;
    }
    buf_printf(out,
               "Most likely this key is not in ~%s/.ssh/authorized_keys "
               "there: add it by the provider's panel or console; or %s "
               "is the wrong user name",
               facts->user, facts->user);
    return FAULT_NOT_AUTHORIZED;
}

/* A person's answers were wrong. */
static enum fault why_wrong(const struct refusal_facts *facts, struct buf *out)
{
    if (other_name(facts) != NULL && !as_root(facts))
        return wrong_name(facts, out);
    if (facts->hung_up)
        buf_put_str(out, "It hangs up after so many wrong tries");
    return FAULT_ANSWERS;
}

/* The keys were not what it came to: there were none, or none were taken. */
static enum fault why_no_keys(const struct refusal_facts *facts,
                              struct buf *out)
{
    if (facts->no_keys && facts->takes_keys)
        return say(out, FAULT_NO_KEY,
                   "None is in an SSH agent, and there is no "
                   "~/.ssh/id_ed25519, id_ecdsa or id_rsa; name one with -i");
    if (facts->hung_up)
        return say(out, FAULT_TOO_MANY_KEYS,
                   "It hangs up after so many keys; name the right one with "
                   "-i");
    if (!facts->can_ask)
        buf_put_str(out, "Connect from a terminal, to be asked");
    return FAULT_NO_KEYS_TAKEN;
}

enum fault refusals_cause(const struct refusals *r,
                          const struct refusal_facts *facts, struct buf *out)
{
    if (facts->asked)
        return why_wrong(facts, out);
    if ((facts->no_keys && facts->takes_keys) || facts->hung_up ||
        !facts->takes_keys)
        return why_no_keys(facts, out);
    if (r->counts[REFUSAL_UNTRIED] != 0 && r->counts[REFUSAL_REFUSED] == 0)
        return say(out, FAULT_OTHER,
                   "Change PubkeyAcceptedAlgorithms, or use a key of another "
                   "type");
    if (r->counts[REFUSAL_SHA1] != 0)
        return FAULT_OLD_SERVER; /* the session has said so */
    if (r->counts[REFUSAL_UNUSED] != 0)
        return FAULT_PASSPHRASE; /* the notes have said why */
    if (r->counts[REFUSAL_SIGNATURE] != 0)
        return say(out, FAULT_SIGNATURE,
                   facts->by_agent
                       ? "Perhaps the SSH agent signs wrongly; use the key's "
                         "file: -i FILE -o IdentityAgent=none"
                       : "Perhaps the account is locked or has expired; look "
                         "from the provider's console");
    return r->counts[REFUSAL_REFUSED] != 0 ? why_refused(r, facts, out)
                                           : FAULT_OTHER;
}
