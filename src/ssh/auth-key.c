/*
 * The login with a key (RFC 4252 section 7): the query, the signature, and what
 * the server makes of them.
 */
#include <string.h>
#include "ssh/internal.h"
#include "base/mem.h"
#include "base/wire.h"
#include "ssh/algorithms.h"

#define SHA1 "ssh-rsa" /* as a signature's algorithm */

static const char doing[] = "during the login";

/* ---- the signature ---- */

/* The algorithm's name within the data to sign (RFC 4252 section 7). */
static struct wire_bytes algorithm_in(const uint8_t *data, size_t len)
{
    struct wire_bytes name;
    struct wire w;

    wire_init(&w, data, len);
    wire_string(&w); /* session id */
    wire_byte(&w);   /* SSH_MSG_USERAUTH_REQUEST */
    wire_string(&w); /* user */
    wire_string(&w); /* service */
    wire_string(&w); /* "publickey" */
    wire_bool(&w);
    name = wire_string(&w);
    wire_string(&w); /* blob */
    return wire_done(&w) ? name : (struct wire_bytes){ data, 0 };
}

/* Keep the question for the user; false if it is one we refuse ourselves. */
static bool keep_question(struct ssh_session *s, const uint8_t *data,
                          size_t len)
{
    struct wire_bytes name = algorithm_in(data, len);

    mem_free(s->algorithm);
    s->algorithm = mem_strndup((const char *)name.data, name.len);
    if (name.len == 0 || ssh_algorithms_weak_signature(s->algorithm)) {
        s->sha1_only = name.len != 0;
        return false;
    }
    buf_clear(&s->to_sign);
    buf_put(&s->to_sign, data, len);
    return true;
}

/*
 * libssh2 wants a signature.  It asks again for every "not yet".  A refusal
 * is -1: -51 would make it try once more with SHA-1.
 */
static LIBSSH2_USERAUTH_PUBLICKEY_SIGN_FUNC(want_signature)
{
    struct ssh_session *s = *abstract;

    (void)session;
    if (s->refuses_signature)
        return -1;
    if (s->signature.len == 0)
        return keep_question(s, data, data_len) ? LIBSSH2_ERROR_EAGAIN : -1;
    *sig = ssh_alloc_get(&s->alloc, s->signature.len);
    *sig_len = s->signature.len;
    memcpy(*sig, s->signature.data, s->signature.len);
    buf_clear(&s->signature);
    s->signature_sent = true;
    return 0;
}

static int offer(struct ssh_session *s)
{
    void *abstract = s;
    int rc;

    s->alloc.slack = SSH_ALLOC_SLACK;
    rc = libssh2_userauth_publickey(s->lib, s->user, s->blob.data, s->blob.len,
                                    want_signature, &abstract);
    s->alloc.slack = 0;
    return rc;
}

static bool is_rsa(const struct ssh_session *s)
{
    struct wire_bytes type;
    struct wire w;

    wire_init(&w, s->blob.data, s->blob.len);
    type = wire_string(&w);
    return wire_is(type, "ssh-rsa") ||
           wire_is(type, "ssh-rsa-cert-v01@openssh.com");
}

static void begin_offer(struct ssh_session *s)
{
    s->offer_sent = s->signature_sent = s->refuses_signature = false;
    s->sha1_only = s->heard.failed = false;
    buf_clear(&s->to_sign);
    buf_clear(&s->signature);
    s->stage = STAGE_OFFER;
}

bool ssh_session_lists_signature(struct ssh_session *s, const char *name)
{
    return s->heard.lists_signatures &&
           ssh_lists(buf_str(&s->heard.signatures), name, strlen(name));
}

/* A certificate signs as its key does, whose name is "ssh-ed25519" or
 * "sk-ssh-ed25519@openssh.com". */
static bool lists_type(struct ssh_session *s)
{
    struct wire_bytes type;
    struct buf plain = { 0 };
    struct wire w;
    char *name, *end;
    bool listed;

    wire_init(&w, s->blob.data, s->blob.len);
    type = wire_string(&w);
    name = mem_strndup((const char *)type.data, type.len);
    listed = ssh_session_lists_signature(s, name);
    end = strstr(name, "-cert-v01@openssh.com");
    if (end != NULL && !listed) {
        buf_printf(&plain, "%.*s%s", (int)(end - name), name,
                   strncmp(name, "sk-", 3) == 0 ? "@openssh.com" : "");
        listed = ssh_session_lists_signature(s, buf_str(&plain));
    }
    buf_free(&plain);
    mem_free(name);
    return listed;
}

static enum ssh_want next_key(struct ssh_session *s, enum ssh_key_answer answer)
{
    if (answer == SSH_KEY_REFUSED && s->heard.lists_signatures && !is_rsa(s) &&
        !lists_type(s))
        answer = SSH_KEY_TYPE;
    s->answer = answer;
    if (answer == SSH_KEY_REFUSED && is_rsa(s) && s->refused_rsa.len == 0)
        buf_put(&s->refused_rsa, s->blob.data, s->blob.len);
    s->stage = STAGE_KEY;
    return SSH_WAIT;
}

/* -19: our refusal, a bad signature, partial success, or a lost peer. */
static enum ssh_want not_verified(struct ssh_session *s)
{
    if (s->disconnect != NULL || ssh_transport_ended(&s->tp))
        return ssh_lost(s, doing);
    if (s->refuses_signature) {
        s->unsigned_keys++;
        return next_key(s, SSH_KEY_UNUSED);
    }
    if (s->signature_sent)
        return ssh_not_let_in(s);
    if (s->sha1_only)
        return next_key(s, SSH_KEY_SHA1);
    return ssh_broken(s, LIBSSH2_ERROR_PUBLICKEY_UNVERIFIED, doing);
}

static enum ssh_want judge_offer(struct ssh_session *s, int rc)
{
    switch (rc) {
    case 0: s->stage = STAGE_OPEN_CHANNEL; return SSH_WAIT;
    case LIBSSH2_ERROR_EAGAIN:
        if (s->to_sign.len != 0 && !s->signature_sent)
            s->stage = STAGE_SIGNATURE;
        return SSH_WAIT;
    case LIBSSH2_ERROR_AUTHENTICATION_FAILED:
        return next_key(s, SSH_KEY_REFUSED);
    case LIBSSH2_ERROR_PUBLICKEY_UNVERIFIED: return not_verified(s);
    default: return ssh_broken(s, rc, doing);
    }
}

/* ---- RSA: one key, several algorithms (RFC 8332) ---- */

/*
 * Is there one that the server lists?  If not, libssh2 would fail, and then
 * with every other key of the session too.
 */
static bool signable(struct ssh_session *s)
{
    const char *ours = s->rsa_signatures;
    size_t n;

    if (!s->heard.lists_signatures)
        return true; /* it is asked with ssh-rsa, which we decline */
    for (; *ours != '\0'; ours += n + (ours[n] == ',')) {
        n = strcspn(ours, ",");
        if (ssh_lists(buf_str(&s->heard.signatures), ours, n))
            return true;
    }
    return false;
}

/* The list comes at the latest with the login service. */
static bool list_awaited(const struct ssh_session *s)
{
    return !s->heard.lists_signatures && s->service != ANSWERED;
}

/*
 * OpenSSH 9.2 lists all algorithms that it knows, and refuses a key when its
 * settings leave out the one it was offered with.  Whether it would take SHA-1
 * is asked when nothing is left to try, since it costs one of the server's
 * MaxAuthTries; the answer is ssh_session_takes_sha1()'s.
 */
bool ssh_probe_begin(struct ssh_session *s)
{
    if (s->probing || s->refused_rsa.len == 0 || !s->heard.lists_signatures ||
        !ssh_lists(buf_str(&s->heard.signatures), SHA1, strlen(SHA1)) ||
        libssh2_session_method_pref(s->lib, LIBSSH2_METHOD_SIGN_ALGO, SHA1) !=
            0)
        return false;
    s->probing = true;
    buf_clear(&s->blob);
    buf_put(&s->blob, s->refused_rsa.data, s->refused_rsa.len);
    begin_offer(s);
    return true;
}

static enum ssh_want judge_probe(struct ssh_session *s, int rc)
{
    if (rc == LIBSSH2_ERROR_EAGAIN)
        return SSH_WAIT;
    s->takes_sha1 = s->sha1_only;
    s->stage = STAGE_CHOOSE;
    return SSH_WAIT;
}

/* ---- the stage ---- */

/* Send the query, perhaps while earlier answers are still on their way. */
static int send_offer(struct ssh_session *s)
{
    unsigned long before = s->tp.packets;
    int rc;

    s->tp.hold = !ssh_caught_up(s);
    rc = offer(s);
    s->tp.hold = false;
    s->offer_sent = s->tp.packets != before; /* else a rekey goes first */
    return rc;
}

static enum ssh_want judge(struct ssh_session *s, int rc)
{
    return s->probing ? judge_probe(s, rc) : judge_offer(s, rc);
}

enum ssh_want ssh_stage_offer(struct ssh_session *s)
{
    enum ssh_want want;

    if (!ssh_caught_up(s) && ssh_catch_up(s) == SSH_FAILED)
        return SSH_FAILED;
    if (s->stage != STAGE_OFFER || s->none == NOT_SENT)
        return SSH_WAIT;
    if (!s->offer_sent && is_rsa(s)) {
        if (list_awaited(s))
            return SSH_WAIT;
        if (!signable(s))
            return next_key(s, SSH_KEY_ALGORITHM);
    }
    if (!s->offer_sent) {
        want = judge(s, send_offer(s));
        if (want == SSH_FAILED || s->stage != STAGE_OFFER)
            return want;
    }
    return ssh_caught_up(s) ? judge(s, offer(s)) : SSH_WAIT;
}

/* ---- answers from above ---- */

void ssh_session_offer_key(struct ssh_session *s, const uint8_t *blob,
                           size_t len)
{
    if (s->stage != STAGE_KEY)
        return;
    s->offered++;
    s->method = METHOD_KEY;
    s->answer = SSH_KEY_REFUSED;
    buf_clear(&s->blob);
    buf_put(&s->blob, blob, len);
    begin_offer(s);
}

enum ssh_key_answer ssh_session_key_answer(const struct ssh_session *s)
{
    return s->answer;
}

bool ssh_session_takes_sha1(const struct ssh_session *s)
{
    return s->takes_sha1;
}

const uint8_t *ssh_session_to_sign(const struct ssh_session *s, size_t *len,
                                   const char **algorithm)
{
    bool asked = s->stage == STAGE_SIGNATURE;

    *len = asked ? s->to_sign.len : 0;
    *algorithm = asked ? s->algorithm : "";
    return asked ? s->to_sign.data : NULL;
}

void ssh_session_give_signature(struct ssh_session *s, const uint8_t *sig,
                                size_t len)
{
    if (s->stage != STAGE_SIGNATURE || len == 0)
        return;
    buf_clear(&s->signature);
    buf_put(&s->signature, sig, len);
    s->stage = STAGE_OFFER;
}

const uint8_t *ssh_session_signed_key(const struct ssh_session *s, size_t *len)
{
    *len = s->signature_sent ? s->blob.len : 0;
    return s->signature_sent ? s->blob.data : NULL;
}

void ssh_session_refuse_signature(struct ssh_session *s)
{
    if (s->stage != STAGE_SIGNATURE)
        return;
    s->refuses_signature = true;
    s->stage = STAGE_OFFER;
}
