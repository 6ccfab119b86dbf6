/*
 * check.c - a list of public keys, judged and repaired.
 *
 * The judgement is the output; or, with --repair, the repaired list is, and
 * what was done goes to standard error.
 */
#include <string.h>
#include "base/buf.h"
#include "keygen/keygen.h"
#include "keygen/publics.h"
#include "keys/pubkey-list.h"
#include "keys/pubkey-mend.h"
#include "keys/sshkey.h"

#define VERDICTS (PUBKEY_EXPOSED + 1)
#define INDENT   "    "
#define WIDTH    79

static void put_where(struct buf *out, const struct pubkey_item *item)
{
    if (item->first == item->last)
        buf_printf(out, "line %zu: ", item->first);
    else
        buf_printf(out, "lines %zu-%zu: ", item->first, item->last);
}

/* A sentence below its line, broken between words. */
static void put_sentence(struct buf *out, const char *text)
{
    size_t column = 0, n;

    for (; *text != '\0'; text += n) {
        text += strspn(text, " ");
        n = strcspn(text, " ");
        if (column == 0 || column + 1 + n > WIDTH) {
            buf_put_str(out, column == 0 ? INDENT : "\n" INDENT);
            column = strlen(INDENT);
        } else {
            buf_put_str(out, " ");
            column++;
        }
        buf_put(out, text, n);
        column += n;
    }
    buf_put_str(out, "\n");
}

/* Bits, fingerprint, comment and type, as ssh-keygen -l has them. */
static void put_key(struct buf *out, const struct pubkey_item *item)
{
    const struct pubkey *key = &item->key;
    char fingerprint[SSHKEY_FINGERPRINT_MAX];

    sshkey_fingerprint(key->plain.data, key->plain.len, fingerprint);
    buf_printf(out, INDENT "%u %s %s (%s)\n", key->bits, fingerprint,
               item->comment[0] != '\0' ? item->comment : "no comment",
               key->kind);
    if (item->options[0] != '\0')
        buf_printf(out, INDENT "options: %s\n", item->options);
    if (item->same_as != 0)
        buf_printf(out, INDENT "the same key as in line %zu\n", item->same_as);
}

/* What is or was done about it, why, and which key it is. */
static void put_item(struct buf *out, const struct pubkey_item *item,
                     const char *done)
{
    put_where(out, item);
    buf_put_str(out, done);
    if (item->repairs != 0 && item->verdict != PUBKEY_EXPOSED) {
        buf_put_str(out, ": ");
        pubkey_mend_words(out, item->repairs);
    }
    buf_put_str(out, "\n");
    if (item->reason != NULL)
        put_sentence(out, item->reason);
    if (item->has_key)
        put_key(out, item);
}

/* "3 good, 1 weak, 2 broken (--repair mends these)" */
static void put_summary(struct buf *out, const unsigned counts[VERDICTS])
{
    const char *comma = "";

    for (int v = PUBKEY_GOOD; v < VERDICTS; v++) {
        if (counts[v] == 0)
            continue;
        buf_printf(out, "%s%u %s", comma, counts[v],
                   pubkey_verdict_name((enum pubkey_verdict)v));
        if (v == PUBKEY_BROKEN)
            buf_put_str(out, " (--repair mends these)");
        if (v == PUBKEY_EXPOSED && counts[v] > 1)
            buf_put_str(out, "S");
        comma = ", ";
    }
    buf_put_str(out, *comma != '\0' ? "\n" : "no keys\n");
}

static enum keygen_status judge(struct keygen *k,
                                const struct pubkey_list *list)
{
    unsigned counts[VERDICTS] = { 0 }, items = 0;
    const struct pubkey_item *item;

    for (size_t i = 0; (item = pubkey_list_item(list, i)) != NULL; i++) {
        if (item->verdict == PUBKEY_COMMENT)
            continue;
        counts[item->verdict]++;
        items++;
        put_item(&k->out, item, pubkey_verdict_name(item->verdict));
    }
    put_summary(&k->out, counts);
    return items != 0 && items == counts[PUBKEY_GOOD] ? KEYGEN_DONE : KEYGEN_NO;
}

/* ---- --repair ---- */

/* NULL: it stays as it is. */
static const char *outcome(const struct pubkey_item *item)
{
    bool kept = pubkey_item_is_kept(item);

    if (item->verdict == PUBKEY_EXPOSED && kept)
        return "PRIVATE KEY, only its public half is kept";
    if (item->verdict == PUBKEY_EXPOSED)
        return "PRIVATE KEY, left out";
    if (!kept)
        return item->repeated ? "left out, it is there already" : "left out";
    return item->repairs != 0 ? "repaired" : NULL;
}

/* Nothing is changed silently, and what is lost is told even with -q. */
static void tell(const struct keygen *k, const struct pubkey_item *item)
{
    const char *done = outcome(item);
    struct buf text = { 0 };

    if (done == NULL || (k->quiet && pubkey_item_is_kept(item) &&
                         item->verdict != PUBKEY_EXPOSED))
        return;
    put_item(&text, item, done);
    k->say(buf_str(&text));
    buf_free(&text);
}

/* Pieces were joined: their length was right, but were they the right ones? */
static bool is_joined(const struct pubkey_item *item)
{
    return (item->repairs &
            (PUBKEY_REPAIR_BREAKS | PUBKEY_REPAIR_INNER_BLANKS)) != 0;
}

static enum keygen_status repair(struct keygen *k,
                                 const struct pubkey_list *list)
{
    const struct pubkey_item *item;
    bool whole = true, joined = false;

    for (size_t i = 0; (item = pubkey_list_item(list, i)) != NULL; i++) {
        tell(k, item);
        joined = joined || is_joined(item);
        if (pubkey_item_is_kept(item))
            buf_printf(&k->out, "%s\n", item->line);
        else if (!item->repeated)
            whole = false;
        if (item->verdict == PUBKEY_EXPOSED)
            whole = false;
    }
    if (joined && !k->quiet)
        k->say("Compare the fingerprints of joined keys with those where the "
               "keys were made.\n");
    return whole ? KEYGEN_DONE : KEYGEN_NO;
}

enum keygen_status keygen_check(struct keygen *k, struct err *err)
{
    struct pubkey_list *list = publics_list(k, err);
    enum keygen_status status;

    if (list == NULL)
        return KEYGEN_ERROR;
    status = k->repair ? repair(k, list) : judge(k, list);
    pubkey_list_free(list);
    return status;
}
