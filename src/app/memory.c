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
#define VISIT_MIN     60   /* s: of a shorter one the end is no news */

struct memory {
    struct notes *notes;
    struct machines *machines;
    char *path; /* NULL: there is none to read or write */
    /* The last login; host NULL: there was none. */
    uint8_t *blob;
    size_t blob_len;
    char *host;
    unsigned port;
    time_t since;
};

/* What is being written. */
struct change {
    const struct machines_sight *sight;
    enum { SEE, LOG_IN, LEAVE } what;
    enum machines_change how; /* for SEE */
    const char *user;         /* for LOG_IN */
    const struct machines_way *way;
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
    mem_free(m->blob);
    mem_free(m->host);
    machines_free(m->machines);
    mem_free(m->path);
    mem_free(m);
}

const struct machines *memory_machines(const struct memory *m)
{
    return m->machines;
}

const struct machine_login *memory_login(const struct memory *m,
                                         const uint8_t *blob, size_t len)
{
    const struct machine_key *key;
    const struct machine *machine =
        machines_find_key(m->machines, blob, len, &key);
    const struct machine_login *login =
        machine != NULL ? machine_last_login(machine) : NULL;
    struct err err;

    if (login == NULL || !destination_check_user(login->user, &err))
        return NULL;
    return login;
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

static void change_machines(struct machines *ms, const struct change *change)
{
    struct machines_sight sight = *change->sight;

    sight.now = (int64_t)time(NULL);
    switch (change->what) {
    case SEE: machines_see(ms, &sight, change->how); break;
    case LOG_IN:
        machines_logged_in(ms, &sight, change->user, change->way);
        break;
    case LEAVE: machines_leave(ms, &sight); break;
    }
}

static bool write_change(struct memory *m, const struct change *change,
                         struct err *err)
{
    struct buf name = { 0 };
    bool ok = false;
    int lock;

    buf_printf(&name, "%s.lock", m->path);
    lock = file_make_directories(m->path, err)
               ? file_lock(buf_str(&name), LOCK_WAIT, err)
               : -1;
    buf_free(&name);
    if (lock == -1)
        return false;
    if (read_file(m, err)) {
        change_machines(m->machines, change);
        ok = write_file(m, err);
    }
    file_unlock(lock);
    return ok;
}

/* What failed is neither waited for nor told once more. */
static void apply(struct memory *m, const struct change *change)
{
    struct err err;

    if (m->path == NULL || write_change(m, change, &err))
        return;
    notes_add(m->notes, NOTE_NORMAL,
              "What was learnt of this machine is not remembered: %s; "
              "-o RememberMachines=no does not try",
              err.msg);
    mem_free(m->path);
    m->path = NULL;
}

void memory_see(struct memory *m, const struct machines_sight *sight,
                enum machines_change how)
{
    const struct change change = { .sight = sight, .what = SEE, .how = how };

    apply(m, &change);
}

void memory_logged_in(struct memory *m, const struct machines_sight *sight,
                      const char *user, const struct machines_way *way)
{
    const struct change change = {
        .sight = sight, .what = LOG_IN, .user = user, .way = way
    };

    apply(m, &change);
    mem_free(m->blob);
    mem_free(m->host);
    m->blob = mem_dup(sight->blob, sight->blob_len);
    m->blob_len = sight->blob_len;
    m->host = mem_strdup(sight->host);
    m->port = sight->port;
    m->since = time(NULL);
}

void memory_leave(struct memory *m)
{
    const struct machines_sight sight = { .blob = m->blob,
                                          .blob_len = m->blob_len,
                                          .host = m->host,
                                          .port = m->port };
    const struct change change = { .sight = &sight, .what = LEAVE };

    if (m->host != NULL && time(NULL) - m->since >= VISIT_MIN)
        apply(m, &change);
}
