#include "config/options.h"

#include <assert.h>
#include <string.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "config/destination.h"
#include "config/elsewhere.h"
#include "config/flags.h"
#include "config/settings.h"
#include "config/together.h"

#define TRY_HELP "try: vmconnect --help"

void options_init(struct options *opt)
{
    struct err err;
    bool taken;
    size_t i;

    *opt = (struct options){ .mode = RUN_CONNECT };
    for (i = 0; i < settings_len; i++) {
        if (settings[i].preset == NULL)
            continue;
        taken = settings[i].take(opt, &settings[i], settings[i].preset, &err);
        assert(taken); /* a default is a value */
        (void)taken;
    }
}

static void free_all(char *at[], size_t n)
{
    while (n != 0)
        mem_free(at[--n]);
}

void options_free(struct options *opt)
{
    mem_free(opt->host);
    mem_free(opt->user);
    mem_free(opt->hostname);
    mem_free(opt->command);
    free_all(opt->identity, opt->identities);
    free_all(opt->certificate, opt->certificates);
    free_all(opt->env, opt->envs);
    free_all(opt->send_env, opt->send_envs);
    mem_free(opt->preferred);
    mem_free(opt->pubkey_algorithms);
    mem_free(opt->user_known_hosts);
    mem_free(opt->global_known_hosts);
    mem_free(opt->host_key_alias);
    mem_free(opt->identity_agent);
    mem_free(opt->terminal_type);
    mem_free(opt->charset);
    mem_free(opt->log_file);
    mem_free(opt->record);
    mem_free(opt->replay);
    mem_free(opt->console);
    *opt = (struct options){ .mode = RUN_CONNECT };
}

/* ---- one setting ---- */

static bool unknown_setting(const char *keyword, struct err *err)
{
    const char *near = setting_nearest(keyword);
    const char *remedy = elsewhere_setting(keyword);

    if (remedy != NULL)
        return err_set(err, ERR_USAGE, "%s: %s", keyword, remedy);
    if (near != NULL)
        return err_set(err, ERR_USAGE,
                       "unknown setting \"%s\"; did you mean %s?", keyword,
                       near);
    return err_set(err, ERR_USAGE, "unknown setting \"%s\"; " TRY_HELP,
                   keyword);
}

/* What follows the keyword: blanks and at most one '=' are between. */
static char *value_after(const char *s)
{
    size_t n;

    s += strspn(s, " \t");
    if (*s == '=')
        s++;
    s += strspn(s, " \t");
    for (n = strlen(s); n != 0 && strchr(" \t\r\n", s[n - 1]) != NULL; n--)
        ;
    return mem_strndup(s, n);
}

bool options_set(struct options *opt, const char *setting, struct err *err)
{
    const struct setting *s;
    char *keyword, *value;
    size_t n;
    bool ok;

    setting += strspn(setting, " \t");
    n = strcspn(setting, " \t=\r\n");
    if (n == 0)
        return err_set(err, ERR_USAGE,
                       "\"%s\" is no setting; write Keyword=value", setting);
    keyword = mem_strndup(setting, n);
    value = value_after(setting + n);
    s = setting_find(keyword);
    if (s == NULL)
        ok = unknown_setting(keyword, err);
    else if (*value == '\0')
        ok = err_set(err, ERR_USAGE, "%s: no value is given; write %s=value",
                     s->keyword, s->keyword);
    else
        ok = setting_apply_line(opt, s, value, err);
    mem_free(keyword);
    mem_free(value);
    return ok;
}

/* ---- the command line ---- */

struct words {
    char *const *next; /* the next word; NULL ends them */
    bool only_words;   /* "--" was met: no more options */
};

static bool apply_flag(struct options *opt, const struct flag *f,
                       const char *value, struct err *err)
{
    const char label[] = { '-', f->letter, '\0' };

    if (f->run != NULL) {
        f->run(opt);
        return true;
    }
    if (f->text != NULL)
        return f->text(opt, value, err);
    if (f->keyword == NULL)
        return options_set(opt, value, err) || err_prefix(err, "%s", label);
    return setting_apply_word(opt, setting_find(f->keyword), label, value,
                              f->value != NULL, err);
}

static bool unknown_option(const char *word, char letter, struct err *err)
{
    const char *remedy = elsewhere_option(letter);

    if (remedy != NULL)
        return err_set(err, ERR_USAGE, "-%c: %s", letter, remedy);
    if ((unsigned char)letter > ' ' && (unsigned char)letter < 0x7f)
        return err_set(err, ERR_USAGE, "unknown option -%c; " TRY_HELP, letter);
    return err_set(err, ERR_USAGE, "unknown option in \"%s\"; " TRY_HELP, word);
}

/* A cluster: letters, the last of which may have a value. */
static bool take_letters(struct options *opt, const char *word,
                         struct words *words, struct err *err)
{
    const char *remedy = elsewhere_word(word);
    const struct flag *f;
    const char *p, *value;

    if (remedy != NULL)
        return err_set(err, ERR_USAGE, "%s: %s", word, remedy);
    for (p = word + 1; *p != '\0'; p++) {
        f = flag_find(*p);
        if (f == NULL)
            return unknown_option(word, *p, err);
        if (f->arg == NULL) {
            if (!apply_flag(opt, f, f->value, err))
                return false;
            continue;
        }
        value = p[1] != '\0' ? p + 1 : *words->next;
        if (value == NULL)
            return err_set(err, ERR_USAGE, "-%c needs a value: -%c %s", *p, *p,
                           f->arg);
        if (p[1] == '\0')
            words->next++;
        return apply_flag(opt, f, value, err);
    }
    return true;
}

static bool unknown_name(const char *word, const char *name, struct err *err)
{
    const char *near = flag_nearest(name);

    if (near != NULL)
        return err_set(err, ERR_USAGE, "unknown option %s; did you mean --%s?",
                       word, near);
    return err_set(err, ERR_USAGE, "unknown option %s; " TRY_HELP, word);
}

/* "--name", "--name value" or "--name=value"; only the last of these if the
 * value is optional. */
static bool take_long(struct options *opt, const char *word,
                      struct words *words, struct err *err)
{
    size_t len = strcspn(word, "=");
    char *name = mem_strndup(word + 2, len - 2);
    const struct flag *f = flag_named(name);
    const char *value = word[len] == '=' ? word + len + 1 : NULL;

    if (f == NULL)
        (void)unknown_name(word, name, err);
    mem_free(name);
    if (f == NULL)
        return false;
    if (f->arg == NULL && value != NULL)
        return err_set(err, ERR_USAGE, "unknown option %s; " TRY_HELP, word);
    if (f->arg == NULL)
        return apply_flag(opt, f, f->value, err);
    if (value == NULL && f->optional)
        value = f->value;
    if (value == NULL)
        value = *words->next != NULL ? *words->next++ : "";
    if (*value == '\0')
        return err_set(err, ERR_USAGE, "--%s needs a value: --%s %s", f->name,
                       f->name, f->arg);
    return apply_flag(opt, f, value, err);
}

static bool is_option(const char *word)
{
    return word[0] == '-' && word[1] != '\0';
}

/* The options up to a word that is none; one that only prints ends all. */
static bool take_options(struct options *opt, struct words *words,
                         struct err *err)
{
    const char *word;
    bool ok = true;

    while (ok && !words->only_words && opt->mode < RUN_HELP &&
           *words->next != NULL && is_option(*words->next)) {
        word = *words->next++;
        if (strcmp(word, "--") == 0)
            words->only_words = true;
        else if (word[1] == '-')
            ok = take_long(opt, word, words, err);
        else
            ok = take_letters(opt, word, words, err);
    }
    return ok;
}

bool options_destination(struct options *opt, const char *word, struct err *err)
{
    struct destination d;
    bool ok;

    if (!destination_parse(word, &d, err))
        return false;
    ok = (d.user == NULL || setting_apply_word(opt, setting_find("User"), word,
                                               d.user, false, err)) &&
         (d.port == NULL || setting_apply_word(opt, setting_find("Port"), word,
                                               d.port, false, err));
    if (ok) {
        opt->host = d.host;
        d.host = NULL;
    }
    destination_free(&d);
    return ok;
}

/* Joined by blanks, as ssh does: the server's shell splits them again. */
static void take_command(struct options *opt, char *const *words)
{
    struct buf command = { 0 };
    char *const *w;

    if (*words == NULL)
        return;
    for (w = words; *w != NULL; w++) {
        if (w != words)
            buf_put_byte(&command, ' ');
        buf_put_str(&command, *w);
    }
    mem_free(opt->command);
    opt->command = buf_take_str(&command);
}

static bool no_host(const struct options *opt, struct err *err)
{
    const char *last;

    last = opt->identities == 0 ? "" : opt->identity[opt->identities - 1];
    if (strchr(last, '@') != NULL && strchr(last, '/') == NULL)
        return err_set(err, ERR_USAGE,
                       "no host is given: -i took \"%s\" as the key file; "
                       "write: vmconnect -i KEY %s",
                       last, last);
    return err_set(err, ERR_USAGE,
                   "no host is given; usage: vmconnect [options] [user@]host "
                   "[command]; " TRY_HELP);
}

/* A program reads what happened, wherever the mistake is. */
static bool wants_report(char *const argv[])
{
    bool doctor = false, json = false;

    for (; *argv != NULL && strcmp(*argv, "--") != 0; argv++) {
        doctor = doctor || strcmp(*argv, "--doctor") == 0;
        json = json || strcmp(*argv, "--json") == 0;
    }
    return doctor && json;
}

static bool take_all(struct options *opt, struct words *words, struct err *err)
{
    if (!take_options(opt, words, err))
        return false;
    if (opt->mode >= RUN_HELP)
        return true;
    if (*words->next == NULL && opt->mode != RUN_SETUP &&
        opt->mode != RUN_REPLAY)
        return no_host(opt, err);
    if (*words->next != NULL &&
        (!options_destination(opt, *words->next++, err) ||
         !take_options(opt, words, err)))
        return false;
    take_command(opt, words->next);
    return opt->mode >= RUN_HELP || together_check(opt, err);
}

bool options_argv(struct options *opt, int argc, char *const argv[],
                  struct err *err)
{
    struct words words = { .next = argv + (argc > 0 ? 1 : 0) };
    bool taken = take_all(opt, &words, err);

    if (!taken)
        opt->json = wants_report(argv);
    return taken;
}
