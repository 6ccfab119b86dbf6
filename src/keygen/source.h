/* source.h - a key file that is read: its text, what it shows, its key. */
#ifndef KEYGEN_SOURCE_H
#define KEYGEN_SOURCE_H

#include <stdbool.h>
#include "base/buf.h"
#include "base/err.h"
#include "keys/keyfile.h"

struct keygen;
struct secret;
struct sshkey;

struct source {
    const char *path;
    struct secret *text;
    struct keyfile_info info;
    struct err exposed;        /* ERR_PERMISSION: others can read it */
    struct secret *passphrase; /* that opened it; NULL if it needs none */
    struct sshkey *key;        /* the private key, once it is opened */
    struct buf remark;         /* its comment as it is, once it is opened */
};

/*
 * Read the file that the command line names and look at it.  If true the
 * caller closes the source, and info holds.
 */
bool source_read(struct source *s, const struct keygen *k, struct err *err);
void source_close(struct source *s);

/* Open its private half, with -P or after asking for the passphrase. */
bool source_unlock(struct source *s, const struct keygen *k, struct err *err);

#endif
