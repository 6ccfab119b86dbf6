/*
 * trust_files.c - known_hosts.  The user's files are touched only when the user
 * (or StrictHostKeyChecking) said so: a new key is one appended line; a
 * replaced one comments the old lines out.
 */
#include "app/trusting.h"

#include <string.h>
#include "app/notes.h"
#include "base/err.h"
#include "base/mem.h"
#include "config/options.h"
#include "sys/file.h"
#include "sys/paths.h"
#include "sys/random.h"

#define KNOWN_HOSTS_MAX (64u * 1024u * 1024u)
#define USER_FILES      "~/.ssh/known_hosts\n~/.ssh/known_hosts2"
#define GLOBAL_FILES    "/etc/ssh/ssh_known_hosts\n/etc/ssh/ssh_known_hosts2"
#define SALT_LEN        20

/* ---- reading ---- */

/* The next path of a list of lines, expanded; NULL at its end. */
static char *next_path(const char **list)
{
    char *word, *path;
    size_t n;

    *list += strspn(*list, "\n");
    n = strcspn(*list, "\n");
    if (n == 0)
        return NULL;
    word = mem_strndup(*list, n);
    *list += n;
    path = paths_expand(word);
    mem_free(word);
    return path;
}

static void read_list(struct trust *t, const char *list)
{
    struct buf text = { 0 };
    struct err err;
    char *path;

    while ((path = next_path(&list)) != NULL) {
        buf_clear(&text);
        if (file_read(path, KNOWN_HOSTS_MAX, &text, &err))
            knownhosts_add(t->known, path, text.data, text.len);
        else if (err.code != ERR_NOT_FOUND)
            notes_add(t->notes, NOTE_NORMAL, "%s", err.msg);
        mem_free(path);
    }
    buf_free(&text);
}

static const char *user_files(const struct options *opt)
{
    return opt->user_known_hosts != NULL ? opt->user_known_hosts : USER_FILES;
}

void trust_read_files(struct trust *t)
{
    const char *list = user_files(t->opt), *note;
    size_t i;

    t->file = next_path(&list);
    if (t->file != NULL && strcmp(t->file, "/dev/null") == 0) {
        mem_free(t->file); /* the usual way to say: remember nothing */
        t->file = NULL;
    }
    read_list(t, user_files(t->opt));
    read_list(t, t->opt->global_known_hosts != NULL ? t->opt->global_known_hosts
                                                    : GLOBAL_FILES);
    for (i = 0; (note = knownhosts_note(t->known, i)) != NULL; i++)
        notes_add(t->notes, NOTE_NORMAL, "%s", note);
}

/* ---- writing ---- */

static bool format_line(const struct trust *t, struct buf *out)
{
    uint8_t salt[SALT_LEN];

    if (t->opt->hash_known_hosts)
        random_fill(salt, sizeof salt);
    return knownhosts_format(out, t->name, t->port, t->sight.blob,
                             t->sight.blob_len,
                             t->opt->hash_known_hosts ? salt : NULL);
}

/* Another client may have asked the same, and been answered first. */
static bool has_key(const void *text, size_t len, const void *context)
{
    const struct trust *t = context;
    struct knownhosts *now = knownhosts_new();
    bool has;

    knownhosts_add(now, t->file, text, len);
    has = knownhosts_check(now, t->name, t->port, t->sight.blob,
                           t->sight.blob_len)
              .verdict == KNOWNHOSTS_MATCH;
    knownhosts_free(now);
    return has;
}

void trust_add_key(struct trust *t, const char *what)
{
    struct buf line = { 0 }, where = { 0 };
    struct err err;
    char *shown;

    if (t->file == NULL)
        return;
    shown = paths_tilde(t->file);
    trust_put_where(t, &where);
    if (what != NULL)
        notes_add(t->notes, NOTE_NORMAL, "%s.", what);
    if (!format_line(t, &line))
        notes_add(t->notes, NOTE_NORMAL,
                  "The key is not remembered: %s cannot stand in known_hosts.",
                  t->name);
    else if (!file_append_line(t->file, line.data, line.len, has_key, t, &err))
        notes_add(t->notes, NOTE_NORMAL, "The key could not be remembered: %s",
                  err.msg);
    else
        t->remembers = true;
    if (t->remembers && what == NULL)
        notes_add(t->notes, NOTE_NORMAL, "%s key of %s remembered in %s.",
                  t->type, buf_str(&where), shown);
    mem_free(shown);
    buf_free(&where);
    buf_free(&line);
}

/* Those of the machine that was here, by whatever name they stand there. */
static size_t retire_keys(const struct machine *m, const struct trust *t,
                          struct buf *text)
{
    size_t lines = 0;

    for (size_t i = 0; i < m->keys_len; i++) {
        const struct machine_key *key = &m->keys[i];
        struct buf edited = { 0 };

        if (key->blob_len == t->sight.blob_len &&
            memcmp(key->blob, t->sight.blob, key->blob_len) == 0)
            continue;
        lines += knownhosts_comment_out_key(&edited, text->data, text->len,
                                            key->blob, key->blob_len);
        buf_free(text);
        *text = edited;
    }
    return lines;
}

struct retiring {
    const struct trust *t;
    const struct machine *rebuilt; /* NULL: none */
    size_t lines;
};

/* A file_edit_text; the last call counts. */
static bool comment_out(struct buf *out, const void *text, size_t len,
                        void *context)
{
    struct retiring *r = context;
    const struct trust *t = r->t;

    r->lines = knownhosts_comment_out(out, text, len, t->name, t->port,
                                      t->sight.blob, t->sight.blob_len);
    if (r->rebuilt != NULL)
        r->lines += retire_keys(r->rebuilt, t, out);
    return r->lines != 0;
}

static void tell_retired(const struct trust *t, const char *path, size_t lines)
{
    struct buf where = { 0 };
    char *shown = paths_tilde(path);

    trust_put_where(t, &where);
    notes_add(t->notes, NOTE_NORMAL,
              lines == 1 ? "The old key of %s is commented out in %s."
                         : "The old keys of %s are commented out in %s.",
              buf_str(&where), shown);
    mem_free(shown);
    buf_free(&where);
}

/* Comment out the old keys in one of the user's files. */
static bool retire_in(const struct trust *t, const char *path,
                      const struct machine *rebuilt, struct err *err)
{
    struct retiring r = { .t = t, .rebuilt = rebuilt };

    if (!file_edit(path, KNOWN_HOSTS_MAX, comment_out, &r, err))
        return err->code == ERR_NOT_FOUND;
    if (r.lines != 0)
        tell_retired(t, path, r.lines);
    return true;
}

bool trust_replace_key(struct trust *t, const struct machine *rebuilt,
                       struct err *err)
{
    const char *list = user_files(t->opt);
    bool ok = true;
    char *path;

    while (ok && (path = next_path(&list)) != NULL) {
        ok = retire_in(t, path, rebuilt, err);
        mem_free(path);
    }
    if (ok)
        trust_add_key(t, NULL);
    return ok;
}
