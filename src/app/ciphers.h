/* ciphers.h - which cipher costs this machine less. */
#ifndef APP_CIPHERS_H
#define APP_CIPHERS_H

#include <stdbool.h>

/*
 * Measured anew by each call, in a fraction of a millisecond: is AES-CTR with
 * an HMAC clearly cheaper than AES-GCM, the way libssh2 uses them?
 */
bool ciphers_ctr_is_cheaper(void);

#endif
