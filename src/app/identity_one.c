/* identity_one.c - one key: its name, what is offered, and who signs. */
#include "app/identities.h"

#include <string.h>
#include "app/certificate.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"
#include "keys/keyfile.h"
#include "keys/sshcert.h"
#include "keys/sshkey.h"
#include "ssh/session.h"

bool identity_held(const struct identity *id)
{
    return id->held != HELD_NOT;
}

void identity_not_held(struct identity *id)
{
    id->held = HELD_NOT;
}

const uint8_t *identity_agent_blob(const struct identity *id, size_t *len)
{
    if (id->held == HELD_AS_KEY)
        return sshkey_blob(id->info.public, len);
    return identity_blob(id, len);
}

bool identity_has_file(const struct identity *id)
{
    return id->text != NULL;
}

bool identity_by_loose(const struct identity *id)
{
    return id->by_loose;
}

const char *identity_name(const struct identity *id)
{
    return id->name;
}

bool identity_remedy_public(const struct identity *id, struct err *err)
{
    struct buf public = { 0 };

    buf_printf(&public, "%s.pub", id->name);
    err_command(err, "vmconnect-keygen -y", id->name, "");
    err_command(err, ">", buf_str(&public), "");
    buf_free(&public);
    return false;
}

const uint8_t *identity_blob(const struct identity *id, size_t *len)
{
    *len = 0;
    if (id->info.certificate != NULL)
        return sshcert_blob(id->info.certificate, len);
    return id->info.public != NULL ? sshkey_blob(id->info.public, len) : NULL;
}

const struct sshkey *identity_public(const struct identity *id)
{
    return id->info.public;
}

const char *identity_comment(const struct identity *id)
{
    return id->info.comment != NULL && id->info.comment[0] != '\0'
               ? id->info.comment
               : id->name;
}

bool identity_certified(const struct identity *id)
{
    return id->info.certificate != NULL;
}

bool identity_doubt(const struct identity *id, const char *user,
                    struct buf *why)
{
    if (id->info.certificate == NULL)
        return false;
    if (certificate_doubt(id->info.certificate, user, time(NULL), why))
        return true;
    if (ssh_library_certifies_rsa() ||
        strcmp(sshkey_type(id->info.public), "ssh-rsa") != 0)
        return false;
    buf_printf(why,
               "libssh2 %s signs for an RSA certificate with SHA-1 only, which "
               "servers refuse; 1.11.1 does better",
               ssh_library());
    return true;
}

const char *identity_description(const struct identity *id)
{
    return id->description;
}

bool identity_locked(const struct identity *id)
{
    return id->info.encrypted &&
           (id->info.public == NULL || !sshkey_on_token(id->info.public));
}

struct sshkey *identity_decode(const struct identity *id,
                               const struct secret *passphrase,
                               struct buf *remark, struct err *err)
{
    return keyfile_decode_remark(id->text->data, id->text->len, id->name,
                                 passphrase, remark, err);
}

bool identity_show(struct identity *id, const uint8_t *blob, size_t len,
                   struct err *err)
{
    id->info.public = sshkey_from_blob(blob, len, err);
    identity_describe(id);
    return id->info.public != NULL && identity_is_usable(id, err);
}
