/* clipboard.h - the clipboard of the terminal's own machine. */
#ifndef KEYGEN_CLIPBOARD_H
#define KEYGEN_CLIPBOARD_H

#include <stdbool.h>
#include <stddef.h>

struct err;

/* Is there a terminal to ask it of?  ERR_USAGE if not. */
bool clipboard_check(struct err *err);

/*
 * Put n bytes on it by OSC 52 (xterm), which works over SSH too, and by tmux
 * where that is between.  Whether the terminal does as it is told nobody can
 * know.
 */
void clipboard_copy(const void *p, size_t n);

#endif
