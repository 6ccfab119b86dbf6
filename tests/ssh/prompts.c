/*
 * The dialogue of a login by prompts, with libssh2's two calls made up: what
 * OpenSSH and Dropbear never do can be asked here.
 */
#include "ssh/internal.h"

static LIBSSH2_USERAUTH_KBDINT_RESPONSE_FUNC((*prompt_call));
static LIBSSH2_PASSWD_CHANGEREQ_FUNC((*change_call));

static int fake_prompts(LIBSSH2_SESSION *session, const char *user,
                        unsigned user_len,
                        LIBSSH2_USERAUTH_KBDINT_RESPONSE_FUNC((*call)));
static int fake_password(LIBSSH2_SESSION *session, const char *user,
                         unsigned user_len, const char *password,
                         unsigned password_len,
                         LIBSSH2_PASSWD_CHANGEREQ_FUNC((*call)));
#define libssh2_userauth_keyboard_interactive_ex fake_prompts
#define libssh2_userauth_password_ex             fake_password
/* NOLINTNEXTLINE(bugprone-suspicious-include): its calls are made up above */
#include "../../src/ssh/auth-prompts.c"

#include <sys/socket.h>
#include <unistd.h>
#include "tests/tap.h"

enum { MANY = 101 };

/* What the made-up server does; one test at a time. */
static struct {
    struct ssh_session *session;
    const char *name, *instruction;
    LIBSSH2_USERAUTH_KBDINT_PROMPT prompts[MANY];
    int n, rounds, not_yet;
    char heard[256]; /* the answers, each followed by a slash */
} server;

static void hear(const char *text, size_t len)
{
    size_t at = strlen(server.heard);

    snprintf(server.heard + at, sizeof server.heard - at, "%.*s/", (int)len,
             text);
}

static int fake_prompts(LIBSSH2_SESSION *session, const char *user,
                        unsigned user_len,
                        LIBSSH2_USERAUTH_KBDINT_RESPONSE_FUNC((*call)))
{
    LIBSSH2_USERAUTH_KBDINT_RESPONSE answers[MANY] = { 0 };
    void *abstract = server.session;
    int i;

    (void)session;
    (void)user;
    (void)user_len;
    prompt_call = call;
    if (server.not_yet-- > 0)
        return LIBSSH2_ERROR_EAGAIN;
    while (server.rounds-- > 0) {
        prompt_call(server.name, (int)strlen(server.name), server.instruction,
                    (int)strlen(server.instruction), server.n, server.prompts,
                    answers, &abstract);
        for (i = 0; i < server.n; i++) {
            hear(answers[i].text, answers[i].length);
            ssh_alloc_release(&server.session->alloc, answers[i].text);
        }
    }
    return LIBSSH2_ERROR_AUTHENTICATION_FAILED;
}

static int fake_password(LIBSSH2_SESSION *session, const char *user,
                         unsigned user_len, const char *password,
                         unsigned password_len,
                         LIBSSH2_PASSWD_CHANGEREQ_FUNC((*call)))
{
    void *abstract = server.session;
    char *new_one = NULL;
    int len = 0;

    (void)user;
    (void)user_len;
    change_call = call;
    if (server.not_yet-- > 0)
        return LIBSSH2_ERROR_EAGAIN;
    hear(password, password_len);
    while (server.rounds-- > 0) {
        change_call(session, &new_one, &len, &abstract);
        hear(new_one, (size_t)len);
        ssh_alloc_release(&server.session->alloc, new_one);
    }
    return 0;
}

/* A session whose peer says nothing, ready to be asked. */
static struct ssh_session *begin(enum ssh_method method, int *peer)
{
    struct ssh_params params = { .user = "somebody" };
    struct ssh_session *s;
    struct err err;
    int fds[2];

    if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds) == -1)
        exit(99);
    s = ssh_session_new(fds[0], &params, &err);
    *peer = fds[1];
    server.session = s;
    server.heard[0] = '\0';
    ssh_prompts_begin(s, method);
    return s;
}

static void end(struct ssh_session *s, int peer)
{
    ssh_session_free(s);
    close(peer);
}

static void answer(struct ssh_session *s, size_t n, const char *const texts[])
{
    struct secret *answers[SSH_PROMPTS_MAX];
    size_t i;

    for (i = 0; i < n; i++)
        answers[i] = secret_from(texts[i], strlen(texts[i]));
    ssh_session_answer_prompts(s, answers, n);
    for (i = 0; i < n; i++)
        secret_free(answers[i]);
}

static void set_prompts(int n, const char *text)
{
    int i;

    memset(&server, 0, sizeof server);
    server.name = server.instruction = "";
    server.n = n;
    server.rounds = 1;
    for (i = 0; i < n; i++) {
        server.prompts[i].text = (unsigned char *)(uintptr_t)text;
        server.prompts[i].length = strlen(text);
        server.prompts[i].echo = (i % 2) != 0;
    }
}

static void test_several(void)
{
    static const char *const texts[] = { "one", "", "three" };
    const struct ssh_prompts *p;
    struct ssh_session *s;
    int peer;

    set_prompts(3, "Say");
    server.name = "Title";
    server.rounds = 2;
    server.not_yet = 2;
    s = begin(METHOD_PROMPTS, &peer);
    ok(ssh_stage_attempt(s) == SSH_WAIT && s->stage == STAGE_ATTEMPT,
       "libssh2 waits for the server");
    ssh_stage_attempt(s);
    ssh_stage_attempt(s);
    ok(s->stage == STAGE_PROMPTS && ssh_stage_prompts(s) == SSH_ASK_PROMPTS,
       "three prompts come up");
    p = ssh_session_prompts(s);
    ok(p->kind == SSH_PROMPTS_SERVER && p->n == 3 && p->name.len == 5 &&
           p->instruction.len == 0 && p->prompt[2].len == 3 &&
           memcmp(p->prompt[2].text, "Say", 3) == 0 && p->prompt[1].echo &&
           !p->prompt[2].echo,
       "with their texts");
    answer(s, 2, texts);
    ok(s->stage == STAGE_PROMPTS, "too few answers are none");
    answer(s, 3, texts);
    ssh_stage_attempt(s);
    is_str(server.heard, "one//three/", "the answers arrive");
    ok(s->stage == STAGE_PROMPTS, "and a second round comes up");
    answer(s, 3, texts);
    ssh_stage_attempt(s);
    ok(s->stage == STAGE_RECHECK && s->aside == NULL,
       "a failed login asks what is left");
    end(s, peer);
}

static void test_none(void)
{
    struct ssh_session *s;
    int peer;

    set_prompts(0, "");
    s = begin(METHOD_PROMPTS, &peer);
    ssh_stage_attempt(s);
    ok(s->stage == STAGE_RECHECK, "nothing to show, nothing to ask");
    end(s, peer);
    server.rounds = 1;
    server.instruction = "Look at your phone";
    s = begin(METHOD_PROMPTS, &peer);
    ssh_stage_attempt(s);
    ok(s->stage == STAGE_PROMPTS && ssh_session_prompts(s)->n == 0 &&
           ssh_session_prompts(s)->instruction.len == 18,
       "a text without a prompt is shown");
    ssh_session_answer_prompts(s, NULL, 0);
    ssh_stage_attempt(s);
    ok(s->stage == STAGE_RECHECK, "and needs no answer");
    end(s, peer);
    server.rounds = 0;
    s = begin(METHOD_PROMPTS, &peer);
    ssh_stage_attempt(s);
    ok(s->stage == STAGE_CHOOSE && s->given_up[METHOD_PROMPTS],
       "refused without a question: not tried again");
    end(s, peer);
}

static void test_limits(void)
{
    static char huge[70000];
    struct ssh_session *s;
    int peer, i;

    memset(huge, 'x', sizeof huge - 1);
    for (i = 0; i < 4; i++) {
        static const int counts[] = { 33, 100, 1, 32 };

        set_prompts(counts[i], i == 2 ? huge : i == 3 ? huge + 66000 : "x");
        s = begin(METHOD_PROMPTS, &peer);
        ok(ssh_stage_attempt(s) == SSH_FAILED &&
               strstr(s->why.msg, "more questions") != NULL,
           "too much: %d prompts of %zu bytes", counts[i],
           server.prompts[0].length);
        end(s, peer);
    }
    set_prompts(32, "x");
    s = begin(METHOD_PROMPTS, &peer);
    ok(ssh_stage_attempt(s) == SSH_WAIT && s->stage == STAGE_PROMPTS,
       "32 prompts are asked");
    end(s, peer); /* held: its stack and its texts go with it */
    set_prompts(0, "");
    server.rounds = 1000000;
    s = begin(METHOD_PROMPTS, &peer);
    ok(ssh_stage_attempt(s) == SSH_FAILED &&
           strstr(s->why.msg, "without an end") != NULL,
       "rounds without an end end");
    end(s, peer);
}

static void test_password(void)
{
    static const char *const texts[] = { "old" }, *const again[] = { "new" };
    struct ssh_session *s;
    int peer;

    set_prompts(0, "");
    server.not_yet = 1;
    s = begin(METHOD_PASSWORD, &peer);
    ssh_stage_attempt(s);
    ok(s->stage == STAGE_PROMPTS && ssh_session_prompts(s)->n == 1 &&
           ssh_session_prompts(s)->kind == SSH_PROMPTS_PASSWORD,
       "a password is asked for");
    answer(s, 1, texts);
    ssh_stage_attempt(s);
    ssh_stage_attempt(s);
    ok(ssh_session_prompts(s)->kind == SSH_PROMPTS_NEW_PASSWORD &&
           s->stage == STAGE_PROMPTS,
       "it has expired: a new one");
    answer(s, 1, again);
    ssh_stage_attempt(s);
    is_str(server.heard, "old/new/", "both arrive");
    ok(s->stage == STAGE_OPEN_CHANNEL, "and log in");
    end(s, peer);
    server.rounds = 100;
    s = begin(METHOD_PASSWORD, &peer);
    while (ssh_stage_attempt(s) != SSH_FAILED)
        answer(s, 1, texts);
    ok(strstr(s->why.msg, "new password after another") != NULL,
       "new passwords without an end end");
    end(s, peer);
}

/* The server goes away at a question: an answer, not a wait. */
static void test_lost(void)
{
    struct ssh_session *s;
    struct err err;
    int peer;

    set_prompts(1, "Say");
    s = begin(METHOD_PROMPTS, &peer);
    ssh_stage_attempt(s);
    close(peer);
    ok(ssh_session_step(s, 1, &err) == SSH_FAILED && err.code == ERR_NETWORK,
       "the server goes away while the question is open");
    ssh_session_free(s);
}

int main(void)
{
    test_several();
    test_none();
    test_limits();
    test_password();
    test_lost();
    return tap_done();
}
