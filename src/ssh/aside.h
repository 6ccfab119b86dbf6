/*
 * aside.h - a call that can be held in the middle, on a stack of its own.
 *
 * libssh2 asks for the answers to the server's prompts by a callback that
 * must return with them: it has no "not yet" there.  Nothing here may wait for
 * a person, so the whole call of libssh2 runs aside, and its callback holds
 * it.  What was tried or weighed against this:
 *
 * - Leaving the callback without answers: libssh2 sends empty ones, which is
 *   a failed login.  Jumping out of it: the request has been taken out of
 *   libssh2's queue, so that it would wait for another one.  Its reply is made
 *   of the answers before anything can say EAGAIN.
 * - A turn of the client's loop inside the callback: every function from the
 *   loop down to here would run within itself, with what it knew gone stale.
 * - A thread: then all of libssh2, the allocator and the transport need locks.
 *
 * ucontext left POSIX in 2008 for its way of passing arguments; every Unix
 * still has it, in the C library or in libucontext.
 */
#ifndef SSH_ASIDE_H
#define SSH_ASIDE_H

#include <stdbool.h>

struct ssh_aside;

/* run() starts at the first ssh_aside_resume(). */
struct ssh_aside *ssh_aside_new(int (*run)(void *context), void *context);

/*
 * NULL is allowed.  A held call never returns; its stack is wiped.  Not from
 * within the call.
 */
void ssh_aside_free(struct ssh_aside *a);

/* Go on until the call is held (false) or returns (true, *result set). */
bool ssh_aside_resume(struct ssh_aside *a, int *result);

/* From within the call: hold it until the next resume. */
void ssh_aside_hold(struct ssh_aside *a);

#endif
