/* Questions on a plain terminal. */
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include "base/buf.h"
#include "base/secret.h"
#include "../tap.h"
#include "terminal.h"
#include "ui/plain.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static const struct ui_choice choices[] = {
    { "a", "accept and remember this key" },
    { "once", "this once" },
};

static const struct ui_question host = {
    .title = "Unknown host",
    .text = "The key of example.org is not known, so that nobody can tell "
            "whether this is the right machine.\n\n"
            "ED25519 SHA256:abc \xe2\x80\x9cquoted\xe2\x80\x9d",
    .prompt = "Your choice:",
    .echo = true,
    .choices = choices,
    .choices_len = COUNT(choices),
};
static const struct ui_question log_of_lines = {
    .prompt = "The log: ", .echo = true, .multiline = true
};
static const struct ui_question passphrase = { .prompt = "Passphrase:" };
static const struct ui_question notice = { .title = "Changed key",
                                           .text = "Read this.",
                                           .alert = true };

static int ask(void *arg)
{
    struct plain *p = plain_open();
    struct ui_answer answer;
    struct pollfd pfd = { .events = POLLIN };

    if (p == NULL)
        return 1;
    pfd.fd = plain_fd(p);
    plain_ask(p, arg);
    do
        poll(&pfd, 1, -1);
    while (!plain_read(p));
    answer = plain_take_answer(p);
    printf(answer.cancelled ? "cancelled\n" : "answered <%s>\n",
           answer.line != NULL ? (const char *)answer.line->data : "");
    secret_free(answer.line);
    plain_close(p);
    return 0;
}

/* A stop and continue in between. */
static int ask_twice(void *arg)
{
    struct plain *p = plain_open();

    if (p == NULL)
        return 1;
    plain_ask(p, arg);
    plain_pause(p);
    printf("stopped\n");
    fflush(stdout);
    plain_redraw(p);
    plain_close(p);
    printf("closed\n");
    return 0;
}

static struct terminal *start_on(const char *term, const struct ui_question *q,
                                 int (*run)(void *), const char *locale,
                                 unsigned cols)
{
    const struct terminal_setup setup = { .term = term,
                                          .locale = locale,
                                          .cols = cols,
                                          .rows = 24,
                                          .run = run,
                                          .arg = (void *)(uintptr_t)q };

    return terminal_start(&setup);
}

static struct terminal *start(const struct ui_question *q, int (*run)(void *),
                              const char *locale, unsigned cols)
{
    return start_on("dumb", q, run, locale, cols);
}

static void is_row(struct terminal *t, unsigned row, const char *want)
{
    if (!ok(terminal_expect_row(t, row, want), "%s",
            want[0] != '\0' ? want : "(blank)"))
        terminal_show(t);
}

static const struct {
    const char *name;
    const struct ui_question *question;
    const char *prompt, *keys, *shown, *want;
} answers[] = {
    { "a choice", &host, "Your choice:", "once\n", "Your choice: once",
      "answered <once>" },
    { "Enter as CR", &host, "Your choice:", "a\r", "Your choice: a",
      "answered <a>" },
    { "Backspace", &host, "Your choice:",
      "ax\x7f"
      "b\n",
      "Your choice: ab", "answered <ab>" },
    { "in the middle", &host, "Your choice:", "ad\033[Dbc\n",
      "Your choice: abcd", "answered <abcd>" },
    { "Ctrl-U", &host, "Your choice:", "wrong\x15once\n", "Your choice: once",
      "answered <once>" },
    { "longer than the row", &host,
      "Your choice:", "0123456789012345678901234567890123456789end\n", "9end",
      "answered <01234567890123456789" },
    { "UTF-8", &host, "Your choice:", "\xc3\xa9\xe6\x97\xa5\n",
      "Your choice: \xc3\xa9\xe6\x97\xa5", "answered <\xc3\xa9\xe6\x97\xa5>" },
    { "a secret", &passphrase, "Passphrase:", "sesame\n",
      "Passphrase:", "answered <sesame>" },
    { "an empty secret", &passphrase, "Passphrase:", "\n",
      "Passphrase:", "answered <>" },
    { "Ctrl-C", &host, "Your choice:", "x\003", "Your choice: x", "cancelled" },
    { "Esc", &host, "Your choice:", "\033", "Your choice:", "cancelled" },
    { "Ctrl-D on nothing", &passphrase, "Passphrase:", "\004",
      "Passphrase:", "cancelled" },
    { "a notice", &notice, "*** Changed key ***", " ", "Read this.",
      "answered <>" },
};

static bool modes_back(const struct terminal *t)
{
    struct termios now;

    return tcgetattr(t->slave, &now) == 0 && now.c_lflag == t->modes.c_lflag &&
           now.c_iflag == t->modes.c_iflag;
}

static bool is_silent(const struct terminal *t, const void *arg)
{
    struct termios now;

    (void)arg;
    return tcgetattr(t->slave, &now) == 0 && (now.c_lflag & ECHO) == 0;
}

static void test_answers(void)
{
    struct terminal *t;
    size_t i;

    for (i = 0; i < COUNT(answers); i++) {
        t = start(answers[i].question, ask, "C.UTF-8", 50);
        ok(terminal_expect(t, answers[i].prompt) &&
               terminal_until(t, is_silent, NULL),
           "asked");
        terminal_type(t, answers[i].keys, strlen(answers[i].keys));
        if (!ok(terminal_expect(t, answers[i].want) &&
                    terminal_expect(t, answers[i].shown),
                "%s", answers[i].name))
            terminal_show(t);
        is_num(terminal_wait(t), 0, "it ends");
        ok(modes_back(t), "the modes are as they were");
        terminal_free(t);
    }
}

static void test_secret(void)
{
    struct terminal *t = start(&passphrase, ask, "C.UTF-8", 80);

    terminal_expect(t, "Passphrase:");
    terminal_until(t, is_silent, NULL);
    terminal_type(t, "secret\x7f\n", 8);
    ok(terminal_expect(t, "answered <secre>"), "a secret");
    is_row(t, 0, "Passphrase:");
    terminal_wait(t);
    terminal_free(t);
}

/* Pasted with the marks that the terminal has been asked for. */
static void paste(struct terminal *t, const char *text)
{
    struct buf out = { 0 };

    vt_encode_paste(t->vt, text, strlen(text), true, true, &out);
    terminal_type(t, (const char *)out.base, out.len);
    buf_free(&out);
}

static void test_lines(void)
{
    struct terminal *t =
        start_on("xterm-256color", &log_of_lines, ask, "C.UTF-8", 80);

    terminal_expect(t, "The log:");
    terminal_until(t, is_silent, NULL);
    paste(t, "one\ntwo\nthree\n");
    terminal_expect(t, "3 lines");
    terminal_type(t, "\r", 1);
    if (!ok(terminal_expect(t, "answered <one") && terminal_expect(t, "three>"),
            "a text of lines is one answer"))
        terminal_show(t);
    terminal_wait(t);
    ok(!vt_paste_bracketed(t->vt), "the terminal is as it was");
    terminal_free(t);
    t = start(&log_of_lines, ask, "C.UTF-8", 80);
    terminal_expect(t, "The log:");
    terminal_until(t, is_silent, NULL);
    is_num((long)t->bytes, (long)strlen("The log: "),
           "a dumb one is asked for nothing");
    terminal_free(t);
}

static void test_layout(void)
{
    struct terminal *t = start(&host, ask, "C", 40);
    static const char *const rows[] = {
        "",
        "Unknown host",
        "",
        "The key of example.org is not known, so",
        "that nobody can tell whether this is",
        "the right machine.",
        "",
        "ED25519 SHA256:abc \"quoted\"",
        "",
        "  a     accept and remember this key",
        "  once  this once",
        "",
        "Your choice:",
    };
    unsigned i;

    ok(terminal_expect(t, "Your choice:"), "without UTF-8, 40 columns");
    for (i = 0; i < COUNT(rows); i++)
        is_row(t, i, rows[i]);
    ok(terminal_expect_column(t, 13), "the cursor behind the prompt");
    terminal_free(t);
}

static void test_redraw(void)
{
    struct terminal *t = start(&host, ask_twice, "C.UTF-8", 80);

    ok(terminal_expect(t, "closed"), "stopped, continued, closed");
    is_row(t, 11, "Your choice: stopped");
    is_row(t, 12, "Your choice:");
    is_row(t, 13, "closed");
    is_num(terminal_wait(t), 0, "it ends");
    ok(modes_back(t), "the modes are as they were");
    terminal_free(t);
}

int main(void)
{
    test_answers();
    test_secret();
    test_lines();
    test_layout();
    test_redraw();
    return tap_done();
}
