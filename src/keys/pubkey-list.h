/*
 * pubkey-list.h - a list of public keys, judged item by item and repaired.
 *
 * An authorized_keys, what somebody is about to paste into a provider's panel,
 * or any file with a public key in it.  An item is a line, or the lines that
 * one key was broken into, or a block with marks.
 */
#ifndef KEYS_PUBKEY_LIST_H
#define KEYS_PUBKEY_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include "base/wire.h"
#include "keys/pubkey.h"

/* Longer files are no lists of keys. */
#define PUBKEY_LIST_MAX (1024u * 1024u)

enum pubkey_verdict {
    PUBKEY_COMMENT, /* a line that begins with '#' */
    PUBKEY_GOOD,    /* a server and a panel take it as it stands */
    PUBKEY_POOR,    /* the same, but it is weak; reason says why */
    PUBKEY_USELESS, /* a public key, but no server lets it in; reason */
    PUBKEY_BROKEN,  /* not as it stands, but repairs make it a line */
    PUBKEY_BAD,     /* no public key can be made of it; reason */
    PUBKEY_EXPOSED  /* a private key; reason */
};

/* For reading only.  Strings may be NULL. */
struct pubkey_item {
    size_t first, last; /* lines, from 1 */
    enum pubkey_verdict verdict;
    bool has_key;
    struct pubkey key;
    unsigned repairs; /* enum pubkey_repair: what was done for line */
    size_t same_as;   /* first line of the earlier item with this key, or 0 */
    bool repeated;    /* an earlier one has the same options, too */
    char *options;    /* cleaned */
    char *comment;    /* cleaned */
    char *reason;
    char *line; /* the one line for a repaired list, not cleaned */
};

struct pubkey_list;

/* text need not end in a line feed; it is not kept. */
struct pubkey_list *pubkey_list_read(struct wire_bytes text);
/* NULL is allowed. */
void pubkey_list_free(struct pubkey_list *list);

/* The i-th item, from 0; NULL at the end. */
const struct pubkey_item *pubkey_list_item(const struct pubkey_list *list,
                                           size_t i);

/* "good", "broken", ... in lower case but for a private key: a constant. */
const char *pubkey_verdict_name(enum pubkey_verdict verdict);

/*
 * Does a repaired list have this item?  Comments and keys that servers take,
 * once with the same options; the rest is left out.
 */
bool pubkey_item_is_kept(const struct pubkey_item *item);

#endif
