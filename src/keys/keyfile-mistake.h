/* keyfile-mistake.h - what people give instead of a private key. */
#ifndef KEYS_KEYFILE_MISTAKE_H
#define KEYS_KEYFILE_MISTAKE_H

#include <stdbool.h>
#include "base/wire.h"

/* What begins the sentence on a text that is like nothing we know. */
#define KEYFILE_UNKNOWN "this is no private key: "

struct err;

/*
 * Say what a file is no line of which opens a private key; line is the first
 * that is neither blank nor a comment in front of others.  Returns false.
 */
bool keyfile_mistake(const char *name, struct wire_bytes line,
                     struct wire_bytes all, struct err *err);

/* A private key of Dropbear's, in binary form, from its first byte on? */
bool keyfile_is_dropbear(struct wire_bytes all);

#endif
