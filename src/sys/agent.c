#include "sys/agent.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/wire.h"
#include "sys/clock.h"
#include "sys/fd.h"
#include "sys/paths.h"
#include "sys/pollset.h"

#define LENGTH_SIZE 4     /* of the length before a message */
#define READ_SIZE   16384 /* bytes a read */
#define AT_ONCE     1     /* a time that has always come */
#define RETRY_DELAY 20    /* ms; an agent whose queue is full */

enum stage { STAGE_CONNECT, STAGE_CONNECTING, STAGE_TALK, STAGE_DONE };

struct agent_call {
    char *path;
    enum stage stage;
    int fd; /* -1: not yet */
    uint64_t deadline;
    uint64_t next;      /* STAGE_CONNECT: when to try */
    struct secret *out; /* what is to be sent, which may be a key */
    size_t sent;        /* bytes of it */
    struct buf in;      /* what came, with its length */
};

/* ---- where it is ---- */

/* The variable's value; an empty one is none. */
static char *from_environment(const char *name)
{
    const char *value = getenv(name);

    return value != NULL && value[0] != '\0' ? mem_strdup(value) : NULL;
}

char *agent_path(const char *setting)
{
    char *name, *path;
    size_t n;

    if (setting == NULL || strcmp(setting, "SSH_AUTH_SOCK") == 0)
        return from_environment("SSH_AUTH_SOCK");
    if (text_same(setting, "none"))
        return NULL;
    if (setting[0] != '$')
        return paths_expand(setting);
    n = strlen(setting);
    if (setting[1] == '{' && setting[n - 1] == '}')
        name = mem_strndup(setting + 2, n - 3);
    else
        name = mem_strdup(setting + 1);
    path = from_environment(name);
    mem_free(name);
    return path;
}

/* ---- life ---- */

struct agent_call *agent_call_new(const char *path, const uint8_t *message,
                                  size_t len, uint64_t deadline)
{
    struct agent_call *call = mem_alloc(sizeof *call);
    uint8_t head[LENGTH_SIZE] = { (uint8_t)(len >> 24), (uint8_t)(len >> 16),
                                  (uint8_t)(len >> 8), (uint8_t)len };

    assert(len <= UINT32_MAX);
    call->path = mem_strdup(path);
    call->fd = -1;
    call->deadline = deadline;
    call->next = AT_ONCE;
    call->out = secret_new(sizeof head + len);
    secret_put(call->out, head, sizeof head);
    secret_put(call->out, message, len);
    return call;
}

void agent_call_free(struct agent_call *call)
{
    if (call == NULL)
        return;
    if (call->fd != -1)
        close(call->fd);
    mem_free(call->path);
    secret_free(call->out);
    buf_free(&call->in);
    mem_free(call);
}

void agent_call_watch(const struct agent_call *call, struct pollset *set)
{
    bool sends = call->stage == STAGE_CONNECTING || call->sent < call->out->len;

    if (call->stage == STAGE_CONNECTING || call->stage == STAGE_TALK)
        pollset_add(set, call->fd, sends ? POLLIN | POLLOUT : POLLIN);
}

uint64_t agent_call_wake(const struct agent_call *call)
{
    if (call->stage == STAGE_DONE)
        return 0;
    return pollset_earlier(call->deadline,
                           call->stage == STAGE_CONNECT ? call->next : 0);
}

/* ---- connecting ---- */

static bool open_socket(struct agent_call *call, struct sockaddr_un *addr,
                        struct err *err)
{
    size_t n = strlen(call->path);

    if (n >= sizeof addr->sun_path)
        return err_set(err, ERR_USAGE, "its path is too long for a socket");
    memset(addr, 0, sizeof *addr);
    addr->sun_family = AF_UNIX;
    memcpy(addr->sun_path, call->path, n);
    if (call->fd == -1)
        call->fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (call->fd == -1 || !fd_prepare(call->fd))
        return err_sys(err, "cannot make a socket");
    return true;
}

static bool not_connected(struct agent_call *call, int error, uint64_t now,
                          struct err *err)
{
    switch (error) {
    case EAGAIN: /* too many wait for it already */
        call->next = now + RETRY_DELAY;
        return true;
    case EINPROGRESS:
    case EINTR: call->stage = STAGE_CONNECTING; return true;
    case ENOENT: return err_set(err, ERR_NOT_FOUND, "there is no such socket");
    case ECONNREFUSED:
        return err_set(err, ERR_NOT_FOUND, "nothing listens on that socket");
    default: errno = error; return err_sys(err, "cannot connect to it");
    }
}

static bool begin(struct agent_call *call, uint64_t now, struct err *err)
{
    struct sockaddr_un addr;

    if (call->next > now)
        return true;
    if (!open_socket(call, &addr, err))
        return false;
    if (connect(call->fd, (struct sockaddr *)&addr, sizeof addr) == -1)
        return not_connected(call, errno, now, err);
    call->stage = STAGE_TALK;
    return true;
}

/* Linux connects at once or not at all; elsewhere it may take a while. */
static bool finish_connecting(struct agent_call *call, uint64_t now,
                              struct err *err)
{
    struct pollfd p = { .fd = call->fd, .events = POLLOUT };
    socklen_t len = sizeof(int);
    int error = 0;

    if (poll(&p, 1, 0) != 1)
        return true;
    if (getsockopt(call->fd, SOL_SOCKET, SO_ERROR, &error, &len) == -1)
        error = errno;
    if (error != 0)
        return not_connected(call, error, now, err);
    call->stage = STAGE_TALK;
    return true;
}

/* ---- talking ---- */

static bool pause_only(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

static bool send_some(struct agent_call *call, struct err *err)
{
    ssize_t n;

    if (call->sent == call->out->len)
        return true;
    n = send(call->fd, call->out->data + call->sent,
             call->out->len - call->sent, MSG_NOSIGNAL);
    if (n > 0)
        call->sent += (size_t)n;
    else if (n == -1 && !pause_only(errno))
        return err_set(err, ERR_PROTOCOL, "it hung up without an answer");
    return true;
}

/* Is the answer whole?  Sets *err if it cannot become one. */
static bool whole(struct agent_call *call, bool ended, struct err *err)
{
    struct wire w;
    uint32_t len;

    wire_init(&w, call->in.data, call->in.len);
    len = wire_u32(&w);
    if (wire_ok(&w) && (len == 0 || len > AGENT_ANSWER_MAX))
        return err_set(err, ERR_PROTOCOL,
                       "it announces an answer of %lu bytes; that is no SSH "
                       "agent",
                       (unsigned long)len);
    if (wire_ok(&w) && w.left > len)
        return err_set(err, ERR_PROTOCOL, "it says more than it was asked");
    if (wire_ok(&w) && w.left == len)
        return true;
    if (ended)
        err_set(err, ERR_PROTOCOL,
                call->in.len == 0 ? "it hung up without an answer"
                                  : "it hung up in the middle of its answer");
    return false;
}

/* One bounded read a turn; poll says when there is more. */
static void receive_some(struct agent_call *call, struct err *err)
{
    ssize_t n = recv(call->fd, buf_reserve(&call->in, READ_SIZE), READ_SIZE, 0);

    if (n == -1 && pause_only(errno))
        return;
    if (n > 0)
        buf_commit(&call->in, (size_t)n);
    if (whole(call, n <= 0, err))
        call->stage = STAGE_DONE;
}

static void go_on(struct agent_call *call, uint64_t now, struct err *err)
{
    bool good = true;

    if (call->stage == STAGE_CONNECT)
        good = begin(call, now, err);
    else if (call->stage == STAGE_CONNECTING)
        good = finish_connecting(call, now, err);
    if (good && call->stage == STAGE_TALK && send_some(call, err))
        receive_some(call, err);
}

enum agent_state agent_call_step(struct agent_call *call, uint64_t now,
                                 struct err *err)
{
    if (call->stage == STAGE_DONE)
        return AGENT_ANSWERED;
    err_clear(err);
    go_on(call, now, err);
    if (call->stage == STAGE_DONE)
        return AGENT_ANSWERED;
    if (err->code != ERR_NONE)
        return AGENT_FAILED;
    if (now < call->deadline)
        return AGENT_WAIT;
    err_set(err, ERR_TIMEOUT, "it does not answer");
    return AGENT_FAILED;
}

const uint8_t *agent_call_answer(const struct agent_call *call, size_t *len)
{
    *len = call->stage == STAGE_DONE ? call->in.len - LENGTH_SIZE : 0;
    return call->stage == STAGE_DONE ? call->in.data + LENGTH_SIZE : NULL;
}
