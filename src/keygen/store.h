/* store.h - a new key's two files. */
#ifndef KEYGEN_STORE_H
#define KEYGEN_STORE_H

#include <stdbool.h>

struct buf;
struct err;
struct secret;
struct sshkey;

/* The name of the public half beside a private key: "FILE.pub", for
 * mem_free(). */
char *store_public_name(const char *path);

/*
 * Is it free to be written, and with public FILE.pub too?  If there is a file
 * of this name the user is asked, and *replace set; *no is set if the answer
 * is no.  False with *err set if there is nobody to ask.
 */
bool store_ask(const char *path, bool public, bool *replace, bool *no,
               struct err *err);

/*
 * Can a key be written there?  A file of a key's size is written beside it and
 * removed again; the directory that it needs is made, and stays.
 */
bool store_try(const char *path, struct err *err);

/*
 * Write the private half (mode 0600) and FILE.pub with line and a newline;
 * both or, if something fails, neither.
 */
bool store_pair(const char *path, const struct secret *text,
                const struct buf *line, bool replace, struct err *err);

/*
 * The comment of FILE.pub beside a private key, as its bytes are, if that file
 * holds this key alone; else false.
 */
bool store_public_comment(const char *path, const struct sshkey *key,
                          struct buf *comment);

/* Write one private file (mode 0600), whole or not at all. */
bool store_private(const char *path, const struct secret *text, bool replace,
                   struct err *err);

#endif
