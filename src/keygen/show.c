/*
 * show.c - the public half of a key file as one line; the passphrase is asked
 * for only where the format hides it.
 */
#include "base/err.h"
#include "keygen/clipboard.h"
#include "keygen/keygen.h"
#include "keygen/publics.h"
#include "keygen/source.h"
#include "keys/pubkey-list.h"

/* Somebody named the public half itself, in whatever form. */
static bool put_public(struct keygen *k, struct err *err)
{
    struct pubkey_list *list = publics_read(k, err);
    const struct pubkey_item *item;

    if (list == NULL)
        return false;
    for (size_t i = 0; (item = pubkey_list_item(list, i)) != NULL; i++)
        if (item->has_key)
            buf_printf(&k->out, "%s\n", item->line);
    pubkey_list_free(list);
    return true;
}

enum keygen_status keygen_public(struct keygen *k, struct err *err)
{
    struct source s;
    bool done;

    if (k->copy && !clipboard_check(err))
        return KEYGEN_ERROR;
    if (source_read(&s, k, err)) {
        done = source_put_line(&s, k, &k->out, err);
        if (done)
            buf_put_byte(&k->out, '\n');
        source_close(&s);
    } else {
        done = put_public(k, err);
    }
    if (done && k->copy)
        clipboard_copy(k->out.data, k->out.len - 1);
    return done ? KEYGEN_DONE : KEYGEN_ERROR;
}
