/*
 * agent-msg.h - the SSH agent's messages (draft-ietf-sshm-ssh-agent): what is
 * asked, and what its answers say.
 *
 * A message here is its type and body; the length before it on the socket is
 * the carrier's.  An agent is not trusted: it may be another machine's,
 * forwarded.
 */
#ifndef KEYS_AGENT_MSG_H
#define KEYS_AGENT_MSG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/wire.h"

struct buf;
struct err;
struct secret;
struct sshkey;

/* An agent that lists more keys is not believed. */
#define AGENT_KEYS_MAX 256

struct agent_key {
    uint8_t *blob; /* of any type, not looked into */
    size_t len;
    char *comment; /* cleaned; "" if there is none */
};

struct agent_keys {
    struct agent_key *list;
    size_t count;
};

/* Append the question which keys there are. */
void agent_msg_list(struct buf *out);

/* Append the request to sign data with the key of this public blob.
 * algorithm is the signature's, e.g. "rsa-sha2-512", or a certificate's for
 * it. */
void agent_msg_sign(struct buf *out, const uint8_t *blob, size_t blob_len,
                    const char *algorithm, const uint8_t *data, size_t len);

/* How an agent is to keep a key. */
struct agent_limits {
    uint32_t lifetime; /* seconds; 0: as long as it runs */
    bool confirm;      /* it is to ask before each use */
};

/*
 * The request to keep a private key, by its certificate if that is not empty.
 * It has the key in it: for secret_free().  NULL: ERR_UNSUPPORTED.
 */
struct secret *agent_msg_add(const struct sshkey *key,
                             struct wire_bytes certificate, const char *comment,
                             const struct agent_limits *limits,
                             struct err *err);

/*
 * The answer to agent_msg_list().  False, with *err set: ERR_AUTH if the
 * agent refuses, ERR_LIMIT for too many keys, else ERR_PROTOCOL; *keys is
 * empty then.
 */
bool agent_msg_keys(const uint8_t *msg, size_t len, struct agent_keys *keys,
                    struct err *err);
void agent_keys_free(struct agent_keys *keys);

/*
 * The answer to agent_msg_sign().  Appends the inner signature bytes (without
 * the name) to sig; of a security key, whose algorithm begins with "sk-", all
 * that follows the name: string signature, byte flags, uint32 counter.  False, with *err set: ERR_AUTH if the agent refuses,
 * ERR_PROTOCOL if it answers something else or with another algorithm.
 */
bool agent_msg_signature(const uint8_t *msg, size_t len, const char *algorithm,
                         struct buf *sig, struct err *err);

/* The answer to agent_msg_add(): false, likewise, if the key is not kept. */
bool agent_msg_added(const uint8_t *msg, size_t len, struct err *err);

#endif
