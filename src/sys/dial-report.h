/* dial-report.h - why a connection failed, in a sentence.  Internal to sys. */
#ifndef SYS_DIAL_REPORT_H
#define SYS_DIAL_REPORT_H

#include <stdbool.h>

struct err;

/* How telling a failed connect's errno is; 0 tells most. */
unsigned dial_report_rank(int error);

struct dial_fault {
    const char *host;
    unsigned port;
    int family;          /* of the address; for a look-up: asked for */
    const char *address; /* numeric */
    int error;           /* errno */
    unsigned seconds;    /* the time it was given, if that ran out; else 0 */
    unsigned others;     /* addresses that failed too */
};

/* Both always return false. */
bool dial_report_connect(const struct dial_fault *fault, struct err *err);
/* status is of getaddrinfo(), EAI_SYSTEM with ETIMEDOUT: the time ran out. */
bool dial_report_lookup(const struct dial_fault *fault, int status,
                        struct err *err);

#endif
