/* machines-change.c - what was met is written into the collection. */
#include "keys/machines.h"

#include <limits.h>
#include <string.h>
#include "base/mem.h"
#include "keys/machines-inside.h"

#define MACHINES_MAX 2000 /* the one met longest ago is forgotten for more */

/* ---- the oldest give way ---- */

static void forget_oldest(struct machines *ms)
{
    size_t oldest = 0;

    for (size_t i = 1; i < ms->len; i++)
        if (machine_last(&ms->all[i]) < machine_last(&ms->all[oldest]))
            oldest = i;
    machine_release(&ms->all[oldest]);
    ms->len--;
    memmove(&ms->all[oldest], &ms->all[oldest + 1],
            (ms->len - oldest) * sizeof *ms->all);
}

/* Retired keys go before those in use. */
static bool is_older(const struct machine_key *a, const struct machine_key *b)
{
    bool retired = a->state == MACHINE_KEY_RETIRED;

    if (retired != (b->state == MACHINE_KEY_RETIRED))
        return retired;
    return a->last < b->last;
}

static struct machine_key *room_for_key(struct machine *m)
{
    struct machine_key *oldest = m->keys;

    if (m->keys_len < MACHINE_LIST_MAX)
        return machine_add_key(m);
    for (size_t i = 1; i < m->keys_len; i++)
        if (is_older(&m->keys[i], oldest))
            oldest = &m->keys[i];
    mem_free(oldest->blob);
    return oldest;
}

static struct machine_address *room_for_address(struct machine *m)
{
    struct machine_address *oldest = m->addresses;

    if (m->addresses_len < MACHINE_LIST_MAX)
        return machine_add_address(m);
    for (size_t i = 1; i < m->addresses_len; i++)
        if (m->addresses[i].last < oldest->last)
            oldest = &m->addresses[i];
    mem_free(oldest->host);
    return oldest;
}

static struct machine_login *room_for_login(struct machine *m)
{
    struct machine_login *oldest = m->logins;

    if (m->logins_len < MACHINE_LIST_MAX)
        return machine_add_login(m);
    for (size_t i = 1; i < m->logins_len; i++)
        if (m->logins[i].last < oldest->last)
            oldest = &m->logins[i];
    mem_free(oldest->user);
    mem_free(oldest->file);
    mem_free(oldest->print);
    return oldest;
}

/* ---- one machine ---- */

static void set_text(char **place, const char *text)
{
    char *copy = text != NULL ? mem_strdup(text) : NULL;

    mem_free(*place);
    *place = copy;
}

/* A name tells more than an address. */
static void choose_name(struct machine *m, const struct machines_sight *s)
{
    bool weak = strcmp(m->name, machines_nameless) == 0;

    for (size_t i = 0; i < m->addresses_len && s->named; i++)
        weak = weak || strcmp(m->name, m->addresses[i].host) == 0;
    if (weak)
        set_text(&m->name, s->name);
}

static struct machine_key *find_key(struct machine *m,
                                    const struct machines_sight *s)
{
    for (size_t i = 0; i < m->keys_len; i++)
        if (m->keys[i].blob_len == s->blob_len &&
            memcmp(m->keys[i].blob, s->blob, s->blob_len) == 0)
            return &m->keys[i];
    return NULL;
}

static struct machine_address *find_address(struct machine *m,
                                            const struct machines_sight *s)
{
    for (size_t i = 0; i < m->addresses_len; i++)
        if (m->addresses[i].port == s->port &&
            strcmp(m->addresses[i].host, s->host) == 0)
            return &m->addresses[i];
    return NULL;
}

static void see_key(struct machine *m, const struct machines_sight *s)
{
    struct machine_key *k = find_key(m, s);

    if (k == NULL) {
        k = room_for_key(m);
        *k = (struct machine_key){ .blob = mem_dup(s->blob, s->blob_len),
                                   .blob_len = s->blob_len,
                                   .first = s->now };
    }
    k->state = MACHINE_KEY;
    k->last = s->now;
}

static void see_address(struct machine *m, const struct machines_sight *s)
{
    struct machine_address *a = find_address(m, s);

    if (a == NULL) {
        a = room_for_address(m);
        *a =
            (struct machine_address){ mem_strdup(s->host), s->port, s->now, 0 };
    }
    a->last = s->now;
}

static void set_keys(struct machine *m, enum machine_key_state from,
                     enum machine_key_state to)
{
    for (size_t i = 0; i < m->keys_len; i++)
        if (m->keys[i].state == from)
            m->keys[i].state = to;
}

/* ---- the changes ---- */

static struct machine *with_key(struct machines *ms, const uint8_t *blob,
                                size_t len)
{
    const struct machine_key *key;
    const struct machine *m =
        blob != NULL ? machines_find_key(ms, blob, len, &key) : NULL;

    return m != NULL ? &ms->all[m - ms->all] : NULL;
}

/* Which machine is it that has this key from now on? */
static struct machine *subject(struct machines *ms,
                               const struct machines_sight *s,
                               enum machines_change change)
{
    struct machine *m = with_key(ms, s->blob, s->blob_len);
    struct machine *old = with_key(ms, s->old, s->old_len);

    if (change == MACHINES_ANOTHER && old != NULL && old != m)
        set_keys(old, MACHINE_KEY, MACHINE_KEY_MOVED);
    if (change == MACHINES_REBUILT && old != NULL) {
        set_keys(old, MACHINE_KEY, MACHINE_KEY_RETIRED);
        set_keys(old, MACHINE_KEY_MOVED, MACHINE_KEY_RETIRED);
    }
    if (m == NULL && change != MACHINES_SEEN && change != MACHINES_ANOTHER)
        m = old;
    if (m != NULL)
        return m;
    if (ms->len >= MACHINES_MAX)
        forget_oldest(ms);
    return machines_add(ms, mem_strdup(s->name));
}

static struct machine *see(struct machines *ms, const struct machines_sight *s,
                           enum machines_change change)
{
    struct machine *m = subject(ms, s, change);

    choose_name(m, s);
    see_key(m, s);
    see_address(m, s);
    set_text(&m->server, s->server);
    return m;
}

void machines_see(struct machines *ms, const struct machines_sight *s,
                  enum machines_change change)
{
    see(ms, s, change);
}

void machines_logged_in(struct machines *ms, const struct machines_sight *s,
                        const char *user, const struct machines_way *way)
{
    struct machine *m =
        see(ms, s, s->old != NULL ? MACHINES_ALSO : MACHINES_SEEN);
    struct machine_login *l = NULL;

    for (size_t i = 0; i < m->logins_len && l == NULL; i++)
        if (strcmp(m->logins[i].user, user) == 0)
            l = &m->logins[i];
    if (l == NULL) {
        l = room_for_login(m);
        *l = (struct machine_login){ .user = mem_strdup(user) };
    }
    l->count += l->count < UINT_MAX;
    l->last = s->now;
    set_text(&l->file, way->file);
    set_text(&l->print, way->file != NULL ? way->print : NULL);
    l->certified = l->print != NULL && way->certified;
}

void machines_leave(struct machines *ms, const struct machines_sight *s)
{
    struct machine *m = with_key(ms, s->blob, s->blob_len);
    struct machine_address *a = m != NULL ? find_address(m, s) : NULL;

    if (a == NULL)
        return;
    a->last = s->now;
    find_key(m, s)->last = s->now;
}
