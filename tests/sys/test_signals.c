/*
 * test_signals.c - signals as something to poll for; how a process stops and
 * dies is tried in children.
 */
#include "../tap.h"

#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include "sys/signals.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static bool is_ready(void)
{
    struct pollfd p = { .fd = signals_fd(), .events = POLLIN };

    return poll(&p, 1, 0) == 1;
}

static void test_take(void)
{
    static const int sigs[] = { SIGTERM, SIGHUP,  SIGINT,  SIGQUIT,
                                SIGTSTP, SIGCONT, SIGCHLD, SIGWINCH };
    size_t i;

    signals_start();
    ok(!is_ready() && signals_take() == 0, "nothing came yet");
    for (i = 0; i < COUNT(sigs); i++) {
        raise(sigs[i]);
        ok(is_ready(), "signal %d wakes", sigs[i]);
        is_num(signals_take(), sigs[i], "and is told");
        ok(!is_ready() && signals_take() == 0, "once");
    }
    for (i = 0; i < 100000; i++)
        raise(SIGWINCH);
    raise(SIGTERM);
    is_num(signals_take(), SIGTERM, "the urgent one first");
    is_num(signals_take(), SIGWINCH, "many are folded into one");
    is_num(signals_take(), 0, "and no more");
    signals_stop();
}

static void on_usr(int sig)
{
    (void)sig;
}

static bool handled_by(int sig, void (*fn)(int))
{
    struct sigaction act;

    return sigaction(sig, NULL, &act) == 0 && act.sa_handler == fn;
}

static void test_start_stop(void)
{
    int fds[2];

    signal(SIGWINCH, on_usr);
    signal(SIGHUP, SIG_IGN);
    signal(SIGCHLD, SIG_IGN);
    signals_start();
    ok(handled_by(SIGHUP, SIG_IGN), "an ignored SIGHUP stays ignored");
    ok(!handled_by(SIGCHLD, SIG_IGN), "an ignored SIGCHLD is caught");
    ok(pipe(fds) == 0 && close(fds[0]) == 0 && write(fds[1], "x", 1) == -1,
       "SIGPIPE is ignored");
    close(fds[1]);
    signals_stop();
    ok(handled_by(SIGWINCH, on_usr) && handled_by(SIGCHLD, SIG_IGN) &&
           handled_by(SIGTERM, SIG_DFL) && handled_by(SIGPIPE, SIG_DFL),
       "all is given back");
    signal(SIGWINCH, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
    signal(SIGCHLD, SIG_DFL);
}

/* ---- in children ---- */

static pid_t start(void (*fn)(int), int arg)
{
    struct rlimit none = { 0, 0 };
    pid_t pid = fork();

    if (pid != 0)
        return pid;
    setpgid(0, 0); /* a job of its own */
    setrlimit(RLIMIT_CORE, &none);
    fn(arg);
    _exit(99);
}

static int finish(pid_t pid, int options)
{
    int status = 0;

    waitpid(pid, &status, options);
    return status;
}

#define CONTINUED 7

static void suspend_child(int sig)
{
    signals_start();
    signals_suspend();
    /* Here only after SIGCONT, and with the handlers in place again. */
    raise(sig);
    _exit(signals_take() == SIGTSTP ? CONTINUED : 1);
}

static void test_suspend(void)
{
    pid_t pid = start(suspend_child, SIGTSTP);
    int status = finish(pid, WUNTRACED);

    ok(WIFSTOPPED(status) && WSTOPSIG(status) == SIGTSTP, "it stops");
    kill(pid, SIGCONT);
    status = finish(pid, 0);
    ok(WIFEXITED(status) && WEXITSTATUS(status) == CONTINUED,
       "it goes on, and catches the next SIGTSTP");
}

static void die_child(int sig)
{
    sigset_t set;

    signals_start();
    sigemptyset(&set);
    sigaddset(&set, sig);
    sigprocmask(SIG_BLOCK, &set, NULL);
    signals_die(sig);
}

static void test_die(void)
{
    static const int sigs[] = { SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGPIPE };
    int status;
    size_t i;

    for (i = 0; i < COUNT(sigs); i++) {
        status = finish(start(die_child, sigs[i]), 0);
        ok(WIFSIGNALED(status) && WTERMSIG(status) == sigs[i],
           "dies of signal %d, though it is caught and blocked", sigs[i]);
    }
    status = finish(start(die_child, SIGWINCH), 0);
    ok(WIFEXITED(status) && WEXITSTATUS(status) == 128 + SIGWINCH,
       "exits where a signal does not kill");
}

/* ---- crashes ---- */

static int told[2]; /* the crash handler writes, the test reads */

static void tell(void)
{
    (void)!write(told[1], "!", 1);
}

static void tell_and_crash(void)
{
    tell();
    abort();
}

static void prepare_crash(void (*fn)(void))
{
    static const int sigs[] = { SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGFPE };
    size_t i;

    /* A sanitizer has handlers that exit. */
    for (i = 0; i < COUNT(sigs); i++)
        signal(sigs[i], SIG_DFL);
    signals_on_crash(fn);
}

static void crash_by_signal(int sig)
{
    signal(sig, SIG_DFL); /* SIGPIPE may have been ignored */
    prepare_crash(tell);
    raise(sig);
}

static void crash_by_abort(int sig)
{
    (void)sig;
    prepare_crash(tell);
    abort();
}

static void crash_by_fault(int sig)
{
    volatile char *page =
        mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    (void)sig;
    prepare_crash(tell);
    *page = 1;
}

/* Each call looks at the room of the one before, so none can be left out. */
static char use_stack(const volatile char *above, unsigned long calls)
{
    volatile char room[16384];

    room[calls % sizeof room] = *above;
    if (calls == 0)
        return room[0];
    return (char)(use_stack(room, calls - 1) + room[0]);
}

static void crash_by_stack(int sig)
{
    struct rlimit small = { 1 << 20, 1 << 20 };

    (void)sig;
    setrlimit(RLIMIT_STACK, &small);
    prepare_crash(tell);
    (void)use_stack("", 1000000);
}

static void crash_in_handler(int sig)
{
    prepare_crash(tell_and_crash);
    raise(sig);
}

static void test_crash(void)
{
    const struct {
        const char *name;
        void (*child)(int);
        int sig, dies_of;
    } cases[] = {
        { "SIGSEGV", crash_by_signal, SIGSEGV, SIGSEGV },
        { "SIGBUS", crash_by_signal, SIGBUS, SIGBUS },
        { "SIGABRT", crash_by_signal, SIGABRT, SIGABRT },
        { "SIGILL", crash_by_signal, SIGILL, SIGILL },
        { "SIGFPE", crash_by_signal, SIGFPE, SIGFPE },
        { "SIGTERM", crash_by_signal, SIGTERM, SIGTERM },
        { "SIGUSR1", crash_by_signal, SIGUSR1, SIGUSR1 },
        { "SIGUSR2", crash_by_signal, SIGUSR2, SIGUSR2 },
        { "SIGALRM", crash_by_signal, SIGALRM, SIGALRM },
        { "SIGPIPE", crash_by_signal, SIGPIPE, SIGPIPE },
        { "SIGTRAP", crash_by_signal, SIGTRAP, SIGTRAP },
        { "SIGXCPU", crash_by_signal, SIGXCPU, SIGXCPU },
        { "a real-time signal", crash_by_signal, SIGRTMIN, SIGRTMIN },
        { "abort()", crash_by_abort, 0, SIGABRT },
        { "a bad pointer", crash_by_fault, 0, SIGSEGV },
        { "no stack", crash_by_stack, 0, SIGSEGV },
        { "a crash while crashing", crash_in_handler, SIGSEGV, SIGABRT },
    };
    char got[8];
    ssize_t n;
    int status;
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        if (pipe(told) == -1)
            exit(99);
        status = finish(start(cases[i].child, cases[i].sig), 0);
        close(told[1]);
        n = read(told[0], got, sizeof got);
        close(told[0]);
        ok(WIFSIGNALED(status) && WTERMSIG(status) == cases[i].dies_of,
           "%s ends the process", cases[i].name);
        is_num(n, 1, "after the handler ran, once");
    }
}

/* As a terminal's job has them; nohup and "&" ignore some. */
static void default_signals(void)
{
    signal(SIGHUP, SIG_DFL);
    signal(SIGINT, SIG_DFL);
    signal(SIGQUIT, SIG_DFL);
}

int main(void)
{
    default_signals();
    test_take();
    test_start_stop();
    test_suspend();
    test_die();
    test_crash();
    return tap_done();
}
