/*
 * askpass.h - a question put by the program in $SSH_ASKPASS, as ssh(1) does.
 *
 * It is run without a shell, with the question as its one argument; what it
 * prints is the answer, an exit status other than 0 cancels.
 */
#ifndef SYS_ASKPASS_H
#define SYS_ASKPASS_H

#include <stdbool.h>
#include <stdint.h>

struct askpass;
struct err;
struct pollset;
struct secret;

/* Longer answers are an error. */
#define ASKPASS_ANSWER_MAX 4096

/*
 * The program to ask by, or NULL; borrowed from the environment.  Without a
 * terminal it is $SSH_ASKPASS if there is a display too; $SSH_ASKPASS_REQUIRE
 * "prefer" and "force" have it also with a terminal, "force" also without a
 * display, and "never" never.
 */
const char *askpass_program(bool terminal);

/*
 * Start it.  confirm: a question that is answered by yes or no, which the
 * program learns from $SSH_ASKPASS_PROMPT ("confirm"); it may then answer by
 * its exit status alone.  A fault shows at the first step.
 */
struct askpass *askpass_start(const char *program, const char *question,
                              bool confirm);
/* Ends the program; NULL is allowed. */
void askpass_free(struct askpass *a);

void askpass_watch(const struct askpass *a, struct pollset *set);
/* When to step at the latest, in ms of clock_ms(); 0: no timer. */
uint64_t askpass_wake(const struct askpass *a, uint64_t now);

enum askpass_state {
    ASKPASS_WAIT,
    ASKPASS_ANSWERED,
    ASKPASS_CANCELLED,
    ASKPASS_FAILED /* ERR_SYSTEM or ERR_LIMIT; the sentence names it */
};

enum askpass_state askpass_step(struct askpass *a, struct err *err);

/* After ANSWERED: the first line, for secret_free(). */
struct secret *askpass_take(struct askpass *a);

#endif
