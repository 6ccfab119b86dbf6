/* language.h - the locale that the environment asks for. */
#ifndef SYS_LANGUAGE_H
#define SYS_LANGUAGE_H

#include <stdbool.h>

/*
 * As setlocale(LC_ALL, ""), once, at the start.  Of a locale that this system
 * has not, the character set is taken where it is UTF-8, as it is the
 * terminal's.
 */
void language_begin(void);

/* The name of the locale of characters, "de_DE.UTF-8"; NULL if none is asked
 * for.  It lives until the environment changes. */
const char *language_name(void);
bool language_is_utf8(const char *name);

#endif
