/* test_launch.c - a program that is started and left alone. */
#include "sys/launch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "../tap.h"
#include "base/err.h"

/* The program writes into a FIFO, so that nothing is polled for. */
static void test_started(void)
{
    char dir[] = "/tmp/launch-XXXXXX", path[64], script[256], got[128] = "";
    char *argv[] = { (char[]){ "sh" }, (char[]){ "-c" },     script,
                     (char[]){ "sh" }, (char[]){ "a b;$x" }, NULL };
    struct err err;
    FILE *f;

    if (mkdtemp(dir) == NULL)
        exit(99);
    snprintf(path, sizeof path, "%s/fifo", dir);
    if (mkfifo(path, 0600) == -1)
        exit(99);
    snprintf(script, sizeof script,
             "{ echo \"$1\"; test -t 0 && echo tty; cat; "
             "cut -d' ' -f6 /proc/self/stat; } >%s",
             path);
    ok(launch(argv, &err), "started");
    f = fopen(path, "r");
    ok(f != NULL && fgets(got, sizeof got, f) != NULL &&
           strcmp(got, "a b;$x\n") == 0,
       "with its arguments as they are");
    ok(f != NULL && fgets(got, sizeof got, f) != NULL &&
           atoi(got) != (int)getsid(0),
       "without a terminal, in a session of its own");
    ok(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD,
       "nobody's child to wait for");
    if (f != NULL)
        fclose(f);
    unlink(path);
    rmdir(dir);
}

static void test_missing(void)
{
    char *argv[] = { (char[]){ "/nonexistent/program" }, NULL };
    struct err err;

    ok(!launch(argv, &err) && err.code == ERR_SYSTEM &&
           strstr(err.msg, "/nonexistent/program: cannot start it: ") != NULL,
       "what cannot be started is told");
}

int main(void)
{
    test_started();
    test_missing();
    return tap_done();
}
