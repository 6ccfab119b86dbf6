/*
 * identity_certificates.c - the user's certificates.
 *
 * A certificate is offered in place of its key, and before it.  So each
 * makes an identity of its own, with the same file to sign.
 */
#include "app/identities.h"

#include "app/certificate.h"
#include "app/notes.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/secret.h"
#include "config/options.h"
#include "keys/sshcert.h"
#include "keys/sshkey.h"
#include "sys/paths.h"

struct sshkey *identity_certified_key(const struct sshcert *cert)
{
    struct err impossible;
    const uint8_t *blob;
    size_t len;

    blob = sshkey_blob(cert->key, &len);
    return sshkey_from_blob(blob, len, &impossible);
}

void identities_add_certified(struct identities *ids,
                              const struct identity *key, struct sshcert *cert,
                              enum held held, bool loose)
{
    struct identity id = { .name = mem_strdup(key->name),
                           .held = held,
                           .by_loose = loose };

    if (key->text != NULL)
        id.text = secret_from(key->text->data, key->text->len);
    id.info.format = key->info.format;
    id.info.encrypted = key->info.encrypted;
    id.info.comment = mem_strdup(cert->id);
    id.info.public = identity_certified_key(cert);
    id.info.certificate = cert;
    identity_describe(&id);
    identities_keep_new(ids, &id);
}

/* Where the file hides its public half, its certificate shows it. */
static void show_public(struct identity *key, const struct sshcert *cert)
{
    if (key->info.public != NULL)
        return;
    key->info.public = identity_certified_key(cert);
    identity_describe(key);
}

/* The certificate that ssh-keygen put beside the file. */
static void add_beside(struct identities *ids, struct identity *key,
                       const char *path, struct notes *notes)
{
    char *real = paths_expand(path);
    struct buf name = { 0 };
    struct sshcert *cert;
    struct err err;

    buf_printf(&name, "%s-cert.pub", real);
    cert = certificate_read(buf_str(&name), &err);
    if (cert != NULL)
        show_public(key, cert);
    if (cert == NULL && err.code != ERR_NOT_FOUND) {
        notes_add(notes, NOTE_NORMAL, "%s (passed over)", err.msg);
    } else if (cert != NULL &&
               !sshkey_equal_public(cert->key, key->info.public)) {
        notes_add(notes, NOTE_NORMAL,
                  "%s: this certificate is for another key than %s (passed "
                  "over)",
                  buf_str(&name), key->name);
        sshcert_free(cert);
    } else if (cert != NULL) {
        identities_add_certified(ids, key, cert, HELD_NOT, false);
    }
    buf_free(&name);
    mem_free(real);
}

/* If only opening the key can tell, the keyholder does. */
static bool may_belong(const struct identities *ids, const struct identity *key,
                       const struct sshcert *cert)
{
    if (key->info.public == NULL)
        return ids->loose_count == 1;
    return sshkey_equal_public(cert->key, key->info.public);
}

void identities_certify(struct identities *ids, struct identity *key,
                        const char *path, struct notes *notes)
{
    size_t i;

    if (key->info.certificate != NULL) {
        identities_add_certified(ids, key, key->info.certificate, HELD_NOT,
                                 false);
        key->info.certificate = NULL;
        identity_describe(key);
    }
    if (path != NULL)
        add_beside(ids, key, path, notes);
    for (i = 0; i < ids->loose_count; i++) {
        struct loose *loose = &ids->loose[i];

        if (loose->cert == NULL || !may_belong(ids, key, loose->cert))
            continue;
        show_public(key, loose->cert);
        identities_add_certified(ids, key, loose->cert, HELD_NOT, true);
        loose->cert = NULL;
    }
}

void identities_read_loose(struct identities *ids, const struct options *opt,
                           struct notes *notes)
{
    struct err err;
    size_t i;

    ids->loose = mem_array(opt->certificates, sizeof *ids->loose);
    for (i = 0; i < opt->certificates; i++) {
        char *path = paths_expand(opt->certificate[i]);
        struct loose *loose = &ids->loose[ids->loose_count];

        loose->cert = certificate_read(path, &err);
        loose->name = loose->cert != NULL ? paths_tilde(path) : NULL;
        ids->loose_count += loose->cert != NULL;
        if (loose->cert == NULL)
            notes_add(notes, NOTE_NORMAL, "%s (passed over)", err.msg);
        mem_free(path);
    }
}

void identities_note_loose(const struct identities *ids, struct notes *notes)
{
    size_t i;

    for (i = 0; i < ids->loose_count; i++)
        if (ids->loose[i].cert != NULL)
            notes_add(notes, NOTE_NORMAL,
                      "%s: this certificate is for none of the keys here "
                      "(passed over)",
                      ids->loose[i].name);
}

void identities_free_loose(struct identities *ids)
{
    size_t i;

    for (i = 0; i < ids->loose_count; i++) {
        mem_free(ids->loose[i].name);
        sshcert_free(ids->loose[i].cert);
    }
    mem_free(ids->loose);
}
