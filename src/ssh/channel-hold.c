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
 *
 * A write that begins with an Enter is never told of.  So where input is held,
 * probes go there that begin with none: the first time, when the pings are
 * answered, to see what kind of terminal it is; where it has told before, after
 * a silence, twice as long a one each time.  What tells of just the size of a
 * probe tells that all before it has been written; a full terminal may take a
 * piece of that size by chance, so two in a row have to.
 */
#include "ssh/internal.h"

enum {
    ROOM = 24000,      /* bytes; the last piece of input may exceed it */
    DOUBLED_MAX = 6,   /* times */
    ANSWERS = 2,       /* to pings: behind the second it has been written */
    PROBE = 601,       /* bytes: what a full terminal takes is no multiple */
    PROBES_MAX = 12,   /* so much libssh2 takes beside ROOM */
    SILENCE = 5,       /* ms before the first of them */
    PAUSE = 1000,      /* ms after which it has been, in most cases */
    PATIENCE = 20000,  /* ms that no more is told, where it may be full */
    LITTLE = 1000,     /* bytes never told of: those that begin with an Enter */
    LINE = 4096,       /* bytes: a hidden line has no more, and fills none */
    OUTPUT = ROOM / 2, /* bytes read in that time: it echoes by now */
};

static uint64_t patience(const struct ssh_session *s)
{
    return s->hold.told > LINE && s->hold.bytes > LITTLE ? PATIENCE : PAUSE;
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
    s->hold.told = 0;
    s->hold.probes = 0;
    s->hold.matched = false;
}

static bool is_full(const struct ssh_session *s)
{
    return s->hold.bytes + s->hold.sent > (size_t)ROOM << s->hold.doubled;
}

/* Is the terminal's kind to be looked at, now that the pings are answered? */
static bool is_unsure(const struct ssh_session *s)
{
    return s->hold.answers > ANSWERS && s->hold.doubled == 0 &&
           s->hold.probes == 0;
}

/* When one may go: ms, or never. */
static uint64_t next_probe(const struct ssh_session *s)
{
    if (s->hold.told == 0)
        return is_unsure(s) ? 0 : UINT64_MAX;
    return s->hold.probes < PROBES_MAX
               ? s->hold.since + ((uint64_t)SILENCE << s->hold.probes)
               : UINT64_MAX;
}

/* Does this tell of the last probe, or of some of them? */
static bool is_of_probe(const struct ssh_session *s, size_t n)
{
    return s->hold.probes != 0 &&
           (n == s->hold.probe ||
            (n % PROBE == 0 && n / PROBE <= s->hold.probes));
}

static void take_mirrored(struct ssh_session *s)
{
    size_t n = s->heard.ignored;
    bool of_probe = is_of_probe(s, n);

    s->heard.ignored = 0;
    if (s->hold.told != 0 && n == 0 && s->hold.output > OUTPUT)
        forget(s);
    if (n == 0)
        return;
    s->hold.told += n;
    s->hold.doubled = 0;
    s->hold.since = s->tp.now;
    s->hold.output = 0;
    if (n > s->hold.bytes || (of_probe && s->hold.matched))
        n = s->hold.bytes;
    s->hold.matched = of_probe;
    s->hold.bytes -= n;
    s->hold.probes = 0;
}

static void take_sent(struct ssh_session *s)
{
    if (s->hold.sent == 0)
        return;
    s->hold.bytes += s->hold.sent;
    s->hold.sent = 0;
    if (s->hold.probes == 0)
        s->hold.since = s->tp.now;
}

/* None of it is mirrored. */
static void take_answers(struct ssh_session *s)
{
    s->hold.bytes = 0;
    s->hold.answers = 0;
    s->hold.probes = 0;
    if (s->hold.doubled < DOUBLED_MAX)
        s->hold.doubled++;
}

bool ssh_hold_is(const struct ssh_session *s)
{
    return is_full(s) && s->tp.now < next_probe(s);
}

void ssh_hold_step(struct ssh_session *s)
{
    take_mirrored(s);
    if (is_over(s))
        forget(s);
    take_sent(s);
    if (!ssh_hold_is(s) || s->hold.told != 0 || s->chunk.len != 0)
        return;
    if (s->pinging || ++s->hold.answers <= ANSWERS)
        ssh_alive_ping(s);
    else if (!is_unsure(s))
        take_answers(s);
}

/* Enters that it would begin with go ahead of it. */
static size_t probe(struct ssh_session *s, const uint8_t *data, size_t n)
{
    size_t enters = 0;

    if (n > PROBE)
        n = PROBE;
    while (enters < n && data[enters] == '\r')
        enters++;
    s->hold.answers = 0;
    s->hold.probe = enters != 0 ? enters : n;
    if (enters == 0 || s->hold.told != 0)
        s->hold.probes++;
    return s->hold.probe;
}

size_t ssh_hold_take(struct ssh_session *s, const void *data, size_t n)
{
    if (!s->has_pty)
        return n;
    if (is_full(s))
        n = probe(s, data, n);
    s->hold.sent += n;
    return n;
}

uint64_t ssh_hold_wake(const struct ssh_session *s)
{
    uint64_t over = s->hold.since + patience(s), probe_at = next_probe(s);

    if (!ssh_hold_is(s))
        return 0;
    if (s->hold.sent != 0)
        return 1;
    return over < probe_at ? over : probe_at;
}
