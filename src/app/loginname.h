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

/*
 * The first name that fits the server and is none of the n in tried: the
 * suggested one, root, one that some providers give.  A constant; NULL: there
 * is none, or the server looks like no machine with a shell.
 */
const char *loginname_untried(const char *ident, const char *const tried[],
                              size_t n);

#define LOGINNAME_TRIES 3 /* names that are tried at most */

struct loginname_hints {
    const char *ident; /* the server's identification string */
    const char *known; /* worked on this machine before; NULL: none did */
    const char *local; /* this side's user, as ssh takes it; NULL: not meant */
    const char *comment; /* of the key: "anna@laptop"; NULL: none */
};

/*
 * The names worth a try where none is given, best first and each once, for
 * mem_free(); how many.  None, if the server looks like no machine with a
 * shell and nothing else is known.
 *
 * The system's own names come before that of the key's comment.  Root is the
 * second at the latest.  It exists, so that a refusal is no
 * "invalid user" to fail2ban; and cloud-init has root told the right name,
 * which then still is one of three.
 */
size_t loginname_guess(const struct loginname_hints *hints,
                       char *names[LOGINNAME_TRIES]);

/* The name that a key's comment begins with, for mem_free(); NULL: it begins
 * with none. */
char *loginname_of_comment(const char *comment);

#define LOGINNAME_MAX 33 /* bytes of a name that is told, with its NUL */

/*
 * Is it said in a text of len bytes to log in under another name ("Please
 * login as the user "ubuntu" rather than the user "root".", as the command does
 * that cloud-init puts before root's keys)?  Only a name of
 * [a-z_][a-z0-9_-]{0,31} is believed; anybody can send any text.
 */
bool loginname_told(const void *text, size_t len, char name[LOGINNAME_MAX]);

enum loginname_heard {
    LOGINNAME_NOTHING, /* it begins with something else */
    LOGINNAME_PERHAPS, /* it may become that sentence */
    LOGINNAME_TOLD
};

/* Does what a session prints begin with that sentence?  Blanks may precede
 * it; TOLD once its line has ended. */
enum loginname_heard loginname_hear(const void *text, size_t len,
                                    char name[LOGINNAME_MAX]);

#endif
