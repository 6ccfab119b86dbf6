/*
 * tty.h - the plain terminal: its size, its modes, and a line asked on it.
 */
#ifndef SYS_TTY_H
#define SYS_TTY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct tty;

/* Columns and rows of the terminal behind fd; false if it tells none. */
bool tty_size(int fd, unsigned *cols, unsigned *rows);

/* The size of a character in pixels; false if the terminal does not tell. */
bool tty_cell_size(int fd, unsigned *width, unsigned *height);

/*
 * The terminal modes behind fd, encoded for a pty request (RFC 4254 section
 * 8, RFC 8160) with TTY_OP_END; the good short list if fd is no terminal (-1
 * asks for it).  To be called before anything makes the terminal raw.
 */
void tty_encode_modes(int fd, struct buf *out);
/* The same for a terminal of our own in their place, whose Backspace sends DEL
 * and whose text is UTF-8. */
void tty_encode_modes_emulated(int fd, struct buf *out);

/*
 * Open /dev/tty to ask the user; NULL if there is none.  tty_close() gives
 * back its modes.  One at a time: a crash restores it too.
 */
struct tty *tty_open(void);
/* NULL is allowed. */
void tty_close(struct tty *t);

int tty_fd(const struct tty *t);
/* Is this process in the foreground?  Else it is stopped when it reads, or sets
 * modes. */
bool tty_is_ours(const struct tty *t);
/*
 * Byte-wise, no echo, no signals, no flow control, and what was typed before
 * is dropped, since it was shown and meant for something else; or back as it
 * was.  Enter still reads as a newline.
 */
void tty_raw(struct tty *t, bool raw);
/*
 * Line by line as the system edits them, signals as usual, echo or not; what
 * was typed before is dropped.  Until tty_raw(t, false).
 */
void tty_lines(struct tty *t, bool echo);
/* Every byte passes unchanged, both ways, until tty_raw(t, false). */
void tty_transparent(struct tty *t);
/* Forget what was typed and not read. */
void tty_drop_input(struct tty *t);
void tty_print(struct tty *t, const char *text);

/* Async-signal-safe: the modes as they were at tty_open(). */
void tty_restore(void);

#endif
