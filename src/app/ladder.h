/*
 * ladder.h - how far a connection came, rung by rung, with times.
 *
 * The connection tells it of every rung; the doctor shows it.  Pure.
 */
#ifndef APP_LADDER_H
#define APP_LADDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/attr.h"

struct buf;

enum rung {
    RUNG_NAME,     /* the look-up */
    RUNG_TCP,      /* the connection */
    RUNG_IDENT,    /* what answers */
    RUNG_KEX,      /* the key exchange */
    RUNG_HOST_KEY, /* the host key's judgement */
    RUNG_METHODS,  /* ways to log in */
    RUNG_KEYS,     /* ours, and the server's answers */
    RUNG_LOGIN,
    RUNG_PTY,
    RUNG_SHELL,
    RUNG_CLOUD_INIT,
    RUNGS
};

enum rung_state {
    RUNG_OPEN,  /* not reached, or not decided */
    RUNG_GOOD,  /* passed */
    RUNG_NOTED, /* passed, but worth a look */
    RUNG_BROKEN
};

struct ladder_rung {
    enum rung_state state;
    uint64_t ms; /* that it took */
    char *text;  /* what was found, cleaned; NULL while open */
};

struct ladder_key {
    char *name;         /* the file, or "agent key" */
    char *description;  /* kind, fingerprint, comment; "" while hidden */
    char *user;         /* the login name that it was tried for */
    const char *answer; /* a constant: "taken" */
    bool taken;
    bool by_agent; /* the agent holds it */
};

struct ladder {
    uint64_t since; /* ms of the clock: when the next rung was begun */
    struct ladder_rung rung[RUNGS];
    struct ladder_key *keys;
    size_t keys_len;
};

/* All open, from now (ms of a monotonic clock) on; also once more. */
void ladder_begin(struct ladder *l, uint64_t now);
/* An empty one is all zeros. */
void ladder_free(struct ladder *l);

/* Decide a rung that is open; nothing happens to one that is not. */
void ladder_decide(struct ladder *l, enum rung rung, enum rung_state state,
                   uint64_t now, const char *fmt, ...) ATTR_PRINTF(5, 6);
/* The lowest that is open; RUNGS if none is. */
enum rung ladder_next(const struct ladder *l);
/* "key exchange": a constant. */
const char *ladder_name(enum rung rung);
/* So many ms were a person's, who was asked something. */
void ladder_exclude(struct ladder *l, uint64_t ms);

/* Takes the three strings, which are cleaned.  What was noted of the same key
 * for the same user is replaced. */
void ladder_note_key(struct ladder *l, const struct ladder_key *key);

/* Append one that is decided, in lines: mark, name, text (of a broken one the
 * error tells more) and time; with RUNG_KEYS the keys too. */
void ladder_put_rung(const struct ladder *l, enum rung rung, struct buf *out);
/* Append a line that names those which are open, if any is. */
void ladder_put_open(const struct ladder *l, struct buf *out);
/* Append the members "rungs" and "keys" of a JSON object. */
void ladder_put_json(const struct ladder *l, struct buf *out);

#endif
