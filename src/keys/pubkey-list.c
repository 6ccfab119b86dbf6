/*
 * pubkey-list.c - a list of public keys, item by item.
 *
 * Each line is first read as a server reads it.  Only if that fails is the
 * text with plain characters looked at, which has the same lines.  Copies of
 * text are wiped: a private key may be in it.
 */
#include "keys/pubkey-list.h"

#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "keys/keyfile-format.h"
#include "keys/keyfile-mistake.h"
#include "keys/keyfile.h"
#include "keys/pubkey-line.h"
#include "keys/pubkey-list-block.h"
#include "keys/pubkey-mend.h"
#include "keys/pubkey-pem.h"
#include "keys/pubkey-rfc4716.h"
#include "keys/sshkey.h"

struct pubkey_list {
    struct pubkey_item *items;
    size_t count, cap;
};

/* Where the reading stands: the same line in both texts. */
struct scan {
    struct pubkey_list *list;
    struct wire_bytes rest, plain; /* as it stands; with plain characters */
    size_t line;                   /* of the next one, from 1 */
    unsigned repairs;              /* of the whole text */
};

static struct pubkey_item *add_item(struct scan *s, size_t lines)
{
    struct pubkey_list *list = s->list;
    struct pubkey_item *item;

    if (list->count == list->cap) {
        list->cap = list->cap != 0 ? 2 * list->cap : 16;
        list->items = mem_resize(list->items, list->cap, sizeof *list->items);
    }
    item = &list->items[list->count++];
    memset(item, 0, sizeof *item);
    item->first = s->line;
    item->last = s->line + lines - 1;
    return item;
}

/* Go on in both texts; returns what was passed, as it stands. */
static struct wire_bytes skip_lines(struct scan *s, size_t lines)
{
    struct wire_bytes passed = { s->rest.data, 0 }, line;

    s->line += lines;
    while (lines-- != 0) {
        keyfile_next_line(&s->rest, &line);
        keyfile_next_line(&s->plain, &line);
    }
    passed.len = (size_t)(s->rest.data - passed.data);
    return passed;
}

/* It never grew, so there is no other copy. */
static void wipe(struct buf *text)
{
    mem_wipe(text->data, text->len);
    buf_free(text);
}

static char *cleaned(struct wire_bytes text)
{
    struct buf clean = { 0 };

    text_clean(&clean, text.data, text.len, false);
    return buf_take_str(&clean);
}

static void set_reason(struct pubkey_item *item, enum pubkey_verdict verdict,
                       const char *reason)
{
    item->verdict = verdict;
    mem_free(item->reason);
    item->reason = mem_strdup(reason);
}

/* The item takes the key over. */
static void set_key(struct pubkey_item *item, struct pubkey_line *line,
                    unsigned repairs)
{
    struct buf text = { 0 };

    line->comment = pubkey_line_trimmed(line->comment);
    pubkey_line_put(&text, line);
    item->line = buf_take_str(&text);
    item->key = line->key;
    item->has_key = true;
    item->repairs = repairs;
    item->options = cleaned(line->options);
    item->comment = cleaned(line->comment);
    item->verdict = repairs != 0 ? PUBKEY_BROKEN : PUBKEY_GOOD;
    if (item->key.standing == PUBKEY_REFUSED)
        set_reason(item, PUBKEY_USELESS, item->key.why);
    else if (item->key.standing == PUBKEY_WEAK)
        set_reason(item, repairs != 0 ? PUBKEY_BROKEN : PUBKEY_POOR,
                   item->key.why);
}

/* ---- lines ---- */

/* A line that needs no repair. */
static bool read_as_is(struct scan *s, struct wire_bytes line)
{
    struct pubkey_line read;
    struct wire_bytes second;
    struct err ignored;

    if (s->repairs != 0 || !pubkey_line_read(line, &read, &ignored))
        return false;
    if (pubkey_line_second(&read.comment, &second)) {
        pubkey_free(&read.key);
        return false;
    }
    set_key(add_item(s, 1), &read, 0);
    skip_lines(s, 1);
    return true;
}

/* The repairs of characters that these lines needed. */
static unsigned characters_mended(struct wire_bytes lines)
{
    struct buf plain = { 0 };
    unsigned repairs;

    buf_reserve(&plain, lines.len);
    repairs = pubkey_mend_characters(&plain, lines);
    wipe(&plain);
    return repairs;
}

static struct wire_bytes lines_ahead(const struct scan *s, size_t lines)
{
    struct scan ahead = *s;

    return skip_lines(&ahead, lines);
}

/* One key of a line or more, and what else stands on its last line. */
static void read_mended(struct scan *s)
{
    struct pubkey_text text = { .after = s->plain };
    unsigned one_line = 0, characters = 0;
    struct pubkey_found found;
    struct err err;

    keyfile_next_line(&text.after, &text.line);
    do {
        if (!pubkey_mend_find(text, &found, &err)) {
            set_reason(add_item(s, 1), PUBKEY_BAD, err.msg);
            skip_lines(s, 1);
            return;
        }
        if (one_line == 0 || found.lines > 1)
            characters = characters_mended(lines_ahead(s, found.lines));
        found.repairs |= s->repairs | one_line | characters;
        text = found.rest;
        set_key(add_item(s, found.lines), &found.line, found.repairs);
        one_line = PUBKEY_REPAIR_ONE_LINE;
        skip_lines(s, text.line.len != 0 ? found.lines - 1 : found.lines);
    } while (text.line.len != 0);
}

/* ---- blocks ---- */

static void take_blob(struct pubkey_item *item, const struct buf *blob,
                      struct wire_bytes comment, unsigned repairs,
                      struct err *err)
{
    struct pubkey_line line = { .options = { blob->data, 0 } };
    struct wire_bytes second;
    char *clean = cleaned(comment);

    line.comment = (struct wire_bytes){ (uint8_t *)clean, strlen(clean) };
    pubkey_line_second(&line.comment, &second); /* not in one line */
    if (pubkey_from_blob(&line.key, blob->data, blob->len, err))
        set_key(item, &line, repairs);
    else
        set_reason(item, PUBKEY_BAD, err->msg);
    mem_free(clean);
}

static void read_rfc4716(struct pubkey_item *item, struct wire_bytes text,
                         unsigned repairs)
{
    struct buf blob = { 0 }, comment = { 0 };
    struct err err;

    if (pubkey_rfc4716_read(text, &blob, &comment, &err))
        take_blob(item, &blob,
                  (struct wire_bytes){ (const uint8_t *)buf_str(&comment),
                                       comment.len },
                  repairs | PUBKEY_REPAIR_RFC4716, &err);
    else
        set_reason(item, PUBKEY_BAD, err.msg);
    buf_free(&comment);
    buf_free(&blob);
}

static void read_pem(struct pubkey_item *item, struct wire_bytes text,
                     unsigned repairs)
{
    const struct wire_bytes none = { text.data, 0 };
    struct buf blob = { 0 };
    struct err err;

    if (pubkey_pem_read(text, &blob, &err))
        take_blob(item, &blob, none, repairs | PUBKEY_REPAIR_PEM, &err);
    else
        set_reason(item, PUBKEY_BAD, err.msg);
    buf_free(&blob);
}

#define EXPOSED                                                            \
    "it belongs in no list and on no server, and whoever has seen it can " \
    "log in as you; if it has left your machine, make a new key"

/* Where the format shows the public half, that is what was meant. */
static void read_private(struct pubkey_item *item, struct wire_bytes text,
                         unsigned repairs)
{
    struct keyfile_info info;
    struct err err;

    if (keyfile_inspect(text.data, text.len, "key", &info, &err)) {
        if (info.public != NULL) {
            struct wire_bytes comment = { (const uint8_t *)info.comment,
                                          strlen(info.comment) };
            struct buf blob = { 0 };
            size_t len;
            const uint8_t *data = sshkey_blob(info.public, &len);

            buf_put(&blob, data, len);
            take_blob(item, &blob, comment, repairs | PUBKEY_REPAIR_PRIVATE,
                      &err);
            buf_free(&blob);
        }
        keyfile_info_free(&info);
    }
    set_reason(item, PUBKEY_EXPOSED, EXPOSED);
}

static void read_block(struct scan *s, const struct pubkey_block *block)
{
    struct pubkey_item *item = add_item(s, block->lines);
    struct wire_bytes plain = s->plain, text;
    unsigned repairs;

    text = skip_lines(s, block->lines);
    plain.len = (size_t)(s->plain.data - plain.data);
    repairs = s->repairs | characters_mended(text);
    switch (block->kind) {
    case PUBKEY_BLOCK_RFC4716: read_rfc4716(item, plain, repairs); break;
    case PUBKEY_BLOCK_PEM: read_pem(item, plain, repairs); break;
    case PUBKEY_BLOCK_PRIVATE: read_private(item, text, repairs); break;
    case PUBKEY_BLOCK_OTHER: set_reason(item, PUBKEY_BAD, block->what); break;
    case PUBKEY_BLOCK_NONE: break;
    }
}

/* ---- the text ---- */

static void read_comment(struct scan *s, struct wire_bytes line)
{
    struct pubkey_item *item = add_item(s, 1);

    item->verdict = PUBKEY_COMMENT;
    item->line = mem_strndup((const char *)line.data, line.len);
    skip_lines(s, 1);
}

/* Nothing invisible stands before the sign, and it is one string. */
static bool is_plain_comment(struct wire_bytes line)
{
    return keyfile_begins(line, "#") &&
           memchr(line.data, '\0', line.len) == NULL;
}

/* All that is left, none of which must be quoted. */
static void read_binary(struct scan *s)
{
    struct wire_bytes rest = s->rest, line;
    size_t lines = 0;

    while (keyfile_next_line(&rest, &line))
        lines++;
    set_reason(add_item(s, lines), PUBKEY_EXPOSED, EXPOSED);
    skip_lines(s, lines);
}

static void read_item(struct scan *s)
{
    struct wire_bytes rest = s->rest, plain = s->plain, line;
    struct wire_bytes words = { plain.data, 0 };
    struct pubkey_block block;

    keyfile_next_line(&rest, &line);
    keyfile_next_line(&plain, &words);
    if (keyfile_is_dropbear(s->rest)) {
        read_binary(s);
    } else if (words.len == 0) {
        skip_lines(s, 1);
    } else if (words.data[0] == '#') {
        read_comment(s, is_plain_comment(line) ? line : words);
    } else if (!read_as_is(s, line)) {
        block = pubkey_block_find(s->plain);
        if (block.kind != PUBKEY_BLOCK_NONE)
            read_block(s, &block);
        else
            read_mended(s);
    }
}

/* ---- repeats ---- */

struct place {
    struct pubkey_item *item;
};

/* By key, then by options; the same ones in the order of the list. */
static int compare(const void *a, const void *b)
{
    const struct pubkey_item *x = ((const struct place *)a)->item;
    const struct pubkey_item *y = ((const struct place *)b)->item;
    size_t m = x->key.plain.len, n = y->key.plain.len;
    int c;

    if (m != n)
        return m < n ? -1 : 1;
    c = memcmp(x->key.plain.data, y->key.plain.data, n);
    if (c == 0)
        c = strcmp(x->options, y->options);
    if (c != 0)
        return c;
    return x < y ? -1 : x > y;
}

static bool same_key(const struct pubkey_item *x, const struct pubkey_item *y)
{
    return x->key.plain.len == y->key.plain.len &&
           memcmp(x->key.plain.data, y->key.plain.data, x->key.plain.len) == 0;
}

/* Those with one key. */
static void set_repeats(const struct place *group, size_t n)
{
    const struct pubkey_item *first = group[0].item;

    for (size_t i = 1; i < n; i++)
        if (group[i].item < first)
            first = group[i].item;
    for (size_t i = 0; i < n; i++) {
        struct pubkey_item *item = group[i].item;

        if (item != first)
            item->same_as = first->first;
        item->repeated =
            i != 0 && strcmp(group[i - 1].item->options, item->options) == 0;
    }
}

static void find_repeats(struct pubkey_list *list)
{
    struct place *sorted = mem_array(list->count, sizeof *sorted);
    size_t n = 0, first = 0;

    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].has_key)
            sorted[n++].item = &list->items[i];
    qsort(sorted, n, sizeof *sorted, compare);
    for (size_t i = 1; i <= n; i++)
        if (i == n || !same_key(sorted[first].item, sorted[i].item)) {
            set_repeats(sorted + first, i - first);
            first = i;
        }
    mem_free(sorted);
}

/* ---- the whole ---- */

struct pubkey_list *pubkey_list_read(struct wire_bytes text)
{
    struct scan s = { .list = mem_alloc(sizeof *s.list), .line = 1 };
    struct buf utf8 = { 0 }, plain = { 0 };

    buf_reserve(&utf8, text.len / 2 * 3);
    if (pubkey_mend_utf16(&utf8, text)) {
        s.repairs = PUBKEY_REPAIR_UTF16;
        text = (struct wire_bytes){ utf8.data, utf8.len };
    }
    buf_reserve(&plain, text.len);
    pubkey_mend_characters(&plain, text);
    s.rest = text;
    s.plain = (struct wire_bytes){ plain.data, plain.len };
    while (s.rest.len != 0)
        read_item(&s);
    find_repeats(s.list);
    wipe(&plain);
    wipe(&utf8);
    return s.list;
}

void pubkey_list_free(struct pubkey_list *list)
{
    if (list == NULL)
        return;
    for (size_t i = 0; i < list->count; i++) {
        struct pubkey_item *item = &list->items[i];

        pubkey_free(&item->key);
        mem_free(item->options);
        mem_free(item->comment);
        mem_free(item->reason);
        mem_free(item->line);
    }
    mem_free(list->items);
    mem_free(list);
}

const struct pubkey_item *pubkey_list_item(const struct pubkey_list *list,
                                           size_t i)
{
    return i < list->count ? &list->items[i] : NULL;
}

const char *pubkey_verdict_name(enum pubkey_verdict verdict)
{
    static const char *const names[] = {
        [PUBKEY_COMMENT] = "comment",     [PUBKEY_GOOD] = "good",
        [PUBKEY_POOR] = "weak",           [PUBKEY_USELESS] = "useless",
        [PUBKEY_BROKEN] = "broken",       [PUBKEY_BAD] = "bad",
        [PUBKEY_EXPOSED] = "PRIVATE KEY",
    };

    return names[verdict];
}

bool pubkey_item_is_kept(const struct pubkey_item *item)
{
    return item->line != NULL && item->key.standing != PUBKEY_REFUSED &&
           !item->repeated;
}
