/* main-keygen.c - vmconnect-keygen: what it prints, and its exit status. */
#include "config.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/wrap.h"
#include "keygen/keygen.h"
#include "keys/sshkey.h"
#include "sys/fd.h"
#include "sys/guard.h"
#include "sys/language.h"
#include "sys/signals.h"
#include "sys/tty.h"

/*
 * Names and comments come from files: on a terminal they must be harmless.
 * Standard output is never broken into lines: it has what is to be pasted.
 */
static bool print(FILE *to, const char *text, size_t n)
{
    struct buf clean = { 0 }, lines = { 0 };
    struct buf *shown = &lines;
    unsigned cols, rows;
    bool wrote;

    if (!isatty(fileno(to)))
        return fwrite(text, 1, n, to) == n && fflush(to) == 0;
    text_clean(&clean, text, n, true);
    if (to == stdout || !tty_size(fileno(to), &cols, &rows))
        shown = &clean;
    else
        wrap_text(&lines, buf_str(&clean), cols);
    wrote =
        fwrite(shown->data, 1, shown->len, to) == shown->len && fflush(to) == 0;
    buf_free(&clean);
    buf_free(&lines);
    return wrote;
}

static void say(const char *text)
{
    print(stderr, text, strlen(text));
}

static void complain(const struct err *err)
{
    struct buf line = { 0 };

    buf_printf(&line, "vmconnect-keygen: %s\n", err->msg);
    say(buf_str(&line));
    buf_free(&line);
}

static void version(struct buf *out)
{
    buf_printf(out, "vmconnect-keygen %s\n%s\n", PACKAGE_VERSION,
               sshkey_library());
}

static enum keygen_status run(struct keygen *k, struct err *err)
{
    if (!k->help && !k->version)
        return keygen_run(k, err);
    if (k->help)
        keygen_help(&k->out);
    else
        version(&k->out);
    return KEYGEN_DONE;
}

int main(int argc, char *argv[])
{
    struct keygen k = { .say = say };
    enum keygen_status status = KEYGEN_ERROR;
    struct err err;

    if (!fd_fill_standard())
        return KEYGEN_ERROR; /* and nowhere to say so */
    guard_memory();
    language_begin();
    signals_on_crash(tty_restore);
    mem_on_exhausted(tty_restore);
    err_clear(&err);
    if (keygen_argv(&k, argc, argv, &err))
        status = run(&k, &err);
    if (status != KEYGEN_ERROR &&
        !print(stdout, (const char *)k.out.data, k.out.len)) {
        status = KEYGEN_ERROR;
        err_sys(&err, "cannot write to standard output");
    }
    if (status == KEYGEN_ERROR)
        complain(&err);
    buf_free(&k.out);
    return (int)status;
}
