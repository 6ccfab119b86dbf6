/* handshake.h - the preferences given to libssh2 before it starts. */
#ifndef SSH_HANDSHAKE_H
#define SSH_HANDSHAKE_H

#include <stdbool.h>
#include "ssh/session.h"

struct err;

/* False with *err set if libssh2 lacks all algorithms of some list. */
bool ssh_handshake_prepare(struct ssh_session *s, const struct ssh_params *p,
                           struct err *err);

/* The sentence for a handshake that is not over at its deadline. */
enum ssh_want ssh_handshake_too_slow(struct ssh_session *s);

#endif
