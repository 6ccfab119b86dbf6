/* launch.h - start a program that goes on by itself. */
#ifndef SYS_LAUNCH_H
#define SYS_LAUNCH_H

#include <stdbool.h>

struct err;

/*
 * Run argv[0], found in $PATH, with these arguments: without a terminal, in a
 * session of its own, nothing of it is waited for.  False if it cannot be
 * started.
 */
bool launch(char *const argv[], struct err *err);

#endif
