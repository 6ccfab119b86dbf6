/* client.h - connect as the options say, and stay until it ends. */
#ifndef APP_CLIENT_H
#define APP_CLIENT_H

#include "base/err.h"

struct options;

/* With RUN_ABOUT_VM and RUN_INSTALL_KEY the command is one of ours, and ends
 * with one of these: a forced command that runs in its place does not. */
#define OWN_STATUS_MIN 80
#define OWN_STATUS_MAX 89

struct client_end {
    int status;     /* the remote command's; 128+n if signal n ended it; 255
                       for an error of ours */
    int signal;     /* a signal that told us to end; 0: none */
    struct err err; /* ERR_NONE: it ended as the user or the server wished */
    char *account;  /* the same at full length, for mem_free(); or NULL */
    char *notes;    /* last lines for the user, likewise */
    char *user;     /* the login name, likewise; NULL: it never came to one */
    char *words; /* what may be done about err, in lines, or "", or NULL; with
                    RUN_DOCTOR the rest of its report, for standard output;
                    for mem_free() too */
};

void client_run(const struct options *opt, struct client_end *end);

#endif
