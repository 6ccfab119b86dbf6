#include "app/refusal.h"

#include <stdlib.h>
#include <string.h>
#include "app/identity.h"
#include "app/loginname.h"
#include "base/text.h"
#include "keys/sshkey.h"

#define SHORT_RSA 2048 /* bits below which systems' policies refuse a key */

/* ---- what was answered ---- */

void refusals_free(struct refusals *r)
{
    size_t i;

    for (i = 0; i < REFUSAL_ANSWERS; i++)
        buf_free(&r->keys[i]);
    buf_free(&r->doubt);
    *r = (struct refusals){ .ed25519 = false };
}

/* What a server may dislike of a key. */
static void take_refused(struct refusals *r, const struct identity *id,
                         const char *user)
{
    const struct sshkey *key = identity_public(id);

    if (key != NULL && strcmp(sshkey_type(key), "ssh-ed25519") == 0)
        r->ed25519 = true;
    if (key != NULL && strcmp(sshkey_type(key), "ssh-rsa") == 0 &&
        sshkey_bits(key) < SHORT_RSA)
        r->short_rsa = true;
    if (r->doubt.len == 0)
        (void)identity_doubt(id, user, &r->doubt);
}

void refusals_add(struct refusals *r, const struct identity *id,
                  const char *user, enum refusal_answer answer)
{
    const char *description = identity_description(id);
    struct buf *keys = &r->keys[answer];

    r->counts[answer]++;
    if (answer == REFUSAL_REFUSED)
        take_refused(r, id, user);
    buf_printf(keys, "%s%s", keys->len != 0 ? ", " : "", identity_name(id));
    if (description[0] != '\0')
        buf_printf(keys, " (%s)", description);
}

/* What is said of the keys, before and behind them. */
/* clang-format off */
static const struct {
    const char *before, *behind;
} answers[REFUSAL_ANSWERS] = {
    [REFUSAL_REFUSED]   = { "refused ", "" },
    [REFUSAL_ALGORITHM] = { "takes no rsa-sha2 signature, so it was not offered "
                            "", "" },
    [REFUSAL_SHA1]      = { "takes only SHA-1 signatures, which can be forged, "
                            "of ", "" },
    [REFUSAL_SIGNATURE] = { "knows ", ", but refused the signature" },
    [REFUSAL_UNUSED]    = { "takes ", ", but nothing was signed with it" },
    [REFUSAL_UNTRIED]   = { "was not offered ", ", which "
                            "PubkeyAcceptedAlgorithms leaves out" },
};
/* clang-format on */

/* "The server", and behind that "It". */
static const char *next_subject(unsigned *said)
{
    return (*said)++ == 0 ? "The server" : "It";
}

static void put_keys(const struct refusals *r, unsigned *said, struct buf *out)
{
    size_t i;

    for (i = 0; i < REFUSAL_ANSWERS; i++) {
        if (r->counts[i] == 0)
            continue;
        buf_printf(out, " %s %s", next_subject(said), answers[i].before);
        buf_put(out, r->keys[i].data, r->keys[i].len);
        buf_printf(out, "%s.", answers[i].behind);
    }
}

/* "publickey,password" */
static void put_methods(const char *methods, unsigned *said, struct buf *out)
{
    if (methods[0] == '\0')
        return;
    buf_printf(out, " %s would still take: ", next_subject(said));
    for (; *methods != '\0'; methods++) {
        buf_put_byte(out, (uint8_t)*methods);
        if (*methods == ',')
            buf_put_byte(out, ' ');
    }
    buf_put_byte(out, '.');
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

/* On images of this system the first user has another name; else NULL. */
static const char *other_name(const struct refusal_facts *facts)
{
    const char *name = loginname_suggest(facts->ident);

    return name == NULL || text_same(name, facts->user) ? NULL : name;
}

static bool as_root(const struct refusal_facts *facts)
{
    return text_same(facts->user, "root");
}

static void wrong_name(const struct refusal_facts *facts, struct buf *out)
{
    buf_printf(out,
               "Perhaps %s is the wrong user name: on %s images it is usually "
               "%s, at some providers root",
               facts->user, loginname_system(facts->ident), other_name(facts));
}

/* Why a server does not know the keys. */
static void why_refused(const struct refusals *r,
                        const struct refusal_facts *facts, struct buf *out)
{
    if (r->ed25519 && older_than_ed25519(facts->ident))
        buf_put_str(out, "Its software is older than Ed25519 keys; use an RSA "
                         "or ECDSA key");
    else if (r->doubt.len != 0)
        buf_printf(out, "Most likely this is why: %.*s", (int)r->doubt.len,
                   (const char *)r->doubt.data);
    else if (facts->left_out != 0)
        buf_put_str(out, "Perhaps the right key is one that was not tried; "
                         "name its file with -i");
    else if (other_name(facts) != NULL && !as_root(facts))
        wrong_name(facts, out);
    else if (r->short_rsa)
        buf_printf(out,
                   "Many servers refuse RSA keys shorter than %d bits; make a "
                   "new key",
                   SHORT_RSA);
    else if (other_name(facts) != NULL)
        buf_printf(out,
                   "Most likely root may not log in there (on %s images the "
                   "user is usually %s), or this key is not in its "
                   ".ssh/authorized_keys",
                   loginname_system(facts->ident), other_name(facts));
    else
        buf_printf(out,
                   "Most likely this key is not in ~%s/.ssh/authorized_keys "
                   "there: add it by the provider's panel or console; or %s "
                   "is the wrong user name",
                   facts->user, facts->user);
}

/* A person's answers were wrong. */
static void why_wrong(const struct refusal_facts *facts, struct buf *out)
{
    if (other_name(facts) != NULL && !as_root(facts))
        wrong_name(facts, out);
    else if (facts->hung_up)
        buf_put_str(out, "It hangs up after so many wrong tries");
}

/* As far as it has said. */
static bool takes_keys(const struct refusal_facts *facts)
{
    return facts->methods[0] == '\0' ||
           strstr(facts->methods, "publickey") != NULL;
}

/* Something is the matter with the keys that it knows. */
static void why_not_enough(const struct refusals *r,
                           const struct refusal_facts *facts, struct buf *out)
{
    if (r->counts[REFUSAL_UNUSED] != 0)
        return; /* what happened was said first */
    if (facts->by_agent)
        buf_put_str(out, "Perhaps the SSH agent signs wrongly; use the key's "
                         "file: -i FILE -o IdentityAgent=none");
    else
        buf_put_str(out, "Perhaps the account is locked or has expired; look "
                         "from the provider's console");
}

/*
 * The likeliest cause and one thing to do, as a sentence without its full
 * stop; nothing if what was said tells enough.
 */
static void put_cause(const struct refusals *r,
                      const struct refusal_facts *facts, struct buf *out)
{
    if (facts->asked)
        why_wrong(facts, out);
    else if (facts->no_keys && takes_keys(facts))
        buf_put_str(out, "None is in an SSH agent, and there is no "
                         "~/.ssh/id_ed25519, id_ecdsa or id_rsa; name one "
                         "with -i");
    else if (facts->hung_up)
        buf_put_str(out, "It hangs up after so many keys; name the right one "
                         "with -i");
    else if (!takes_keys(facts) && !facts->can_ask)
        buf_put_str(out, "Connect from a terminal, to be asked");
    else if (!takes_keys(facts))
        return;
    else if (r->counts[REFUSAL_UNUSED] != 0 ||
             r->counts[REFUSAL_SIGNATURE] != 0)
        why_not_enough(r, facts, out);
    else if (facts->takes_sha1)
        buf_put_str(out, "It takes RSA keys only with SHA-1 signatures, which "
                         "can be forged; use an Ed25519 or ECDSA key");
    else if (r->counts[REFUSAL_SHA1] != 0 || r->counts[REFUSAL_ALGORITHM] != 0)
        buf_put_str(out, "Use an Ed25519 or ECDSA key");
    else if (r->counts[REFUSAL_REFUSED] != 0)
        why_refused(r, facts, out);
    else if (r->counts[REFUSAL_UNTRIED] != 0)
        buf_put_str(out, "Change PubkeyAcceptedAlgorithms, or use a key of "
                         "another type");
}

/* ---- the paragraph ---- */

void refusals_account(const struct refusals *r,
                      const struct refusal_facts *facts, struct buf *out)
{
    struct buf cause = { 0 };
    unsigned said = strstr(facts->what, "the server") != NULL;

    buf_printf(out, "%s.", facts->what);
    put_keys(r, &said, out);
    if (facts->left_out != 0)
        buf_printf(out,
                   " %zu more of the SSH agent's were not tried, as servers "
                   "allow only a few.",
                   facts->left_out);
    if (!facts->hung_up)
        put_methods(facts->methods, &said, out);
    put_cause(r, facts, &cause);
    if (cause.len != 0)
        buf_printf(out, " %s.", buf_str(&cause));
    buf_free(&cause);
}
