#include "ui/locale.h"

#include <limits.h>
#include <string.h>
#include <wchar.h>
#include "base/buf.h"
#include "ui/glyph.h"

/* Bytes of the character; 0 if the encoding has none for it. */
static size_t encode(uint32_t ch, char out[MB_LEN_MAX])
{
    mbstate_t state;
    size_t n;

    memset(&state, 0, sizeof state);
    n = wcrtomb(out, (wchar_t)ch, &state);
    return n == (size_t)-1 ? 0 : n;
}

bool locale_has(uint32_t ch)
{
    char out[MB_LEN_MAX];

    return encode(ch, out) != 0;
}

void locale_put(struct buf *out, uint32_t ch)
{
    char bytes[MB_LEN_MAX];
    size_t n = encode(ch, bytes);

    if (n != 0)
        buf_put(out, bytes, n);
    else
        buf_put_byte(out, (uint8_t)glyph_ascii(ch));
}
