/*
 * overhear.h - what the server says and libssh2 1.11 keeps to itself: whether a
 * failed login was a partial success (RFC 4252 section 5.1), with which
 * algorithms a signature may be made (server-sig-algs, RFC 8308 section 3.1),
 * its words when it wants a new password (RFC 4252 section 8), every banner but
 * the first (section 5.4); and whether the first channel's program ended with a
 * status, or by which signal (RFC 4254 section 6.10): a status that never came
 * is 0 to libssh2, and it tells the name of a signal without having checked
 * that it is there.
 *
 * libssh2 has each decrypted packet in one block of our allocator, its type
 * first, and releases it unchanged when it has read what it needs; so what is
 * released is looked at.  Nothing must depend on it: what was not heard is
 * asked for, or done without.
 */
#ifndef SSH_OVERHEAR_H
#define SSH_OVERHEAR_H

#include <stdbool.h>
#include <stddef.h>
#include "base/buf.h"

struct ssh_overheard {
    bool failed;             /* a USERAUTH_FAILURE came; the owner clears it */
    bool partial;            /* ... and what was tried is done with */
    bool lists_signatures;   /* EXT_INFO came, with server-sig-algs */
    struct buf methods;      /* of the last failure: printable ASCII */
    struct buf signatures;   /* likewise; names separated by commas */
    struct buf new_password; /* the last PASSWD_CHANGEREQ's prompt, raw */
    struct buf banner;       /* the last one that libssh2 took, raw */
    size_t ignored;          /* by SSH_MSG_IGNORE: so much input came to a
                                terminal, perhaps; the owner clears it */
    bool opened;             /* a channel was, or something like that came */
    bool exit_status;        /* one came for the first channel */
    struct buf exit_signal;  /* likewise: "TERM", raw; empty: none came */
};

/* An empty one is all zeros. */
void ssh_overheard_free(struct ssh_overheard *o);

/* A block of n bytes is released: which of those packets was it, if any? */
void ssh_overhear(struct ssh_overheard *o, const void *block, size_t n);

#endif
