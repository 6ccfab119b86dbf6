/* tty-modes.h - terminal modes as SSH encodes them.  Internal to sys. */
#ifndef SYS_TTY_MODES_H
#define SYS_TTY_MODES_H

#include <termios.h>

struct buf;

/* All that these modes say; NULL: the short list for no terminal. */
void tty_modes_encode(const struct termios *modes, struct buf *out);

#endif
