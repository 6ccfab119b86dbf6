#include "base/wire.h"

#include <assert.h>
#include <string.h>
#include "base/buf.h"

static const uint8_t nothing[1];

void wire_init(struct wire *w, const void *data, size_t len)
{
    w->next = len != 0 ? data : nothing;
    w->left = len;
    w->bad = false;
}

struct wire_bytes wire_raw(struct wire *w, size_t n)
{
    struct wire_bytes b = { nothing, 0 };

    if (w->bad || n > w->left) {
        w->bad = true;
        return b;
    }
    b.data = w->next;
    b.len = n;
    w->next += n;
    w->left -= n;
    return b;
}

uint8_t wire_byte(struct wire *w)
{
    struct wire_bytes b = wire_raw(w, 1);

    return b.len == 1 ? b.data[0] : 0;
}

bool wire_bool(struct wire *w)
{
    return wire_byte(w) != 0;
}

uint32_t wire_u32(struct wire *w)
{
    struct wire_bytes b = wire_raw(w, 4);

    if (b.len != 4)
        return 0;
    return (uint32_t)b.data[0] << 24 | (uint32_t)b.data[1] << 16 |
           (uint32_t)b.data[2] << 8 | b.data[3];
}

uint64_t wire_u64(struct wire *w)
{
    struct wire_bytes b = wire_raw(w, 8);
    uint64_t v = 0;
    size_t i;

    for (i = 0; i < b.len; i++)
        v = v << 8 | b.data[i];
    return v;
}

struct wire_bytes wire_string(struct wire *w)
{
    return wire_raw(w, wire_u32(w));
}

struct wire_bytes wire_mpint(struct wire *w, size_t max)
{
    struct wire_bytes b = wire_string(w);

    if (b.len != 0 && (b.data[0] & 0x80) != 0)
        w->bad = true;
    while (b.len != 0 && b.data[0] == 0) {
        b.data++;
        b.len--;
    }
    if (b.len > max)
        w->bad = true;
    if (w->bad)
        b = (struct wire_bytes){ nothing, 0 };
    return b;
}

struct wire_bytes wire_rest(struct wire *w)
{
    return wire_raw(w, w->left);
}

bool wire_ok(const struct wire *w)
{
    return !w->bad;
}

bool wire_done(const struct wire *w)
{
    return !w->bad && w->left == 0;
}

bool wire_is(struct wire_bytes b, const char *s)
{
    return b.len == strlen(s) && memcmp(b.data, s, b.len) == 0;
}

void wire_put_u32(struct buf *b, uint32_t v)
{
    uint8_t p[4] = { (uint8_t)(v >> 24), (uint8_t)(v >> 16), (uint8_t)(v >> 8),
                     (uint8_t)v };

    buf_put(b, p, sizeof p);
}

void wire_put_bool(struct buf *b, bool v)
{
    buf_put_byte(b, v ? 1 : 0);
}

void wire_put_string(struct buf *b, const void *p, size_t n)
{
    assert(n <= UINT32_MAX);
    wire_put_u32(b, (uint32_t)n);
    buf_put(b, p, n);
}

void wire_put_cstr(struct buf *b, const char *s)
{
    wire_put_string(b, s, strlen(s));
}

void wire_put_mpint(struct buf *b, const uint8_t *p, size_t n)
{
    bool pad;

    while (n != 0 && *p == 0) {
        p++;
        n--;
    }
    assert(n < UINT32_MAX);
    pad = n != 0 && (*p & 0x80) != 0;
    wire_put_u32(b, (uint32_t)(n + (pad ? 1 : 0)));
    if (pad)
        buf_put_byte(b, 0);
    buf_put(b, p, n);
}
