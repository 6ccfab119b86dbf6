/* destination.h - [user@]host[:port] taken apart.  Internal to config. */
#ifndef CONFIG_DESTINATION_H
#define CONFIG_DESTINATION_H

#include <stdbool.h>

struct err;

struct destination {
    char *user; /* NULL: not said */
    char *host; /* without brackets */
    char *port; /* digits; NULL: not said */
};

/*
 * Parse the word a user typed.  The last @ splits; one colon with digits
 * behind a name or IPv4 address is a port, more colons are an IPv6 address.
 * ERR_USAGE; *out is then empty.
 */
bool destination_parse(const char *word, struct destination *out,
                       struct err *err);
void destination_free(struct destination *d);

/* May this be a host or user name?  ERR_USAGE with a sentence else. */
bool destination_check_host(const char *host, struct err *err);
bool destination_check_user(const char *user, struct err *err);

#endif
