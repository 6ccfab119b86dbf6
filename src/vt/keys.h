/* keys.h - the forms of keys that have no character, and kitty's protocol. */
#ifndef VT_KEYS_H
#define VT_KEYS_H

#include <stdbool.h>
#include <stdint.h>
#include "vt/vt.h"

/* How a key is written: CSI n ~, or a letter after CSI or SS3. */
enum key_form { FORM_NONE, FORM_CURSOR, FORM_TILDE, FORM_PF };

struct key_row {
    enum key_form form;
    uint8_t code; /* the letter, or the number before '~' */
};

/* By enum vt_key_code. */
extern const struct key_row key_rows[];

/* Append what a key sends under these flags (not 0) of kitty's protocol; false
 * if it sends what it does without them. */
bool kitty_encode(const struct vt_key *key, unsigned flags, struct buf *out);

#endif
