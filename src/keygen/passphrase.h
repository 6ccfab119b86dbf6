/* passphrase.h - passphrases: given on the command line, or asked for. */
#ifndef KEYGEN_PASSPHRASE_H
#define KEYGEN_PASSPHRASE_H

struct err;
struct keygen;
struct secret;

/*
 * The passphrase of a file that there is: -P, else asked.  For secret_free();
 * NULL with *err set.  why: what was wrong before, or NULL.
 */
struct secret *passphrase_old(const struct keygen *k, const char *name,
                              const char *why, struct err *err);

/*
 * A new one: -N, else asked twice after the choice is explained.  Empty: the
 * user wants none.  NULL with *err set.
 */
struct secret *passphrase_new(const struct keygen *k, struct err *err);

#endif
