#include "app/environment.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include "app/greeting.h"
#include "base/buf.h"
#include "base/mem.h"
#include "sys/language.h"

#define LOCALE_MAX 64

extern char **environ;

static bool has(const struct environment *e, const char *name, size_t len)
{
    size_t i;

    for (i = 0; i < e->len; i++)
        if (strncmp(e->list[i], name, len) == 0 && e->list[i][len] == '=')
            return true;
    return false;
}

static void add(struct environment *e, const char *variable)
{
    if (e->len < OPTIONS_MAX_ENV && !has(e, variable, strcspn(variable, "=")))
        e->list[e->len++] = variable;
}

/* ---- SendEnv ---- */

static bool is_named(const struct options *opt, const char *variable)
{
    char *name = mem_strndup(variable, strcspn(variable, "="));
    bool named = false;
    size_t i;

    for (i = 0; i < opt->send_envs; i++) {
        const char *pattern = opt->send_env[i];

        if (pattern[0] != '-')
            named = named || fnmatch(pattern, name, 0) == 0;
        else if (fnmatch(pattern + 1, name, 0) == 0)
            named = false;
    }
    mem_free(name);
    return named;
}

/* ---- the language ---- */

/* The locale of text here, "de_DE.UTF-8"; NULL if it is not told in a form
 * that other systems know too. */
static const char *locale_here(void)
{
    const char *value = language_name();

    if (value == NULL || strlen(value) > LOCALE_MAX ||
        (strchr(value, '_') == NULL && strncmp(value, "C.", 2) != 0))
        return NULL;
    return strspn(value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                         "0123456789_.@-") == strlen(value)
               ? value
               : NULL;
}

static bool tells_locale(const struct environment *e)
{
    size_t i;

    for (i = 0; i < e->len; i++)
        if (strncmp(e->list[i], "LC_", 3) == 0)
            return true;
    return has(e, "LANG", strlen("LANG"));
}

static void add_locale(struct environment *e, enum terminal_text text)
{
    const char *here = locale_here();
    struct buf variable = { 0 };

    if (tells_locale(e) || text == TEXT_OTHER)
        return;
    if (here != NULL && (text == TEXT_AS_HERE || language_is_utf8(here)))
        buf_printf(&variable, "LANG=%s", here);
    else if (text == TEXT_UTF8) /* the language stays that of the server */
        buf_put_str(&variable, "LC_CTYPE=C.UTF-8");
    else
        return;
    e->own = buf_take_str(&variable);
    add(e, e->own);
}

void environment_choose(struct environment *e, const struct options *opt,
                        enum terminal_text text)
{
    char **p;
    size_t i;

    *e = (struct environment){ 0 };
    for (i = 0; i < opt->envs; i++)
        add(e, opt->env[i]);
    for (p = environ; opt->send_envs != 0 && *p != NULL; p++)
        if (is_named(opt, *p))
            add(e, *p);
    if (opt->send_envs == 0)
        add_locale(e, text);
}

const char *environment_colors(const struct options *opt, const char *ident)
{
    static const char variable[] = "COLORTERM=truecolor";
    size_t i, len = strcspn(variable, "=") + 1;

    if (opt->send_envs != 0 || !greeting_takes_colorterm(ident))
        return NULL;
    for (i = 0; i < opt->envs; i++)
        if (strncmp(opt->env[i], variable, len) == 0)
            return NULL;
    return variable;
}

void environment_free(struct environment *e)
{
    mem_free(e->own);
}
