/* replay.h - play a recording (--replay), without a connection. */
#ifndef APP_REPLAY_H
#define APP_REPLAY_H

#include <stdbool.h>

struct err;

/*
 * Play the file on the terminal until the user leaves.  False with *err set if
 * it cannot be played; *signal is the signal that ended it, or 0.
 */
bool replay_run(const char *path, int *signal, struct err *err);

#endif
