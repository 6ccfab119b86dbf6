/*
 * setup.c - it needs both the maker of keys and the client, which know nothing
 * of each other, so it stands beside the mains.
 */
#include "setup.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "app/identity.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/secret.h"
#include "config/options.h"
#include "keygen/keygen.h"
#include "sys/ask.h"
#include "sys/file.h"
#include "sys/paths.h"

#define WAIT_FOR_BOOT 300 /* seconds, if --wait says nothing else */

/* -i's, or the first default one that exists, or the first of all; in any case
 * for mem_free(). */
static char *choose_key(const struct options *opt)
{
    const char *name;
    char *path;
    size_t i;

    if (opt->identities != 0)
        return paths_expand(opt->identity[0]);
    for (i = 0; (name = identity_default_file(i)) != NULL; i++) {
        path = paths_expand(name);
        if (file_exists(path))
            return path;
        mem_free(path);
    }
    return paths_expand(identity_default_file(0));
}

/* ---- the line for the panel ---- */

static bool print_line(const struct buf *line, struct err *err)
{
    return (fwrite(line->data, 1, line->len, stdout) == line->len &&
            fflush(stdout) == 0) ||
           err_sys(err, "cannot write to standard output");
}

static bool show_key(const char *path, void (*say)(const char *text),
                     struct err *err)
{
    struct keygen k = { .file = path, .say = say, .copy = true };
    char *shown = paths_tilde(path);
    struct buf text = { 0 };
    enum keygen_status status;

    if (file_exists(path)) {
        buf_printf(&text,
                   "Your key is %s.\n\n"
                   "This one line is what your provider's panel wants:\n\n",
                   shown);
        say(buf_str(&text));
        status = keygen_public(&k, err);
    } else {
        buf_printf(&text, "There is no key yet: one is made, in %s.\n", shown);
        say(buf_str(&text));
        status = keygen_make(&k, err);
    }
    mem_free(shown);
    buf_free(&text);
    if (status == KEYGEN_DONE && !print_line(&k.out, err))
        status = KEYGEN_ERROR;
    buf_free(&k.out);
    return status == KEYGEN_DONE;
}

/*
 * In a process of its own: nothing of a passphrase or a private key is to be
 * left in the one that stays.  Ctrl-C at a question of its is its affair.
 */
static bool show_key_apart(const char *path, void (*say)(const char *text),
                           struct err *err)
{
    struct buf complaint = { 0 };
    void (*before)(int) = signal(SIGINT, SIG_IGN);
    int status = 0;
    pid_t pid = fork();

    if (pid == 0) {
        signal(SIGINT, before);
        if (show_key(path, say, err))
            _exit(EXIT_SUCCESS);
        buf_printf(&complaint, "vmconnect: %s\n", err->msg);
        say(buf_str(&complaint));
        _exit(EXIT_FAILURE);
    }
    while (pid != -1 && waitpid(pid, &status, 0) == -1 && errno == EINTR)
        ;
    signal(SIGINT, before);
    if (pid == -1)
        return err_sys(err, "cannot start a process");
    return (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS) ||
           err_set(err, ERR_CANCELLED, "there is no key, so nothing is set up");
}

/* ---- the machine ---- */

static bool wait_for_panel(struct err *err)
{
    struct secret *line =
        ask_line("\nIt is on the clipboard too, if your terminal allows that. "
                 "Paste it where the panel asks for an SSH key, and let it "
                 "make the machine.\nEnter goes on: ",
                 true, err);
    bool goes_on = line != NULL;

    secret_free(line);
    return goes_on;
}

/* Ask until it can be an address. */
static bool ask_address(struct options *opt, void (*say)(const char *text),
                        struct err *err)
{
    struct secret *line;
    struct buf complaint = { 0 };
    struct err wrong;

    do {
        line = ask_line("The machine's IP address, as the panel shows it "
                        "(or user@address): ",
                        true, err);
        if (line == NULL)
            break;
        if (line->len != 0 &&
            !options_destination(opt, (const char *)line->data, &wrong)) {
            buf_clear(&complaint);
            buf_printf(&complaint, "%s.\n", wrong.msg);
            say(buf_str(&complaint));
        }
        secret_free(line);
    } while (opt->host == NULL);
    buf_free(&complaint);
    return opt->host != NULL;
}

bool setup_run(struct options *opt, void (*say)(const char *text),
               struct err *err)
{
    char *path;
    bool done;

    if (!ask_has_terminal())
        return err_set(err, ERR_USAGE,
                       "--setup asks questions, and there is no terminal");
    if (opt->identities != 0 && strcmp(opt->identity[0], "-") == 0)
        return err_set(err, ERR_USAGE,
                       "--setup needs a key in a file: -i - is none");
    path = choose_key(opt);
    done = show_key_apart(path, say, err) && wait_for_panel(err) &&
           (opt->host != NULL || ask_address(opt, say, err));
    if (done && opt->identities == 0)
        opt->identity[opt->identities++] = mem_strdup(path);
    if (done && opt->wait == 0)
        opt->wait = WAIT_FOR_BOOT;
    opt->mode = RUN_CONNECT;
    mem_free(path);
    return done;
}
