/* keyfile-argon2.h - Argon2 (RFC 9106), by libcrypto or by libargon2. */
#ifndef KEYS_KEYFILE_ARGON2_H
#define KEYS_KEYFILE_ARGON2_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/wire.h"

struct secret;

/* RFC 9106 section 3.1. */
#define KEYFILE_ARGON2_SALT_MIN     8
#define KEYFILE_ARGON2_KIB_PER_LANE 8

enum keyfile_argon2_kind {
    KEYFILE_ARGON2D,
    KEYFILE_ARGON2I,
    KEYFILE_ARGON2ID,
    KEYFILE_ARGON2_KINDS
};

struct keyfile_argon2 {
    enum keyfile_argon2_kind kind;
    uint32_t kib, passes, lanes;
    struct wire_bytes salt;
};

/*
 * Fill out[0..len), in one thread.  False if the memory cannot be had or the
 * library has no Argon2.
 */
bool keyfile_argon2(const struct keyfile_argon2 *cost,
                    const struct secret *passphrase, uint8_t *out, size_t len);

#endif
