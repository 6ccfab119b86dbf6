/* take-login.c - values that say how keys are used to log in. */
#include "config/take.h"

#include <string.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "config/options.h"
#include "config/words.h"

/* ---- AddKeysToAgent ---- */

static const struct setting_choice adding[] = {
    { "yes", ADD_KEYS_YES },
    { "no", ADD_KEYS_NO },
    { "ask", ADD_KEYS_ASK },
    { "confirm", ADD_KEYS_CONFIRM },
    { NULL, 0 },
};

/* "confirm", "1h" or "confirm 1h"; a time alone means yes. */
static bool parse_adding(char *const words[], size_t n, int *add,
                         long *lifetime)
{
    bool named = n != 0 && take_find_choice(adding, words[0], add);

    *lifetime = 0;
    if (!named)
        *add = ADD_KEYS_YES;
    if (n == 1 && named)
        return true;
    if (n != (named ? 2u : 1u) || (named && *add != ADD_KEYS_CONFIRM))
        return false;
    *lifetime = take_parse_seconds(words[n - 1]);
    return *lifetime > 0;
}

bool take_add_keys(struct options *opt, const struct setting *s,
                   const char *line, struct err *err)
{
    char *words[WORDS_MAX];
    long lifetime;
    size_t n;
    int add;
    bool good;

    (void)s;
    if (!words_split(line, words, &n, err))
        return false;
    good = parse_adding(words, n, &add, &lifetime);
    words_free(words, n);
    if (!good)
        return err_set(err, ERR_USAGE,
                       "\"%s\" is not yes, no, ask, confirm, a time such as "
                       "1h, or confirm and a time",
                       line);
    opt->add_keys = (enum add_keys)add;
    opt->add_lifetime = (unsigned)lifetime;
    return true;
}

/* ---- PubkeyAcceptedAlgorithms ---- */

/* Best first; the last ones are known to OpenSSH, and never used here. */
/* clang-format off */
static const struct {
    const char *name;
    bool used;
} algorithms[] = {
    { "ssh-ed25519-cert-v01@openssh.com", true },
    { "ecdsa-sha2-nistp256-cert-v01@openssh.com", true },
    { "ecdsa-sha2-nistp384-cert-v01@openssh.com", true },
    { "ecdsa-sha2-nistp521-cert-v01@openssh.com", true },
    { "sk-ssh-ed25519-cert-v01@openssh.com", true },
    { "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com", true },
    { "rsa-sha2-512-cert-v01@openssh.com", true },
    { "rsa-sha2-256-cert-v01@openssh.com", true },
    { "ssh-ed25519", true },
    { "ecdsa-sha2-nistp256", true },
    { "ecdsa-sha2-nistp384", true },
    { "ecdsa-sha2-nistp521", true },
    { "sk-ssh-ed25519@openssh.com", true },
    { "sk-ecdsa-sha2-nistp256@openssh.com", true },
    { "rsa-sha2-512", true },
    { "rsa-sha2-256", true },
    { "webauthn-sk-ecdsa-sha2-nistp256@openssh.com", false },
    { "ssh-rsa", false },
    { "ssh-rsa-cert-v01@openssh.com", false },
    { "ssh-dss", false },
    { "ssh-dss-cert-v01@openssh.com", false },
};
/* clang-format on */

#define ALGORITHMS (sizeof algorithms / sizeof algorithms[0])

/* Does one of the patterns (commas between) match?  Any of NULL does not. */
static bool on_list(const char *patterns, const char *name)
{
    bool found = false;

    while (*patterns != '\0' && !found) {
        size_t n = strcspn(patterns, ",");
        char *one = mem_strndup(patterns, n);

        found = text_glob(one, name);
        mem_free(one);
        patterns += n + (patterns[n] == ',');
    }
    return found;
}

static void put_name(struct buf *out, const char *name)
{
    if (out->len != 0)
        buf_put_byte(out, ',');
    buf_put_str(out, name);
}

/* Those of ours that the pattern matches (or, without it, all the others than
 * these patterns match) and that are not there yet. */
static void put_matching(struct buf *out, const char *patterns, bool match)
{
    for (size_t i = 0; i < ALGORITHMS; i++)
        if (algorithms[i].used &&
            on_list(patterns, algorithms[i].name) == match &&
            !on_list(buf_str(out), algorithms[i].name))
            put_name(out, algorithms[i].name);
}

/* As they are named, one after the other. */
static void put_in_order(struct buf *out, const char *patterns)
{
    while (*patterns != '\0') {
        size_t n = strcspn(patterns, ",");
        char *one = mem_strndup(patterns, n);

        put_matching(out, one, true);
        mem_free(one);
        patterns += n + (patterns[n] == ',');
    }
}

/* Each is known, or a pattern. */
static bool check_names(const char *patterns, struct err *err)
{
    bool good = *patterns != '\0';

    if (!good)
        return err_set(err, ERR_USAGE, "it names no algorithm");
    while (*patterns != '\0' && good) {
        size_t n = strcspn(patterns, ","), i = 0;
        char *one = mem_strndup(patterns, n);

        while (i < ALGORITHMS && strcmp(algorithms[i].name, one) != 0)
            i++;
        good = i < ALGORITHMS || strpbrk(one, "*?") != NULL;
        if (!good)
            err_set(err, ERR_USAGE, "\"%s\" is no signature algorithm", one);
        mem_free(one);
        patterns += n + (patterns[n] == ',');
    }
    return good;
}

bool take_algorithms(struct options *opt, const struct setting *s,
                     const char *word, struct err *err)
{
    char sign = word[0];
    const char *names = word + (strchr("+-^", sign) != NULL && sign != '\0');
    struct buf list = { 0 };

    (void)s;
    if (!check_names(names, err))
        return false;
    if (sign != '-' && sign != '+')
        put_in_order(&list, names);
    if (sign == '-')
        put_matching(&list, names, false);
    else if (sign == '+' || sign == '^')
        put_matching(&list, "*", true);
    mem_free(opt->pubkey_algorithms);
    opt->pubkey_algorithms = buf_take_str(&list);
    return true;
}
