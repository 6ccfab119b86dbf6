/*
 * keyholder.h - a private key that is opened and used in another process.
 *
 * The passphrase is turned into a key, and the file decoded, in a child
 * process that keeps the result until it is freed: the decoded key is never
 * in this, the long-lived process, and a derivation of a minute holds up no
 * loop and ends at once when it is not wanted any more.
 */
#ifndef APP_KEYHOLDER_H
#define APP_KEYHOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct agent_limits;
struct buf;
struct err;
struct identity;
struct keyholder;
struct pollset;
struct secret;

/* Begins to open it.  passphrase may be NULL; it is not kept here. */
struct keyholder *keyholder_new(const struct identity *id,
                                const struct secret *passphrase);
/* Ends the process, and with it the key; NULL is allowed. */
void keyholder_free(struct keyholder *k);

void keyholder_watch(const struct keyholder *k, struct pollset *set);
/* When to step at the latest, as for pollset_wait(). */
uint64_t keyholder_wake(const struct keyholder *k);
/* Something that was asked of it is not done. */
bool keyholder_busy(const struct keyholder *k);

enum keyholder_result { KEYHOLDER_WAIT, KEYHOLDER_DONE, KEYHOLDER_FAILED };

/*
 * Call until the result is not WAIT.  DONE: the public key blob is appended.
 * FAILED: ERR_PASSPHRASE: wrong or missing, ask (again); ERR_FORMAT: damaged,
 * or not the key of identity_blob(); ERR_SYSTEM: its process was killed.
 */
enum keyholder_result keyholder_open(struct keyholder *k, struct buf *blob,
                                     struct err *err);

/*
 * Open it, if that is not done, and sign; likewise.  DONE: the inner signature
 * bytes are appended.
 */
enum keyholder_result keyholder_sign(struct keyholder *k, const char *algorithm,
                                     const uint8_t *data, size_t len,
                                     struct buf *sig, struct err *err);

/*
 * Once it has signed: give the key to the SSH agent at this path, by messages
 * that are made where the key is.  Then call keyholder_added() until the
 * result is not WAIT; FAILED: what the agent did, without its path.
 */
void keyholder_add(struct keyholder *k, const char *path,
                   const struct agent_limits *limits);
enum keyholder_result keyholder_added(struct keyholder *k, struct err *err);

#endif
