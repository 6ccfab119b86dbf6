#include "app/loginname.h"

#include <string.h>
#include "base/text.h"

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

const char *loginname_other(const char *ident, const char *user)
{
    const char *name = loginname_suggest(ident);

    return name == NULL || text_same(name, user) ? NULL : name;
}

/* ---- a name that is told ---- */

struct words {
    const char *p, *end;
};

/* Past the word, if it is next. */
static bool take(struct words *w, const char *word)
{
    size_t n = strlen(word);

    if ((size_t)(w->end - w->p) < n || memcmp(w->p, word, n) != 0)
        return false;
    w->p += n;
    return true;
}

static bool take_name(struct words *w, char name[LOGINNAME_MAX])
{
    static const char first[] = "abcdefghijklmnopqrstuvwxyz_";
    static const char more[] = "abcdefghijklmnopqrstuvwxyz_0123456789-";
    size_t n = 0;

    while (w->p < w->end && n < LOGINNAME_MAX - 1 && *w->p != '\0' &&
           strchr(n == 0 ? first : more, *w->p) != NULL)
        name[n++] = *w->p++;
    name[n] = '\0';
    return n != 0;
}

/* "the user "NAME" rather than", or "the NAME user rather than". */
static bool take_sentence(struct words w, char name[LOGINNAME_MAX])
{
    (void)take(&w, "the ");
    (void)take(&w, "user ");
    if (take(&w, "\""))
        return take_name(&w, name) && take(&w, "\" rather than");
    if (!take_name(&w, name))
        return false;
    (void)take(&w, " user");
    return take(&w, " rather than");
}

bool loginname_told(const void *text, size_t len, char name[LOGINNAME_MAX])
{
    struct words w = { text, (const char *)text + len };

    name[0] = '\0';
    for (; w.p < w.end; w.p++) {
        struct words at = w;

        if ((take(&at, "login as ") || take(&at, "log in as ")) &&
            take_sentence(at, name))
            return true;
    }
    name[0] = '\0';
    return false;
}
