#include "sys/paths.h"

#include <pwd.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/mem.h"

const char *paths_home(void)
{
    const char *home = getenv("HOME");
    const struct passwd *pw;

    if (home != NULL && home[0] == '/')
        return home;
    pw = getpwuid(getuid());
    return pw != NULL && pw->pw_dir[0] == '/' ? pw->pw_dir : "/";
}

/* The home directory's length without final slashes: 0 for the root. */
static size_t home_len(const char *home)
{
    size_t n = strlen(home);

    while (n != 0 && home[n - 1] == '/')
        n--;
    return n;
}

static char *join(const char *a, size_t a_len, const char *b)
{
    struct buf out = { 0 };

    buf_put(&out, a, a_len);
    buf_put_str(&out, b);
    return buf_take_str(&out);
}

char *paths_expand(const char *path)
{
    const char *home;

    if (path[0] != '~' || (path[1] != '\0' && path[1] != '/'))
        return mem_strdup(path);
    home = paths_home();
    if (home_len(home) == 0 && path[1] == '\0')
        return mem_strdup("/");
    return join(home, home_len(home), path + 1);
}

char *paths_absolute(const char *path)
{
    char *expanded = paths_expand(path), *here;
    struct buf out = { 0 };

    here = expanded[0] != '/' ? getcwd(NULL, 0) : NULL;
    if (here == NULL)
        return expanded;
    buf_printf(&out, "%s/%s", here, expanded);
    free(here);
    mem_free(expanded);
    return buf_take_str(&out);
}

char *paths_tilde(const char *path)
{
    const char *home = paths_home();
    size_t n = home_len(home);

    if (n == 0 || strncmp(path, home, n) != 0 ||
        (path[n] != '\0' && path[n] != '/'))
        return mem_strdup(path);
    return join("~", 1, path + n);
}

char *paths_state(const char *name)
{
    const char *base = getenv("XDG_STATE_HOME");
    char *home = paths_expand("~/.local/state");
    struct buf out = { 0 };

    if (base == NULL || base[0] != '/') /* a relative one is to be ignored */
        base = home;
    buf_printf(&out, "%s/vmconnect/%s", base, name);
    mem_free(home);
    return buf_take_str(&out);
}

const char *paths_user(void)
{
    static const char *const names[] = { "LOGNAME", "USER" };
    const struct passwd *pw = getpwuid(getuid());
    const char *name;
    size_t i;

    if (pw != NULL && pw->pw_name[0] != '\0')
        return pw->pw_name;
    /* A container often runs under a number that has no name. */
    for (i = 0; i < sizeof names / sizeof names[0]; i++) {
        name = getenv(names[i]);
        if (name != NULL && name[0] != '\0')
            return name;
    }
    return "user";
}
