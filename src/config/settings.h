/* settings.h - the table of settings.  Internal to config. */
#ifndef CONFIG_SETTINGS_H
#define CONFIG_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

struct err;
struct options;
struct setting;

struct setting_choice {
    const char *name; /* NULL ends the list */
    int value;
};

/* Take one word as the value; *err says what is wrong with the word. */
typedef bool setting_take(struct options *opt, const struct setting *s,
                          const char *word, struct err *err);

enum setting_words {
    ONE_WORD,
    MORE_WORDS, /* each one is taken */
    WHOLE_LINE  /* all of it, with its blanks and quotes */
};

struct setting {
    const char *heading; /* of the group that begins here, for the help */
    const char *keyword;
    setting_take *take;
    size_t at;          /* offset in struct options */
    const char *preset; /* the default, as it would be written; or NULL */
    unsigned min, max;  /* of a number */
    const struct setting_choice *choices;
    bool (*check)(const char *word, struct err *err); /* of a text */
    enum setting_words words;
    bool adds; /* a second value is added, not ignored */
    const char *help;
};

extern const struct setting settings[];
extern const size_t settings_len;

/* NULL if there is none of this name. */
const struct setting *setting_find(const char *keyword);

/* The known keyword that a misspelt one is near to, or NULL. */
const char *setting_nearest(const char *keyword);

/*
 * Apply one word (as it is, no quotes) or the rest of a line (split, with
 * quotes).  An earlier value wins, unless override: then it is replaced.
 * label is how the user named the setting: "-p", "Port".
 */
bool setting_apply_word(struct options *opt, const struct setting *s,
                        const char *label, const char *word, bool override,
                        struct err *err);
bool setting_apply_line(struct options *opt, const struct setting *s,
                        const char *line, struct err *err);

/* It has its value: later ones are ignored. */
void setting_mark(struct options *opt, const struct setting *s);

#endif
