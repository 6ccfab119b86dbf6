#include "sys/askpass.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "sys/fd.h"
#include "sys/pollset.h"

#define AT_ONCE 1  /* a time that has always come */
#define REAP_MS 20 /* between its last word and its end */

extern char **environ;

struct askpass {
    char *program;
    pid_t child; /* -1: there is none */
    int pipe;    /* its standard output; -1: at its end */
    int error;   /* why there is no child */
    struct secret *answer;
};

/* ---- which ---- */

static const char *variable(const char *name)
{
    const char *value = getenv(name);

    return value != NULL && value[0] != '\0' ? value : NULL;
}

const char *askpass_program(bool terminal)
{
    const char *require = variable("SSH_ASKPASS_REQUIRE");
    bool display =
        variable("DISPLAY") != NULL || variable("WAYLAND_DISPLAY") != NULL;
    bool wanted = display && !terminal;

    if (require != NULL && text_same(require, "force"))
        wanted = true;
    else if (require != NULL && text_same(require, "prefer"))
        wanted = display;
    else if (require != NULL && text_same(require, "never"))
        wanted = false;
    return wanted ? variable("SSH_ASKPASS") : NULL;
}

/* ---- its start ---- */

/* Ours, and in front of it how the question is meant. */
static char **environment(char *hint)
{
    size_t n = 0, i;
    char **env;

    while (environ[n] != NULL)
        n++;
    env = mem_array(n + 2, sizeof *env);
    n = 0;
    if (hint != NULL)
        env[n++] = hint;
    for (i = 0; environ[i] != NULL; i++)
        if (strncmp(environ[i], "SSH_ASKPASS_PROMPT=", 19) != 0)
            env[n++] = environ[i];
    return env;
}

/* All signals as if nobody had touched them. */
static void set_signals(posix_spawnattr_t *attr)
{
    sigset_t all, none;

    sigfillset(&all);
    sigemptyset(&none);
    posix_spawnattr_setsigdefault(attr, &all);
    posix_spawnattr_setsigmask(attr, &none);
    posix_spawnattr_setflags(attr,
                             POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
}

static int spawn(struct askpass *a, int output, const char *question,
                 bool confirm)
{
    char hint[] = "SSH_ASKPASS_PROMPT=confirm";
    char *text = mem_strdup(question);
    char *const argv[] = { a->program, text, NULL };
    char **env = environment(confirm ? hint : NULL);
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attr;
    int error;

    posix_spawnattr_init(&attr);
    set_signals(&attr);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null",
                                     O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    error = posix_spawnp(&a->child, a->program, &actions, &attr, argv, env);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attr);
    mem_free(env);
    mem_free(text);
    return error;
}

struct askpass *askpass_start(const char *program, const char *question,
                              bool confirm)
{
    struct askpass *a = mem_alloc(sizeof *a);
    int ends[2];

    a->program = mem_strdup(program);
    a->answer = secret_new(ASKPASS_ANSWER_MAX);
    a->child = a->pipe = -1;
    if (!fd_pipe(ends)) {
        a->error = errno;
        return a;
    }
    a->error = spawn(a, ends[1], question, confirm);
    close(ends[1]);
    a->pipe = ends[0];
    if (a->error != 0)
        a->child = -1;
    return a;
}

void askpass_free(struct askpass *a)
{
    if (a == NULL)
        return;
    if (a->pipe != -1)
        close(a->pipe);
    if (a->child != -1) {
        kill(a->child, SIGKILL);
        while (waitpid(a->child, NULL, 0) == -1 && errno == EINTR)
            ;
    }
    secret_free(a->answer);
    mem_free(a->program);
    mem_free(a);
}

/* ---- its answer ---- */

void askpass_watch(const struct askpass *a, struct pollset *set)
{
    if (a->pipe != -1)
        pollset_add(set, a->pipe, POLLIN);
}

uint64_t askpass_wake(const struct askpass *a, uint64_t now)
{
    if (a->child == -1)
        return AT_ONCE;
    return a->pipe == -1 ? now + REAP_MS : 0;
}

/* False while more may come; what is too long is an error. */
static bool read_answer(struct askpass *a, bool *too_long)
{
    uint8_t *end;
    ssize_t got;

    *too_long = false;
    for (;;) {
        end = a->answer->data + a->answer->len;
        got = read(a->pipe, end, a->answer->cap - a->answer->len);
        if (got > 0) {
            a->answer->len += (size_t)got;
            *too_long = a->answer->len == a->answer->cap;
        }
        if (*too_long || got == 0 ||
            (got == -1 && errno != EINTR && errno != EAGAIN))
            return true;
        if (got == -1 && errno == EAGAIN)
            return false;
    }
}

static enum askpass_state failed(const struct askpass *a, struct err *err)
{
    errno = a->error;
    err_sys(err, "SSH_ASKPASS: cannot run %s", a->program);
    return ASKPASS_FAILED;
}

/* How it ended; WAIT while it has not. */
static enum askpass_state reap(struct askpass *a)
{
    int status;
    pid_t got = waitpid(a->child, &status, WNOHANG);

    if (got == 0 || (got == -1 && errno == EINTR))
        return ASKPASS_WAIT;
    a->child = -1;
    return got != -1 && WIFEXITED(status) && WEXITSTATUS(status) == 0
               ? ASKPASS_ANSWERED
               : ASKPASS_CANCELLED;
}

enum askpass_state askpass_step(struct askpass *a, struct err *err)
{
    bool too_long = false;

    if (a->child == -1)
        return failed(a, err);
    if (a->pipe != -1 && !read_answer(a, &too_long))
        return ASKPASS_WAIT;
    if (too_long) {
        err_set(err, ERR_LIMIT,
                "SSH_ASKPASS: %s answers with more than %d bytes", a->program,
                ASKPASS_ANSWER_MAX - 1);
        return ASKPASS_FAILED;
    }
    if (a->pipe != -1)
        close(a->pipe);
    a->pipe = -1;
    return reap(a);
}

struct secret *askpass_take(struct askpass *a)
{
    struct secret *answer = a->answer;
    size_t n = 0;

    while (n < answer->len && answer->data[n] != '\n' &&
           answer->data[n] != '\r')
        n++;
    secret_cut(answer, n);
    a->answer = NULL;
    return answer;
}
