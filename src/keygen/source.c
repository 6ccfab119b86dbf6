#include "keygen/source.h"

#include <string.h>
#include "base/mem.h"
#include "base/secret.h"
#include "keygen/keygen.h"
#include "keygen/passphrase.h"
#include "keys/sshkey.h"
#include "sys/file.h"

#define TRIES 3

bool source_read(struct source *s, const struct keygen *k, struct err *err)
{
    memset(s, 0, sizeof *s);
    if (k->file == NULL)
        return err_set(err, ERR_USAGE,
                       "name the key file: vmconnect-keygen -%c FILE",
                       k->command->letter);
    s->path = k->file;
    s->text = file_read_private(s->path, KEYFILE_MAX, &s->exposed, err);
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

static bool decode(struct source *s, struct err *err)
{
    s->key = keyfile_decode_remark(s->text->data, s->text->len, s->path,
                                   s->passphrase, &s->remark, err);
    return s->key != NULL;
}

/* A passphrase of the command line is wrong only once. */
bool source_unlock(struct source *s, const struct keygen *k, struct err *err)
{
    const char *why = NULL;

    if (!s->info.encrypted)
        return decode(s, err);
    for (unsigned n = 0; n < TRIES; n++) {
        secret_free(s->passphrase);
        s->passphrase = passphrase_old(k, s->path, why, err);
        if (s->passphrase == NULL)
            return false;
        if (decode(s, err))
            return true;
        if (err->code != ERR_PASSPHRASE || k->old_passphrase != NULL)
            return false;
        why = "That passphrase is wrong";
    }
    return false;
}
