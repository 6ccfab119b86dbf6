/*
 * keyagent.h - the SSH agent's part in a login: it lists its keys once, then
 * signs with those it holds.
 *
 * Nothing it does or fails to do holds up the loop; where there is no agent,
 * its list is empty.
 */
#ifndef APP_KEYAGENT_H
#define APP_KEYAGENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct err;
struct identities;
struct identity;
struct keyagent;
struct notes;
struct options;
struct pollset;

/* Asks for the list; opt and notes outlive it. */
struct keyagent *keyagent_new(const struct options *opt, struct notes *notes);
/* NULL is allowed. */
void keyagent_free(struct keyagent *k);

/* Its socket; NULL if there is none; borrowed. */
const char *keyagent_path(const struct keyagent *k);

void keyagent_watch(const struct keyagent *k, struct pollset *set);
/* When to step at the latest, in ms of clock_ms(); 0: no timer. */
uint64_t keyagent_wake(const struct keyagent *k);
void keyagent_step(struct keyagent *k, uint64_t now);

/*
 * Is the list here, or is it clear that none comes?  What it says goes into
 * ids once, before the first true.
 */
bool keyagent_listed(struct keyagent *k, struct identities *ids);

/* Then: it answered. */
bool keyagent_answers(const struct keyagent *k);

enum keyagent_result { KEYAGENT_WAIT, KEYAGENT_SIGNED, KEYAGENT_FAILED };

/*
 * Have the agent sign with a key that it holds: call until the result is not
 * WAIT.  SIGNED: the inner signature bytes are appended to sig.  FAILED: *err
 * names agent, key and reason.
 */
enum keyagent_result keyagent_sign(struct keyagent *k,
                                   const struct identity *id,
                                   const char *algorithm, const uint8_t *data,
                                   size_t len, struct buf *sig,
                                   struct err *err);

/* A signature is being waited for. */
bool keyagent_is_signing(const struct keyagent *k);
/* ... or its list. */
bool keyagent_is_asked(const struct keyagent *k);

#endif
