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
#include "keygen/store.h"
#include "sys/ask.h"
#include "sys/file.h"
#include "sys/paths.h"
#include "ui/ui.h"

#define WAIT_FOR_BOOT 300 /* seconds, if --wait says nothing else */

struct setup {
    char *path;       /* of the key */
    const char *type; /* of one that is made; NULL: the usual one */
    bool is_second;   /* the place of the usual one is not free */
    bool copies;      /* the terminal may have a clipboard */
    void (*say)(const char *text);
};

/* ---- the key's place ---- */

/* A private half that is elsewhere, in an agent perhaps, has its public one
 * here. */
static bool has_public_alone(const char *path)
{
    char *public = store_public_name(path);
    bool alone = !file_exists(path) && file_exists(public);

    mem_free(public);
    return alone;
}

/* The first default name of a file that is there or, if none is, of one that
 * can be made; NULL: neither. */
static const char *choose_default(void)
{
    const char *name, *free_name = NULL;
    size_t i;

    for (i = 0; (name = identity_default_file(i)) != NULL; i++) {
        char *path = paths_expand(name);
        bool there = file_exists(path), taken = has_public_alone(path);

        mem_free(path);
        if (there)
            return name;
        if (!taken && free_name == NULL)
            free_name = name;
    }
    return free_name;
}

/* -i's, or a default one, whose name tells the type: "id_ed25519". */
static bool choose_key(struct setup *s, const struct options *opt,
                       struct err *err)
{
    const char *name =
        opt->identities != 0 ? opt->identity[0] : choose_default();

    if (name == NULL)
        name = identity_default_file(0);
    s->path = paths_expand(name);
    if (has_public_alone(s->path))
        return err_set(err, ERR_USAGE,
                       "%s.pub is there without its private half, and nothing "
                       "is overwritten; name a file that is free with -i",
                       name);
    if (opt->identities == 0)
        s->type = strrchr(name, '_') + 1;
    s->is_second = opt->identities == 0 && name != identity_default_file(0);
    return true;
}

/* ---- the line for the panel ---- */

static bool print_line(const struct buf *line, struct err *err)
{
    return (fwrite(line->data, 1, line->len, stdout) == line->len &&
            fflush(stdout) == 0) ||
           err_sys(err, "cannot write to standard output");
}

static void put_remedy(struct err *err)
{
    struct err broken = *err;

    err_set(err, broken.code,
            "%s; move that file away and start again, or name another with -i",
            broken.msg);
}

/* It is read first: what is broken has no line. */
static enum keygen_status show_old(struct keygen *k, const char *shown,
                                   struct err *err)
{
    enum keygen_status status = keygen_public(k, err);
    struct buf text = { 0 };

    if (status != KEYGEN_DONE) {
        if (err->code == ERR_FORMAT)
            put_remedy(err);
        return status;
    }
    buf_printf(&text,
               "Your key is %s.\n\n"
               "This one line is what your provider's panel wants:\n\n",
               shown);
    k->say(buf_str(&text));
    buf_free(&text);
    return status;
}

static enum keygen_status make_new(struct keygen *k, bool is_second,
                                   const char *shown, struct err *err)
{
    enum keygen_status status;
    struct buf text = { 0 };

    if (is_second)
        buf_printf(&text,
                   "%s.pub is there without its private half, and stays as it "
                   "is.\n",
                   identity_default_file(0));
    buf_printf(&text, "There is no key yet: one is made, in %s.\n", shown);
    k->say(buf_str(&text));
    buf_free(&text);
    status = keygen_make(k, err);
    if (status == KEYGEN_NO) /* a file has come there meanwhile */
        err_set(err, ERR_CANCELLED, "%s is as it was", shown);
    return status;
}

static bool show_key(const struct setup *s, struct err *err)
{
    struct keygen k = {
        .file = s->path, .type = s->type, .say = s->say, .copy = s->copies
    };
    char *shown = paths_tilde(s->path);
    enum keygen_status status = file_exists(s->path)
                                    ? show_old(&k, shown, err)
                                    : make_new(&k, s->is_second, shown, err);

    mem_free(shown);
    if (status == KEYGEN_DONE && !print_line(&k.out, err))
        status = KEYGEN_ERROR;
    buf_free(&k.out);
    return status == KEYGEN_DONE;
}

/*
 * In a process of its own: nothing of a passphrase or a private key is to be
 * left in the one that stays.  Ctrl-C at a question of its is its affair.
 */
static bool show_key_apart(const struct setup *s, struct err *err)
{
    struct buf complaint = { 0 };
    void (*before)(int) = signal(SIGINT, SIG_IGN);
    int status = 0;
    pid_t pid = fork();

    if (pid == 0) {
        signal(SIGINT, before);
        if (show_key(s, err))
            _exit(EXIT_SUCCESS);
        buf_printf(&complaint, "vmconnect: %s\n", err->msg);
        s->say(buf_str(&complaint));
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

static bool wait_for_panel(bool copied, struct err *err)
{
    struct buf text = { 0 };
    struct secret *line;
    bool goes_on;

    buf_printf(&text,
               "\n%sPaste it where the panel asks for an SSH key, and let it "
               "make the machine.\nEnter goes on: ",
               copied ? "It is on the clipboard too, if your terminal allows "
                        "that. "
                      : "");
    line = ask_line(buf_str(&text), true, err);
    goes_on = line != NULL;
    secret_free(line);
    buf_free(&text);
    return goes_on;
}

/* What is copied from a page may have blanks around it. */
static bool take_address(struct options *opt, const struct secret *line,
                         struct err *err)
{
    const char *text = (const char *)line->data;
    const char *begin = text + strspn(text, " \t");
    size_t len = strlen(begin);
    char *address;
    bool good;

    while (len != 0 && strchr(" \t", begin[len - 1]) != NULL)
        len--;
    address = mem_strndup(begin, len);
    good = len == 0 || options_destination(opt, address, err);
    mem_free(address);
    return good;
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
        if (!take_address(opt, line, &wrong)) {
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
    struct setup s = { .say = say, .copies = ui_has_clipboard() };
    bool done;

    if (!ask_has_terminal())
        return err_set(err, ERR_USAGE,
                       "--setup asks questions, and there is no terminal");
    if (opt->identities != 0 && strcmp(opt->identity[0], "-") == 0)
        return err_set(err, ERR_USAGE,
                       "--setup needs a key in a file: -i - is none");
    done = choose_key(&s, opt, err) && show_key_apart(&s, err) &&
           wait_for_panel(s.copies, err) &&
           (opt->host != NULL || ask_address(opt, say, err));
    if (done && opt->identities == 0)
        opt->identity[opt->identities++] = mem_strdup(s.path);
    if (done && opt->wait == 0)
        opt->wait = WAIT_FOR_BOOT;
    opt->mode = RUN_CONNECT;
    mem_free(s.path);
    return done;
}
