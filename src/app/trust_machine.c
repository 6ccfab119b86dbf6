/*
 * trust_machine.c - which machine is it?  Memory tells whose a key is and who
 * was seen where; known_hosts alone says what is trusted.
 */
#include "app/trusting.h"

#include <assert.h>
#include <string.h>
#include <time.h>
#include "app/greeting.h"
#include "app/memory.h"
#include "app/moment.h"
#include "app/notes.h"
#include "base/mem.h"
#include "base/text.h"

#define SHARED_HOSTS 4   /* so many addresses of one machine are odd */
#define SOON         180 /* seconds in which hardly anything is rebuilt */
#define LISTED_MAX   6   /* of them are told one by one */
#define SSH_PORT     22

static int64_t now(void)
{
    return (int64_t)time(NULL);
}

/* ---- who it is ---- */

static const struct machine *with_key(const struct trust *t,
                                      const uint8_t *blob, size_t len)
{
    const struct machine_key *key;

    return machines_find_key(memory_machines(t->memory), blob, len, &key);
}

/* The machine that was seen here last, as the user calls this place. */
static const struct machine *at_place(const struct trust *t)
{
    const struct machines_sight *s = &t->sight;
    const struct machines *ms = memory_machines(t->memory);

    return s->named ? machines_named(ms, s->name, s->port)
                    : machines_at(ms, s->host, s->port);
}

static bool is_of_type(const struct machine_key *key, const char *type)
{
    char one[TRUST_TYPE_SIZE];

    sshkey_blob_type(key->blob, key->blob_len, one, sizeof one);
    return strcmp(one, type) == 0;
}

/* It has such a key, in its place. */
static bool has_type(const struct machine *m, const char *type)
{
    for (size_t i = 0; i < m->keys_len; i++)
        if (m->keys[i].state == MACHINE_KEY && is_of_type(&m->keys[i], type))
            return true;
    return false;
}

static bool was_here(const struct trust *t, const struct machine *m)
{
    for (size_t i = 0; i < m->addresses_len; i++)
        if (m->addresses[i].port == t->sight.port &&
            strcmp(m->addresses[i].host, t->sight.host) == 0)
            return true;
    return false;
}

/* It was at this address, and identified itself as this server does. */
static bool is_alike(const struct trust *t, const struct machine *m)
{
    return m->server != NULL && strcmp(m->server, t->sight.server) == 0 &&
           was_here(t, m);
}

static bool is_known_here(const struct trust *t, const struct machine_key *key)
{
    return key->state == MACHINE_KEY &&
           knownhosts_check(t->known, t->name, t->port, key->blob,
                            key->blob_len)
                   .verdict == KNOWNHOSTS_MATCH;
}

/*
 * Known_hosts has this key, memory has not (ssh wrote it, or it is of another
 * type).  It is the machine's that was here, if that one's key is still known
 * here too, or if it has none of this type and is alike in all else.
 */
static const struct machine *same_machine(const struct trust *t)
{
    const struct machine *m = t->whose == NULL ? at_place(t) : NULL;

    for (size_t i = 0; m != NULL && i < m->keys_len; i++)
        if (is_known_here(t, &m->keys[i]))
            return m;
    return m != NULL && !has_type(m, t->type) && is_alike(t, m) ? m : NULL;
}

/* Two records of one machine, whose keys were met one by one? */
static bool are_one(const struct trust *t, const struct machine *a,
                    const struct machine *b)
{
    return text_same(a->name, b->name) && a->server != NULL &&
           b->server != NULL && strcmp(a->server, b->server) == 0 &&
           was_here(t, a) && was_here(t, b);
}

/* The machine that was here; that record of it which has a key of this type. */
static const struct machine *record_at_place(const struct trust *t)
{
    const struct machines *ms = memory_machines(t->memory);
    const struct machine *place = at_place(t), *found = place, *m;
    size_t n = machines_count(ms);

    if (place == NULL || has_type(place, t->type))
        return place;
    for (size_t i = 0; i < n; i++) {
        m = machines_get(ms, i);
        if (has_type(m, t->type) && are_one(t, place, m) &&
            (found == place || machine_last(m) > machine_last(found)))
            found = m;
    }
    return found;
}

static const struct machine *who_was_here(const struct trust *t)
{
    switch (t->result.verdict) {
    case KNOWNHOSTS_MATCH: return same_machine(t);
    case KNOWNHOSTS_UNKNOWN: return record_at_place(t);
    case KNOWNHOSTS_REVOKED: return NULL;
    case KNOWNHOSTS_OTHER_TYPE:
    case KNOWNHOSTS_CHANGED: break;
    }
    return with_key(t, t->result.line.blob, t->result.line.blob_len);
}

/* The key that it showed last, of those that are in their place; of this type,
 * if it has one. */
static const struct machine_key *last_key(const struct machine *m,
                                          const char *type)
{
    bool typed = has_type(m, type);
    const struct machine_key *best = NULL;

    for (size_t i = 0; i < m->keys_len; i++)
        if (m->keys[i].state == MACHINE_KEY &&
            (!typed || is_of_type(&m->keys[i], type)) &&
            (best == NULL || m->keys[i].last > best->last))
            best = &m->keys[i];
    assert(best != NULL); /* at_place() asked for one */
    return best;
}

/* The known key that this one is compared with. */
static void keep_old_key(struct trust *t)
{
    const struct knownhosts_line *line = &t->result.line;
    struct machines_sight *s = &t->sight;
    const struct machine_key *key;

    if (t->result.verdict == KNOWNHOSTS_CHANGED ||
        t->result.verdict == KNOWNHOSTS_OTHER_TYPE) {
        s->old = line->blob;
        s->old_len = line->blob_len;
    } else if (t->before != NULL) {
        key = last_key(t->before, t->type);
        t->old = mem_dup(key->blob, key->blob_len);
        s->old = t->old;
        s->old_len = key->blob_len;
    }
}

void trust_recall_types(struct trust *t)
{
    const struct machine *m = at_place(t);
    size_t n = t->types_len;

    for (size_t i = 0; m != NULL && i < m->keys_len && n < TRUST_TYPES_MAX;
         i++) {
        if (m->keys[i].state != MACHINE_KEY)
            continue;
        sshkey_blob_type(m->keys[i].blob, m->keys[i].blob_len, t->remembered[n],
                         sizeof t->remembered[n]);
        t->types[n] = t->remembered[n];
        n++;
    }
    t->types_len = n;
}

void trust_recall(struct trust *t)
{
    t->whose = machines_find_key(memory_machines(t->memory), t->sight.blob,
                                 t->sight.blob_len, &t->whose_key);
    t->before = who_was_here(t);
    if (t->before == t->whose)
        t->before = NULL;
    t->changed = t->result.verdict == KNOWNHOSTS_CHANGED ||
                 (t->result.verdict == KNOWNHOSTS_UNKNOWN &&
                  t->before != NULL && has_type(t->before, t->type));
    keep_old_key(t);
}

bool trust_is_new_type(const struct trust *t)
{
    return t->result.verdict == KNOWNHOSTS_OTHER_TYPE ||
           (t->before != NULL && !t->changed);
}

bool trust_is_one_more(const struct trust *t)
{
    return t->result.verdict == KNOWNHOSTS_OTHER_TYPE ||
           (trust_is_new_type(t) && is_alike(t, t->before));
}

/* ---- the same one elsewhere ---- */

/* Several machines may have this key. */
static bool is_shared(const struct trust *t)
{
    const char *host = t->sight.host;

    return t->whose != NULL && (machine_in_turn(t->whose, host, now()) ||
                                machine_hosts(t->whose, host) >= SHARED_HOSTS);
}

/*
 * The key must still be trusted: known_hosts has it under some name, unless it
 * was we who took that line out because another machine got the address.  And
 * the user must have asked for an address, or for this machine: for another
 * name a known machine is a surprise.
 */
bool trust_is_moved(const struct trust *t)
{
    const struct machines_sight *s = &t->sight;
    struct knownhosts_line line;

    return t->whose != NULL && t->before == NULL &&
           t->result.verdict == KNOWNHOSTS_UNKNOWN &&
           t->whose_key->state != MACHINE_KEY_RETIRED &&
           (t->whose_key->state == MACHINE_KEY_MOVED ||
            knownhosts_find_key(t->known, s->blob, s->blob_len, 0, &line)) &&
           !knownhosts_revokes(t->known, s->blob, s->blob_len) &&
           (!s->named || text_same(s->name, t->whose->name)) && !is_shared(t);
}

void trust_learn(struct trust *t, enum machines_change change)
{
    memory_see(t->memory, &t->sight, change);
    t->sight.old = NULL; /* it has been looked at */
    t->whose = t->before = NULL;
    t->whose_key = NULL;
}

void trust_note_turn(const struct trust *t)
{
    const struct machine *m = t->whose;

    if (m == NULL || machine_in_turn(m, NULL, 0) ||
        !machine_in_turn(m, t->sight.host, now()))
        return;
    notes_add(t->notes, NOTE_NORMAL,
              "%s answers at several addresses in turn; if these are several "
              "machines, they share the host keys of one image: see MACHINES "
              "in vmconnect(1).",
              m->name);
}

/* ---- sentences ---- */

/* "Ubuntu 24.04, last seen yesterday, 41 logins" */
static void put_facts(const struct trust *t, const struct machine *m,
                      struct buf *out)
{
    unsigned long logins = machine_logins(m);

    if (m->server != NULL) {
        greeting_put_system(out, m->server);
        buf_put_str(out, ", ");
    }
    buf_put_str(out, "last seen ");
    moment_put(out, machine_last(m), t->sight.now);
    if (logins == 0)
        buf_put_str(out, ", no login");
    else
        buf_printf(out, ", %lu login%s", logins, logins == 1 ? "" : "s");
}

static void put_address(struct buf *out, const char *host, unsigned port)
{
    buf_put_str(out, host);
    if (port != SSH_PORT)
        buf_printf(out, " port %u", port);
}

static bool is_address(const struct machine *m, const char *name)
{
    for (size_t i = 0; i < m->addresses_len; i++)
        if (strcmp(m->addresses[i].host, name) == 0)
            return true;
    return false;
}

void trust_put_move(const struct trust *t, struct buf *out)
{
    const struct machine_address *old = machine_place(t->whose);
    bool named = !is_address(t->whose, t->whose->name);

    if (old != NULL && old->port == t->sight.port &&
        strcmp(old->host, t->sight.host) == 0) {
        buf_put_str(out, "This is the machine that was here before");
        return;
    }
    if (named || old == NULL)
        buf_printf(out, "This is %s", t->whose->name);
    if (old == NULL)
        return;
    buf_put_str(out, named ? "; its address changed from "
                           : "This is the machine that was at ");
    put_address(out, old->host, old->port);
    buf_put_str(out, named ? " to " : "; it is now at ");
    put_address(out, t->sight.host, t->sight.port);
}

static void put_addresses(struct buf *out, const struct machine *m)
{
    if (m->addresses_len > LISTED_MAX) {
        buf_printf(out, "%zu addresses", m->addresses_len);
        return;
    }
    for (size_t i = 0; i < m->addresses_len; i++) {
        buf_put_str(out, i == 0                      ? ""
                         : i + 1 == m->addresses_len ? " and "
                                                     : ", ");
        put_address(out, m->addresses[i].host, m->addresses[i].port);
    }
}

void trust_put_whose(const struct trust *t, struct buf *out)
{
    const struct machine *m = t->whose;

    if (m == NULL)
        return;
    if (t->whose_key->state == MACHINE_KEY_RETIRED) {
        buf_printf(out,
                   "It is the key that %s had before it was rebuilt: a copy of "
                   "that machine answers, or somebody who has its disk.\n",
                   m->name);
        return;
    }
    buf_printf(out, "You know this same key: it is that of %s (", m->name);
    put_facts(t, m, out);
    buf_put_str(out, ").\n");
    if (!is_shared(t))
        return;
    buf_put_str(out, "It was seen at ");
    put_addresses(out, m);
    buf_put_str(out, ". If these are several machines, they were made from "
                     "one image with its host keys in it: then each of them, "
                     "and whoever has that image, can pose as the others.\n");
}

bool trust_is_sudden(const struct trust *t)
{
    const struct machine *m = t->before;
    int64_t gone = m != NULL ? t->sight.now - machine_last(m) : -1;

    return gone >= 0 && gone < SOON && m->server != NULL &&
           strcmp(m->server, t->sight.server) == 0;
}

bool trust_is_suspect(const struct trust *t)
{
    return trust_is_sudden(t) && t->shown != CONSOLE_MATCH;
}

void trust_put_before(const struct trust *t, struct buf *out)
{
    const struct machine *m = t->before;

    trust_put_where(t, out);
    if (text_same(m->name, t->name))
        buf_put_str(out, " is a machine that you know (");
    else
        buf_printf(out, " was %s (", m->name);
    put_facts(t, m, out);
    buf_put_str(out, trust_is_sudden(t) ? "). What answers now: "
                                        : "). Another machine answers now: ");
    greeting_put_system(out, t->sight.server);
    buf_put_str(out, t->whose == NULL ? ", new keys.\n" : ".\n");
    trust_put_whose(t, out);
    if (trust_is_sudden(t))
        buf_put_str(out, "It identifies itself in the same way.\n");
}
