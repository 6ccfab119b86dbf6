/*
 * trial.h - would a new login work?  A second connection to the same account,
 * beside an open session: it logs in, starts nothing, and closes.
 */
#ifndef APP_TRIAL_H
#define APP_TRIAL_H

#include <stdbool.h>
#include <stdint.h>

struct buf;
struct connect;
struct options;
struct pollset;
struct secret;

struct trial;

/* user is copied; opt and piped (connect.h) outlive it. */
struct trial *trial_new(const struct options *opt, const char *user,
                        const struct secret *piped, bool can_ask);
/* Cancels; NULL is allowed. */
void trial_free(struct trial *t);

void trial_watch(const struct trial *t, struct pollset *set);
/* As connect_wake(). */
uint64_t trial_wake(const struct trial *t);

enum trial_state {
    TRIAL_WAIT,
    TRIAL_ASK, /* as CONNECT_ASK, of trial_connect() */
    TRIAL_DONE /* out has what came of it */
};

/* who: "ubuntu@203.0.113.5", cleaned.  out: lines to be read in a box. */
enum trial_state trial_step(struct trial *t, uint64_t now, const char *who,
                            struct buf *out);

struct connect *trial_connect(const struct trial *t);

/* What is being waited for; with the time, if the server takes long. */
void trial_progress(const struct trial *t, uint64_t now, struct buf *out);

#endif
