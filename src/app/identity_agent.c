/*
 * identity_agent.c - what the SSH agent has: keys of the files, which it can
 * then sign with, and others.
 */
#include "app/identities.h"

#include <string.h>
#include "app/notes.h"
#include "base/err.h"
#include "base/mem.h"
#include "config/options.h"
#include "keys/agent-msg.h"
#include "keys/sshcert.h"
#include "keys/sshkey.h"

/* Servers end the connection after so many keys (MaxAuthTries). */
#define AGENT_KEYS_OFFERED 6

/* With the plain key an agent signs for all of its certificates. */
static enum held held_by(const struct identity *id, const struct agent_key *key)
{
    const uint8_t *blob;
    size_t len;

    if (identity_is_blob(id, key->blob, key->len))
        return HELD_AS_OFFERED;
    if (id->info.public == NULL)
        return HELD_NOT;
    blob = sshkey_blob(id->info.public, &len);
    return len == key->len && memcmp(blob, key->blob, len) == 0 ? HELD_AS_KEY
                                                                : HELD_NOT;
}

static size_t mark_held(struct identities *ids, const struct agent_keys *keys)
{
    size_t held = 0, i, k;

    for (i = 0; i < ids->count; i++) {
        for (k = 0; k < keys->count && ids->list[i].held == HELD_NOT; k++)
            ids->list[i].held = held_by(&ids->list[i], &keys->list[k]);
        held += ids->list[i].held != HELD_NOT;
    }
    return held;
}

static bool is_known(const struct identities *ids, const struct agent_key *key)
{
    size_t i;

    for (i = 0; i < ids->count; i++)
        if (identity_is_blob(&ids->list[i], key->blob, key->len))
            return true;
    return false;
}

/* What the agent knows beyond the files of a key: its certificates. */
static void certify(struct identities *to, const struct identities *files,
                    const struct identity *id, const struct agent_keys *keys)
{
    struct sshcert *cert;
    struct err ignored;
    size_t k;

    for (k = 0; k < keys->count; k++) {
        const struct agent_key *key = &keys->list[k];

        if (!sshcert_is_blob(key->blob, key->len) || is_known(files, key))
            continue;
        cert = sshcert_from_blob(key->blob, key->len, &ignored);
        if (cert != NULL && sshkey_equal_public(cert->key, id->info.public))
            identities_add_certified(to, id, cert, HELD_AS_OFFERED, true);
        else
            sshcert_free(cert);
    }
}

/* Each comes before its key, which is in a file. */
static void add_certificates(struct identities *ids,
                             const struct agent_keys *keys)
{
    struct identities all = { 0 };
    size_t i;

    for (i = 0; i < ids->count; i++) {
        struct identity *id = &ids->list[i];

        if (id->info.public != NULL && id->info.certificate == NULL)
            certify(&all, ids, id, keys);
        identities_append(&all, id);
    }
    mem_free(ids->list);
    ids->list = all.list;
    ids->count = all.count;
}

static struct sshkey *public_in_agent(struct identity *id,
                                      const struct agent_key *key,
                                      struct err *err)
{
    if (!sshcert_is_blob(key->blob, key->len))
        return sshkey_from_blob(key->blob, key->len, err);
    id->info.certificate = sshcert_from_blob(key->blob, key->len, err);
    return id->info.certificate != NULL
               ? identity_certified_key(id->info.certificate)
               : NULL;
}

static bool from_agent(struct identity *id, const struct agent_key *key,
                       struct notes *notes)
{
    struct err err;

    memset(id, 0, sizeof *id);
    id->info.public = public_in_agent(id, key, &err);
    if (id->info.public == NULL || !sshkey_may_login(id->info.public, &err)) {
        identity_clear(id);
        notes_add(notes, NOTE_VERBOSE, "Agent key \"%s\": %s (passed over)",
                  key->comment, err.msg);
        return false;
    }
    id->info.comment = mem_strdup(key->comment);
    id->name = mem_strdup("agent key");
    id->held = HELD_AS_OFFERED;
    identity_describe(id);
    return true;
}

/* Append the files that the agent holds, or those it does not. */
static void move_files(struct identities *to, const struct identities *from,
                       bool held)
{
    size_t i;

    for (i = 0; i < from->count; i++)
        if ((from->list[i].held != HELD_NOT) == held)
            identities_append(to, &from->list[i]);
}

/* Those of the agent's keys that are in no file; the list is the caller's. */
static struct identities others(const struct identities *files,
                                const struct agent_keys *keys,
                                struct notes *notes)
{
    struct identities list = { 0 };
    struct identity id;
    size_t i;

    for (i = 0; i < keys->count; i++)
        if (!is_known(files, &keys->list[i]) &&
            from_agent(&id, &keys->list[i], notes))
            identities_keep_new(&list, &id);
    return list;
}

/* Take an identity out of its list, as long as there may be more. */
static void take(struct identities *ids, struct identity *id)
{
    if (id->name == NULL) /* taken before */
        return;
    if (ids->count < AGENT_KEYS_OFFERED) {
        identities_append(ids, id);
    } else {
        identity_clear(id);
        ids->left_out++;
    }
    memset(id, 0, sizeof *id);
}

/* Append them, each key's certificates before it. */
static void add_from_agent(struct identities *ids, struct identities *from)
{
    struct identity *list = from->list;
    size_t i, k;

    for (i = 0; i < from->count; i++) {
        for (k = i; k < from->count && list[i].name != NULL; k++)
            if (list[k].info.certificate != NULL &&
                sshkey_equal_public(list[k].info.public, list[i].info.public))
                take(ids, &list[k]);
        take(ids, &list[i]);
    }
    mem_free(list);
}

/* Certificates of keys that only the agent has. */
static void add_loose(struct identities *ids, const struct identities *from)
{
    size_t i, k;

    for (i = 0; i < ids->loose_count; i++) {
        struct loose *loose = &ids->loose[i];

        for (k = 0; k < from->count && loose->cert != NULL; k++) {
            if (from->list[k].info.certificate != NULL ||
                !sshkey_equal_public(from->list[k].info.public,
                                     loose->cert->key))
                continue;
            identities_add_certified(ids, &from->list[k], loose->cert,
                                     HELD_AS_KEY, true);
            loose->cert = NULL;
        }
    }
}

static void drop(struct identities *ids)
{
    while (ids->count != 0)
        identity_clear(&ids->list[--ids->count]);
    mem_free(ids->list);
}

void identities_take_agent(struct identities *ids,
                           const struct agent_keys *keys,
                           const struct options *opt, struct notes *notes)
{
    struct identities sorted = { .loose = ids->loose,
                                 .loose_count = ids->loose_count };
    struct identities from;
    size_t held = mark_held(ids, keys);

    if (held != 0)
        notes_add(notes, NOTE_VERBOSE, "It holds %zu of the keys in files.",
                  held);
    add_certificates(ids, keys);
    if (opt->identities != 0)
        return;
    move_files(&sorted, ids, true);
    from = others(ids, keys, notes);
    add_loose(&sorted, &from);
    sorted.agent_barred = opt->identities_only && from.count != 0;
    if (opt->identities_only)
        drop(&from);
    else
        add_from_agent(&sorted, &from);
    move_files(&sorted, ids, false);
    mem_free(ids->list);
    *ids = sorted;
}
