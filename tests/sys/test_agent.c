/* test_agent.c - questions to an agent that this test plays itself. */
#include "sys/agent.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include "base/err.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/wire.h"
#include "sys/clock.h"
#include "sys/pollset.h"
#include "../memory.h"
#include "../tap.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])
#define LATER    20000 /* ms; nothing here takes so long */
#define QUEUED   64    /* more connections than a short queue holds */

static const struct {
    const char *setting, *path;
} path_cases[] = {
    { NULL, "/run/a" },
    { "SSH_AUTH_SOCK", "/run/a" },
    { "none", NULL },
    { "None", NULL },
    { "~/a", "/home/me/a" },
    { "/a b", "/a b" },
    { "a", "a" },
    { "$AGENT_B", "/run/b" },
    { "${AGENT_B}", "/run/b" },
    { "$AGENT_EMPTY", NULL },
    { "$AGENT_UNSET", NULL },
    { "$", NULL },
    { "${", NULL },
    { "${}", NULL },
};

static void test_paths(void)
{
    size_t i;
    char *path;

    setenv("HOME", "/home/me", 1);
    setenv("SSH_AUTH_SOCK", "/run/a", 1);
    setenv("AGENT_B", "/run/b", 1);
    setenv("AGENT_EMPTY", "", 1);
    unsetenv("AGENT_UNSET");
    for (i = 0; i < COUNT(path_cases); i++) {
        path = agent_path(path_cases[i].setting);
        is_str(path, path_cases[i].path,
               path_cases[i].setting != NULL ? path_cases[i].setting
                                             : "no setting");
        mem_free(path);
    }
    unsetenv("SSH_AUTH_SOCK");
    ok(agent_path(NULL) == NULL, "no SSH_AUTH_SOCK: no agent");
}

/* ---- the agent's side ---- */

static void name_socket(struct sockaddr_un *addr, const char *path)
{
    memset(addr, 0, sizeof *addr);
    addr->sun_family = AF_UNIX;
    snprintf(addr->sun_path, sizeof addr->sun_path, "%s", path);
}

static int listen_at(const char *path, int queue)
{
    struct sockaddr_un addr;
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    name_socket(&addr, path);
    if (fd == -1 || bind(fd, (struct sockaddr *)&addr, sizeof addr) == -1 ||
        listen(fd, queue) == -1)
        exit(2);
    return fd;
}

static enum agent_state step(struct agent_call *call, struct err *err)
{
    return agent_call_step(call, clock_ms(), err);
}

/* Step as the loop would, until there is a result. */
static enum agent_state finish(struct agent_call *call, struct err *err)
{
    enum agent_state state;
    struct pollset set;

    while ((state = step(call, err)) == AGENT_WAIT) {
        pollset_clear(&set);
        agent_call_watch(call, &set);
        pollset_wait(&set, agent_call_wake(call));
    }
    return state;
}

/* ---- answers in pieces ---- */

static void test_splits(const char *path)
{
    static const uint8_t answer[] = "\0\0\0\5\14abcd";
    size_t cut, len, whole = sizeof answer - 1;
    int listener = listen_at(path, 5), fd;
    struct agent_call *call;
    const uint8_t *got;
    struct err err;
    char asked[8];
    bool good;

    for (cut = 0; cut < whole; cut++) {
        call =
            agent_call_new(path, (const uint8_t *)"\13", 1, clock_ms() + LATER);
        good = step(call, &err) == AGENT_WAIT;
        fd = accept(listener, NULL, NULL);
        good = good && recv(fd, asked, sizeof asked, 0) == 5 &&
               memcmp(asked, "\0\0\0\1\13", 5) == 0 &&
               write(fd, answer, cut) == (ssize_t)cut &&
               step(call, &err) == AGENT_WAIT &&
               write(fd, answer + cut, whole - cut) == (ssize_t)(whole - cut) &&
               finish(call, &err) == AGENT_ANSWERED;
        got = agent_call_answer(call, &len);
        ok(good && len == 5 && memcmp(got, "\14abcd", 5) == 0,
           "an answer cut after %zu bytes", cut);
        agent_call_free(call);
        close(fd);
    }
    close(listener);
    unlink(path);
}

/* ---- what stays behind ---- */

/* A message that adds a key to an agent has its secret numbers in it. */
static void test_residue(const char *path)
{
    struct memory_piece piece = { .name = "the message" };
    struct secret *message = secret_new(100);
    int listener = listen_at(path, 5);
    struct agent_call *call;
    struct err err;
    unsigned found;
    bool readable; /* not every system shows a process its memory */

    for (; message->len < message->cap; message->len++)
        message->data[message->len] = (uint8_t)(7 * message->len + 3);
    memory_mask(&piece, message->data + 40);
    call = agent_call_new(path, message->data, message->len, clock_ms());
    (void)step(call, &err); /* it goes out, and nothing comes */
    readable = memory_search(&piece, 1, &found);
    ok(found != 0 || !readable, "a message that was sent is in memory");
    agent_call_free(call);
    secret_free(message);
    memory_search(&piece, 1, &found);
    is_num(found, 0, "... and wiped with its call");
    close(listener);
    unlink(path);
}

/* ---- the clock ---- */

static void test_deadline(const char *path)
{
    int listener = listen_at(path, 5);
    struct agent_call *call;
    struct err err;

    call = agent_call_new(path, (const uint8_t *)"\13", 1, 1000);
    ok(agent_call_step(call, 999, &err) == AGENT_WAIT, "before the deadline");
    is_num((long long)agent_call_wake(call), 1000, "the deadline wakes");
    ok(agent_call_step(call, 1000, &err) == AGENT_FAILED &&
           err.code == ERR_TIMEOUT,
       "at the deadline: %s", err.msg);
    agent_call_free(call);
    close(listener);
    unlink(path);
}

/* ---- an agent that does not accept ---- */

/* Connect until the queue is full; how many did. */
static unsigned fill_queue(const char *path, int fds[QUEUED])
{
    struct sockaddr_un addr;
    unsigned n;

    name_socket(&addr, path);
    for (n = 0; n < QUEUED; n++) {
        fds[n] = socket(AF_UNIX, SOCK_STREAM, 0);
        fcntl(fds[n], F_SETFL, O_NONBLOCK);
        if (connect(fds[n], (struct sockaddr *)&addr, sizeof addr) == -1) {
            close(fds[n]);
            break;
        }
    }
    return n;
}

static void test_full_queue(const char *path)
{
    int listener = listen_at(path, 1), fds[QUEUED], fd;
    unsigned n = fill_queue(path, fds), i;
    struct agent_call *call;
    struct pollset set;
    struct err err;

    ok(n != 0 && n < QUEUED, "the queue is full after %u", n);
    call = agent_call_new(path, (const uint8_t *)"\13", 1, clock_ms() + LATER);
    ok(step(call, &err) == AGENT_WAIT, "no place in the queue: it waits");
    pollset_clear(&set);
    agent_call_watch(call, &set);
    ok(set.len == 0 && agent_call_wake(call) < clock_ms() + 1000,
       "for its timer, not for a descriptor");
    for (i = 0; i < n; i++)
        close(accept(listener, NULL, NULL));
    while (step(call, &err) == AGENT_WAIT && set.len == 0) {
        agent_call_watch(call, &set);
        pollset_wait(&set, agent_call_wake(call));
    }
    fd = accept(listener, NULL, NULL);
    ok(write(fd, "\0\0\0\1\5", 5) == 5 && finish(call, &err) == AGENT_ANSWERED,
       "and gets through when there is one");
    agent_call_free(call);
    close(fd);
    for (i = 0; i < n; i++)
        close(fds[i]);
    close(listener);
    unlink(path);
}

int main(void)
{
    char dir[] = "/tmp/vmconnect-agent-XXXXXX", path[64];

    if (mkdtemp(dir) == NULL)
        return 2;
    snprintf(path, sizeof path, "%s/socket", dir);
    test_paths();
    test_splits(path);
    test_residue(path);
    test_deadline(path);
    test_full_queue(path);
    rmdir(dir);
    return tap_done();
}
