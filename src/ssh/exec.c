/*
 * A second channel that runs a command and collects what it prints, while the
 * first goes on.  The open channel's step reads the socket; what came for this
 * one waits in libssh2, and is taken here in the same step.
 */
#include <string.h>
#include "ssh/internal.h"
#include "base/mem.h"

enum { WINDOW = 1 << 17, PACKET = 32768, OUTPUT_MAX = 1 << 16 };

bool ssh_session_exec(struct ssh_session *s, const char *command)
{
    struct ssh_exec *e = &s->exec;

    if (s->stage != STAGE_OPEN || e->state != SSH_EXEC_NONE || e->dropped ||
        e->closing)
        return false;
    mem_free(e->command);
    e->command = mem_strdup(command);
    buf_clear(&e->output);
    e->started = e->eof_sent = false;
    e->untried = true;
    e->state = SSH_EXEC_RUNS;
    return true;
}

enum ssh_exec_state ssh_session_exec_state(const struct ssh_session *s)
{
    return s->exec.state;
}

const struct buf *ssh_session_exec_output(const struct ssh_session *s)
{
    return &s->exec.output;
}

void ssh_session_exec_drop(struct ssh_session *s)
{
    if (s->exec.state == SSH_EXEC_RUNS)
        s->exec.dropped = true;
    s->exec.state = SSH_EXEC_NONE;
}

static void end(struct ssh_exec *e, enum ssh_exec_state state)
{
    e->closing = e->channel != NULL;
    if (!e->dropped)
        e->state = state;
    e->dropped = false;
}

/* Each returns whether the next may be tried. */

static bool open_channel(struct ssh_session *s)
{
    static const char type[] = "session";
    struct ssh_exec *e = &s->exec;

    if (e->channel != NULL)
        return true;
    e->channel = libssh2_channel_open_ex(s->lib, type, sizeof type - 1, WINDOW,
                                         PACKET, NULL, 0);
    if (e->channel == NULL &&
        libssh2_session_last_errno(s->lib) != LIBSSH2_ERROR_EAGAIN)
        end(e, SSH_EXEC_FAILED);
    return e->channel != NULL;
}

static bool start(struct ssh_session *s)
{
    static const char request[] = "exec";
    struct ssh_exec *e = &s->exec;
    int rc = 0;

    if (!e->started)
        rc = libssh2_channel_process_startup(e->channel, request,
                                             sizeof request - 1, e->command,
                                             (unsigned)strlen(e->command));
    if (rc != 0 && rc != LIBSSH2_ERROR_EAGAIN)
        end(e, SSH_EXEC_FAILED);
    else if (rc == 0)
        e->started = true;
    if (e->started && !e->eof_sent)
        e->eof_sent = libssh2_channel_send_eof(e->channel) == 0;
    return e->started;
}

/* What is too long is read and forgotten. */
static void collect(struct ssh_session *s)
{
    struct ssh_exec *e = &s->exec;
    char chunk[4096];
    size_t room;
    ssize_t n;

    while ((n = libssh2_channel_read_ex(e->channel, 0, chunk, sizeof chunk)) >
           0) {
        room = OUTPUT_MAX - e->output.len;
        buf_put(&e->output, chunk, (size_t)n < room ? (size_t)n : room);
    }
    while (libssh2_channel_read_ex(e->channel, SSH_EXTENDED_DATA_STDERR, chunk,
                                   sizeof chunk) > 0)
        ;
    if (n == 0) /* the end of it; other kinds of data have no meaning */
        end(e, SSH_EXEC_DONE);
    else if (n != LIBSSH2_ERROR_EAGAIN)
        end(e, SSH_EXEC_FAILED);
}

void ssh_exec_step(struct ssh_session *s)
{
    struct ssh_exec *e = &s->exec;

    e->untried = false;
    if ((e->state == SSH_EXEC_RUNS || e->dropped) && !e->closing &&
        open_channel(s)) {
        if (e->dropped)
            end(e, SSH_EXEC_NONE);
        else if (start(s))
            collect(s);
    }
    if (e->closing &&
        libssh2_channel_free(e->channel) != LIBSSH2_ERROR_EAGAIN) {
        e->channel = NULL;
        e->closing = false;
    }
}

void ssh_exec_free(struct ssh_session *s)
{
    mem_free(s->exec.command);
    buf_free(&s->exec.output);
}
