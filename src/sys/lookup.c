/*
 * The child tells one message: uint32 status, uint32 errno, then each address
 * as a string (wire.h).
 */
#include "sys/lookup.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include "base/buf.h"
#include "base/wire.h"
#include "sys/worker.h"

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

struct errand {
    const char *host;
    unsigned port;
    int family;
    lookup_fn *resolve;
};

static void run_errand(const void *context, int fd)
{
    const struct errand *e = context;
    struct buf out = { 0 };
    struct addrinfo *list;
    int status;

    status = ask(e->resolve, e->host, e->port, e->family, 0, &list);
    encode(&out, status, list);
    worker_tell(fd, out.data, out.len);
}

/* ---- the parent ---- */

struct worker *lookup_start(const char *host, unsigned port, int family,
                            lookup_fn *resolve)
{
    const struct errand errand = { host, port, family, resolve };

    return worker_start(run_errand, &errand);
}

static void fail(struct lookup_result *out, int status, int error)
{
    memset(out, 0, sizeof *out);
    out->status = status;
    out->error = error;
}

static void decode(const uint8_t *message, size_t len,
                   struct lookup_result *out)
{
    struct wire_bytes one;
    struct wire w;

    memset(out, 0, sizeof *out);
    wire_init(&w, message, len);
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

bool lookup_step(struct worker *w, struct lookup_result *out)
{
    const uint8_t *message;
    size_t len;

    switch (worker_step(w)) {
    case WORKER_WAIT: return false;
    case WORKER_DIED: fail(out, EAI_SYSTEM, worker_error(w)); return true;
    case WORKER_ANSWERED: break;
    }
    message = worker_answer(w, &len);
    decode(message, len, out);
    interleave(out);
    return true;
}
