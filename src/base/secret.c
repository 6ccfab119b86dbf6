#include "base/secret.h"

#include <assert.h>
#include <string.h>
#include "base/mem.h"

struct secret *secret_new(size_t cap)
{
    struct secret *s = mem_alloc(sizeof *s);

    assert(cap < SIZE_MAX);
    s->data = mem_alloc(cap + 1);
    s->cap = cap;
    return s;
}

struct secret *secret_from(const void *p, size_t n)
{
    struct secret *s = secret_new(n);

    secret_put(s, p, n);
    return s;
}

void secret_clear(struct secret *s)
{
    mem_wipe(s->data, s->cap);
    s->len = 0;
}

void secret_free(struct secret *s)
{
    if (s == NULL)
        return;
    secret_clear(s);
    mem_free(s->data);
    mem_free(s);
}

bool secret_put(struct secret *s, const void *p, size_t n)
{
    if (n > s->cap - s->len)
        return false;
    if (n != 0)
        memcpy(s->data + s->len, p, n);
    s->len += n;
    s->data[s->len] = 0;
    return true;
}

void secret_cut(struct secret *s, size_t len)
{
    assert(len <= s->len);
    mem_wipe(s->data + len, s->len - len);
    s->len = len;
}
