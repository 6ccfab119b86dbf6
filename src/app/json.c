#include "app/json.h"

#include <string.h>
#include "base/buf.h"
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

size_t json_put(struct buf *out, const uint8_t *p, size_t n)
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

void json_put_string(struct buf *out, const char *s)
{
    if (s == NULL) {
        buf_put_str(out, "null");
        return;
    }
    buf_put_byte(out, '"');
    json_put(out, (const uint8_t *)s, strlen(s));
    buf_put_byte(out, '"');
}
