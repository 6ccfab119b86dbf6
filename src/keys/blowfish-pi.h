/*
 * blowfish-pi.h - Blowfish's state, and the one it starts from.
 *
 * The initial state is the fraction of pi.  It is a committed table and not
 * computed at start: constant data needs no initialization and no mutable
 * global, and gen-blowfish-pi.py proves where it comes from.
 */
#ifndef KEYS_BLOWFISH_PI_H
#define KEYS_BLOWFISH_PI_H

#include <stdint.h>

struct blowfish {
    uint32_t p[18];
    uint32_t s[4][256];
};

extern const struct blowfish blowfish_pi;

#endif
