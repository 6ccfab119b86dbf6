/* accepted.h - which keys PubkeyAcceptedAlgorithms lets be offered. */
#ifndef APP_ACCEPTED_H
#define APP_ACCEPTED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Is some algorithm of the list (names by commas; NULL: all) one that the key,
 * or certificate, of this public blob signs with? */
bool accepted_key(const char *list, const uint8_t *blob, size_t len);

/*
 * RSA's own among them, best first, as signatures name them
 * ("rsa-sha2-256,rsa-sha2-512"); for mem_free().  NULL if there are none.
 */
char *accepted_rsa(const char *list);

#endif
