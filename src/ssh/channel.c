/*
 * The open channel: what goes in, what comes out, its end.
 *
 * Of the socket no more is read in a turn than the caller is likely to take
 * in the next, or a flood of output would pile up before a typed Ctrl-C; but
 * a caller that does not read at all lets the channel's window fill, so that
 * rekeys and the other direction go on.
 */
#include <string.h>
#include "ssh/internal.h"
#include "base/mem.h"
#include "base/text.h"

enum {
    CHUNK = 32000,        /* libssh2 takes at most 32700 at once */
    PTY_CHUNK = 8000,     /* small beside what channel-hold.c allows */
    QUEUE_FULL = 1 << 18, /* bytes waiting for the socket */
    BACKLOG_LOW = 1 << 15 /* bytes waiting for the caller */
};

/* ---- what goes in ---- */

/* Each returns 0, or what libssh2 said. */

static int push_chunk(struct ssh_session *s)
{
    while (s->chunk.len != 0) {
        ssize_t put = libssh2_channel_write_ex(
            s->channel, 0, (const char *)s->chunk.data, s->chunk.len);

        if (put <= 0)
            return put == 0 ? LIBSSH2_ERROR_EAGAIN : (int)put;
        buf_consume(&s->chunk, (size_t)put);
    }
    return 0;
}

static int push_eof(struct ssh_session *s)
{
    int rc;

    if (!s->eof_wanted || s->eof_sent)
        return 0;
    rc = libssh2_channel_send_eof(s->channel);
    s->eof_sent = rc == 0;
    return rc;
}

/* A call once begun must be repeated with the size it began with. */
static int push_size(struct ssh_session *s)
{
    while (s->resize_wanted || s->resize_trying) {
        int rc;

        if (!s->resize_trying) {
            s->tried_cols = s->cols;
            s->tried_rows = s->rows;
            s->resize_wanted = false;
            s->resize_trying = true;
        }
        rc = libssh2_channel_request_pty_size_ex(s->channel, (int)s->tried_cols,
                                                 (int)s->tried_rows, 0, 0);
        if (rc != 0)
            return rc;
        s->resize_trying = false;
    }
    return 0;
}

static int push_signals(struct ssh_session *s)
{
    while (s->signals_len != 0) {
        const char *name = s->signals[0];
        int rc = libssh2_channel_signal_ex(s->channel, name, strlen(name));

        if (rc != 0)
            return rc;
        s->signals_len--;
        memmove(s->signals[0], s->signals[1],
                s->signals_len * sizeof s->signals[0]);
    }
    return 0;
}

/* Stdin's end and what was typed go in order; the rest may overtake them. */
static int push_all(struct ssh_session *s)
{
    int rc = push_chunk(s);

    if (rc == 0)
        rc = push_eof(s);
    if (rc == 0 || rc == LIBSSH2_ERROR_EAGAIN)
        rc = push_size(s);
    if (rc == 0 || rc == LIBSSH2_ERROR_EAGAIN)
        rc = push_signals(s);
    s->pushed_at = s->tp.received;
    return rc;
}

/* Is there something to push, and perhaps room for it by now? */
static bool can_push(const struct ssh_session *s)
{
    return s->pushed_at != s->tp.received &&
           (s->chunk.len != 0 || (s->eof_wanted && !s->eof_sent) ||
            s->resize_trying || s->resize_wanted || s->signals_len != 0);
}

/* ---- the open channel ---- */

/* Bytes that libssh2 holds for the caller. */
static unsigned long backlog(const struct ssh_session *s)
{
    unsigned long waiting = 0;

    libssh2_channel_window_read_ex(s->channel, &waiting, NULL);
    return waiting;
}

/* A read of nothing: takes the socket's packets and answers rekeys. */
static int pump(struct ssh_session *s)
{
    char none[1];

    if (s->consumed && backlog(s) > BACKLOG_LOW)
        s->tp.budget = 0;
    s->consumed = false;
    return (int)libssh2_channel_read_ex(s->channel, 0, none, 0);
}

/* Nothing waits in the places where it is looked at. */
static bool all_taken(const struct ssh_session *s)
{
    return s->first_read[SSH_STDOUT] == s->first[SSH_STDOUT].len &&
           s->first_read[SSH_STDERR] == s->first[SSH_STDERR].len;
}

static bool drained(const struct ssh_session *s)
{
    return s->drained_at[SSH_STDOUT] == s->tp.received &&
           s->drained_at[SSH_STDERR] == s->tp.received && all_taken(s);
}

static void note_exit(struct ssh_session *s)
{
    const struct buf *name = &s->heard.exit_signal;
    struct buf clean = { 0 };

    text_clean(&clean, name->data, name->len, false);
    strncpy(s->exit.signal, buf_str(&clean), sizeof s->exit.signal - 1);
    text_sanitize(s->exit.signal); /* it may be cut within a character */
    buf_free(&clean);
    s->exit.status = libssh2_channel_get_exit_status(s->channel);
    /* Where nothing can be overheard libssh2 is believed. */
    s->exit.known =
        s->heard.exit_status || s->exit.signal[0] != '\0' || !s->heard.opened;
}

/* The peer has closed, and all it said is read: close our side too. */
static enum ssh_want finish(struct ssh_session *s)
{
    int rc = libssh2_channel_wait_closed(s->channel);

    if (rc == LIBSSH2_ERROR_EAGAIN)
        return ssh_transport_ended(&s->tp)
                   ? ssh_lost(s, "at the end of the session")
                   : SSH_OPEN;
    if (rc != 0)
        return ssh_broken(s, rc, "at the end of the session");
    note_exit(s);
    (void)libssh2_channel_close(s->channel);
    s->stage = STAGE_DONE;
    return SSH_DONE;
}

/* Data of a kind that has no meaning (RFC 4254 section 5.2) would be waited
 * for at the end, to be read. */
static void drop_strangers(struct ssh_session *s)
{
    if (s->ended[SSH_STDOUT] && s->ended[SSH_STDERR] &&
        libssh2_channel_eof(s->channel) == 0)
        (void)libssh2_channel_flush_ex(s->channel, LIBSSH2_CHANNEL_FLUSH_ALL);
}

enum ssh_want ssh_stage_open(struct ssh_session *s)
{
    int rc = pump(s);

    s->end_is_news = false;
    if (rc >= 0 || rc == LIBSSH2_ERROR_EAGAIN)
        rc = push_all(s);
    if (rc >= 0 || rc == LIBSSH2_ERROR_EAGAIN)
        ssh_alive_step(s);
    ssh_hold_step(s);
    ssh_exec_step(s);
    if (s->stage == STAGE_FAILED)
        return SSH_FAILED;
    if (rc < 0 && rc != LIBSSH2_ERROR_EAGAIN)
        return ssh_broken(s, rc, "and the session was lost");
    drop_strangers(s);
    if (libssh2_channel_eof(s->channel) == 1 && all_taken(s))
        return finish(s);
    if (ssh_transport_ended(&s->tp) && drained(s))
        return ssh_lost(s, "and the session was lost");
    return SSH_OPEN;
}

/* ---- the caller's side ---- */

bool ssh_session_busy(const struct ssh_session *s)
{
    return s->stage == STAGE_OPEN &&
           (s->end_is_news || !drained(s) || can_push(s) ||
            ssh_transport_ended(&s->tp));
}

static long read_stream(struct ssh_session *s, enum ssh_stream stream,
                        void *data, size_t n)
{
    int id = stream == SSH_STDERR ? SSH_EXTENDED_DATA_STDERR : 0;
    ssize_t got;

    if (s->stage != STAGE_OPEN || n == 0)
        return s->stage == STAGE_DONE ? -1 : 0;
    got = libssh2_channel_read_ex(s->channel, id, data, n);
    if (got > 0) {
        s->consumed = true;
        s->hold.output += (size_t)got;
        return (long)got;
    }
    s->drained_at[stream] = s->tp.received;
    /* Also 0 when the transport failed: the next step says so. */
    if (got < 0)
        return 0;
    if (!s->ended[stream])
        s->end_is_news = true;
    s->ended[stream] = true;
    return -1;
}

/* What comes first passes through a place where it can be looked at. */
static long read_first(struct ssh_session *s, enum ssh_stream stream, size_t n)
{
    uint8_t chunk[SSH_FIRST_MAX];
    size_t room = SSH_FIRST_MAX - s->first[stream].len;
    long got = read_stream(s, stream, chunk, n < room ? n : room);

    if (got > 0)
        buf_put(&s->first[stream], chunk, (size_t)got);
    return got;
}

const struct buf *ssh_session_first(struct ssh_session *s,
                                    enum ssh_stream stream, bool *ended)
{
    long got = 1;

    while (got > 0 && s->first[stream].len < SSH_FIRST_MAX)
        got = read_first(s, stream, SSH_FIRST_MAX);
    *ended = got < 0;
    return &s->first[stream];
}

long ssh_session_read(struct ssh_session *s, enum ssh_stream stream, void *data,
                      size_t n)
{
    const struct buf *first = &s->first[stream];
    size_t *taken = &s->first_read[stream];
    long got;

    if (*taken == SSH_FIRST_MAX)
        return read_stream(s, stream, data, n);
    if (*taken == first->len && (got = read_first(s, stream, n)) <= 0)
        return got;
    if (n > first->len - *taken)
        n = first->len - *taken;
    memcpy(data, first->data + *taken, n);
    *taken += n;
    return (long)n;
}

bool ssh_session_writable(const struct ssh_session *s)
{
    return s->stage == STAGE_OPEN && s->chunk.len == 0 && !s->eof_wanted &&
           s->tp.out.len < QUEUE_FULL && !ssh_hold_is(s);
}

size_t ssh_session_write(struct ssh_session *s, const void *data, size_t n)
{
    size_t most = s->has_pty ? PTY_CHUNK : CHUNK;

    if (!ssh_session_writable(s))
        return 0;
    if (n > most)
        n = most;
    n = ssh_hold_take(s, data, n);
    buf_put(&s->chunk, data, n);
    if (s->typed_at == 0)
        s->typed_at = s->tp.now;
    /* What is typed after a resize must find the new size.  A failure shows
     * again at the next step. */
    (void)push_size(s);
    (void)push_chunk(s);
    return n;
}

void ssh_session_send_eof(struct ssh_session *s)
{
    s->eof_wanted = true;
}

void ssh_session_resize(struct ssh_session *s, unsigned cols, unsigned rows)
{
    /* Told twice before it was sent, it is wanted still. */
    if (s->has_pty && (cols != s->cols || rows != s->rows))
        s->resize_wanted = true;
    s->cols = cols;
    s->rows = rows;
}

void ssh_session_signal(struct ssh_session *s, const char *name)
{
    size_t n = strlen(name);

    if (s->signals_len < SSH_SIGNALS && n < SSH_SIGNAL_NAME)
        memcpy(s->signals[s->signals_len++], name, n + 1);
}

struct ssh_exit ssh_session_exit(const struct ssh_session *s)
{
    return s->exit;
}

bool ssh_session_over(struct ssh_session *s, struct ssh_exit *out)
{
    bool over = s->stage == STAGE_DONE;

    if (s->stage == STAGE_OPEN && libssh2_channel_eof(s->channel) == 1 &&
        libssh2_channel_wait_closed(s->channel) == 0) {
        note_exit(s);
        over = true;
    }
    *out = s->exit;
    return over;
}
