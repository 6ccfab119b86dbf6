/* pubkey-line.c - a public key on one line. */
#include "keys/pubkey-line.h"

#include <string.h>
#include "base/base64.h"
#include "base/buf.h"
#include "base/err.h"
#include "keys/pubkey-options.h"

static bool is_blank(uint8_t c)
{
    return c == ' ' || c == '\t';
}

static void skip(struct wire_bytes *line, size_t n)
{
    line->data += n;
    line->len -= n;
}

static void skip_blanks(struct wire_bytes *line)
{
    while (line->len != 0 && is_blank(line->data[0]))
        skip(line, 1);
}

struct wire_bytes pubkey_line_trimmed(struct wire_bytes text)
{
    skip_blanks(&text);
    while (text.len != 0 && is_blank(text.data[text.len - 1]))
        text.len--;
    return text;
}

struct wire_bytes pubkey_line_word(struct wire_bytes *line)
{
    struct wire_bytes word;

    skip_blanks(line);
    word = (struct wire_bytes){ line->data, 0 };
    while (word.len < line->len && !is_blank(line->data[word.len]))
        word.len++;
    skip(line, word.len);
    skip_blanks(line);
    return word;
}

bool pubkey_line_is_base64(struct wire_bytes word)
{
    for (size_t i = 0; i < word.len; i++) {
        uint8_t c = word.data[i];

        if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
              (c >= '0' && c <= '9') || c == '+' || c == '/' || c == '='))
            return false;
    }
    return word.len != 0;
}

/* A blob begins with a length below 2^16. */
bool pubkey_line_is_blob(struct wire_bytes word)
{
    return word.len > 4 && memcmp(word.data, "AAAA", 4) == 0;
}

bool pubkey_line_second(struct wire_bytes *comment, struct wire_bytes *second)
{
    struct wire_bytes at = *comment, after = at;

    for (; at.len != 0; at = after) {
        if (!pubkey_is_type(pubkey_line_word(&after)) ||
            !pubkey_line_is_blob(after))
            continue;
        *second = at;
        comment->len = (size_t)(at.data - comment->data);
        *comment = pubkey_line_trimmed(*comment);
        return true;
    }
    return false;
}

static bool take_options(struct wire_bytes *line, struct wire_bytes *options,
                         struct err *err)
{
    struct wire_bytes ahead = *line;

    *options = (struct wire_bytes){ line->data, 0 };
    if (pubkey_is_type(pubkey_line_word(&ahead)))
        return true;
    options->len = pubkey_options_length(*line);
    skip(line, options->len);
    skip_blanks(line);
    return pubkey_options_check(*options, err);
}

static bool take_key(struct wire_bytes text, struct pubkey *key,
                     struct err *err)
{
    struct buf blob = { 0 };
    bool good;

    /* OpenSSH does not take base64 without its final '='. */
    if (text.len % 4 == 0 &&
        base64_decode(&blob, (const char *)text.data, text.len))
        good = pubkey_from_blob(key, blob.data, blob.len, err);
    else
        good = err_set(err, ERR_FORMAT,
                       "the base64 text of this key is damaged or cut off");
    buf_free(&blob);
    return good;
}

bool pubkey_line_read(struct wire_bytes line, struct pubkey_line *out,
                      struct err *err)
{
    struct wire_bytes type;

    if (memchr(line.data, '\0', line.len) != NULL)
        return err_set(err, ERR_FORMAT, "this line holds a NUL byte");
    skip_blanks(&line);
    if (!take_options(&line, &out->options, err))
        return false;
    type = pubkey_line_word(&line);
    if (!pubkey_is_type(type))
        return err_set(err, ERR_FORMAT, "no type of a key follows the options");
    if (!take_key(pubkey_line_word(&line), &out->key, err))
        return false;
    out->comment = line;
    if (wire_is(type, out->key.type))
        return true;
    err_set(err, ERR_FORMAT,
            "the type in front should be %s: that is what the key says",
            out->key.type);
    pubkey_free(&out->key);
    return false;
}

void pubkey_line_put(struct buf *out, const struct pubkey_line *line)
{
    buf_put(out, line->options.data, line->options.len);
    if (line->options.len != 0)
        buf_put_str(out, " ");
    buf_printf(out, "%s ", line->key.type);
    base64_encode(out, line->key.blob.data, line->key.blob.len, true);
    if (line->comment.len != 0)
        buf_put_str(out, " ");
    buf_put(out, line->comment.data, line->comment.len);
}
