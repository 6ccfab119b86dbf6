/*
 * pubkey-rfc4716.c - RFC 4716, section 3.
 *
 * Lines are read however long they are; what is written keeps to the limits.
 */
#include "keys/pubkey-rfc4716.h"

#include <string.h>
#include "base/base64.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "keys/keyfile-format.h"

#define DASHES     " ----\n"
#define LINE_MAX   72 /* bytes, without the line feed */
#define BASE64_MAX 70 /* as ssh-keygen breaks its lines */
#define TAG_MAX    64
#define VALUE_MAX  1024
#define COMMENT    "Comment"

/* ---- reading ---- */

/*
 * A line as it stands: of a value that goes on in the next line the blanks at
 * the break count.
 */
static bool next_raw(struct wire_bytes *rest, struct wire_bytes *line)
{
    const uint8_t *start = rest->data;

    if (!keyfile_next_line(rest, line))
        return false;
    line->len += (size_t)(line->data - start);
    line->data = start;
    return true;
}

/* Take the backslash off that says that the value goes on. */
static bool cut_continuation(struct wire_bytes *line)
{
    if (line->len == 0 || line->data[line->len - 1] != '\\')
        return false;
    line->len--;
    return true;
}

/* The rest of a value whose first line ended in a backslash. */
static bool take_continued(struct wire_bytes *rest, struct buf *value)
{
    struct wire_bytes line;
    bool more = true;

    while (more) {
        if (!next_raw(rest, &line))
            return false;
        more = cut_continuation(&line);
        buf_put(value, line.data, line.len);
    }
    return true;
}

/*
 * The quotes around a value are no part of it.  PuTTY puts a backslash before
 * quotes and backslashes within them, of which the RFC says nothing.
 */
static void put_unquoted(struct buf *out, const struct buf *value)
{
    struct wire_bytes v = { value->data, value->len };
    bool quoted = v.len >= 2 && v.data[0] == '"' && v.data[v.len - 1] == '"';

    if (quoted)
        v = (struct wire_bytes){ v.data + 1, v.len - 2 };
    for (size_t i = 0; i < v.len; i++) {
        if (quoted && v.data[i] == '\\' && i + 1 < v.len &&
            (v.data[i + 1] == '"' || v.data[i + 1] == '\\'))
            i++;
        buf_put_byte(out, v.data[i]);
    }
}

static bool is_comment(struct wire_bytes tag)
{
    char name[sizeof COMMENT];

    if (tag.len != strlen(COMMENT))
        return false;
    memcpy(name, tag.data, tag.len);
    name[tag.len] = '\0';
    return text_same(name, COMMENT);
}

/* line has a colon after n bytes; *rest are the lines behind it. */
static bool take_header(struct wire_bytes line, size_t n,
                        struct wire_bytes *rest, struct buf *comment,
                        struct err *err)
{
    struct wire_bytes tag = { line.data, n };
    struct buf value = { 0 };
    bool more = cut_continuation(&line), good;

    for (n++; n < line.len && line.data[n] == ' ';)
        n++;
    if (n < line.len)
        buf_put(&value, line.data + n, line.len - n);
    good = (!more || take_continued(rest, &value)) && tag.len <= TAG_MAX &&
           value.len <= VALUE_MAX;
    if (good && value.len != 0 && is_comment(tag)) {
        buf_clear(comment);
        put_unquoted(comment, &value);
    }
    buf_free(&value);
    return good || err_set(err, ERR_FORMAT,
                           "a header of this public key (RFC 4716) is "
                           "damaged or longer than 1024 bytes");
}

static bool take_headers(struct wire_bytes *rest, struct buf *comment,
                         struct err *err)
{
    struct wire_bytes after = *rest, line;
    const uint8_t *colon;

    while (keyfile_next_line(&after, &line)) {
        colon = memchr(line.data, ':', line.len);
        if (colon == NULL)
            return true;
        if (!take_header(line, (size_t)(colon - line.data), &after, comment,
                         err))
            return false;
        *rest = after;
    }
    return true;
}

bool pubkey_rfc4716_read(struct wire_bytes text, struct buf *blob,
                         struct buf *comment, struct err *err)
{
    struct wire_bytes line, body;
    bool ended = false;

    keyfile_next_line(&text, &line); /* the first mark */
    if (!take_headers(&text, comment, err))
        return false;
    body = (struct wire_bytes){ text.data, 0 };
    while (!ended && keyfile_next_line(&text, &line)) {
        ended = keyfile_begins(line, PUBKEY_RFC4716_END);
        if (!ended)
            body.len = (size_t)(text.data - body.data);
    }
    if (!ended)
        return err_set(err, ERR_FORMAT,
                       "this public key (RFC 4716) is cut off: its last line, "
                       "%s ----, is missing",
                       PUBKEY_RFC4716_END);
    return base64_decode(blob, (const char *)body.data, body.len) ||
           err_set(err, ERR_FORMAT,
                   "the base64 text of this public key (RFC 4716) is damaged");
}

/* ---- writing ---- */

/* Bytes of the character at s, which is UTF-8. */
static size_t character_length(const char *s)
{
    size_t n = 1;

    while (((unsigned char)s[n] & 0xc0) == 0x80)
        n++;
    return n;
}

/*
 * One line, cut where it gets too long: RFC 4716 would let the value go on
 * behind a backslash in the next line, but puttygen could not read the key.
 */
static void put_comment(struct buf *out, const char *comment)
{
    size_t left = LINE_MAX - strlen(COMMENT ": \"\""), n, escape;

    buf_put_str(out, COMMENT ": \"");
    for (; *comment != '\0'; comment += n) {
        n = character_length(comment);
        escape = *comment == '"' || *comment == '\\';
        if (n + escape > left)
            break;
        left -= n + escape;
        if (escape)
            buf_put_str(out, "\\");
        buf_put(out, comment, n);
    }
    buf_put_str(out, "\"\n");
}

void pubkey_rfc4716_write(struct buf *out, const uint8_t *blob, size_t len,
                          const char *comment)
{
    struct buf text = { 0 };

    buf_put_str(out, PUBKEY_RFC4716_BEGIN DASHES);
    if (*comment != '\0')
        put_comment(out, comment);
    base64_encode(&text, blob, len, true);
    for (size_t at = 0, n; at < text.len; at += n) {
        n = text.len - at < BASE64_MAX ? text.len - at : BASE64_MAX;
        buf_put(out, text.data + at, n);
        buf_put_str(out, "\n");
    }
    buf_put_str(out, PUBKEY_RFC4716_END DASHES);
    buf_free(&text);
}
