/*
 * The login, with the answers waited for as late as possible.
 *
 * Three requests leave together: the one for the login service (libssh2's
 * handshake has sent it), the "none" request, which lists the methods and
 * brings the banner, and the query about the first key.  RFC 4252 section 5
 * lets the client go on before the answers; OpenSSH and Dropbear answer in
 * order.  Each libssh2 call waits for its own answer, so the calls must be
 * finished in the order of their sending, and while a later one is sent
 * nothing may be read, or it would take an earlier one's answer (tp.hold).
 *
 * The channel is not opened ahead of the login's answer, though that would
 * save one more round trip and works with OpenSSH and Dropbear when the key is
 * good.  When the signature is refused, or is not enough, OpenSSH 9.2 answers
 * the open request with UNIMPLEMENTED and libssh2 waits for its real answer
 * for ever, Dropbear ends the connection ("message 90 before userauth"); and
 * with compression, which starts with the login's success, both drop us even
 * with a good key.  All of that was tried.
 *
 * Keys come first without waiting, if the user wants them first.  Every other
 * turn goes through STAGE_CHOOSE, which knows what the server lists; it ends
 * with the first method of the user's order that is listed and not given up,
 * or with refused().  After answers that did not log us in STAGE_RECHECK asks
 * for the list again, since libssh2 does not tell partial success from
 * failure: that costs one of the server's MaxAuthTries.
 */
#include <string.h>
#include "ssh/internal.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/wire.h"
#include "ssh/algorithms.h"

enum { STEPS_MAX = 16 };

static const char doing[] = "during the login";

static enum ssh_want to(struct ssh_session *s, enum ssh_stage stage)
{
    s->stage = stage;
    return SSH_WAIT;
}

/* ---- what the server would take ---- */

static bool lists(const char *methods, const char *method)
{
    size_t n = strlen(method);
    const char *p;

    for (p = methods; p != NULL; p = strchr(p, ',')) {
        p += *p == ',';
        if (strncmp(p, method, n) == 0 && (p[n] == ',' || p[n] == '\0'))
            return true;
    }
    return false;
}

static bool takes_keys(const struct ssh_session *s)
{
    return s->methods == NULL || lists(s->methods, "publickey");
}

/* The server's names of the methods, and how one that was right is told. */
static const struct {
    const char *name, *accepted, *answer;
} ways[METHODS] = {
    [METHOD_KEY] = { "publickey", "the key was accepted", "key" },
    [METHOD_PROMPTS] = { "keyboard-interactive", "the answers were accepted",
                         "answers" },
    [METHOD_PASSWORD] = { "password", "the password was accepted", "password" },
};

static bool listed(const struct ssh_session *s, enum ssh_method m)
{
    return s->methods != NULL && lists(s->methods, ways[m].name);
}

static bool in_order(const struct ssh_session *s, enum ssh_method m)
{
    size_t i;

    for (i = 0; i < s->order_len; i++) {
        if (s->order[i] == m)
            return true;
    }
    return false;
}

/* Nothing is left to try, and a person has been asked or something accepted. */
static enum ssh_want not_enough(struct ssh_session *s)
{
    enum ssh_method m = s->method;

    if (s->refused[m] != 0 && listed(s, m))
        return ssh_fail(s, ERR_AUTH,
                        "the server did not accept the %s for %s (%u %s); it "
                        "accepts: %s",
                        ways[m].answer, s->user, s->refused[m],
                        s->refused[m] == 1 ? "try" : "tries", s->methods);
    return ssh_fail(s, ERR_AUTH, "%s, but the server also wants: %s",
                    ways[s->last_accepted].accepted, s->methods);
}

/* Nothing is left to try. */
static enum ssh_want refused(struct ssh_session *s)
{
    const char *left = s->methods != NULL ? s->methods : "";

    if (s->accepted != 0 || s->refused[s->method] != 0)
        return not_enough(s);
    if (!in_order(s, METHOD_KEY))
        return ssh_fail(s, ERR_AUTH,
                        "the server takes none of the ways to log in that you "
                        "allow; it accepts: %s",
                        left);
    if (s->sha1_keys != 0)
        return ssh_fail(s, ERR_AUTH,
                        "the server takes this RSA key only with SHA-1 "
                        "signatures, which can be forged; use an Ed25519 key "
                        "(it accepts: %s)",
                        left);
    if (s->bad_signatures != 0)
        return ssh_fail(s, ERR_AUTH,
                        "the server knows the key, but its signature was not "
                        "enough; it accepts: %s",
                        left);
    if (!takes_keys(s))
        return ssh_fail(s, ERR_AUTH,
                        "the server accepts no keys here, only: %s", left);
    if (s->offered == 0)
        return ssh_fail(s, ERR_AUTH,
                        "there is no key to offer; the server accepts: %s",
                        left);
    if (s->unsigned_keys != 0)
        return ssh_fail(s, ERR_AUTH,
                        "the server would have taken the key, but it was not "
                        "used; it accepts: %s",
                        left);
    return ssh_fail(s, ERR_AUTH,
                    s->offered == 1
                        ? "the server did not accept the key for %s; it "
                          "accepts: %s"
                        : "the server accepted none of the keys for %s; it "
                          "accepts: %s",
                    s->user, left);
}

/*
 * Send or finish the "none" request.  SSH_WAIT with s->none == ANSWERED when
 * it is done; STAGE_OPEN_CHANNEL if it was enough to log in.
 */
static enum ssh_want ask_methods(struct ssh_session *s)
{
    unsigned long before = s->tp.packets;
    const char *list =
        libssh2_userauth_list(s->lib, s->user, (unsigned)strlen(s->user));
    int code;

    if (s->tp.packets != before)
        s->none = SENT; /* else a rekey goes first */
    if (list != NULL) {
        mem_free(s->methods);
        s->methods = text_cleaned(list);
        s->none = ANSWERED;
        return SSH_WAIT;
    }
    if (libssh2_userauth_authenticated(s->lib)) {
        s->none = ANSWERED;
        return to(s, STAGE_OPEN_CHANNEL);
    }
    code = libssh2_session_last_errno(s->lib);
    if (code != LIBSSH2_ERROR_EAGAIN)
        return ssh_broken(s, code, doing);
    return SSH_WAIT;
}

/* Are the answers before the key's there? */
static bool caught_up(const struct ssh_session *s)
{
    return s->service == ANSWERED && s->none == ANSWERED;
}

/*
 * Take the answers that have come, in order; send what has not been sent.
 * SSH_FAILED, or SSH_WAIT; the stage may have changed.
 */
static enum ssh_want catch_up(struct ssh_session *s)
{
    int rc;

    if (s->none == NOT_SENT) {
        s->tp.hold = s->service != ANSWERED;
        if (ask_methods(s) == SSH_FAILED)
            return SSH_FAILED;
        s->tp.hold = false;
    }
    if (s->service != ANSWERED) {
        rc = libssh2_session_handshake(s->lib, s->tp.fd);
        if (rc == LIBSSH2_ERROR_EAGAIN)
            return SSH_WAIT;
        if (rc != 0)
            return ssh_broken(s, rc, doing);
        s->service = ANSWERED;
    }
    return s->none == ANSWERED ? SSH_WAIT : ask_methods(s);
}

/* ---- the questions ---- */

enum ssh_want ssh_stage_key(struct ssh_session *s)
{
    if (!caught_up(s) && catch_up(s) == SSH_FAILED)
        return SSH_FAILED;
    if (s->stage != STAGE_KEY)
        return SSH_WAIT;
    if (!takes_keys(s))
        return to(s, STAGE_CHOOSE);
    return ssh_ask(s, SSH_ASK_KEY);
}

enum ssh_want ssh_stage_signature(struct ssh_session *s)
{
    return ssh_ask(s, SSH_ASK_SIGNATURE);
}

enum ssh_want ssh_stage_choose(struct ssh_session *s)
{
    size_t i;

    if (!caught_up(s) && catch_up(s) == SSH_FAILED)
        return SSH_FAILED;
    if (s->stage != STAGE_CHOOSE || !caught_up(s))
        return SSH_WAIT;
    for (i = 0; i < s->order_len; i++) {
        enum ssh_method m = s->order[i];

        if (s->given_up[m] || !listed(s, m))
            continue;
        if (m == METHOD_KEY)
            return to(s, STAGE_KEY);
        ssh_prompts_begin(s, m);
        return SSH_WAIT;
    }
    return refused(s);
}

/* ---- one key ---- */

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
    buf_clear(&s->to_sign);
    buf_clear(&s->signature);
    s->stage = STAGE_OFFER;
}

static enum ssh_want send_offer(struct ssh_session *s);

/*
 * This key was not taken.  An RSA key is offered with SHA-2 only if the
 * server's EXT_INFO has come, which is sure once the login service has
 * answered; a refusal of an earlier offer may mean only that.
 */
static enum ssh_want next_key(struct ssh_session *s)
{
    if (s->offer_was_early && is_rsa(s)) {
        s->offer_was_early = s->sha1_only = false;
        begin_offer(s);
        return send_offer(s);
    }
    s->sha1_keys += s->sha1_only;
    s->answer = s->sha1_only ? SSH_KEY_SHA1 : SSH_KEY_REFUSED;
    return to(s, STAGE_KEY);
}

/* -19: our refusal, a bad signature, partial success, or a lost peer. */
static enum ssh_want not_verified(struct ssh_session *s)
{
    if (s->disconnect != NULL || ssh_transport_ended(&s->tp))
        return ssh_lost(s, doing);
    if (s->refuses_signature) {
        s->unsigned_keys++;
        s->answer = SSH_KEY_UNUSED;
        return to(s, STAGE_KEY);
    }
    if (s->signature_sent) {
        s->none = NOT_SENT;
        return to(s, STAGE_RECHECK);
    }
    if (s->sha1_only)
        return next_key(s);
    return ssh_broken(s, LIBSSH2_ERROR_PUBLICKEY_UNVERIFIED, doing);
}

static enum ssh_want judge_offer(struct ssh_session *s, int rc)
{
    switch (rc) {
    case 0: return to(s, STAGE_OPEN_CHANNEL);
    case LIBSSH2_ERROR_EAGAIN:
        return s->to_sign.len != 0 && !s->signature_sent
                   ? to(s, STAGE_SIGNATURE)
                   : SSH_WAIT;
    case LIBSSH2_ERROR_AUTHENTICATION_FAILED: return next_key(s);
    case LIBSSH2_ERROR_PUBLICKEY_UNVERIFIED: return not_verified(s);
    case LIBSSH2_ERROR_METHOD_NONE:
        /* And libssh2 would now refuse every other key in this session. */
        return ssh_fail(s, ERR_AUTH,
                        "the server takes no signature that this RSA key can "
                        "make (rsa-sha2-512, rsa-sha2-256); use an Ed25519 or "
                        "ECDSA key");
    default: return ssh_broken(s, rc, doing);
    }
}

/* Send the query while earlier answers are still on their way. */
static enum ssh_want send_offer(struct ssh_session *s)
{
    unsigned long before = s->tp.packets;
    int rc;

    s->offer_was_early = s->service != ANSWERED;
    s->tp.hold = !caught_up(s);
    rc = offer(s);
    s->tp.hold = false;
    s->offer_sent = s->tp.packets != before;
    return judge_offer(s, rc);
}

enum ssh_want ssh_stage_offer(struct ssh_session *s)
{
    if (!caught_up(s) && catch_up(s) == SSH_FAILED)
        return SSH_FAILED;
    if (s->stage != STAGE_OFFER)
        return SSH_WAIT;
    if (s->none == NOT_SENT)
        return SSH_WAIT;
    if (!s->offer_sent) {
        enum ssh_want want = send_offer(s);

        if (want == SSH_FAILED || s->stage != STAGE_OFFER)
            return want;
    }
    return caught_up(s) ? judge_offer(s, offer(s)) : SSH_WAIT;
}

/* The method is off the list of those that are left. */
static enum ssh_want accepted(struct ssh_session *s)
{
    if (++s->accepted > STEPS_MAX)
        return ssh_fail(s, ERR_PROTOCOL, "the server wants step after step");
    s->last_accepted = s->method;
    s->given_up[METHOD_KEY] = false; /* a key may have come too early */
    return to(s, STAGE_CHOOSE);
}

/*
 * After our signature or answers and no login: the list of methods tells a
 * refusal from partial success, for which the method is off the list.
 */
enum ssh_want ssh_stage_recheck(struct ssh_session *s)
{
    if (ask_methods(s) == SSH_FAILED)
        return SSH_FAILED;
    if (s->stage != STAGE_RECHECK || s->none != ANSWERED)
        return SSH_WAIT;
    if (!listed(s, s->method))
        return accepted(s);
    if (s->method == METHOD_KEY) {
        s->bad_signatures++;
        s->answer = SSH_KEY_SIGNATURE;
        return to(s, STAGE_KEY);
    }
    s->asked.wrong++;
    s->given_up[s->method] = ++s->refused[s->method] >= s->tries;
    return to(s, STAGE_CHOOSE);
}

/* ---- answers from above ---- */

void ssh_session_set_methods(struct ssh_session *s, const char *order,
                             unsigned tries)
{
    s->order_len = 0;
    s->tries = tries;
    while (*order != '\0') {
        size_t n = strcspn(order, ",");
        enum ssh_method m;

        for (m = METHOD_KEY; m < METHODS; m++) {
            if (strlen(ways[m].name) == n && !in_order(s, m) &&
                strncmp(order, ways[m].name, n) == 0)
                s->order[s->order_len++] = m;
        }
        order += n + (order[n] == ',');
    }
}

unsigned ssh_session_accepted(const struct ssh_session *s, const char **last)
{
    *last = ways[s->last_accepted].accepted;
    return s->accepted;
}

void ssh_session_offer_key(struct ssh_session *s, const uint8_t *blob,
                           size_t len)
{
    if (s->stage != STAGE_KEY)
        return;
    s->offered++;
    s->method = METHOD_KEY;
    s->sha1_only = false;
    s->answer = SSH_KEY_REFUSED;
    buf_clear(&s->blob);
    buf_put(&s->blob, blob, len);
    begin_offer(s);
}

void ssh_session_no_more_keys(struct ssh_session *s)
{
    if (s->stage != STAGE_KEY)
        return;
    s->given_up[METHOD_KEY] = true;
    s->stage = STAGE_CHOOSE;
}

enum ssh_key_answer ssh_session_key_answer(const struct ssh_session *s)
{
    return s->answer;
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

void ssh_session_refuse_signature(struct ssh_session *s)
{
    if (s->stage != STAGE_SIGNATURE)
        return;
    s->refuses_signature = true;
    s->stage = STAGE_OFFER;
}

bool ssh_session_logged_in(const struct ssh_session *s)
{
    return s->stage >= STAGE_OPEN_CHANNEL && s->stage <= STAGE_DONE;
}

const char *ssh_session_methods(const struct ssh_session *s)
{
    return s->methods != NULL ? s->methods : "";
}

const char *ssh_session_banner(const struct ssh_session *s)
{
    char *banner = NULL;

    if (libssh2_userauth_banner(s->lib, &banner) != 0)
        return NULL;
    return banner;
}
