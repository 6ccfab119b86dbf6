/*
 * identity.h - the user's key files: read, looked at, and decoded when the
 * server wants a signature.
 */
#ifndef APP_IDENTITY_H
#define APP_IDENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct err;
struct notes;
struct options;
struct secret;

struct identity;
struct identities;

/*
 * The files named by -i, else the default ones; a key named twice counts
 * once.  A named file that cannot be used is an error (before anything is
 * sent to a server), but a missing one among several is only noted; a default
 * one that is missing is passed over, a bad one noted.  On ERR_PERMISSION *denied is
 * the path (for mem_free()) to make private before loading again; else NULL.
 */
struct identities *identities_load(const struct options *opt,
                                   struct notes *notes, char **denied,
                                   struct err *err);
/* NULL is allowed.  Wipes what was read. */
void identities_free(struct identities *ids);

size_t identities_count(const struct identities *ids);
struct identity *identities_get(struct identities *ids, size_t i);

/* The path as a person writes it, "~/.ssh/id_ed25519"; borrowed. */
const char *identity_name(const struct identity *id);

/*
 * The public key blob, or NULL while it is hidden (see unlock): the format
 * does not show it, and there is no FILE.pub.
 */
const uint8_t *identity_blob(const struct identity *id, size_t *len);

/* "ED25519 SHA256:... comment", or "" while hidden; borrowed. */
const char *identity_description(const struct identity *id);

/* Does identity_sign() need the passphrase? */
bool identity_locked(const struct identity *id);

/*
 * Learn a hidden public half.  ERR_PASSPHRASE: ask (again).  passphrase may
 * be NULL.  The private half is kept, so that nobody is asked twice, until it
 * has signed or identity_lock().
 */
bool identity_unlock(struct identity *id, const struct secret *passphrase,
                     struct err *err);

/* The key is not going to be used: wipe what identity_unlock() kept. */
void identity_lock(struct identity *id);

/*
 * Decode the key, sign, and wipe it.  Appends the inner signature bytes.
 * ERR_PASSPHRASE: ask (again).
 */
bool identity_sign(struct identity *id, const struct secret *passphrase,
                   const char *algorithm, const uint8_t *data, size_t len,
                   struct buf *sig, struct err *err);

#endif
