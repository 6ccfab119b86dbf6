/*
 * test_lookup.c - what a look-up's answer becomes, and the sentences for
 * failures that loopback cannot make.
 */
#include "../tap.h"

#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include "answer.h"
#include "base/err.h"
#include "sys/dial-lookup.h"
#include "sys/dial-report.h"
#include "sys/pollset.h"
#include "sys/worker.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static void test_scope(void)
{
    struct if_nameindex *names = if_nameindex();
    struct lookup_result found;
    struct sockaddr_in6 a;
    char host[64];

    snprintf(host, sizeof host, "fe80::1%%%.32s", names[0].if_name);
    ok(lookup_numeric(host, 22, &found) && found.count == 1, "%s is numeric",
       host);
    memcpy(&a, &found.at[0].addr, sizeof a);
    is_num(a.sin6_scope_id, names[0].if_index, "its scope is the interface");
    is_num(ntohs(a.sin6_port), 22, "its port");
    if_freenameindex(names);
}

static void look_up(struct lookup_result *out)
{
    struct worker *w = lookup_start("vm.test", 22, AF_UNSPEC, answer_it);
    struct pollset set;

    while (!lookup_step(w, out)) {
        pollset_clear(&set);
        worker_watch(w, &set);
        pollset_wait(&set, 0);
    }
    worker_free(w);
}

/* RFC 8305 section 4. */
static void test_order(void)
{
    static const char want[] = "646466";
    struct lookup_result found;
    char got[LOOKUP_MAX + 1] = "";
    unsigned i;

    answer_begin(0, 0);
    answer_add_v6("2001:db8::1", 22);
    answer_add_v6("2001:db8::2", 22);
    answer_add_v6("2001:db8::2", 22); /* once is enough */
    answer_add_v6("2001:db8::3", 22);
    answer_add_v6("2001:db8::4", 22);
    answer_add_v4("192.0.2.1", 22);
    answer_add_v4("192.0.2.2", 22);
    look_up(&found);
    for (i = 0; i < found.count; i++)
        got[i] = found.at[i].addr.ss_family == AF_INET6 ? '6' : '4';
    is_str(got, want, "families take turns, doubles are dropped");
}

static void test_too_many(void)
{
    static const struct sockaddr local = { .sa_family = AF_UNIX };
    struct lookup_result found;
    char address[32];
    unsigned i;

    answer_begin(0, 0);
    answer_add(&local, sizeof local); /* no address of ours */
    for (i = 0; i + 1 < ANSWER_MAX; i++) {
        snprintf(address, sizeof address, "192.0.2.%u", i + 1);
        answer_add_v4(address, 22);
    }
    look_up(&found);
    is_num(found.count, LOOKUP_MAX, "more addresses than we keep");
    is_num(found.at[0].addr.ss_family, AF_INET, "and only ours");
}

static void test_sentences(void)
{
    static const struct {
        int error, family;
        enum err_code code;
        const char *want;
    } cases[] = {
        { ECONNREFUSED, AF_INET, ERR_NETWORK, "port is wrong" },
        { ECONNRESET, AF_INET, ERR_NETWORK, "connection reset; " },
        { EACCES, AF_INET, ERR_NETWORK, "a firewall on this computer" },
        { EPERM, AF_INET, ERR_NETWORK, "a firewall on this computer" },
        { ETIMEDOUT, AF_INET, ERR_TIMEOUT, ": no answer; usually a fire" },
        { EHOSTUNREACH, AF_INET, ERR_NETWORK, "no route to the host; " },
        { EHOSTDOWN, AF_INET, ERR_NETWORK, "the host is down; " },
        { ENETUNREACH, AF_INET, ERR_NETWORK, "is this computer online?" },
        { ENETUNREACH, AF_INET6, ERR_NETWORK, "no IPv6 connection" },
        { ENETDOWN, AF_INET, ERR_NETWORK, "is this computer online?" },
        { EADDRNOTAVAIL, AF_INET6, ERR_NETWORK, "cannot use such an addr" },
        { EAFNOSUPPORT, AF_INET6, ERR_NETWORK, "no IPv6 on this computer" },
        { EINVAL, AF_INET6, ERR_NETWORK, "as in fe80::1%eth0" },
        { EINVAL, AF_INET, ERR_NETWORK, "routing table" },
        { EMFILE, AF_INET, ERR_NETWORK, "22: Too many open files" },
    };
    struct dial_fault fault = { .host = "vm", .port = 22, .address = "a" };
    struct err err;
    size_t i;
    bool pass;

    for (i = 0; i < COUNT(cases); i++) {
        fault.error = cases[i].error;
        fault.family = cases[i].family;
        dial_report_connect(&fault, &err);
        pass = err.code == cases[i].code &&
               strstr(err.msg, "cannot connect to vm (a) port 22: ") != NULL &&
               strstr(err.msg, cases[i].want) != NULL;
        if (!ok(pass, "%s: %s", strerror(cases[i].error), cases[i].want))
            diag("got %d: %s", (int)err.code, err.msg);
    }
    ok(dial_report_rank(ECONNREFUSED) < dial_report_rank(ETIMEDOUT) &&
           dial_report_rank(ETIMEDOUT) < dial_report_rank(ENETUNREACH) &&
           dial_report_rank(ENETUNREACH) < dial_report_rank(EAFNOSUPPORT) &&
           dial_report_rank(EAFNOSUPPORT) < dial_report_rank(EMFILE),
       "an answer tells more than silence, silence more than no network");
}

int main(void)
{
    test_scope();
    test_order();
    test_too_many();
    test_sentences();
    return tap_done();
}
