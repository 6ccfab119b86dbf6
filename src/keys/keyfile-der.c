/*
 * keyfile-der.c - the private keys that PEM and PKCS#8 hold, in DER.
 *
 * Elements are read one after the other by tag (X.690); as everywhere the
 * error is sticky and asked for once.
 */
#include "keys/keyfile-der.h"

#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <string.h>
#include "base/err.h"
#include "base/secret.h"
#include "keys/keyfile-oid.h"
#include "keys/sshkey-make.h"
#include "keys/sshkey.h"

#define TAG_INTEGER      0x02
#define TAG_BIT_STRING   0x03
#define TAG_OCTET_STRING 0x04
#define TAG_OID          0x06
#define TAG_SEQUENCE     0x30
#define TAG_CONTEXT      0x80 /* [0] IMPLICIT, of a primitive type */
#define TAG_CONSTRUCTED  0x20
#define LONG_FORM        0x80

/* Not more than any file here needs; the name of an algorithm is shorter. */
#define LENGTH_BYTES_MAX 4
#define MULTI_PRIME      1 /* the version in RFC 8017 A.1.2 */
#define OID_MAX          32

/* ---- elements ---- */

static size_t take_length(struct wire *w)
{
    uint8_t first = wire_byte(w);
    size_t len = 0;

    if (first < LONG_FORM)
        return first;
    if (first - LONG_FORM > LENGTH_BYTES_MAX)
        w->bad = true;
    for (unsigned n = first - LONG_FORM; n != 0 && wire_ok(w); n--)
        len = len << 8 | wire_byte(w);
    return len;
}

/* The contents of the next element, which must have this tag. */
static struct wire_bytes take(struct wire *w, uint8_t tag)
{
    if (wire_byte(w) != tag)
        w->bad = true;
    return wire_raw(w, take_length(w));
}

static bool next_is(const struct wire *w, uint8_t tag)
{
    return wire_ok(w) && w->left != 0 && w->next[0] == tag;
}

/* Go into the next element: out reads its contents. */
static void enter(struct wire *w, uint8_t tag, struct wire *out)
{
    struct wire_bytes contents = take(w, tag);

    wire_init(out, contents.data, contents.len);
    out->bad = w->bad;
}

/* A number that is not negative, without its leading zero bytes. */
static struct wire_bytes take_number(struct wire *w)
{
    struct wire_bytes n = take(w, TAG_INTEGER);

    if (n.len == 0 || (n.data[0] & 0x80) != 0)
        w->bad = true;
    while (n.len != 0 && n.data[0] == 0) {
        n.data++;
        n.len--;
    }
    return n;
}

/* A BIT STRING of whole bytes. */
static struct wire_bytes take_bits(struct wire *w, uint8_t tag)
{
    struct wire bits;

    enter(w, tag, &bits);
    if (wire_byte(&bits) != 0)
        w->bad = true;
    return wire_rest(&bits);
}

bool keyfile_der_trim(struct secret *der, size_t slack)
{
    struct wire w, inside;

    wire_init(&w, der->data, der->len);
    enter(&w, TAG_SEQUENCE, &inside);
    if (!wire_ok(&w) || w.left > slack || take(&inside, TAG_INTEGER).len != 1)
        return false;
    secret_cut(der, der->len - w.left);
    return true;
}

/* ---- names of algorithms ---- */

/* libcrypto knows the names of those we do not take. */
static void unsupported(const struct keyfile_text *text, struct wire_bytes oid,
                        struct err *err)
{
    uint8_t element[2 + OID_MAX] = { TAG_OID, (uint8_t)oid.len };
    const uint8_t *at = element;
    ASN1_OBJECT *object = NULL;
    char name[64] = "EC with a curve of its own"; /* the empty name */

    if (oid.len <= OID_MAX) {
        memcpy(element + 2, oid.data, oid.len);
        object = d2i_ASN1_OBJECT(NULL, &at, (long)(2 + oid.len));
    }
    if (object != NULL)
        OBJ_obj2txt(name, sizeof name, object, 0);
    ASN1_OBJECT_free(object);
    ERR_clear_error();
    err_set(err, ERR_UNSUPPORTED,
            "%s: this private key is of type %s, which SSH servers do not "
            "take; " SSHKEY_NEW_KEY,
            text->name, name);
}

/* ---- keys ---- */

/* Damage if the elements were not as they must be, else what make said. */
static struct sshkey *finish(const struct keyfile_text *text,
                             struct sshkey *key, struct err *err)
{
    if (key == NULL && err->code == ERR_NONE)
        keyfile_damaged(text, "its ASN.1 structure", err);
    else if (key == NULL)
        err_prefix(err, "%s", text->name);
    return key;
}

static struct sshkey *unusual_rsa(struct err *err)
{
    err_set(err, ERR_UNSUPPORTED,
            "this RSA key has more than two primes, which SSH knows no form "
            "for; " SSHKEY_NEW_KEY);
    return NULL;
}

static struct sshkey *read_rsa(struct wire *w, struct err *err)
{
    struct wire_bytes version;
    struct sshkey_rsa parts;
    struct wire inside;

    enter(w, TAG_SEQUENCE, &inside);
    version = take(&inside, TAG_INTEGER);
    parts.n = take_number(&inside);
    parts.e = take_number(&inside);
    parts.d = take_number(&inside);
    parts.p = take_number(&inside);
    parts.q = take_number(&inside);
    take_number(&inside); /* d mod p-1, d mod q-1, 1/q: computed anew */
    take_number(&inside);
    take_number(&inside);
    if (wire_ok(&inside) && version.len == 1 && version.data[0] == MULTI_PRIME)
        return unusual_rsa(err);
    if (!wire_done(w) || !wire_done(&inside))
        return NULL;
    return sshkey_make_rsa(&parts, err);
}

struct ec {
    struct wire_bytes scalar, curve, point;
};

/* Its name, which is empty if it is described by numbers and none of SSH's. */
static struct wire_bytes take_curve(struct wire *w)
{
    struct wire_bytes numbers = { w->next, w->left };

    if (next_is(w, TAG_OID))
        return take(w, TAG_OID);
    take(w, TAG_SEQUENCE);
    numbers.len -= w->left;
    return oid_of_curve_numbers(numbers);
}

/* curve and point keep their values where the structure leaves them out. */
static bool take_ec(struct wire *w, struct ec *ec)
{
    const uint8_t tag_curve = TAG_CONTEXT | TAG_CONSTRUCTED | 0;
    const uint8_t tag_point = TAG_CONTEXT | TAG_CONSTRUCTED | 1;
    struct wire inside, optional;

    enter(w, TAG_SEQUENCE, &inside);
    take(&inside, TAG_INTEGER); /* version */
    ec->scalar = take(&inside, TAG_OCTET_STRING);
    if (next_is(&inside, tag_curve)) {
        enter(&inside, tag_curve, &optional);
        ec->curve = take_curve(&optional);
        inside.bad |= !wire_done(&optional);
    }
    if (next_is(&inside, tag_point)) {
        enter(&inside, tag_point, &optional);
        ec->point = take_bits(&optional, TAG_BIT_STRING);
        inside.bad |= !wire_done(&optional);
    }
    return wire_done(w) && wire_done(&inside);
}

static struct sshkey *read_ec(const struct keyfile_text *text, struct wire *w,
                              struct wire_bytes curve, struct err *err)
{
    struct ec ec = { .curve = curve, .point = { w->next, 0 } };
    const char *type;

    if (!take_ec(w, &ec))
        return finish(text, NULL, err);
    if ((type = oid_curve_type(ec.curve)) == NULL) {
        unsupported(text, ec.curve, err);
        return NULL;
    }
    return finish(text, sshkey_make_ecdsa(type, ec.point, ec.scalar, err), err);
}

/* RFC 8410 section 7: an OCTET STRING in the OCTET STRING. */
static struct sshkey *read_eddsa(const char *type, struct wire *w,
                                 struct wire_bytes public, struct err *err)
{
    struct wire_bytes seed = take(w, TAG_OCTET_STRING);

    return wire_done(w) ? sshkey_make_eddsa(type, public, seed, err) : NULL;
}

static struct sshkey *read_pkcs8(const struct keyfile_text *text,
                                 struct wire *w, struct err *err)
{
    const uint8_t tag_attributes = TAG_CONTEXT | TAG_CONSTRUCTED | 0;
    const uint8_t tag_public = TAG_CONTEXT | 1;
    struct wire_bytes oid, curve = { w->next, 0 }, public = curve;
    struct wire inside, algorithm, key;

    enter(w, TAG_SEQUENCE, &inside);
    take(&inside, TAG_INTEGER); /* version */
    enter(&inside, TAG_SEQUENCE, &algorithm);
    oid = take(&algorithm, TAG_OID);
    if (next_is(&algorithm, TAG_OID) || next_is(&algorithm, TAG_SEQUENCE))
        curve = take_curve(&algorithm);
    enter(&inside, TAG_OCTET_STRING, &key);
    if (next_is(&inside, tag_attributes))
        take(&inside, tag_attributes);
    if (next_is(&inside, tag_public))
    public = take_bits(&inside, tag_public);
    if (!wire_done(w) || !wire_done(&inside) || !wire_ok(&algorithm))
        return finish(text, NULL, err);
    if (oid_same(oid, oid_rsa))
        return finish(text, read_rsa(&key, err), err);
    if (oid_same(oid, oid_ec))
        return read_ec(text, &key, curve, err);
    if (oid_same(oid, oid_ed25519))
        return finish(text, read_eddsa("ssh-ed25519", &key, public, err), err);
    if (oid_same(oid, oid_ed448))
        return finish(text, read_eddsa("ssh-ed448", &key, public, err), err);
    if (oid_same(oid, oid_dsa))
        err_set(err, ERR_UNSUPPORTED, "%s: %s", text->name, SSHKEY_DSA_REFUSED);
    else
        unsupported(text, oid, err);
    return NULL;
}

struct sshkey *keyfile_der_key(const struct keyfile_text *text,
                               const struct secret *der, struct err *err)
{
    struct wire w, look, inside;

    err_clear(err);
    wire_init(&w, der->data, der->len);
    look = w;
    enter(&look, TAG_SEQUENCE, &inside);
    take(&inside, TAG_INTEGER); /* version */
    if (next_is(&inside, TAG_INTEGER))
        return finish(text, read_rsa(&w, err), err);
    if (next_is(&inside, TAG_OCTET_STRING))
        return read_ec(text, &w, (struct wire_bytes){ der->data, 0 }, err);
    return read_pkcs8(text, &w, err);
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
