/*
 * refusal.h - why nobody was let in, in one paragraph: what happened, which keys
 * were offered and what the server answered to each, what it would still take,
 * and the likeliest cause (refusal_cause.c).
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
    REFUSAL_TYPE,      /* likewise, nor any of its type, as it lists none */
    REFUSAL_ALGORITHM, /* it takes nothing that the key can sign with */
    REFUSAL_SHA1,      /* only with a signature that can be forged */
    REFUSAL_SIGNATURE, /* it takes the key, but not what it signed */
    REFUSAL_UNUSED,    /* it takes the key, but we did not sign */
    REFUSAL_UNSIGNED,  /* likewise: the agent did not, and there is no file */
    REFUSAL_UNTRIED,   /* it was not offered: PubkeyAcceptedAlgorithms */
    REFUSAL_ANSWERS
};

/* "refused": a constant. */
const char *refusal_text(enum refusal_answer answer);

/* Bits below which systems' policies refuse an RSA key. */
#define REFUSAL_SHORT_RSA 2048

struct refusals {
    struct buf keys[REFUSAL_ANSWERS]; /* private: by the answer to them */
    size_t counts[REFUSAL_ANSWERS];
    size_t refused_keys;     /* one for a key and all its certificates ... */
    size_t refused_certs;    /* certificates ... */
    bool ed25519, short_rsa; /* among those that were refused */
    bool on_token;           /* a security key's signature was refused */
    bool token_unsigned;     /* the agent did not sign with one */
    struct buf file;         /* of the last whose signature was refused */
    struct buf last;         /* private: the public half of the last refused */
    struct buf doubt;        /* likewise: see identity_doubt(); of the first */
};

/* An empty one is all zeros. */
void refusals_free(struct refusals *r);

/* id is not kept; user is the login name. */
void refusals_add(struct refusals *r, const struct identity *id,
                  const char *user, enum refusal_answer answer);

/* " It refused the key that was offered.", or the keys; nothing if there is
 * none. */
void refusals_put_refused(const struct refusals *r, struct buf *out);

/* Everything else that the account may depend on. */
struct refusal_facts {
    const char *what;    /* happened, without a full stop */
    const char *methods; /* the server would still take; NULL before it said
                            so */
    const char *user;
    const char *refused; /* "ubuntu, root or bob", if a key was refused for more
                            names than user; or NULL */
    const char *other; /* a name that may be right and was not tried; or NULL */
    bool let_in;       /* ... as it was let in there before */
    bool by_console;   /* ... as the console's log has it */
    const char *ident; /* the server's identification string */
    bool hung_up;      /* because there were too many tries ... */
    bool keys_left;    /* ... so that not all keys were offered */
    bool no_keys;      /* there was none to offer, nor anything left out */
    bool can_ask;      /* somebody is there to answer */
    bool asked;        /* for a password, or by the server's prompts */
    bool unasked;      /* it would take an answer, but can_ask is false */
    bool spoken;       /* it said something behind the last answer */
    bool pleased;      /* what was answered was right, as a step of the login */
    bool partial;      /* a step of the login was accepted ... */
    bool key_accepted; /* ... by a key */
    bool by_agent;     /* the agent made the last signature */
    bool takes_ed25519; /* it lists signatures by such keys */
    bool takes_rsa;     /* likewise, of rsa-sha2 */
    bool takes_sha1;    /* it would have taken a refused RSA key by SHA-1 */
    bool worked;        /* a login as user did before */
    bool remembered;    /* ... in another run, with one of these keys */
    const char *known; /* the last login there was as user: with the key in this
                          file, "" if in none that is there; or NULL */
    const char *replaced; /* ... with one that this file held then; or NULL */
    bool told;            /* the machine itself told this name */
    bool second_key;      /* see struct diagnosis_names */
    bool withheld;      /* it takes passwords, but its host key is unverified */
    bool keyless;       /* the console shows that user has no key */
    bool own_installed; /* ... or one of ours */
    const char *installed; /* ... or this key, cleaned, and none of ours; NULL:
                              it shows neither */
    const char *forbids;   /* options that leave out what it would take: "A or
                              B"; or NULL */
    bool forbids_all;      /* ... all of that */
    bool refused_unasked;  /* it refused keyboard-interactive, which it lists,
                              without a question */
    size_t left_out;       /* keys of the agent that were not tried */
    bool agent_barred;     /* IdentitiesOnly: it has keys that are in no file */
    const char *mistake;   /* in a key file, the first one; or NULL */
    bool by_mistake;       /* nothing else happened than such a mistake */
    bool takes_typing;     /* it would take what somebody who is there types */
};

/*
 * The likeliest cause; appended to out, with the remedy, as a sentence without
 * its full stop, unless what happened tells enough.
 */
enum fault refusals_cause(const struct refusals *r,
                          const struct refusal_facts *facts, struct buf *out);

/*
 * Append the paragraph, which ends with that cause: whole sentences, no line
 * ends, not cleaned.
 */
void refusals_account(const struct refusals *r,
                      const struct refusal_facts *facts, const char *cause,
                      struct buf *out);

/* Before anything is typed for such a name: append a sentence, if the user's is
 * likely wrong, with a blank before it. */
void refusals_doubt_name(const struct refusal_facts *facts, struct buf *out);

#endif
