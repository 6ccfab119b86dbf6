/* machines.c - the collection: its life, and what it is asked. */
#include "keys/machines.h"

#include <string.h>
#include "base/mem.h"
#include "base/text.h"
#include "keys/machines-inside.h"

const char machines_nameless[] = "?";

/* ---- life ---- */

struct machines *machines_new(void)
{
    return mem_alloc(sizeof(struct machines));
}

void machine_release(struct machine *m)
{
    for (size_t i = 0; i < m->keys_len; i++)
        mem_free(m->keys[i].blob);
    for (size_t i = 0; i < m->addresses_len; i++)
        mem_free(m->addresses[i].host);
    for (size_t i = 0; i < m->logins_len; i++) {
        mem_free(m->logins[i].user);
        mem_free(m->logins[i].file);
        mem_free(m->logins[i].print);
    }
    mem_free(m->name);
    mem_free(m->server);
    mem_free(m->keys);
    mem_free(m->addresses);
    mem_free(m->logins);
    mem_free(m->others);
}

void machines_free(struct machines *ms)
{
    if (ms == NULL)
        return;
    for (size_t i = 0; i < ms->len; i++)
        machine_release(&ms->all[i]);
    for (size_t i = 0; i < ms->notes_len; i++)
        mem_free(ms->notes[i]);
    mem_free(ms->all);
    mem_free(ms->notes);
    mem_free(ms->others);
    mem_free(ms);
}

struct machine *machines_add(struct machines *ms, char *name)
{
    if (ms->len == ms->cap) {
        ms->cap = ms->cap != 0 ? 2 * ms->cap : 16;
        ms->all = mem_resize(ms->all, ms->cap, sizeof *ms->all);
    }
    ms->all[ms->len] = (struct machine){ .name = name };
    return &ms->all[ms->len++];
}

struct machine_key *machine_add_key(struct machine *m)
{
    m->keys = mem_resize(m->keys, m->keys_len + 1, sizeof *m->keys);
    m->keys[m->keys_len] = (struct machine_key){ 0 };
    return &m->keys[m->keys_len++];
}

struct machine_address *machine_add_address(struct machine *m)
{
    m->addresses =
        mem_resize(m->addresses, m->addresses_len + 1, sizeof *m->addresses);
    m->addresses[m->addresses_len] = (struct machine_address){ 0 };
    return &m->addresses[m->addresses_len++];
}

struct machine_login *machine_add_login(struct machine *m)
{
    m->logins = mem_resize(m->logins, m->logins_len + 1, sizeof *m->logins);
    m->logins[m->logins_len] = (struct machine_login){ 0 };
    return &m->logins[m->logins_len++];
}

/* ---- questions ---- */

const char *machines_note(const struct machines *ms, size_t i)
{
    return i < ms->notes_len ? ms->notes[i] : NULL;
}

size_t machines_count(const struct machines *ms)
{
    return ms->len;
}

const struct machine *machines_get(const struct machines *ms, size_t i)
{
    return &ms->all[i];
}

static const struct machine_key *key_of(const struct machine *m,
                                        const uint8_t *blob, size_t len)
{
    for (size_t i = 0; i < m->keys_len; i++)
        if (m->keys[i].blob_len == len &&
            memcmp(m->keys[i].blob, blob, len) == 0)
            return &m->keys[i];
    return NULL;
}

const struct machine *machines_find_key(const struct machines *ms,
                                        const uint8_t *blob, size_t len,
                                        const struct machine_key **key)
{
    const struct machine *found = NULL;

    *key = NULL;
    for (size_t i = 0; i < ms->len; i++) {
        const struct machine_key *k = key_of(&ms->all[i], blob, len);

        if (k == NULL || (found != NULL && k->state == MACHINE_KEY_RETIRED))
            continue;
        found = &ms->all[i];
        *key = k;
        if (k->state != MACHINE_KEY_RETIRED)
            break;
    }
    return found;
}

static bool in_place(const struct machine *m)
{
    for (size_t i = 0; i < m->keys_len; i++)
        if (m->keys[i].state == MACHINE_KEY)
            return true;
    return false;
}

/* The better of two: m, if it was seen at the port, at the host (NULL: any),
 * not before *last. */
static const struct machine *later(const struct machine *best,
                                   const struct machine *m, const char *host,
                                   unsigned port, int64_t *last)
{
    for (size_t i = 0; i < m->addresses_len; i++) {
        const struct machine_address *a = &m->addresses[i];

        if (a->port != port || a->last < *last ||
            (host != NULL && strcmp(a->host, host) != 0))
            continue;
        best = m;
        *last = a->last;
    }
    return best;
}

const struct machine *machines_named(const struct machines *ms,
                                     const char *name, unsigned port)
{
    const struct machine *found = NULL;
    int64_t last = 0;

    for (size_t i = 0; i < ms->len; i++)
        if (text_same(ms->all[i].name, name) && in_place(&ms->all[i]))
            found = later(found, &ms->all[i], NULL, port, &last);
    return found;
}

const struct machine *machines_at(const struct machines *ms, const char *host,
                                  unsigned port)
{
    const struct machine *found = NULL;
    int64_t last = 0;

    for (size_t i = 0; i < ms->len; i++)
        if (in_place(&ms->all[i]))
            found = later(found, &ms->all[i], host, port, &last);
    return found;
}

int64_t machine_last(const struct machine *m)
{
    int64_t last = 0;

    for (size_t i = 0; i < m->keys_len; i++)
        if (m->keys[i].last > last)
            last = m->keys[i].last;
    return last;
}

unsigned long machine_logins(const struct machine *m)
{
    unsigned long count = 0;

    for (size_t i = 0; i < m->logins_len; i++)
        count += m->logins[i].count;
    return count;
}

const struct machine_address *machine_place(const struct machine *m)
{
    const struct machine_address *best = NULL;

    for (size_t i = 0; i < m->addresses_len; i++)
        if (best == NULL || m->addresses[i].last >= best->last)
            best = &m->addresses[i];
    return best;
}

const struct machine_login *machine_last_login(const struct machine *m)
{
    const struct machine_login *best = NULL;

    for (size_t i = 0; i < m->logins_len; i++)
        if (best == NULL || m->logins[i].last >= best->last)
            best = &m->logins[i];
    return best;
}

/* ---- one machine or several ---- */

static bool is_family(const char *a, const char *b)
{
    return (strchr(a, ':') != NULL) == (strchr(b, ':') != NULL);
}

/* When it was seen there last, as if it had also been seen at host now. */
static int64_t last_at(const struct machine_address *a, const char *host,
                       int64_t now)
{
    return host != NULL && strcmp(a->host, host) == 0 ? now : a->last;
}

bool machine_in_turn(const struct machine *m, const char *host, int64_t now)
{
    for (size_t i = 0; i < m->addresses_len; i++) {
        const struct machine_address *a = &m->addresses[i];

        for (size_t j = 0; j < i; j++) {
            const struct machine_address *b = &m->addresses[j];

            if (is_family(a->host, b->host) && strcmp(a->host, b->host) != 0 &&
                last_at(a, host, now) > b->first &&
                last_at(b, host, now) > a->first)
                return true;
        }
    }
    return false;
}

size_t machine_hosts(const struct machine *m, const char *host)
{
    size_t count = 1, j;

    for (size_t i = 0; i < m->addresses_len; i++) {
        const char *one = m->addresses[i].host;

        if (!is_family(one, host) || strcmp(one, host) == 0)
            continue;
        for (j = 0; j < i && strcmp(m->addresses[j].host, one) != 0; j++)
            ;
        count += j == i;
    }
    return count;
}
