/*
 * console.h - what a machine's console log tells of its SSH keys.
 *
 * cloud-init and others print the host keys, or their fingerprints, and whose
 * key was installed, with whatever prefix the console puts before a line
 * (syslog's, "ec2: ", the kernel's time).  Pure; nothing in it is trusted but
 * for what the user takes it for.
 */
#ifndef KEYS_CONSOLE_H
#define KEYS_CONSOLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CONSOLE_USER_MAX 33 /* bytes of a login name, with its NUL */

struct console;

/* What is not understood is passed over.  A text that is one fingerprint, or
 * lines of public keys, and nothing else, is of host keys. */
struct console *console_parse(const void *text, size_t len);
/* NULL is allowed. */
void console_free(struct console *c);

/* Host keys it shows, whole or by fingerprint, each boot's. */
size_t console_hosts(const struct console *c);

enum console_verdict {
    CONSOLE_SILENT, /* it shows no host key of this kind */
    CONSOLE_MATCH,
    CONSOLE_OTHER /* it shows another one of this kind, or of none */
};

/* Judge a host key blob; *bits: how many were compared, if it matches. */
enum console_verdict console_judge(const struct console *c, const uint8_t *blob,
                                   size_t len, unsigned *bits);

/* It is one fingerprint, which may be of any kind. */
bool console_is_bare(const struct console *c);

/* The types (of blobs) of the host keys it shows, without repeats, into
 * types[]: constants.  Returns how many. */
size_t console_types(const struct console *c, const char *types[], size_t max);

/* The login name that keys were installed for, another than root if there is
 * one; if there were none, whom they were missing for; NULL: it tells none.
 * Borrowed. */
const char *console_user(const struct console *c);

struct console_key {
    const char *user;    /* whose authorized_keys it is in */
    const char *type;    /* "ssh-ed25519"; raw: clean it */
    const char *comment; /* likewise; "" if there is none */
};

/* The i-th key, from 0, that was installed; false when there are no more. */
bool console_key(const struct console *c, size_t i, struct console_key *out);
/* Is that the key of this blob? */
bool console_key_is(const struct console *c, size_t i, const uint8_t *blob,
                    size_t len);

/* It is told that no key was installed for the user. */
bool console_keyless(const struct console *c, const char *user);

#endif
