/* test_askpass.c - questions by a program: which one, and what it answers. */
#include "../tap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/err.h"
#include "base/secret.h"
#include "sys/askpass.h"
#include "sys/clock.h"
#include "sys/pollset.h"

#define PATIENCE 20000 /* ms until a test is given up */

static char script[64];

/* The program: a shell script whose body this is. */
static void write_script(const char *body)
{
    FILE *f;

    strcpy(script, "/tmp/vmconnect-askpass-XXXXXX");
    f = fdopen(mkstemp(script), "w");
    if (f == NULL || fprintf(f, "#!/bin/sh\n%s\n", body) < 0 ||
        fchmod(fileno(f), 0700) != 0 || fclose(f) != 0)
        abort();
}

static enum askpass_state run(struct askpass *a, struct err *err)
{
    uint64_t end = clock_ms() + PATIENCE;
    enum askpass_state state;
    struct pollset set;

    err_clear(err);
    while ((state = askpass_step(a, err)) == ASKPASS_WAIT && clock_ms() < end) {
        pollset_clear(&set);
        askpass_watch(a, &set);
        pollset_wait(&set, pollset_earlier(askpass_wake(a, clock_ms()), end));
    }
    return state;
}

static const struct {
    const char *name, *body;
    bool confirm;
    enum askpass_state want;
    const char *answer;
} cases[] = {
    { "a line", "echo secret", false, ASKPASS_ANSWERED, "secret" },
    { "without its end", "printf secret", false, ASKPASS_ANSWERED, "secret" },
    { "with CR LF", "printf 'secret\\r\\n'", false, ASKPASS_ANSWERED,
      "secret" },
    { "the first line only", "printf 'a\\nb\\n'", false, ASKPASS_ANSWERED,
      "a" },
    { "nothing", "true", false, ASKPASS_ANSWERED, "" },
    { "the question is one argument", "echo \"$#:$1\"", false, ASKPASS_ANSWERED,
      "1:it's $(a) \"question\"" },
    { "no hint", "echo \"${SSH_ASKPASS_PROMPT-none}\"", false, ASKPASS_ANSWERED,
      "none" },
    { "a hint for yes or no", "echo \"$SSH_ASKPASS_PROMPT\"", true,
      ASKPASS_ANSWERED, "confirm" },
    { "cancelled", "echo secret; exit 1", false, ASKPASS_CANCELLED, NULL },
    { "killed", "kill -9 $$", false, ASKPASS_CANCELLED, NULL },
    { "signals are as usual", "kill -PIPE $$; echo alive", false,
      ASKPASS_CANCELLED, NULL },
    { "standard input is empty", "cat; echo end", false, ASKPASS_ANSWERED,
      "end" },
    { "it goes on after its answer", "echo a; exec >&-; sleep 0.1", false,
      ASKPASS_ANSWERED, "a" },
    { "no end", "yes", false, ASKPASS_FAILED, NULL },
};

static void test_answers(void)
{
    struct askpass *a;
    struct secret *answer;
    struct err err;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        write_script(cases[i].body);
        a = askpass_start(script, "it's $(a) \"question\"", cases[i].confirm);
        is_num(run(a, &err), cases[i].want, cases[i].name);
        if (cases[i].answer != NULL) {
            answer = askpass_take(a);
            is_str((const char *)answer->data, cases[i].answer,
                   "... its answer");
            secret_free(answer);
        }
        askpass_free(a);
        unlink(script);
    }
}

static void test_faults(void)
{
    struct askpass *a = askpass_start("/nowhere/askpass", "?", false);
    struct err err;

    is_num(run(a, &err), ASKPASS_FAILED, "a program that is missing");
    is_str(
        err.msg,
        "SSH_ASKPASS: cannot run /nowhere/askpass: No such file or directory",
        "... and why");
    askpass_free(a);
    write_script("sleep 100");
    a = askpass_start(script, "?", false);
    is_num(askpass_step(a, &err), ASKPASS_WAIT, "one that waits");
    askpass_free(a);
    ok(waitpid(-1, NULL, WNOHANG) == -1, "... is ended");
    unlink(script);
}

static void set(const char *name, const char *value)
{
    if (value == NULL)
        unsetenv(name);
    else
        setenv(name, value, 1);
}

/* ssh(1), ENVIRONMENT. */
static void test_which(void)
{
    static const struct {
        const char *program, *require, *display, *wayland;
        bool alone, beside; /* wanted without a terminal, and with one */
    } rows[] = {
        { NULL, NULL, ":0", NULL, false, false },
        { "", NULL, ":0", NULL, false, false },
        { "/a", NULL, NULL, NULL, false, false },
        { "/a", NULL, ":0", NULL, true, false },
        { "/a", NULL, NULL, "wayland-0", true, false },
        { "/a", "never", ":0", NULL, false, false },
        { "/a", "prefer", ":0", NULL, true, true },
        { "/a", "prefer", NULL, NULL, false, false },
        { "/a", "force", NULL, NULL, true, true },
        { NULL, "force", ":0", NULL, false, false },
        { "/a", "nonsense", ":0", NULL, true, false },
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        set("SSH_ASKPASS", rows[i].program);
        set("SSH_ASKPASS_REQUIRE", rows[i].require);
        set("DISPLAY", rows[i].display);
        set("WAYLAND_DISPLAY", rows[i].wayland);
        ok((askpass_program(false) != NULL) == rows[i].alone &&
               (askpass_program(true) != NULL) == rows[i].beside,
           "which program, row %zu", i);
    }
}

int main(void)
{
    test_answers();
    test_faults();
    test_which();
    return tap_done();
}
