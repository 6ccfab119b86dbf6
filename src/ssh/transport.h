/*
 * transport.h - the socket of one session and the queues in front of it.
 *
 * libssh2 never touches the socket.  What it sends is always taken whole: a
 * packet that is half sent makes libssh2 insist on sending that very packet
 * next, and a rekey or a window adjustment in between then waits for ever.
 * What it reads comes from a queue that is filled in bounded turns.
 */
#ifndef SSH_TRANSPORT_H
#define SSH_TRANSPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include "base/buf.h"

struct ssh_transport {
    int fd;
    struct buf in, out;
    uint64_t received, sent; /* bytes through the socket */
    uint64_t now;            /* the clock of this turn, ms */
    uint64_t last_received;  /* 0: nothing yet */
    unsigned long packets;   /* sent by libssh2, each in one piece */
    unsigned long newkeys;   /* which of them ended the clear text; 0: none */
    size_t budget; /* bytes that may still be read in this turn; 0 also when
                      the socket has said that it holds no more */

    bool unready;    /* the next turn finds nothing to read */
    bool hold;       /* reading pretends that nothing has come */
    bool quick_acks; /* acknowledge at once: both sides wait for each other */
    bool soft_end;   /* do not tell libssh2 of the end: see transport.c */
    bool dead;       /* swallow everything, answer "closed" */
    bool mute;       /* swallow what is to be sent */

    bool closed;     /* the peer closed its side */
    int error;       /* errno of the failed read, 0 if none */
    int write_error; /* errno of the failed write, 0 if none */
    bool flooded;    /* too much text before the identification */

    /* Until the keys are exchanged: what the peer sent, from the start. */
    bool keeps_early;
    struct buf early;
    unsigned ident_match; /* characters of "SSH-" seen at a line's start */
};

void ssh_transport_init(struct ssh_transport *t, int fd);
void ssh_transport_free(struct ssh_transport *t);

/* The peer's death shows after so many seconds without acknowledgement. */
void ssh_transport_keep_alive(struct ssh_transport *t, unsigned interval,
                              unsigned count);

void ssh_transport_begin_turn(struct ssh_transport *t, uint64_t now,
                              size_t budget);

/* The callbacks' work: as send() and recv(), but -errno for an error. */
ssize_t ssh_transport_send(struct ssh_transport *t, int fd, const void *data,
                           size_t n, int flags);
ssize_t ssh_transport_recv(struct ssh_transport *t, int fd, void *data,
                           size_t n, int flags);

/* Read what waits at the socket into the queue, within the budget. */
void ssh_transport_fill(struct ssh_transport *t);
/* Write what the socket takes. */
void ssh_transport_flush(struct ssh_transport *t);

/* Did the peer send an identification line? */
bool ssh_transport_has_ident(const struct ssh_transport *t);
/* Stop keeping what came first, and release it. */
void ssh_transport_forget_early(struct ssh_transport *t);
/* Has the connection ended, as far as we know? */
bool ssh_transport_ended(const struct ssh_transport *t);

#endif
