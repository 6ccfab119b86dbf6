/* show.c - the public half of a key file. */
#include "base/err.h"
#include "base/wire.h"
#include "keygen/clipboard.h"
#include "keygen/keygen.h"
#include "keygen/source.h"
#include "keys/sshkey.h"

/* The passphrase is asked only where the format hides the public half. */
static bool put_line(struct keygen *k, struct source *s, struct buf *line,
                     struct err *err)
{
    const struct buf *remark = &s->info.remark;
    const struct sshkey *key = s->info.public;

    if (key == NULL) {
        if (!source_unlock(s, k, err))
            return false;
        key = s->key;
        remark = &s->remark;
    }
    sshkey_public_line(key, (struct wire_bytes){ remark->data, remark->len },
                       line);
    return true;
}

enum keygen_status keygen_public(struct keygen *k, struct err *err)
{
    struct buf line = { 0 };
    struct source s;
    bool done;

    if (!source_read(&s, k, err))
        return KEYGEN_ERROR;
    done = put_line(k, &s, &line, err);
    if (done) {
        buf_put(&k->out, line.data, line.len);
        buf_put_byte(&k->out, '\n');
        done = !k->copy || clipboard_copy(line.data, line.len, err);
    }
    buf_free(&line);
    source_close(&s);
    return done ? KEYGEN_DONE : KEYGEN_ERROR;
}
