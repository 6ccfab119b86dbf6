/*
 * identity.h - the user's keys: files that are read, looked at, and decoded
 * when the server wants a signature, and keys that the SSH agent holds.
 */
#ifndef APP_IDENTITY_H
#define APP_IDENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "config/options.h"

struct agent_keys;
struct buf;
struct err;
struct notes;
struct secret;
struct sshkey;

struct identity;
struct identities;

/* The files tried when none is named, best first: "~/.ssh/id_ed25519"; NULL
 * after the last. */
const char *identity_default_file(size_t i);

/*
 * Does this file still hold the key of this fingerprint (NULL: any private
 * key), and is there a certificate of it for this user, if it was certified?
 * True too for one that shows neither before it is opened.
 */
bool identity_file_is(const char *path, const char *print, bool certified,
                      const char *user);

/* Where named files are not read from the file of that name. */
struct identity_files {
    const struct secret *piped; /* for "-i -": came on standard input */
    bool agent;   /* it may hold what only the public half is named of */
    bool can_ask; /* what to do about a file, for one ... */
    bool left[OPTIONS_MAX_IDENTITIES]; /* ... that is open to others: nothing */
    char *instead[OPTIONS_MAX_IDENTITIES]; /* another file; NULL: itself */
};

enum identity_cure {
    CURE_NONE,
    CURE_MAKE_PRIVATE, /* path: its mode is too open */
    CURE_PRIVATE_HALF, /* path: the private half; the public one was named */
    CURE_NEIGHBOUR     /* path: a private key of such a name; that one is not */
};

struct identity_remedy {
    enum identity_cure cure;
    char *path;   /* for mem_free(); NULL: none */
    size_t index; /* of the named file */
};

/*
 * The files named by -i, else the default ones (none without
 * PubkeyAuthentication); a key named twice counts once.  A named file that
 * cannot be used is an error (before anything is sent to a server), but one
 * among several is only noted, unless something can be done about it; a default
 * one that is missing is passed over, a bad one noted.  A public half whose private one is in no file
 * is offered, if there may be an agent that holds it.  *remedy is what may be
 * done about an error before loading again.
 *
 * A certificate is offered in place of its key, and before it: one that is in
 * the file, FILE-cert.pub, or CertificateFile's.  Each is an identity.
 */
struct identities *identities_load(const struct options *opt,
                                   const struct identity_files *files,
                                   struct notes *notes,
                                   struct identity_remedy *remedy,
                                   struct err *err);
/*
 * What the agent lists.  Files with those public halves are marked as held, and
 * the agent's certificates of theirs come before them.
 * Unless files were named the held ones come first, and before the other files, unless
 * IdentitiesOnly, the keys and certificates that only the agent has: six of the
 * agent's in all.  Pointers of identities_get() do not stay good.
 */
void identities_take_agent(struct identities *ids,
                           const struct agent_keys *keys,
                           const struct options *opt, struct notes *notes);
/* How many of the agent's keys were too many to be offered. */
size_t identities_left_out(const struct identities *ids);
/* ... or were left out by IdentitiesOnly. */
bool identities_agent_barred(const struct identities *ids);
/* What is the matter with the first file that is there and cannot be used;
 * ERR_NONE: nothing. */
const struct err *identities_mistake(const struct identities *ids);
/* Tell of the CertificateFiles that were for none of these keys. */
void identities_note_loose(const struct identities *ids, struct notes *notes);

/* NULL is allowed.  Wipes what was read. */
void identities_free(struct identities *ids);

size_t identities_count(const struct identities *ids);
struct identity *identities_get(struct identities *ids, size_t i);

/* The path as a person writes it, "~/.ssh/id_ed25519", or "agent key";
 * borrowed. */
const char *identity_name(const struct identity *id);

/* Put the command that writes its public half behind the sentence.  Returns
 * false. */
bool identity_remedy_public(const struct identity *id, struct err *err);

/*
 * What to offer: the public key's blob or a certificate's; NULL while it is
 * hidden (see identity_show()): the format does not show it, and there is no
 * FILE.pub.
 */
const uint8_t *identity_blob(const struct identity *id, size_t *len);
/* The public key; NULL while hidden; borrowed. */
const struct sshkey *identity_public(const struct identity *id);

/* "ED25519 SHA256:... comment", or "" while hidden; borrowed. */
const char *identity_description(const struct identity *id);

/* What an agent is to call it: the comment, or else the name; borrowed. */
const char *identity_comment(const struct identity *id);

/* identity_blob() is a certificate's. */
bool identity_certified(const struct identity *id);

/*
 * Why its certificate may not log this user in, in a sentence that begins
 * small; false if it has none, or nothing speaks against it.
 */
bool identity_doubt(const struct identity *id, const char *user,
                    struct buf *why);

/* The agent holds it, and has not failed to sign with it. */
bool identity_held(const struct identity *id);
/* What the agent knows it by. */
const uint8_t *identity_agent_blob(const struct identity *id, size_t *len);
void identity_not_held(struct identity *id);
/* There is a file to open and sign with. */
bool identity_has_file(const struct identity *id);
/* ... but its certificate is not: it is a CertificateFile, or the agent's. */
bool identity_by_loose(const struct identity *id);

/* Does it need a passphrase to sign?  What a security key signs does not. */
bool identity_locked(const struct identity *id);

/*
 * Decode the file.  Returns a private key for sshkey_free(), or NULL:
 * ERR_PASSPHRASE: ask (again).  The comment's bytes, as they are in the file,
 * are appended to remark.  Slow, and what it gives is what must not be found in
 * a process that stays: for keyholder.h, which asks in another one.
 */
struct sshkey *identity_decode(const struct identity *id,
                               const struct secret *passphrase,
                               struct buf *remark, struct err *err);

/* The hidden public half, as the opened file shows it. */
bool identity_show(struct identity *id, const uint8_t *blob, size_t len,
                   struct err *err);

#endif
