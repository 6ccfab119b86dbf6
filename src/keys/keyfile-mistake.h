/* keyfile-mistake.h - what people give instead of a private key. */
#ifndef KEYS_KEYFILE_MISTAKE_H
#define KEYS_KEYFILE_MISTAKE_H

#include <stdbool.h>
#include "base/wire.h"

struct err;

/*
 * Say what a file is whose first line that is not blank opens no private key.
 * Returns false.
 */
bool keyfile_mistake(const char *name, struct wire_bytes line, struct err *err);

#endif
