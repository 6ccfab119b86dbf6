/*
 * cloudinit.h - is the machine still being set up?  cloud-init goes on for a
 * while after the SSH server answers: it is asked about beside the shell,
 * every few seconds, until it has come to an end.
 */
#ifndef APP_CLOUDINIT_H
#define APP_CLOUDINIT_H

#include <stdbool.h>
#include <stdint.h>

struct ssh_session;

/* For a status line; constants. */
struct cloudinit_words {
    const char *full, *brief;
};

/* Zeros: nobody asks. */
struct cloudinit {
    bool on;
    bool asking;  /* the session's second channel is ours */
    uint64_t due; /* ms: the next question, or the end of an answer's
                          time, or of that of the last words */
    const struct cloudinit_words *words; /* NULL: none */
};

void cloudinit_begin(struct cloudinit *c, uint64_t now);

/* A turn; true if words have changed.  A machine without cloud-init, or that
 * was set up before, has none. */
bool cloudinit_step(struct cloudinit *c, struct ssh_session *session,
                    uint64_t now);

/* 0: no timer. */
uint64_t cloudinit_wake(const struct cloudinit *c);

#endif
