#include "app/keyadd.h"

#include "app/identity.h"
#include "app/keyholder.h"
#include "app/notes.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "config/options.h"
#include "keys/agent-msg.h"
#include "sys/paths.h"

struct keyadd {
    struct keyholder *holder;
    char *name; /* of the key */
    char *path;
    struct agent_limits limits;
    bool begun;
};

struct keyadd *keyadd_new(struct keyholder *holder, const struct identity *id,
                          const char *path)
{
    struct keyadd *k = mem_alloc(sizeof *k);

    k->holder = holder;
    k->name = mem_strdup(identity_name(id));
    k->path = mem_strdup(path);
    return k;
}

void keyadd_free(struct keyadd *k)
{
    if (k == NULL)
        return;
    keyholder_free(k->holder);
    mem_free(k->name);
    mem_free(k->path);
    mem_free(k);
}

struct keyholder *keyadd_give_back(struct keyadd *k)
{
    struct keyholder *holder = k->holder;

    k->holder = NULL;
    keyadd_free(k);
    return holder;
}

void keyadd_begin(struct keyadd *k, const struct options *opt)
{
    k->begun = true;
    k->limits.lifetime = opt->add_lifetime;
    k->limits.confirm = opt->add_keys == ADD_KEYS_CONFIRM;
    keyholder_add(k->holder, k->path, &k->limits);
}

bool keyadd_begun(const struct keyadd *k)
{
    return k->begun;
}

void keyadd_watch(const struct keyadd *k, struct pollset *set)
{
    keyholder_watch(k->holder, set);
}

uint64_t keyadd_wake(const struct keyadd *k)
{
    return keyholder_wake(k->holder);
}

static void note_kept(const struct keyadd *k, struct notes *notes)
{
    struct buf how = { 0 };

    if (k->limits.lifetime != 0)
        buf_printf(&how, " for %u s", (unsigned)k->limits.lifetime);
    if (k->limits.confirm)
        buf_put_str(&how, ", which will ask before each use");
    notes_add(notes, NOTE_NORMAL, "The SSH agent keeps %s now%s.", k->name,
              buf_str(&how));
    buf_free(&how);
}

static void note_refused(const struct keyadd *k, const struct err *err,
                         struct notes *notes)
{
    char *agent = paths_tilde(k->path);

    notes_add(notes, NOTE_NORMAL, "The SSH agent at %s did not take %s: %s.",
              agent, k->name, err->msg);
    mem_free(agent);
}

bool keyadd_step(struct keyadd *k, struct notes *notes)
{
    struct err err;

    switch (keyholder_added(k->holder, &err)) {
    case KEYHOLDER_WAIT: return false;
    case KEYHOLDER_DONE: note_kept(k, notes); break;
    case KEYHOLDER_FAILED: note_refused(k, &err, notes); break;
    }
    return true;
}
