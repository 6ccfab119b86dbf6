/*
 * show.c - the public half of a key file as one line; the passphrase is asked
 * for only where the format hides it.
 */
#include "base/err.h"
#include "keygen/clipboard.h"
#include "keygen/keygen.h"
#include "keygen/source.h"

enum keygen_status keygen_public(struct keygen *k, struct err *err)
{
    struct err other;
    struct source s;
    bool done;

    if (k->copy && !clipboard_check(err))
        return KEYGEN_ERROR;
    if (source_read(&s, k, err)) {
        done = source_put_line(&s, k, &k->out, err);
        if (done)
            buf_put_byte(&k->out, '\n');
        source_close(&s);
    } else {
        done = keygen_import(k, &other) == KEYGEN_DONE; /* a public half */
        if (err->code == ERR_PUBLIC_HALF)
            *err = other;
    }
    if (done && k->copy)
        clipboard_copy(k->out.data, k->out.len - 1);
    return done ? KEYGEN_DONE : KEYGEN_ERROR;
}
