/* asker.h - our questions, put by the program in $SSH_ASKPASS. */
#ifndef APP_ASKER_H
#define APP_ASKER_H

#include <stdbool.h>
#include <stdint.h>

struct asker;
struct err;
struct pollset;
struct ui_answer;
struct ui_question;

/* terminal: there is one to ask on.  NULL if that is to be asked on, or
 * nobody can be asked. */
struct asker *asker_new(bool terminal);
/* An open question is taken back; NULL is allowed. */
void asker_free(struct asker *a);

void asker_watch(const struct asker *a, struct pollset *set);
/* When to step at the latest, in ms of clock_ms(); 0: no timer. */
uint64_t asker_wake(const struct asker *a, uint64_t now);

/* Put a question; one that is open is taken back. */
void asker_ask(struct asker *a, const struct ui_question *question);
void asker_drop(struct asker *a);

enum asker_state { ASKER_WAIT, ASKER_ANSWERED, ASKER_FAILED };

/* ANSWERED: *out is filled, once.  FAILED: the program cannot be run. */
enum asker_state asker_step(struct asker *a, struct ui_answer *out,
                            struct err *err);

#endif
