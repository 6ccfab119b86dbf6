/* store.h - a new key's two files. */
#ifndef KEYGEN_STORE_H
#define KEYGEN_STORE_H

#include <stdbool.h>

struct buf;
struct err;
struct secret;

/* The name of the public half beside a private key: "FILE.pub", for
 * mem_free(). */
char *store_public_name(const char *path);

/*
 * Is it free to be written?  If there is a file of this name the user is
 * asked, and *replace set; *no is set if the answer is no.  False with *err
 * set if there is nobody to ask.
 */
bool store_ask(const char *path, bool *replace, bool *no, struct err *err);

/*
 * Write the private half (mode 0600) and FILE.pub with line and a newline;
 * both or, if something fails, neither.
 */
bool store_pair(const char *path, const struct secret *text,
                const struct buf *line, bool replace, struct err *err);

/* Write one private file (mode 0600), whole or not at all. */
bool store_private(const char *path, const struct secret *text, bool replace,
                   struct err *err);

#endif
