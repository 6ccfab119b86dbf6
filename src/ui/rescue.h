/*
 * rescue.h - giving the terminal back in a crash.
 *
 * ui_emergency() may run in a signal handler, so all it writes is made here
 * beforehand.  One for the process, as the terminal is.
 */
#ifndef UI_RESCUE_H
#define UI_RESCUE_H

#include <stddef.h>
#include <termios.h>

/* From now on ui_emergency() writes these bytes (cut at 512) to fd and sets
 * these modes; also at exit. */
void rescue_arm(int fd, const struct termios *modes, const void *bytes,
                size_t len);
void rescue_disarm(void);

#endif
