/* test_worker.c - work in a child process: messages, its end, its isolation. */
#include "../tap.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include "base/buf.h"
#include "base/mem.h"
#include "sys/clock.h"
#include "sys/pollset.h"
#include "sys/signals.h"
#include "sys/worker.h"

#define PATIENCE 20000 /* ms until a test is given up */

static enum worker_state run(struct worker *w)
{
    uint64_t end = clock_ms() + PATIENCE;
    enum worker_state state;
    struct pollset set;

    while ((state = worker_step(w)) == WORKER_WAIT && clock_ms() < end) {
        pollset_clear(&set);
        worker_watch(w, &set);
        pollset_wait(&set, pollset_earlier(worker_wake(w), end));
    }
    return state;
}

static void answers(struct worker *w, const void *want, size_t n,
                    const char *what)
{
    const uint8_t *got;
    size_t len;

    if (!ok(run(w) == WORKER_ANSWERED, "%s: answered", what))
        return;
    got = worker_answer(w, &len);
    ok(len == n && memcmp(got, want, n) == 0, "%s", what);
}

static void no_child_left(const char *what)
{
    ok(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD,
       "%s: no child is left", what);
}

/* Greets, then says everything twice until there is nothing more to hear. */
static void echo_twice(const void *context, int fd)
{
    struct buf heard = { 0 };

    worker_tell(fd, context, strlen(context));
    while (worker_hear(fd, &heard)) {
        char *copy = mem_strndup(buf_str(&heard), heard.len);

        buf_put(&heard, copy, heard.len);
        worker_tell(fd, heard.data, heard.len);
    }
}

static void test_dialogue(void)
{
    struct worker *w = worker_start(echo_twice, "hello");
    size_t big = WORKER_MESSAGE_MAX / 2;
    char *text = mem_alloc(2 * big);

    answers(w, "hello", 5, "the first message");
    worker_ask(w, "ab", 2);
    answers(w, "abab", 4, "a question");
    worker_ask(w, "", 0);
    answers(w, "", 0, "an empty one");
    memset(text, 'x', 2 * big);
    worker_ask(w, text, big);
    answers(w, text, 2 * big, "one far longer than the socket holds");
    worker_free(w);
    mem_free(text);
    no_child_left("a dialogue");
}

static void too_long(const void *context, int fd)
{
    (void)context;
    (void)worker_tell(fd, mem_alloc(WORKER_MESSAGE_MAX + 1),
                      WORKER_MESSAGE_MAX + 1);
}

static void breaks_off(const void *context, int fd)
{
    ssize_t put = write(fd, context, strlen(context));

    _exit(put > 0 ? 0 : 1);
}

static void silent(const void *context, int fd)
{
    (void)context;
    (void)fd;
}

static void killed(const void *context, int fd)
{
    (void)context;
    (void)fd;
    raise(SIGKILL);
}

static void exhausted(const void *context, int fd)
{
    (void)context;
    (void)fd;
    mem_exhausted();
}

static void hangs(const void *context, int fd)
{
    (void)context;
    (void)fd;
    for (;;)
        pause();
}

static void test_deaths(void)
{
    static const struct {
        const char *name;
        worker_fn *run;
    } cases[] = {
        { "it says too much", too_long },       { "it breaks off", breaks_off },
        { "it says nothing", silent },          { "it is killed", killed },
        { "it runs out of memory", exhausted },
    };
    struct worker *w;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        w = worker_start(cases[i].run, "\1\1");
        is_num(run(w), WORKER_DIED, cases[i].name);
        is_num(worker_error(w), ECHILD, "  and so it is told");
        is_num(worker_step(w), WORKER_DIED, "  again, if asked again");
        worker_free(w);
        no_child_left("  reaped");
    }
    w = worker_start(hangs, NULL);
    is_num(worker_step(w), WORKER_WAIT, "one without an end");
    worker_free(w);
    no_child_left("  is ended");
    w = worker_start(echo_twice, "hello");
    (void)run(w);
    worker_free(w);
    no_child_left("one that waits for a question is ended");
}

static void test_no_descriptors(void)
{
    struct rlimit old, none;
    struct worker *w;
    int free_fd = dup(0);

    close(free_fd);
    getrlimit(RLIMIT_NOFILE, &old);
    none = old;
    none.rlim_cur = (rlim_t)free_fd;
    setrlimit(RLIMIT_NOFILE, &none);
    w = worker_start(silent, NULL);
    setrlimit(RLIMIT_NOFILE, &old);
    ok(worker_wake(w) != 0, "no descriptors: told at once");
    is_num(run(w), WORKER_DIED, "  it does not start");
    is_num(worker_error(w), EMFILE, "  and why");
    worker_free(w);
}

#ifdef __linux__
static bool may_be_read(void)
{
    return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 0;
}
#else
static bool may_be_read(void)
{
    return false;
}
#endif

/* What the child has of ours: open descriptors, core files, handlers. */
static void look_around(const void *context, int fd)
{
    const int *inherited = context;
    struct rlimit core;
    char found[4] = "yyy";

    found[0] = fcntl(*inherited, F_GETFD) == -1 ? 'n' : 'y';
    found[1] = isatty(STDIN_FILENO) || lseek(STDERR_FILENO, 0, SEEK_CUR) != 0
                   ? 'y'
                   : 'n';
    getrlimit(RLIMIT_CORE, &core);
    found[2] = core.rlim_cur == 0 && !may_be_read() ? 'n' : 'y';
    raise(SIGINT);
    raise(SIGTSTP);
    worker_tell(fd, found, 3);
}

static void test_isolation(void)
{
    int ends[2], sig, other = 0;
    struct worker *w;

    if (pipe(ends) == -1)
        abort();
    signals_start();
    w = worker_start(look_around, &ends[0]);
    answers(w, "nnn", 3, "no descriptor, no terminal, no core file");
    worker_free(w);
    while ((sig = signals_take()) != 0)
        other = sig != SIGCHLD ? sig : other;
    is_num(other, 0, "its signals do not reach our pipe");
    signals_stop();
    close(ends[0]);
    close(ends[1]);
}

int main(void)
{
    test_dialogue();
    test_deaths();
    test_no_descriptors();
    test_isolation();
    return tap_done();
}
