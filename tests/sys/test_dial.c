/*
 * test_dial.c - connections on loopback only.  Time is the test's: dial_step()
 * is told a now that stands still, so what happens needs no timer, or moves
 * on when the test says so.
 *
 * A host that never answers is a listening socket whose queue is full: Linux
 * then drops further SYNs, as a firewall does.
 */
#include "../tap.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include "answer.h"
#include "base/buf.h"
#include "base/err.h"
#include "sys/clock.h"
#include "sys/dial-lookup.h"
#include "sys/pollset.h"
#include "sys/signals.h"

#define COUNT(a)   (sizeof(a) / sizeof(a)[0])
#define PATIENCE   20000 /* ms until a test is given up */
#define HOLE_DEPTH 4

/* When the test began; it stands still. */
static uint64_t start;

/* ---- the far end ---- */

/* A socket bound to a free port (port 0), which listens if backlog >= 0. */
static int bound(const char *address, unsigned *port, int backlog)
{
    struct sockaddr_in a = answer_v4(address, *port);
    socklen_t len = sizeof a;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd == -1 || bind(fd, (struct sockaddr *)&a, sizeof a) == -1 ||
        (backlog >= 0 && listen(fd, backlog) == -1) ||
        getsockname(fd, (struct sockaddr *)&a, &len) == -1) {
        printf("Bail out! no loopback socket: %s\n", strerror(errno));
        exit(99);
    }
    *port = ntohs(a.sin_port);
    return fd;
}

/* A port that is free at every address of loopback. */
static unsigned free_port(void)
{
    unsigned port = 0;

    close(bound("0.0.0.0", &port, -1));
    return port;
}

/* A listener that takes no more connections, and those that fill it. */
struct hole {
    int fd, fill[HOLE_DEPTH];
};

static struct hole make_hole(const char *address, unsigned *port)
{
    struct hole h = { .fd = bound(address, port, 0) };
    struct sockaddr_in a = answer_v4(address, *port);
    unsigned i;

    for (i = 0; i < HOLE_DEPTH; i++) {
        h.fill[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        (void)connect(h.fill[i], (struct sockaddr *)&a, sizeof a);
    }
    return h;
}

/* From now on it answers. */
static void open_hole(const struct hole *h)
{
    unsigned i;
    int fd;

    for (i = 0; i < HOLE_DEPTH; i++)
        close(h->fill[i]);
    fcntl(h->fd, F_SETFL, O_NONBLOCK);
    while ((fd = accept(h->fd, NULL, NULL)) != -1)
        close(fd);
}

static void close_hole(const struct hole *h)
{
    unsigned i;

    for (i = 0; i < HOLE_DEPTH; i++)
        close(h->fill[i]);
    close(h->fd);
}

/* ---- look-ups of the test's own; they run in the child ---- */

static int hang(const char *host, const char *service,
                const struct addrinfo *hints, struct addrinfo **out)
{
    (void)host;
    (void)service;
    (void)hints;
    (void)out;
    while (pause() == -1)
        ;
    return 0;
}

static int keyboard(const char *host, const char *service,
                    const struct addrinfo *hints, struct addrinfo **out)
{
    raise(SIGINT);
    raise(SIGQUIT);
    raise(SIGTSTP);
    return answer_it(host, service, hints, out);
}

static int die(const char *host, const char *service,
               const struct addrinfo *hints, struct addrinfo **out)
{
    (void)host;
    (void)service;
    (void)hints;
    (void)out;
    raise(SIGTERM);
    return 0;
}

/* ---- driving ---- */

static void wait_a_little(const struct dial *d)
{
    struct pollset set;

    pollset_clear(&set);
    dial_watch(d, &set);
    pollset_wait(&set, clock_ms() + 10);
}

/* Step at a standing now until it is done. */
static enum dial_state run(struct dial *d, uint64_t now, struct err *err)
{
    uint64_t end = clock_ms() + PATIENCE;
    enum dial_state state;

    err_clear(err);
    while ((state = dial_step(d, now, err)) == DIAL_WAIT && clock_ms() < end)
        wait_a_little(d);
    return state;
}

/* Step at a standing now until the progress shows text. */
static bool run_until(struct dial *d, uint64_t now, const char *text)
{
    uint64_t end = clock_ms() + PATIENCE;
    struct err err;

    while (strstr(dial_progress(d), text) == NULL && clock_ms() < end) {
        if (dial_step(d, now, &err) != DIAL_WAIT)
            return false;
        wait_a_little(d);
    }
    return strstr(dial_progress(d), text) != NULL;
}

/* dial_free() leaves no child, not even a dead one. */
static void check_no_child(const char *name)
{
    ok(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD,
       "no child is left: %s", name);
}

static bool has(const struct err *err, enum err_code code, const char *text,
                const char *name)
{
    bool pass = err->code == code && strstr(err->msg, text) != NULL;

    if (!ok(pass, "%s", name))
        diag("got %d: %s", (int)err->code, err->msg);
    return pass;
}

/* ---- one address ---- */

static int int_option(int fd, int level, int name)
{
    socklen_t len = sizeof(int);
    int value = -1;

    getsockopt(fd, level, name, &value, &len);
    return value;
}

static void test_numeric(void)
{
    unsigned port = 0;
    int far = bound("127.0.0.1", &port, 5), fd, peer;
    struct dial *d = dial_new_with("127.0.0.1", port, AF_UNSPEC, 0, hang);
    struct buf found = { 0 };
    struct err err;
    char c = 0;

    is_num(dial_found(d, &found), 1, "a numeric address is one address");
    is_str(buf_str(&found), "127.0.0.1", "... itself");
    buf_free(&found);
    is_num(run(d, start, &err), DIAL_CONNECTED, "a numeric address connects");
    check_no_child("a numeric address is not looked up");
    is_str(dial_address(d), "127.0.0.1", "its address");
    is_num(run(d, start, &err), DIAL_CONNECTED, "it stays connected");
    fd = dial_take_fd(d);
    dial_free(d);
    ok((fcntl(fd, F_GETFL) & O_NONBLOCK) != 0, "the socket is non-blocking");
    ok((fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0, "it is close-on-exec");
    ok(int_option(fd, IPPROTO_TCP, TCP_NODELAY) > 0, "it has TCP_NODELAY");
    ok(int_option(fd, SOL_SOCKET, SO_KEEPALIVE) > 0, "it has SO_KEEPALIVE");
    peer = accept(far, NULL, NULL);
    ok(write(peer, "x", 1) == 1, "the far end writes");
    while (read(fd, &c, 1) == -1 && errno == EAGAIN)
        ;
    is_num(c, 'x', "the socket outlives the dial");
    close(peer);
    close(fd);
    close(far);
}

static void test_name(void)
{
    unsigned port = 0;
    int far = bound("127.0.0.1", &port, 5);
    struct dial *d = dial_new("localhost", port, AF_INET, 0);
    struct err err;

    is_str(dial_progress(d), "looking up localhost", "it says what it does");
    is_num(dial_found(d, NULL), 0, "no address is known yet");
    if (!ok(run(d, start, &err) == DIAL_CONNECTED, "localhost connects"))
        diag("%s", err.msg);
    is_str(dial_address(d), "127.0.0.1", "its address");
    ok(strstr(dial_progress(d), "connecting to 127.0.0.1 port ") != NULL,
       "it said where it connects to");
    dial_free(d);
    check_no_child("a name that was found");
    close(far);
}

/* ::1 where there is IPv6; else the sentence says that there is none. */
static void test_v6(void)
{
    struct sockaddr_in6 a = { .sin6_family = AF_INET6,
                              .sin6_addr = IN6ADDR_LOOPBACK_INIT };
    socklen_t len = sizeof a;
    int far = socket(AF_INET6, SOCK_STREAM, 0);
    struct dial *d;
    struct err err;
    bool there;

    there = far != -1 && bind(far, (struct sockaddr *)&a, len) == 0 &&
            listen(far, 5) == 0 &&
            getsockname(far, (struct sockaddr *)&a, &len) == 0;
    d = dial_new("::1", there ? ntohs(a.sin6_port) : 9, AF_INET6, 0);
    is_num(run(d, start, &err), there ? DIAL_CONNECTED : DIAL_FAILED,
           there ? "::1 connects" : "without IPv6, ::1 fails");
    ok(there ? strcmp(dial_address(d), "::1") == 0
             : strstr(err.msg, "cannot connect to ::1 port 9") != NULL,
       "::1 is named");
    dial_free(d);
    if (far != -1)
        close(far);
}

static void test_refused(void)
{
    unsigned port = 0;
    int far = bound("127.0.0.1", &port, -1);
    struct dial *d = dial_new("127.0.0.1", port, AF_UNSPEC, 0);
    char target[64];
    struct err err;

    snprintf(target, sizeof target,
             "cannot connect to 127.0.0.1 port %u: connection refused; ", port);
    is_num(run(d, start, &err), DIAL_FAILED, "nobody listens");
    has(&err, ERR_NETWORK, target, "the sentence says what and where");
    has(&err, ERR_NETWORK, "still booting", "and what it may mean");
    is_num(run(d, start, &err), DIAL_FAILED, "it stays failed");
    dial_free(d);
    close(far);
}

/* What no look-up can find. */
static void test_spelling(void)
{
    static const struct {
        const char *host;
        int family;
        enum err_code code;
        const char *want;
    } cases[] = {
        { "::zz", AF_UNSPEC, ERR_NOT_FOUND, "::zz: not an IPv6 address" },
        { "fe80::1%nosuchif", AF_UNSPEC, ERR_NOT_FOUND,
          "the interface after a %" },
        { "127.0.0.1", AF_INET6, ERR_USAGE, "no IPv6 address, and -6" },
        { "::1", AF_INET, ERR_USAGE, "no IPv4 address, and -4" },
    };
    struct dial *d;
    struct err err;
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        d = dial_new_with(cases[i].host, 22, cases[i].family, 0, hang);
        ok(dial_wake(d) != 0 && dial_wake(d) <= clock_ms(),
           "%s: the fault is told at once", cases[i].host);
        is_num(run(d, start, &err), DIAL_FAILED, "it fails");
        has(&err, cases[i].code, cases[i].want, cases[i].want);
        dial_free(d);
        check_no_child(cases[i].host);
    }
}

/* ---- several addresses ---- */

static void test_next_at_once(void)
{
    unsigned port = free_port();
    int far = bound("127.0.0.1", &port, 5);
    struct dial *d;
    struct err err;

    answer_begin(0, 0);
    answer_add_v4("127.0.0.2", port); /* nobody listens there */
    answer_add_v4("127.0.0.3", port);
    answer_add_v4("127.0.0.1", port);
    d = dial_new_with("vm.test", port, AF_UNSPEC, 0, answer_it);
    is_num(run(d, start, &err), DIAL_CONNECTED,
           "after a refusal the next one starts in no time");
    is_str(dial_address(d), "127.0.0.1", "the third one won");
    dial_free(d);
    close(far);
}

static void test_next_by_timer(void)
{
    unsigned port = free_port();
    struct hole hole = make_hole("127.0.0.2", &port);
    int far = bound("127.0.0.1", &port, 5);
    struct dial *d;
    struct err err;
    unsigned i;

    answer_begin(0, 0);
    answer_add_v4("127.0.0.2", port);
    answer_add_v4("127.0.0.1", port);
    d = dial_new_with("vm.test", port, AF_UNSPEC, 0, answer_it);
    ok(run_until(d, start, "127.0.0.2"), "the first one is begun");
    is_num((long long)dial_wake(d), (long long)start + 250,
           "the second is due in 250 ms");
    for (i = 0; i < 5; i++) {
        wait_a_little(d);
        (void)dial_step(d, start + 249, &err);
    }
    ok(strstr(dial_progress(d), "127.0.0.2") != NULL, "and not before");
    is_num(run(d, start + 250, &err), DIAL_CONNECTED, "then it connects");
    is_str(dial_address(d), "127.0.0.1", "the second one won");
    dial_free(d);
    close(far);
    close_hole(&hole);
}

/* The first attempt goes on beside the second, and may still win. */
static void test_parallel(void)
{
    unsigned port = free_port();
    struct hole first = make_hole("127.0.0.1", &port);
    struct hole second = make_hole("127.0.0.2", &port);
    struct pollset set;
    struct dial *d;
    struct err err;

    answer_begin(0, 0);
    answer_add_v4("127.0.0.1", port);
    answer_add_v4("127.0.0.2", port);
    d = dial_new_with("vm.test", port, AF_UNSPEC, 0, answer_it);
    ok(run_until(d, start, "127.0.0.1") &&
           run_until(d, start + 250, "127.0.0.2"),
       "both are begun");
    pollset_clear(&set);
    dial_watch(d, &set);
    is_num(set.len, 2, "both are waited for");
    is_num((long long)dial_wake(d), 0, "no timer is needed any more");
    open_hole(&first);
    is_num(run(d, start + 250, &err), DIAL_CONNECTED, "one of them answers");
    is_str(dial_address(d), "127.0.0.1", "the first one, late, wins");
    dial_free(d);
    close(first.fd);
    close_hole(&second);
}

static void test_all_fail(void)
{
    unsigned port = free_port();
    struct hole hole = make_hole("127.0.0.2", &port);
    uint64_t deadline = clock_ms() + 20000;
    struct dial *d;
    struct err err;

    answer_begin(0, 0);
    answer_add_v4("127.0.0.2", port);
    answer_add_v4("127.0.0.3", port);
    d = dial_new_with("vm.test", port, AF_UNSPEC, deadline, answer_it);
    ok(run_until(d, start, "127.0.0.2") &&
           run_until(d, start + 250, "127.0.0.3"),
       "two addresses, one silent and one that refuses");
    is_num(dial_step(d, start + 250, &err), DIAL_WAIT,
           "the silent one may come");
    is_num((long long)dial_wake(d), (long long)deadline,
           "the deadline is waited for");
    is_num(dial_step(d, deadline, &err), DIAL_FAILED,
           "at the deadline it fails");
    has(&err, ERR_NETWORK, "vm.test (127.0.0.3) port ",
        "the one that answered is named");
    has(&err, ERR_NETWORK, "connection refused; ", "with its reason");
    has(&err, ERR_NETWORK, "(1 more address failed too)", "and the other");
    dial_free(d);
    close_hole(&hole);
}

/* ---- deadlines and cancelling ---- */

static void test_deadline(void)
{
    unsigned port = 0;
    struct hole hole = make_hole("127.0.0.1", &port);
    uint64_t deadline = clock_ms() + 20000;
    struct dial *d = dial_new("127.0.0.1", port, AF_UNSPEC, deadline);
    struct err err;

    ok(run_until(d, start, "127.0.0.1"), "a silent host");
    is_num(dial_step(d, deadline - 1, &err), DIAL_WAIT, "just before");
    is_num(dial_step(d, deadline, &err), DIAL_FAILED, "at the deadline");
    has(&err, ERR_TIMEOUT, "no answer within 20 s; usually a firewall",
        "the sentence says how long and why");
    dial_free(d);
    close_hole(&hole);
}

static void test_lookup_hangs(void)
{
    uint64_t deadline = clock_ms() + 20000;
    struct dial *d = dial_new_with("vm.test", 22, AF_UNSPEC, deadline, hang);
    struct err err;

    is_num(dial_step(d, start, &err), DIAL_WAIT, "a look-up without an end");
    is_num((long long)dial_wake(d), (long long)deadline, "until the deadline");
    is_num(dial_step(d, deadline, &err), DIAL_FAILED, "which ends it");
    has(&err, ERR_TIMEOUT,
        "vm.test: the name look-up got no answer within 20 s",
        "with a sentence");
    dial_free(d);
    check_no_child("a look-up that ran out of time");
    d = dial_new_with("vm.test", 22, AF_UNSPEC, 0, hang);
    is_num(dial_step(d, start, &err), DIAL_WAIT, "another one");
    dial_free(d);
    check_no_child("a look-up that was cancelled");
}

/* ---- what look-ups say ---- */

static void test_lookup_faults(void)
{
    static const struct {
        int status, error, family;
        enum err_code code;
        const char *want;
    } cases[] = {
        { EAI_NONAME, 0, AF_UNSPEC, ERR_NOT_FOUND,
          "vm.test: no such host name; check the spelling" },
        { EAI_NONAME, 0, AF_INET6, ERR_NOT_FOUND,
          "it has no IPv6 address; check the spelling, or try it without -6" },
        { EAI_NODATA, 0, AF_UNSPEC, ERR_NOT_FOUND, "has no address" },
        { EAI_ADDRFAMILY, 0, AF_INET, ERR_NOT_FOUND, "without -4" },
        { EAI_AGAIN, 0, AF_UNSPEC, ERR_NETWORK, "is this computer online?" },
        { EAI_FAIL, 0, AF_UNSPEC, ERR_NETWORK, "the name server failed" },
        { EAI_SYSTEM, ENFILE, AF_UNSPEC, ERR_NETWORK,
          "look-up failed: Too many open files in system" },
        { EAI_MEMORY, 0, AF_UNSPEC, ERR_NETWORK, "look-up failed: Memory" },
        { 0, 0, AF_UNSPEC, ERR_NOT_FOUND, "no such host name" },
    };
    struct dial *d;
    struct err err;
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        answer_begin(cases[i].status, cases[i].error);
        d = dial_new_with("vm.test", 22, cases[i].family, 0, answer_it);
        is_num(run(d, start, &err), DIAL_FAILED, "the look-up fails");
        has(&err, cases[i].code, cases[i].want, cases[i].want);
        dial_free(d);
    }
}

/* A child that a signal kills; and the signal stays the child's. */
static void test_lookup_dies(void)
{
    struct dial *d;
    struct err err;
    int sig, other = 0;

    signals_start();
    d = dial_new_with("vm.test", 22, AF_UNSPEC, 0, die);
    is_num(run(d, start, &err), DIAL_FAILED, "the child was killed");
    has(&err, ERR_NETWORK, "look-up failed: its process was killed",
        "and it shows");
    dial_free(d);
    answer_begin(EAI_AGAIN, 0);
    d = dial_new_with("vm.test", 22, AF_UNSPEC, 0, keyboard);
    is_num(run(d, start, &err), DIAL_FAILED, "Ctrl-C is the parent's business");
    has(&err, ERR_NETWORK, "cannot be looked up now", "the child goes on");
    dial_free(d);
    while ((sig = signals_take()) != 0)
        other = sig != SIGCHLD ? sig : other;
    is_num(other, 0, "its signals do not reach our pipe");
    signals_stop();
}

static void test_no_descriptors(void)
{
    struct rlimit old, none;
    struct dial *d;
    struct err err;
    int free_fd = dup(0);

    close(free_fd);
    getrlimit(RLIMIT_NOFILE, &old);
    none = old;
    none.rlim_cur = (rlim_t)free_fd;
    setrlimit(RLIMIT_NOFILE, &none);
    d = dial_new_with("vm.test", 22, AF_UNSPEC, 0, hang);
    setrlimit(RLIMIT_NOFILE, &old);
    ok(dial_wake(d) != 0, "no descriptors: a fault that is told at once");
    is_num(run(d, start, &err), DIAL_FAILED, "it fails");
    has(&err, ERR_NETWORK, "look-up failed: Too many open files", "and why");
    dial_free(d);
}

int main(void)
{
    start = clock_ms();
    test_numeric();
    test_name();
    test_v6();
    test_refused();
    test_spelling();
    test_next_at_once();
    test_next_by_timer();
    test_parallel();
    test_all_fail();
    test_deadline();
    test_lookup_hangs();
    test_lookup_faults();
    test_lookup_dies();
    test_no_descriptors();
    return tap_done();
}
