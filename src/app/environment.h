/* environment.h - which variables go to the server. */
#ifndef APP_ENVIRONMENT_H
#define APP_ENVIRONMENT_H

#include <stdbool.h>
#include <stddef.h>
#include "config/options.h"

/* What the session's terminal speaks. */
enum terminal_text {
    TEXT_AS_HERE, /* it is the user's own, or there is none */
    TEXT_UTF8,
    TEXT_OTHER /* a character set that we convert */
};

struct environment {
    const char *list[OPTIONS_MAX_ENV]; /* "NAME=value" */
    size_t len;
    char *own; /* private */
};

/*
 * SetEnv's, then those of this process's environment that SendEnv names; where
 * it was not given, one that tells the language and the character set: more
 * would cost a round trip each.  Borrows from opt and the environment; for
 * environment_free().
 */
void environment_choose(struct environment *e, const struct options *opt,
                        enum terminal_text text);
void environment_free(struct environment *e);

/*
 * The variable that tells of a terminal with 24-bit colours ("NAME=value", a
 * constant), for a server that takes it, by its identification string; NULL for
 * another, to which it would cost a round trip in vain, and where SendEnv or
 * SetEnv decides.
 */
const char *environment_colors(const struct options *opt, const char *ident);

#endif
