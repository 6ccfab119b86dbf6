/*
 * keygen.h - vmconnect-keygen: what was asked for, and doing it.
 *
 * A command is one row of the table in commands.c and one function in a file
 * of its own.  It appends to the call's out what goes to standard output, so
 * that nothing half-done is printed.
 */
#ifndef KEYGEN_KEYGEN_H
#define KEYGEN_KEYGEN_H

#include <stdbool.h>
#include <stddef.h>
#include "base/buf.h"

struct err;
struct secret;

enum keygen_status {
    KEYGEN_DONE = 0,
    KEYGEN_NO = 1,     /* found nothing, found faults, was told not to */
    KEYGEN_ERROR = 255 /* *err says why */
};

struct keygen;

struct keygen_command {
    char letter;      /* '\0': a long name only */
    bool reads;       /* -f is only read: it may be a pipe, or "-" */
    const char *name; /* NULL: a letter only */
    const char *arg;  /* of the option itself; NULL: it has none */
    const char *help;
    const char *takes; /* options that mean something here, by blanks; -f, -q,
                          -h and -V always do */
    enum keygen_status (*run)(struct keygen *k, struct err *err);
};

/* Ends with a row without a function. */
extern const struct keygen_command keygen_commands[];
/* What is done without a command. */
extern const struct keygen_command keygen_new_key;

/* The command line.  Strings point into argv; NULL or 0: not said. */
struct keygen {
    const struct keygen_command *command; /* NULL: none was named */
    const char *subject;        /* the argument of the command's own option */
    const char *type;           /* -t */
    unsigned bits;              /* -b */
    const char *file;           /* -f, or the word that is no option */
    const char *format;         /* --format */
    const char *comment;        /* -C */
    const char *old_passphrase; /* -P */
    const char *new_passphrase; /* -N */
    const char *output;         /* -o */
    const char *form;           /* -E */
    bool quiet, copy, help, version;
    bool picture;         /* -v */
    bool repair;          /* --repair */
    unsigned given;       /* private: the rows of the table of options */
    struct secret *piped; /* private: what came through file, if a pipe */
    struct buf out;       /* for standard output */
    /* Show something at once, on standard error; not if quiet. */
    void (*say)(const char *text);
};

/*
 * Read the command line; argv[0] is the program's name.  False: ERR_USAGE,
 * with the word that is wrong, or an option that means nothing for the command.
 * In any case the caller frees out.
 */
bool keygen_argv(struct keygen *k, int argc, char *argv[], struct err *err);

/* The text of --help. */
void keygen_help(struct buf *out);

/* Do it. */
enum keygen_status keygen_run(struct keygen *k, struct err *err);

/* ---- the commands ---- */

enum keygen_status keygen_make(struct keygen *k, struct err *err);
enum keygen_status keygen_public(struct keygen *k, struct err *err);
enum keygen_status keygen_passphrase(struct keygen *k, struct err *err);
enum keygen_status keygen_comment(struct keygen *k, struct err *err);
enum keygen_status keygen_convert(struct keygen *k, struct err *err);
enum keygen_status keygen_fingerprint(struct keygen *k, struct err *err);
enum keygen_status keygen_export(struct keygen *k, struct err *err);
enum keygen_status keygen_import(struct keygen *k, struct err *err);
enum keygen_status keygen_check(struct keygen *k, struct err *err);
enum keygen_status keygen_find_host(struct keygen *k, struct err *err);
enum keygen_status keygen_remove_host(struct keygen *k, struct err *err);

#endif
