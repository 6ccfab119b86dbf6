/*
 * From the login to the open channel.
 *
 * Environment, terminal and program are asked for in one go and answered in
 * order (see auth.c for the rule of the held reading).  libssh2 can have only
 * one environment request on its way, so all but the last variable cost a
 * round trip each.
 */
#include <string.h>
#include "ssh/internal.h"

enum {
    WINDOW = 8 << 20, /* what 100 ms of round trip need for 55 MB/s */
    PACKET = 32768
};

static const char doing[] = "while the session started";

enum ssh_want ssh_stage_open_channel(struct ssh_session *s)
{
    static const char type[] = "session";
    char *text = NULL;
    int code;

    s->channel = libssh2_channel_open_ex(s->lib, type, sizeof type - 1, WINDOW,
                                         PACKET, NULL, 0);
    if (s->channel != NULL) {
        /* For -N too: without a channel libssh2 offers no call that reads. */
        s->stage = STAGE_REQUESTS;
        return SSH_WAIT;
    }
    code = libssh2_session_last_error(s->lib, &text, NULL, 0);
    if (code == LIBSSH2_ERROR_EAGAIN)
        return SSH_WAIT;
    if (code == LIBSSH2_ERROR_CHANNEL_FAILURE)
        return ssh_fail(s, ERR_PROTOCOL,
                        "logged in, but the server opens no session: %s", text);
    return ssh_broken(s, code, doing);
}

static int request_env(struct ssh_session *s)
{
    const char *name = s->env[s->next_env];
    const char *value = strchr(name, '=') + 1;

    return libssh2_channel_setenv_ex(s->channel, name,
                                     (unsigned)(value - 1 - name), value,
                                     (unsigned)strlen(value));
}

static int request_pty(struct ssh_session *s)
{
    return libssh2_channel_request_pty_ex(
        s->channel, s->term, (unsigned)strlen(s->term),
        (const char *)s->modes.data, (unsigned)s->modes.len, (int)s->cols,
        (int)s->rows, 0, 0);
}

static int request_start(struct ssh_session *s)
{
    const char *request = s->command != NULL ? "exec" : "shell";
    size_t len = s->command != NULL ? strlen(s->command) : 0;

    return libssh2_channel_process_startup(s->channel, request,
                                           (unsigned)strlen(request),
                                           s->command, (unsigned)len);
}

bool ssh_session_asked_to_start(const struct ssh_session *s)
{
    return s->requests[REQUEST_START] != NOT_SENT;
}

static int (*const request_calls[REQUESTS])(struct ssh_session *s) = {
    [REQUEST_ENV] = request_env,
    [REQUEST_PTY] = request_pty,
    [REQUEST_START] = request_start,
};

static bool is_wanted(const struct ssh_session *s, enum ssh_request which)
{
    switch (which) {
    case REQUEST_ENV: return s->next_env < s->envs;
    case REQUEST_PTY: return s->has_pty;
    default: return true;
    }
}

/* A refused variable is not worth a word; a refused terminal is a fact. */
static enum ssh_want answered(struct ssh_session *s, enum ssh_request which,
                              int rc)
{
    bool denied = rc == LIBSSH2_ERROR_CHANNEL_REQUEST_DENIED;

    if (rc != 0 && !denied)
        return ssh_broken(s, rc, doing);
    s->requests[which] = ANSWERED;
    if (which == REQUEST_PTY)
        s->pty_refused = denied;
    if (which == REQUEST_START && denied)
        return ssh_fail(s, ERR_PROTOCOL,
                        "logged in, but the server does not start %s",
                        s->command != NULL ? "this command" : "a shell");
    return SSH_WAIT;
}

/* All variables but the last, one at a time; true when they are done. */
static bool send_first_envs(struct ssh_session *s)
{
    while (s->next_env + 1 < s->envs) {
        int rc = request_env(s);

        if (rc == LIBSSH2_ERROR_EAGAIN)
            return false;
        if (rc != 0 && rc != LIBSSH2_ERROR_CHANNEL_REQUEST_DENIED) {
            ssh_broken(s, rc, doing);
            return false;
        }
        s->next_env++;
    }
    return true;
}

/*
 * Send what has not been sent.  While an earlier answer is on its way nothing
 * is read; a request that did not leave waits for a rekey, which goes on when
 * the earlier answers are read.
 */
static void send_requests(struct ssh_session *s)
{
    bool outstanding = false;
    unsigned which;

    for (which = 0; which < REQUESTS && s->stage == STAGE_REQUESTS; which++) {
        unsigned long before = s->tp.packets;
        int rc;

        if (s->requests[which] == NOT_SENT && !is_wanted(s, which))
            s->requests[which] = ANSWERED;
        if (s->requests[which] == NOT_SENT) {
            s->tp.hold = outstanding;
            rc = request_calls[which](s);
            s->tp.hold = false;
            if (rc != LIBSSH2_ERROR_EAGAIN)
                answered(s, which, rc);
            else if (s->tp.packets == before)
                return;
            else
                s->requests[which] = SENT;
        }
        outstanding = outstanding || s->requests[which] == SENT;
    }
}

/* Take the answers in their order; true when all are there. */
static bool take_answers(struct ssh_session *s)
{
    unsigned which;

    for (which = 0; which < REQUESTS; which++) {
        int rc;

        if (s->requests[which] == ANSWERED)
            continue;
        if (s->requests[which] == NOT_SENT)
            return false;
        rc = request_calls[which](s);
        if (rc == LIBSSH2_ERROR_EAGAIN || answered(s, which, rc) == SSH_FAILED)
            return false;
    }
    return true;
}

static void enter_open(struct ssh_session *s)
{
    /* From here on the data decides when to acknowledge. */
    s->tp.quick_acks = false;
    s->tp.soft_end = true;
    libssh2_session_set_read_timeout(s->lib, 0); /* for a second channel */
    ssh_alive_begin(s);
    s->opened_at = s->tp.now;
    s->stage = STAGE_OPEN;
}

enum ssh_want ssh_stage_requests(struct ssh_session *s)
{
    if (!s->no_command) {
        if (send_first_envs(s))
            send_requests(s);
        if (s->stage == STAGE_REQUESTS && s->next_env + 1 >= s->envs &&
            take_answers(s))
            enter_open(s);
    } else {
        enter_open(s);
    }
    return s->stage == STAGE_FAILED ? SSH_FAILED : SSH_WAIT;
}
