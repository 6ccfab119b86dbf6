#include "keygen/source.h"

#include <string.h>
#include <unistd.h>
#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "keygen/encoding.h"
#include "keygen/keygen.h"
#include "keygen/passphrase.h"
#include "keygen/store.h"
#include "keys/sshkey.h"
#include "sys/file.h"

#define TRIES 3

bool source_read_pipe(struct keygen *k, struct err *err)
{
    if (k->file == NULL)
        return true;
    if (strcmp(k->file, "-") == 0) {
        k->file = "/dev/stdin";
        k->piped = file_read_stream(STDIN_FILENO, k->file, KEYFILE_MAX, err);
    } else if (file_is_pipe(k->file)) {
        k->piped = file_read_pipe(k->file, KEYFILE_MAX, err);
    } else {
        return true;
    }
    return k->piped != NULL;
}

struct secret *source_text(const struct keygen *k, struct err *exposed,
                           struct err *err)
{
    if (k->piped == NULL)
        return file_read_private(k->file, KEYFILE_MAX, exposed, err);
    err_clear(exposed);
    return secret_from(k->piped->data, k->piped->len);
}

bool source_read(struct source *s, const struct keygen *k, struct err *err)
{
    memset(s, 0, sizeof *s);
    if (k->file == NULL)
        return err_set(err, ERR_USAGE,
                       "name the key file; vmconnect-keygen --help has the "
                       "ways to call it");
    s->path = k->file;
    s->text = source_text(k, &s->exposed, err);
    if (s->text != NULL &&
        keyfile_inspect(s->text->data, s->text->len, s->path, &s->info, err))
        return true;
    secret_free(s->text);
    return false;
}

void source_close(struct source *s)
{
    sshkey_free(s->key);
    secret_free(s->passphrase);
    buf_free(&s->remark);
    keyfile_info_free(&s->info);
    secret_free(s->text);
}

/* ---- the private half ---- */

static bool decode(struct source *s, struct err *err)
{
    s->key = keyfile_decode_remark(s->text->data, s->text->len, s->path,
                                   s->passphrase, &s->remark, err);
    return s->key != NULL;
}

/* A passphrase of the command line is wrong only once. */
static bool unlock(struct source *s, const struct keygen *k, struct err *err)
{
    const char *why = NULL;

    if (!s->info.encrypted) {
        s->passphrase = secret_from("", 0);
        return decode(s, err);
    }
    for (unsigned n = 0; n < TRIES; n++) {
        secret_free(s->passphrase);
        s->passphrase = passphrase_old(k, s->path, why, err);
        if (s->passphrase == NULL)
            return false;
        if (decode(s, err))
            return true;
        if (err->code != ERR_PASSPHRASE || k->old_passphrase != NULL)
            return false;
        why = s->passphrase->len != 0
                  ? "That passphrase is wrong"
                  : "Nothing was typed; this key needs its passphrase";
    }
    return false;
}

bool source_remedy_convert(const struct source *s, struct err *err)
{
    bool putty = strncmp(s->info.format, "PuTTY", strlen("PuTTY")) == 0;

    return err_command(err,
                       putty ? "vmconnect-keygen --convert --format ppk -o OUT"
                             : "vmconnect-keygen --convert -o OUT",
                       s->path, "");
}

/* Whether it holds a key that is hidden is checked when that is encoded. */
static bool can_write(const struct source *s, const char *format,
                      struct err *err)
{
    if (s->exposed.code != ERR_NONE) {
        *err = s->exposed;
        return false;
    }
    if (keyfile_can_hold(
            format != NULL ? format : s->info.format,
            s->info.public != NULL ? sshkey_type(s->info.public) : "", err))
        return true;
    err_prefix(err, "%s", s->path);
    return format == NULL && source_remedy_convert(s, err); /* only read */
}

bool source_open(struct source *s, const struct keygen *k, const char *format,
                 struct err *err)
{
    if (!source_read(s, k, err))
        return false;
    if (can_write(s, format, err) && unlock(s, k, err))
        return true;
    source_close(s);
    return false;
}

struct secret *source_encode(const struct source *s, const char *format,
                             const struct buf *comment,
                             const struct secret *passphrase, struct err *err)
{
    struct keyfile_encoding how;
    struct secret *text;

    keyfile_encoding_init(&how);
    encoding_like(&how, &s->info);
    if (comment->len != 0)
        how.comment = (struct wire_bytes){ comment->data, comment->len };
    encoding_prepare(&how, format, passphrase);
    if ((text = keyfile_encode(format, s->key, &how, err)) == NULL)
        err_prefix(err, "%s", s->path);
    return text;
}

/* ---- the public half ---- */

static const struct sshkey *public_half(const struct source *s)
{
    return s->info.public != NULL ? s->info.public : s->key;
}

void source_put_remark(const struct source *s, struct buf *out)
{
    if (s->remark.len != 0)
        buf_put(out, s->remark.data, s->remark.len);
    else if (s->info.remark.len != 0)
        buf_put(out, s->info.remark.data, s->info.remark.len);
    else
        (void)store_public_comment(s->path, public_half(s), out);
}

void source_put_comment(const struct source *s, struct buf *out)
{
    struct buf remark = { 0 };

    source_put_remark(s, &remark);
    text_clean(out, remark.data, remark.len, false);
    buf_free(&remark);
}

bool source_put_line(struct source *s, const struct keygen *k, struct buf *out,
                     struct err *err)
{
    struct buf remark = { 0 };

    if ((s->info.public == NULL || k->old_passphrase != NULL) &&
        !unlock(s, k, err))
        return false;
    source_put_remark(s, &remark);
    sshkey_public_line(public_half(s),
                       (struct wire_bytes){ remark.data, remark.len }, out);
    buf_free(&remark);
    return true;
}
