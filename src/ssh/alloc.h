/*
 * alloc.h - the memory that libssh2 works in.
 *
 * Every block is wiped when it is released, for it may have held keys, and
 * what libssh2 forgets on its error paths goes with the session.
 *
 * The slack is a guard.  libssh2 1.11 copies the matches of the server's
 * list of signature algorithms into a block that has room for one of each,
 * and the server may repeat a name as often as a packet holds.  While slack
 * is set every block is longer than that by more than a packet.
 */
#ifndef SSH_ALLOC_H
#define SSH_ALLOC_H

#include <stddef.h>

#define SSH_ALLOC_SLACK ((size_t)65536)

struct ssh_block;

struct ssh_alloc {
    struct ssh_block *first;
    size_t slack; /* bytes added to every request; 0 or SSH_ALLOC_SLACK */
    size_t used;  /* bytes in all blocks, with slack and heads */
};

/* Never NULL; not zeroed. */
void *ssh_alloc_get(struct ssh_alloc *a, size_t n);
void *ssh_alloc_resize(struct ssh_alloc *a, void *p, size_t n);
/* Bytes of a block, as asked for. */
size_t ssh_alloc_size(void *p);
/* NULL is allowed. */
void ssh_alloc_release(struct ssh_alloc *a, void *p);
void ssh_alloc_release_all(struct ssh_alloc *a);

#endif
