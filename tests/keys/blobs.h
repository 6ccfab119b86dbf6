/* blobs.h - keys in miniature, for tests in which only a key's type and equality
 * count. */
#ifndef TESTS_KEYS_BLOBS_H
#define TESTS_KEYS_BLOBS_H

#include <stdint.h>

/* As on the wire ... */
#define ED_A    "\0\0\0\13ssh-ed25519\0\0\0\1a"
#define ED_B    "\0\0\0\13ssh-ed25519\0\0\0\1b"
#define RSA_A   "\0\0\0\7ssh-rsa\0\0\0\1a"
#define BLOB(b) (const uint8_t *)(b), sizeof(b) - 1
/* ... and as text. */
#define ED_A_64  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAAWE="
#define ED_B_64  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAAWI="
#define RSA_A_64 "ssh-rsa AAAAB3NzaC1yc2EAAAABYQ=="

#endif
