/* keyfile-der.c - DER key text, shared by the PEM and PKCS#8 formats. */
#include "keys/keyfile-der.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include "base/err.h"
#include "base/secret.h"
#include "keys/sshkey-make.h"
#include "keys/sshkey.h"

#define TAG_INTEGER  0x02
#define TAG_SEQUENCE 0x30
#define LONG_FORM    0x80

/* X.690 section 8.1.3; four bytes are more than any file here needs. */
static size_t der_length(struct wire *w)
{
    uint8_t first = wire_byte(w);
    size_t len = 0;

    if (first < LONG_FORM)
        return first;
    if (first - LONG_FORM > 4)
        w->bad = true;
    for (unsigned n = first - LONG_FORM; n != 0 && wire_ok(w); n--)
        len = len << 8 | wire_byte(w);
    return len;
}

bool keyfile_der_begins(const struct secret *text, size_t slack)
{
    bool sequence;
    struct wire w;
    size_t len;

    wire_init(&w, text->data, text->len);
    sequence = wire_byte(&w) == TAG_SEQUENCE;
    len = der_length(&w);
    if (!wire_ok(&w) || !sequence || len > w.left || w.left - len > slack)
        return false;
    return wire_byte(&w) == TAG_INTEGER && wire_byte(&w) == 1 && wire_ok(&w);
}

struct sshkey *keyfile_der_finish(const struct keyfile_text *text,
                                  EVP_PKEY *pkey, struct err *err)
{
    struct sshkey *key = NULL;

    if (pkey == NULL)
        keyfile_damaged(text, "its ASN.1 structure", err);
    else if ((key = sshkey_make_pkey(pkey, err)) == NULL)
        err_prefix(err, "%s", text->name);
    ERR_clear_error();
    EVP_PKEY_free(pkey);
    return key;
}

struct sshkey *keyfile_der_public(struct sshkey *key, struct err *err)
{
    struct sshkey *public = NULL;
    const uint8_t *blob;
    size_t len;

    if (key != NULL) {
        blob = sshkey_blob(key, &len);
        public = sshkey_from_blob(blob, len, err);
    }
    sshkey_free(key);
    return public;
}
