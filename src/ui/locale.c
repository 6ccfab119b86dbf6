#include "ui/locale.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include "base/utf8.h"

bool locale_is_8bit(void)
{
    const char *codeset = nl_langinfo(CODESET);

    return strcmp(codeset, "UTF-8") != 0 && strcmp(codeset, "US-ASCII") != 0 &&
           strcmp(codeset, "ANSI_X3.4-1968") != 0;
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
