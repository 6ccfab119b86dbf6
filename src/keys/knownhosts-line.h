/* knownhosts-line.h - one line of known_hosts, for the knownhosts*.c files. */
#ifndef KEYS_KNOWNHOSTS_LINE_H
#define KEYS_KNOWNHOSTS_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

#define KNOWNHOSTS_HASH_BYTES 20 /* HMAC-SHA1, and its salt */

enum knownhosts_marker {
    KNOWNHOSTS_MARK_NONE,
    KNOWNHOSTS_MARK_REVOKED,
    KNOWNHOSTS_MARK_CA
};

/* Strings point into the text that was parsed. */
struct knownhosts_parsed {
    enum knownhosts_marker marker;
    const char *names; /* comma list in lower case; NULL: hashed */
    const char *type;
    uint8_t salt[KNOWNHOSTS_HASH_BYTES], hash[KNOWNHOSTS_HASH_BYTES];
};

/* Length of the line at text, with its line feed. */
size_t knownhosts_line_length(const char *text, size_t len);

/*
 * Parse a line of len bytes in place; line[len] must be writable, too.  The
 * key is appended to blob.  False for lines without a key, with *bad set to
 * the reason if that is a mistake.
 */
bool knownhosts_parse(char *line, size_t len, struct knownhosts_parsed *out,
                      struct buf *blob, const char **bad);

/* A name to look for, prepared once for all lines. */
struct knownhosts_host;
struct knownhosts_host *knownhosts_host_new(const char *name, unsigned port);
void knownhosts_host_free(struct knownhosts_host *host);

/* "host" or "[host]:port" in lower case, for mem_free(). */
char *knownhosts_full_name(const char *name, unsigned port);

bool knownhosts_line_names(const struct knownhosts_parsed *line,
                           struct knownhosts_host *host);

/* HMAC-SHA1(salt, name) into hash; false if libcrypto has no SHA-1. */
bool knownhosts_hash(struct knownhosts_host *host,
                     const uint8_t salt[KNOWNHOSTS_HASH_BYTES],
                     uint8_t hash[KNOWNHOSTS_HASH_BYTES]);

/* A blob's type as a string, for mem_free(); "" if there is none. */
char *knownhosts_type_of(const uint8_t *blob, size_t len);

#endif
