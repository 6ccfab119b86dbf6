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
 * or with refused().  libssh2 does not tell partial success from failure; it is
 * overheard (overhear.h).  Where it was not, STAGE_RECHECK asks for the list
 * again, which costs one of the server's MaxAuthTries.
 */
#include <string.h>
#include "ssh/internal.h"
#include "base/mem.h"
#include "base/text.h"

enum { STEPS_MAX = 16 };

static const char doing[] = "during the login";

static enum ssh_want to(struct ssh_session *s, enum ssh_stage stage)
{
    s->stage = stage;
    return SSH_WAIT;
}

/* ---- what the server would take ---- */

bool ssh_lists(const char *names, const char *name, size_t n)
{
    const char *p;

    for (p = names; p != NULL; p = strchr(p, ',')) {
        p += *p == ',';
        if (strncmp(p, name, n) == 0 && (p[n] == ',' || p[n] == '\0'))
            return true;
    }
    return false;
}

static bool lists(const char *methods, const char *method)
{
    return ssh_lists(methods, method, strlen(method));
}

static bool takes_keys(const struct ssh_session *s)
{
    return s->methods == NULL || lists(s->methods, SSH_METHOD_KEY);
}

/* The server's names of the methods, and how one that was right is told. */
static const struct {
    const char *name, *accepted, *answer;
} ways[METHODS] = {
    [METHOD_KEY] = { SSH_METHOD_KEY, "the key was accepted", "key" },
    [METHOD_PROMPTS] = { SSH_METHOD_PROMPTS, "the answers were accepted",
                         "answers" },
    [METHOD_PASSWORD] = { SSH_METHOD_PASSWORD, "the password was accepted",
                          "password" },
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

/*
 * libssh2 takes a banner only when it asks for the methods; later ones wait in
 * its queue.  OpenSSH tells by them why PAM lets nobody in, as while a machine
 * boots (pam_nologin).  So it is made to ask once more, behind our goodbye; the
 * question does not leave, or it would stand in the server's log as a failure.
 */
void ssh_last_words(struct ssh_session *s)
{
    buf_clear(&s->heard.banner);
    if (s->none != ANSWERED || s->aside != NULL || ssh_session_logged_in(s))
        return;
    ssh_say_goodbye(s);
    s->tp.mute = true;
    (void)libssh2_userauth_list(s->lib, s->user, (unsigned)strlen(s->user));
    buf_put(&s->last_words, s->heard.banner.data, s->heard.banner.len);
}

const char *ssh_session_last_words(struct ssh_session *s)
{
    return buf_str(&s->last_words);
}

/* Nothing is left to try, and a person has been asked or something accepted. */
static enum ssh_want not_enough(struct ssh_session *s)
{
    enum ssh_method m = s->method;

    if (s->denied)
        return ssh_fail(s, ERR_AUTH, "the server did not accept the %s (%u %s)",
                        ways[m].answer, s->refused[m],
                        s->refused[m] == 1 ? "try" : "tries");
    return ssh_fail(s, ERR_AUTH, "%s, but that was not enough",
                    ways[s->last_accepted].accepted);
}

/* Nothing is left to try. */
static enum ssh_want refused(struct ssh_session *s)
{
    if (ssh_probe_begin(s))
        return SSH_WAIT;
    ssh_last_words(s);
    if (s->accepted != 0 || s->refused[s->method] != 0)
        return not_enough(s);
    if (!in_order(s, METHOD_KEY) && s->refused_unasked)
        return ssh_fail(s, ERR_AUTH,
                        "the server refused keyboard-interactive without a "
                        "question");
    if (!in_order(s, METHOD_KEY))
        return ssh_fail(s, ERR_AUTH,
                        "the server takes none of the ways to log in that you "
                        "allow");
    if (!takes_keys(s))
        return ssh_fail(s, ERR_AUTH, "the server accepts no keys here");
    if (s->offered == 0)
        return ssh_fail(s, ERR_AUTH, "there is no key to offer");
    if (s->unsigned_keys != 0)
        return ssh_fail(s, ERR_AUTH,
                        "the server would have taken a key that was not used");
    return ssh_fail(s, ERR_AUTH, "the server accepted no key");
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

bool ssh_caught_up(const struct ssh_session *s)
{
    return s->service == ANSWERED && s->none == ANSWERED;
}

enum ssh_want ssh_catch_up(struct ssh_session *s)
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
    if (!ssh_caught_up(s) && ssh_catch_up(s) == SSH_FAILED)
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

    if (!ssh_caught_up(s) && ssh_catch_up(s) == SSH_FAILED)
        return SSH_FAILED;
    if (s->stage != STAGE_CHOOSE || !ssh_caught_up(s))
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

/* ---- no login yet ---- */

static enum ssh_want accepted(struct ssh_session *s)
{
    if (++s->accepted > STEPS_MAX)
        return ssh_fail(s, ERR_PROTOCOL, "the server wants step after step");
    s->last_accepted = s->method;
    s->denied = false;
    s->given_up[METHOD_KEY] = false; /* a key may have come too early */
    return to(s, STAGE_CHOOSE);
}

static enum ssh_want denied(struct ssh_session *s)
{
    if (s->method == METHOD_KEY) {
        s->answer = SSH_KEY_SIGNATURE;
        return to(s, STAGE_KEY);
    }
    s->denied = true;
    s->asked.wrong++;
    s->given_up[s->method] = ++s->refused[s->method] >= s->tries;
    return to(s, STAGE_CHOOSE);
}

enum ssh_want ssh_not_let_in(struct ssh_session *s)
{
    if (!s->heard.failed) {
        s->none = NOT_SENT;
        return to(s, STAGE_RECHECK);
    }
    mem_free(s->methods);
    s->methods = text_cleaned(buf_str(&s->heard.methods));
    return s->heard.partial ? accepted(s) : denied(s);
}

/*
 * The list of methods alone tells a refusal from partial success, for which
 * the method is off the list.
 */
enum ssh_want ssh_stage_recheck(struct ssh_session *s)
{
    if (ask_methods(s) == SSH_FAILED)
        return SSH_FAILED;
    if (s->stage != STAGE_RECHECK || s->none != ANSWERED)
        return SSH_WAIT;
    return listed(s, s->method) ? denied(s) : accepted(s);
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

void ssh_session_no_more_keys(struct ssh_session *s)
{
    if (s->stage != STAGE_KEY)
        return;
    s->given_up[METHOD_KEY] = true;
    s->stage = STAGE_CHOOSE;
}

bool ssh_session_logged_in(const struct ssh_session *s)
{
    return s->stage >= STAGE_OPEN_CHANNEL && s->stage <= STAGE_DONE;
}

const char *ssh_session_methods(const struct ssh_session *s)
{
    return s->methods;
}

const char *ssh_session_banner(const struct ssh_session *s)
{
    char *banner = NULL;

    if (libssh2_userauth_banner(s->lib, &banner) != 0)
        return NULL;
    return banner;
}
