/*
 * pubkey-options.h - the options in front of a key in authorized_keys.
 *
 * sshd(8), "AUTHORIZED_KEYS FILE FORMAT": a comma list without blanks but
 * within double quotes.  sshd passes over a line with an option it does not
 * know, so each name is looked up.
 */
#ifndef KEYS_PUBKEY_OPTIONS_H
#define KEYS_PUBKEY_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include "base/wire.h"

struct err;

/*
 * How many bytes of the line the options take: up to the first blank outside
 * quotes, or to the line's end.
 */
size_t pubkey_options_length(struct wire_bytes line);

/* Would sshd take them?  ERR_FORMAT, with the option that is wrong, if not. */
bool pubkey_options_check(struct wire_bytes options, struct err *err);

#endif
