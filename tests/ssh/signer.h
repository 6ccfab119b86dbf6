/*
 * signer.h - just enough of a private key for the test client: unencrypted
 * files as ssh-keygen writes them (PEM for RSA and ECDSA, its own format for
 * Ed25519), so that this room's tests do not depend on our key room.
 */
#ifndef TESTS_SSH_SIGNER_H
#define TESTS_SSH_SIGNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct signer;

/* The blob comes from PATH.pub.  Ends the program if a file is no good. */
struct signer *signer_load(const char *path);
void signer_free(struct signer *k);
const struct buf *signer_blob(const struct signer *k);

/* The inner signature bytes (RFC 4253, 5656, 8332, 8709). */
bool signer_sign(const struct signer *k, const char *algorithm,
                 const uint8_t *data, size_t len, struct buf *sig);

#endif
