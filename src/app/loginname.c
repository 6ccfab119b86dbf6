#include "app/loginname.h"

#include <string.h>
#include "base/mem.h"
#include "base/text.h"

/*
 * Distributions write their name into the comment of the identification
 * string.  Order matters: old Ubuntu releases say "Debian-5ubuntu1".
 */
/* clang-format off */
static const struct {
    const char *mark, *name, *system;
    const char *other; /* a name at some providers; or NULL */
} marks[] = {
    { "Ubuntu-",   "ubuntu",  "Ubuntu",       NULL       },
    { "ubuntu",    "ubuntu",  "Ubuntu",       NULL       },
    { "Raspbian-", "pi",      "Raspberry Pi", NULL       },
    { "Debian-",   "debian",  "Debian",       "admin"    },
    { "FreeBSD-",  "freebsd", "FreeBSD",      "ec2-user" },
    { "NetBSD",    "netbsd",  "NetBSD",       NULL       },
};

/* Software that says nothing of the system.  OpenSSH's without any comment is
 * that of the Red Hat family, SUSE, Arch, Alpine and more. */
static const struct {
    const char *begin, *name, *other;
} plain[] = {
    { "SSH-2.0-OpenSSH_for_", NULL,   NULL       }, /* Windows */
    { "SSH-2.0-OpenSSH_",     "root", "ec2-user" },
    { "SSH-2.0-dropbear",     "root", NULL       },
};
/* clang-format on */

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

/* ---- names to try ---- */

/* What a name that comes from elsewhere may be made of. */
#define FIRST "abcdefghijklmnopqrstuvwxyz_"
#define MORE  FIRST "0123456789-"

/* The length of the name that text begins with; 0: there is none. */
static size_t name_len(const char *text)
{
    size_t n = strspn(text, FIRST);

    n = n != 0 ? strspn(text, MORE) : 0;
    return n < LOGINNAME_MAX ? n : 0;
}

/* Append it, unless it is there or there are enough; NULL: there is none. */
static void add(char *names[], size_t *count, const char *name)
{
    size_t i;

    if (name == NULL || *count == LOGINNAME_TRIES)
        return;
    for (i = 0; i < *count; i++)
        if (strcmp(names[i], name) == 0)
            return;
    names[(*count)++] = mem_strdup(name);
}

/* Of plain: its row, or the number of rows. */
static size_t find_plain(const char *ident)
{
    size_t n = sizeof plain / sizeof *plain, i = 0;

    while (i < n && strncmp(ident, plain[i].begin, strlen(plain[i].begin)) != 0)
        i++;
    return i;
}

/* What the server tells: its usual name, and one at some providers. */
static void usual_names(const char *ident, const char **name,
                        const char **other)
{
    size_t mark = find(ident), row = find_plain(ident);

    *name = *other = NULL;
    if (mark < sizeof marks / sizeof *marks) {
        *name = marks[mark].name;
        *other = marks[mark].other;
    } else if (row < sizeof plain / sizeof *plain) {
        *name = plain[row].name;
        *other = plain[row].other;
    }
}

char *loginname_of_comment(const char *comment)
{
    size_t len = comment != NULL ? name_len(comment) : 0;

    return len != 0 && comment[len] == '@' ? mem_strndup(comment, len) : NULL;
}

size_t loginname_guess(const struct loginname_hints *hints,
                       char *names[LOGINNAME_TRIES])
{
    const char *name, *other;
    size_t count = 0;
    char *own;

    usual_names(hints->ident, &name, &other);
    add(names, &count, hints->known);
    if (count == 0)
        add(names, &count, hints->local != NULL ? hints->local : name);
    if (name != NULL)
        add(names, &count, "root");
    add(names, &count, hints->local);
    if (name == NULL)
        return count;
    add(names, &count, name);
    add(names, &count, other);
    /* Google's machines take the name from there, and so do many people; but
     * most machines have the one that their image gives them. */
    own = loginname_of_comment(hints->comment);
    add(names, &count, own);
    mem_free(own);
    return count;
}

static bool is_among(const char *name, const char *const names[], size_t n)
{
    size_t i = 0;

    while (i < n && strcmp(name, names[i]) != 0)
        i++;
    return i < n;
}

const char *loginname_untried(const char *ident, const char *const tried[],
                              size_t n)
{
    const char *names[LOGINNAME_TRIES] = { NULL, "root", NULL };
    size_t i;

    usual_names(ident, &names[0], &names[2]);
    if (names[0] == NULL)
        return NULL;
    for (i = 0; i < LOGINNAME_TRIES; i++)
        if (names[i] != NULL && !is_among(names[i], tried, n))
            return names[i];
    return NULL;
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
    size_t n = 0;

    while (w->p < w->end && n < LOGINNAME_MAX - 1 && *w->p != '\0' &&
           strchr(n == 0 ? FIRST : MORE, *w->p) != NULL)
        name[n++] = *w->p++;
    name[n] = '\0';
    return n != 0;
}

/* Dropbear leaves the backslash that authorized_keys has before it. */
static bool take_quote(struct words *w)
{
    (void)take(w, "\\");
    return take(w, "\"");
}

/* "the user "NAME" rather than", or "the NAME user rather than". */
static bool take_sentence(struct words w, char name[LOGINNAME_MAX])
{
    (void)take(&w, "the ");
    (void)take(&w, "user ");
    if (take_quote(&w))
        return take_name(&w, name) && take_quote(&w) &&
               take(&w, " rather than");
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

/* Its beginning, as far as there is one, is the sentence's. */
static bool begins(const char *line, size_t len)
{
    static const char *const sentences[] = { "Please login as ",
                                             "Please log in as " };
    size_t i, n;

    for (i = 0; i < sizeof sentences / sizeof *sentences; i++) {
        n = strlen(sentences[i]);
        if (memcmp(line, sentences[i], n < len ? n : len) == 0)
            return true;
    }
    return false;
}

enum loginname_heard loginname_hear(const void *text, size_t len,
                                    char name[LOGINNAME_MAX])
{
    const char *line = text, *end = line + len, *stop;

    while (line < end && strchr("\r\n\t ", *line) != NULL && *line != '\0')
        line++;
    for (stop = line; stop < end && *stop != '\n'; stop++)
        ;
    name[0] = '\0';
    if (line == end)
        return LOGINNAME_PERHAPS;
    if (!begins(line, (size_t)(stop - line)))
        return LOGINNAME_NOTHING;
    if (stop == end)
        return LOGINNAME_PERHAPS;
    return loginname_told(line, (size_t)(stop - line), name)
               ? LOGINNAME_TOLD
               : LOGINNAME_NOTHING;
}
