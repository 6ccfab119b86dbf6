/*
 * The child writes one message and exits: uint32 status, uint32 errno, then
 * each address as a string (wire.h).  The end of the pipe ends the message.
 */
#include "sys/lookup.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/mem.h"
#include "base/wire.h"
#include "sys/fd.h"

#define MESSAGE_MAX (8 + LOOKUP_MAX * (4 + sizeof(struct sockaddr_in6)))

struct lookup {
    pid_t child; /* -1: there is none */
    int pipe;    /* -1: there is none */
    int error;   /* why there is none */
    struct buf message;
};

/* One text, one question: sockets for TCP, a port that is a number. */
static int ask(lookup_fn *resolve, const char *host, unsigned port, int family,
               int flags, struct addrinfo **list)
{
    struct addrinfo hints = { .ai_family = family,
                              .ai_socktype = SOCK_STREAM,
                              .ai_flags = flags | AI_NUMERICSERV };
    char service[16];

    *list = NULL;
    snprintf(service, sizeof service, "%u", port);
    return resolve(host, service, &hints, list);
}

static bool is_address(const void *addr, size_t len)
{
    struct sockaddr head;

    if (len != sizeof(struct sockaddr_in) && len != sizeof(struct sockaddr_in6))
        return false;
    memcpy(&head, addr, sizeof head);
    return len == (head.sa_family == AF_INET    ? sizeof(struct sockaddr_in)
                   : head.sa_family == AF_INET6 ? sizeof(struct sockaddr_in6)
                                                : 0);
}

/* Keep an address, unless it is one already there or there is no room. */
static void keep(struct lookup_result *out, const void *addr, size_t len)
{
    struct lookup_address *to = &out->at[out->count];
    unsigned i;

    if (out->count == LOOKUP_MAX)
        return;
    for (i = 0; i < out->count; i++) {
        if (out->at[i].len == len && memcmp(&out->at[i].addr, addr, len) == 0)
            return;
    }
    memcpy(&to->addr, addr, len);
    to->len = (socklen_t)len;
    out->count++;
}

bool lookup_numeric(const char *host, unsigned port, struct lookup_result *out)
{
    struct addrinfo *list;

    memset(out, 0, sizeof *out);
    if (ask(getaddrinfo, host, port, AF_UNSPEC, AI_NUMERICHOST, &list) != 0)
        return false;
    keep(out, list->ai_addr, list->ai_addrlen);
    freeaddrinfo(list);
    return true;
}

/* ---- the child ---- */

static void set_action(int sig, void (*action)(int))
{
    struct sigaction act = { .sa_handler = action };

    sigemptyset(&act.sa_mask);
    sigaction(sig, &act, NULL);
}

/*
 * Our handlers would write into the parent's signal pipe.  What the keyboard
 * sends goes to the whole job: it is the parent that answers it.
 */
static void reset_signals(void)
{
    static const int keyboard[] = { SIGINT, SIGQUIT, SIGTSTP };
    struct sigaction act;
    sigset_t none;
    size_t i;
    int sig;

    for (sig = 1; sig < NSIG; sig++) {
        if (sigaction(sig, NULL, &act) == 0 && act.sa_handler != SIG_IGN)
            set_action(sig, SIG_DFL);
    }
    for (i = 0; i < sizeof keyboard / sizeof keyboard[0]; i++)
        set_action(keyboard[i], SIG_IGN);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static void encode(struct buf *out, int status, const struct addrinfo *list)
{
    uint32_t error = status == EAI_SYSTEM ? (uint32_t)errno : 0;
    unsigned n = 0;

    wire_put_u32(out, (uint32_t)status);
    wire_put_u32(out, error);
    if (status != 0)
        return;
    for (; list != NULL && n < LOOKUP_MAX; list = list->ai_next) {
        if (!is_address(list->ai_addr, list->ai_addrlen))
            continue;
        wire_put_string(out, list->ai_addr, list->ai_addrlen);
        n++;
    }
}

static void run_child(int to, const char *host, unsigned port, int family,
                      lookup_fn *resolve)
{
    struct buf out = { 0 };
    struct addrinfo *list;
    int status;

    reset_signals();
    status = ask(resolve, host, port, family, 0, &list);
    encode(&out, status, list);
    _exit(fd_write_all(to, out.data, out.len) ? 0 : 1);
}

/* ---- the parent ---- */

/* Signals wait until the child has put its own handlers away. */
static pid_t fork_child(int to, const char *host, unsigned port, int family,
                        lookup_fn *resolve)
{
    sigset_t all, before;
    pid_t child;
    int saved;

    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    child = fork();
    if (child == 0)
        run_child(to, host, port, family, resolve);
    saved = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    errno = saved;
    return child;
}

struct lookup *lookup_start(const char *host, unsigned port, int family,
                            lookup_fn *resolve)
{
    struct lookup *l = mem_alloc(sizeof *l);
    int ends[2];

    l->child = -1;
    l->pipe = -1;
    if (!fd_pipe(ends)) {
        l->error = errno;
        return l;
    }
    l->child = fork_child(ends[1], host, port, family, resolve);
    l->error = errno;
    close(ends[1]);
    if (l->child == -1)
        close(ends[0]);
    else
        l->pipe = ends[0];
    return l;
}

void lookup_free(struct lookup *l)
{
    if (l == NULL)
        return;
    if (l->pipe != -1)
        close(l->pipe);
    if (l->child != -1) {
        kill(l->child, SIGKILL);
        while (waitpid(l->child, NULL, 0) == -1 && errno == EINTR)
            ;
    }
    buf_free(&l->message);
    mem_free(l);
}

int lookup_fd(const struct lookup *l)
{
    return l->pipe;
}

static void fail(struct lookup_result *out, int status, int error)
{
    memset(out, 0, sizeof *out);
    out->status = status;
    out->error = error;
}

static void decode(const struct buf *message, struct lookup_result *out)
{
    struct wire_bytes one;
    struct wire w;

    memset(out, 0, sizeof *out);
    wire_init(&w, message->data, message->len);
    out->status = (int)wire_u32(&w);
    out->error = (int)wire_u32(&w);
    while (wire_ok(&w) && !wire_done(&w)) {
        one = wire_string(&w);
        if (wire_ok(&w) && is_address(one.data, one.len))
            keep(out, one.data, one.len);
        else
            w.bad = true;
    }
    if (!wire_done(&w))
        fail(out, EAI_SYSTEM, ECHILD);
    else if (out->status == 0 && out->count == 0)
        fail(out, EAI_NONAME, 0);
}

/* The next one from i on whose family is, or is not, this one. */
static unsigned next_of(const struct lookup_result *r, unsigned i,
                        sa_family_t family, bool same)
{
    while (i < r->count && (r->at[i].addr.ss_family == family) != same)
        i++;
    return i;
}

static void interleave(struct lookup_result *r)
{
    struct lookup_result in = *r;
    sa_family_t first = in.at[0].addr.ss_family;
    unsigned a = 0, b = 0, n = 0;

    while (n < in.count) {
        a = next_of(&in, a, first, true);
        if (a < in.count)
            r->at[n++] = in.at[a++];
        b = next_of(&in, b, first, false);
        if (b < in.count)
            r->at[n++] = in.at[b++];
    }
}

bool lookup_step(struct lookup *l, struct lookup_result *out)
{
    ssize_t got;

    if (l->pipe == -1) {
        fail(out, EAI_SYSTEM, l->error);
        return true;
    }
    do {
        got = read(l->pipe, buf_reserve(&l->message, MESSAGE_MAX), MESSAGE_MAX);
        if (got > 0)
            buf_commit(&l->message, (size_t)got);
    } while ((got > 0 && l->message.len <= MESSAGE_MAX) ||
             (got == -1 && errno == EINTR));
    if (got == -1 && errno == EAGAIN)
        return false;
    decode(&l->message, out);
    interleave(out);
    return true;
}
