/*
 * connect_console.c - what the machine's console shows (--console): the host
 * keys, for trust.h; the login name; whose key was installed.
 */
#include "app/connecting.h"

#include <string.h>
#include "app/notes.h"
#include "base/mem.h"
#include "base/text.h"
#include "config/options.h"
#include "keys/console.h"
#include "keys/sshkey.h"
#include "sys/file.h"
#include "sys/paths.h"

#define CONSOLE_MAX (8u * 1024u * 1024u) /* bytes */

/* A file that tells nothing is the wrong one. */
static bool tells_something(const struct console *console, const char *path,
                            struct err *err)
{
    if (console_hosts(console) != 0 || console_user(console) != NULL)
        return true;
    return err_set(err, ERR_FORMAT,
                   "%s: no host key or fingerprint, and no user's keys, are in "
                   "this console log; cloud-init prints them at the end of the "
                   "first boot",
                   path);
}

bool connect_read_console(struct connect *c, struct err *err)
{
    struct buf text = { 0 };
    char *path;
    bool ok;

    if (c->opt->console == NULL || c->console != NULL)
        return true;
    path = paths_expand(c->opt->console);
    ok = file_read(path, CONSOLE_MAX, &text, err) ||
         err_prefix(err, "--console");
    if (ok) {
        c->console = console_parse(text.data, text.len);
        ok = tells_something(c->console, path, err);
    }
    if (!ok)
        c->fault = FAULT_CONSOLE;
    mem_free(path);
    buf_free(&text);
    return ok;
}

void connect_keep_console(struct connect *c, const char *answer)
{
    if (c->console == NULL && strchr(answer, '\n') != NULL)
        c->console = console_parse(answer, strlen(answer));
}

bool connect_console_user(struct connect *c)
{
    const char *user = c->console != NULL ? console_user(c->console) : NULL;

    if (user == NULL)
        return false;
    c->user = mem_strdup(user);
    c->naming.guessed = text_same(user, "root"); /* who may tell another */
    notes_add(c->notes, NOTE_NORMAL, "Logging in as %s, as the console says.",
              user);
    return true;
}

static bool is_ours(const struct connect *c, size_t i)
{
    const uint8_t *blob;
    size_t j, len;

    for (j = 0; j < identities_count(c->ids); j++) {
        const struct sshkey *key = identity_public(identities_get(c->ids, j));

        if (key == NULL)
            continue;
        blob = sshkey_blob(key, &len);
        if (console_key_is(c->console, i, blob, len))
            return true;
    }
    return false;
}

bool connect_is_installed(const struct connect *c)
{
    struct console_key key;

    if (c->console == NULL || c->user == NULL)
        return false;
    for (size_t i = 0; console_key(c->console, i, &key); i++)
        if (text_same(key.user, c->user) && is_ours(c, i))
            return true;
    return false;
}

/* The first key for the user; false if one of them is ours, or none is told. */
static bool find_stranger(const struct connect *c, struct console_key *stranger)
{
    struct console_key key;
    bool found = false;
    size_t i;

    for (i = 0; console_key(c->console, i, &key); i++) {
        if (!text_same(key.user, c->user))
            continue;
        if (is_ours(c, i))
            return false;
        if (!found)
            *stranger = key;
        found = true;
    }
    return found;
}

bool connect_installed_key(const struct connect *c, struct buf *out)
{
    struct console_key key;
    char *type, *comment;

    if (c->console == NULL || c->user == NULL || !find_stranger(c, &key))
        return false;
    type = text_cleaned(key.type);
    comment = text_cleaned(key.comment);
    buf_printf(out, "\"%s\" (%s)", comment, type);
    mem_free(type);
    mem_free(comment);
    return true;
}

bool connect_is_keyless(const struct connect *c)
{
    return c->console != NULL && c->user != NULL &&
           console_keyless(c->console, c->user);
}

void connect_compare_keys(struct connect *c)
{
    struct buf key = { 0 };

    if (c->keys_compared)
        return;
    c->keys_compared = true;
    if (connect_installed_key(c, &key))
        notes_add(c->notes, NOTE_NORMAL,
                  "The console shows that the panel installed the key %s for "
                  "%s; it is not one that is offered.",
                  buf_str(&key), c->user);
    else if (connect_is_keyless(c))
        notes_add(c->notes, NOTE_NORMAL,
                  "The console shows that no key was installed for %s: add "
                  "yours in the provider's panel.",
                  c->user);
    buf_free(&key);
}
