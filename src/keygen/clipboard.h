/* clipboard.h - the clipboard of the terminal's own machine. */
#ifndef KEYGEN_CLIPBOARD_H
#define KEYGEN_CLIPBOARD_H

#include <stdbool.h>
#include <stddef.h>

struct err;

/*
 * Put n bytes on it by OSC 52 (xterm), which works over SSH too.  Whether the
 * terminal does as it is told nobody can know.  False if there is none.
 */
bool clipboard_copy(const void *p, size_t n, struct err *err);

#endif
