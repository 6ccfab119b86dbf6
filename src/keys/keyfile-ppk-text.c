/*
 * keyfile-ppk-text.c - the lines of PuTTY's key files.
 *
 * The headers have a fixed order.  The numbers of base64 lines are not what
 * ends these, the next header is; but they tell that a line got lost, which
 * for an encrypted key would otherwise pass for a wrong passphrase.
 */
#include <stdio.h>
#include <string.h>
#include "base/base64.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "keys/keyfile-format.h"
#include "keys/keyfile-ppk.h"

#define LINE_CHARS   64 /* base64; only the last line is shorter */
#define DIGITS_MAX   10
#define WHAT_MAX     64
#define SHA1_BYTES   20
#define SHA256_BYTES 32
#define LAST_LINE    "Private-MAC"

struct reader {
    const struct keyfile_text *text;
    struct wire_bytes line, rest; /* the last line taken, what follows it */
    struct err *err;
};

static bool damaged_line(const struct reader *r, const char *name)
{
    char what[WHAT_MAX];

    snprintf(what, sizeof what, "its line %s", name);
    return keyfile_damaged(r->text, what, r->err);
}

/* The next line that is not blank. */
static bool next_line(struct wire_bytes *rest, struct wire_bytes *line)
{
    while (keyfile_next_line(rest, line))
        if (line->len != 0)
            return true;
    return false;
}

/* Drop "name:" and the blanks behind it. */
static bool strip_name(struct wire_bytes *line, const char *name)
{
    size_t n = strlen(name);

    if (!keyfile_begins(*line, name) || line->len == n || line->data[n] != ':')
        return false;
    for (n++; n < line->len && line->data[n] == ' ';)
        n++;
    line->data += n;
    line->len -= n;
    return true;
}

/* Where the last line is not the one that belongs there, more is missing. */
static bool take(struct reader *r, const char *name, struct wire_bytes *value)
{
    struct wire_bytes later;

    if (next_line(&r->rest, &r->line)) {
        *value = r->line;
        if (strip_name(value, name))
            return true;
    }
    later = r->rest;
    if (!next_line(&later, value))
        return keyfile_cut_off(r->text, LAST_LINE, r->err);
    return damaged_line(r, name);
}

static bool is_number(struct wire_bytes digits, uint32_t *out)
{
    char s[DIGITS_MAX + 1];
    unsigned long n;

    if (digits.len > DIGITS_MAX)
        return false;
    memcpy(s, digits.data, digits.len);
    s[digits.len] = '\0';
    if (!text_number(s, 0, UINT32_MAX, &n))
        return false;
    *out = (uint32_t)n;
    return true;
}

static bool take_number(struct reader *r, const char *name, uint32_t *out)
{
    struct wire_bytes value;

    return take(r, name, &value) &&
           (is_number(value, out) || damaged_line(r, name));
}

/* ---- base64 ---- */

/* Headers have a colon, base64 has none. */
static struct wire_bytes take_lines(struct reader *r, size_t *lines,
                                    size_t *chars)
{
    struct wire_bytes after = r->rest, body = { r->rest.data, 0 }, line;

    *lines = *chars = 0;
    while (next_line(&after, &line) &&
           memchr(line.data, ':', line.len) == NULL) {
        r->rest = after;
        body.len = (size_t)(after.data - body.data);
        *chars += line.len;
        ++*lines;
    }
    return body;
}

/* The lines that follow "name: count", of which none is missing. */
static bool take_base64(struct reader *r, const char *name,
                        struct wire_bytes *body)
{
    struct wire_bytes after, line;
    size_t lines, chars;
    uint32_t count = 0;

    if (!take_number(r, name, &count))
        return false;
    *body = take_lines(r, &lines, &chars);
    /* Lines broken anew on the way have a new number. */
    if (lines == count || (chars + LINE_CHARS - 1) / LINE_CHARS == count)
        return true;
    after = r->rest;
    if (!next_line(&after, &line))
        return keyfile_cut_off(r->text, LAST_LINE, r->err);
    return keyfile_damaged(r->text, "lines are missing or too many", r->err);
}

/* A group of characters that is not whole may be where the file was cut. */
static bool bad_base64(const struct reader *r)
{
    struct wire_bytes after = r->rest, line;

    return next_line(&after, &line)
               ? keyfile_damaged(r->text, "its base64 text", r->err)
               : keyfile_cut_off(r->text, LAST_LINE, r->err);
}

static bool take_public(struct reader *r, struct ppk *ppk)
{
    struct wire_bytes body;

    if (!take_base64(r, "Public-Lines", &body))
        return false;
    return base64_decode(&ppk->public, (const char *)body.data, body.len) ||
           bad_base64(r);
}

static bool take_private(struct reader *r, struct ppk *ppk)
{
    struct wire_bytes body;

    if (!take_base64(r, "Private-Lines", &body))
        return false;
    ppk->private = base64_decode_secret((const char *)body.data, body.len);
    if (ppk->private == NULL)
        return bad_base64(r);
    if (ppk_is_encrypted(ppk) &&
        (ppk->private->len == 0 || ppk->private->len % ppk->cipher->block != 0))
        return keyfile_damaged(r->text, "its length", r->err);
    return true;
}

/* ---- headers ---- */

/* A value that ends the file may be a part of one that we know. */
static bool unknown(const struct reader *r, const char *what,
                    struct wire_bytes value)
{
    struct wire_bytes after = r->rest, line;

    return next_line(&after, &line)
               ? keyfile_unknown_by_putty(r->text, what, value, r->err)
               : keyfile_cut_off(r->text, LAST_LINE, r->err);
}

/* A key joined into one line has its other headers in the first one. */
static bool take_algorithm(struct reader *r, struct ppk *ppk)
{
    char name[] = "PuTTY-User-Key-File-0";

    for (ppk->version = 1; ppk->version <= 3; ppk->version++) {
        name[sizeof name - 2] = (char)('0' + ppk->version);
        if (keyfile_begins(r->rest, name))
            break;
    }
    if (!take(r, name, &ppk->algorithm))
        return false;
    if (memchr(ppk->algorithm.data, ' ', ppk->algorithm.len) != NULL)
        return keyfile_damaged(r->text, "its line breaks are lost", r->err);
    return true;
}

static bool take_encryption(struct reader *r, struct ppk *ppk)
{
    if (!take(r, "Encryption", &ppk->encryption))
        return false;
    if (!wire_is(ppk->encryption, "none") &&
        !wire_is(ppk->encryption, "aes256-cbc"))
        return unknown(r, "cipher", ppk->encryption);
    ppk->cipher = keyfile_cipher_named(ppk->encryption);
    return true;
}

/* All between the one blank behind the colon and the end of the line. */
static bool take_comment(struct reader *r, struct ppk *ppk)
{
    const uint8_t *end = r->rest.data + r->rest.len;
    struct wire_bytes c;

    if (!take(r, "Comment", &c))
        return false;
    c = (struct wire_bytes){ r->line.data + strlen("Comment:"), 0 };
    while (c.data + c.len != end && c.data[c.len] != '\n' &&
           c.data[c.len] != '\r')
        c.len++;
    if (c.len != 0 && c.data[0] == ' ')
        c = (struct wire_bytes){ c.data + 1, c.len - 1 };
    ppk->comment = c;
    return true;
}

/* Version 1 has a hash without a key where nothing is encrypted. */
static bool take_mac(struct reader *r, struct ppk *ppk)
{
    struct wire_bytes ahead = r->rest, hex;

    ppk->mac_len = ppk->version < 3 ? SHA1_BYTES : SHA256_BYTES;
    ppk->keyless = ppk->version == 1 && !ppk_is_encrypted(ppk) &&
                   next_line(&ahead, &hex) && keyfile_begins(hex, "Private-H");
    if (!take(r, ppk->keyless ? "Private-Hash" : LAST_LINE, &hex))
        return false;
    if (keyfile_hex(hex, ppk->mac, ppk->mac_len))
        return true;
    if (hex.len < 2 * ppk->mac_len)
        return keyfile_cut_off(r->text, LAST_LINE, r->err);
    return damaged_line(r, LAST_LINE);
}

/* ---- Argon2 ---- */

/* clang-format off */
static const struct {
    const char *name;
    enum keyfile_argon2_kind kind;
} kinds[] = {
    { "Argon2id", KEYFILE_ARGON2ID },
    { "Argon2i",  KEYFILE_ARGON2I },
    { "Argon2d",  KEYFILE_ARGON2D },
};
/* clang-format on */

static bool take_kind(struct reader *r, struct keyfile_argon2 *argon2)
{
    struct wire_bytes name;

    if (!take(r, "Key-Derivation", &name))
        return false;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (wire_is(name, kinds[i].name)) {
            argon2->kind = kinds[i].kind;
            return true;
        }
    }
    return unknown(r, "key derivation", name);
}

static bool take_salt(struct reader *r, struct ppk *ppk)
{
    struct wire_bytes hex;
    size_t len;

    if (!take(r, "Argon2-Salt", &hex))
        return false;
    len = hex.len / 2;
    if (len < KEYFILE_ARGON2_SALT_MIN || len > sizeof ppk->salt ||
        !keyfile_hex(hex, ppk->salt, len))
        return damaged_line(r, "Argon2-Salt");
    ppk->argon2.salt = (struct wire_bytes){ ppk->salt, len };
    return true;
}

static bool too_costly(const struct reader *r, const char *what,
                       unsigned long asked, unsigned long limit)
{
    return err_set(r->err, ERR_LIMIT,
                   "%s: this private key asks for Argon2 with %lu %s, the "
                   "limit is %lu; save it again with less:",
                   r->text->name, asked, what, limit) ||
           err_command(r->err, "puttygen", r->text->name,
                       "--reencrypt -O private -o KEY");
}

static bool check_cost(const struct reader *r, const struct keyfile_argon2 *a)
{
    const struct keyfile_limits *limits = r->text->limits;

    if (a->passes == 0 || a->lanes == 0 ||
        a->kib / KEYFILE_ARGON2_KIB_PER_LANE < a->lanes)
        return keyfile_damaged(r->text, "its key derivation", r->err);
    if (a->kib > limits->argon2_kib)
        return too_costly(r, "KiB of memory", a->kib, limits->argon2_kib);
    if (a->lanes > limits->argon2_lanes)
        return too_costly(r, "lanes", a->lanes, limits->argon2_lanes);
    if (a->passes > limits->argon2_work / a->kib)
        return too_costly(r, "passes", a->passes, limits->argon2_work / a->kib);
    return true;
}

static bool take_argon2(struct reader *r, struct ppk *ppk)
{
    struct keyfile_argon2 *a = &ppk->argon2;

    if (ppk->version < 3 || !ppk_is_encrypted(ppk))
        return true;
    return take_kind(r, a) && take_number(r, "Argon2-Memory", &a->kib) &&
           take_number(r, "Argon2-Passes", &a->passes) &&
           take_number(r, "Argon2-Parallelism", &a->lanes) &&
           take_salt(r, ppk) && check_cost(r, a);
}

/* ---- the file ---- */

bool ppk_open(const struct keyfile_text *text, struct ppk *ppk, struct err *err)
{
    struct reader r = { .text = text, .rest = text->rest, .err = err };

    memset(ppk, 0, sizeof *ppk);
    if (take_algorithm(&r, ppk) && take_encryption(&r, ppk) &&
        take_comment(&r, ppk) && take_public(&r, ppk) && take_argon2(&r, ppk) &&
        take_private(&r, ppk) && take_mac(&r, ppk))
        return true;
    ppk_close(ppk);
    return false;
}

void ppk_close(struct ppk *ppk)
{
    buf_free(&ppk->public);
    secret_free(ppk->private);
}

bool ppk_is_encrypted(const struct ppk *ppk)
{
    return ppk->cipher->algorithm != NULL;
}

struct wire_bytes ppk_trimmed_comment(const struct ppk *ppk)
{
    struct wire_bytes c = ppk->comment;

    while (c.len != 0 &&
           (c.data[c.len - 1] == ' ' || c.data[c.len - 1] == '\t'))
        c.len--;
    return c;
}
