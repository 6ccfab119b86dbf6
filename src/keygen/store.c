#include "keygen/store.h"

#include <string.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/wire.h"
#include "keys/keyfile-format.h"
#include "keys/keyfile.h"
#include "keys/pubkey-line.h"
#include "keys/sshkey.h"
#include "sys/ask.h"
#include "sys/file.h"

#define PRIVATE_MODE 0600
#define PUBLIC_MODE  0644
#define TRIAL_SIZE   1024 /* bytes, as a key has them */

char *store_public_name(const char *path)
{
    struct buf name = { 0 };

    buf_printf(&name, "%s.pub", path);
    return buf_take_str(&name);
}

static bool is_yes(const struct secret *answer)
{
    const char *text = (const char *)answer->data;

    return text_same(text, "yes") || text_same(text, "y");
}

/* Ask about what is there under this name. */
static bool ask_over(const char *name, bool *no, struct err *err)
{
    struct secret *answer;
    struct buf text = { 0 };
    char *clean;

    if (!ask_possible())
        return err_set(err, ERR_USAGE,
                       "%s: exists already, and there is no terminal to ask "
                       "whether to overwrite it; take another name, or remove "
                       "it first",
                       name);
    clean = text_cleaned(name);
    buf_printf(&text,
               "%s exists already.\n"
               "The key in it would be lost, and with it the way into every "
               "machine that knows only that key.  Overwrite it? (yes or no): ",
               clean);
    answer = ask_line(buf_str(&text), true, err);
    *no = answer != NULL && !is_yes(answer);
    secret_free(answer);
    mem_free(clean);
    buf_free(&text);
    return answer != NULL;
}

/* Is this, where nothing is, the name of a file? */
static bool may_be_file(const char *path, struct err *err)
{
    size_t n = strlen(path);

    if (strcmp(path, "-") == 0)
        return err_set(err, ERR_USAGE,
                       "a private key is not written to standard output (-); "
                       "name a file");
    return (n != 0 && path[n - 1] != '/') ||
           err_set(err, ERR_USAGE,
                   "\"%s\" cannot be the name of a file; take another", path);
}

bool store_ask(const char *path, bool public, bool *replace, bool *no,
               struct err *err)
{
    char *name = store_public_name(path);
    bool first = file_exists(path);
    bool taken = first || (public && file_exists(name));
    const char *there = first ? path : name;
    bool asked;

    *replace = *no = false;
    if (!taken)
        asked = may_be_file(path, err);
    else if (file_is_directory(there))
        asked = err_set(err, ERR_USAGE, "%s: is a directory; name a file in it",
                        there);
    else
        asked = ask_over(there, no, err);
    *replace = taken && asked && !*no;
    mem_free(name);
    return asked;
}

bool store_try(const char *path, struct err *err)
{
    static const uint8_t text[TRIAL_SIZE];
    struct file_draft *draft =
        file_draft(path, PRIVATE_MODE, text, sizeof text, err);
    bool can = draft != NULL;

    file_draft_free(draft);
    return can;
}

bool store_private(const char *path, const struct secret *text, bool replace,
                   struct err *err)
{
    struct file_draft *draft =
        file_draft(path, PRIVATE_MODE, text->data, text->len, err);
    bool done = draft != NULL && file_draft_place(draft, replace, err);

    file_draft_free(draft);
    return done;
}

/* The public half first: if that fails, no private key was lost to it. */
static bool place_both(struct file_draft *private_draft,
                       struct file_draft *public_draft, const char *public_name,
                       bool replace, struct err *err)
{
    bool new = !file_exists(public_name);

    if (!file_draft_place(public_draft, replace, err))
        return false;
    if (file_draft_place(private_draft, replace, err))
        return true;
    if (new)
        file_remove(public_name);
    return false;
}

bool store_pair(const char *path, const struct secret *text,
                const struct buf *line, bool replace, struct err *err)
{
    char *name = store_public_name(path);
    struct file_draft *private_draft, *public_draft = NULL;
    struct buf with_end = { 0 };
    bool done = false;

    buf_put(&with_end, line->data, line->len);
    buf_put_byte(&with_end, '\n');
    private_draft = file_draft(path, PRIVATE_MODE, text->data, text->len, err);
    if (private_draft != NULL)
        public_draft =
            file_draft(name, PUBLIC_MODE, with_end.data, with_end.len, err);
    if (public_draft != NULL)
        done = place_both(private_draft, public_draft, name, replace, err);
    file_draft_free(public_draft);
    file_draft_free(private_draft);
    buf_free(&with_end);
    mem_free(name);
    return done;
}

/* The only line that is no comment and not empty. */
static bool only_line(struct wire_bytes rest, struct wire_bytes *out)
{
    struct wire_bytes line;
    unsigned n = 0;

    while (keyfile_next_line(&rest, &line)) {
        if (line.len == 0 || line.data[0] == '#')
            continue;
        *out = line;
        n++;
    }
    return n == 1;
}

bool store_public_comment(const char *path, const struct sshkey *key,
                          struct buf *comment)
{
    char *name = store_public_name(path);
    struct pubkey_line read;
    struct buf text = { 0 };
    struct wire_bytes line;
    const uint8_t *blob;
    bool same = false;
    struct err err;
    size_t len;

    blob = sshkey_blob(key, &len);
    if (file_read(name, KEYFILE_MAX, &text, &err) &&
        only_line((struct wire_bytes){ text.data, text.len }, &line) &&
        pubkey_line_read(line, &read, &err)) {
        same = read.key.blob.len == len &&
               memcmp(read.key.blob.data, blob, len) == 0;
        if (same)
            buf_put(comment, read.comment.data, read.comment.len);
        pubkey_free(&read.key);
    }
    buf_free(&text);
    mem_free(name);
    return same;
}
