#include "base/buf.h"

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
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

/* At least twice the capacity, so that each byte is moved a few times only. */
static void grow(struct buf *b, size_t n)
{
    size_t cap = b->cap < 32 ? 64 : 2 * b->cap;
    uint8_t *base;

    if (n > SIZE_MAX / 2 - b->len)
        mem_exhausted();
    while (cap - b->len < n)
        cap *= 2;
    base = mem_resize(NULL, cap, 1);
    if (b->len != 0)
        memcpy(base, b->data, b->len);
    mem_free(b->base);
    b->base = b->data = base;
    b->cap = cap;
}

static size_t room_behind(const struct buf *b)
{
    return b->cap - (size_t)(b->data - b->base) - b->len;
}

/*
 * The bytes go back to the front only when at least as many were consumed:
 * a queue that is almost full would else be moved for every byte put.
 */
static bool worth_moving(const struct buf *b, size_t n)
{
    return (size_t)(b->data - b->base) >= b->len && n <= b->cap - b->len;
}

uint8_t *buf_reserve(struct buf *b, size_t n)
{
    if (b->cap == 0) {
        grow(b, n);
    } else if (n > room_behind(b)) {
        if (worth_moving(b, n))
            b->data = memmove(b->base, b->data, b->len);
        else
            grow(b, n);
    }
    return b->data + b->len;
}

void buf_commit(struct buf *b, size_t n)
{
    assert(n == 0 || n <= room_behind(b));
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
        (void)vsnprintf((char *)buf_reserve(b, (size_t)n + 1), (size_t)n + 1,
                        fmt, again);
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
    char *s = mem_dup(buf_str(b), b->len + 1);

    buf_free(b);
    return s;
}
