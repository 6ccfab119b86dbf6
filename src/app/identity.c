#include "app/identity.h"

#include <string.h>
#include "app/notes.h"
#include "base/base64.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/secret.h"
#include "config/options.h"
#include "keys/agent-msg.h"
#include "keys/keyfile.h"
#include "keys/sshkey.h"
#include "sys/file.h"
#include "sys/paths.h"

#define PUBLIC_MAX 65536 /* bytes of a FILE.pub */
/* Servers end the connection after so many keys (MaxAuthTries). */
#define AGENT_KEYS_OFFERED 6

struct identity {
    char *name;          /* for people: with ~ */
    struct secret *text; /* the file, as read; NULL: only the agent has it */
    bool held;           /* the agent signs with it */
    struct keyfile_info info;
    char *description;
};

struct identities {
    struct identity *list;
    size_t count;
    size_t left_out; /* keys of the agent */
};

/* Tried in this order when the user names no key. */
static const char *const default_files[] = {
    "~/.ssh/id_ed25519",
    "~/.ssh/id_ecdsa",
    "~/.ssh/id_rsa",
};

static void describe(struct identity *id)
{
    char print[SSHKEY_FINGERPRINT_MAX];
    struct buf b = { 0 };
    const uint8_t *blob;
    size_t len;

    if (id->info.public != NULL) {
        blob = sshkey_blob(id->info.public, &len);
        sshkey_fingerprint(blob, len, print);
        buf_printf(&b, "%s %s", sshkey_kind(id->info.public), print);
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

static void identity_clear(struct identity *id)
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
        describe(id);
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

static bool same_key(const struct identity *a, const struct identity *b)
{
    if (a->info.public != NULL && b->info.public != NULL)
        return sshkey_equal_public(a->info.public, b->info.public);
    return strcmp(a->name, b->name) == 0;
}

/* The key just read behind the others stays, unless it is one of them. */
static void keep_new(struct identities *ids)
{
    struct identity *id = &ids->list[ids->count];
    size_t i;

    for (i = 0; i < ids->count; i++) {
        if (same_key(&ids->list[i], id)) {
            identity_clear(id);
            return;
        }
    }
    ids->count++;
}

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
    size_t i;

    *denied = NULL;
    ids->list = mem_array(max, sizeof *ids->list);
    for (i = 0; i < max; i++) {
        path = named ? opt->identity[i] : default_files[i];
        if (identity_load(&ids->list[ids->count], path, err)) {
            keep_new(ids);
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
    mem_free(ids->list);
    mem_free(ids);
}

/* ---- the agent's ---- */

static bool is_key(const struct identity *id, const struct agent_key *key)
{
    size_t len;
    const uint8_t *blob = identity_blob(id, &len);

    return blob != NULL && len == key->len && memcmp(blob, key->blob, len) == 0;
}

static size_t mark_held(struct identities *ids, const struct agent_keys *keys)
{
    size_t held = 0, i, k;

    for (i = 0; i < ids->count; i++) {
        for (k = 0; k < keys->count && !ids->list[i].held; k++)
            ids->list[i].held = is_key(&ids->list[i], &keys->list[k]);
        held += ids->list[i].held;
    }
    return held;
}

static bool is_known(const struct identities *ids, const struct agent_key *key)
{
    size_t i;

    for (i = 0; i < ids->count; i++)
        if (is_key(&ids->list[i], key))
            return true;
    return false;
}

static bool from_agent(struct identity *id, const struct agent_key *key,
                       struct notes *notes)
{
    struct err err;

    memset(id, 0, sizeof *id);
    id->info.public = sshkey_from_blob(key->blob, key->len, &err);
    if (id->info.public == NULL || !sshkey_may_login(id->info.public, &err)) {
        sshkey_free(id->info.public);
        notes_add(notes, NOTE_VERBOSE, "Agent key \"%s\": %s (passed over)",
                  key->comment, err.msg);
        return false;
    }
    id->info.comment = mem_strdup(key->comment);
    id->name = mem_strdup("agent key");
    id->held = true;
    describe(id);
    return true;
}

/* Append the files that the agent holds, or those it does not. */
static void move_files(struct identities *to, const struct identities *from,
                       bool held)
{
    size_t i;

    for (i = 0; i < from->count; i++)
        if (from->list[i].held == held)
            to->list[to->count++] = from->list[i];
}

/* Append the keys that only the agent has, as long as there may be more. */
static void add_from_agent(struct identities *ids,
                           const struct identities *files,
                           const struct agent_keys *keys, struct notes *notes)
{
    struct identity id;
    size_t i;

    for (i = 0; i < keys->count; i++) {
        if (is_known(files, &keys->list[i]) ||
            !from_agent(&id, &keys->list[i], notes))
            continue;
        if (ids->count < AGENT_KEYS_OFFERED) {
            ids->list[ids->count++] = id;
        } else {
            identity_clear(&id);
            ids->left_out++;
        }
    }
}

void identities_take_agent(struct identities *ids,
                           const struct agent_keys *keys,
                           const struct options *opt, struct notes *notes)
{
    struct identities sorted = { NULL, 0, 0 };
    size_t held = mark_held(ids, keys);

    if (held != 0)
        notes_add(notes, NOTE_VERBOSE, "It holds %zu of the keys in files.",
                  held);
    if (opt->identities != 0)
        return;
    sorted.list =
        mem_array(ids->count + AGENT_KEYS_OFFERED, sizeof *sorted.list);
    move_files(&sorted, ids, true);
    if (!opt->identities_only)
        add_from_agent(&sorted, ids, keys, notes);
    move_files(&sorted, ids, false);
    mem_free(ids->list);
    *ids = sorted;
}

size_t identities_left_out(const struct identities *ids)
{
    return ids->left_out;
}

bool identity_held(const struct identity *id)
{
    return id->held;
}

void identity_not_held(struct identity *id)
{
    id->held = false;
}

bool identity_has_file(const struct identity *id)
{
    return id->text != NULL;
}

/* ---- one key ---- */

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
    return id->info.public != NULL ? sshkey_blob(id->info.public, len) : NULL;
}

const char *identity_description(const struct identity *id)
{
    return id->description;
}

bool identity_locked(const struct identity *id)
{
    return id->info.encrypted;
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
    describe(id);
    return id->info.public != NULL && is_usable(id, err);
}
