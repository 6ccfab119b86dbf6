/* take.h - one word into one field, by the kind of setting.  Internal to
 * config. */
#ifndef CONFIG_TAKE_H
#define CONFIG_TAKE_H

#include "config/settings.h"

setting_take take_bool;      /* bool: yes, no */
setting_take take_unsigned;  /* unsigned, within min and max */
setting_take take_seconds;   /* unsigned: "90", "1m30s" */
setting_take take_choice;    /* an enum, by the choices */
setting_take take_character; /* int: "~", "^]", "none" */
setting_take take_control;   /* int: the same, control characters only */
setting_take take_text;      /* char *, as check() allows */
setting_take take_paths;     /* char *, one path a line */
setting_take take_command;   /* char *, "none" for none */
setting_take take_identity;
setting_take take_certificate;
setting_take take_env;
setting_take take_send_env;
setting_take take_level;      /* quiet and verbose */
setting_take take_add_keys;   /* add_keys and add_lifetime; a whole line */
setting_take take_algorithms; /* pubkey_algorithms */

/* False if the word is none of the choices. */
bool take_find_choice(const struct setting_choice *choices, const char *word,
                      int *value);
/* "90", "90s", "1m30s", "1h"; -1 if it is no such time, or too long. */
long take_parse_seconds(const char *s);

/* Checks of a text. */
bool check_printable(const char *word, struct err *err);
bool check_terminal(const char *word, struct err *err);
bool check_charset(const char *word, struct err *err);

#endif
