/*
 * worker.h - a function run in a child process, with messages to and fro.
 *
 * For what cannot be interrupted, or shall not be in this process: the child
 * has a copy of all memory, but no descriptor save its end of the messages, no
 * handler of ours, leaves no core file, and ends with its work, with us, or when
 * it is freed.
 */
#ifndef SYS_WORKER_H
#define SYS_WORKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct pollset;
struct worker;

/* Longer ones are not sent, nor believed. */
#define WORKER_MESSAGE_MAX (1024u * 1024u)

/* ---- in the child ---- */

/* The child's work; it ends when this returns.  fd is its end. */
typedef void worker_fn(const void *context, int fd);

/* Send a message; false if nobody listens any more. */
bool worker_tell(int fd, const void *message, size_t len);
/* Wait for one, in place of what out held; false if there will be none. */
bool worker_hear(int fd, struct buf *out);

/* ---- in the parent ---- */

/* Starts it and awaits its first message; a fault shows at the first step. */
struct worker *worker_start(worker_fn *run, const void *context);
/* Ends the child at once; NULL is allowed. */
void worker_free(struct worker *w);

/* Send a message, and await the next one in return. */
void worker_ask(struct worker *w, const void *message, size_t len);

void worker_watch(const struct worker *w, struct pollset *set);
/* When to step at the latest, as for pollset_wait(). */
uint64_t worker_wake(const struct worker *w);

enum worker_state { WORKER_WAIT, WORKER_ANSWERED, WORKER_DIED };

enum worker_state worker_step(struct worker *w);

/* After ANSWERED: the message, borrowed until the next one is asked for. */
const uint8_t *worker_answer(const struct worker *w, size_t *len);
/* After DIED: errno, why it could not be started; ECHILD: it ended itself, or
 * was killed. */
int worker_error(const struct worker *w);

#endif
