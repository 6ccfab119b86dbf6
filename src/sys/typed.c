#include "sys/typed.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include "base/secret.h"
#include "base/utf8.h"

bool typed_is_8bit(void)
{
    const char *codeset = nl_langinfo(CODESET);

    return strcmp(codeset, "UTF-8") != 0 && strcmp(codeset, "US-ASCII") != 0 &&
           strcmp(codeset, "ANSI_X3.4-1968") != 0;
}

size_t typed_decode(const uint8_t *p, size_t n, uint32_t *ch)
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

/* False if it has what the encoding has not. */
static bool convert(struct secret *out, const struct secret *typed)
{
    uint8_t bytes[4];
    size_t at, used;
    uint32_t ch;

    for (at = 0; at < typed->len; at += used) {
        used = typed_decode(typed->data + at, typed->len - at, &ch);
        if (used == 0 || ch == UTF8_REPLACEMENT ||
            !secret_put(out, bytes, utf8_encode(ch, bytes)))
            return false;
    }
    return true;
}

struct secret *typed_utf8(struct secret *typed)
{
    struct secret *out;
    bool converted;

    if (!typed_is_8bit())
        return typed;
    out = secret_new(typed->len * 4);
    converted = convert(out, typed);
    secret_free(converted ? typed : out);
    return converted ? out : typed;
}
