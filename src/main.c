/* main.c - the command line and the exit status; everything else is app's. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "app/about.h"
#include "app/client.h"
#include "app/doctor.h"
#include "app/install.h"
#include "app/replay.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/wrap.h"
#include "config/options.h"
#include "keys/sshkey.h"
#include "setup.h"
#include "ssh/session.h"
#include "sys/fd.h"
#include "sys/language.h"
#include "sys/signals.h"
#include "sys/tty.h"
#include "ui/ui.h"

#define STATUS_ERROR 255

static int show(void (*write_text)(struct buf *out))
{
    struct buf text = { 0 };
    size_t wrote;

    write_text(&text);
    wrote = fwrite(text.data, 1, text.len, stdout);
    wrote = wrote == text.len && fflush(stdout) == 0;
    buf_free(&text);
    return wrote ? EXIT_SUCCESS : STATUS_ERROR;
}

static void version(struct buf *out)
{
    buf_printf(out, "%s\n", PACKAGE_STRING);
    buf_printf(out, "libssh2 %s, %s, %s\n", ssh_library(), sshkey_library(),
               ui_library());
}

/* On a terminal, in lines that fit; else as it is. */
static void tell(const char *text)
{
    struct buf lines = { 0 };
    unsigned cols, rows;

    if (tty_size(STDERR_FILENO, &cols, &rows)) {
        wrap_text(&lines, text, cols);
        text = buf_str(&lines);
    }
    fputs(text, stderr);
    buf_free(&lines);
}

static void complain(const struct err *err)
{
    struct buf line = { 0 };

    buf_printf(&line, "vmconnect: %s\n", err->msg);
    tell(buf_str(&line));
    buf_free(&line);
}

static void about_run(const struct options *opt, struct client_end *end)
{
    struct options asking = *opt;
    struct buf command = { 0 };

    about_put_command(&command, NULL, 0);
    asking.command = buf_take_str(&command);
    asking.tty = TTY_NO;
    client_run(&asking, end);
    mem_free(asking.command);
}

static int run_client(const struct options *opt)
{
    struct client_end end;
    bool reports;
    struct buf last = { 0 };

    if (opt->mode == RUN_INSTALL_KEY)
        install_run(opt, tell, &end);
    else if (opt->mode == RUN_ABOUT_VM)
        about_run(opt, &end);
    else
        client_run(opt, &end);
    reports = opt->mode == RUN_DOCTOR && end.words != NULL;
    if (end.notes != NULL)
        buf_put_str(&last, end.notes);
    if (end.err.code != ERR_NONE && !reports)
        buf_printf(&last, "vmconnect: %s\n",
                   end.account != NULL ? end.account : end.err.msg);
    if (end.words != NULL && !reports)
        buf_put_str(&last, end.words);
    tell(buf_str(&last));
    if (reports && (fputs(end.words, stdout) == EOF || fflush(stdout) == EOF))
        end.status = STATUS_ERROR;
    buf_free(&last);
    mem_free(end.notes);
    mem_free(end.account);
    mem_free(end.user);
    mem_free(end.words);
    if (end.signal != 0)
        signals_die(end.signal);
    return end.status;
}

/* The command line cannot be followed. */
static void refuse(const struct options *opt, const struct err *err)
{
    struct buf report = { 0 };

    if (opt->json) {
        doctor_put_refusal(opt, err, &report);
        fputs(buf_str(&report), stdout);
        buf_free(&report);
    } else {
        complain(err);
    }
}

static int replay(const char *path)
{
    struct err err;
    int signal = 0;
    bool ok = replay_run(path, &signal, &err);

    if (signal != 0)
        signals_die(signal);
    if (!ok)
        complain(&err);
    return ok ? EXIT_SUCCESS : STATUS_ERROR;
}

/* A crash or the end of memory: give the terminal back first. */
static void rescue(void)
{
    ui_emergency();
    tty_restore();
}

int main(int argc, char *argv[])
{
    struct options opt;
    struct err err;
    int status = STATUS_ERROR;

    if (!fd_fill_standard())
        return STATUS_ERROR; /* and nowhere to say so */
    language_begin();
    signals_on_crash(rescue);
    mem_on_exhausted(rescue);
    options_init(&opt);
    if (!options_argv(&opt, argc, argv, &err))
        refuse(&opt, &err);
    else if (opt.mode == RUN_HELP)
        status = show(options_help);
    else if (opt.mode == RUN_VERSION)
        status = show(version);
    else if (opt.mode == RUN_REPLAY)
        status = replay(opt.replay);
    else if (opt.mode == RUN_SETUP && !setup_run(&opt, tell, &err))
        complain(&err);
    else if (opt.no_input && !fd_null_input())
        tell("vmconnect: cannot open /dev/null\n");
    else
        status = run_client(&opt);
    options_free(&opt);
    return status;
}
