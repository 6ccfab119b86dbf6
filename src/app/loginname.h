/* loginname.h - which name an image gives to its first user. */
#ifndef APP_LOGINNAME_H
#define APP_LOGINNAME_H

/*
 * The login name that a server's identification string suggests
 * ("SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13" suggests "ubuntu"), or NULL when
 * it tells nothing.  A hint only: anybody can send any string.
 */
const char *loginname_suggest(const char *ident);

/* And the system that it names: "Ubuntu"; NULL likewise. */
const char *loginname_system(const char *ident);

#endif
