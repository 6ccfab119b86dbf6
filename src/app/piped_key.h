/* piped_key.h - a private key that comes on standard input: -i - */
#ifndef APP_PIPED_KEY_H
#define APP_PIPED_KEY_H

#include <stdbool.h>

struct err;
struct options;
struct secret;

/*
 * If a key is named "-", read standard input to its end into *key (else NULL;
 * for secret_free()).  Then standard input is the terminal, where the session
 * needs something to be typed, or stays at its end, for a command.
 */
bool piped_key_read(const struct options *opt, struct secret **key,
                    struct err *err);

#endif
