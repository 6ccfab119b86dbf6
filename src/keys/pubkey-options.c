/* pubkey-options.c - the options in front of a key in authorized_keys. */
#include "keys/pubkey-options.h"

#include <string.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"

#define NAME_MAX_SHOWN 40

/* clang-format off */
static const struct option {
    const char *name; /* letter case does not count */
    bool valued;      /* name="value" */
} options[] = {
    { "agent-forwarding",    false },
    { "cert-authority",      false },
    { "command",             true },
    { "environment",         true },
    { "expiry-time",         true },
    { "from",                true },
    { "no-agent-forwarding", false },
    { "no-port-forwarding",  false },
    { "no-pty",              false },
    { "no-touch-required",   false },
    { "no-user-rc",          false },
    { "no-x11-forwarding",   false },
    { "permitlisten",        true },
    { "permitopen",          true },
    { "port-forwarding",     false },
    { "principals",          true },
    { "pty",                 false },
    { "restrict",            false },
    { "tunnel",              true },
    { "user-rc",             false },
    { "verify-required",     false },
    { "x11-forwarding",      false },
};
/* clang-format on */

/* One option: its name, and what follows it up to the comma or the end. */
struct word {
    struct wire_bytes name, value;
};

static bool is_escaped_quote(struct wire_bytes b, size_t i)
{
    return b.data[i] == '\\' && i + 1 < b.len && b.data[i + 1] == '"';
}

/* Bytes before the first of stops outside quotes. */
static size_t length_until(struct wire_bytes b, const char *stops)
{
    bool quoted = false;
    size_t i;

    for (i = 0; i < b.len; i++) {
        if (is_escaped_quote(b, i))
            i++;
        else if (b.data[i] == '"')
            quoted = !quoted;
        else if (!quoted && b.data[i] != '\0' &&
                 strchr(stops, b.data[i]) != NULL)
            break;
    }
    return i;
}

size_t pubkey_options_length(struct wire_bytes line)
{
    return length_until(line, " \t");
}

static struct word take_word(struct wire_bytes *rest)
{
    size_t len = length_until(*rest, ","), name = 0;
    struct word w;

    while (name < len && rest->data[name] != '=')
        name++;
    w.name = (struct wire_bytes){ rest->data, name };
    w.value = (struct wire_bytes){ rest->data + name, len - name };
    rest->data += len;
    rest->len -= len;
    return w;
}

static const struct option *option_named(struct wire_bytes name)
{
    char s[NAME_MAX_SHOWN];

    if (name.len >= sizeof s)
        return NULL;
    memcpy(s, name.data, name.len);
    s[name.len] = '\0';
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
        if (strlen(s) == name.len && text_same(s, options[i].name))
            return &options[i];
    return NULL;
}

/* ="..." with no other quote inside that is not escaped */
static bool is_quoted(struct wire_bytes value)
{
    if (value.len < 3 || value.data[0] != '=' || value.data[1] != '"')
        return false;
    for (size_t i = 2; i < value.len; i++) {
        if (is_escaped_quote(value, i))
            i++;
        else if (value.data[i] == '"')
            return i + 1 == value.len;
    }
    return false;
}

static bool refuse(struct wire_bytes name, const char *why, struct err *err)
{
    struct buf clean = { 0 };

    text_clean(&clean, name.data,
               name.len < NAME_MAX_SHOWN ? name.len : NAME_MAX_SHOWN, false);
    err_set(err, ERR_FORMAT, "\"%s\" %s", buf_str(&clean), why);
    buf_free(&clean);
    return false;
}

static bool check_word(const struct word *w, struct err *err)
{
    const struct option *o = option_named(w->name);

    if (o == NULL)
        return refuse(w->name,
                      "is where a key's type, or an option of "
                      "sshd, should stand",
                      err);
    if (!o->valued && w->value.len != 0)
        return refuse(w->name, "is an option without a value", err);
    if (o->valued && !is_quoted(w->value))
        return refuse(w->name, "is an option that needs a value in quotes (\")",
                      err);
    return true;
}

bool pubkey_options_check(struct wire_bytes list, struct err *err)
{
    struct word w;

    for (;;) {
        w = take_word(&list);
        if (!check_word(&w, err))
            return false;
        if (list.len == 0)
            return true;
        list.data++; /* the comma */
        list.len--;
    }
}
