/*
 * How much a terminal is sent at once.
 *
 * Where a terminal echoes nothing and takes lines, as for a password, OpenSSH's
 * server answers each write to it by an SSH_MSG_IGNORE of the same size.  By
 * then it may have piled up the input of a moment, and libssh2 takes no packet
 * of more than 40,000 bytes.  So input is held where more than ROOM of it may
 * be piled up.
 *
 * What such a packet tells has come to the terminal.  If none comes though the
 * server has answered pings behind the input, this terminal is of another kind,
 * and twice as much goes there the next time.  So may it be some time after all
 * was told, as after a password.
 */
#include "ssh/internal.h"

enum {
    ROOM = 24000,      /* bytes; the last piece of input may exceed it */
    DOUBLED_MAX = 6,   /* times */
    ANSWERS = 2,       /* to pings: behind the second it has been written */
    PAUSE = 1000,      /* ms after which it has been, in any case */
    PATIENCE = 20000,  /* ms that no more is told of what was told at first */
    LITTLE = 1000,     /* bytes never told of: those that begin with an Enter */
    OUTPUT = ROOM / 2, /* bytes read in that time: it echoes by now */
};

static uint64_t patience(const struct ssh_session *s)
{
    return s->hold.mirrored && s->hold.bytes > LITTLE ? PATIENCE : PAUSE;
}

static bool is_over(const struct ssh_session *s)
{
    return s->tp.now - s->hold.since >= patience(s);
}

static void forget(struct ssh_session *s)
{
    s->hold.bytes = 0;
    s->hold.answers = 0;
    s->hold.doubled = 0;
    s->hold.mirrored = false;
}

static void take_mirrored(struct ssh_session *s)
{
    size_t n = s->heard.ignored;

    s->heard.ignored = 0;
    if (s->hold.mirrored && n == 0 && s->hold.output > OUTPUT)
        forget(s);
    if (n == 0)
        return;
    s->hold.mirrored = true;
    s->hold.doubled = 0;
    s->hold.since = s->tp.now;
    s->hold.output = 0;
    s->hold.bytes -= n < s->hold.bytes ? n : s->hold.bytes;
}

static void take_sent(struct ssh_session *s)
{
    if (s->hold.sent == 0)
        return;
    s->hold.bytes += s->hold.sent;
    s->hold.sent = 0;
    s->hold.since = s->tp.now;
}

/* None of it is mirrored. */
static void take_answers(struct ssh_session *s)
{
    s->hold.bytes = 0;
    s->hold.answers = 0;
    if (s->hold.doubled < DOUBLED_MAX)
        s->hold.doubled++;
}

bool ssh_hold_is(const struct ssh_session *s)
{
    return s->hold.bytes + s->hold.sent > (size_t)ROOM << s->hold.doubled;
}

void ssh_hold_step(struct ssh_session *s)
{
    take_mirrored(s);
    if (is_over(s))
        forget(s);
    take_sent(s);
    if (!ssh_hold_is(s) || s->hold.mirrored || s->chunk.len != 0)
        return;
    if (s->pinging || ++s->hold.answers <= ANSWERS)
        ssh_alive_ping(s);
    else
        take_answers(s);
}

void ssh_hold_count(struct ssh_session *s, size_t n)
{
    if (s->has_pty)
        s->hold.sent += n;
}

uint64_t ssh_hold_wake(const struct ssh_session *s)
{
    if (!ssh_hold_is(s))
        return 0;
    return s->hold.sent != 0 ? 1 : s->hold.since + patience(s);
}
