#include "app/cast.h"

#include "app/json.h"

static void put_time(struct buf *out, uint64_t at, char kind)
{
    buf_printf(out, "[%llu.%03u, \"%c\", \"", (unsigned long long)(at / 1000),
               (unsigned)(at % 1000), kind);
}

void cast_put_head(struct buf *out, const struct cast_head *head,
                   const char *term)
{
    const uint8_t *t = (const uint8_t *)term;
    size_t n = 0;

    while (term[n] != '\0')
        n++;
    buf_printf(out,
               "{\"version\": 2, \"width\": %u, \"height\": %u, "
               "\"timestamp\": %llu, \"env\": {\"TERM\": \"",
               head->cols, head->rows, (unsigned long long)head->time);
    json_put(out, t, n);
    buf_put_str(out, "\"}}\n");
}

void cast_put_resize(struct buf *out, uint64_t at, unsigned cols, unsigned rows)
{
    put_time(out, at, 'r');
    buf_printf(out, "%ux%u\"]\n", cols, rows);
}

void cast_put_output(struct buf *out, uint64_t at, struct buf *held,
                     const void *bytes, size_t n)
{
    size_t rest;

    buf_put(held, bytes, n);
    put_time(out, at, 'o');
    rest = json_put(out, held->data, held->len);
    buf_put_str(out, "\"]\n");
    buf_consume(held, held->len - rest);
}
