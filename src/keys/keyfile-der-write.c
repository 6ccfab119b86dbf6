/* keyfile-der-write.c - as openssl writes it, byte for byte. */
#include "keys/keyfile-der-write.h"

#include <assert.h>
#include <string.h>
#include "base/secret.h"
#include "keys/keyfile-oid.h"
#include "keys/keyfile-write.h"
#include "keys/sshkey-numbers.h"

#define LONG_FORM 0x80
/* What the tags, lengths, names and versions around the numbers take. */
#define AROUND_MAX 128

/* ---- elements ---- */

static void put_header(struct secret *out, uint8_t tag, size_t len)
{
    uint8_t header[DER_HEADER_MAX] = { tag, (uint8_t)len };
    size_t n = 2, bytes = 1;

    assert(len <= UINT32_MAX);
    if (len >= LONG_FORM) {
        while (len >> (8 * bytes) != 0)
            bytes++;
        header[1] = (uint8_t)(LONG_FORM | bytes);
        for (; bytes != 0; bytes--)
            header[n++] = (uint8_t)(len >> (8 * (bytes - 1)));
    }
    keyfile_put(out, header, n);
}

struct secret *der_wrap(uint8_t tag, struct secret *contents)
{
    struct secret *out = secret_new(DER_HEADER_MAX + contents->len);

    put_header(out, tag, contents->len);
    keyfile_put(out, contents->data, contents->len);
    secret_free(contents);
    return out;
}

void der_put(struct secret *out, uint8_t tag, struct wire_bytes contents)
{
    put_header(out, tag, contents.len);
    keyfile_put(out, contents.data, contents.len);
}

void der_put_element(struct secret *out, struct secret *element)
{
    keyfile_put(out, element->data, element->len);
    secret_free(element);
}

/* A magnitude: a zero byte keeps a high bit from being a sign. */
static void put_integer(struct secret *out, struct wire_bytes n)
{
    bool pad;

    n = keyfile_magnitude(n);
    pad = n.len == 0 || (n.data[0] & 0x80) != 0;
    put_header(out, DER_INTEGER, n.len + pad);
    keyfile_put(out, "", pad);
    keyfile_put(out, n.data, n.len);
}

void der_put_number(struct secret *out, uint32_t n)
{
    uint8_t bytes[4] = { (uint8_t)(n >> 24), (uint8_t)(n >> 16),
                         (uint8_t)(n >> 8), (uint8_t)n };

    put_integer(out, (struct wire_bytes){ bytes, sizeof bytes });
}

/* ---- keys ---- */

struct secret *der_rsa(const struct sshkey_numbers *k)
{
    const struct wire_bytes numbers[] = { k->n, k->e,  k->d,  k->p,
                                          k->q, k->dp, k->dq, k->iqmp };
    struct secret *out =
        secret_new(AROUND_MAX + k->n.len + k->e.len + k->store->len);

    der_put_number(out, 0);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        put_integer(out, numbers[i]);
    return der_wrap(DER_SEQUENCE, out);
}

static struct secret *point_of(const struct sshkey_numbers *k)
{
    struct secret *bits = secret_new(1 + k->point.len);

    keyfile_put(bits, "", 1); /* no bits are unused */
    keyfile_put(bits, k->point.data, k->point.len);
    return der_wrap(DER_CONTEXT(1), der_wrap(DER_BIT_STRING, bits));
}

static struct secret *name_of(struct wire_bytes oid)
{
    struct secret *name = secret_new(DER_HEADER_MAX + oid.len);

    der_put(name, DER_OID, oid);
    return name;
}

/* Inside PKCS#8, whose header names the curve, curve is empty. */
static struct secret *ec_key(struct wire_bytes curve,
                             const struct sshkey_numbers *k)
{
    struct secret *out = secret_new(AROUND_MAX + k->scalar.len + k->point.len);

    der_put_number(out, 1);
    der_put(out, DER_OCTET_STRING, k->scalar);
    if (curve.len != 0)
        der_put_element(out, der_wrap(DER_CONTEXT(0), name_of(curve)));
    der_put_element(out, point_of(k));
    return der_wrap(DER_SEQUENCE, out);
}

struct secret *der_ec(const char *type, const struct sshkey_numbers *k)
{
    return ec_key(oid_of_curve(type), k);
}

/* An OCTET STRING, for the OCTET STRING (RFC 8410 section 7). */
static struct secret *eddsa_key(const struct sshkey_numbers *k)
{
    struct secret *out = secret_new(DER_HEADER_MAX + k->seed.len);

    der_put(out, DER_OCTET_STRING, k->seed);
    return out;
}

struct secret *der_pkcs8(const char *type, const struct sshkey_numbers *k)
{
    static const struct wire_bytes nothing = { (const uint8_t *)"", 0 };
    struct secret *algorithm = secret_new(AROUND_MAX), *inner, *out;
    struct wire_bytes curve = oid_of_curve(type);

    if (curve.len != 0) {
        der_put(algorithm, DER_OID, oid_ec);
        der_put(algorithm, DER_OID, curve);
        inner = ec_key(nothing, k);
    } else if (strcmp(type, "ssh-rsa") == 0) {
        der_put(algorithm, DER_OID, oid_rsa);
        der_put(algorithm, DER_NULL, nothing);
        inner = der_rsa(k);
    } else {
        der_put(algorithm, DER_OID,
                strcmp(type, "ssh-ed448") == 0 ? oid_ed448 : oid_ed25519);
        inner = eddsa_key(k);
    }
    out = secret_new(AROUND_MAX + algorithm->len + inner->len);
    der_put_number(out, 0);
    der_put_element(out, der_wrap(DER_SEQUENCE, algorithm));
    der_put_element(out, der_wrap(DER_OCTET_STRING, inner));
    return der_wrap(DER_SEQUENCE, out);
}
