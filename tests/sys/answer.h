/*
 * answer.h - look-ups of the test's own in place of the resolver's.
 *
 * Set what answer_it() says before a look-up starts: it runs in a child.
 */
#ifndef TESTS_SYS_ANSWER_H
#define TESTS_SYS_ANSWER_H

#include <netdb.h>
#include <netinet/in.h>
#include <stddef.h>

#define ANSWER_MAX 40 /* addresses */

/* An address with a port, as the socket calls take it. */
struct sockaddr_in answer_v4(const char *address, unsigned port);

/* From the start: no address; status as getaddrinfo() returns it, and errno. */
void answer_begin(int status, int error);
/* One address more. */
void answer_add(const void *addr, size_t len);
void answer_add_v4(const char *address, unsigned port);
void answer_add_v6(const char *address, unsigned port);

/* A lookup_fn. */
int answer_it(const char *host, const char *service,
              const struct addrinfo *hints, struct addrinfo **out);

#endif
