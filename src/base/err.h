/*
 * err.h - what went wrong: a code for the program, a sentence for the user.
 *
 * Every fallible function takes a struct err * as its last parameter and
 * returns false or NULL after filling it.  The sentence names the object, the
 * reason and the remedy, without a final full stop.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>
#include "base/attr.h"

enum err_code {
    ERR_NONE,
    ERR_SYSTEM,      /* a system call failed */
    ERR_FORMAT,      /* malformed input: a file, a packet, a name */
    ERR_UNSUPPORTED, /* well-formed, but of a kind we do not handle */
    ERR_PASSPHRASE,  /* wrong or missing passphrase: ask again */
    ERR_PERMISSION,  /* other users can read or change a private file */
    ERR_NOT_FOUND,   /* no such file, name or key */
    ERR_LIMIT,       /* a stated limit was exceeded */
    ERR_USAGE,       /* wrong command line or configuration */
    ERR_NETWORK,     /* the peer cannot be reached, or the link is lost */
    ERR_TIMEOUT,     /* nothing came in time */
    ERR_PROTOCOL,    /* the peer does not speak SSH as it must */
    ERR_TRUST,       /* the host key was not accepted */
    ERR_AUTH,        /* the server refused every login method */
    ERR_CANCELLED,   /* the user said no */
    ERR_PUBLIC_HALF  /* a public key where a private one belongs: look for it */
};

struct err {
    enum err_code code;
    char msg[512]; /* UTF-8, NUL-terminated, no control characters but \n */
};

/* Forget: code ERR_NONE, empty sentence. */
void err_clear(struct err *err);

/*
 * Set code and sentence (cut at a character's boundary if too long; control
 * characters in the result are replaced).  Always returns false.
 */
bool err_set(struct err *err, enum err_code code, const char *fmt, ...)
    ATTR_PRINTF(3, 4);

/* The same with ERR_SYSTEM and ": strerror(errno)" at the end. */
bool err_sys(struct err *err, const char *fmt, ...) ATTR_PRINTF(2, 3);

/*
 * Put text and ": " before the sentence; the code stays.  Returns false.
 * Where both are too long for the room, here and in err_sys(), the beginning
 * gives way first, down to half of it: the end tells the reason.
 */
bool err_prefix(struct err *err, const char *fmt, ...) ATTR_PRINTF(2, 3);

/*
 * Put a command for the user to run behind the sentence: " COMMAND FILE REST",
 * the file's name as one word of a shell.  Returns false.
 */
bool err_command(struct err *err, const char *command, const char *file,
                 const char *rest);

#endif
