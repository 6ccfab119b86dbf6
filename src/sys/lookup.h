/*
 * lookup.h - addresses of a name, without blocking.  Internal to sys.
 *
 * getaddrinfo() cannot be interrupted, so it runs in a child process that is
 * killed when nobody waits for it any more.
 */
#ifndef SYS_LOOKUP_H
#define SYS_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

struct addrinfo;
struct worker;

#define LOOKUP_MAX 32 /* addresses that are kept of one name */

struct lookup_address {
    struct sockaddr_storage addr; /* AF_INET or AF_INET6, with the port */
    socklen_t len;
};

struct lookup_result {
    int status; /* 0 or EAI_... */
    int error;  /* errno, if status is EAI_SYSTEM; ECHILD: the child died */
    unsigned count;
    struct lookup_address at[LOOKUP_MAX];
};

/* Like getaddrinfo(3); a test has its own. */
typedef int lookup_fn(const char *host, const char *service,
                      const struct addrinfo *hints, struct addrinfo **out);

/* Is host a numeric address?  Then it is in *out. */
bool lookup_numeric(const char *host, unsigned port, struct lookup_result *out);

/* Start; it is the caller's to watch and to free, and is stepped here. */
struct worker *lookup_start(const char *host, unsigned port, int family,
                            lookup_fn *resolve);

/*
 * True when *out is filled: the addresses in the order of getaddrinfo(), but
 * interleaved by family (RFC 8305 section 4).
 */
bool lookup_step(struct worker *w, struct lookup_result *out);

#endif
