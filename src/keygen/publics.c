#include "keygen/publics.h"

#include <string.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/secret.h"
#include "keygen/keygen.h"
#include "keygen/source.h"
#include "keys/pubkey-list.h"
#include "sys/file.h"

/* What is pasted may be a private key. */
static struct secret *read_text(const char *path, struct err *err)
{
    struct err exposed;

    if (strcmp(path, "-") == 0)
        return file_read_stream(STDIN_FILENO, "/dev/stdin", PUBKEY_LIST_MAX,
                                err);
    return file_read_private(path, PUBKEY_LIST_MAX, &exposed, err);
}

struct pubkey_list *publics_list(const struct keygen *k, struct err *err)
{
    struct pubkey_list *list;
    struct secret *text;

    if (k->file == NULL) {
        err_set(err, ERR_USAGE,
                "name the file with the public keys: "
                "vmconnect-keygen --check FILE");
        return NULL;
    }
    if ((text = read_text(k->file, err)) == NULL)
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
    if (exposed || err->code == ERR_UNSUPPORTED)
        return false;
    if (reason == NULL)
        return err_set(err, ERR_FORMAT, "%s: there is no key in this file",
                       path);
    return err_set(err, ERR_FORMAT, "%s: there is no key in this file: %s",
                   path, reason);
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
    return NULL;
}
