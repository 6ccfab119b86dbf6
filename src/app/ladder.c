#include "app/ladder.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "app/json.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"

/* clang-format off */
static const struct {
    const char *name, *member; /* for people, in JSON */
} names[RUNGS] = {
    [RUNG_NAME]       = { "name",         "name" },
    [RUNG_TCP]        = { "TCP",          "tcp" },
    [RUNG_IDENT]      = { "what answers", "server" },
    [RUNG_KEX]        = { "key exchange", "key_exchange" },
    [RUNG_HOST_KEY]   = { "host key",     "host_key" },
    [RUNG_METHODS]    = { "ways to log in", "methods" },
    [RUNG_KEYS]       = { "your keys",    "keys" },
    [RUNG_LOGIN]      = { "login",        "login" },
    [RUNG_PTY]        = { "terminal",     "pty" },
    [RUNG_SHELL]      = { "shell",        "shell" },
    [RUNG_CLOUD_INIT] = { "cloud-init",   "cloud_init" },
};

static const struct {
    const char *mark, *member;
} states[] = {
    [RUNG_OPEN]   = { "-",      "not reached" },
    [RUNG_GOOD]   = { "ok",     "ok" },
    [RUNG_NOTED]  = { "look",   "noted" },
    [RUNG_BROKEN] = { "BROKEN", "broken" },
};
/* clang-format on */

/* ---- keeping ---- */

static void forget_key(struct ladder_key *key)
{
    mem_free(key->name);
    mem_free(key->description);
    mem_free(key->user);
}

static void forget(struct ladder *l)
{
    unsigned i;

    for (i = 0; i < RUNGS; i++)
        mem_free(l->rung[i].text);
    while (l->keys_len != 0)
        forget_key(&l->keys[--l->keys_len]);
    mem_free(l->keys);
}

void ladder_begin(struct ladder *l, uint64_t now)
{
    forget(l);
    *l = (struct ladder){ .since = now };
}

void ladder_free(struct ladder *l)
{
    ladder_begin(l, 0);
}

void ladder_decide(struct ladder *l, enum rung rung, enum rung_state state,
                   uint64_t now, const char *fmt, ...)
{
    struct ladder_rung *r = &l->rung[rung];
    char text[1024];
    va_list ap;

    if (r->state != RUNG_OPEN)
        return;
    va_start(ap, fmt);
    (void)vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    *r = (struct ladder_rung){
        .state = state,
        .ms = now > l->since ? now - l->since : 0,
        .text = text_cleaned(text),
    };
    l->since = now;
}

enum rung ladder_next(const struct ladder *l)
{
    unsigned i = 0;

    while (i < RUNGS && l->rung[i].state != RUNG_OPEN)
        i++;
    return (enum rung)i;
}

const char *ladder_name(enum rung rung)
{
    return names[rung].name;
}

void ladder_exclude(struct ladder *l, uint64_t ms)
{
    l->since += ms;
}

static struct ladder_key *find_key(struct ladder *l,
                                   const struct ladder_key *key)
{
    size_t i;

    for (i = 0; i < l->keys_len; i++)
        if (strcmp(l->keys[i].name, key->name) == 0 &&
            strcmp(l->keys[i].description, key->description) == 0 &&
            strcmp(l->keys[i].user, key->user) == 0)
            return &l->keys[i];
    return NULL;
}

void ladder_note_key(struct ladder *l, const struct ladder_key *key)
{
    struct ladder_key *same = find_key(l, key);

    if (same != NULL) {
        forget_key(same);
        *same = *key;
        return;
    }
    l->keys = mem_resize(l->keys, l->keys_len + 1, sizeof *l->keys);
    l->keys[l->keys_len++] = *key;
}

/* ---- showing ---- */

static void put_keys(const struct ladder *l, struct buf *out)
{
    size_t i;

    for (i = 0; i < l->keys_len; i++) {
        const struct ladder_key *key = &l->keys[i];

        buf_printf(out, "          %s%s: %s for %s\n", key->name,
                   key->by_agent ? " (in the SSH agent)" : "", key->answer,
                   key->user);
        if (key->description[0] != '\0')
            buf_printf(out, "            %s\n", key->description);
    }
}

void ladder_put_rung(const struct ladder *l, enum rung rung, struct buf *out)
{
    const struct ladder_rung *r = &l->rung[rung];

    buf_printf(out, "  %-6s  %s", states[r->state].mark, names[rung].name);
    if (r->state != RUNG_BROKEN)
        buf_printf(out, ": %s", r->text);
    buf_printf(out, " (%llu ms)\n", (unsigned long long)r->ms);
    if (rung == RUNG_KEYS)
        put_keys(l, out);
}

void ladder_put_open(const struct ladder *l, struct buf *out)
{
    const char *before = "  -       not reached: ";
    unsigned i;

    for (i = 0; i < RUNGS; i++) {
        if (l->rung[i].state != RUNG_OPEN)
            continue;
        buf_printf(out, "%s%s", before, names[i].name);
        before = ", ";
    }
    if (before[0] == ',')
        buf_put_byte(out, '\n');
}

static void put_member(struct buf *out, const char *before, const char *name,
                       const char *value)
{
    buf_printf(out, "%s\"%s\": ", before, name);
    json_put_string(out, value);
}

void ladder_put_json(const struct ladder *l, struct buf *out)
{
    size_t i;

    buf_put_str(out, "\"rungs\": [");
    for (i = 0; i < RUNGS; i++) {
        const struct ladder_rung *r = &l->rung[i];

        put_member(out, i != 0 ? ",\n  {" : "\n  {", "name", names[i].member);
        put_member(out, ", ", "state", states[r->state].member);
        put_member(out, ", ", "text", r->text);
        if (r->state != RUNG_OPEN)
            buf_printf(out, ", \"ms\": %llu", (unsigned long long)r->ms);
        buf_put_str(out, "}");
    }
    buf_put_str(out, "],\n\"keys\": [");
    for (i = 0; i < l->keys_len; i++) {
        const struct ladder_key *key = &l->keys[i];

        put_member(out, i != 0 ? ",\n  {" : "\n  {", "name", key->name);
        put_member(out, ", ", "key", key->description);
        put_member(out, ", ", "user", key->user);
        put_member(out, ", ", "answer", key->answer);
        buf_printf(out, ", \"agent\": %s}", key->by_agent ? "true" : "false");
    }
    buf_put_str(out, "]");
}
