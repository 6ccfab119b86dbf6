/*
 * diagnosis.h - what one can do about a failed connection, and what cannot be
 * known of it from outside.
 *
 * The error of the failure says what happened and what that usually means;
 * this has the rest, for the doctor and for every connection that fails.
 * Pure.
 */
#ifndef APP_DIAGNOSIS_H
#define APP_DIAGNOSIS_H

#include <stdbool.h>
#include "base/err.h"
#include "ssh/session.h"

struct buf;
struct options;

enum fault {
    FAULT_OTHER, /* nothing more can be said */
    FAULT_NAME,  /* there is no such name; from here on nothing was reached */
    FAULT_LOOKUP,
    FAULT_OFFLINE,
    FAULT_REFUSED,
    FAULT_RESET,
    FAULT_NO_ANSWER,
    FAULT_NO_ROUTE,
    FAULT_FORBIDDEN, /* ... to here */
    FAULT_CLOSED_EARLY,
    FAULT_MUTE,
    FAULT_NOT_SSH,
    FAULT_PENALTY,
    FAULT_STARTUPS,
    FAULT_ALGORITHMS,
    FAULT_TINYSSH, /* likewise, and the server cannot be set otherwise */
    FAULT_KEX,
    FAULT_HOST_KEY, /* it was not accepted */
    FAULT_REVOKED,  /* it never will be */
    FAULT_CONSOLE,  /* the console's log cannot be used */
    FAULT_KEY_FILE, /* ours cannot be used */
    FAULT_PASSPHRASE,
    FAULT_AGENT, /* it did not sign */
    FAULT_TOKEN, /* ... with a security key */
    FAULT_NO_KEY,
    FAULT_NOT_AUTHORIZED, /* the key is refused */
    FAULT_WRONG_USER,     /* likewise, and the name is not the image's */
    FAULT_NO_NAME_LEFT,   /* likewise, for each name that is likely */
    FAULT_OTHER_KEY,      /* likewise, and the console shows another one */
    FAULT_KNOWN_KEY,      /* likewise, and another one was taken before ... */
    FAULT_REPLACED,       /* ... from the same file */
    FAULT_KEYLESS,        /* ... or that none was installed */
    FAULT_INSTALLED,      /* ... or this one */
    FAULT_CHANGED,        /* likewise, though the name is certain */
    FAULT_NOT_THERE,      /* ... and no key is known to have worked */
    FAULT_WITHHELD,       /* a password would do, but the host is unverified */
    FAULT_TOO_MANY_KEYS,
    FAULT_OLD_SERVER,      /* it takes no Ed25519 keys, but RSA */
    FAULT_KEY_TYPE,        /* it takes no keys of this type, but Ed25519 */
    FAULT_WEAK_RSA,        /* RSA keys, only with SHA-1 or not at all */
    FAULT_NO_KEYS_TAKEN,   /* the server takes none */
    FAULT_SHUT,            /* it takes nothing at all */
    FAULT_SIGNATURE,       /* the key is taken, its signature refused */
    FAULT_ROOT,            /* likewise, and it is root's */
    FAULT_ANSWERS,         /* a password, or what was answered, was wrong */
    FAULT_USER_OR_ANSWERS, /* ... or the name, which is not the image's */
    FAULT_PASSWORD,        /* likewise, though the name is certain */
    FAULT_LOGIN,           /* it closed during the login */
    FAULT_LATE,            /* ... while we waited for the user's answer */
    FAULT_SILENT,          /* it stopped answering then, or behind it */
    FAULT_TOLD,            /* it closed, and had said why */
    FAULT_BOOTING,         /* ... which passes */
    FAULT_TOLD_USER,       /* logged in, and told another name */
    FAULT_SHELL,           /* logged in, but there is no shell */
    FAULT_SHELL_TOLD,      /* likewise, and something is said in its place */
    FAULT_SHELL_HANGS,     /* likewise, but it does not end either */
    FAULT_CLOSED,          /* the server closed an open session */
    FAULTS
};

/* After DIAL_FAILED: dial_error(), and the code of the error. */
enum fault fault_of_dial(int error, enum err_code code);
/* After SSH_FAILED, unless it is ERR_AUTH. */
enum fault fault_of_session(enum ssh_fault fault);
/* No shell runs commands: what it says in their place, perhaps "". */
enum fault fault_of_shell(const char *said);

/* What stands in the sentences. */
struct diagnosis_names {
    const char *host;
    unsigned port;
    const char *user;  /* NULL: not known */
    const char *other; /* a better name, or one more; NULL: none */
    const char *file;  /* the key's; NULL: there is none, or several */
    bool agent_key;    /* ... none: the agent has the keys */
    bool waited;       /* it was waited for (--wait), in vain */
    bool second_key;   /* the first -i names another key than the login's */
};

/* As far as the options tell; borrowed from them. */
struct diagnosis_names diagnosis_names_of(const struct options *opt);

/* The option that names the key to log in with, as in "name one with -i". */
const char *diagnosis_option(bool second_key);

/*
 * Append one thing to do, and what cannot be known from outside, each a
 * sentence without its full stop.  False, with nothing appended, if there is
 * nothing to say.
 */
bool diagnosis_remedy(enum fault fault, const struct diagnosis_names *names,
                      struct buf *out);
bool diagnosis_unknown(enum fault fault, const struct diagnosis_names *names,
                       struct buf *out);

/* The failure in at most DIAGNOSIS_BRIEF characters, for a status line; code is
 * that of its error. */
#define DIAGNOSIS_BRIEF 16
const char *diagnosis_brief(enum fault fault, enum err_code code);

/* Append both, in lines for behind an error. */
void diagnosis_lines(enum fault fault, const struct diagnosis_names *names,
                     struct buf *out);

/* "ubuntu@203.0.113.5 -p 2222": as it is typed. */
void diagnosis_put_login(const char *user, const char *host, unsigned port,
                         struct buf *out);

#endif
