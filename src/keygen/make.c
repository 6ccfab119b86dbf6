/* make.c - a new key: asked for as little as possible, written, shown. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "base/err.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "keygen/clipboard.h"
#include "keygen/encoding.h"
#include "keygen/keygen.h"
#include "keygen/passphrase.h"
#include "keygen/store.h"
#include "keys/keyfile.h"
#include "keys/sshkey-generate.h"
#include "keys/sshkey.h"
#include "sys/ask.h"
#include "sys/paths.h"

#define USUAL_TYPE "ed25519"
#define HOST_MAX   256
/* From this size on an RSA key takes so long that one wonders. */
#define SLOW_BITS 6144

/* What is made, step by step. */
struct making {
    const char *type, *format;
    unsigned bits;
    char *path;
    bool replace;
    struct secret *passphrase;
    char *comment;
    struct sshkey *key;
    struct secret *text;
    struct buf line; /* for the panel, without a newline */
};

static void forget(struct making *m)
{
    mem_free(m->path);
    mem_free(m->comment);
    secret_free(m->passphrase);
    secret_free(m->text);
    sshkey_free(m->key);
    buf_free(&m->line);
}

/* ---- what to make ---- */

static bool choose(const struct keygen *k, struct making *m, struct err *err)
{
    if (k->copy && !clipboard_check(err))
        return false;
    m->type = k->type != NULL ? k->type : USUAL_TYPE;
    m->bits = k->bits;
    m->format = encoding_format(k->format, err);
    return m->format != NULL && sshkey_generate_check(m->type, &m->bits, err) &&
           keyfile_can_hold(m->format, sshkey_generate_type(m->type, m->bits),
                            err);
}

/* user@host, as others do. */
static char *usual_comment(void)
{
    struct buf text = { 0 };
    char host[HOST_MAX];

    if (gethostname(host, sizeof host) != 0)
        host[0] = '\0';
    host[sizeof host - 1] = '\0';
    buf_printf(&text, "%s@%s", paths_user(), host);
    return buf_take_str(&text);
}

/* ---- where ---- */

static char *usual_path(const char *type, const char *format)
{
    const char *end =
        strncmp(format, "PuTTY", strlen("PuTTY")) == 0 ? ".ppk" : "";
    struct buf path = { 0 };

    buf_printf(&path, "%s/.ssh/id_%s%s", paths_home(), type, end);
    return buf_take_str(&path);
}

/* Ask where; Enter takes the usual place. */
static char *ask_path(const struct making *m, struct err *err)
{
    char *usual = usual_path(m->type, m->format), *shown = paths_tilde(usual);
    struct secret *answer = NULL;
    struct buf text = { 0 };
    char *path = NULL;

    buf_printf(&text, "Save the new key in [%s]: ", shown);
    if (ask_possible())
        answer = ask_line(buf_str(&text), true, err);
    else
        err_set(err, ERR_USAGE,
                "there is no terminal to ask where to save the "
                "key; name the file with -f");
    if (answer != NULL && answer->len != 0)
        path = paths_expand((const char *)answer->data);
    else if (answer != NULL)
        path = mem_strdup(usual);
    secret_free(answer);
    buf_free(&text);
    mem_free(shown);
    mem_free(usual);
    return path;
}

/* *no: the user does not want it over what is there.  That nothing can be
 * written is told before a passphrase is typed. */
static bool find_place(const struct keygen *k, struct making *m, bool *no,
                       struct err *err)
{
    m->path = k->file != NULL ? mem_strdup(k->file) : ask_path(m, err);
    return m->path != NULL && store_ask(m->path, true, &m->replace, no, err) &&
           (*no || store_try(m->path, err));
}

/* ---- the key ---- */

static bool make(const struct keygen *k, struct making *m, struct err *err)
{
    char note[96];

    if (strcmp(m->type, "rsa") == 0 && m->bits >= SLOW_BITS && !k->quiet) {
        snprintf(note, sizeof note,
                 "Looking for the primes of an RSA key of %u bits: this may "
                 "take minutes.\n",
                 m->bits);
        k->say(note);
    }
    m->key = sshkey_generate(m->type, m->bits, err);
    return m->key != NULL;
}

static bool encode(const struct keygen *k, struct making *m, struct err *err)
{
    struct keyfile_encoding how;

    m->comment = k->comment != NULL ? mem_strdup(k->comment) : usual_comment();
    keyfile_encoding_init(&how);
    how.comment =
        (struct wire_bytes){ (const uint8_t *)m->comment, strlen(m->comment) };
    encoding_prepare(&how, m->format, m->passphrase);
    sshkey_public_line(m->key, how.comment, &m->line);
    m->text = keyfile_encode(m->format, m->key, &how, err);
    return m->text != NULL;
}

/* ---- what was made ---- */

static void tell(const struct keygen *k, const struct making *m)
{
    char fingerprint[SSHKEY_FINGERPRINT_MAX];
    struct buf text = { 0 };
    const uint8_t *blob;
    char *shown;
    size_t len;

    if (k->quiet)
        return;
    blob = sshkey_blob(m->key, &len);
    sshkey_fingerprint(blob, len, fingerprint);
    shown = paths_tilde(m->path);
    buf_printf(&text,
               "\nThe private half is in %s%s: keep it to yourself.\n"
               "The public half is in %s.pub.\n"
               "Fingerprint: %s %u %s\n",
               shown, m->passphrase->len == 0 ? ", without a passphrase" : "",
               shown, sshkey_kind(m->key), sshkey_bits(m->key), fingerprint);
    encoding_put_drawback(m->format, m->key, m->passphrase->len != 0, false,
                          &text);
    buf_put_str(&text,
                "\nThis one line is what your provider's panel wants:\n\n");
    k->say(buf_str(&text));
    mem_free(shown);
    buf_free(&text);
}

static bool do_it(struct keygen *k, struct making *m, bool *no, struct err *err)
{
    if (!choose(k, m, err) || !find_place(k, m, no, err))
        return false;
    if (*no)
        return true;
    if ((m->passphrase = passphrase_new(k, err)) == NULL || !make(k, m, err) ||
        !encode(k, m, err) ||
        !store_pair(m->path, m->text, &m->line, m->replace, err))
        return false;
    tell(k, m);
    buf_put(&k->out, m->line.data, m->line.len);
    buf_put_byte(&k->out, '\n');
    if (k->copy)
        clipboard_copy(m->line.data, m->line.len);
    return true;
}

enum keygen_status keygen_make(struct keygen *k, struct err *err)
{
    struct making m = { 0 };
    bool no = false, done = do_it(k, &m, &no, err);

    forget(&m);
    if (!done)
        return KEYGEN_ERROR;
    return no ? KEYGEN_NO : KEYGEN_DONE;
}
