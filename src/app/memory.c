/*
 * memory.c - the file of machines.  Whoever writes it holds a lock beside it
 * while it is read again, changed and replaced, so that nothing of another
 * program's is lost.
 */
#include "app/memory.h"

#include <stdbool.h>
#include <string.h>
#include <time.h>
#include "app/notes.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "config/destination.h"
#include "config/options.h"
#include "sys/file.h"
#include "sys/paths.h"

#define FILE_SIZE_MAX (4u * 1024u * 1024u)
#define LOCK_WAIT     1000 /* ms */

struct memory {
    struct notes *notes;
    struct machines *machines;
    char *path; /* NULL: there is none to read or write */
};

/* What is being written. */
struct change {
    const struct machines_sight *sight;
    enum machines_change how;
    const char *user, *file; /* of a login; or NULL */
};

static bool is_wanted(const struct options *opt)
{
    const char *first = opt->user_known_hosts;
    size_t n = first != NULL ? strcspn(first, "\n") : 0;

    return opt->remember_machines &&
           !(n == strlen("/dev/null") && memcmp(first, "/dev/null", n) == 0);
}

/* False: there is a file, but it cannot be read. */
static bool read_file(struct memory *m, struct err *err)
{
    struct buf text = { 0 };
    bool ok = file_read(m->path, FILE_SIZE_MAX, &text, err) ||
              err->code == ERR_NOT_FOUND;

    machines_free(m->machines);
    m->machines = machines_new();
    machines_parse(m->machines, text.data, text.len);
    buf_free(&text);
    return ok;
}

struct memory *memory_new(const struct options *opt, struct notes *notes)
{
    struct memory *m = mem_alloc(sizeof *m);
    const char *note;
    struct err err;

    m->notes = notes;
    if (!is_wanted(opt)) {
        m->machines = machines_new();
        return m;
    }
    m->path = paths_state("machines");
    if (!read_file(m, &err)) {
        notes_add(notes, NOTE_NORMAL, "%s", err.msg);
        mem_free(m->path); /* what it has shall not be lost */
        m->path = NULL;
    }
    for (size_t i = 0; (note = machines_note(m->machines, i)) != NULL; i++)
        notes_add(notes, NOTE_NORMAL, "%s:%s", m->path, note);
    return m;
}

void memory_free(struct memory *m)
{
    if (m == NULL)
        return;
    machines_free(m->machines);
    mem_free(m->path);
    mem_free(m);
}

const struct machines *memory_machines(const struct memory *m)
{
    return m->machines;
}

const char *memory_user(const struct memory *m, const uint8_t *blob, size_t len)
{
    const struct machine_key *key;
    const struct machine *machine =
        machines_find_key(m->machines, blob, len, &key);
    const struct machine_login *login =
        machine != NULL ? machine_last_login(machine) : NULL;
    struct err err;

    if (login == NULL || !destination_check_user(login->user, &err))
        return NULL;
    return login->user;
}

static bool write_file(const struct memory *m, struct err *err)
{
    struct buf text = { 0 };
    struct file_draft *draft = NULL;
    bool ok = false;

    machines_format(m->machines, &text);
    if (text.len > FILE_SIZE_MAX)
        err_set(err, ERR_LIMIT, "%s: is full", m->path);
    else
        draft = file_draft(m->path, 0600, text.data, text.len, err);
    if (draft != NULL)
        ok = file_draft_place(draft, true, err);
    file_draft_free(draft);
    buf_free(&text);
    return ok;
}

static bool write_change(struct memory *m, const struct change *change,
                         struct err *err)
{
    struct machines_sight sight = *change->sight;
    struct buf name = { 0 };
    bool ok = false;
    int lock;

    sight.now = (int64_t)time(NULL);
    buf_printf(&name, "%s.lock", m->path);
    lock = file_make_directories(m->path, err)
               ? file_lock(buf_str(&name), LOCK_WAIT, err)
               : -1;
    buf_free(&name);
    if (lock == -1)
        return false;
    if (read_file(m, err)) {
        if (change->user != NULL)
            machines_logged_in(m->machines, &sight, change->user, change->file);
        else
            machines_see(m->machines, &sight, change->how);
        ok = write_file(m, err);
    }
    file_unlock(lock);
    return ok;
}

static void apply(struct memory *m, const struct change *change)
{
    struct err err;

    if (m->path != NULL && !write_change(m, change, &err))
        notes_add(m->notes, NOTE_NORMAL,
                  "What was learnt of this machine is not remembered: %s",
                  err.msg);
}

void memory_see(struct memory *m, const struct machines_sight *sight,
                enum machines_change how)
{
    const struct change change = { .sight = sight, .how = how };

    apply(m, &change);
}

void memory_logged_in(struct memory *m, const struct machines_sight *sight,
                      const char *user, const char *file)
{
    const struct change change = { .sight = sight, .user = user, .file = file };

    apply(m, &change);
}
