/* exchange.c - public keys to RFC 4716 and, from any form, back to lines. */
#include "base/buf.h"
#include "keygen/keygen.h"
#include "keygen/publics.h"
#include "keys/pubkey-list.h"
#include "keys/pubkey-rfc4716.h"

static enum keygen_status each(struct keygen *k,
                               void (*put)(struct buf *out,
                                           const struct pubkey_item *item),
                               struct err *err)
{
    struct pubkey_list *list = publics_read(k, err);
    const struct pubkey_item *item;

    if (list == NULL)
        return KEYGEN_ERROR;
    for (size_t i = 0; (item = pubkey_list_item(list, i)) != NULL; i++)
        if (item->has_key)
            put(&k->out, item);
    pubkey_list_free(list);
    return KEYGEN_DONE;
}

static void put_block(struct buf *out, const struct pubkey_item *item)
{
    pubkey_rfc4716_write(out, item->key.blob.data, item->key.blob.len,
                         item->comment);
}

static void put_line(struct buf *out, const struct pubkey_item *item)
{
    buf_printf(out, "%s\n", item->line);
}

enum keygen_status keygen_export(struct keygen *k, struct err *err)
{
    return each(k, put_block, err);
}

enum keygen_status keygen_import(struct keygen *k, struct err *err)
{
    return each(k, put_line, err);
}
