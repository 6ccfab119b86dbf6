/*
 * sshkey-fields.h - a private key's fields as OpenSSH's own file format
 * (PROTOCOL.key) and the agent protocol (draft-ietf-sshm-ssh-agent, section
 * 3.2) have them: the type, then the numbers.
 */
#ifndef KEYS_SSHKEY_FIELDS_H
#define KEYS_SSHKEY_FIELDS_H

#include <stddef.h>
#include "base/wire.h"

struct secret;
struct sshkey;
struct sshkey_numbers;

/* Bytes that they take at most; certificate is empty for none. */
size_t sshkey_fields_room(const struct sshkey *key,
                          const struct sshkey_numbers *numbers,
                          struct wire_bytes certificate);

/* Append them.  With a certificate it stands in place of the public half. */
void sshkey_fields_put(struct secret *out, const struct sshkey *key,
                       const struct sshkey_numbers *numbers,
                       struct wire_bytes certificate);

#endif
