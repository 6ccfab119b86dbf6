/*
 * ask.h - one line asked on /dev/tty, or by $SSH_ASKPASS, waiting for it: for
 * programs that have no event loop.
 */
#ifndef SYS_ASK_H
#define SYS_ASK_H

#include <stdbool.h>

struct err;
struct secret;

/* Is there a terminal? */
bool ask_has_terminal(void);

/* Is there a terminal to ask on, or a program to ask by (askpass.h)? */
bool ask_possible(void);

/*
 * Show text, which ends in the prompt for the line and is broken into lines
 * that fit, and wait for the line: with echo as it was typed, without it is a
 * passphrase, in UTF-8 (see typed_utf8()).  For secret_free(), without its
 * newline, or NULL: ERR_CANCELLED after Ctrl-C, Ctrl-D or the terminal's end,
 * ERR_SYSTEM if there is no terminal, or the program fails.  Another signal
 * that ends programs ends this one; the terminal is given back as it was
 * before.
 */
struct secret *ask_line(const char *text, bool echo, struct err *err);

/* Write to the terminal what standard output is not for; false if there is
 * none. */
bool ask_show(const char *text);

#endif
