/* Is the server still there?  Signs of life of an open channel. */
#include "ssh/internal.h"

/* ms that nothing may come of what was typed */
enum { TYPED_MS = 2000 };

/*
 * A question whose answer libssh2 takes out of its queue: a variable that no
 * server lets us set once the program runs.  (The answers to libssh2's own
 * keepalives stay there, and are taken for those of later requests.)
 */
void ssh_alive_ping(struct ssh_session *s)
{
    static const char name[] = "VMCONNECT_PING";

    s->pinging = libssh2_channel_setenv_ex(s->channel, name, sizeof name - 1,
                                           "", 0) == LIBSSH2_ERROR_EAGAIN;
}

static void not_answered(struct ssh_session *s)
{
    ssh_fail(s, ERR_TIMEOUT,
             "the server has not answered for %llu s, and the session was "
             "lost",
             (unsigned long long)((s->tp.now - s->tp.last_received) / 1000));
}

static void ask_for_life(struct ssh_session *s)
{
    if (!s->pinging)
        ssh_alive_ping(s);
    if (s->asked_at == 0)
        s->asked_at = s->tp.now;
}

static void put_off(struct ssh_session *s)
{
    s->alive_at = s->tp.now + (uint64_t)s->alive_interval * 1000;
}

void ssh_alive_begin(struct ssh_session *s)
{
    if (s->alive_interval != 0)
        put_off(s);
}

/*
 * Anything that comes is a sign of life; silence is asked about, and sooner
 * when something typed has brought nothing: an echo may be off.  Nothing comes
 * while nothing is read.
 */
void ssh_alive_step(struct ssh_session *s)
{
    if (s->pinging)
        ssh_alive_ping(s);
    if (s->alive_at == 0)
        return;
    if (s->tp.received != s->alive_received || ssh_overfull(s)) {
        s->alive_received = s->tp.received;
        s->alive_asked = 0;
        put_off(s);
        s->asked_at = s->pinging ? s->tp.now : 0;
        s->typed_at = 0;
    }
    if (s->typed_at != 0 && s->tp.now >= s->typed_at + TYPED_MS &&
        s->asked_at == 0)
        ask_for_life(s);
    if (s->tp.now < s->alive_at)
        return;
    put_off(s);
    if (s->alive_asked++ >= s->alive_count)
        not_answered(s);
    else
        ask_for_life(s);
}

uint64_t ssh_alive_wake(const struct ssh_session *s)
{
    uint64_t probe = s->typed_at + TYPED_MS;

    return s->typed_at != 0 && s->asked_at == 0 && probe < s->alive_at
               ? probe
               : s->alive_at;
}
