/*
 * pubkey-line.h - a public key on one line, as authorized_keys and the panels
 * of hosting providers take it: [options] type base64 [comment].
 */
#ifndef KEYS_PUBKEY_LINE_H
#define KEYS_PUBKEY_LINE_H

#include <stdbool.h>
#include "base/wire.h"
#include "keys/pubkey.h"

struct buf;
struct err;

struct pubkey_line {
    struct pubkey key;
    struct wire_bytes options, comment; /* in the text that was read */
};

/*
 * Read a line (without its end) as sshd does: nothing is repaired.  If true
 * the caller frees out->key.  ERR_FORMAT; ERR_UNSUPPORTED as from
 * pubkey_from_blob().
 */
bool pubkey_line_read(struct wire_bytes line, struct pubkey_line *out,
                      struct err *err);

/* Append the line, without a line feed. */
void pubkey_line_put(struct buf *out, const struct pubkey_line *line);

/*
 * Does another key, type and base64 text, begin in a comment?  Two lines were
 * joined then: *second gets it, and *comment keeps what stands before.
 */
bool pubkey_line_second(struct wire_bytes *comment, struct wire_bytes *second);

/* Without blanks at its ends. */
struct wire_bytes pubkey_line_trimmed(struct wire_bytes text);

/* Is it nothing but characters of base64, and not empty? */
bool pubkey_line_is_base64(struct wire_bytes word);

/* Does this word begin as the base64 text of every key does? */
bool pubkey_line_is_blob(struct wire_bytes word);

/* The next word, up to a blank, off the front of a line; empty at its end. */
struct wire_bytes pubkey_line_word(struct wire_bytes *line);

#endif
