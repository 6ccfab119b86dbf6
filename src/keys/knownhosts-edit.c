/*
 * knownhosts-edit.c - lines for known_hosts, and lines put out of use.
 *
 * The file is shared with OpenSSH and with its owner's editor: what is not
 * ours stays as it is, byte for byte.
 */
#include "keys/knownhosts.h"

#include <string.h>
#include "base/base64.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/wire.h"
#include "keys/knownhosts-line.h"

static bool put_hashed(struct buf *out, struct knownhosts_host *host,
                       const uint8_t *salt)
{
    uint8_t hash[KNOWNHOSTS_HASH_BYTES];

    if (!knownhosts_hash(host, salt, hash))
        return false;
    buf_put_str(out, "|1|");
    base64_encode(out, salt, KNOWNHOSTS_HASH_BYTES, true);
    buf_put_str(out, "|");
    base64_encode(out, hash, sizeof hash, true);
    return true;
}

/* Written plainly, would the line mean this host and no other? */
static bool is_plain_name(const char *name)
{
    if (*name == '\0' || strchr("#@|!", *name) != NULL)
        return false;
    for (; *name != '\0'; name++)
        if ((unsigned char)*name <= ' ' || *name == 0x7f ||
            strchr("*?,", *name) != NULL)
            return false;
    return true;
}

static bool put_plain(struct buf *out, const char *name)
{
    if (!is_plain_name(name))
        return false;
    buf_put_str(out, name);
    return true;
}

static bool is_type_name(const char *type)
{
    if (*type == '\0')
        return false;
    for (; *type != '\0'; type++)
        if (*type <= ' ' || *type >= 0x7f)
            return false;
    return true;
}

bool knownhosts_format(struct buf *out, const char *name, unsigned port,
                       const uint8_t *blob, size_t len, const uint8_t *salt)
{
    struct knownhosts_host *host = knownhosts_host_new(name, port);
    char *full = knownhosts_full_name(name, port);
    char *type = knownhosts_type_of(blob, len);
    bool good =
        is_type_name(type) &&
        (salt != NULL ? put_hashed(out, host, salt) : put_plain(out, full));

    if (good) {
        buf_printf(out, " %s ", type);
        base64_encode(out, blob, len, true);
        buf_put_str(out, "\n");
    }
    mem_free(type);
    mem_free(full);
    knownhosts_host_free(host);
    return good;
}

/* ---- lines put out of use ---- */

/* Which lines? */
struct wanted {
    struct knownhosts_host *host; /* NULL: of whatever host */
    const uint8_t *blob;          /* NULL: by whatever key */
    size_t blob_len;
    bool has_key; /* it is this key; else another */
};

static bool is_key(const struct wanted *w, const struct buf *blob)
{
    return blob->len == w->blob_len &&
           memcmp(blob->data, w->blob, blob->len) == 0;
}

/* A line whose key is damaged still names its hosts. */
static bool is_wanted(const struct wanted *w, const char *text, size_t len,
                      enum knownhosts_marker *marker)
{
    char *copy = mem_strndup(text, len);
    struct knownhosts_parsed line;
    struct buf blob = { 0 };
    const char *bad = NULL;
    bool wanted = false;

    if (strlen(copy) == len) {
        wanted = knownhosts_parse(copy, len, &line, &blob, &bad);
        if (w->blob == NULL)
            wanted = wanted || bad != NULL;
        else
            wanted = wanted && is_key(w, &blob) == w->has_key;
        wanted = wanted &&
                 (w->host == NULL || knownhosts_line_names(&line, w->host));
        *marker = line.marker;
    }
    buf_free(&blob);
    mem_free(copy);
    return wanted;
}

static size_t comment_out(struct buf *out, const char *at, size_t len,
                          const struct wanted *w, const char *remark)
{
    enum knownhosts_marker marker;
    size_t count = 0;

    for (size_t n; len != 0; at += n, len -= n) {
        n = knownhosts_line_length(at, len);
        if (is_wanted(w, at, n, &marker) && marker == KNOWNHOSTS_MARK_NONE) {
            buf_put_str(out, remark);
            count++;
        }
        buf_put(out, at, n);
    }
    return count;
}

#define REPLACED "# vmconnect replaced: "

size_t knownhosts_comment_out(struct buf *out, const void *text, size_t len,
                              const char *name, unsigned port,
                              const uint8_t *blob, size_t blob_len)
{
    struct wanted w = { .host = knownhosts_host_new(name, port),
                        .blob = blob,
                        .blob_len = blob_len };
    size_t count = comment_out(out, text, len, &w, REPLACED);

    knownhosts_host_free(w.host);
    return count;
}

size_t knownhosts_comment_out_key(struct buf *out, const void *text, size_t len,
                                  const uint8_t *blob, size_t blob_len)
{
    struct wanted w = { .blob = blob, .blob_len = blob_len, .has_key = true };

    return comment_out(out, text, len, &w, REPLACED);
}

size_t knownhosts_remove_host(struct buf *out, const void *text, size_t len,
                              const char *name, unsigned port)
{
    struct wanted w = { .host = knownhosts_host_new(name, port) };
    size_t count = comment_out(out, text, len, &w, "# vmconnect removed: ");

    knownhosts_host_free(w.host);
    return count;
}

/* ---- lines found ---- */

static size_t without_end(const char *line, size_t len)
{
    while (len != 0 && (line[len - 1] == '\n' || line[len - 1] == '\r'))
        len--;
    return len;
}

bool knownhosts_find_host(const void *text, size_t len, const char *name,
                          unsigned port, struct knownhosts_named *line)
{
    struct wanted w = { .host = knownhosts_host_new(name, port) };
    size_t number = line->number, n;
    const char *at = text;
    enum knownhosts_marker marker;
    bool found = false;

    if (number != 0) {
        n = (size_t)(line->line - at);
        n += knownhosts_line_length(line->line, len - n);
        at += n;
        len -= n;
    }
    for (; len != 0 && !found; at += n, len -= n) {
        n = knownhosts_line_length(at, len);
        number++;
        found = is_wanted(&w, at, n, &marker);
        if (found)
            *line =
                (struct knownhosts_named){ number, at, without_end(at, n),
                                           marker == KNOWNHOSTS_MARK_REVOKED,
                                           marker == KNOWNHOSTS_MARK_CA };
    }
    knownhosts_host_free(w.host);
    return found;
}
