#include "sys/language.h"

#include <locale.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

const char *language_name(void)
{
    static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };
    const char *value = NULL;
    size_t i;

    for (i = 0; i < 3 && (value == NULL || value[0] == '\0'); i++)
        value = getenv(names[i]);
    return value != NULL && value[0] != '\0' ? value : NULL;
}

bool language_is_utf8(const char *name)
{
    const char *codeset = strchr(name, '.');

    return codeset != NULL && (strncasecmp(codeset, ".UTF-8", 6) == 0 ||
                               strncasecmp(codeset, ".UTF8", 5) == 0);
}

void language_begin(void)
{
    const char *name = language_name();

    if (setlocale(LC_ALL, "") == NULL && setlocale(LC_CTYPE, "") == NULL &&
        name != NULL && language_is_utf8(name))
        setlocale(LC_CTYPE, "C.UTF-8");
}
