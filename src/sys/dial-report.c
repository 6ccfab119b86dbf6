#include "sys/dial-report.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include "base/err.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/*
 * The most telling first: an answer from the machine itself says more than
 * silence, and silence more than an address family that we do not have.
 */
static const struct meaning {
    int error;
    int family; /* AF_UNSPEC: any */
    enum err_code code;
    const char *what, *usually;
} meanings[] = {
    { ECONNREFUSED, AF_UNSPEC, ERR_NETWORK, "connection refused",
      "the machine answers, but nothing listens there: it is still booting, "
      "its SSH server is not running, or the port is wrong" },
    { ECONNRESET, AF_UNSPEC, ERR_NETWORK, "connection reset",
      "something on the way, or the machine itself, closed it at once" },
    { EACCES, AF_UNSPEC, ERR_NETWORK, "not permitted",
      "a firewall on this computer forbids it" },
    { EPERM, AF_UNSPEC, ERR_NETWORK, "not permitted",
      "a firewall on this computer forbids it" },
    { ETIMEDOUT, AF_UNSPEC, ERR_TIMEOUT, "no answer",
      "usually a firewall or security group that does not let this port in, "
      "a machine that is switched off, or a wrong address" },
    { EHOSTUNREACH, AF_UNSPEC, ERR_NETWORK, "no route to the host",
      "the machine is switched off, its address is wrong, or a firewall "
      "turns us away" },
    { EHOSTDOWN, AF_UNSPEC, ERR_NETWORK, "the host is down",
      "the machine is switched off, or its address is wrong" },
    { ENETUNREACH, AF_INET6, ERR_NETWORK, "network unreachable",
      "this computer has no IPv6 connection: try the machine's IPv4 address" },
    { ENETUNREACH, AF_UNSPEC, ERR_NETWORK, "network unreachable",
      "is this computer online?" },
    { ENETDOWN, AF_UNSPEC, ERR_NETWORK, "the network is down",
      "is this computer online?" },
    { EADDRNOTAVAIL, AF_UNSPEC, ERR_NETWORK, "address not available",
      "this computer cannot use such an address" },
    { EAFNOSUPPORT, AF_INET6, ERR_NETWORK, "no IPv6 on this computer",
      "try the machine's IPv4 address" },
    { EINVAL, AF_INET6, ERR_NETWORK, "invalid address",
      "a link-local address needs its interface, as in fe80::1%eth0" },
    { EINVAL, AF_UNSPEC, ERR_NETWORK, "the way there is closed",
      "this computer's routing table has a blackhole for the address" },
};

static const struct {
    int status;
    enum err_code code;
    const char *what, *usually;
} lookup_meanings[] = {
    { EAI_NONAME, ERR_NOT_FOUND, "no such host name", "check the spelling" },
#ifdef EAI_NODATA
    { EAI_NODATA, ERR_NOT_FOUND, "this name has no address",
      "check the spelling" },
#endif
#ifdef EAI_ADDRFAMILY
    { EAI_ADDRFAMILY, ERR_NOT_FOUND, "this name has no such address",
      "try it without -4 or -6" },
#endif
    { EAI_AGAIN, ERR_NETWORK, "the name cannot be looked up now",
      "is this computer online? (an IP address needs no look-up)" },
    { EAI_FAIL, ERR_NETWORK, "the name server failed",
      "try again, or use the machine's IP address" },
};

unsigned dial_report_rank(int error)
{
    unsigned i;

    for (i = 0; i < COUNT(meanings) && meanings[i].error != error; i++)
        ;
    return i;
}

static const struct meaning *meaning_of(int error, int family)
{
    size_t i;

    for (i = 0; i < COUNT(meanings); i++) {
        if (meanings[i].error == error &&
            (meanings[i].family == AF_UNSPEC || meanings[i].family == family))
            return &meanings[i];
    }
    return NULL;
}

/* "vm.example (203.0.113.5) port 22", the address only where it is news. */
static void name_target(const struct dial_fault *f, char *out, size_t size)
{
    if (strcmp(f->host, f->address) == 0)
        snprintf(out, size, "%.255s port %u", f->host, f->port);
    else
        snprintf(out, size, "%.255s (%s) port %u", f->host, f->address,
                 f->port);
}

bool dial_report_connect(const struct dial_fault *f, struct err *err)
{
    const struct meaning *m = meaning_of(f->error, f->family);
    char target[384], within[32] = "", others[64] = "";

    name_target(f, target, sizeof target);
    if (f->seconds != 0 && f->error == ETIMEDOUT)
        snprintf(within, sizeof within, " within %u s", f->seconds);
    if (f->others != 0)
        snprintf(others, sizeof others, " (%u more address%s failed too)",
                 f->others, f->others == 1 ? "" : "es");
    if (m == NULL)
        return err_set(err, ERR_NETWORK, "cannot connect to %s: %s%s", target,
                       strerror(f->error), others);
    return err_set(err, m->code, "cannot connect to %s: %s%s; %s%s", target,
                   m->what, within, m->usually, others);
}

static const char *kind_of(int family)
{
    return family == AF_INET ? "IPv4" : "IPv6";
}

/* An address of the kind that -4 or -6 rules out? */
static bool is_other_kind(const struct dial_fault *f)
{
    struct in_addr ipv4;

    return f->family == AF_INET ? strchr(f->host, ':') != NULL
                                : f->family == AF_INET6 &&
                                      inet_pton(AF_INET, f->host, &ipv4) == 1;
}

/* What only the text itself explains; false if there is no such thing. */
static bool report_spelling(const struct dial_fault *f, struct err *err)
{
    if (is_other_kind(f)) {
        err_set(err, ERR_USAGE,
                "%s is no %s address, and -%c takes no other; leave it out",
                f->host, kind_of(f->family), f->family == AF_INET ? '4' : '6');
        return true;
    }
    if (strchr(f->host, ':') != NULL) {
        err_set(err, ERR_NOT_FOUND,
                "%s: not an IPv6 address of this computer's networks; check "
                "its spelling, and the interface after a %%",
                f->host);
        return true;
    }
    if (f->family == AF_UNSPEC)
        return false;
    err_set(err, ERR_NOT_FOUND,
            "%s: no such host name, or it has no %s address; check the "
            "spelling, or try it without -%c",
            f->host, kind_of(f->family), f->family == AF_INET ? '4' : '6');
    return true;
}

static bool report_late(const struct dial_fault *f, struct err *err)
{
    return err_set(err, ERR_TIMEOUT,
                   "%s: the name look-up got no answer within %u s; is this "
                   "computer online? (an IP address needs no look-up)",
                   f->host, f->seconds);
}

static const char *reason(int status, int error)
{
    if (status != EAI_SYSTEM)
        return gai_strerror(status);
    return error == ECHILD ? "its process was killed" : strerror(error);
}

bool dial_report_lookup(const struct dial_fault *f, int status, struct err *err)
{
    size_t i;

    if (status == EAI_SYSTEM && f->error == ETIMEDOUT && f->seconds != 0)
        return report_late(f, err);
    for (i = 0; i < COUNT(lookup_meanings); i++) {
        if (lookup_meanings[i].status != status)
            continue;
        if (lookup_meanings[i].code == ERR_NOT_FOUND && report_spelling(f, err))
            return false;
        return err_set(err, lookup_meanings[i].code, "%s: %s; %s", f->host,
                       lookup_meanings[i].what, lookup_meanings[i].usually);
    }
    return err_set(err, ERR_NETWORK, "%s: the name look-up failed: %s", f->host,
                   reason(status, f->error));
}
