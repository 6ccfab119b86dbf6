/* test_small.c - the clock, random bytes, paths and the poll set. */
#include "../tap.h"

#include <pwd.h>
#include <signal.h>
#include <sys/time.h>
#include <unistd.h>
#include "base/mem.h"
#include "sys/clock.h"
#include "sys/paths.h"
#include "sys/pollset.h"
#include "sys/random.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static void test_clock(void)
{
    uint64_t before = clock_ms(), after;
    bool steady = before != 0;
    unsigned i;

    for (i = 0; i < 10000; i++) {
        after = clock_ms();
        steady = steady && after >= before;
        before = after;
    }
    ok(steady, "the clock is never 0 and never goes back");
}

static void test_random(void)
{
    static uint8_t a[1001], b[1001];
    unsigned seen[256] = { 0 }, kinds = 0;
    size_t i;

    random_fill(a, 1000); /* more than one getentropy() gives */
    random_fill(b, 1000);
    random_fill(b, 0);
    ok(memcmp(a, b, 1000) != 0, "twice is not the same");
    is_num(a[1000], 0, "no byte too many");
    for (i = 0; i < 1000; i++)
        kinds += seen[a[i]]++ == 0;
    /* 1000 draws leave about 5 of 256 out: 200 would be astonishing. */
    ok(kinds > 200, "the bytes are of all kinds (%u)", kinds);
    ok(memcmp(a, a + 256, 256) != 0 && memcmp(a + 744, a, 256) != 0,
       "and do not repeat");
}

static void test_expand(void)
{
    static const struct {
        const char *home, *path, *want;
    } cases[] = {
        { "/home/bob", "~", "/home/bob" },
        { "/home/bob", "~/.ssh/id", "/home/bob/.ssh/id" },
        { "/home/bob/", "~/.ssh/id", "/home/bob/.ssh/id" },
        { "/home/bob", "~alice/x", "~alice/x" },
        { "/home/bob", "a/~/b", "a/~/b" },
        { "/home/bob", "/etc/x", "/etc/x" },
        { "/home/bob", "", "" },
        { "/", "~", "/" },
        { "/", "~/x", "/x" },
    };
    char *got;
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        setenv("HOME", cases[i].home, 1);
        got = paths_expand(cases[i].path);
        is_str(got, cases[i].want, cases[i].path);
        mem_free(got);
    }
}

static void test_tilde(void)
{
    static const struct {
        const char *home, *path, *want;
    } cases[] = {
        { "/home/bob", "/home/bob", "~" },
        { "/home/bob", "/home/bob/.ssh/id", "~/.ssh/id" },
        { "/home/bob/", "/home/bob/.ssh/id", "~/.ssh/id" },
        { "/home/bob", "/home/bobby/x", "/home/bobby/x" },
        { "/home/bob", "x", "x" },
        { "/", "/etc/x", "/etc/x" },
    };
    char *got;
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        setenv("HOME", cases[i].home, 1);
        got = paths_tilde(cases[i].path);
        is_str(got, cases[i].want, cases[i].path);
        mem_free(got);
    }
}

static void test_state(void)
{
    char *got;

    setenv("HOME", "/home/bob", 1);
    setenv("XDG_STATE_HOME", "/state", 1);
    is_str(got = paths_state("x"), "/state/vmconnect/x", "$XDG_STATE_HOME");
    mem_free(got);
    setenv("XDG_STATE_HOME", "relative", 1);
    is_str(got = paths_state("x"), "/home/bob/.local/state/vmconnect/x",
           "which must be absolute");
    mem_free(got);
    unsetenv("XDG_STATE_HOME");
    is_str(got = paths_state("x"), "/home/bob/.local/state/vmconnect/x",
           "and its default");
    mem_free(got);
}

static void test_absolute(void)
{
    char *got;

    setenv("HOME", "/home/bob", 1);
    is_str(got = paths_absolute("~/x"), "/home/bob/x", "in the home directory");
    mem_free(got);
    is_str(got = paths_absolute("/x"), "/x", "absolute");
    mem_free(got);
    got = paths_absolute("x");
    ok(got[0] == '/' && strcmp(strrchr(got, '/'), "/x") == 0, "relative: %s",
       got);
    mem_free(got);
}

static void test_home(void)
{
    const struct passwd *pw;
    char *dir;

    setenv("HOME", "/somewhere", 1);
    is_str(paths_home(), "/somewhere", "the environment comes first");
    pw = getpwuid(getuid());
    dir = mem_strdup(pw != NULL ? pw->pw_dir : "/");
    unsetenv("HOME");
    is_str(paths_home(), dir, "then the password database");
    setenv("HOME", "", 1);
    is_str(paths_home(), dir, "an empty one is none");
    setenv("HOME", "here", 1);
    is_str(paths_home(), dir, "nor is a relative one");
    mem_free(dir);
    ok(paths_user()[0] != '\0', "the user has a name: %s", paths_user());
}

static void test_earlier(void)
{
    static const struct {
        uint64_t a, b, want;
    } cases[] = {
        { 0, 0, 0 }, { 0, 5, 5 }, { 5, 0, 5 }, { 5, 6, 5 }, { 6, 5, 5 },
    };
    size_t i;

    for (i = 0; i < COUNT(cases); i++)
        is_num((long long)pollset_earlier(cases[i].a, cases[i].b),
               (long long)cases[i].want, "the earlier wake");
}

static void test_pollset(void)
{
    struct pollset set;
    int fds[2];

    if (pipe(fds) == -1)
        exit(99);
    pollset_clear(&set);
    pollset_add(&set, fds[0], POLLIN);
    pollset_add(&set, fds[1], POLLOUT);
    pollset_wait(&set, 0);
    is_num(pollset_ready(&set, fds[0]), 0, "an empty pipe");
    is_num(pollset_ready(&set, fds[1]), POLLOUT, "takes bytes");
    is_num(pollset_ready(&set, 999), 0, "one that is not waited for");
    ok(write(fds[1], "x", 1) == 1, "a byte");
    pollset_clear(&set);
    pollset_add(&set, fds[0], POLLOUT);
    pollset_add(&set, fds[0], POLLIN);
    is_num(set.len, 1, "events of one descriptor are joined");
    pollset_wait(&set, 1);
    is_num(pollset_ready(&set, fds[0]), POLLIN, "it can be read");
    close(fds[1]);
    pollset_wait(&set, 0);
    ok((pollset_ready(&set, fds[0]) & POLLHUP) != 0, "the far end is gone");
    close(fds[0]);
    pollset_wait(&set, 0);
    ok((pollset_ready(&set, fds[0]) & POLLERR) != 0,
       "a closed one is an error");
}

static void on_alarm(int sig)
{
    (void)sig;
}

static void test_wait(void)
{
    struct sigaction act = { .sa_handler = on_alarm };
    struct itimerval soon = { .it_value = { .tv_usec = 20000 } };
    uint64_t wake = clock_ms() + 30;
    struct pollset set;
    int fds[2];

    if (pipe(fds) == -1)
        exit(99);
    pollset_clear(&set);
    pollset_add(&set, fds[0], POLLIN);
    pollset_wait(&set, wake);
    ok(clock_ms() >= wake, "the clock reached the wake time");
    set.fds[0].revents = POLLIN; /* of an earlier turn */
    sigaction(SIGALRM, &act, NULL);
    setitimer(ITIMER_REAL, &soon, NULL);
    pollset_wait(&set, 0);
    is_num(pollset_ready(&set, fds[0]), 0,
           "a signal ends it; nothing is ready");
    close(fds[0]);
    close(fds[1]);
}

int main(void)
{
    test_clock();
    test_random();
    test_expand();
    test_tilde();
    test_state();
    test_absolute();
    test_home();
    test_earlier();
    test_pollset();
    test_wait();
    return tap_done();
}
