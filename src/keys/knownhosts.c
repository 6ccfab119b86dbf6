/*
 * knownhosts.c - OpenSSH's known_hosts, judged.
 *
 * Each file is copied once and cut into strings in place: names are folded to
 * lower case and end in NUL, blobs are decoded into one buffer.  Lines are kept
 * in the order of the files.
 */
#include "keys/knownhosts.h"

#include <string.h>
#include "base/buf.h"
#include "base/mem.h"
#include "base/wire.h"
#include "keys/knownhosts-line.h"

#define SSH_PORT  22
#define NOTES_MAX 10

struct file {
    char *path, *text;
};

struct entry {
    size_t file; /* index */
    size_t number;
    size_t blob_at, blob_len; /* in blobs */
    struct knownhosts_parsed line;
};

struct knownhosts {
    struct file *files;
    size_t files_len;
    struct entry *entries;
    size_t entries_len, entries_cap;
    char **notes;
    size_t notes_len;
    struct buf blobs;
};

struct knownhosts *knownhosts_new(void)
{
    return mem_alloc(sizeof(struct knownhosts));
}

void knownhosts_free(struct knownhosts *kh)
{
    if (kh == NULL)
        return;
    for (size_t i = 0; i < kh->files_len; i++) {
        mem_free(kh->files[i].path);
        mem_free(kh->files[i].text);
    }
    for (size_t i = 0; i < kh->notes_len; i++)
        mem_free(kh->notes[i]);
    mem_free(kh->files);
    mem_free(kh->entries);
    mem_free(kh->notes);
    buf_free(&kh->blobs);
    mem_free(kh);
}

static void add_note(struct knownhosts *kh, const char *path, size_t number,
                     const char *reason)
{
    struct buf note = { 0 };

    if (kh->notes_len == NOTES_MAX)
        return;
    buf_printf(&note, "%s:%zu: %s", path, number, reason);
    if (kh->notes_len + 1 == NOTES_MAX)
        buf_put_str(&note, "; further lines like this are not told");
    kh->notes = mem_resize(kh->notes, kh->notes_len + 1, sizeof *kh->notes);
    kh->notes[kh->notes_len++] = buf_take_str(&note);
}

static struct entry *add_entry(struct knownhosts *kh)
{
    if (kh->entries_len == kh->entries_cap) {
        kh->entries_cap = kh->entries_cap != 0 ? 2 * kh->entries_cap : 16;
        kh->entries =
            mem_resize(kh->entries, kh->entries_cap, sizeof *kh->entries);
    }
    return &kh->entries[kh->entries_len++];
}

static void add_line(struct knownhosts *kh, size_t number, char *line,
                     size_t len)
{
    const char *path = kh->files[kh->files_len - 1].path;
    struct knownhosts_parsed parsed;
    const char *bad = NULL;
    size_t blob_at = kh->blobs.len;
    struct entry *e;

    if (!knownhosts_parse(line, len, &parsed, &kh->blobs, &bad)) {
        if (bad != NULL)
            add_note(kh, path, number, bad);
        return;
    }
    e = add_entry(kh);
    e->file = kh->files_len - 1;
    e->number = number;
    e->blob_at = blob_at;
    e->blob_len = kh->blobs.len - blob_at;
    e->line = parsed;
}

void knownhosts_add(struct knownhosts *kh, const char *path, const void *text,
                    size_t len)
{
    struct file *f;
    size_t n;

    kh->files = mem_resize(kh->files, kh->files_len + 1, sizeof *kh->files);
    f = &kh->files[kh->files_len++];
    f->path = mem_strdup(path);
    f->text = mem_alloc(len + 1);
    if (len != 0)
        memcpy(f->text, text, len);
    for (size_t at = 0, number = 1; at < len; at += n, number++) {
        n = knownhosts_line_length(f->text + at, len - at);
        add_line(kh, number, f->text + at, n);
    }
}

const char *knownhosts_note(const struct knownhosts *kh, size_t i)
{
    return i < kh->notes_len ? kh->notes[i] : NULL;
}

static bool has_blob(const struct knownhosts *kh, const struct entry *e,
                     const uint8_t *blob, size_t len)
{
    return e->blob_len == len &&
           memcmp(kh->blobs.data + e->blob_at, blob, len) == 0;
}

static struct knownhosts_line shown(const struct knownhosts *kh,
                                    const struct entry *e)
{
    return (struct knownhosts_line){ .path = kh->files[e->file].path,
                                     .number = e->number,
                                     .blob = kh->blobs.data + e->blob_at,
                                     .blob_len = e->blob_len,
                                     .names = e->line.names };
}

/* The line that revokes this key for this host, or NULL. */
static const struct entry *revocation(const struct knownhosts *kh,
                                      struct knownhosts_host *host,
                                      const uint8_t *blob, size_t len)
{
    for (size_t i = 0; i < kh->entries_len; i++) {
        const struct entry *e = &kh->entries[i];

        if (e->line.marker == KNOWNHOSTS_MARK_REVOKED &&
            has_blob(kh, e, blob, len) && knownhosts_line_names(&e->line, host))
            return e;
    }
    return NULL;
}

/* What one plain line that names the host says about a key. */
static enum knownhosts_verdict opinion(const struct knownhosts *kh,
                                       const struct entry *e, const char *type,
                                       const uint8_t *blob, size_t len)
{
    if (has_blob(kh, e, blob, len))
        return KNOWNHOSTS_MATCH;
    if (strcmp(e->line.type, type) == 0)
        return KNOWNHOSTS_CHANGED;
    return KNOWNHOSTS_OTHER_TYPE;
}

static struct knownhosts_result check(const struct knownhosts *kh,
                                      const char *name, unsigned port,
                                      const uint8_t *blob, size_t len)
{
    struct knownhosts_host *host = knownhosts_host_new(name, port);
    char *type = knownhosts_type_of(blob, len);
    struct knownhosts_result best = { .verdict = KNOWNHOSTS_UNKNOWN };
    const struct entry *e = revocation(kh, host, blob, len);

    if (e != NULL)
        best = (struct knownhosts_result){ KNOWNHOSTS_REVOKED, shown(kh, e) };
    for (size_t i = 0; i < kh->entries_len && best.verdict < KNOWNHOSTS_MATCH;
         i++) {
        enum knownhosts_verdict v;

        e = &kh->entries[i];
        if (e->line.marker != KNOWNHOSTS_MARK_NONE)
            continue;
        /* A look at the key is cheaper than the hash of the name. */
        v = opinion(kh, e, type, blob, len);
        if (v > best.verdict && knownhosts_line_names(&e->line, host))
            best = (struct knownhosts_result){ v, shown(kh, e) };
    }
    mem_free(type);
    knownhosts_host_free(host);
    return best;
}

struct knownhosts_result knownhosts_check(const struct knownhosts *kh,
                                          const char *name, unsigned port,
                                          const uint8_t *blob, size_t len)
{
    struct knownhosts_result result = check(kh, name, port, blob, len), usual;

    if (result.verdict != KNOWNHOSTS_UNKNOWN &&
        result.verdict != KNOWNHOSTS_OTHER_TYPE)
        return result;
    usual = check(kh, name, SSH_PORT, blob, len);
    return usual.verdict == KNOWNHOSTS_MATCH ? usual : result;
}

bool knownhosts_revokes(const struct knownhosts *kh, const uint8_t *blob,
                        size_t len)
{
    for (size_t i = 0; i < kh->entries_len; i++)
        if (kh->entries[i].line.marker == KNOWNHOSTS_MARK_REVOKED &&
            has_blob(kh, &kh->entries[i], blob, len))
            return true;
    return false;
}

static bool has_type(const char *const *types, size_t n, const char *type)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(types[i], type) == 0)
            return true;
    return false;
}

size_t knownhosts_types(const struct knownhosts *kh, const char *name,
                        unsigned port, const char *types[], size_t max)
{
    struct knownhosts_host *host = knownhosts_host_new(name, port);
    size_t n = 0;

    for (size_t i = 0; i < kh->entries_len && n < max; i++) {
        const struct entry *e = &kh->entries[i];

        if (e->line.marker == KNOWNHOSTS_MARK_NONE &&
            !has_type((const char *const *)types, n, e->line.type) &&
            knownhosts_line_names(&e->line, host))
            types[n++] = e->line.type;
    }
    knownhosts_host_free(host);
    if (n == 0 && port != SSH_PORT)
        return knownhosts_types(kh, name, SSH_PORT, types, max);
    return n;
}

bool knownhosts_find_key(const struct knownhosts *kh, const uint8_t *blob,
                         size_t len, size_t i, struct knownhosts_line *out)
{
    memset(out, 0, sizeof *out);
    for (size_t at = 0; at < kh->entries_len; at++) {
        const struct entry *e = &kh->entries[at];

        if (e->line.marker == KNOWNHOSTS_MARK_NONE &&
            has_blob(kh, e, blob, len) && i-- == 0) {
            *out = shown(kh, e);
            return true;
        }
    }
    return false;
}
