/*
 * refusal.h - why nobody was let in: which keys were offered, what the server
 * answered to each, and what is the likeliest cause.
 */
#ifndef APP_REFUSAL_H
#define APP_REFUSAL_H

#include <stdbool.h>
#include <stddef.h>
#include "app/diagnosis.h"
#include "base/buf.h"

struct identity;

enum refusal_answer {
    REFUSAL_REFUSED,   /* the server does not take it */
    REFUSAL_SHA1,      /* only with a signature that can be forged */
    REFUSAL_SIGNATURE, /* it takes the key, but not what it signed */
    REFUSAL_UNUSED,    /* it takes the key, but we did not sign */
    REFUSAL_UNTRIED    /* it was not offered: PubkeyAcceptedAlgorithms */
};

/* "refused": a constant. */
const char *refusal_text(enum refusal_answer answer);

struct refusals {
    struct buf list; /* private: in lines */
    size_t counts[REFUSAL_UNTRIED + 1];
    bool ed25519, short_rsa; /* among those that were refused */
    bool doubtful;           /* likewise: a certificate, see identity_doubt() */
};

/* An empty one is all zeros. */
void refusals_free(struct refusals *r);

/* id is not kept; user is the login name. */
void refusals_add(struct refusals *r, const struct identity *id,
                  const char *user, enum refusal_answer answer);
/* How many there are, of one sort. */
size_t refusals_count(const struct refusals *r, enum refusal_answer answer);

/* Everything else that the cause may depend on. */
struct refusal_facts {
    const char *user;
    const char *ident; /* the server's identification string */
    bool hung_up;      /* because there were too many keys */
    bool no_keys;      /* there was none to offer, nor anything left out */
    bool takes_keys;   /* what it would still take has publickey in it */
    bool can_ask;      /* somebody is there to answer */
    bool asked;        /* for a password, or by the server's prompts */
    bool by_agent;     /* the agent made the last signature */
    size_t left_out;   /* keys of the agent that were not tried */
};

/* Append the keys and the answers to them, in lines; nothing without any. */
void refusals_list(const struct refusals *r, const struct refusal_facts *facts,
                   struct buf *out);

/*
 * The likeliest cause; appended to out, with the remedy, as a sentence without
 * its full stop, unless what the session says tells enough.
 */
enum fault refusals_cause(const struct refusals *r,
                          const struct refusal_facts *facts, struct buf *out);

#endif
