#include "config/take.h"

#include <string.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "config/options.h"

#define CHARACTER_NONE (-1)
#define ASCII_DEL      0x7f
#define SECONDS_MAX    (365L * 86400)

/* put_number() writes the enums too. */
_Static_assert(sizeof(enum strict) == sizeof(unsigned) &&
                   sizeof(enum family) == sizeof(unsigned) &&
                   sizeof(enum bell_kind) == sizeof(unsigned) &&
                   sizeof(enum clipboard_writes) == sizeof(unsigned) &&
                   sizeof(enum log_type) == sizeof(unsigned) &&
                   sizeof(enum log_exists) == sizeof(unsigned) &&
                   sizeof(enum request_tty) == sizeof(unsigned),
               "an enum is not as large as an unsigned");

static bool is_control(char c)
{
    return (unsigned char)c < ' ' || c == ASCII_DEL;
}

static void *field(struct options *opt, const struct setting *s)
{
    return (char *)opt + s->at;
}

static void put_number(struct options *opt, const struct setting *s,
                       unsigned value)
{
    memcpy(field(opt, s), &value, sizeof value);
}

/* ---- numbers and words ---- */

bool take_find_choice(const struct setting_choice *choices, const char *word,
                      int *value)
{
    for (; choices->name != NULL; choices++) {
        if (!text_same(choices->name, word))
            continue;
        *value = choices->value;
        return true;
    }
    return false;
}

/* "yes, no or ask" */
static void list_choices(const struct setting_choice *c, struct buf *out)
{
    size_t i;

    for (i = 0; c[i].name != NULL; i++) {
        if (i != 0)
            buf_put_str(out, c[i + 1].name == NULL ? " or " : ", ");
        buf_put_str(out, c[i].name);
    }
}

static bool chosen(const struct setting_choice *choices, const char *word,
                   int *value, struct err *err)
{
    struct buf list = { 0 };

    if (take_find_choice(choices, word, value))
        return true;
    list_choices(choices, &list);
    err_set(err, ERR_USAGE, "\"%s\" is not %s", word, buf_str(&list));
    buf_free(&list);
    return false;
}

bool take_bool(struct options *opt, const struct setting *s, const char *word,
               struct err *err)
{
    static const struct setting_choice truths[] = { { "yes", 1 },
                                                    { "no", 0 },
                                                    { NULL, 0 } };
    int value;
    bool truth;

    if (!chosen(truths, word, &value, err))
        return false;
    truth = value != 0;
    memcpy(field(opt, s), &truth, sizeof truth);
    return true;
}

bool take_choice(struct options *opt, const struct setting *s, const char *word,
                 struct err *err)
{
    int value;

    if (!chosen(s->choices, word, &value, err))
        return false;
    put_number(opt, s, (unsigned)value);
    return true;
}

bool take_unsigned(struct options *opt, const struct setting *s,
                   const char *word, struct err *err)
{
    unsigned long value;

    if (!text_number(word, s->min, s->max, &value))
        return err_set(err, ERR_USAGE, "\"%s\" is not a number from %u to %u",
                       word, s->min, s->max);
    put_number(opt, s, (unsigned)value);
    return true;
}

static long unit_seconds(char unit)
{
    static const struct {
        char unit;
        long seconds;
    } units[] = { { 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 } };
    size_t i;

    for (i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (units[i].unit == (unit | ('a' ^ 'A')))
            return units[i].seconds;
    }
    return 0;
}

long take_parse_seconds(const char *s)
{
    long total = 0, n, unit;

    if (*s == '\0')
        return -1;
    while (*s != '\0') {
        if (*s < '0' || *s > '9')
            return -1;
        for (n = 0; *s >= '0' && *s <= '9' && n <= SECONDS_MAX; s++)
            n = n * 10 + (*s - '0');
        unit = *s == '\0' ? 1 : unit_seconds(*s++);
        if (unit == 0 || n > (SECONDS_MAX - total) / unit)
            return -1;
        total += n * unit;
    }
    return total;
}

bool take_seconds(struct options *opt, const struct setting *s,
                  const char *word, struct err *err)
{
    long seconds = text_same(word, "none") ? 0 : take_parse_seconds(word);

    if (seconds < 0)
        return err_set(err, ERR_USAGE,
                       "\"%s\" is not a time, such as 20, 90s or 1m", word);
    put_number(opt, s, (unsigned)seconds);
    return true;
}

/* ---- characters ---- */

/* "x", "^x" or "none"; false if it is neither. */
static bool parse_character(const char *word, int *out)
{
    *out = CHARACTER_NONE;
    if (text_same(word, "none"))
        return true;
    if (word[0] == '^' && word[1] != '\0' && word[2] == '\0') {
        if (word[1] == '?')
            *out = ASCII_DEL;
        else if (word[1] >= '@' && word[1] < ASCII_DEL)
            *out = word[1] & 0x1f;
        else
            return false;
        return true;
    }
    *out = (unsigned char)word[0];
    return word[0] != '\0' && word[1] == '\0' && *out < 0x80;
}

bool take_character(struct options *opt, const struct setting *s,
                    const char *word, struct err *err)
{
    int c;

    if (!parse_character(word, &c))
        return err_set(err, ERR_USAGE,
                       "\"%s\" is not one character, ^ and a letter, or none",
                       word);
    put_number(opt, s, (unsigned)c); /* an int: the same in memory */
    return true;
}

bool take_control(struct options *opt, const struct setting *s,
                  const char *word, struct err *err)
{
    int c;

    /* A key that types something could not be given up, nor Backspace, Tab,
     * Enter or Esc. */
    if (!parse_character(word, &c) || c >= ' ' ||
        (c > 0 && strchr("\b\t\r\033", c) != NULL))
        return err_set(err, ERR_USAGE,
                       "\"%s\" is not a control key that can be spared, such "
                       "as ^] or ^A, or none",
                       word);
    put_number(opt, s, (unsigned)c); /* an int: the same in memory */
    return true;
}

/* ---- texts and lists ---- */

bool check_printable(const char *word, struct err *err)
{
    const char *p;

    if (*word == '\0')
        return err_set(err, ERR_USAGE, "it is empty");
    for (p = word; *p != '\0'; p++) {
        if (is_control(*p))
            return err_set(err, ERR_USAGE, "\"%s\" has a control character",
                           word);
    }
    return true;
}

/* A name as terminals and character sets have. */
static bool is_plain_name(const char *word)
{
    static const char good[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                               "abcdefghijklmnopqrstuvwxyz0123456789+-._";

    return *word != '\0' && word[strspn(word, good)] == '\0';
}

bool check_charset(const char *word, struct err *err)
{
    if (is_plain_name(word))
        return true;
    return err_set(err, ERR_USAGE,
                   "\"%s\" is not the name of a character set, such as "
                   "ISO-8859-1",
                   word);
}

bool check_terminal(const char *word, struct err *err)
{
    if (is_plain_name(word))
        return true;
    return err_set(err, ERR_USAGE,
                   "\"%s\" is not the name of a terminal type, such as "
                   "xterm-256color",
                   word);
}

static void set_text(char **to, char *text)
{
    mem_free(*to);
    *to = text;
}

bool take_text(struct options *opt, const struct setting *s, const char *word,
               struct err *err)
{
    if (s->check != NULL && !s->check(word, err))
        return false;
    set_text(field(opt, s), mem_strdup(word));
    return true;
}

bool take_paths(struct options *opt, const struct setting *s, const char *word,
                struct err *err)
{
    const char *path = text_same(word, "none") ? "/dev/null" : word;
    char **to = field(opt, s);
    struct buf joined = { 0 };

    if (!check_printable(word, err))
        return false;
    if (*to != NULL)
        buf_printf(&joined, "%s\n", *to);
    buf_put_str(&joined, path);
    set_text(to, buf_take_str(&joined));
    return true;
}

bool take_command(struct options *opt, const struct setting *s,
                  const char *word, struct err *err)
{
    (void)err;
    set_text(field(opt, s), text_same(word, "none") ? NULL : mem_strdup(word));
    return true;
}

/* list has room for OPTIONS_MAX_IDENTITIES; what is a plural. */
static bool take_file(char **list, size_t *len, const char *word,
                      const char *what, struct err *err)
{
    if (!check_printable(word, err))
        return false;
    if (*len == OPTIONS_MAX_IDENTITIES)
        return err_set(err, ERR_USAGE, "\"%s\": more than %d %s", word,
                       OPTIONS_MAX_IDENTITIES, what);
    list[(*len)++] = mem_strdup(word);
    return true;
}

bool take_identity(struct options *opt, const struct setting *s,
                   const char *word, struct err *err)
{
    (void)s;
    return take_file(opt->identity, &opt->identities, word, "key files", err);
}

bool take_certificate(struct options *opt, const struct setting *s,
                      const char *word, struct err *err)
{
    (void)s;
    return take_file(opt->certificate, &opt->certificates, word,
                     "certificate files", err);
}

static bool has_env(const struct options *opt, const char *word, size_t name)
{
    size_t i;

    for (i = 0; i < opt->envs; i++) {
        if (strncmp(opt->env[i], word, name + 1) == 0)
            return true;
    }
    return false;
}

bool take_env(struct options *opt, const struct setting *s, const char *word,
              struct err *err)
{
    const char *equals = strchr(word, '=');

    (void)s;
    if (equals == NULL || equals == word)
        return err_set(err, ERR_USAGE, "\"%s\" is not NAME=value", word);
    if (has_env(opt, word, (size_t)(equals - word)))
        return true;
    if (opt->envs == OPTIONS_MAX_ENV)
        return err_set(err, ERR_USAGE, "\"%s\": more than %d variables", word,
                       OPTIONS_MAX_ENV);
    opt->env[opt->envs++] = mem_strdup(word);
    return true;
}

bool take_send_env(struct options *opt, const struct setting *s,
                   const char *word, struct err *err)
{
    (void)s;
    if (strchr(word, '=') != NULL)
        return err_set(err, ERR_USAGE,
                       "\"%s\" is not the name of a variable; to set one, use "
                       "SetEnv",
                       word);
    if (opt->send_envs == OPTIONS_MAX_ENV)
        return err_set(err, ERR_USAGE, "\"%s\": more than %d names", word,
                       OPTIONS_MAX_ENV);
    opt->send_env[opt->send_envs++] = mem_strdup(word);
    return true;
}

bool take_level(struct options *opt, const struct setting *s, const char *word,
                struct err *err)
{
    int level;

    if (!chosen(s->choices, word, &level, err))
        return false;
    opt->quiet = level < 0;
    opt->verbose = level < 0 ? 0 : (unsigned)level;
    return true;
}
