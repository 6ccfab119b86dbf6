#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "sys/clock.h"

static void must(bool good, const char *what)
{
    if (good)
        return;
    printf("Bail out! %s: %s\n", what, strerror(errno));
    exit(1);
}

static void set_size(int fd, unsigned cols, unsigned rows)
{
    const struct winsize size = { .ws_col = (unsigned short)cols,
                                  .ws_row = (unsigned short)rows };

    must(ioctl(fd, TIOCSWINSZ, &size) == 0, "TIOCSWINSZ");
}

static void set_env(const char *name, const char *value)
{
    if (value != NULL)
        setenv(name, value, 1);
    else
        unsetenv(name);
}

static _Noreturn void child(const struct terminal_setup *setup, int slave)
{
    setsid();
    must(ioctl(slave, TIOCSCTTY, 0) == 0, "TIOCSCTTY");
    dup2(slave, STDIN_FILENO);
    dup2(slave, STDOUT_FILENO);
    close(slave);
    set_env("TERM", setup->term);
    set_env("LC_ALL", setup->locale);
    set_env("COLORTERM", setup->colorterm);
    unsetenv("STY");
    set_env("TMUX", setup->tmux ? "of the tests" : NULL);
    set_env("WT_SESSION", setup->windows ? "of the tests" : NULL);
    unsetenv("VTE_VERSION");
    setlocale(LC_ALL, "");
    exit(setup->run(setup->arg));
}

struct terminal *terminal_start(const struct terminal_setup *setup)
{
    const struct vt_options opt = { .cols = setup->cols, .rows = setup->rows };
    struct terminal *t = mem_alloc(sizeof *t);

    t->fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    must(t->fd != -1 && grantpt(t->fd) == 0 && unlockpt(t->fd) == 0, "pty");
    t->slave = open(ptsname(t->fd), O_RDWR | O_NOCTTY | O_CLOEXEC);
    must(t->slave != -1, "pty slave");
    set_size(t->slave, setup->cols, setup->rows);
    must(tcgetattr(t->slave, &t->modes) == 0, "tcgetattr");
    t->vt = vt_new(&opt);
    t->unknown = setup->unknown;
    t->answers = setup->answers;
    if (setup->clusters)
        vt_write(t->vt, "\033[?2027h", 8);
    t->status = -1;
    fflush(stdout);
    t->pid = fork();
    must(t->pid != -1, "fork");
    if (t->pid == 0)
        child(setup, t->slave);
    return t;
}

/* What has come, with other characters for those that it does not know. */
static void write_known(struct terminal *t, const char *bytes, size_t n)
{
    const char *what = t->unknown, *instead = strchr(what, ' ') + 1;
    size_t len = (size_t)(instead - what) - 1, i;

    for (i = 0; i < n; i++) {
        if (bytes[i] != what[t->matched]) {
            vt_write(t->vt, what, t->matched);
            t->matched = 0;
        }
        if (bytes[i] != what[t->matched])
            vt_write(t->vt, bytes + i, 1);
        else if (++t->matched == len) {
            vt_write(t->vt, instead, strlen(instead));
            t->matched = 0;
        }
    }
}

/* Take in what the child wrote; waits for at most ms. */
static bool take(struct terminal *t, int ms)
{
    struct pollfd pfd = { .fd = t->fd, .events = POLLIN };
    struct buf reply = { 0 };
    char bytes[8192];
    ssize_t n;

    if (poll(&pfd, 1, ms) <= 0)
        return false;
    n = read(t->fd, bytes, sizeof bytes);
    if (n <= 0)
        return false;
    if (t->unknown != NULL)
        write_known(t, bytes, (size_t)n);
    else
        vt_write(t->vt, bytes, (size_t)n);
    vt_take_reply(t->vt, &reply);
    if (t->answers)
        terminal_type(t, buf_str(&reply), reply.len);
    buf_free(&reply);
    t->bytes += (uint64_t)n;
    return true;
}

static bool has_ended(struct terminal *t)
{
    if (t->pid != 0 && waitpid(t->pid, &t->status, WNOHANG) == t->pid)
        t->pid = 0;
    return t->pid == 0;
}

int terminal_wait(struct terminal *t)
{
    uint64_t end = clock_ms() + DEADLINE_MS;

    while (!has_ended(t) && clock_ms() < end)
        take(t, 10);
    while (take(t, 0))
        ;
    return t->status;
}

void terminal_free(struct terminal *t)
{
    if (t->pid != 0) {
        kill(t->pid, SIGKILL);
        waitpid(t->pid, NULL, 0);
    }
    close(t->fd);
    close(t->slave);
    vt_free(t->vt);
    mem_free(t);
}

void terminal_type(struct terminal *t, const char *bytes, size_t n)
{
    must(write(t->fd, bytes, n) == (ssize_t)n, "typing");
}

void terminal_resize(struct terminal *t, unsigned cols, unsigned rows)
{
    vt_resize(t->vt, cols, rows);
    set_size(t->fd, cols, rows);
}

bool terminal_until(struct terminal *t,
                    bool (*done)(const struct terminal *t, const void *arg),
                    const void *arg)
{
    uint64_t end = clock_ms() + DEADLINE_MS;

    while (!done(t, arg)) {
        if (clock_ms() >= end)
            return false;
        if (!take(t, 20) && has_ended(t) && !take(t, 0))
            return done(t, arg);
    }
    return true;
}

static bool has_text(const struct terminal *t, const void *arg)
{
    bool found = false;
    unsigned i;
    char *row;

    for (i = 0; i < vt_rows(t->vt) && !found; i++) {
        row = terminal_row(t->vt, i);
        found = strstr(row, arg) != NULL;
        mem_free(row);
    }
    return found;
}

static bool lacks_text(const struct terminal *t, const void *arg)
{
    return !has_text(t, arg);
}

bool terminal_expect(struct terminal *t, const char *text)
{
    return terminal_until(t, has_text, text);
}

bool terminal_expect_gone(struct terminal *t, const char *text)
{
    return terminal_until(t, lacks_text, text);
}

struct wanted_row {
    unsigned row;
    const char *text;
};

static bool has_row(const struct terminal *t, const void *arg)
{
    const struct wanted_row *want = arg;
    char *got = terminal_row(t->vt, want->row);
    bool same = strcmp(got, want->text) == 0;

    mem_free(got);
    return same;
}

bool terminal_expect_row(struct terminal *t, unsigned row, const char *text)
{
    return terminal_until(t, has_row, &(struct wanted_row){ row, text });
}

static bool in_column(const struct terminal *t, const void *arg)
{
    return vt_cursor(t->vt).col == *(const unsigned *)arg;
}

bool terminal_expect_column(struct terminal *t, unsigned col)
{
    return terminal_until(t, in_column, &col);
}

char *terminal_row(const struct vt *vt, unsigned row)
{
    const struct vt_cell *cells = vt_row(vt, row);
    struct buf out = { 0 };
    size_t end = 0, n, k;
    const uint32_t *chars;
    uint8_t enc[4];
    unsigned i;

    for (i = 0; i < vt_cols(vt); i++) {
        if (cells[i].width == 0)
            continue;
        chars = vt_cluster(vt, &cells[i], &n);
        for (k = 0; k < n; k++)
            buf_put(&out, enc, utf8_encode(chars[k], enc));
        if (cells[i].ch != ' ')
            end = out.len;
    }
    out.len = end;
    return buf_take_str(&out);
}

void terminal_show(const struct terminal *t)
{
    unsigned i;
    char *row;

    for (i = 0; i < vt_rows(t->vt); i++) {
        row = terminal_row(t->vt, i);
        printf("# |%s\n", row);
        mem_free(row);
    }
}
