#include "ui/locale.h"

#include <langinfo.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include "base/buf.h"
#include "base/utf8.h"
#include "ui/glyph.h"

bool locale_is_8bit(void)
{
    const char *codeset = nl_langinfo(CODESET);

    return strcmp(codeset, "UTF-8") != 0 && strcmp(codeset, "US-ASCII") != 0 &&
           strcmp(codeset, "ANSI_X3.4-1968") != 0;
}

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

size_t locale_decode(const uint8_t *p, size_t n, uint32_t *ch)
{
    mbstate_t state;
    wchar_t wide;
    size_t used;

    memset(&state, 0, sizeof state);
    used = mbrtowc(&wide, (const char *)p, n, &state);
    if (used == (size_t)-2 && n < MB_CUR_MAX)
        return 0;
    if (used == (size_t)-1 || used == (size_t)-2) {
        *ch = UTF8_REPLACEMENT;
        return 1;
    }
    *ch = (uint32_t)wide;
    return used != 0 ? used : 1;
}
