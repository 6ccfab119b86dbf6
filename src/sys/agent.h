/*
 * agent.h - one question to the SSH agent and its answer, without blocking.
 *
 * The agent listens on a unix socket.  Every question has a connection of its
 * own, so neither an agent that was started anew nor one that hangs up after
 * each answer is a special case.  What the messages say is not known here.
 */
#ifndef SYS_AGENT_H
#define SYS_AGENT_H

#include <stddef.h>
#include <stdint.h>

struct agent_call;
struct err;
struct pollset;

#define AGENT_ANSWER_MAX (256u * 1024)

enum agent_state { AGENT_WAIT, AGENT_ANSWERED, AGENT_FAILED };

/*
 * The agent's socket by a setting as ssh_config's IdentityAgent: a path, "~"
 * before it, "$NAME" or "${NAME}" for a variable of the environment that has
 * it, "none"; NULL or "SSH_AUTH_SOCK" for $SSH_AUTH_SOCK.  NULL if there is no
 * agent; else for mem_free().
 */
char *agent_path(const char *setting);

/*
 * Connect, and send a message (its type and body; the length is put before
 * it).  deadline in ms of clock_ms(): the answer must be whole by then.  A
 * fault shows at the first step.  The message is copied into a secret.
 */
struct agent_call *agent_call_new(const char *path, const uint8_t *message,
                                  size_t len, uint64_t deadline);
/* Hangs up; NULL is allowed. */
void agent_call_free(struct agent_call *call);

void agent_call_watch(const struct agent_call *call, struct pollset *set);
/* When to step at the latest, in ms of clock_ms(); 0: no timer. */
uint64_t agent_call_wake(const struct agent_call *call);

/*
 * Go on.  FAILED: *err says what the agent did, without its path:
 * ERR_NOT_FOUND if nobody listens there, ERR_TIMEOUT, ERR_PROTOCOL,
 * ERR_SYSTEM.
 */
enum agent_state agent_call_step(struct agent_call *call, uint64_t now,
                                 struct err *err);

/* After ANSWERED: the message without its length, borrowed. */
const uint8_t *agent_call_answer(const struct agent_call *call, size_t *len);

#endif
