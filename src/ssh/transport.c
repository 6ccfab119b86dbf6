#include "ssh/transport.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

enum {
    READ_SIZE = 1 << 18,       /* one recv(): each wakes the sender */
    TEXT_BEFORE_IDENT = 65536, /* a login banner is some lines */
    EARLY_MAX = 131072         /* identification and one KEXINIT, amply */
};

static const char ident_start[] = "SSH-";

static void set_option(int fd, int level, int name, int value)
{
    /* Only a hint: a pipe or an old kernel does without. */
    (void)setsockopt(fd, level, name, &value, sizeof value);
}

#ifdef TCP_QUICKACK
static void quick_ack(int fd)
{
    set_option(fd, IPPROTO_TCP, TCP_QUICKACK, 1);
}
#else
static void quick_ack(int fd)
{
    (void)fd;
}
#endif

#ifdef TCP_USER_TIMEOUT
static void user_timeout(int fd, unsigned seconds)
{
    set_option(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, (int)(seconds * 1000));
}
#else
static void user_timeout(int fd, unsigned seconds)
{
    (void)fd;
    (void)seconds;
}
#endif

#ifdef TCP_KEEPIDLE
static void keep_times(int fd, unsigned interval, unsigned count)
{
    set_option(fd, IPPROTO_TCP, TCP_KEEPIDLE, (int)interval);
    set_option(fd, IPPROTO_TCP, TCP_KEEPINTVL, (int)interval);
    set_option(fd, IPPROTO_TCP, TCP_KEEPCNT, (int)count);
}
#else
static void keep_times(int fd, unsigned interval, unsigned count)
{
    (void)fd;
    (void)interval;
    (void)count;
}
#endif

void ssh_transport_init(struct ssh_transport *t, int fd)
{
    memset(t, 0, sizeof *t);
    t->fd = fd;
    t->keeps_early = true;
    t->quick_acks = true;
    /* Our queue already gathers a turn's packets into one write. */
    set_option(fd, IPPROTO_TCP, TCP_NODELAY, 1);
}

void ssh_transport_free(struct ssh_transport *t)
{
    buf_free(&t->in);
    buf_free(&t->out);
    buf_free(&t->early);
    if (t->fd != -1)
        close(t->fd);
    t->fd = -1;
}

void ssh_transport_keep_alive(struct ssh_transport *t, unsigned interval,
                              unsigned count)
{
    enum { SECONDS_MAX = 86400, PROBES_MAX = 127 };

    if (interval == 0)
        return;
    if (count == 0)
        count = 1;
    if (count > PROBES_MAX)
        count = PROBES_MAX;
    if (interval > SECONDS_MAX / count)
        interval = SECONDS_MAX / count;
    set_option(t->fd, SOL_SOCKET, SO_KEEPALIVE, 1);
    keep_times(t->fd, interval, count);
    user_timeout(t->fd, interval * count);
}

void ssh_transport_begin_turn(struct ssh_transport *t, uint64_t now,
                              size_t budget)
{
    t->now = now;
    t->budget = t->unready ? 0 : budget;
    t->unready = false;
}

/* libssh2's agent code sends over its own socket through our callbacks. */
static ssize_t foreign(ssize_t result)
{
    return result == -1 ? -(ssize_t)errno : result;
}

/* Packets in the clear show their type behind two lengths (RFC 4253, 6). */
static bool is_newkeys(const uint8_t *p, size_t n)
{
    enum { TYPE_AT = 5, MSG_NEWKEYS = 21 };

    return n > TYPE_AT && p[TYPE_AT] == MSG_NEWKEYS;
}

ssize_t ssh_transport_send(struct ssh_transport *t, int fd, const void *data,
                           size_t n, int flags)
{
    if (fd != t->fd)
        return foreign(send(fd, data, n, flags));
    if (t->dead)
        return -EPIPE;
    if (t->mute)
        return (ssize_t)n;
    t->packets++;
    if (t->newkeys == 0 && is_newkeys(data, n))
        t->newkeys = t->packets;
    buf_put(&t->out, data, n);
    return (ssize_t)n;
}

static void watch_for_ident(struct ssh_transport *t, const uint8_t *p, size_t n)
{
    const unsigned whole = sizeof ident_start - 1;
    size_t i;

    for (i = 0; i < n && t->ident_match != whole; i++) {
        if (p[i] == '\n')
            t->ident_match = 0;
        else if (t->ident_match < whole &&
                 p[i] == (uint8_t)ident_start[t->ident_match])
            t->ident_match++;
        else
            t->ident_match = whole + 1; /* not on this line */
    }
}

static void keep_early(struct ssh_transport *t, const uint8_t *p, size_t n)
{
    if (!t->keeps_early)
        return;
    watch_for_ident(t, p, n);
    if (t->early.len < EARLY_MAX)
        buf_put(&t->early, p, n);
    if (!ssh_transport_has_ident(t) && t->early.len > TEXT_BEFORE_IDENT)
        t->flooded = true;
}

void ssh_transport_fill(struct ssh_transport *t)
{
    while (t->budget != 0 && !t->closed && t->error == 0 && !t->flooded) {
        size_t want = t->budget < READ_SIZE ? t->budget : READ_SIZE;
        uint8_t *room = buf_reserve(&t->in, want);
        ssize_t got = recv(t->fd, room, want, MSG_DONTWAIT);

        if (got == -1 && errno == EINTR)
            continue;
        if (got == -1 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            t->budget = 0;
            return;
        }
        if (got == -1) {
            t->error = errno;
            return;
        }
        if (got == 0) {
            t->closed = true;
            return;
        }
        if (t->quick_acks)
            quick_ack(t->fd);
        keep_early(t, room, (size_t)got);
        buf_commit(&t->in, (size_t)got);
        t->received += (size_t)got;
        t->last_received = t->now;
        /* A short read has emptied the socket: no need to ask once more. */
        t->budget = (size_t)got < want ? 0 : t->budget - (size_t)got;
    }
}

/*
 * The end of the connection.  Once a channel is open libssh2 must not hear of
 * it, for it would then refuse to give out the data it has already queued;
 * the session asks ssh_transport_ended() instead.
 */
static ssize_t at_end(const struct ssh_transport *t)
{
    if (t->flooded)
        return -EPROTO;
    if (!ssh_transport_ended(t) || t->soft_end)
        return -EAGAIN;
    return t->error != 0 ? -t->error : 0;
}

ssize_t ssh_transport_recv(struct ssh_transport *t, int fd, void *data,
                           size_t n, int flags)
{
    if (fd != t->fd)
        return foreign(recv(fd, data, n, flags));
    if (t->dead)
        return 0;
    if (t->hold)
        return -EAGAIN;
    if (t->in.len == 0)
        ssh_transport_fill(t);
    if (t->in.len == 0 || t->flooded)
        return at_end(t);
    if (n > t->in.len)
        n = t->in.len;
    memcpy(data, t->in.data, n);
    buf_consume(&t->in, n);
    return (ssize_t)n;
}

void ssh_transport_flush(struct ssh_transport *t)
{
    while (t->out.len != 0) {
        ssize_t put =
            send(t->fd, t->out.data, t->out.len, MSG_DONTWAIT | MSG_NOSIGNAL);

        if (put == -1 && errno == EINTR)
            continue;
        if (put == -1 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return;
        if (put == -1) {
            /* The peer's last words may still wait at the reading side. */
            t->write_error = errno;
            buf_clear(&t->out);
            return;
        }
        t->sent += (size_t)put;
        buf_consume(&t->out, (size_t)put);
    }
}

bool ssh_transport_has_ident(const struct ssh_transport *t)
{
    return t->ident_match == sizeof ident_start - 1;
}

void ssh_transport_forget_early(struct ssh_transport *t)
{
    t->keeps_early = false;
    buf_free(&t->early);
}

bool ssh_transport_ended(const struct ssh_transport *t)
{
    return t->in.len == 0 && (t->closed || t->error != 0);
}
