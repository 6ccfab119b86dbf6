/* fixture.h - a home with a known_hosts and a memory of machines, for tests of
 * what is known of a server; and the verdict on that server's key. */
#ifndef TESTS_APP_FIXTURE_H
#define TESTS_APP_FIXTURE_H

#include "app/trust.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "app/memory.h"
#include "app/notes.h"
#include "base/base64.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "config/options.h"
#include "sys/file.h"
#include "../tap.h"
#include "files.h"
#include "host-keys.h"

struct fixture {
    char dir[64], known[128], machines[128]; /* paths */
    struct options opt;
    struct notes notes;
    struct buf blob;       /* the key that the server shows */
    struct memory *memory; /* NULL before begin() */
    struct trust *trust;   /* NULL before judge() */
    struct err err;
};

/* Nothing is read yet: the files and options can still be set. */
static inline void set_up(struct fixture *f, const char *key)
{
    memset(f, 0, sizeof *f);
    strcpy(f->dir, "/tmp/vmconnect-test-XXXXXX");
    if (mkdtemp(f->dir) == NULL)
        abort();
    snprintf(f->known, sizeof f->known, "%s/known_hosts", f->dir);
    snprintf(f->machines, sizeof f->machines, "%s/vmconnect/machines", f->dir);
    setenv("HOME", f->dir, 1);
    setenv("XDG_STATE_HOME", f->dir, 1);
    options_init(&f->opt);
    f->opt.user_known_hosts = mem_strdup(f->known);
    f->opt.global_known_hosts = mem_strdup("/nonexistent");
    notes_init(&f->notes, NOTE_NORMAL);
    base64_decode(&f->blob, key, strlen(key));
}

static inline void write_file(const char *path, const char *text)
{
    struct err err;

    if (!file_make_directories(path, &err) ||
        !file_replace(path, text, strlen(text), &err))
        abort();
}

static inline void begin(struct fixture *f)
{
    f->memory = memory_new(&f->opt, &f->notes);
}

/* A server at address shows the key, and calls itself ident. */
static inline enum trust_verdict judge(struct fixture *f, const char *address,
                                       const char *ident, bool can_ask)
{
    struct trust_server server = { .blob = f->blob.data,
                                   .blob_len = f->blob.len,
                                   .address = address,
                                   .ident = ident };

    err_clear(&f->err);
    trust_free(f->trust);
    f->trust = trust_new(&f->opt, NULL, f->memory, &f->notes);
    return trust_judge(f->trust, &server, can_ask, &f->err);
}

static inline void tear_down(struct fixture *f)
{
    trust_free(f->trust);
    memory_free(f->memory);
    options_free(&f->opt);
    notes_free(&f->notes);
    buf_free(&f->blob);
    unlink(f->known);
    unlink(f->machines);
    strcat(f->machines, ".lock");
    unlink(f->machines);
    *strrchr(f->machines, '/') = '\0';
    rmdir(f->machines);
    ok(rmdir(f->dir) == 0, "  and nothing else is left");
}

#endif
