/*
 * keyfile-text.c - lines and armour of key files.
 *
 * Key files come by mail, chat and web form.  What such a journey does to line
 * ends and blanks is put up with here; nothing is copied, since the text of an
 * unencrypted key is itself a secret.
 */
#include "keys/keyfile-format.h"

#include <stdio.h>
#include <string.h>
#include "base/base64.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"
#include "base/text.h"

#define MARK_MAX       64
#define NAME_MAX_SHOWN 64

static bool is_blank(uint8_t c)
{
    return c == ' ' || c == '\t';
}

static void skip(struct wire_bytes *b, size_t n)
{
    b->data += n;
    b->len -= n;
}

bool keyfile_next_line(struct wire_bytes *rest, struct wire_bytes *line)
{
    size_t n = 0;

    if (rest->len == 0)
        return false;
    while (n < rest->len && rest->data[n] != '\n' && rest->data[n] != '\r')
        n++;
    *line = (struct wire_bytes){ rest->data, n };
    skip(rest, n);
    if (rest->len >= 2 && rest->data[0] == '\r' && rest->data[1] == '\n')
        skip(rest, 2);
    else if (rest->len != 0)
        skip(rest, 1);
    while (line->len != 0 && is_blank(line->data[0]))
        skip(line, 1);
    while (line->len != 0 && is_blank(line->data[line->len - 1]))
        line->len--;
    return true;
}

bool keyfile_begins(struct wire_bytes line, const char *s)
{
    size_t n = strlen(s);

    return line.len >= n && memcmp(line.data, s, n) == 0;
}

/* Cut the run off before s and forget the rest; false if s is not in it. */
static bool cut_before(struct wire_bytes *b, const char *s)
{
    struct wire_bytes at = *b;

    for (; at.len != 0; skip(&at, 1)) {
        if (at.data[0] == (uint8_t)s[0] && keyfile_begins(at, s)) {
            b->len = (size_t)(at.data - b->data);
            return true;
        }
    }
    return false;
}

/*
 * The marks need no lines of their own: a key that went through an environment
 * variable or a form's single line has lost its line ends.
 */
bool keyfile_between(const struct keyfile_text *text, const char *begin,
                     const char *end, struct wire_bytes *body, struct err *err)
{
    *body = text->rest;
    if (!keyfile_begins(*body, begin))
        return keyfile_damaged(text, "its first line", err);
    skip(body, strlen(begin));
    return cut_before(body, end) || keyfile_cut_off(text, end, err);
}

bool keyfile_body(const struct keyfile_text *text, const char *label,
                  struct wire_bytes *body, struct err *err)
{
    char begin[MARK_MAX], end[MARK_MAX];

    snprintf(begin, sizeof begin, "-----BEGIN %s-----", label);
    snprintf(end, sizeof end, "-----END %s-----", label);
    return keyfile_between(text, begin, end, body, err);
}

bool keyfile_lines_lost(struct wire_bytes body)
{
    return memchr(body.data, ':', body.len) != NULL &&
           memchr(body.data, '\n', body.len) == NULL &&
           memchr(body.data, '\r', body.len) == NULL;
}

struct secret *keyfile_base64(const struct keyfile_text *text,
                              struct wire_bytes body, struct err *err)
{
    struct secret *raw =
        base64_decode_secret((const char *)body.data, body.len);

    if (raw == NULL && body.len > 1 && body.data[0] == '\\')
        (void)(err_set(err, ERR_FORMAT,
                       "%s: the line ends of this private key are written as "
                       "\\n; mend it:",
                       text->name) ||
               err_command(err, "printf %b \"$(cat", text->name, ")\" > KEY"));
    else if (raw == NULL)
        keyfile_damaged(text, "its base64 text", err);
    return raw;
}

static bool hex_digit(uint8_t c, uint8_t *value)
{
    if (c >= '0' && c <= '9')
        *value = (uint8_t)(c - '0');
    else if (c >= 'A' && c <= 'F')
        *value = (uint8_t)(c - 'A' + 10);
    else if (c >= 'a' && c <= 'f')
        *value = (uint8_t)(c - 'a' + 10);
    else
        return false;
    return true;
}

bool keyfile_hex(struct wire_bytes hex, uint8_t *out, size_t len)
{
    uint8_t high, low;

    if (hex.len != 2 * len)
        return false;
    for (size_t i = 0; i < len; i++) {
        if (!hex_digit(hex.data[2 * i], &high) ||
            !hex_digit(hex.data[2 * i + 1], &low))
            return false;
        out[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

bool keyfile_damaged(const struct keyfile_text *text, const char *what,
                     struct err *err)
{
    return err_set(err, ERR_FORMAT,
                   "%s: this private key is damaged (%s); copy the file again "
                   "from where it was made",
                   text->name, what);
}

bool keyfile_joined(const struct keyfile_text *text, struct err *err)
{
    return keyfile_damaged(text, "its line breaks are lost", err);
}

bool keyfile_halves_differ(const struct keyfile_text *text, struct err *err)
{
    return err_set(err, ERR_FORMAT,
                   "%s: the public half in this private key belongs to another "
                   "key; copy the file again from where it was made",
                   text->name);
}

bool keyfile_cut_off(const struct keyfile_text *text, const char *last,
                     struct err *err)
{
    return err_set(err, ERR_FORMAT,
                   "%s: this private key is cut off: its last line, %s, "
                   "is missing; copy the whole file again",
                   text->name, last);
}

/* run and args are a command around the file's name. */
static bool unknown(const struct keyfile_text *text, const char *what,
                    struct wire_bytes name, const char *run, const char *args,
                    struct err *err)
{
    struct buf clean = { 0 };

    text_clean(&clean, name.data,
               name.len < NAME_MAX_SHOWN ? name.len : NAME_MAX_SHOWN, false);
    err_set(err, ERR_UNSUPPORTED,
            "%s: this private key is encrypted with the %s \"%s\", which is "
            "not supported; run:",
            text->name, what, buf_str(&clean));
    buf_free(&clean);
    return err_command(err, run, text->name, args);
}

bool keyfile_unknown(const struct keyfile_text *text, const char *what,
                     struct wire_bytes name, struct err *err)
{
    return unknown(text, what, name, "ssh-keygen -p -f", "", err);
}

bool keyfile_unknown_by_putty(const struct keyfile_text *text, const char *what,
                              struct wire_bytes name, struct err *err)
{
    return unknown(text, what, name, "puttygen", "-O private-openssh -o KEY",
                   err);
}

bool keyfile_needs_passphrase(const struct keyfile_text *text, struct err *err)
{
    return err_set(err, ERR_PASSPHRASE,
                   "%s: this private key is encrypted and needs its passphrase",
                   text->name);
}

bool keyfile_wrong_passphrase(const struct keyfile_text *text, struct err *err)
{
    return err_set(err, ERR_PASSPHRASE,
                   "%s: the passphrase is wrong for this private key",
                   text->name);
}

bool keyfile_cannot_decrypt(const struct keyfile_text *text, const char *what,
                            struct err *err)
{
    return err_set(err, ERR_UNSUPPORTED,
                   "%s: libcrypto offers no %s to decrypt this private key",
                   text->name, what);
}

bool keyfile_cannot_encrypt(const char *what, struct err *err)
{
    return err_set(err, ERR_UNSUPPORTED,
                   "libcrypto offers no %s to encrypt the private key", what);
}
