/* loginname.h - which name an image gives to its first user. */
#ifndef APP_LOGINNAME_H
#define APP_LOGINNAME_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The login name that a server's identification string suggests
 * ("SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13" suggests "ubuntu"), or NULL when
 * it tells nothing.  A hint only: anybody can send any string.
 */
const char *loginname_suggest(const char *ident);

/* And the system that it names: "Ubuntu"; NULL likewise. */
const char *loginname_system(const char *ident);

/* The suggested name, if it is another than user; else NULL. */
const char *loginname_other(const char *ident, const char *user);

#define LOGINNAME_MAX 33 /* bytes of a name that is told, with its NUL */

/*
 * Is it said in a text of len bytes to log in under another name ("Please
 * login as the user "ubuntu" rather than the user "root".", as the command does
 * that cloud-init puts before root's keys)?  Only a name of
 * [a-z_][a-z0-9_-]{0,31} is believed; anybody can send any text.
 */
bool loginname_told(const void *text, size_t len, char name[LOGINNAME_MAX]);

#endif
