#include "app/cast.h"

#include "base/utf8.h"

static void put_char(struct buf *out, uint32_t ch)
{
    uint8_t enc[4];

    if (ch == '"' || ch == '\\')
        buf_printf(out, "\\%c", (int)ch);
    else if (ch == '\n')
        buf_put_str(out, "\\n");
    else if (ch == '\r')
        buf_put_str(out, "\\r");
    else if (ch < 0x20 || ch == 0x7f)
        buf_printf(out, "\\u%04x", (unsigned)ch);
    else
        buf_put(out, enc, utf8_encode(ch, enc));
}

/* Returns how many bytes are the beginning of a character. */
static size_t put_text(struct buf *out, const uint8_t *p, size_t n)
{
    size_t used;
    uint32_t ch;

    for (; n != 0; p += used, n -= used) {
        used = utf8_decode(p, n, &ch);
        if (used == 0)
            return n;
        put_char(out, ch);
    }
    return 0;
}

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
    put_text(out, t, n);
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
    rest = put_text(out, held->data, held->len);
    buf_put_str(out, "\"]\n");
    buf_consume(held, held->len - rest);
}
