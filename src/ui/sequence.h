/*
 * sequence.h - the escape sequences that terminals send for keys.
 *
 * Sources: xterm's ctlseqs (PC-style function keys, SGR and X10 mouse,
 * modifyOtherKeys, bracketed paste, focus), rxvt's reference, Linux'
 * console_codes(4).
 */
#ifndef UI_SEQUENCE_H
#define UI_SEQUENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "ui/ui.h"

/*
 * Read what begins at p[0..n), n >= 2, with ESC [, ESC O, ESC ] or ESC P.
 * Returns the bytes it took and fills *ev; 0 if it goes on behind n.  UI_NONE is a
 * sequence that says nothing to us; UI_PASTE only starts a paste.
 */
size_t sequence_parse(const uint8_t *p, size_t n, struct ui_event *ev);

/* Does it end in xterm's modifier parameter (ESC [ 1 ; 2 P)? */
bool sequence_has_modifier(const char *seq);

#endif
