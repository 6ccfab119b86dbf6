/* convert.c - the key of a file in another format. */
#include <string.h>
#include "base/err.h"
#include "base/secret.h"
#include "keygen/encoding.h"
#include "keygen/keygen.h"
#include "keygen/passphrase.h"
#include "keygen/source.h"
#include "keygen/store.h"
#include "keys/sshkey.h"

/* What the new format does not keep or protect. */
static void tell(const struct keygen *k, const struct source *s,
                 const char *format, const struct secret *passphrase)
{
    bool plain = strcmp(format, "PEM") == 0 || strcmp(format, "PKCS#8") == 0;
    struct buf text = { 0 };

    buf_printf(&text, "%s: the same key in the format %s%s\n", k->output,
               format, passphrase->len == 0 ? ", without a passphrase" : "");
    if (plain && s->remark.len != 0)
        buf_put_str(&text, "That format has no comment.\n");
    if (plain && s->info.certificate != NULL)
        buf_put_str(&text, "That format has no certificate.\n");
    encoding_put_drawback(format, s->key, passphrase->len != 0, false, &text);
    if (!k->quiet)
        k->say(buf_str(&text));
    buf_free(&text);
}

/* The passphrase stays, unless -N gives another. */
static bool convert(const struct keygen *k, const struct source *s,
                    const char *format, bool *no, struct err *err)
{
    struct secret *passphrase = NULL, *text = NULL;
    struct buf comment = { 0 };
    bool done, replace = false;

    if (k->new_passphrase != NULL)
        passphrase = passphrase_new(k, err);
    else
        passphrase = secret_from(s->passphrase->data, s->passphrase->len);
    if (k->comment != NULL)
        buf_put_str(&comment, k->comment);
    else
        source_put_remark(s, &comment);
    text = source_encode(s, format, &comment, passphrase, err);
    done = text != NULL && store_ask(k->output, false, &replace, no, err);
    if (done && !*no) {
        done = store_private(k->output, text, replace, err);
        if (done)
            tell(k, s, format, passphrase);
    }
    buf_free(&comment);
    secret_free(text);
    secret_free(passphrase);
    return done;
}

enum keygen_status keygen_convert(struct keygen *k, struct err *err)
{
    const char *format = encoding_format(k->format, err);
    bool no = false, done;
    struct source s;

    if (format == NULL)
        return KEYGEN_ERROR;
    if (k->output == NULL) {
        err_set(err, ERR_USAGE, "--convert: name the new file with -o");
        return KEYGEN_ERROR;
    }
    if (!source_open(&s, k, format, err))
        return KEYGEN_ERROR;
    done = convert(k, &s, format, &no, err);
    source_close(&s);
    if (!done)
        return KEYGEN_ERROR;
    return no ? KEYGEN_NO : KEYGEN_DONE;
}
