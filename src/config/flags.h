/* flags.h - the options of the command line.  Internal to
 * config. */
#ifndef CONFIG_FLAGS_H
#define CONFIG_FLAGS_H

#include <stdbool.h>
#include <stddef.h>

struct err;
struct options;

/*
 * It is one of these: a setting with the value that follows (arg), a setting
 * with a fixed value, something of its own (run), or that with a value (text).
 */
struct flag {
    const char *heading; /* of the group that begins here, for the help */
    char letter;         /* 0: none */
    bool optional;       /* without arg's "=VALUE", value is what counts */
    const char *name;    /* its long name; NULL: none */
    const char *arg;     /* what follows, for the help; NULL: nothing */
    const char *keyword; /* NULL and an arg: "Keyword=value" follows */
    const char *value;
    void (*run)(struct options *opt);
    bool (*text)(struct options *opt, const char *value, struct err *err);
    const char *help;
};

extern const struct flag flags[];
extern const size_t flags_len;

const struct flag *flag_find(char letter);       /* NULL: none */
const struct flag *flag_named(const char *name); /* NULL: none */

/* The long name that a misspelt one is near to, or NULL. */
const char *flag_nearest(const char *name);

#endif
