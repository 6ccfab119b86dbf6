/* algorithms.h - which algorithms we offer, and which the peer lacks. */
#ifndef SSH_ALGORITHMS_H
#define SSH_ALGORITHMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct err;

enum ssh_algorithm {
    SSH_ALG_KEX,
    SSH_ALG_HOST_KEY,
    SSH_ALG_CIPHER,
    SSH_ALG_MAC,
    SSH_ALG_COMPRESSION,
    SSH_ALGS
};

/* What our lists depend on. */
struct ssh_preferences {
    /* Key types known for the host ("ssh-rsa", "ecdsa-sha2-nistp256"): their
     * algorithms come first, so that the server shows a key which can be
     * compared. */
    const char *const *known;
    size_t known_len;
    bool ctr_first; /* AES-CTR with a MAC before AES-GCM */
    bool compression;
};

/* Write our list for one sort, best first. */
void ssh_algorithms_list(struct buf *out, enum ssh_algorithm sort,
                         const struct ssh_preferences *prefer);

/* Is the name on our list of this sort? */
bool ssh_algorithms_allow(enum ssh_algorithm sort, const char *name);

/* Signatures that are made with SHA-1, and so never by us. */
bool ssh_algorithms_weak_signature(const char *name);

/*
 * Compare with a peer's KEXINIT payload (RFC 4253 section 7.1).  False, with
 * *err naming the sort and the peer's list, if some sort has no algorithm
 * in common or the packet is malformed.
 */
bool ssh_algorithms_common(const uint8_t *kexinit, size_t len, bool ctr_first,
                           struct err *err);

/*
 * Would such a peer and we, asking for compression, agree on the same for
 * both directions?  Dropbear 2025 packs only what it sends.
 */
bool ssh_algorithms_same_compression(const uint8_t *kexinit, size_t len);

/*
 * The exponent of the work that an attacker has with today's computers, by
 * the weaker of the two (RFC 7748, RFC 5656, RFC 3526 section 8); 0 if either
 * is none of ours.
 */
unsigned ssh_algorithms_strength(const char *kex, const char *cipher);

#endif
