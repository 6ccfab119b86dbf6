/*
 * identities.h - inside of identity.h: the list that its files share.
 *
 * identity.c               the key files
 * identity_one.c           the questions about one
 * identity_certificates.c  certificates, which are offered before their keys
 * identity_agent.c         what the SSH agent has
 */
#ifndef APP_IDENTITIES_H
#define APP_IDENTITIES_H

#include <stddef.h>
#include <stdint.h>
#include "app/identity.h"
#include "base/err.h"
#include "keys/keyfile.h"

struct notes;
struct sshcert;
struct sshkey;

/* What the agent has of an identity, if it signs with it. */
enum held { HELD_NOT, HELD_AS_OFFERED, HELD_AS_KEY };

struct identity {
    char *name;          /* for people: with ~ */
    struct secret *text; /* the file, as read; NULL: only the agent has it */
    enum held held;
    struct keyfile_info info; /* a certificate in it is what is offered */
    char *description;
    bool by_loose; /* the certificate is a CertificateFile, or the agent's */
};

/* A CertificateFile, until its key is found. */
struct loose {
    char *name;
    struct sshcert *cert; /* NULL: found */
};

struct identities {
    struct identity *list;
    size_t count;
    struct loose *loose;
    size_t loose_count;
    size_t left_out;    /* keys of the agent */
    bool agent_barred;  /* IdentitiesOnly: it has others than the files */
    struct err mistake; /* of the first bad file */
};

/* ---- identity.c ---- */

void identity_clear(struct identity *id);
/* A server could take it, as far as is known yet. */
bool identity_is_usable(const struct identity *id, struct err *err);
/* Write its description anew. */
void identity_describe(struct identity *id);
/* Is that what is offered? */
bool identity_is_blob(const struct identity *id, const uint8_t *blob,
                      size_t len);
/* Both take *id. */
void identities_append(struct identities *ids, const struct identity *id);
/* Unless one of them is it already. */
void identities_keep_new(struct identities *ids, struct identity *id);

/* ---- identity_certificates.c ---- */

/* The public key that it is about; for sshkey_free(). */
struct sshkey *identity_certified_key(const struct sshcert *cert);
/* Append the key once more, to be offered by its certificate, which is taken;
 * loose: it is a CertificateFile. */
void identities_add_certified(struct identities *ids,
                              const struct identity *key, struct sshcert *cert,
                              enum held held, bool loose);
/*
 * Append the key by each of its certificates: in its file, beside it, and
 * CertificateFile.  path is NULL if the key is in no file.
 */
void identities_certify(struct identities *ids, struct identity *key,
                        const char *path, struct notes *notes);

/* The files of CertificateFile. */
void identities_read_loose(struct identities *ids, const struct options *opt,
                           struct notes *notes);
void identities_free_loose(struct identities *ids);

#endif
