/* elsewhere.h - what ssh and PuTTY have and this program has not: what to do.
 * Internal to config. */
#ifndef CONFIG_ELSEWHERE_H
#define CONFIG_ELSEWHERE_H

/* Of an option's letter, a whole word with its hyphen, or a setting of
 * ssh_config(5); NULL if nothing is known of it. */
const char *elsewhere_option(char letter);
const char *elsewhere_word(const char *word);
const char *elsewhere_setting(const char *keyword);

#endif
