#include "base/buf.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "base/mem.h"

void buf_init(struct buf *b)
{
    memset(b, 0, sizeof *b);
}

void buf_free(struct buf *b)
{
    mem_free(b->base);
    buf_init(b);
}

void buf_clear(struct buf *b)
{
    b->data = b->base;
    b->len = 0;
}

static void grow(struct buf *b, size_t n)
{
    size_t cap = b->cap < 64 ? 64 : b->cap;
    uint8_t *base;

    while (cap - b->len < n)
        cap = cap <= SIZE_MAX / 2 ? cap * 2 : SIZE_MAX;
    base = mem_resize(NULL, cap, 1);
    if (b->len != 0)
        memcpy(base, b->data, b->len);
    mem_free(b->base);
    b->base = b->data = base;
    b->cap = cap;
}

/* Use the room behind the bytes, else that before them, else grow. */
uint8_t *buf_reserve(struct buf *b, size_t n)
{
    size_t lead = b->cap != 0 ? (size_t)(b->data - b->base) : 0;

    if (n <= b->cap - lead - b->len && b->cap != 0)
        return b->data + b->len;
    if (lead > b->cap / 2 && n <= b->cap - b->len) {
        memmove(b->base, b->data, b->len);
        b->data = b->base;
    } else {
        grow(b, n);
    }
    return b->data + b->len;
}

void buf_commit(struct buf *b, size_t n)
{
    assert(n <= b->cap - b->len);
    b->len += n;
}

void buf_put(struct buf *b, const void *p, size_t n)
{
    if (n == 0)
        return;
    memcpy(buf_reserve(b, n), p, n);
    b->len += n;
}

void buf_put_byte(struct buf *b, uint8_t byte)
{
    buf_put(b, &byte, 1);
}

void buf_put_str(struct buf *b, const char *s)
{
    buf_put(b, s, strlen(s));
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
    va_list ap, again;
    int n;

    va_start(ap, fmt);
    va_copy(again, ap);
    n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n > 0) {
        vsnprintf((char *)buf_reserve(b, (size_t)n + 1), (size_t)n + 1, fmt,
                  again);
        b->len += (size_t)n;
    }
    va_end(again);
}

void buf_consume(struct buf *b, size_t n)
{
    if (n >= b->len) {
        buf_clear(b);
        return;
    }
    b->data += n;
    b->len -= n;
}

const char *buf_str(struct buf *b)
{
    *buf_reserve(b, 1) = '\0';
    return (const char *)b->data;
}

char *buf_take_str(struct buf *b)
{
    char *s = mem_strndup(buf_str(b), b->len);

    buf_free(b);
    return s;
}
