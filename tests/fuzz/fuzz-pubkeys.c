/*
 * fuzz-pubkeys.c - any bytes as a list of public keys: whatever is repaired
 * needs no repair any more.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "base/buf.h"
#include "base/err.h"
#include "keys/pubkey-list.h"
#include "keys/pubkey-mend.h"
#include "keys/pubkey-rfc4716.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_item(const struct pubkey_item *item)
{
    struct buf words = { 0 };

    assert(item->first >= 1 && item->first <= item->last);
    assert((item->verdict == PUBKEY_BROKEN) <= (item->repairs != 0));
    assert((item->verdict == PUBKEY_BAD || item->verdict == PUBKEY_EXPOSED ||
            item->verdict == PUBKEY_USELESS) <= (item->reason != NULL));
    assert((item->verdict == PUBKEY_GOOD) <= (item->repairs == 0));
    assert(!item->has_key || item->line != NULL);
    assert(item->line == NULL || strpbrk(item->line, "\r\n") == NULL);
    pubkey_mend_words(&words, item->repairs);
    assert((words.len != 0) == (item->repairs != 0));
    buf_free(&words);
}

/* RFC 4716 and back. */
static void check_block(const struct pubkey_item *item)
{
    struct buf text = { 0 }, blob = { 0 }, comment = { 0 };
    struct wire_bytes read;
    struct err err;

    pubkey_rfc4716_write(&text, item->key.blob.data, item->key.blob.len,
                         item->comment);
    read = (struct wire_bytes){ text.data, text.len };
    assert(pubkey_rfc4716_read(read, &blob, &comment, &err));
    assert(blob.len == item->key.blob.len);
    assert(memcmp(blob.data, item->key.blob.data, blob.len) == 0);
    assert(strncmp(item->comment, buf_str(&comment), comment.len) == 0);
    buf_free(&text);
    buf_free(&blob);
    buf_free(&comment);
}

static void put_repaired(struct buf *out, const struct pubkey_list *list)
{
    const struct pubkey_item *item;

    for (size_t i = 0; (item = pubkey_list_item(list, i)) != NULL; i++) {
        check_item(item);
        if (item->has_key)
            check_block(item);
        if (pubkey_item_is_kept(item)) {
            buf_put_str(out, item->line);
            buf_put_str(out, "\n");
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf once = { 0 }, twice = { 0 };
    struct pubkey_list *list;
    const struct pubkey_item *item;

    list = pubkey_list_read((struct wire_bytes){ data, size });
    put_repaired(&once, list);
    pubkey_list_free(list);
    list = pubkey_list_read((struct wire_bytes){ once.data, once.len });
    for (size_t i = 0; (item = pubkey_list_item(list, i)) != NULL; i++)
        assert(item->verdict <= PUBKEY_POOR);
    put_repaired(&twice, list);
    pubkey_list_free(list);
    assert(once.len == twice.len);
    assert(once.len == 0 || memcmp(once.data, twice.data, once.len) == 0);
    buf_free(&once);
    buf_free(&twice);
    return 0;
}
