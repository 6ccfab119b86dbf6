#include "keygen/passphrase.h"

#include <string.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "keygen/keygen.h"
#include "sys/ask.h"
#include "sys/typed.h"

#define TRIES 3

static bool no_terminal(const char *remedy, struct err *err)
{
    return err_set(err, ERR_USAGE,
                   "there is no terminal to ask for the passphrase on; %s",
                   remedy);
}

/* A word of the command line. */
static struct secret *given(const char *word)
{
    return typed_utf8(secret_from(word, strlen(word)));
}

struct secret *passphrase_old(const struct keygen *k, const char *name,
                              const char *why, struct err *err)
{
    struct buf text = { 0 };
    struct secret *answer = NULL;
    char *clean;

    if (k->old_passphrase != NULL)
        return given(k->old_passphrase);
    clean = text_cleaned(name);
    if (why != NULL)
        buf_printf(&text, "%s.\n", why);
    buf_printf(&text, "Passphrase of %s: ", clean);
    if (ask_possible())
        answer = ask_line(buf_str(&text), false, err);
    else
        (void)(no_terminal("give it with -P", err) ||
               err_prefix(err, "%s", name));
    mem_free(clean);
    buf_free(&text);
    return answer;
}

static bool same(const struct secret *a, const struct secret *b)
{
    return a->len == b->len && mem_equal_ct(a->data, b->data, a->len);
}

/* Ask twice; *equal tells whether both were the same.  NULL: cancelled. */
static struct secret *ask_twice(const char *text, bool *equal, struct err *err)
{
    struct secret *first = ask_line(text, false, err), *again = NULL;

    *equal = first != NULL && first->len == 0;
    if (first == NULL || *equal)
        return first;
    if ((again = ask_line("The same again: ", false, err)) != NULL) {
        *equal = same(first, again);
        secret_free(again);
        return first;
    }
    secret_free(first);
    return NULL;
}

struct secret *passphrase_new(const struct keygen *k, struct err *err)
{
    static const char first[] =
        "A passphrase protects the key if its file is stolen; it is asked for "
        "when you log in.  Without one, whoever gets the file has the key.\n"
        "New passphrase (Enter for none): ";
    static const char next[] = "These were not the same.\n"
                               "New passphrase (Enter for none): ";
    struct secret *answer;
    bool equal;

    if (k->new_passphrase != NULL)
        return given(k->new_passphrase);
    if (!ask_possible()) {
        no_terminal("give it with -N, an empty one for none", err);
        return NULL;
    }
    for (unsigned n = 0; n < TRIES; n++) {
        answer = ask_twice(n == 0 ? first : next, &equal, err);
        if (answer == NULL || equal)
            return answer;
        secret_free(answer);
    }
    err_set(err, ERR_PASSPHRASE, "the two passphrases were not the same");
    return NULL;
}
