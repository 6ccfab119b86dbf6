/*
 * signals.h - signals as something to poll for.
 *
 * One pipe for the process (a signal has no handle to live in).
 */
#ifndef SYS_SIGNALS_H
#define SYS_SIGNALS_H

#include <stdbool.h>

/*
 * Catch WINCH, TERM, HUP, INT, QUIT, TSTP, CONT and CHLD; ignore PIPE and
 * XFSZ.  Of TERM, HUP, INT, QUIT and TSTP, what is ignored (nohup) stays so.
 */
void signals_start(void);
/* Give back what was there before. */
void signals_stop(void);

/* Poll for POLLIN. */
int signals_fd(void);

/*
 * The next signal that came, 0 if none is left.  Repeats are folded.  Cheap
 * without one: ask in each turn, for poll() may return for another descriptor
 * before the pipe is written.
 */
int signals_take(void);

/*
 * Stop the whole job as an uncaught SIGTSTP does (a script around us too);
 * returns when continued.
 */
void signals_suspend(void);

/* The number of a signal by its name in SSH (RFC 4254 section 6.10), "TERM";
 * 0 if there is none. */
int signals_number(const char *name);

/* End as this signal does to a process that does not catch it. */
_Noreturn void signals_die(int sig);

/*
 * Run fn (async-signal-safe) when the program crashes (SEGV, BUS, ABRT, ILL,
 * FPE), or another signal ends it that is not ignored, nor caught by
 * signals_start(); before the signal takes its course.  To be called once.
 */
void signals_on_crash(void (*fn)(void));

#endif
