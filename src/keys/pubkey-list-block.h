/*
 * pubkey-list-block.h - what stands in a list of public keys and is no line
 * with a key, for pubkey-list.c only.
 */
#ifndef KEYS_PUBKEY_LIST_BLOCK_H
#define KEYS_PUBKEY_LIST_BLOCK_H

#include <stddef.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/wire.h"

enum pubkey_block_kind {
    PUBKEY_BLOCK_NONE, /* none of these: a line */
    PUBKEY_BLOCK_RFC4716,
    PUBKEY_BLOCK_PEM,
    PUBKEY_BLOCK_PRIVATE, /* a private key, or a part of one */
    PUBKEY_BLOCK_OTHER    /* known, and no public key of SSH */
};

struct pubkey_block {
    enum pubkey_block_kind kind;
    size_t lines;
    const char *what; /* PUBKEY_BLOCK_OTHER: what it is; a constant */
};

/* What begins in the first line of the text, and how many lines it takes. */
struct pubkey_block pubkey_block_find(struct wire_bytes text);

#endif
