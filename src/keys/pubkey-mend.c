/*
 * pubkey-mend.c - a public key put together from its pieces.
 *
 * Words are taken, also from the lines that follow, until the blob they encode
 * is as long as it says it is.
 */
#include "keys/pubkey-mend.h"

#include <string.h>
#include "base/base64.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "keys/keyfile-format.h"
#include "keys/pubkey-options.h"

/* ---- in words ---- */

/* clang-format off */
static const struct {
    enum pubkey_repair repair;
    const char *words;
} names[] = {
    { PUBKEY_REPAIR_UTF16,        "UTF-16 text" },
    { PUBKEY_REPAIR_INVISIBLE,    "invisible characters" },
    { PUBKEY_REPAIR_BLANKS,       "blanks other than spaces" },
    { PUBKEY_REPAIR_QUOTES,       "typographic quotes or dashes" },
    { PUBKEY_REPAIR_AROUND,       "quotes or a dash around the line" },
    { PUBKEY_REPAIR_NO_TYPE,      "no type in front" },
    { PUBKEY_REPAIR_TYPE,         "a wrong type in front" },
    { PUBKEY_REPAIR_BREAKS,       "line breaks inside the key" },
    { PUBKEY_REPAIR_INNER_BLANKS, "blanks inside the key" },
    { PUBKEY_REPAIR_PADDING,      "no = at the end of the key" },
    { PUBKEY_REPAIR_ONE_LINE,     "several keys on one line" },
    { PUBKEY_REPAIR_RFC4716,      "the form of RFC 4716" },
    { PUBKEY_REPAIR_PEM,          "the form of PEM" },
    { PUBKEY_REPAIR_PRIVATE,      "the private half" },
};
/* clang-format on */

void pubkey_mend_words(struct buf *out, unsigned repairs)
{
    const char *comma = "";

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if ((repairs & (unsigned)names[i].repair) != 0) {
            buf_printf(out, "%s%s", comma, names[i].words);
            comma = ", ";
        }
    }
}

/* ---- the words of the text ---- */

struct pieces {
    struct pubkey_text at;
    size_t lines;  /* begun */
    bool new_line; /* the last word was the first of its line */
    size_t pads;   /* '=' seen */
    unsigned repairs;
};

/* What cannot belong to the key of a line before. */
static bool opens_another(struct wire_bytes line)
{
    return line.len == 0 || line.data[0] == '#' ||
           keyfile_begins(line, "---") ||
           pubkey_is_type(pubkey_line_word(&line));
}

static bool next_line(struct pieces *p)
{
    struct wire_bytes after = p->at.after, line;

    if (!keyfile_next_line(&after, &line) || opens_another(line))
        return false;
    p->at = (struct pubkey_text){ line, after };
    p->lines++;
    p->new_line = true;
    return true;
}

static struct wire_bytes next_word(struct pieces *p)
{
    struct wire_bytes none = { p->at.line.data, 0 };

    if (p->at.line.len == 0 && !next_line(p))
        return none;
    return pubkey_line_word(&p->at.line);
}

/* A list of YAML, a string of JSON: "- " and quotes. */
static void strip_around(struct pieces *p)
{
    struct wire_bytes *line = &p->at.line;
    uint8_t quote;

    if (keyfile_begins(*line, "- ")) {
        pubkey_line_word(line);
        p->repairs |= PUBKEY_REPAIR_AROUND;
    }
    if (line->len == 0 || (line->data[0] != '"' && line->data[0] != '\''))
        return;
    quote = line->data[0];
    line->data++;
    line->len--;
    if (line->len != 0 && line->data[line->len - 1] == ',')
        line->len--;
    if (line->len != 0 && line->data[line->len - 1] == quote)
        line->len--;
    p->repairs |= PUBKEY_REPAIR_AROUND;
}

static bool take_options(struct pieces *p, struct pubkey_line *out,
                         struct err *err)
{
    struct wire_bytes *line = &p->at.line;
    struct wire_bytes ahead = *line, word = pubkey_line_word(&ahead);

    out->options = (struct wire_bytes){ line->data, 0 };
    if (pubkey_is_type(word) || pubkey_line_is_blob(word))
        return true;
    out->options.len = pubkey_options_length(*line);
    line->data += out->options.len;
    line->len -= out->options.len;
    return pubkey_options_check(out->options, err);
}

/* Empty if it is missing. */
static bool take_type(struct pieces *p, struct wire_bytes *type,
                      struct err *err)
{
    struct pieces ahead = *p;
    struct wire_bytes word = next_word(&ahead);

    *type = (struct wire_bytes){ word.data, 0 };
    if (pubkey_line_is_blob(word)) {
        p->repairs |= PUBKEY_REPAIR_NO_TYPE;
        return true;
    }
    if (!pubkey_is_type(word))
        return err_set(err, ERR_FORMAT, "there is no public key in this line");
    *type = word;
    *p = ahead;
    return true;
}

/* ---- base64 in pieces ---- */

static bool take_piece(struct pieces *p, struct buf *text)
{
    struct wire_bytes word;

    p->new_line = false;
    word = next_word(p);
    if (!pubkey_line_is_base64(word))
        return false;
    if (text->len != 0 && !p->new_line)
        p->repairs |= PUBKEY_REPAIR_INNER_BLANKS;
    for (; word.len != 0 && word.data[word.len - 1] == '='; word.len--)
        p->pads++;
    buf_put(text, word.data, word.len);
    return true;
}

/* Characters of base64, without '=', for so many bytes. */
static size_t chars_for(size_t bytes)
{
    return (bytes * 4 + 2) / 3;
}

/* As much of the blob as is here; a last group may be incomplete. */
static void decode_start(const struct buf *text, struct buf *blob)
{
    const char *s = (const char *)text->data;

    buf_clear(blob);
    if (!base64_decode(blob, s, text->len))
        base64_decode(blob, s, text->len - text->len % 4);
}

static bool take_pieces(struct pieces *p, size_t need, struct buf *text,
                        struct err *err)
{
    while (text->len < chars_for(need))
        if (!take_piece(p, text))
            return err_set(err, ERR_FORMAT,
                           "this key is cut off or a part of it is missing; "
                           "copy it again from where it was made");
    return true;
}

/*
 * Each round knows more of the length.  Where that ends within a group of four
 * characters that is not complete, another piece tells.
 */
static bool take_blob(struct pieces *p, struct pubkey *key, struct err *err)
{
    struct buf text = { 0 }, blob = { 0 };
    size_t need = 4, known = 1;
    bool good = false;

    err_clear(err);
    while (known != 0 && take_pieces(p, need, &text, err)) {
        decode_start(&text, &blob);
        known = pubkey_blob_length(blob.data, blob.len);
        if (known == blob.len) {
            good = pubkey_from_blob(key, blob.data, blob.len, err);
            break;
        }
        if (known < blob.len)
            known = 0; /* too long */
        need = known > need ? known : need + 1;
    }
    if (!good && err->code == ERR_NONE)
        err_set(err, ERR_FORMAT, "the base64 text of this key is damaged");
    if ((text.len + p->pads) % 4 != 0)
        p->repairs |= PUBKEY_REPAIR_PADDING;
    buf_free(&text);
    buf_free(&blob);
    return good;
}

/* ---- the line ---- */

bool pubkey_mend_find(struct pubkey_text text, struct pubkey_found *out,
                      struct err *err)
{
    struct pieces p = { .at = text, .lines = 1, .new_line = true };
    struct wire_bytes type;

    memset(out, 0, sizeof *out);
    strip_around(&p);
    if (!take_options(&p, &out->line, err) || !take_type(&p, &type, err) ||
        !take_blob(&p, &out->line.key, err))
        return false;
    if (type.len != 0 && !wire_is(type, out->line.key.type))
        p.repairs |= PUBKEY_REPAIR_TYPE;
    if (p.lines > 1)
        p.repairs |= PUBKEY_REPAIR_BREAKS;
    out->lines = p.lines;
    out->line.comment = p.at.line;
    out->rest.line = (struct wire_bytes){ p.at.line.data, 0 };
    out->rest.after = p.at.after;
    if (pubkey_line_second(&out->line.comment, &out->rest.line))
        p.repairs |= PUBKEY_REPAIR_ONE_LINE;
    out->repairs = p.repairs;
    return true;
}
