#include "ssh/session.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "ssh/internal.h"
#include "base/mem.h"
#include "base/text.h"
#include "ssh/algorithms.h"
#include "ssh/aside.h"
#include "ssh/handshake.h"

enum {
    TURN_BYTES = 1 << 18,   /* read from the socket in one turn */
    ANSWER_BYTES = 1 << 18, /* what a peer may say while a question is open */
    PTY_MAX = 256,          /* a terminal's name and modes, in libssh2 */
    COMMAND_MAX = 34000,    /* bytes; libssh2 sends no packet over 34744 */
    CLOCK_LOOK = 5000,      /* ms */
    FREE_TRIES = 100        /* bounds the calls that free libssh2's part */
};

/* ---- the callbacks: libssh2's only ways to memory, socket and us ---- */

static LIBSSH2_ALLOC_FUNC(on_alloc)
{
    struct ssh_session *s = *abstract;

    return ssh_alloc_get(&s->alloc, count);
}

static LIBSSH2_REALLOC_FUNC(on_realloc)
{
    struct ssh_session *s = *abstract;

    return ssh_alloc_resize(&s->alloc, ptr, count);
}

static LIBSSH2_FREE_FUNC(on_free)
{
    struct ssh_session *s = *abstract;

    if (ptr != NULL && s->stage < STAGE_OPEN_CHANNEL)
        ssh_overhear(&s->heard, ptr, ssh_alloc_size(ptr));
    ssh_alloc_release(&s->alloc, ptr);
}

static LIBSSH2_SEND_FUNC(on_send)
{
    struct ssh_session *s = *abstract;

    return ssh_transport_send(&s->tp, socket, buffer, length, flags);
}

static LIBSSH2_RECV_FUNC(on_recv)
{
    struct ssh_session *s = *abstract;

    return ssh_transport_recv(&s->tp, socket, buffer, length, flags);
}

static LIBSSH2_DISCONNECT_FUNC(on_disconnect)
{
    struct ssh_session *s = *abstract;
    struct buf clean = { 0 };

    (void)session;
    (void)reason;
    (void)language;
    (void)language_len;
    if (s->disconnect != NULL)
        return;
    if (message != NULL && message_len > 0)
        text_clean(&clean, message, (size_t)message_len, false);
    s->disconnect = buf_take_str(&clean);
}

/* ---- failing ---- */

static enum ssh_fault fault_in(enum ssh_stage stage)
{
    switch (stage) {
    case STAGE_HANDSHAKE: return SSH_FAULT_KEX;
    case STAGE_OPEN_CHANNEL:
    case STAGE_REQUESTS: return SSH_FAULT_START;
    default: break;
    }
    return stage < STAGE_OPEN_CHANNEL ? SSH_FAULT_LOGIN : SSH_FAULT_OTHER;
}

enum ssh_want ssh_fail(struct ssh_session *s, enum err_code code,
                       const char *fmt, ...)
{
    char sentence[sizeof s->why.msg];
    va_list ap;

    va_start(ap, fmt);
    (void)vsnprintf(sentence, sizeof sentence, fmt, ap);
    va_end(ap);
    err_set(&s->why, code, "%s", sentence);
    if (s->fault == SSH_FAULT_OTHER)
        s->fault = fault_in(s->stage);
    s->stage = STAGE_FAILED;
    return SSH_FAILED;
}

/* ", last heard from 12 s ago", when that says something. */
static void put_since(const struct ssh_session *s, char *out, size_t size)
{
    uint64_t silent = (s->tp.now - s->tp.last_received) / 1000;

    out[0] = '\0';
    if (s->tp.last_received != 0 && silent > 1)
        (void)snprintf(out, size, "; it was last heard from %llu s ago",
                       (unsigned long long)silent);
}

/* Its last words, on one line. */
static char *put_together(const struct buf *words)
{
    struct buf line = { 0 };
    char *clean;

    text_one_line(&line, words->data, words->len);
    while (line.len != 0 && line.data[line.len - 1] == ' ')
        line.len--;
    clean = text_cleaned(buf_str(&line));
    buf_free(&line);
    return clean;
}

static enum ssh_want closed(struct ssh_session *s, const char *doing)
{
    char *words, since[64];

    ssh_last_words(s);
    words = put_together(&s->last_words);
    put_since(s, since, sizeof since);
    if (words[0] != '\0') {
        s->fault = SSH_FAULT_TOLD;
        ssh_fail(s, ERR_NETWORK,
                 "the server closed the connection %s, and said: %s", doing,
                 words);
    } else {
        ssh_fail(s, ERR_NETWORK, "the server closed the connection %s%s", doing,
                 since);
    }
    mem_free(words);
    return SSH_FAILED;
}

enum ssh_want ssh_lost(struct ssh_session *s, const char *doing)
{
    int error = s->tp.error != 0 ? s->tp.error : s->tp.write_error;
    char since[64];

    if (s->stage >= STAGE_OPEN && error == 0)
        s->fault = SSH_FAULT_CLOSED;
    if (s->disconnect != NULL && s->disconnect[0] != '\0')
        return ssh_fail(s, ERR_NETWORK, "the server said goodbye %s: %s", doing,
                        s->disconnect);
    if (error == 0)
        return closed(s, doing);
    put_since(s, since, sizeof since);
    return ssh_fail(s, error == ETIMEDOUT ? ERR_TIMEOUT : ERR_NETWORK,
                    "the connection broke %s: %s%s", doing, strerror(error),
                    since);
}

enum ssh_want ssh_broken(struct ssh_session *s, int code, const char *doing)
{
    char *text = NULL;
    char *clean;

    if (s->disconnect != NULL || ssh_transport_ended(&s->tp))
        return ssh_lost(s, doing);
    if (code == LIBSSH2_ERROR_TIMEOUT)
        return ssh_fail(s, ERR_TIMEOUT, "the server stopped answering %s",
                        doing);
    libssh2_session_last_error(s->lib, &text, NULL, 0);
    clean = text_cleaned(text != NULL ? text : "");
    ssh_fail(s, ERR_PROTOCOL, "the SSH protocol was violated %s: %s (%d)",
             doing, clean, code);
    mem_free(clean);
    return SSH_FAILED;
}

enum ssh_want ssh_ask(struct ssh_session *s, enum ssh_want question)
{
    ssh_transport_fill(&s->tp);
    if (s->tp.closed || s->tp.error != 0)
        return ssh_lost(s, "while it waited for the login");
    if (s->tp.in.len > ANSWER_BYTES)
        return ssh_fail(s, ERR_PROTOCOL,
                        "the server sends data before the login");
    return question;
}

/* ---- beginning and end ---- */

static void copy_env(struct ssh_session *s, const struct ssh_params *p)
{
    size_t i;

    s->env = mem_array(p->envs, sizeof *s->env);
    for (i = 0; i < p->envs; i++)
        if (strchr(p->env[i], '=') != NULL)
            s->env[s->envs++] = mem_strdup(p->env[i]);
}

static void copy_pty(struct ssh_session *s, const struct ssh_pty *pty)
{
    static const uint8_t no_modes[] = { 0 }; /* TTY_OP_END */

    s->has_pty = true;
    s->term = mem_strdup(pty->term);
    s->cols = pty->cols;
    s->rows = pty->rows;
    /* What is too long for libssh2 would end the connection. */
    if (pty->modes_len != 0 && pty->modes_len + strlen(pty->term) <= PTY_MAX)
        buf_put(&s->modes, pty->modes, pty->modes_len);
    else
        buf_put(&s->modes, no_modes, sizeof no_modes);
}

static void copy_params(struct ssh_session *s, const struct ssh_params *p)
{
    ssh_session_set_user(s, p->user);
    s->command = p->command != NULL ? mem_strdup(p->command) : NULL;
    s->no_command = p->no_command;
    s->ctr_first = p->ctr_first;
    s->compression_open = p->compression;
    s->alive_interval = p->alive_interval;
    s->alive_count = p->alive_count;
    s->deadline = p->deadline;
    ssh_session_set_methods(s, "publickey", 1);
    copy_env(s, p);
    if (p->pty != NULL)
        copy_pty(s, p->pty);
}

static void set_callbacks(struct ssh_session *s)
{
    libssh2_session_callback_set2(s->lib, LIBSSH2_CALLBACK_SEND,
                                  (libssh2_cb_generic *)on_send);
    libssh2_session_callback_set2(s->lib, LIBSSH2_CALLBACK_RECV,
                                  (libssh2_cb_generic *)on_recv);
    libssh2_session_callback_set2(s->lib, LIBSSH2_CALLBACK_DISCONNECT,
                                  (libssh2_cb_generic *)on_disconnect);
    libssh2_session_set_blocking(s->lib, 0);
}

struct ssh_session *ssh_session_new(int fd, const struct ssh_params *params,
                                    struct err *err)
{
    struct ssh_session *s = mem_alloc(sizeof *s);
    size_t command = params->command != NULL ? strlen(params->command) : 0;

    ssh_transport_init(&s->tp, fd);
    ssh_transport_keep_alive(&s->tp, params->alive_interval,
                             params->alive_count);
    copy_params(s, params);
    if (command > COMMAND_MAX) {
        err_set(err, ERR_LIMIT,
                "the command is %zu bytes long, and at most %d can be sent; "
                "send a script to the standard input of sh -s",
                command, COMMAND_MAX);
        ssh_session_free(s);
        return NULL;
    }
    if (libssh2_init(0) == 0)
        s->lib = libssh2_session_init_ex(on_alloc, on_free, on_realloc, s);
    if (s->lib == NULL) {
        err_set(err, ERR_SYSTEM, "libssh2 cannot start");
        ssh_session_free(s);
        return NULL;
    }
    set_callbacks(s);
    if (!ssh_handshake_prepare(s, params, err)) {
        ssh_session_free(s);
        return NULL;
    }
    return s;
}

void ssh_say_goodbye(struct ssh_session *s)
{
    if (!ssh_transport_ended(&s->tp))
        libssh2_session_disconnect_ex(s->lib, SSH_DISCONNECT_BY_APPLICATION,
                                      "disconnected by user", "");
}

/*
 * The goodbye goes out if the socket takes it at once.  After that the
 * transport is dead, so every call returns at once; what libssh2 still does
 * not release goes with the allocator.
 */
static void free_lib(struct ssh_session *s)
{
    int tries = 0;

    if (s->lib == NULL)
        return;
    s->tp.hold = true;
    if (s->stage > STAGE_HANDSHAKE) {
        ssh_say_goodbye(s);
        ssh_transport_flush(&s->tp);
    }
    s->tp.dead = true;
    while (libssh2_session_free(s->lib) == LIBSSH2_ERROR_EAGAIN &&
           ++tries < FREE_TRIES)
        ;
    s->lib = NULL;
}

void ssh_session_free(struct ssh_session *s)
{
    size_t i;

    if (s == NULL)
        return;
    ssh_aside_free(s->aside);
    free_lib(s);
    ssh_exec_free(s);
    ssh_alloc_release_all(&s->alloc);
    ssh_transport_free(&s->tp);
    for (i = 0; i < s->envs; i++)
        mem_free(s->env[i]);
    mem_free(s->env);
    mem_free(s->user);
    mem_free(s->command);
    mem_free(s->term);
    mem_free(s->ident);
    mem_free(s->disconnect);
    mem_free(s->methods);
    mem_free(s->algorithm);
    mem_free(s->rsa_signatures);
    ssh_overheard_free(&s->heard);
    buf_free(&s->last_words);
    buf_free(&s->refused_rsa);
    buf_free(&s->modes);
    buf_free(&s->host_key);
    buf_free(&s->blob);
    buf_free(&s->to_sign);
    buf_free(&s->signature);
    buf_free(&s->chunk);
    buf_free(&s->first);
    mem_free(s);
}

/* ---- the machine ---- */

static enum ssh_want stage_done(struct ssh_session *s)
{
    (void)s;
    return SSH_DONE;
}

static enum ssh_want stage_failed(struct ssh_session *s)
{
    (void)s;
    return SSH_FAILED;
}

static enum ssh_want (*const stages[STAGES])(struct ssh_session *s) = {
    [STAGE_HANDSHAKE] = ssh_stage_handshake,
    [STAGE_HOST_KEY] = ssh_stage_host_key,
    [STAGE_KEY] = ssh_stage_key,
    [STAGE_OFFER] = ssh_stage_offer,
    [STAGE_SIGNATURE] = ssh_stage_signature,
    [STAGE_RECHECK] = ssh_stage_recheck,
    [STAGE_CHOOSE] = ssh_stage_choose,
    [STAGE_ATTEMPT] = ssh_stage_attempt,
    [STAGE_PROMPTS] = ssh_stage_prompts,
    [STAGE_OPEN_CHANNEL] = ssh_stage_open_channel,
    [STAGE_REQUESTS] = ssh_stage_requests,
    [STAGE_OPEN] = ssh_stage_open,
    [STAGE_DONE] = stage_done,
    [STAGE_FAILED] = stage_failed,
};

enum ssh_want ssh_session_step(struct ssh_session *s, uint64_t now,
                               struct err *err)
{
    enum ssh_stage before;
    enum ssh_want want;

    ssh_transport_begin_turn(&s->tp, now, TURN_BYTES);
    do {
        before = s->stage;
        want = stages[before](s);
    } while (s->stage != before);
    if (s->stage == STAGE_HANDSHAKE && s->deadline != 0 && now >= s->deadline)
        want = ssh_handshake_too_slow(s);
    ssh_transport_flush(&s->tp);
    if (want == SSH_FAILED)
        *err = s->why;
    return want;
}

/* ---- for the loop ---- */

int ssh_session_fd(const struct ssh_session *s)
{
    return s->tp.closed || s->tp.error != 0 ? -1 : s->tp.fd;
}

bool ssh_session_wants_write(const struct ssh_session *s)
{
    return s->tp.out.len != 0;
}

uint64_t ssh_session_wake(const struct ssh_session *s)
{
    switch (s->stage) {
    case STAGE_HANDSHAKE: return s->deadline;
    case STAGE_OPEN: return ssh_channel_wake(s);
    case STAGE_OFFER:
    case STAGE_RECHECK:
    case STAGE_CHOOSE:
    case STAGE_ATTEMPT:
    case STAGE_OPEN_CHANNEL:
    case STAGE_REQUESTS:
        /* libssh2 looks at its own clock only when it is called. */
        return s->tp.now + CLOCK_LOOK;
    default: return 0;
    }
}

/* ---- the host ---- */

const uint8_t *ssh_session_host_key(const struct ssh_session *s, size_t *len)
{
    *len = s->host_key.len;
    return s->host_key.data;
}

const char *ssh_session_ident(const struct ssh_session *s)
{
    return s->ident != NULL ? s->ident : "";
}

void ssh_session_set_user(struct ssh_session *s, const char *user)
{
    mem_free(s->user);
    s->user = user != NULL ? mem_strdup(user) : NULL;
}

void ssh_session_accept_host_key(struct ssh_session *s)
{
    assert(s->user != NULL);
    if (s->stage != STAGE_HOST_KEY)
        return;
    /* Keys need not wait for the list of methods. */
    s->stage = s->order_len != 0 && s->order[0] == METHOD_KEY ? STAGE_KEY
                                                              : STAGE_CHOOSE;
}

/* ---- facts ---- */

static const char *negotiated(const struct ssh_session *s, int method)
{
    const char *name = NULL;

    if (s->stage > STAGE_HANDSHAKE)
        name = libssh2_session_methods(s->lib, method);
    return name != NULL ? name : ""; /* also during a rekey */
}

struct ssh_facts ssh_session_facts(const struct ssh_session *s)
{
    struct ssh_facts f = {
        .kex = negotiated(s, LIBSSH2_METHOD_KEX),
        .host_key = negotiated(s, LIBSSH2_METHOD_HOSTKEY),
        .cipher = negotiated(s, LIBSSH2_METHOD_CRYPT_CS),
        .mac = negotiated(s, LIBSSH2_METHOD_MAC_CS),
        .pty_refused = s->pty_refused,
        .received = s->tp.received,
        .sent = s->tp.sent,
        .last_received = s->tp.last_received,
        .unanswered = s->asked_at,
    };

    f.strength = ssh_algorithms_strength(f.kex, f.cipher);
    return f;
}

enum ssh_fault ssh_session_fault(const struct ssh_session *s)
{
    return s->fault;
}

const char *ssh_library(void)
{
    return libssh2_version(0);
}
