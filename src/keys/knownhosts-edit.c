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

struct replaced {
    struct knownhosts_host *host;
    char *type;
    const uint8_t *blob;
    size_t blob_len;
};

/* Does the line have another key of the same type for the host? */
static bool is_replaced(const struct replaced *r, const char *text, size_t len)
{
    char *copy = mem_strndup(text, len);
    struct knownhosts_parsed line;
    struct buf blob = { 0 };
    const char *bad;
    bool replaced;

    replaced = strlen(copy) == len &&
               knownhosts_parse(copy, len, &line, &blob, &bad) &&
               line.marker == KNOWNHOSTS_MARK_NONE &&
               strcmp(line.type, r->type) == 0 &&
               (blob.len != r->blob_len ||
                memcmp(blob.data, r->blob, blob.len) != 0) &&
               knownhosts_line_names(&line, r->host);
    buf_free(&blob);
    mem_free(copy);
    return replaced;
}

size_t knownhosts_comment_out(struct buf *out, const void *text, size_t len,
                              const char *name, unsigned port,
                              const uint8_t *blob, size_t blob_len)
{
    struct replaced r = { knownhosts_host_new(name, port),
                          knownhosts_type_of(blob, blob_len), blob, blob_len };
    const char *at = text;
    size_t count = 0;

    for (size_t n; len != 0; at += n, len -= n) {
        n = knownhosts_line_length(at, len);
        if (is_replaced(&r, at, n)) {
            buf_put_str(out, "# vmconnect replaced: ");
            count++;
        }
        buf_put(out, at, n);
    }
    mem_free(r.type);
    knownhosts_host_free(r.host);
    return count;
}
