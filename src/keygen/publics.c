#include "keygen/publics.h"

#include <string.h>
#include "base/buf.h"
#include "base/secret.h"
#include "keygen/keygen.h"
#include "keygen/source.h"
#include "keys/keyfile-mistake.h"
#include "keys/pubkey-list.h"

struct pubkey_list *publics_list(const struct keygen *k, struct err *err)
{
    struct pubkey_list *list;
    struct secret *text; /* what is pasted may be a private key */
    struct err exposed;

    if (k->file == NULL) {
        err_set(err, ERR_USAGE,
                "name the file with the public keys: "
                "vmconnect-keygen --check FILE");
        return NULL;
    }
    if ((text = source_text(k, &exposed, err)) == NULL)
        return NULL;
    list = pubkey_list_read((struct wire_bytes){ text->data, text->len });
    secret_free(text);
    return list;
}

static struct pubkey_list *public_half(const struct keygen *k, struct source *s,
                                       struct err *err)
{
    struct buf line = { 0 };
    struct pubkey_list *list = NULL;

    if (source_put_line(s, k, &line, err))
        list = pubkey_list_read((struct wire_bytes){ line.data, line.len });
    buf_free(&line);
    return list;
}

/* It is like no file that people give in place of a key, or a public one. */
static bool may_be_list(const struct err *err)
{
    return err->code == ERR_PUBLIC_HALF ||
           strstr(err->msg, KEYFILE_UNKNOWN) != NULL;
}

/* What the list's first item says, unless *err has it that the file is a
 * private key, or nothing like a list. */
static bool has_keys(const char *path, const struct pubkey_list *list,
                     struct err *err)
{
    const struct pubkey_item *item;
    const char *reason = NULL;
    bool exposed = false;

    for (size_t i = 0; (item = pubkey_list_item(list, i)) != NULL; i++) {
        if (item->has_key)
            return true;
        exposed = exposed || item->verdict == PUBKEY_EXPOSED;
        if (reason == NULL)
            reason = item->reason;
    }
    if (exposed || !may_be_list(err))
        return false;
    if (reason == NULL)
        return err_set(err, ERR_FORMAT, "%s: there is no key in this file",
                       path);
    return err_set(err, ERR_FORMAT, "%s: there is no key in this file: %s",
                   path, reason);
}

/* ---- known_hosts ---- */

static struct wire_bytes next_field(struct wire_bytes *line)
{
    struct wire_bytes field;

    while (line->len != 0 && (*line->data == ' ' || *line->data == '\t')) {
        line->data++;
        line->len--;
    }
    field = (struct wire_bytes){ line->data, 0 };
    while (field.len < line->len && field.data[field.len] != ' ' &&
           field.data[field.len] != '\t' && field.data[field.len] != '\r')
        field.len++;
    line->data += field.len;
    line->len -= field.len;
    return field;
}

/* "[@marker] names type key": as a public line with the rest as comment. */
static void put_host_line(struct buf *out, struct wire_bytes line)
{
    struct wire_bytes marker = { NULL, 0 }, names = next_field(&line), type,
                      key;

    if (names.len != 0 && *names.data == '@') {
        marker = names;
        names = next_field(&line);
    }
    type = next_field(&line);
    key = next_field(&line);
    if (key.len == 0 || *names.data == '#')
        return;
    buf_put(out, type.data, type.len);
    buf_put_byte(out, ' ');
    buf_put(out, key.data, key.len);
    buf_put_byte(out, ' ');
    buf_put(out, marker.data, marker.len);
    if (marker.len != 0)
        buf_put_byte(out, ' ');
    buf_put(out, names.data, names.len);
    buf_put_byte(out, '\n');
}

static struct pubkey_list *known_hosts(const struct keygen *k)
{
    struct pubkey_list *list;
    struct buf lines = { 0 };
    struct err ignored, exposed;
    struct secret *text = source_text(k, &exposed, &ignored);
    size_t at, n;

    if (text == NULL)
        return NULL;
    for (at = 0; at < text->len; at += n + 1) {
        const uint8_t *lf = memchr(text->data + at, '\n', text->len - at);

        n = lf != NULL ? (size_t)(lf - text->data) - at : text->len - at;
        put_host_line(&lines, (struct wire_bytes){ text->data + at, n });
    }
    secret_free(text);
    list = pubkey_list_read((struct wire_bytes){ lines.data, lines.len });
    buf_free(&lines);
    return list;
}

struct pubkey_list *publics_read(const struct keygen *k, struct err *err)
{
    struct pubkey_list *list;
    struct source s;
    struct err ignored;

    if (source_read(&s, k, err)) {
        list = public_half(k, &s, err);
        source_close(&s);
        return list;
    }
    if (k->file == NULL || (list = publics_list(k, &ignored)) == NULL)
        return NULL;
    if (has_keys(k->file, list, err))
        return list;
    pubkey_list_free(list);
    err_clear(&ignored);
    if ((list = known_hosts(k)) != NULL && has_keys(k->file, list, &ignored))
        return list;
    pubkey_list_free(list);
    return NULL;
}
