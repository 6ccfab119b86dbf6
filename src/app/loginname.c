#include "app/loginname.h"

#include <stddef.h>
#include <string.h>

/*
 * Distributions write their name into the comment of the identification
 * string.  Order matters: old Ubuntu releases say "Debian-5ubuntu1".
 */
static const struct {
    const char *mark, *name;
} marks[] = {
    { "Ubuntu-", "ubuntu" }, { "ubuntu", "ubuntu" },    { "Raspbian-", "pi" },
    { "Debian-", "debian" }, { "FreeBSD-", "freebsd" },
};

const char *loginname_suggest(const char *ident)
{
    const char *comment = strchr(ident, ' ');
    size_t i;

    if (comment == NULL) /* FreeBSD puts its name behind a blank too */
        return NULL;
    for (i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strstr(comment, marks[i].mark) != NULL)
            return marks[i].name;
    return NULL;
}
