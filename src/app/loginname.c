#include "app/loginname.h"

#include <stddef.h>
#include <string.h>

/*
 * Distributions write their name into the comment of the identification
 * string.  Order matters: old Ubuntu releases say "Debian-5ubuntu1".
 */
static const struct {
    const char *mark, *name, *system;
} marks[] = {
    { "Ubuntu-", "ubuntu", "Ubuntu" },     { "ubuntu", "ubuntu", "Ubuntu" },
    { "Raspbian-", "pi", "Raspberry Pi" }, { "Debian-", "debian", "Debian" },
    { "FreeBSD-", "freebsd", "FreeBSD" },
};

/* Its row, or the number of rows. */
static size_t find(const char *ident)
{
    const char *comment = strchr(ident, ' ');
    size_t n = sizeof marks / sizeof *marks, i = 0;

    if (comment == NULL) /* FreeBSD puts its name behind a blank too */
        return n;
    while (i < n && strstr(comment, marks[i].mark) == NULL)
        i++;
    return i;
}

const char *loginname_suggest(const char *ident)
{
    size_t i = find(ident);

    return i < sizeof marks / sizeof *marks ? marks[i].name : NULL;
}

const char *loginname_system(const char *ident)
{
    size_t i = find(ident);

    return i < sizeof marks / sizeof *marks ? marks[i].system : NULL;
}
