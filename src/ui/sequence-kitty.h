/*
 * sequence-kitty.h - keys by number, as kitty's keyboard protocol has them,
 * and xterm with formatOtherKeys: CSI code:shifted:base ; modifiers:event ;
 * text u.  Pure.
 */
#ifndef UI_SEQUENCE_KITTY_H
#define UI_SEQUENCE_KITTY_H

#include <stdbool.h>
#include "vt/vt.h"

#define CSI_PARAMS 4u
#define CSI_SUBS   2u

struct csi {
    char prefix; /* '<', '?', ... or 0 */
    char inter;
    char final;
    unsigned params[CSI_PARAMS];
    unsigned subs[CSI_PARAMS][CSI_SUBS]; /* of each, behind colons; 0: none */
    unsigned len; /* parameters given, at most CSI_PARAMS */
};

/* The key of a sequence that ends in u; false if it is none. */
bool kitty_key(const struct csi *c, struct vt_key *key);

/* Pressed, repeated or released: of any sequence's second parameter. */
enum vt_key_event kitty_event(const struct csi *c);

/* Of such a parameter: the keys held, but for the locks. */
unsigned kitty_mods(unsigned number);

/* The locks in it: VT_CAPS_LOCK, VT_NUM_LOCK. */
unsigned kitty_locks(const struct csi *c);

#endif
