#include "config/destination.h"

#include <stddef.h>
#include <string.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"

#define COUNT(a)  (sizeof(a) / sizeof(a)[0])
#define ASCII_DEL 0x7f
#define DIGITS    "0123456789"

/* ---- checks ---- */

static bool has_control(const char *s)
{
    for (; *s != '\0'; s++) {
        if ((unsigned char)*s < ' ' || *s == ASCII_DEL)
            return true;
    }
    return false;
}

/* Web pages turn a hyphen into one of these. */
static bool has_long_dash(const char *s)
{
    static const char *const dashes[] = { "\xe2\x80\x90", "\xe2\x80\x91",
                                          "\xe2\x80\x92", "\xe2\x80\x93",
                                          "\xe2\x80\x94", "\xe2\x88\x92" };
    size_t i;

    for (i = 0; i < COUNT(dashes); i++) {
        if (strncmp(s, dashes[i], strlen(dashes[i])) == 0)
            return true;
    }
    return false;
}

static bool ends_with(const char *s, const char *end)
{
    size_t n = strlen(s), m = strlen(end);

    return n > m && text_same(s + n - m, end);
}

/* No top-level domain is called like these, and keys often are. */
static bool is_key_name(const char *s)
{
    static const char *const names[] = { "id_rsa", "id_ecdsa", "id_ed25519",
                                         "id_dsa" };
    size_t i, n;

    for (i = 0; i < COUNT(names); i++) {
        n = strlen(names[i]);
        if (strncmp(s, names[i], n) == 0 &&
            (s[n] == '\0' || strcmp(s + n, ".pub") == 0))
            return true;
    }
    return ends_with(s, ".pem") || ends_with(s, ".ppk");
}

/* Digits and dots: are they four numbers that fit in a byte? */
static bool is_v4_text(const char *s)
{
    int numbers = 0;

    for (;; s++) {
        size_t n = strspn(s, DIGITS);
        if (n == 0 || n > 3 || (n == 3 && strncmp(s, "255", 3) > 0))
            return false;
        s += n;
        numbers++;
        if (*s == '\0')
            return numbers == 4;
    }
}

/* The system's look-up makes an address of fewer numbers, hardly what was
 * meant. */
static bool check_numbers(const char *host, struct err *err)
{
    if (host[strspn(host, DIGITS ".")] != '\0' || is_v4_text(host))
        return true;
    return err_set(
        err, ERR_USAGE,
        "\"%s\" is no host: an IPv4 address has four numbers, each "
        "up to 255%s",
        host, strchr(host, '.') == NULL ? "; a port is given with -p" : "");
}

bool destination_check_host(const char *host, struct err *err)
{
    if (*host == '\0')
        return err_set(err, ERR_USAGE, "the host name is empty");
    if (has_long_dash(host))
        return err_set(err, ERR_USAGE,
                       "\"%s\" begins with a long dash, perhaps copied from "
                       "a web page; type a hyphen",
                       host);
    if (*host == '-')
        return err_set(err, ERR_USAGE,
                       "\"%s\": a host name cannot begin with a hyphen", host);
    if (has_control(host) || strpbrk(host, " ") != NULL)
        return err_set(err, ERR_USAGE,
                       "\"%s\": a host name has no blanks or control "
                       "characters",
                       host);
    if (strpbrk(host, "/\\") != NULL)
        return err_set(err, ERR_USAGE,
                       "\"%s\" is a path, not a host; a private key is named "
                       "with -i, as in: vmconnect -i KEY user@host",
                       host);
    if (is_key_name(host))
        return err_set(err, ERR_USAGE,
                       "\"%s\" looks like a key file, not a host; name it "
                       "with -i, as in: vmconnect -i %s user@host",
                       host, host);
    if (strpbrk(host, "@[]\"'`$;&|<>(){}*?!#,=") != NULL)
        return err_set(err, ERR_USAGE,
                       "\"%s\" is neither a host name nor an IP address", host);
    return check_numbers(host, err);
}

bool destination_check_user(const char *user, struct err *err)
{
    if (*user == '\0')
        return err_set(err, ERR_USAGE,
                       "the user name is empty; write user@host, or only the "
                       "host");
    if (*user == '-')
        return err_set(err, ERR_USAGE,
                       "\"%s\": a user name cannot begin with a hyphen", user);
    if (has_control(user))
        return err_set(err, ERR_USAGE,
                       "\"%s\": a user name has no control characters", user);
    return true;
}

/* ---- host and port ---- */

static bool is_number(const char *s)
{
    return *s != '\0' && s[strspn(s, DIGITS)] == '\0';
}

/* Groups of up to four digits and colons, a dotted end; behind a % the
 * interface's name. */
static bool is_v6_text(const char *s)
{
    size_t n;

    while ((n = strspn(s, DIGITS "abcdefABCDEF")) <= 4 &&
           (s[n] == ':' || s[n] == '.'))
        s += n + 1;
    return n <= 4 && (s[n] == '\0' || (s[n] == '%' && s[n + 1] != '\0'));
}

static bool bad_port(const char *word, struct err *err)
{
    return err_set(err, ERR_USAGE,
                   "\"%s\": behind the colon there must be a port, as in "
                   "host:2222; files are copied with scp or sftp",
                   word);
}

/* What follows the host: nothing, or a colon and digits. */
static bool parse_port(const char *word, const char *rest,
                       struct destination *out, struct err *err)
{
    if (*rest == '\0')
        return true;
    if (*rest != ':' || !is_number(rest + 1))
        return bad_port(word, err);
    out->port = mem_strdup(rest + 1);
    return true;
}

static bool parse_brackets(const char *word, const char *s,
                           struct destination *out, struct err *err)
{
    const char *end = strchr(s, ']');

    if (end == NULL)
        return err_set(err, ERR_USAGE, "\"%s\": the bracket is not closed",
                       word);
    out->host = mem_strndup(s + 1, (size_t)(end - s) - 1);
    return parse_port(word, end + 1, out, err);
}

static bool parse_host(const char *word, const char *s, struct destination *out,
                       struct err *err)
{
    const char *colon = strchr(s, ':');

    if (*s == '[')
        return parse_brackets(word, s, out, err);
    if (colon == NULL) {
        out->host = mem_strdup(s);
        return true;
    }
    if (strchr(colon + 1, ':') == NULL) {
        out->host = mem_strndup(s, (size_t)(colon - s));
        return parse_port(word, colon, out, err);
    }
    if (!is_v6_text(s))
        return err_set(err, ERR_USAGE,
                       "\"%s\" is neither a host name nor an IPv6 address, "
                       "which with a port is [::1]:2222",
                       word);
    out->host = mem_strdup(s);
    return true;
}

/* ---- user ---- */

static int hex_digit(char c)
{
    static const char digits[] = DIGITS "abcdef";
    char low[2] = { c, '\0' };
    const char *at;

    text_lower(low);
    at = low[0] == '\0' ? NULL : strchr(digits, low[0]);
    return at == NULL ? -1 : (int)(at - digits);
}

/* %40 and its like, in an address; NULL if malformed or a NUL. */
static char *percent_decode(const char *s, size_t n)
{
    struct buf out = { 0 };
    int high, low;
    size_t i;

    for (i = 0; i < n; i++) {
        if (s[i] != '%') {
            buf_put_byte(&out, (unsigned char)s[i]);
            continue;
        }
        high = i + 2 < n ? hex_digit(s[i + 1]) : -1;
        low = i + 2 < n ? hex_digit(s[i + 2]) : -1;
        if (high < 0 || low < 0 || (high == 0 && low == 0)) {
            buf_free(&out);
            return NULL;
        }
        buf_put_byte(&out, (unsigned char)(high * 16 + low));
        i += 2;
    }
    return buf_take_str(&out);
}

static bool parse_url_user(const char *word, const char *s, size_t n,
                           struct destination *out, struct err *err)
{
    if (memchr(s, ':', n) != NULL)
        return err_set(err, ERR_USAGE,
                       "a password cannot be given in an address (ssh://)");
    out->user = percent_decode(s, n);
    if (out->user == NULL)
        return err_set(err, ERR_USAGE, "\"%s\": bad %%-escape in the user name",
                       word);
    return true;
}

/* ---- the whole ---- */

static const char *last_at(const char *s, size_t n)
{
    while (n != 0) {
        if (s[--n] == '@')
            return s + n;
    }
    return NULL;
}

/* rest: what follows ssh:// */
static bool parse_url(const char *word, const char *rest,
                      struct destination *out, struct err *err)
{
    size_t n = strcspn(rest, "/");
    const char *at = last_at(rest, n);
    char *host;
    bool ok;

    if (rest[n] == '/' && rest[n + 1] != '\0')
        return err_set(err, ERR_USAGE, "\"%s\": a path has no meaning here",
                       word);
    if (at != NULL &&
        !parse_url_user(word, rest, (size_t)(at - rest), out, err))
        return false;
    if (at != NULL)
        at++;
    else
        at = rest;
    host = mem_strndup(at, n - (size_t)(at - rest));
    ok = parse_host(word, host, out, err);
    mem_free(host);
    return ok;
}

static bool parse_plain(const char *word, struct destination *out,
                        struct err *err)
{
    const char *at = last_at(word, strlen(word));

    if (at == NULL)
        return parse_host(word, word, out, err);
    out->user = mem_strndup(word, (size_t)(at - word));
    return parse_host(word, at + 1, out, err);
}

static bool parse(const char *word, struct destination *out, struct err *err)
{
    const char *scheme = strstr(word, "://");
    char *name;
    bool ssh;

    if (scheme == NULL)
        return parse_plain(word, out, err);
    name = mem_strndup(word, (size_t)(scheme - word));
    ssh = text_same(name, "ssh");
    mem_free(name);
    if (!ssh)
        return err_set(err, ERR_USAGE,
                       "\"%s\" is not an SSH address; write user@host, or "
                       "ssh://user@host",
                       word);
    return parse_url(word, scheme + 3, out, err);
}

bool destination_parse(const char *word, struct destination *out,
                       struct err *err)
{
    *out = (struct destination){ 0 };
    if (parse(word, out, err) && destination_check_host(out->host, err) &&
        (out->user == NULL || destination_check_user(out->user, err)))
        return true;
    destination_free(out);
    return false;
}

void destination_free(struct destination *d)
{
    mem_free(d->user);
    mem_free(d->host);
    mem_free(d->port);
    *d = (struct destination){ 0 };
}
