/* refusal.c - which keys were offered, what was answered: the paragraph. */
#include "app/refusal.h"

#include <string.h>
#include "app/identity.h"
#include "base/text.h"
#include "keys/sshkey.h"
#include "ssh/session.h"

/* ---- what was answered ---- */

void refusals_free(struct refusals *r)
{
    size_t i;

    for (i = 0; i < REFUSAL_ANSWERS; i++)
        buf_free(&r->keys[i]);
    buf_free(&r->doubt);
    buf_free(&r->last);
    buf_free(&r->file);
    *r = (struct refusals){ .ed25519 = false };
}

/* Certificates are offered right before their key. */
static void count_refused(struct refusals *r, const struct identity *id)
{
    const struct sshkey *key = identity_public(id);
    size_t len = 0;
    const uint8_t *blob = key != NULL ? sshkey_blob(key, &len) : NULL;

    r->refused_certs += identity_certified(id);
    if (len != 0 && len == r->last.len && memcmp(blob, r->last.data, len) == 0)
        return;
    r->refused_keys++;
    buf_clear(&r->last);
    buf_put(&r->last, blob, len);
}

void refusals_put_refused(const struct refusals *r, struct buf *out)
{
    size_t offered = r->counts[REFUSAL_REFUSED] + r->counts[REFUSAL_TYPE];

    if (offered == 1)
        buf_printf(out, " It refused the %s that was offered.",
                   r->refused_certs != 0 ? "certificate" : "key");
    else if (r->refused_keys == 1)
        buf_printf(out,
                   " It refused the key that was offered, and its "
                   "certificate%s.",
                   r->refused_certs == 1 ? "" : "s");
    else if (offered != 0)
        buf_printf(out, " It refused the %zu keys that were offered%s.",
                   r->refused_keys,
                   r->refused_certs != 0 ? ", also by certificate" : "");
}

/* What a server may dislike of a key. */
static void take_refused(struct refusals *r, const struct identity *id,
                         const char *user)
{
    const struct sshkey *key = identity_public(id);

    if (key != NULL && strcmp(sshkey_type(key), "ssh-ed25519") == 0)
        r->ed25519 = true;
    if (key != NULL && strcmp(sshkey_type(key), "ssh-rsa") == 0 &&
        sshkey_bits(key) < REFUSAL_SHORT_RSA)
        r->short_rsa = true;
    if (r->doubt.len == 0)
        (void)identity_doubt(id, user, &r->doubt);
}

void refusals_add(struct refusals *r, const struct identity *id,
                  const char *user, enum refusal_answer answer)
{
    const char *description = identity_description(id);
    const struct sshkey *key = identity_public(id);
    struct buf *keys = &r->keys[answer];

    r->counts[answer]++;
    if (answer == REFUSAL_REFUSED)
        take_refused(r, id, user);
    if (answer == REFUSAL_REFUSED || answer == REFUSAL_TYPE)
        count_refused(r, id);
    if (key != NULL && sshkey_on_token(key)) {
        r->on_token = r->on_token || answer == REFUSAL_SIGNATURE;
        r->token_unsigned = r->token_unsigned || answer == REFUSAL_UNSIGNED;
    }
    if (answer == REFUSAL_SIGNATURE && identity_has_file(id)) {
        buf_clear(&r->file);
        text_shell_word(&r->file, identity_name(id));
    }
    buf_printf(keys, "%s%s", keys->len != 0 ? ", " : "", identity_name(id));
    if (description[0] != '\0')
        buf_printf(keys, " (%s)", description);
}

/* What is said of one key; of all, before them and behind. */
/* clang-format off */
static const struct {
    const char *word, *before, *behind;
} answers[REFUSAL_ANSWERS] = {
    [REFUSAL_REFUSED]   = { "refused", "refused ", "" },
    [REFUSAL_TYPE]      = { "refused; the server lists no algorithm for keys "
                            "of this type",
                            "refused ", ", and lists no algorithm for keys of "
                            "this type" },
    [REFUSAL_ALGORITHM] = { "not offered, as no rsa-sha2 signature is taken",
                            "takes no rsa-sha2 signature, so it was not "
                            "offered ", "" },
    [REFUSAL_SHA1]      = { "taken only with SHA-1 signatures, which can be "
                            "forged",
                            "takes only SHA-1 signatures, which can be forged, "
                            "of ", "" },
    [REFUSAL_SIGNATURE] = { "known to the server, but its signature was "
                            "refused",
                            "knows ", ", but refused the signature" },
    [REFUSAL_UNUSED]    = { "known to the server, but it was not signed with",
                            "takes ", ", but nothing was signed with it" },
    [REFUSAL_UNSIGNED]  = { "known to the server, but the SSH agent did not "
                            "sign with it",
                            "takes ", ", but the SSH agent did not sign with "
                            "it" },
    [REFUSAL_UNTRIED]   = { "not tried, as PubkeyAcceptedAlgorithms leaves it "
                            "out",
                            "was not offered ", ", which "
                            "PubkeyAcceptedAlgorithms leaves out" },
};
/* clang-format on */

const char *refusal_text(enum refusal_answer answer)
{
    return answers[answer].word;
}

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

/* "publickey,password", without what was refused for good */
static void put_methods(const struct refusal_facts *facts, unsigned *said,
                        struct buf *out)
{
    const char *at = facts->methods;
    bool first = true;

    for (size_t n; at != NULL && *at != '\0'; at += n + (at[n] == ',')) {
        n = strcspn(at, ",");
        if (facts->refused_unasked && n == strlen(SSH_METHOD_PROMPTS) &&
            memcmp(at, SSH_METHOD_PROMPTS, n) == 0)
            continue;
        if (first)
            buf_printf(out, " %s would still take: ", next_subject(said));
        buf_printf(out, "%s%.*s", first ? "" : ", ", (int)n, at);
        first = false;
    }
    if (!first)
        buf_put_byte(out, '.');
}

/* Unless that is what happened, or something was asked behind it. */
static void put_unasked(const struct refusal_facts *facts, unsigned *said,
                        struct buf *out)
{
    if (facts->refused_unasked && !facts->asked &&
        strstr(facts->what, SSH_METHOD_PROMPTS) == NULL)
        buf_printf(out, " %s refused %s without a question.",
                   next_subject(said), SSH_METHOD_PROMPTS);
}

/* ---- the paragraph ---- */

void refusals_account(const struct refusals *r,
                      const struct refusal_facts *facts, const char *cause,
                      struct buf *out)
{
    unsigned said = strstr(facts->what, "the server") != NULL;

    buf_printf(out, "%s.", facts->what);
    put_keys(r, &said, out);
    put_unasked(facts, &said, out);
    if (facts->mistake != NULL && strcmp(facts->what, facts->mistake) != 0)
        buf_printf(out, " A key could not be used: %s.", facts->mistake);
    if (facts->left_out != 0)
        buf_printf(out,
                   " %zu more of the SSH agent's were not tried, as servers "
                   "allow only a few.",
                   facts->left_out);
    if (!facts->hung_up)
        put_methods(facts, &said, out);
    if (cause[0] != '\0')
        buf_printf(out, " %s.", cause);
}
