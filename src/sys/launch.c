#include "sys/launch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/err.h"

#define FEED_SECONDS 10

struct feed {
    const uint8_t *text; /* NULL: the program's standard input is empty */
    size_t len;
};

/* Our handlers are gone with exec, but what is ignored stays so. */
static void reset_signals(void)
{
    struct sigaction act = { .sa_handler = SIG_DFL };
    sigset_t none;

    sigemptyset(&act.sa_mask);
    sigaction(SIGPIPE, &act, NULL);
    sigaction(SIGXFSZ, &act, NULL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static void tell(int report, int error)
{
    while (write(report, &error, sizeof error) == -1 && errno == EINTR)
        ;
}

/* A process that writes the text and ends, so that nobody waits for the one
 * who reads.  Returns what that one reads from; -1: there is nothing. */
static int feed_by_child(const struct feed *feed, int report)
{
    struct feed rest = *feed;
    int ends[2];
    ssize_t n;

    if (rest.text == NULL || pipe2(ends, O_CLOEXEC) == -1)
        return -1;
    if (fork() != 0) {
        close(ends[1]);
        return ends[0];
    }
    close(report);
    close(ends[0]);
    alarm(FEED_SECONDS);
    while (rest.len != 0 && (n = write(ends[1], rest.text, rest.len)) > 0) {
        rest.text += n;
        rest.len -= (size_t)n;
    }
    _exit(0);
}

static _Noreturn void run(char *const argv[], const struct feed *feed,
                          int report)
{
    int null = open("/dev/null", O_RDWR), input, i;

    for (i = 0; null != -1 && i <= STDERR_FILENO; i++)
        (void)dup2(null, i);
    reset_signals();
    input = feed_by_child(feed, report);
    if (input != -1)
        (void)dup2(input, STDIN_FILENO);
    execvp(argv[0], argv);
    tell(report, errno);
    _exit(127);
}

/* The child ends at once, so that its child is nobody's to wait for. */
static _Noreturn void detach(char *const argv[], const struct feed *feed,
                             int report)
{
    pid_t pid;

    setsid();
    pid = fork();
    if (pid == 0)
        run(argv, feed, report);
    if (pid == -1)
        tell(report, errno);
    _exit(0);
}

/* What became of exec: 0, or errno. */
static int outcome(int fd)
{
    int error = 0;
    ssize_t n;

    do
        n = read(fd, &error, sizeof error);
    while (n == -1 && errno == EINTR);
    return n == (ssize_t)sizeof error ? error : 0;
}

static bool launch_fed(char *const argv[], const struct feed *feed,
                       struct err *err)
{
    int ends[2], error;
    pid_t pid;

    if (pipe2(ends, O_CLOEXEC) == -1)
        return err_sys(err, "%s: cannot start it", argv[0]);
    pid = fork();
    if (pid == 0)
        detach(argv, feed, ends[1]);
    error = errno;
    close(ends[1]);
    while (pid != -1 && waitpid(pid, NULL, 0) == -1 && errno == EINTR)
        ;
    if (pid != -1)
        error = outcome(ends[0]);
    close(ends[0]);
    errno = error;
    return error == 0 || err_sys(err, "%s: cannot start it", argv[0]);
}

bool launch(char *const argv[], struct err *err)
{
    static const struct feed none;

    return launch_fed(argv, &none, err);
}

void launch_tmux_copy(const void *text, size_t len)
{
    char *argv[] = { (char[]){ "tmux" }, (char[]){ "load-buffer" },
                     (char[]){ "-w" }, (char[]){ "-" }, NULL };
    const struct feed feed = { text, len };
    struct err err;

    if (getenv("TMUX") != NULL)
        (void)launch_fed(argv, &feed, &err);
}
