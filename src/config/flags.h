/* flags.h - the one-letter options of the command line.  Internal to
 * config. */
#ifndef CONFIG_FLAGS_H
#define CONFIG_FLAGS_H

#include <stddef.h>

struct options;

/*
 * A letter is one of three things: a setting with the value that follows
 * (arg), a setting with a fixed value, or something of its own (run).
 */
struct flag {
    const char *heading; /* of the group that begins here, for the help */
    char letter;
    const char *name;    /* its long name; NULL: none */
    const char *arg;     /* what follows, for the help; NULL: nothing */
    const char *keyword; /* NULL and an arg: "Keyword=value" follows */
    const char *value;
    void (*run)(struct options *opt);
    const char *help;
};

extern const struct flag flags[];
extern const size_t flags_len;

const struct flag *flag_find(char letter);       /* NULL: none */
const struct flag *flag_named(const char *name); /* NULL: none */

#endif
