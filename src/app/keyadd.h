/* keyadd.h - AddKeysToAgent: the key that logged in goes to the SSH agent. */
#ifndef APP_KEYADD_H
#define APP_KEYADD_H

#include <stdbool.h>
#include <stdint.h>

struct identity;
struct keyadd;
struct keyholder;
struct notes;
struct options;
struct pollset;

/* Takes over the holder, which has signed; nothing happens yet.  path is the
 * agent's socket. */
struct keyadd *keyadd_new(struct keyholder *holder, const struct identity *id,
                          const char *path);
/* The key is forgotten; NULL is allowed. */
void keyadd_free(struct keyadd *k);
/* Not begun: give the holder back, and free the rest. */
struct keyholder *keyadd_give_back(struct keyadd *k);

/* Give it to the agent, to be kept as the options say. */
void keyadd_begin(struct keyadd *k, const struct options *opt);
bool keyadd_begun(const struct keyadd *k);

void keyadd_watch(const struct keyadd *k, struct pollset *set);
/* When to step at the latest, in ms of clock_ms(); 0: no timer. */
uint64_t keyadd_wake(const struct keyadd *k);

/* True once the agent has answered, or a few seconds are over: what came of
 * it is noted in one line, and only keyadd_free() is left. */
bool keyadd_step(struct keyadd *k, struct notes *notes);

#endif
