#include "app/identity.h"

#include <string.h>
#include "app/certificate.h"
#include "app/identities.h"
#include "app/notes.h"
#include "base/base64.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/secret.h"
#include "config/options.h"
#include "keys/keyfile.h"
#include "keys/sshcert.h"
#include "keys/sshkey.h"
#include "sys/file.h"
#include "sys/paths.h"

#define PUBLIC_MAX 65536 /* bytes of a FILE.pub */

/* Tried in this order when the user names no key. */
static const char *const default_files[] = {
    "~/.ssh/id_ed25519",
    "~/.ssh/id_ecdsa",
    "~/.ssh/id_rsa",
};

void identity_describe(struct identity *id)
{
    char print[SSHKEY_FINGERPRINT_MAX];
    struct buf b = { 0 };
    const uint8_t *blob;
    size_t len;

    if (id->info.public != NULL) {
        blob = sshkey_blob(id->info.public, &len);
        sshkey_fingerprint(blob, len, print);
        buf_printf(&b, "%s%s %s", sshkey_kind(id->info.public),
                   id->info.certificate != NULL ? "-CERT" : "", print);
        if (id->info.comment != NULL && id->info.comment[0] != '\0')
            buf_printf(&b, " %s", id->info.comment);
    }
    mem_free(id->description);
    id->description = buf_take_str(&b);
}

/* "ssh-ed25519 AAAA... comment" (sshd(8)); NULL if it is none. */
static struct sshkey *parse_public(const char *line)
{
    size_t type = strcspn(line, " "), len;
    struct buf blob = { 0 };
    struct sshkey *key = NULL;
    struct err ignored;

    line += type;
    line += strspn(line, " ");
    len = strcspn(line, " \r\n");
    if (base64_decode(&blob, line, len))
        key = sshkey_from_blob(blob.data, blob.len, &ignored);
    buf_free(&blob);
    return key;
}

/*
 * The public half that ssh-keygen put beside the file.  If it is another
 * key's, the keyholder tells.
 */
static struct sshkey *read_public(const char *path)
{
    struct buf name = { 0 }, text = { 0 };
    struct sshkey *key = NULL;
    struct err ignored;

    buf_printf(&name, "%s.pub", path);
    if (file_read(buf_str(&name), PUBLIC_MAX, &text, &ignored))
        key = parse_public(buf_str(&text));
    buf_free(&name);
    buf_free(&text);
    return key;
}

void identity_clear(struct identity *id)
{
    mem_free(id->name);
    secret_free(id->text);
    keyfile_info_free(&id->info);
    mem_free(id->description);
}

/* A server could take it, as far as is known yet. */
static bool is_usable(const struct identity *id, struct err *err)
{
    return id->info.public == NULL || sshkey_may_login(id->info.public, err) ||
           err_prefix(err, "%s", id->name);
}

static bool identity_load(struct identity *id, const char *path,
                          struct err *err)
{
    char *real = paths_expand(path);
    struct err exposed;
    bool ok = false;

    memset(id, 0, sizeof *id);
    id->name = paths_tilde(real);
    id->text = file_read_private(real, KEYFILE_MAX, &exposed, err);
    if (id->text != NULL && keyfile_inspect(id->text->data, id->text->len,
                                            id->name, &id->info, err)) {
        if (id->info.public == NULL)
            id->info.public = read_public(real);
        identity_describe(id);
        ok = is_usable(id, err);
        if (exposed.code != ERR_NONE) {
            *err = exposed;
            ok = false;
        }
    }
    if (!ok)
        identity_clear(id);
    mem_free(real);
    return ok;
}

bool identity_is_blob(const struct identity *id, const uint8_t *blob,
                      size_t len)
{
    size_t own_len;
    const uint8_t *own = identity_blob(id, &own_len);

    return own != NULL && own_len == len && memcmp(own, blob, len) == 0;
}

static bool same_key(const struct identity *a, const struct identity *b)
{
    size_t len;
    const uint8_t *blob = identity_blob(b, &len);

    if (blob != NULL && a->info.public != NULL)
        return identity_is_blob(a, blob, len);
    return strcmp(a->name, b->name) == 0;
}

void identities_append(struct identities *ids, const struct identity *id)
{
    ids->list = mem_resize(ids->list, ids->count + 1, sizeof *ids->list);
    ids->list[ids->count++] = *id;
}

void identities_keep_new(struct identities *ids, struct identity *id)
{
    size_t i;

    for (i = 0; i < ids->count; i++) {
        if (same_key(&ids->list[i], id)) {
            identity_clear(id);
            return;
        }
    }
    identities_append(ids, id);
}

/* ---- the files ---- */

/* Is this the end, or may another key do? */
static bool is_fatal(const struct options *opt, const struct err *err)
{
    if (err->code == ERR_PERMISSION)
        return true;
    if (opt->identities > 1)
        return err->code != ERR_NOT_FOUND;
    return opt->identities != 0;
}

struct identities *identities_load(const struct options *opt,
                                   struct notes *notes, char **denied,
                                   struct err *err)
{
    bool named = opt->identities != 0;
    size_t max =
        named ? opt->identities : sizeof default_files / sizeof *default_files;
    struct identities *ids = mem_alloc(sizeof *ids);
    const char *path = NULL;
    struct identity id;
    size_t i;

    *denied = NULL;
    if (!opt->pubkey)
        return ids;
    identities_read_loose(ids, opt, notes);
    for (i = 0; i < max; i++) {
        path = named ? opt->identity[i] : default_files[i];
        if (identity_load(&id, path, err)) {
            identities_certify(ids, &id, path, notes);
            identities_keep_new(ids, &id);
            continue;
        }
        if (is_fatal(opt, err))
            break;
        if (named || err->code != ERR_NOT_FOUND)
            notes_add(notes, NOTE_NORMAL, "%s (passed over)", err->msg);
    }
    if (i == max && (ids->count != 0 || !named)) {
        err_clear(err);
        return ids;
    }
    if (err->code == ERR_PERMISSION)
        *denied = paths_expand(path);
    identities_free(ids);
    return NULL;
}

void identities_free(struct identities *ids)
{
    size_t i;

    if (ids == NULL)
        return;
    for (i = 0; i < ids->count; i++)
        identity_clear(&ids->list[i]);
    identities_free_loose(ids);
    mem_free(ids->list);
    mem_free(ids);
}

/* ---- one key ---- */

size_t identities_left_out(const struct identities *ids)
{
    return ids->left_out;
}

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

size_t identities_count(const struct identities *ids)
{
    return ids->count;
}

struct identity *identities_get(struct identities *ids, size_t i)
{
    return &ids->list[i];
}

const char *identity_name(const struct identity *id)
{
    return id->name;
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
    return id->info.certificate != NULL &&
           certificate_doubt(id->info.certificate, user, time(NULL), why);
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
                               const struct secret *passphrase, struct err *err)
{
    return keyfile_decode(id->text->data, id->text->len, id->name, passphrase,
                          err);
}

bool identity_show(struct identity *id, const uint8_t *blob, size_t len,
                   struct err *err)
{
    id->info.public = sshkey_from_blob(blob, len, err);
    identity_describe(id);
    return id->info.public != NULL && is_usable(id, err);
}
