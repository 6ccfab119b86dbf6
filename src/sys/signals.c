#include "sys/signals.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "sys/fd.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* In the order in which signals_take() tells them: the urgent ones first. */
static const struct caught {
    int sig;
    bool may_be_ignored; /* stays ignored if it was (nohup, a script's &) */
} caught[] = {
    { SIGTERM, true },  { SIGHUP, true },    { SIGINT, true },
    { SIGQUIT, true },  { SIGTSTP, true },   { SIGCONT, false },
    { SIGCHLD, false }, { SIGWINCH, false },
};

/* A write that fails says the same: EPIPE, EFBIG. */
static const int ignored[] = { SIGPIPE, SIGXFSZ };

static const int crashes[] = { SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGFPE };

/* Of themselves these end no process, or cannot be caught. */
static const int others[] = { SIGKILL, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU,
                              SIGCONT, SIGCHLD, SIGURG,  SIGWINCH };

#define CRASH_STACK 65536

static struct {
    int pipe[2];
    bool started;
    volatile sig_atomic_t pending; /* some may have come */
    volatile sig_atomic_t came[COUNT(caught)];
    struct sigaction before[COUNT(caught)];
    struct sigaction ignored_before[COUNT(ignored)];
    void (*on_crash)(void);
    struct sigaction crash_before[COUNT(crashes)];
    char crash_stack[CRASH_STACK];
} state;

static void note(int sig)
{
    int saved = errno;
    ssize_t put;
    size_t i;

    for (i = 0; i < COUNT(caught); i++) {
        if (caught[i].sig == sig)
            state.came[i] = 1;
    }
    state.pending = 1;
    /* A full pipe is as good: it wakes the loop, and the flag tells. */
    put = write(state.pipe[1], "", 1);
    (void)put;
    errno = saved;
}

static void catch_signal(int sig, struct sigaction *before)
{
    struct sigaction act = { .sa_handler = note, .sa_flags = SA_RESTART };

    sigemptyset(&act.sa_mask);
    sigaction(sig, &act, before);
}

static void set_default(int sig)
{
    struct sigaction act = { .sa_handler = SIG_DFL };

    sigemptyset(&act.sa_mask);
    sigaction(sig, &act, NULL);
}

static void set_blocked(int sig, bool blocked)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, sig);
    sigprocmask(blocked ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL);
}

void signals_start(void)
{
    struct sigaction ignore = { .sa_handler = SIG_IGN };
    size_t i;

    assert(!state.started);
    /* Without two descriptors to spare, nothing else could work either. */
    if (!fd_pipe(state.pipe) || !fd_prepare(state.pipe[1])) {
        perror("vmconnect: cannot make a pipe");
        abort();
    }
    for (i = 0; i < COUNT(caught); i++) {
        state.came[i] = 0;
        catch_signal(caught[i].sig, &state.before[i]);
        if (caught[i].may_be_ignored && state.before[i].sa_handler == SIG_IGN)
            sigaction(caught[i].sig, &state.before[i], NULL);
    }
    sigemptyset(&ignore.sa_mask);
    for (i = 0; i < COUNT(ignored); i++)
        sigaction(ignored[i], &ignore, &state.ignored_before[i]);
    state.started = true;
}

void signals_stop(void)
{
    size_t i;

    if (!state.started)
        return;
    for (i = 0; i < COUNT(caught); i++)
        sigaction(caught[i].sig, &state.before[i], NULL);
    for (i = 0; i < COUNT(ignored); i++)
        sigaction(ignored[i], &state.ignored_before[i], NULL);
    close(state.pipe[0]);
    close(state.pipe[1]);
    state.started = false;
}

int signals_fd(void)
{
    return state.pipe[0];
}

int signals_take(void)
{
    char drain[64];
    size_t i;

    if (!state.pending)
        return 0;
    /* First the pipe, then the flags: one that comes between the two wakes
     * the loop once more, and none is lost. */
    state.pending = 0;
    while (read(state.pipe[0], drain, sizeof drain) > 0)
        ;
    for (i = 0; i < COUNT(caught); i++) {
        if (!state.came[i])
            continue;
        state.came[i] = 0;
        state.pending = 1; /* there may be more */
        return caught[i].sig;
    }
    return 0;
}

void signals_suspend(void)
{
    struct sigaction before;

    sigaction(SIGTSTP, NULL, &before);
    set_default(SIGTSTP);
    set_blocked(SIGTSTP, false);
    /* The whole job: a script around us must stop too, or its shell waits. */
    kill(0, SIGTSTP);
    sigaction(SIGTSTP, &before, NULL);
}

int signals_number(const char *name)
{
    static const struct {
        const char *name;
        int number;
    } signals[] = {
        { "ABRT", SIGABRT }, { "ALRM", SIGALRM }, { "FPE", SIGFPE },
        { "HUP", SIGHUP },   { "ILL", SIGILL },   { "INT", SIGINT },
        { "KILL", SIGKILL }, { "PIPE", SIGPIPE }, { "QUIT", SIGQUIT },
        { "SEGV", SIGSEGV }, { "TERM", SIGTERM }, { "USR1", SIGUSR1 },
        { "USR2", SIGUSR2 }, { "BUS", SIGBUS },   { "TRAP", SIGTRAP },
        { "XCPU", SIGXCPU }, { "XFSZ", SIGXFSZ }, { "SYS", SIGSYS },
    };
    size_t i;

    for (i = 0; i < sizeof signals / sizeof *signals; i++)
        if (strcmp(signals[i].name, name) == 0)
            return signals[i].number;
    return 0;
}

_Noreturn void signals_die(int sig)
{
    set_default(sig);
    set_blocked(sig, false);
    raise(sig);
    _exit(128 + sig); /* a signal that does not end a process */
}

/*
 * Once: the former action is put back first, so that a crash of on_crash()
 * itself ends the program, and so that a debugger or sanitizer sees the rest.
 */
static void crash(int sig, siginfo_t *info, void *context)
{
    size_t i;

    (void)context;
    for (i = 0; i < COUNT(crashes); i++)
        sigaction(crashes[i], &state.crash_before[i], NULL);
    state.on_crash();
    /* A fault comes again by itself, at the instruction that made it. */
    if (info->si_code <= 0 || sig == SIGABRT)
        raise(sig);
}

/* A signal from outside; others wait until this one has ended the program. */
static void end(int sig)
{
    state.on_crash();
    signals_die(sig);
}

static bool is_among(int sig, const int *sigs, size_t n)
{
    while (n > 0 && sigs[n - 1] != sig)
        n--;
    return n > 0;
}

/* Whatever would end the process, be it a real-time signal. */
static void catch_ends(void)
{
    struct sigaction act = { .sa_handler = end }, before;
    int sig;

    sigfillset(&act.sa_mask);
    for (sig = 1; sig < NSIG; sig++)
        if (!is_among(sig, others, COUNT(others)) &&
            !is_among(sig, crashes, COUNT(crashes)) &&
            sigaction(sig, NULL, &before) == 0 && before.sa_handler == SIG_DFL)
            sigaction(sig, &act, NULL);
}

void signals_on_crash(void (*fn)(void))
{
    struct sigaction act = { .sa_sigaction = crash,
                             .sa_flags = SA_SIGINFO | SA_ONSTACK };
    /* The ordinary stack may be what overflowed. */
    stack_t stack = { .ss_sp = state.crash_stack, .ss_size = CRASH_STACK };
    size_t i;

    assert(fn != NULL && state.on_crash == NULL);
    state.on_crash = fn;
    sigaltstack(&stack, NULL);
    sigemptyset(&act.sa_mask);
    for (i = 0; i < COUNT(crashes); i++)
        sigaction(crashes[i], &act, &state.crash_before[i]);
    catch_ends();
}
