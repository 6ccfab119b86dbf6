/* child.h - run what ends the process in a child, and see how it ended. */
#ifndef TESTS_BASE_CHILD_H
#define TESTS_BASE_CHILD_H

#include <stddef.h>
#include <sys/wait.h>
#include <unistd.h>

struct child_end {
    int status;     /* as waitpid() gives it */
    char text[256]; /* the beginning of its standard error */
};

/* A child that hangs is ended by its alarm: the status then shows SIGALRM. */
static inline struct child_end child_run(void (*fn)(void))
{
    struct child_end end = { -1, "" };
    int fds[2];
    size_t len = 0;
    ssize_t n;
    pid_t pid;

    if (pipe(fds) == -1 || (pid = fork()) == -1)
        return end;
    if (pid == 0) {
        alarm(10);
        dup2(fds[1], STDERR_FILENO);
        close(fds[0]);
        close(fds[1]);
        fn();
        _exit(0);
    }
    close(fds[1]);
    while (len < sizeof end.text - 1 &&
           (n = read(fds[0], end.text + len, sizeof end.text - 1 - len)) > 0)
        len += (size_t)n;
    close(fds[0]);
    waitpid(pid, &end.status, 0);
    return end;
}

#endif
