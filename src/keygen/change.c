/*
 * change.c - a new passphrase or a new comment for a key file, in the file's
 * own format.
 */
#include <string.h>
#include "base/err.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "keygen/encoding.h"
#include "keygen/keygen.h"
#include "keygen/passphrase.h"
#include "keygen/source.h"
#include "keygen/store.h"
#include "keys/sshkey.h"
#include "sys/ask.h"
#include "sys/file.h"

/* drawback: a line on the file's format, or empty. */
static void tell(const struct keygen *k, const struct source *s,
                 const char *what, const char *drawback)
{
    struct buf text = { 0 };

    buf_printf(&text, "%s: %s\n%s", s->path, what, drawback);
    if (!k->quiet)
        k->say(buf_str(&text));
    buf_free(&text);
}

/* The same mode, and whole or as it was. */
static bool rewrite(const struct source *s, const struct buf *comment,
                    const struct secret *passphrase, struct err *err)
{
    struct secret *text =
        source_encode(s, s->info.format, comment, passphrase, err);
    bool done =
        text != NULL && file_replace(s->path, text->data, text->len, err);

    secret_free(text);
    return done;
}

/* ---- the passphrase ---- */

/* One Enter too many takes none off. */
static bool is_meant(const struct keygen *k, const struct source *s,
                     const struct secret *passphrase, struct err *err)
{
    struct secret *again;
    bool empty;

    if (passphrase->len != 0 || k->new_passphrase != NULL || !s->info.encrypted)
        return true;
    again = ask_line("Enter once more takes the passphrase off, Ctrl-C leaves "
                     "it as it is: ",
                     false, err);
    empty = again != NULL && again->len == 0;
    if (again != NULL && !empty)
        err_set(err, ERR_PASSPHRASE, "the two passphrases were not the same");
    secret_free(again);
    return empty;
}

static bool change_passphrase(const struct keygen *k, const struct source *s,
                              struct err *err)
{
    struct secret *passphrase = passphrase_new(k, err);
    bool done = passphrase != NULL && is_meant(k, s, passphrase, err) &&
                rewrite(s, &s->remark, passphrase, err);
    struct buf drawback = { 0 };

    if (done) {
        encoding_put_drawback(s->info.format, s->key, passphrase->len != 0,
                              true, &drawback);
        tell(k, s,
             passphrase->len == 0 ? "the key has no passphrase now"
                                  : "the key has a new passphrase",
             buf_str(&drawback));
    }
    buf_free(&drawback);
    secret_free(passphrase);
    return done;
}

enum keygen_status keygen_passphrase(struct keygen *k, struct err *err)
{
    struct source s;
    bool done;

    if (!source_open(&s, k, NULL, err))
        return KEYGEN_ERROR;
    done = change_passphrase(k, &s, err);
    source_close(&s);
    return done ? KEYGEN_DONE : KEYGEN_ERROR;
}

/* ---- the comment ---- */

static bool has_comments(const struct source *s, struct err *err)
{
    if (strcmp(s->info.format, "PEM") != 0 &&
        strcmp(s->info.format, "PKCS#8") != 0)
        return true;
    err_set(err, ERR_UNSUPPORTED,
            "%s: a file in the format %s has no comment; write the key in "
            "another:",
            s->path, s->info.format);
    return source_remedy_convert(s, err);
}

/* -C, else asked for. */
static bool new_comment(const struct keygen *k, const struct source *s,
                        struct buf *out, struct err *err)
{
    struct secret *answer = NULL;
    struct buf text = { 0 };

    if (k->comment != NULL) {
        buf_put_str(out, k->comment);
        return true;
    }
    buf_put_str(&text, "The comment is: ");
    source_put_comment(s, &text);
    buf_put_str(&text, "\nNew comment: ");
    if (ask_possible())
        answer = ask_line(buf_str(&text), true, err);
    else
        err_set(err, ERR_USAGE,
                "there is no terminal to ask for the comment "
                "on; give it with -C");
    if (answer != NULL)
        buf_put(out, answer->data, answer->len);
    buf_free(&text);
    secret_free(answer);
    return answer != NULL;
}

/* FILE.pub says the same, if it is there and of this key. */
static bool rewrite_public(const struct source *s, const struct buf *comment,
                           struct err *err)
{
    char *name = store_public_name(s->path);
    struct buf old = { 0 }, line = { 0 };
    bool done = true;

    if (store_public_comment(s->path, s->key, &old)) {
        sshkey_public_line(
            s->key, (struct wire_bytes){ comment->data, comment->len }, &line);
        buf_put_byte(&line, '\n');
        done = file_replace(name, line.data, line.len, err);
    }
    buf_free(&line);
    buf_free(&old);
    mem_free(name);
    return done;
}

enum keygen_status keygen_comment(struct keygen *k, struct err *err)
{
    struct buf comment = { 0 };
    struct source s;
    bool done;

    if (!source_open(&s, k, NULL, err))
        return KEYGEN_ERROR;
    done = has_comments(&s, err) && new_comment(k, &s, &comment, err) &&
           rewrite(&s, &comment, s.passphrase, err) &&
           rewrite_public(&s, &comment, err);
    if (done)
        tell(k, &s, "the key has a new comment", "");
    buf_free(&comment);
    source_close(&s);
    return done ? KEYGEN_DONE : KEYGEN_ERROR;
}
