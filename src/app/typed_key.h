/* typed_key.h - what a person has of a host key, typed or pasted to compare. */
#ifndef APP_TYPED_KEY_H
#define APP_TYPED_KEY_H

#include <stddef.h>
#include <stdint.h>

enum typed_key {
    TYPED_NOTHING, /* neither a key nor a fingerprint */
    TYPED_SAME,
    TYPED_OTHER,     /* it is of another key */
    TYPED_OTHER_KIND /* ... of another type, which says nothing of this one */
};

/*
 * A fingerprint or a part of it (sshkey.h), a line of ssh-keygen -l or of a
 * console log, a line of a .pub file.  TYPED_SAME: *bits were compared.  Pure.
 */
enum typed_key typed_key_judge(const char *text, const uint8_t *blob,
                               size_t len, unsigned *bits);

#endif
