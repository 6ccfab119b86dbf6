#include "keys/keyfile-write.h"

#include <assert.h>
#include <string.h>
#include "base/base64.h"
#include "base/buf.h"
#include "base/secret.h"
#include "keys/keyfile.h"
#include "keys/sshcert.h"
#include "keys/sshkey.h"

const char *keyfile_public_type(const struct sshkey *key,
                                const struct keyfile_encoding *how)
{
    return how->certificate != NULL ? how->certificate->type : sshkey_type(key);
}

struct wire_bytes keyfile_public_blob(const struct sshkey *key,
                                      const struct keyfile_encoding *how)
{
    struct wire_bytes blob;

    if (how->certificate != NULL)
        blob.data = sshcert_blob(how->certificate, &blob.len);
    else
        blob.data = sshkey_blob(key, &blob.len);
    return blob;
}

void keyfile_put(struct secret *out, const void *p, size_t n)
{
    bool fits = secret_put(out, p, n);

    assert(fits);
}

void keyfile_put_str(struct secret *out, const char *s)
{
    keyfile_put(out, s, strlen(s));
}

void keyfile_put_u32(struct secret *out, uint32_t v)
{
    uint8_t p[4] = { (uint8_t)(v >> 24), (uint8_t)(v >> 16), (uint8_t)(v >> 8),
                     (uint8_t)v };

    keyfile_put(out, p, sizeof p);
}

void keyfile_put_string(struct secret *out, struct wire_bytes s)
{
    assert(s.len <= UINT32_MAX);
    keyfile_put_u32(out, (uint32_t)s.len);
    keyfile_put(out, s.data, s.len);
}

void keyfile_put_cstring(struct secret *out, const char *s)
{
    keyfile_put_string(out,
                       (struct wire_bytes){ (const uint8_t *)s, strlen(s) });
}

struct wire_bytes keyfile_magnitude(struct wire_bytes n)
{
    while (n.len != 0 && n.data[0] == 0)
        n = (struct wire_bytes){ n.data + 1, n.len - 1 };
    return n;
}

void keyfile_put_mpint(struct secret *out, struct wire_bytes n)
{
    bool pad;

    n = keyfile_magnitude(n);
    pad = n.len != 0 && (n.data[0] & 0x80) != 0;
    assert(n.len < UINT32_MAX);
    keyfile_put_u32(out, (uint32_t)n.len + pad);
    keyfile_put(out, "", pad);
    keyfile_put(out, n.data, n.len);
}

struct secret *keyfile_padded(const struct secret *text, size_t block)
{
    uint8_t pad = (uint8_t)(block - text->len % block);
    struct secret *out = secret_new(text->len + pad);

    keyfile_put(out, text->data, text->len);
    while (out->len != out->cap)
        keyfile_put(out, &pad, 1);
    return out;
}

static size_t base64_chars(size_t n)
{
    return (n + 2) / 3 * 4;
}

size_t keyfile_lines_count(size_t n, size_t width)
{
    return (base64_chars(n) + width - 1) / width;
}

size_t keyfile_lines_room(size_t n, size_t width)
{
    return base64_chars(n) + keyfile_lines_count(n, width);
}

void keyfile_put_lines(struct secret *out, struct wire_bytes raw, size_t width)
{
    struct secret *text = base64_encode_secret(raw.data, raw.len);

    for (size_t at = 0; at < text->len; at += width) {
        size_t n = text->len - at < width ? text->len - at : width;

        keyfile_put(out, text->data + at, n);
        keyfile_put(out, "\n", 1);
    }
    secret_free(text);
}

struct secret *keyfile_armoured(const char *label, const char *headers,
                                const struct secret *raw, size_t width)
{
    struct buf begin = { 0 }, end = { 0 };
    struct secret *out;

    buf_printf(&begin, "-----BEGIN %s-----\n%s", label, headers);
    buf_printf(&end, "-----END %s-----\n", label);
    out = secret_new(begin.len + keyfile_lines_room(raw->len, width) + end.len);
    keyfile_put(out, begin.data, begin.len);
    keyfile_put_lines(out, (struct wire_bytes){ raw->data, raw->len }, width);
    keyfile_put(out, end.data, end.len);
    buf_free(&begin);
    buf_free(&end);
    return out;
}
