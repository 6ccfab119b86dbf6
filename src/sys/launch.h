/* launch.h - start a program that goes on by itself. */
#ifndef SYS_LAUNCH_H
#define SYS_LAUNCH_H

#include <stdbool.h>
#include <stddef.h>

struct err;

/*
 * Run argv[0], found in $PATH, with these arguments: without a terminal, in a
 * session of its own, nothing of it is waited for.  False if it cannot be
 * started.
 */
bool launch(char *const argv[], struct err *err);

/*
 * In tmux, which as it comes ignores a program's OSC 52: the text goes to its
 * newest buffer, and on to the clipboard of the terminal it runs in.  Elsewhere
 * nothing is done.  Whether it has worked nobody can know.
 */
void launch_tmux_copy(const void *text, size_t len);

#endif
