/*
 * ssh-client - a session without a screen, for the tests of this room.
 *
 *   ssh-client [options] PORT USER [COMMAND]
 *     -k KEY       offer this key (unencrypted), in order; repeatable
 *     -e NAME=V    environment; repeatable
 *     -t COLSxROWS with a terminal
 *     -H TYPE      known host key type; repeatable
 *     -d MS        time for the key exchange
 *     -a SECONDS   keepalive interval
 *     -N -z -c     no command; compression; AES-CTR first
 *     -n           send no input; its end at once
 *     -r -x        refuse the host key; refuse to sign
 *     -w           offer no key before the server has listed its methods
 *     -m METHODS   the ways to log in; keys only if not given
 *     -p ANSWER    to the prompts, in order, the last one again; repeatable
 *     -s BYTES     read at most so many bytes at once
 *     -E FD        tell events there, a line each
 *     -O FD        take orders from there, a line each: "resize 100 40",
 *                  "signal TERM", "exec COMMAND", "drop",
 *                  "skip MS", "quit"
 *
 * Standard streams are the channel's.  Exits with the remote status, 200 for
 * a signal, 201 for an unknown status, 202 when refused or told to quit, 255
 * on failure.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"
#include "base/mem.h"
#include "signer.h"
#include "ssh/session.h"

enum { LIST = 64 };

static int events_fd = -1, orders_fd = -1;

struct client {
    struct ssh_params params;
    struct ssh_pty pty;
    const char *keys[LIST], *env[LIST], *types[LIST], *answers[LIST];
    const char *methods;
    size_t keys_len, next_key, answers_len, next_answer;
    bool refuse_host, refuse_signature, input_ended, ended[2], waits;
    size_t read_size;
    struct signer *key;
    struct ssh_session *session;
    struct buf pending; /* input the session has not taken */
    enum ssh_exec_state exec;
};

static uint64_t skipped; /* ms that are said to have passed */

static uint64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return skipped + (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static void event(const char *fmt, ...) ATTR_PRINTF(1, 2);
static void event(const char *fmt, ...)
{
    va_list ap;

    if (events_fd == -1)
        return;
    va_start(ap, fmt);
    vdprintf(events_fd, fmt, ap);
    va_end(ap);
    dprintf(events_fd, "\n");
}

static void failed(const struct err *err)
{
    const char *code = err->code == ERR_NETWORK    ? "network"
                       : err->code == ERR_TIMEOUT  ? "timeout"
                       : err->code == ERR_PROTOCOL ? "protocol"
                       : err->code == ERR_AUTH     ? "auth"
                                                   : "other";

    event("failed %s %s", code, err->msg);
}

static void write_all(int fd, const char *p, size_t n)
{
    while (n != 0) {
        ssize_t put = write(fd, p, n);

        if (put == -1 && errno != EINTR)
            exit(98);
        p += put > 0 ? put : 0;
        n -= put > 0 ? (size_t)put : 0;
    }
}

static int connect_to(const char *port)
{
    struct sockaddr_in a = { .sin_family = AF_INET };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    a.sin_port = htons((uint16_t)atoi(port));
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, (struct sockaddr *)&a, sizeof a) == -1) {
        perror("connect");
        exit(97);
    }
    fcntl(fd, F_SETFL, O_NONBLOCK);
    return fd;
}

/* ---- the user ---- */

static void judge_host(struct client *c)
{
    struct ssh_facts f = ssh_session_facts(c->session);

    event("host-key %s %s %s %s", f.host_key, f.kex, f.cipher, f.mac);
    event("ident %s", ssh_session_ident(c->session));
    if (c->refuse_host)
        exit(202);
    if (c->methods != NULL)
        ssh_session_set_methods(c->session, c->methods, 3);
    ssh_session_accept_host_key(c->session);
}

static const char *next_answer(struct client *c)
{
    if (c->answers_len == 0)
        exit(96);
    if (c->next_answer < c->answers_len - 1)
        return c->answers[c->next_answer++];
    return c->answers[c->answers_len - 1];
}

static void answer_prompts(struct client *c)
{
    const struct ssh_prompts *p = ssh_session_prompts(c->session);
    struct secret *answers[SSH_PROMPTS_MAX];
    size_t n = p->n, i;

    event("ask kind=%d n=%zu refused=%u", (int)p->kind, p->n, p->refused);
    for (i = 0; i < n; i++) {
        const char *answer = next_answer(c);

        event("prompt echo=%d %.*s", p->prompt[i].echo, (int)p->prompt[i].len,
              p->prompt[i].text);
        answers[i] = secret_from(answer, strlen(answer));
    }
    ssh_session_answer_prompts(c->session, answers, n);
    for (i = 0; i < n; i++)
        secret_free(answers[i]);
}

static void give_key(struct client *c)
{
    const struct buf *blob;

    if (c->next_key == c->keys_len) {
        event("no-more-keys");
        ssh_session_no_more_keys(c->session);
        return;
    }
    if (c->key != NULL)
        signer_free(c->key);
    c->key = signer_load(c->keys[c->next_key++]);
    blob = signer_blob(c->key);
    event("offer %zu", c->next_key);
    ssh_session_offer_key(c->session, blob->data, blob->len);
}

static void sign(struct client *c)
{
    const char *algorithm;
    size_t len;
    const uint8_t *data = ssh_session_to_sign(c->session, &len, &algorithm);
    struct buf sig = { 0 };

    event("sign %s", algorithm);
    if (c->refuse_signature || !signer_sign(c->key, algorithm, data, len, &sig))
        ssh_session_refuse_signature(c->session);
    else
        ssh_session_give_signature(c->session, sig.data, sig.len);
    buf_free(&sig);
}

/* ---- the streams ---- */

static void carry_out(struct client *c)
{
    static const int fds[] = { STDOUT_FILENO, STDERR_FILENO };
    static char data[65536];
    int stream;

    for (stream = 0; stream < 2; stream++) {
        long got = ssh_session_read(c->session, (enum ssh_stream)stream, data,
                                    c->read_size);

        if (got > 0)
            write_all(fds[stream], data, (size_t)got);
        if (got == -1)
            c->ended[stream] = true;
    }
}

static void carry_in(struct client *c)
{
    ssize_t got;
    size_t taken;

    if (c->pending.len == 0 && !c->input_ended) {
        got = read(STDIN_FILENO, buf_reserve(&c->pending, 65536), 65536);
        if (got > 0)
            buf_commit(&c->pending, (size_t)got);
        if (got == 0)
            c->input_ended = true;
    }
    do {
        taken = ssh_session_write(c->session, c->pending.data, c->pending.len);
        buf_consume(&c->pending, taken);
    } while (taken != 0 && c->pending.len != 0);
    if (c->pending.len == 0 && c->input_ended)
        ssh_session_send_eof(c->session);
}

static void obey_line(struct client *c, const char *line)
{
    char name[64];
    unsigned cols, rows;

    if (sscanf(line, "resize %u %u", &cols, &rows) == 2) {
        ssh_session_resize(c->session, cols, rows);
        event("resized %u %u", cols, rows);
    } else if (sscanf(line, "signal %63s", name) == 1)
        ssh_session_signal(c->session, name);
    else if (strncmp(line, "exec ", 5) == 0) {
        if (ssh_session_exec_state(c->session) != SSH_EXEC_RUNS)
            ssh_session_exec_drop(c->session); /* its output was told */
        event("exec %s",
              ssh_session_exec(c->session, line + 5) ? "begun" : "refused");
    } else if (strncmp(line, "skip ", 5) == 0)
        skipped += strtoul(line + 5, NULL, 10);
    else if (strncmp(line, "drop", 4) == 0)
        ssh_session_exec_drop(c->session);
    else if (strncmp(line, "quit", 4) == 0) {
        ssh_session_free(c->session);
        event("freed");
        exit(202);
    }
}

/* Several may have come since the last look. */
static void obey(struct client *c)
{
    char text[4096], *line;
    ssize_t got = read(orders_fd, text, sizeof text - 1);

    if (got <= 0) {
        orders_fd = -1;
        return;
    }
    text[got] = '\0';
    for (line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n"))
        obey_line(c, line);
}

/* ---- the loop ---- */

static int timeout_of(const struct client *c)
{
    uint64_t wake = ssh_session_wake(c->session), now = now_ms();

    if (ssh_session_busy(c->session) ||
        (c->pending.len != 0 && ssh_session_writable(c->session)))
        return 0;
    if (wake == 0)
        return -1;
    return wake <= now ? 0 : (int)(wake - now);
}

static void wait_for_something(struct client *c, bool open)
{
    struct pollfd p[3] = { { .fd = -1 }, { .fd = -1 }, { .fd = -1 } };

    p[0].events = ssh_session_events(c->session);
    if (p[0].events != 0)
        p[0].fd = ssh_session_fd(c->session);
    if (open && !c->input_ended && c->pending.len == 0 &&
        ssh_session_writable(c->session)) {
        p[1].fd = STDIN_FILENO;
        p[1].events = POLLIN;
    }
    p[2].fd = orders_fd;
    p[2].events = POLLIN;
    if (poll(p, 3, timeout_of(c)) == -1)
        return;
    if (p[1].revents != 0 || (open && (c->pending.len != 0 || c->input_ended)))
        carry_in(c);
    if (p[2].revents != 0)
        obey(c);
}

static void tell_exec(struct client *c)
{
    static const char *const names[] = { "none", "runs", "done", "failed" };
    const struct buf *output = ssh_session_exec_output(c->session);
    enum ssh_exec_state state = ssh_session_exec_state(c->session);

    if (state != c->exec)
        event("exec %s %zu %.*s", names[state], output->len,
              output->len < 40 ? (int)output->len : 40,
              output->data != NULL ? (const char *)output->data : "");
    c->exec = state;
}

static int finish(struct client *c)
{
    struct ssh_exit e = ssh_session_exit(c->session);

    event("done known=%d status=%d signal=%s", e.known, e.status, e.signal);
    if (e.signal[0] != '\0')
        return 200;
    return e.known ? e.status : 201;
}

static int run(struct client *c)
{
    bool was_open = false;
    const char *methods;
    struct err err;

    for (;;) {
        enum ssh_want want = ssh_session_step(c->session, now_ms(), &err);
        bool open = want == SSH_OPEN;

        tell_exec(c);
        switch (want) {
        case SSH_WAIT: break;
        case SSH_ASK_HOST_KEY: judge_host(c); continue;
        case SSH_ASK_KEY:
            if (c->waits && ssh_session_methods(c->session) == NULL)
                break;
            give_key(c);
            continue;
        case SSH_ASK_SIGNATURE: sign(c); continue;
        case SSH_ASK_PROMPTS: answer_prompts(c); continue;
        case SSH_OPEN:
            if (!was_open)
                event("open pty_refused=%d",
                      ssh_session_facts(c->session).pty_refused);
            was_open = true;
            carry_out(c);
            break;
        case SSH_DONE: return finish(c);
        case SSH_FAILED:
            failed(&err);
            methods = ssh_session_methods(c->session);
            event("methods %s", methods != NULL ? methods : "");
            if (ssh_session_fault(c->session) == SSH_FAULT_SILENT)
                event("silent");
            return 255;
        }
        wait_for_something(c, open);
    }
}

static void parse(struct client *c, int argc, char **argv)
{
    int opt;

    c->read_size = 65536;
    c->params.env = c->env;
    c->params.host_key_types = c->types;
    c->params.alive_count = 3;
    c->params.deadline = now_ms() + 20000;
    while ((opt = getopt(argc, argv, "k:e:t:H:d:a:s:m:p:E:O:Nzcnrxw")) != -1)
        switch (opt) {
        case 'k': c->keys[c->keys_len++ % LIST] = optarg; break;
        case 'e': c->env[c->params.envs++ % LIST] = optarg; break;
        case 't':
            sscanf(optarg, "%ux%u", &c->pty.cols, &c->pty.rows);
            c->pty.term = "xterm-256color";
            c->params.pty = &c->pty;
            break;
        case 'H':
            c->types[c->params.host_key_types_len++ % LIST] = optarg;
            break;
        case 'd': c->params.deadline = now_ms() + (uint64_t)atoi(optarg); break;
        case 'a': c->params.alive_interval = (unsigned)atoi(optarg); break;
        case 'm': c->methods = optarg; break;
        case 'p': c->answers[c->answers_len++ % LIST] = optarg; break;
        case 's': c->read_size = (size_t)atoi(optarg); break;
        case 'E': events_fd = atoi(optarg); break;
        case 'O': orders_fd = atoi(optarg); break;
        case 'N': c->params.no_command = true; break;
        case 'z': c->params.compression = true; break;
        case 'c': c->params.ctr_first = true; break;
        case 'n': c->input_ended = true; break;
        case 'r': c->refuse_host = true; break;
        case 'x': c->refuse_signature = true; break;
        case 'w': c->waits = true; break;
        default: exit(96);
        }
    if (argc - optind < 2)
        exit(96);
    c->params.user = argv[optind + 1];
    c->params.command = argv[optind + 2];
}

int main(int argc, char **argv)
{
    static struct client c;
    struct err err;
    int status;

    parse(&c, argc, argv);
    c.session = ssh_session_new(connect_to(argv[optind]), &c.params, &err);
    if (c.session == NULL) {
        failed(&err);
        return 255;
    }
    status = run(&c);
    if (ssh_session_banner(c.session) != NULL)
        event("banner %s", ssh_session_banner(c.session));
    ssh_session_free(c.session);
    if (c.key != NULL)
        signer_free(c.key);
    buf_free(&c.pending);
    return status;
}
