/* main-keygen.c - vmconnect-keygen: what it prints, and its exit status. */
#include "config.h"

#include <locale.h>
#include <stdio.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "keygen/keygen.h"
#include "keys/sshkey.h"
#include "sys/fd.h"
#include "sys/signals.h"
#include "sys/tty.h"

/* Comments come from files: on a terminal they must be harmless. */
static bool print(FILE *to, const struct buf *text)
{
    struct buf clean = { 0 };
    const struct buf *shown = text;
    bool wrote;

    if (isatty(fileno(to))) {
        text_clean(&clean, text->data, text->len, true);
        shown = &clean;
    }
    wrote =
        fwrite(shown->data, 1, shown->len, to) == shown->len && fflush(to) == 0;
    buf_free(&clean);
    return wrote;
}

static void say(const char *text)
{
    struct buf line = { 0 };

    buf_put_str(&line, text);
    print(stderr, &line);
    buf_free(&line);
}

static void version(struct buf *out)
{
    buf_printf(out, "%s\n%s\n", PACKAGE_STRING, sshkey_library());
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
    setlocale(LC_ALL, "");
    signals_on_crash(tty_restore);
    mem_on_exhausted(tty_restore);
    err_clear(&err);
    if (keygen_argv(&k, argc, argv, &err))
        status = run(&k, &err);
    if (status != KEYGEN_ERROR && !print(stdout, &k.out)) {
        status = KEYGEN_ERROR;
        err_sys(&err, "cannot write to standard output");
    }
    if (status == KEYGEN_ERROR)
        fprintf(stderr, "vmconnect-keygen: %s\n", err.msg);
    buf_free(&k.out);
    return (int)status;
}
