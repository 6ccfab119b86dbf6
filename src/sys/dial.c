#include "sys/dial.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "sys/clock.h"
#include "sys/dial-lookup.h"
#include "sys/dial-report.h"
#include "sys/fd.h"
#include "sys/pollset.h"
#include "sys/worker.h"

#define ATTEMPT_DELAY 250 /* ms; RFC 8305 section 5 */
#define AT_ONCE       1   /* a time that has always come */
#define ADDRESS_SIZE  128 /* numeric, with a scope */

struct attempt {
    int fd;    /* -1: it failed */
    int error; /* errno, then */
};

struct dial {
    char *host;
    unsigned port;
    int family;
    uint64_t started, deadline;
    struct worker *lookup; /* NULL: the addresses are known */
    struct lookup_result found;
    struct attempt attempts[LOOKUP_MAX]; /* at the addresses found */
    unsigned begun;
    uint64_t next; /* when the next one is due */
    int fd;        /* the socket that connected first, or -1 */
    bool connected;
    int error;                  /* errno, of the failure that is told */
    char address[ADDRESS_SIZE]; /* of the attempt begun last; the winner */
    char progress[512];
};

/* ---- making and ending ---- */

static void check_family(struct dial *d)
{
    if (d->family != AF_UNSPEC && d->found.at[0].addr.ss_family != d->family)
        d->found.status = EAI_NONAME;
}

struct dial *dial_new_with(const char *host, unsigned port, int family,
                           uint64_t deadline, lookup_fn *resolve)
{
    struct dial *d = mem_alloc(sizeof *d);

    d->host = mem_strdup(host);
    d->port = port;
    d->family = family;
    d->started = clock_ms();
    d->deadline = deadline;
    d->next = AT_ONCE;
    d->fd = -1;
    snprintf(d->progress, sizeof d->progress, "looking up %s", host);
    if (lookup_numeric(host, port, &d->found))
        check_family(d);
    else if (strchr(host, ':') != NULL)
        d->found.status = EAI_NONAME; /* no name has a colon */
    else
        d->lookup = lookup_start(host, port, family, resolve);
    return d;
}

struct dial *dial_new(const char *host, unsigned port, int family,
                      uint64_t deadline)
{
    return dial_new_with(host, port, family, deadline, getaddrinfo);
}

static void close_attempts(struct dial *d)
{
    unsigned i;

    for (i = 0; i < d->begun; i++) {
        if (d->attempts[i].fd != -1)
            close(d->attempts[i].fd);
        d->attempts[i].fd = -1;
    }
}

void dial_free(struct dial *d)
{
    if (d == NULL)
        return;
    worker_free(d->lookup);
    close_attempts(d);
    if (d->fd != -1)
        close(d->fd);
    mem_free(d->host);
    mem_free(d);
}

/* ---- waiting ---- */

void dial_watch(const struct dial *d, struct pollset *set)
{
    unsigned i;

    if (d->lookup != NULL)
        worker_watch(d->lookup, set);
    for (i = 0; i < d->begun; i++) {
        if (d->attempts[i].fd != -1)
            pollset_add(set, d->attempts[i].fd, POLLOUT);
    }
}

uint64_t dial_wake(const struct dial *d)
{
    if (d->lookup != NULL)
        return pollset_earlier(worker_wake(d->lookup), d->deadline);
    if (d->connected || d->found.status != 0)
        return AT_ONCE;
    if (d->begun < d->found.count)
        return pollset_earlier(d->next, d->deadline);
    return d->deadline;
}

/* ---- attempts ---- */

static void name_address(const struct lookup_address *a, char *out)
{
    if (getnameinfo((const struct sockaddr *)&a->addr, a->len, out,
                    ADDRESS_SIZE, NULL, 0, NI_NUMERICHOST) != 0)
        snprintf(out, ADDRESS_SIZE, "an address without a name");
}

/* A socket as dial_take_fd() promises; -1 with errno set. */
static int make_socket(int family)
{
    int fd = socket(family, SOCK_STREAM, 0), on = 1, saved;

    if (fd == -1)
        return -1;
    if (fd_prepare(fd) &&
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0 &&
        setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on) == 0)
        return fd;
    saved = errno;
    close(fd);
    errno = saved;
    return -1;
}

static void end_attempt(struct dial *d, unsigned i, int error, uint64_t now)
{
    struct attempt *a = &d->attempts[i];

    if (a->fd != -1)
        close(a->fd);
    a->fd = -1;
    a->error = error;
    /* The one to follow waited only for the newest before it. */
    if (i + 1 == d->begun)
        d->next = now;
}

static void begin_attempt(struct dial *d, uint64_t now)
{
    const struct lookup_address *to = &d->found.at[d->begun];
    struct attempt *a = &d->attempts[d->begun++];

    d->next = now + ATTEMPT_DELAY;
    name_address(to, d->address);
    snprintf(d->progress, sizeof d->progress, "connecting to %s port %u",
             d->address, d->port);
    a->fd = make_socket(to->addr.ss_family);
    if (a->fd == -1 ||
        (connect(a->fd, (const struct sockaddr *)&to->addr, to->len) == -1 &&
         errno != EINPROGRESS && errno != EINTR))
        end_attempt(d, d->begun - 1, errno, now);
}

/* Has it connected?  0: yes; -1: not yet; else errno. */
static int outcome(int fd)
{
    struct pollfd p = { .fd = fd, .events = POLLOUT };
    socklen_t len = sizeof(int);
    int error = 0;

    if (poll(&p, 1, 0) != 1)
        return -1;
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len) == -1)
        return errno;
    return error;
}

static void win(struct dial *d, unsigned i)
{
    d->fd = d->attempts[i].fd;
    d->attempts[i].fd = -1;
    d->connected = true;
    name_address(&d->found.at[i], d->address);
    close_attempts(d);
}

static void collect(struct dial *d, uint64_t now)
{
    unsigned i;
    int error;

    for (i = 0; i < d->begun && !d->connected; i++) {
        if (d->attempts[i].fd == -1)
            continue;
        error = outcome(d->attempts[i].fd);
        if (error == 0)
            win(d, i);
        else if (error != -1)
            end_attempt(d, i, error, now);
    }
}

static bool any_open(const struct dial *d)
{
    unsigned i;

    for (i = 0; i < d->begun; i++) {
        if (d->attempts[i].fd != -1)
            return true;
    }
    return d->begun < d->found.count;
}

/* ---- the step ---- */

static unsigned seconds_given(const struct dial *d)
{
    return d->deadline <= d->started
               ? 1
               : (unsigned)((d->deadline - d->started + 999) / 1000);
}

static bool is_late(const struct dial *d, uint64_t now)
{
    return d->deadline != 0 && now >= d->deadline;
}

static enum dial_state fail_lookup(const struct dial *d, bool late,
                                   struct err *err)
{
    struct dial_fault fault = { .host = d->host,
                                .port = d->port,
                                .family = d->family,
                                .error = late ? ETIMEDOUT : d->found.error,
                                .seconds = late ? seconds_given(d) : 0 };

    dial_report_lookup(&fault, late ? EAI_SYSTEM : d->found.status, err);
    return DIAL_FAILED;
}

static int error_of(const struct dial *d, unsigned i)
{
    return d->attempts[i].fd == -1 ? d->attempts[i].error : ETIMEDOUT;
}

/* Of several failures the sentence tells the most telling one. */
static enum dial_state fail_connect(struct dial *d, bool late, struct err *err)
{
    struct dial_fault fault = { .host = d->host, .port = d->port };
    char address[ADDRESS_SIZE];
    unsigned i, best = 0;

    for (i = 1; i < d->begun; i++) {
        if (dial_report_rank(error_of(d, i)) <
            dial_report_rank(error_of(d, best)))
            best = i;
    }
    name_address(&d->found.at[best], address);
    fault.family = d->found.at[best].addr.ss_family;
    fault.address = address;
    fault.error = d->error = error_of(d, best);
    fault.seconds = late ? seconds_given(d) : 0;
    fault.others = d->begun - 1;
    dial_report_connect(&fault, err);
    return DIAL_FAILED;
}

/* The addresses: true when they are known, or known not to be. */
static bool look_up(struct dial *d)
{
    if (d->lookup == NULL)
        return true;
    if (!lookup_step(d->lookup, &d->found))
        return false;
    worker_free(d->lookup);
    d->lookup = NULL;
    return true;
}

enum dial_state dial_step(struct dial *d, uint64_t now, struct err *err)
{
    bool late = is_late(d, now);

    if (!look_up(d))
        return late ? fail_lookup(d, true, err) : DIAL_WAIT;
    if (d->found.status != 0)
        return fail_lookup(d, false, err);
    collect(d, now);
    while (!d->connected && d->begun < d->found.count && now >= d->next &&
           !(late && d->begun != 0)) {
        begin_attempt(d, now);
        collect(d, now);
    }
    if (d->connected)
        return DIAL_CONNECTED;
    if (late || !any_open(d))
        return fail_connect(d, late, err);
    return DIAL_WAIT;
}

/* ---- what it says ---- */

const char *dial_progress(const struct dial *d)
{
    return d->progress;
}

unsigned dial_found(const struct dial *d, struct buf *out)
{
    enum { SHOWN = 3 };
    char address[ADDRESS_SIZE];
    unsigned i;

    if (d->lookup != NULL || d->found.status != 0)
        return 0;
    for (i = 0; out != NULL && i < d->found.count; i++) {
        buf_put_str(out, i != 0 ? ", " : "");
        if (i == SHOWN) {
            buf_put_str(out, "...");
            break;
        }
        name_address(&d->found.at[i], address);
        buf_put_str(out, address);
    }
    return d->found.count;
}

int dial_error(const struct dial *d)
{
    return d->error;
}

int dial_take_fd(struct dial *d)
{
    int fd = d->fd;

    d->fd = -1;
    return fd;
}

const char *dial_address(const struct dial *d)
{
    return d->address;
}
