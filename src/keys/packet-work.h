/* packet-work.h - what an SSH packet's protection costs libcrypto. */
#ifndef KEYS_PACKET_WORK_H
#define KEYS_PACKET_WORK_H

#include <stdbool.h>

enum packet_cipher {
    PACKET_GCM,     /* aes128-gcm@openssh.com, RFC 5647 */
    PACKET_CTR_ETM, /* aes128-ctr with hmac-sha2-256-etm@openssh.com */
    PACKET_CIPHERS
};

/*
 * Decrypt and hash 8 KiB of no meaning with libcrypto called as libssh2 calls
 * it: for 16 bytes at a time.  For a caller that measures how long it takes.
 * False if this libcrypto lacks the algorithms.
 */
bool packet_work(enum packet_cipher cipher);

#endif
