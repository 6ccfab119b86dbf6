/*
 * The logins that ask a person: keyboard-interactive (RFC 4256) and password
 * (RFC 4252 section 8).
 *
 * Each attempt is one function that runs aside (aside.h) and reads like a
 * dialogue: where it asks, the session's stage becomes STAGE_PROMPTS and the
 * attempt is held until the answers are there.  The texts are libssh2's and
 * stay while it is held.  The answers are blocks of libssh2's allocator, which
 * wipes them.
 */
#include <string.h>
#include "ssh/internal.h"
#include "base/secret.h"
#include "ssh/aside.h"

enum {
    TEXT_MAX = 65536, /* of one round's name, instruction and prompts */
    ROUNDS_MAX = 100, /* of one attempt */
    CHANGES_MAX = 5,  /* new passwords in one attempt */
};

static const char doing[] = "during the login";

/* ---- within the attempt ---- */

static void ask(struct ssh_session *s, enum ssh_prompts_kind kind, size_t n)
{
    s->asked.kind = kind;
    s->asked.n = n;
    s->asked.refused = s->refused[s->method];
    s->asked.prompt = s->prompts;
    s->asks = true;
    ssh_aside_hold(s->aside);
}

/* Over the limits: the attempt is held for good, its stage fails. */
static void object(struct ssh_session *s, const char *why)
{
    s->objection = why;
    ssh_aside_hold(s->aside);
}

static struct ssh_prompt raw_text(const void *text, int len)
{
    return (struct ssh_prompt){ .text = text != NULL ? text : "",
                                .len = len > 0 ? (size_t)len : 0 };
}

/* Returns the length of all texts together. */
static size_t take_prompts(struct ssh_session *s, size_t n,
                           const LIBSSH2_USERAUTH_KBDINT_PROMPT *prompts)
{
    size_t total = s->asked.name.len + s->asked.instruction.len, i;

    for (i = 0; i < n && total <= TEXT_MAX; i++) {
        s->prompts[i] = (struct ssh_prompt){
            .text =
                prompts[i].text != NULL ? (const char *)prompts[i].text : "",
            .len = prompts[i].length,
            .echo = prompts[i].echo != 0,
        };
        total += s->prompts[i].len;
    }
    return total;
}

static LIBSSH2_USERAUTH_KBDINT_RESPONSE_FUNC(on_prompts)
{
    struct ssh_session *s = *abstract;
    size_t n = num_prompts > 0 ? (size_t)num_prompts : 0;

    s->asked.name = raw_text(name, name_len);
    s->asked.instruction = raw_text(instruction, instruction_len);
    if (n > SSH_PROMPTS_MAX || take_prompts(s, n, prompts) > TEXT_MAX)
        object(s, "more questions than a person could answer");
    if (++s->rounds > ROUNDS_MAX)
        object(s, "questions without an end");
    if (n == 0 && s->asked.name.len == 0 && s->asked.instruction.len == 0)
        return; /* nothing to show, nothing to answer */
    ask(s, SSH_PROMPTS_SERVER, n);
    if (n != 0)
        memcpy(responses, s->given, n * sizeof *responses);
}

static int by_prompts(void *context)
{
    struct ssh_session *s = context;
    int rc;

    while ((rc = libssh2_userauth_keyboard_interactive_ex(
                s->lib, s->user, (unsigned)strlen(s->user), on_prompts)) ==
           LIBSSH2_ERROR_EAGAIN)
        ssh_aside_hold(s->aside);
    return rc;
}

/* A password: there is no text but the server's, where it has said some. */
static void ask_password(struct ssh_session *s, enum ssh_prompts_kind kind,
                         const struct buf *said)
{
    s->asked.name = raw_text(NULL, 0);
    s->asked.instruction = raw_text(said->data, (int)said->len);
    s->prompts[0] = raw_text(NULL, 0);
    s->rounds++;
    ask(s, kind, 1);
}

static LIBSSH2_PASSWD_CHANGEREQ_FUNC(on_expired)
{
    struct ssh_session *s = *abstract;

    (void)session;
    if (s->rounds > CHANGES_MAX)
        object(s, "one new password after another");
    ask_password(s, SSH_PROMPTS_NEW_PASSWORD, &s->heard.new_password);
    s->asked.changes++;
    *newpw = s->given[0].text;
    *newpw_len = (int)s->given[0].length;
}

static int by_password(void *context)
{
    struct ssh_session *s = context;
    LIBSSH2_USERAUTH_KBDINT_RESPONSE password;
    const struct buf nothing = { 0 };
    int rc;

    ask_password(s, SSH_PROMPTS_PASSWORD, &nothing);
    s->asked.changes = 0;
    password = s->given[0];
    while ((rc = libssh2_userauth_password_ex(
                s->lib, s->user, (unsigned)strlen(s->user), password.text,
                password.length, on_expired)) == LIBSSH2_ERROR_EAGAIN)
        ssh_aside_hold(s->aside);
    ssh_alloc_release(&s->alloc, password.text);
    return rc;
}

/* ---- the attempt from outside ---- */

void ssh_prompts_begin(struct ssh_session *s, enum ssh_method method)
{
    s->method = method;
    s->rounds = 0;
    s->heard.failed = s->heard.partial = false;
    buf_clear(&s->heard.new_password);
    if (method != METHOD_PASSWORD)
        s->asked.changes = 0;
    s->aside =
        ssh_aside_new(method == METHOD_PASSWORD ? by_password : by_prompts, s);
    s->stage = STAGE_ATTEMPT;
}

static enum ssh_want judge(struct ssh_session *s, int rc)
{
    ssh_aside_free(s->aside);
    s->aside = NULL;
    if (rc == 0) {
        s->stage = STAGE_OPEN_CHANNEL;
        return SSH_WAIT;
    }
    if (rc != LIBSSH2_ERROR_AUTHENTICATION_FAILED ||
        ssh_transport_ended(&s->tp) || s->disconnect != NULL)
        return ssh_broken(s, rc, doing);
    if (s->rounds == 0 && !s->heard.partial) {
        /* The method is listed, but nothing stands behind it. */
        s->given_up[s->method] = s->refused_unasked = true;
        s->stage = STAGE_CHOOSE;
        return SSH_WAIT;
    }
    return ssh_not_let_in(s);
}

enum ssh_want ssh_stage_attempt(struct ssh_session *s)
{
    int rc;

    if (ssh_aside_resume(s->aside, &rc))
        return judge(s, rc);
    if (s->objection != NULL)
        return ssh_fail(s, ERR_PROTOCOL, "the server asks %s", s->objection);
    if (s->asks)
        s->stage = STAGE_PROMPTS;
    return SSH_WAIT;
}

enum ssh_want ssh_stage_prompts(struct ssh_session *s)
{
    return ssh_ask(s, SSH_ASK_PROMPTS);
}

bool ssh_session_refused_unasked(const struct ssh_session *s)
{
    return s->refused_unasked;
}

const struct ssh_prompts *ssh_session_prompts(const struct ssh_session *s)
{
    return &s->asked;
}

void ssh_session_answer_prompts(struct ssh_session *s,
                                struct secret *const answers[], size_t n)
{
    size_t i;

    if (s->stage != STAGE_PROMPTS || n != s->asked.n)
        return;
    for (i = 0; i < n; i++) {
        size_t len = answers[i]->len;

        s->given[i].text = ssh_alloc_get(&s->alloc, len + 1);
        memcpy(s->given[i].text, answers[i]->data, len);
        s->given[i].text[len] = '\0';
        s->given[i].length = (unsigned)len;
    }
    s->asks = false;
    s->stage = STAGE_ATTEMPT;
}
