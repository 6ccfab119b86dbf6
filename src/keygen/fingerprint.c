/* fingerprint.c - the fingerprints of the keys in a file. */
#include <string.h>
#include "base/err.h"
#include "keygen/keygen.h"
#include "keygen/publics.h"
#include "keys/pubkey-list.h"
#include "keys/sshkey.h"

/* clang-format off */
static const struct {
    const char *word;
    enum sshkey_fingerprint_form form;
} forms[] = {
    { "sha256", SSHKEY_SHA256 },
    { "md5",    SSHKEY_MD5 },
    { "hex",    SSHKEY_SHA256_HEX },
};
/* clang-format on */

static bool form_named(const char *word, enum sshkey_fingerprint_form *out,
                       struct err *err)
{
    *out = SSHKEY_SHA256;
    if (word == NULL)
        return true;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (strcmp(forms[i].word, word) == 0) {
            *out = forms[i].form;
            return true;
        }
    }
    return err_set(err, ERR_USAGE,
                   "-E %s: the forms of a fingerprint are sha256, md5 and hex",
                   word);
}

/* As ssh-keygen: "256 SHA256:... comment (ED25519)". */
static void put_item(struct keygen *k, const struct pubkey_item *item,
                     enum sshkey_fingerprint_form form)
{
    const struct pubkey *key = &item->key;

    buf_printf(&k->out, "%u ", key->bits);
    sshkey_fingerprint_as(&k->out, form, key->plain.data, key->plain.len);
    buf_printf(&k->out, " %s (%s)\n",
               item->comment[0] != '\0' ? item->comment : "no comment",
               key->kind);
    if (k->picture)
        sshkey_randomart(&k->out, form, key->kind, key->bits, key->plain.data,
                         key->plain.len);
}

enum keygen_status keygen_fingerprint(struct keygen *k, struct err *err)
{
    enum sshkey_fingerprint_form form;
    const struct pubkey_item *item;
    struct pubkey_list *list;

    if (!form_named(k->form, &form, err) ||
        (list = publics_read(k, err)) == NULL)
        return KEYGEN_ERROR;
    for (size_t i = 0; (item = pubkey_list_item(list, i)) != NULL; i++)
        if (item->has_key)
            put_item(k, item, form);
    pubkey_list_free(list);
    return KEYGEN_DONE;
}
