/*
 * argv.c - the command line of vmconnect-keygen, and its --help.
 *
 * Letters are ssh-keygen's.  One option says what to do, the others how.
 */
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include "base/err.h"
#include "base/text.h"
#include "keygen/keygen.h"

#define BITS_LIMIT 65536
#define LEFT_WIDTH 20

enum kind { WORD, NUMBER, SWITCH };

/* clang-format off */
static const struct option {
    const char *name, *arg, *help;
    size_t at; /* in struct keygen */
    enum kind kind;
    char letter; /* '\0': a long name only */
} options[] = {
#define AT(field) offsetof(struct keygen, field)
    { NULL, "TYPE", "ed25519 (the usual one), ecdsa or rsa",
      AT(type), WORD, 't' },
    { NULL, "BITS", "the size: rsa 2048 to 16384, ecdsa 256, 384, 521",
      AT(bits), NUMBER, 'b' },
    { NULL, "FILE", "the private key; its public half is in FILE.pub",
      AT(file), WORD, 'f' },
    { NULL, "OUT", "the file that --convert writes",
      AT(output), WORD, 'o' },
    { "format", "FORMAT", "openssh (the usual one), ppk, ppk2, pkcs8 or pem",
      AT(format), WORD, '\0' },
    { NULL, "COMMENT", "the comment",
      AT(comment), WORD, 'C' },
    { NULL, "PHRASE", "the new passphrase; an empty one means none",
      AT(new_passphrase), WORD, 'N' },
    { NULL, "PHRASE", "the passphrase of FILE",
      AT(old_passphrase), WORD, 'P' },
    { "copy", NULL, "put the public line on the clipboard too (OSC 52)",
      AT(copy), SWITCH, '\0' },
    { NULL, "FORM", "with -l: sha256 (the usual one), md5 or hex",
      AT(form), WORD, 'E' },
    { NULL, NULL, "with -l: draw the fingerprints too",
      AT(picture), SWITCH, 'v' },
    { "repair", NULL, "with --check: print the list repaired",
      AT(repair), SWITCH, '\0' },
    { NULL, NULL, "say less",
      AT(quiet), SWITCH, 'q' },
    { "help", NULL, "print this",
      AT(help), SWITCH, 'h' },
    { "version", NULL, "print the version",
      AT(version), SWITCH, 'V' },
#undef AT
};
/* clang-format on */

#define OPTIONS (sizeof options / sizeof options[0])

_Static_assert(OPTIONS <= 32, "one bit of given for each");

/* ---- reading ---- */

struct words {
    char **next;        /* ends with NULL */
    const char *rest;   /* of a bundle of letters, or NULL */
    bool operands_only; /* after "--" */
};

static const struct option *option_for(char letter, const char *name)
{
    for (size_t i = 0; i < OPTIONS; i++)
        if (letter != '\0'
                ? options[i].letter == letter
                : options[i].name != NULL && strcmp(options[i].name, name) == 0)
            return &options[i];
    return NULL;
}

static const struct keygen_command *command_for(char letter, const char *name)
{
    const struct keygen_command *c = keygen_commands;

    for (; c->run != NULL; c++)
        if (letter != '\0' ? c->letter == letter
                           : c->name != NULL && strcmp(c->name, name) == 0)
            return c;
    return NULL;
}

/* The argument of an option: the rest of its word, else the next one. */
static bool take_argument(struct words *w, const char *option, const char **out,
                          struct err *err)
{
    if (w->rest != NULL && *w->rest != '\0') {
        *out = w->rest;
        w->rest = NULL;
        return true;
    }
    w->rest = NULL;
    if (*w->next == NULL)
        return err_set(err, ERR_USAGE, "the option %s needs a word after it",
                       option);
    *out = *w->next++;
    return true;
}

static void *field(struct keygen *k, const struct option *o)
{
    return (char *)k + o->at;
}

static bool take_option(struct keygen *k, const struct option *o,
                        const char *shown, struct words *w, struct err *err)
{
    unsigned long n;
    const char *word = NULL;

    if (o->kind == SWITCH) {
        *(bool *)field(k, o) = true;
        return true;
    }
    if (!take_argument(w, shown, &word, err))
        return false;
    if (o->letter == 'C' && strpbrk(word, "\r\n") != NULL)
        return err_set(err, ERR_USAGE, "%s: a comment is one line", shown);
    if (o->kind == WORD) {
        memcpy(field(k, o), &word, sizeof word);
        return true;
    }
    if (!text_number(word, 1, BITS_LIMIT, &n))
        return err_set(err, ERR_USAGE, "%s %s: this is no number of bits",
                       shown, word);
    k->bits = (unsigned)n;
    return true;
}

static bool take_command(struct keygen *k, const struct keygen_command *c,
                         const char *shown, struct words *w, struct err *err)
{
    if (k->command != NULL && k->command != c)
        return err_set(err, ERR_USAGE,
                       "the option %s asks for a second thing to do; one at a "
                       "time",
                       shown);
    k->command = c;
    return c->arg == NULL || take_argument(w, shown, &k->subject, err);
}

/* "-x" or "--name". */
static void spell(char letter, const char *name, char *out, size_t size)
{
    if (letter != '\0')
        snprintf(out, size, "-%c", letter);
    else
        snprintf(out, size, "--%s", name);
}

static bool take(struct keygen *k, char letter, const char *name,
                 struct words *w, struct err *err)
{
    const struct option *o = option_for(letter, name);
    const struct keygen_command *c = command_for(letter, name);
    char shown[64];

    spell(letter, name, shown, sizeof shown);
    if (o != NULL) {
        k->given |= 1u << (o - options);
        return take_option(k, o, shown, w, err);
    }
    if (c != NULL)
        return take_command(k, c, shown, w, err);
    return err_set(err, ERR_USAGE,
                   "there is no option %s; try vmconnect-keygen --help", shown);
}

static bool take_letters(struct keygen *k, struct words *w, struct err *err)
{
    char letter;

    while (w->rest != NULL && *w->rest != '\0') {
        letter = *w->rest++;
        if (!take(k, letter, NULL, w, err))
            return false;
    }
    return true;
}

/* "--name" or "--name=argument". */
static bool take_long(struct keygen *k, const char *word, struct words *w,
                      struct err *err)
{
    const char *equals = strchr(word, '=');
    char name[64];
    size_t n = equals != NULL ? (size_t)(equals - word) : strlen(word);

    if (n >= sizeof name)
        n = sizeof name - 1;
    memcpy(name, word, n);
    name[n] = '\0';
    w->rest = equals != NULL ? equals + 1 : NULL;
    if (!take(k, '\0', name, w, err))
        return false;
    if (w->rest == NULL)
        return true;
    return err_set(err, ERR_USAGE, "the option --%s takes no \"%s\"", name,
                   equals);
}

static bool take_word(struct keygen *k, const char *word, struct words *w,
                      struct err *err)
{
    if (!w->operands_only && strcmp(word, "--") == 0) {
        w->operands_only = true;
        return true;
    }
    if (w->operands_only || word[0] != '-' || word[1] == '\0') {
        if (k->file != NULL)
            return err_set(err, ERR_USAGE,
                           "%s: one key file at a time; %s was named before",
                           word, k->file);
        k->file = word;
        return true;
    }
    if (word[1] == '-')
        return take_long(k, word + 2, w, err);
    w->rest = word + 1;
    return take_letters(k, w, err);
}

static bool is_in(const char *list, const char *word)
{
    size_t n = strlen(word);

    for (; *list != '\0'; list += *list == ' ') {
        if (strncmp(list, word, n) == 0 && (list[n] == ' ' || list[n] == '\0'))
            return true;
        list += strcspn(list, " ");
    }
    return false;
}

/* As from a variable of a script that is not set. */
static bool check_names(const struct keygen *k, struct err *err)
{
    if ((k->file == NULL || *k->file != '\0') &&
        (k->output == NULL || *k->output != '\0'))
        return true;
    return err_set(err, ERR_USAGE, "the name of a file is empty");
}

/* An option that means nothing here was meant for something else. */
static bool check_given(const struct keygen *k, struct err *err)
{
    const struct keygen_command *c =
        k->command != NULL ? k->command : &keygen_new_key;
    char option[16], command[16];

    for (size_t i = 0; i < OPTIONS; i++) {
        spell(options[i].letter, options[i].name, option, sizeof option);
        if ((k->given & 1u << i) == 0 || is_in("-f -q -h -V", option) ||
            is_in(c->takes, option))
            continue;
        if (k->command == NULL)
            return err_set(err, ERR_USAGE,
                           "the option %s means nothing for a new key", option);
        spell(c->letter, c->name, command, sizeof command);
        return err_set(err, ERR_USAGE, "the option %s means nothing with %s",
                       option, command);
    }
    return true;
}

bool keygen_argv(struct keygen *k, int argc, char *argv[], struct err *err)
{
    struct words w = { .next = argv + (argc > 0) };

    while (*w.next != NULL) {
        const char *word = *w.next++;

        if (!take_word(k, word, &w, err))
            return false;
    }
    return check_given(k, err) && check_names(k, err);
}

/* ---- --help ---- */

static void put_row(struct buf *out, char letter, const char *name,
                    const char *arg, const char *help)
{
    char left[48], letters[8] = "", names[32] = "";

    if (letter != '\0')
        snprintf(letters, sizeof letters, "-%c", letter);
    if (name != NULL)
        snprintf(names, sizeof names, "%s--%s", letter != '\0' ? ", " : "",
                 name);
    snprintf(left, sizeof left, "%s%s%s%s", letters, names,
             arg != NULL ? " " : "", arg != NULL ? arg : "");
    buf_printf(out, "  %-*s %s\n", LEFT_WIDTH, left, help);
}

void keygen_help(struct buf *out)
{
    buf_put_str(out, "Usage: vmconnect-keygen [options]\n"
                     "       vmconnect-keygen COMMAND [options] [FILE]\n"
                     "\n"
                     "Without a command it makes a new key.\n"
                     "\n"
                     "Commands:\n");
    for (const struct keygen_command *c = keygen_commands; c->run != NULL; c++)
        put_row(out, c->letter, c->name, c->arg, c->help);
    buf_put_str(out, "\nOptions:\n");
    for (size_t i = 0; i < OPTIONS; i++)
        put_row(out, options[i].letter, options[i].name, options[i].arg,
                options[i].help);
}
