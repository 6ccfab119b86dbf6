#include "sys/launch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/err.h"

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

static _Noreturn void run(char *const argv[], int report)
{
    int null = open("/dev/null", O_RDWR), i;

    for (i = 0; null != -1 && i <= STDERR_FILENO; i++)
        (void)dup2(null, i);
    reset_signals();
    execvp(argv[0], argv);
    tell(report, errno);
    _exit(127);
}

/* The child ends at once, so that its child is nobody's to wait for. */
static _Noreturn void detach(char *const argv[], int report)
{
    pid_t pid;

    setsid();
    pid = fork();
    if (pid == 0)
        run(argv, report);
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

bool launch(char *const argv[], struct err *err)
{
    int ends[2], error;
    pid_t pid;

    if (pipe2(ends, O_CLOEXEC) == -1)
        return err_sys(err, "%s: cannot start it", argv[0]);
    pid = fork();
    if (pid == 0)
        detach(argv, ends[1]);
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
