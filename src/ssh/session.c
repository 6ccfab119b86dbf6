#include "ssh/session.h"

#include <assert.h>
#include <poll.h>
#include <string.h>
#include "ssh/internal.h"
#include "base/mem.h"
#include "base/text.h"
#include "ssh/algorithms.h"
#include "ssh/aside.h"
#include "ssh/handshake.h"

enum {
    TURN_BYTES = 1 << 18, /* read from the socket in one turn */
    PTY_MAX = 256,        /* a terminal's name and modes, in libssh2 */
    COMMAND_MAX = 34000,  /* bytes; libssh2 sends no packet over 34744 */
    LOOK = 1000,          /* ms, while the server is to answer */
    NO_LIMIT = 1 << 30,   /* s; 0 would mean libssh2's own, 60 */
    FREE_TRIES = 100,     /* bounds the calls that free libssh2's part */
    BLOCK_MAX = 1 << 20,  /* no packet needs more; its fields may ask for it */
    LOGIN_FULL = 8 << 20, /* bytes that a peer may fill, before a session */
    OPEN_FULL = 64 << 20  /* ... and then: its window and what that costs */
};

/* ---- the callbacks: libssh2's only ways to memory, socket and us ---- */

static LIBSSH2_ALLOC_FUNC(on_alloc)
{
    struct ssh_session *s = *abstract;

    return count <= BLOCK_MAX ? ssh_alloc_get(&s->alloc, count) : NULL;
}

static LIBSSH2_REALLOC_FUNC(on_realloc)
{
    struct ssh_session *s = *abstract;

    return count <= BLOCK_MAX ? ssh_alloc_resize(&s->alloc, ptr, count) : NULL;
}

static LIBSSH2_FREE_FUNC(on_free)
{
    struct ssh_session *s = *abstract;

    if (ptr != NULL)
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

/* ---- beginning and end ---- */

static void copy_env(struct ssh_session *s, const struct ssh_params *p)
{
    size_t i;

    for (i = 0; i < p->envs; i++)
        if (strchr(p->env[i], '=') != NULL)
            ssh_session_add_env(s, p->env[i]);
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
    ssh_session_set_methods(s, SSH_METHOD_KEY, 1);
    copy_env(s, p);
    if (p->pty != NULL)
        copy_pty(s, p->pty);
}

typedef void callback(void);

#if LIBSSH2_VERSION_NUM >= 0x010b01
static void set_callback(struct ssh_session *s, int which, callback *fn)
{
    libssh2_session_callback_set2(s->lib, which, fn);
}
#else
/* 1.11.0, which Ubuntu 24.04 has, wants an object's address. */
static void set_callback(struct ssh_session *s, int which, callback *fn)
{
    libssh2_session_callback_set(s->lib, which, (void *)fn);
}
#endif

static void set_callbacks(struct ssh_session *s)
{
    set_callback(s, LIBSSH2_CALLBACK_SEND, (callback *)on_send);
    set_callback(s, LIBSSH2_CALLBACK_RECV, (callback *)on_recv);
    set_callback(s, LIBSSH2_CALLBACK_DISCONNECT, (callback *)on_disconnect);
    libssh2_session_set_blocking(s->lib, 0);
    /* What libssh2 makes of its limit looks like a refusal, or a violation of
     * the protocol; so the limits are ours: see patience(). */
    libssh2_session_set_read_timeout(s->lib, NO_LIMIT);
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
    buf_free(&s->first[SSH_STDOUT]);
    buf_free(&s->first[SSH_STDERR]);
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

/*
 * libssh2 keeps every packet that nobody has asked for yet, however many come,
 * and answers every question of the peer's, who may not read.  A caller that
 * does not read for a while can bring that about by itself, where each packet
 * is of some bytes: so an open session only waits.
 */
bool ssh_overfull(const struct ssh_session *s)
{
    size_t full = s->stage < STAGE_OPEN ? LOGIN_FULL : OPEN_FULL;

    return s->alloc.used > full || s->tp.in.len > full || s->tp.out.len > full;
}

/*
 * How long the server may say nothing, in s, where it is to answer between the
 * key exchange and the open session; 0: it is not.  Five minutes are for a
 * telephone that is to be found and unlocked; behind the login nobody is asked.
 */
static unsigned patience(const struct ssh_session *s)
{
    switch (s->stage) {
    case STAGE_KEY: /* the list of methods may be waited for above */
        return ssh_caught_up(s) ? 0 : 300;
    case STAGE_OFFER:
    case STAGE_RECHECK:
    case STAGE_CHOOSE:
    case STAGE_ATTEMPT: return 300;
    case STAGE_OPEN_CHANNEL:
    case STAGE_REQUESTS: return 60;
    default: return 0;
    }
}

/* Since when it says nothing; 0: it is not to answer. */
static uint64_t silent_since(const struct ssh_session *s)
{
    if (patience(s) == 0)
        return 0;
    return s->waits_since > s->tp.last_received ? s->waits_since
                                                : s->tp.last_received;
}

static bool is_silent(struct ssh_session *s, enum ssh_stage at_begin)
{
    if (s->stage != at_begin || s->stage != s->last_stage)
        s->waits_since = s->tp.now;
    s->last_stage = s->stage;
    return patience(s) != 0 &&
           s->tp.now >= silent_since(s) + patience(s) * UINT64_C(1000);
}

static enum ssh_want fell_silent(struct ssh_session *s, unsigned seconds)
{
    return ssh_fail(s, ERR_TIMEOUT,
                    "the server said nothing for %u s %s, and perhaps the "
                    "connection is gone",
                    seconds,
                    s->stage < STAGE_OPEN_CHANNEL ? "of the login"
                                                  : "after it had let us in");
}

enum ssh_want ssh_session_give_up(struct ssh_session *s, struct err *err)
{
    uint64_t seconds = (s->tp.now - silent_since(s)) / 1000;
    enum ssh_want want = fell_silent(s, seconds != 0 ? (unsigned)seconds : 1);

    *err = s->why;
    return want;
}

void ssh_session_unready(struct ssh_session *s)
{
    s->tp.unready = true;
}

enum ssh_want ssh_session_step(struct ssh_session *s, uint64_t now,
                               struct err *err)
{
    enum ssh_stage at_begin = s->stage, before;
    enum ssh_want want;

    ssh_transport_flush(&s->tp); /* what was typed, before all else */
    ssh_transport_begin_turn(&s->tp, now, ssh_overfull(s) ? 0 : TURN_BYTES);
    do {
        before = s->stage;
        want = stages[before](s);
    } while (s->stage != before);
    if (s->stage == STAGE_HANDSHAKE && s->deadline != 0 && now >= s->deadline)
        want = ssh_handshake_too_slow(s);
    else if (s->stage < STAGE_OPEN && ssh_overfull(s))
        want = ssh_fail(s, ERR_PROTOCOL,
                        "the server sends without end what "
                        "belongs to no login");
    else if (is_silent(s, at_begin))
        want = fell_silent(s, patience(s));
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

short ssh_session_events(const struct ssh_session *s)
{
    return (short)((ssh_overfull(s) ? 0 : POLLIN) |
                   (s->tp.out.len != 0 ? POLLOUT : 0));
}

static uint64_t wake_of_open(const struct ssh_session *s)
{
    uint64_t alive = ssh_alive_wake(s), held = ssh_hold_wake(s);

    if (s->exec.untried)
        return 1;
    return held != 0 && (alive == 0 || held < alive) ? held : alive;
}

uint64_t ssh_session_wake(const struct ssh_session *s)
{
    switch (s->stage) {
    case STAGE_HANDSHAKE: return s->deadline;
    case STAGE_OPEN: return wake_of_open(s);
    case STAGE_DONE: return 1; /* the step in which it opened may be its last */
    default: return patience(s) != 0 ? s->tp.now + LOOK : 0;
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

void ssh_session_add_env(struct ssh_session *s, const char *variable)
{
    s->env = mem_resize(s->env, s->envs + 1, sizeof *s->env);
    s->env[s->envs++] = mem_strdup(variable);
}

void ssh_session_set_command(struct ssh_session *s, const char *command)
{
    mem_free(s->command);
    s->command = mem_strdup(command);
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
    };

    f.strength = ssh_algorithms_strength(f.kex, f.cipher);
    return f;
}

uint64_t ssh_session_opened(const struct ssh_session *s)
{
    return s->opened_at;
}

uint64_t ssh_session_unanswered(const struct ssh_session *s)
{
    return s->stage < STAGE_OPEN ? silent_since(s) : s->asked_at;
}

const char *ssh_library(void)
{
    return libssh2_version(0);
}

bool ssh_library_certifies_rsa(void)
{
    return libssh2_version(0x010b01) != NULL;
}
