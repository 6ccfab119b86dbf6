/*
 * pubkey-mend.h - a public key put together again that was damaged on its way
 * through a mail, a word processor, a terminal or a web form.
 *
 * Nothing is guessed: a blob tells its own length, and only pieces that give
 * exactly one whole key are joined.  What was done is told bit by bit.
 */
#ifndef KEYS_PUBKEY_MEND_H
#define KEYS_PUBKEY_MEND_H

#include <stdbool.h>
#include <stddef.h>
#include "base/wire.h"
#include "keys/pubkey-line.h"

struct buf;
struct err;

enum pubkey_repair {
    PUBKEY_REPAIR_UTF16 = 1 << 0,     /* was UTF-16 */
    PUBKEY_REPAIR_INVISIBLE = 1 << 1, /* characters without a shape */
    PUBKEY_REPAIR_BLANKS = 1 << 2,    /* blanks that are not ASCII's */
    PUBKEY_REPAIR_QUOTES = 1 << 3,    /* typographic quotes and dashes */
    PUBKEY_REPAIR_AROUND = 1 << 4,    /* quotes or a dash around the line */
    PUBKEY_REPAIR_NO_TYPE = 1 << 5,
    PUBKEY_REPAIR_TYPE = 1 << 6, /* a wrong one, or its letter case */
    PUBKEY_REPAIR_BREAKS = 1 << 7,
    PUBKEY_REPAIR_INNER_BLANKS = 1 << 8,
    PUBKEY_REPAIR_PADDING = 1 << 9,   /* no '=' at the end */
    PUBKEY_REPAIR_ONE_LINE = 1 << 10, /* several keys stood on one line */
    PUBKEY_REPAIR_RFC4716 = 1 << 11,
    PUBKEY_REPAIR_PEM = 1 << 12,
    PUBKEY_REPAIR_PRIVATE = 1 << 13 /* the public half of a private key */
};

/* Append in words what was repaired: "its line breaks, typographic quotes". */
void pubkey_mend_words(struct buf *out, unsigned repairs);

/*
 * Append text with plain characters in place of those that word processors
 * put: no line is joined or split.  Returns PUBKEY_REPAIR_ bits.
 */
unsigned pubkey_mend_characters(struct buf *out, struct wire_bytes text);

/* UTF-16 with a byte-order mark: append it as UTF-8.  False: it is not. */
bool pubkey_mend_utf16(struct buf *out, struct wire_bytes text);

/* A line that has begun, without the blanks around it, and those behind it. */
struct pubkey_text {
    struct wire_bytes line, after;
};

struct pubkey_found {
    struct pubkey_line line;
    size_t lines;            /* begun, with the first one */
    struct pubkey_text rest; /* of the last line: another key; or empty */
    unsigned repairs;
};

/*
 * Find the key whose options, type or base64 text begin the line, in pieces
 * on it or on several.  If true the caller frees out->line.key.  Else
 * ERR_FORMAT or ERR_UNSUPPORTED.
 */
bool pubkey_mend_find(struct pubkey_text text, struct pubkey_found *out,
                      struct err *err);

#endif
