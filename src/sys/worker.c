/*
 * A message on the socket is a uint32 length and so many bytes.  An answer is
 * awaited or there is none: neither side speaks unasked, but for the child's
 * first message.
 */
#include "sys/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/mem.h"
#include "base/wire.h"
#include "sys/fd.h"
#include "sys/guard.h"
#include "sys/pollset.h"

#define LENGTH_SIZE   4
#define READ_SIZE     16384
#define AT_ONCE       1    /* a time that has always come */
#define INHERITED_MAX 4096 /* descriptors that are looked for to close them */

struct worker {
    pid_t child; /* -1: there is none */
    int fd;      /* -1: there is none */
    int error;
    struct buf out; /* what is still to be sent */
    struct buf in;  /* what came, with its length */
};

/* ---- the child becomes one of its own ---- */

static void set_action(int sig, void (*action)(int))
{
    struct sigaction act = { .sa_handler = action };

    sigemptyset(&act.sa_mask);
    sigaction(sig, &act, NULL);
}

/*
 * Our handlers would write into the parent's signal pipe.  What the keyboard
 * sends goes to the whole job: it is the parent that answers it.
 */
static void reset_signals(void)
{
    static const int keyboard[] = { SIGINT, SIGQUIT, SIGTSTP };
    struct sigaction act;
    sigset_t none;
    size_t i;
    int sig;

    for (sig = 1; sig < NSIG; sig++) {
        if (sigaction(sig, NULL, &act) == 0 && act.sa_handler != SIG_IGN)
            set_action(sig, SIG_DFL);
    }
    for (i = 0; i < sizeof keyboard / sizeof keyboard[0]; i++)
        set_action(keyboard[i], SIG_IGN);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* The connection, the terminal and the remote command's output stay ours. */
static int keep_only(int fd)
{
    int own = fcntl(fd, F_DUPFD, STDERR_FILENO + 1);
    long max = sysconf(_SC_OPEN_MAX);
    int null = open("/dev/null", O_RDWR), i;

    if (max < 0 || max > INHERITED_MAX)
        max = INHERITED_MAX;
    for (i = 0; null != -1 && i <= STDERR_FILENO; i++)
        (void)dup2(null, i);
    for (; i < (int)max; i++) {
        if (i != own)
            close(i);
    }
    return own;
}

static _Noreturn void run_child(int fd, worker_fn *run, const void *context)
{
    mem_on_exhausted(NULL);
    guard_memory();
    fd = keep_only(fd);
    reset_signals();
    run(context, fd);
    _exit(0);
}

/* ---- in the child ---- */

static void put_message(struct buf *out, const void *message, size_t len)
{
    wire_put_string(out, message, len);
}

bool worker_tell(int fd, const void *message, size_t len)
{
    struct buf out = { 0 };
    bool sent;

    put_message(&out, message, len);
    sent = fd_write_all(fd, out.data, out.len);
    buf_free(&out);
    return sent;
}

static bool read_all(int fd, uint8_t *to, size_t n)
{
    ssize_t got;

    while (n != 0) {
        got = read(fd, to, n);
        if (got == 0 || (got == -1 && errno != EINTR))
            return false;
        if (got > 0) {
            to += got;
            n -= (size_t)got;
        }
    }
    return true;
}

static size_t length_in(const uint8_t *data)
{
    struct wire w;

    wire_init(&w, data, LENGTH_SIZE);
    return wire_u32(&w);
}

bool worker_hear(int fd, struct buf *out)
{
    uint8_t head[LENGTH_SIZE];
    size_t len;

    buf_clear(out);
    if (!read_all(fd, head, sizeof head))
        return false;
    len = length_in(head);
    if (len > WORKER_MESSAGE_MAX || !read_all(fd, buf_reserve(out, len), len))
        return false;
    buf_commit(out, len);
    return true;
}

/* ---- life ---- */

/* Signals wait until the child has put our handlers away. */
static pid_t fork_child(int fd, worker_fn *run, const void *context)
{
    sigset_t all, before;
    pid_t child;
    int saved;

    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    child = fork();
    if (child == 0)
        run_child(fd, run, context);
    saved = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    errno = saved;
    return child;
}

struct worker *worker_start(worker_fn *run, const void *context)
{
    struct worker *w = mem_alloc(sizeof *w);
    int ends[2];

    w->child = w->fd = -1;
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == -1) {
        w->error = errno;
        return w;
    }
    if (fd_prepare(ends[0]) && fd_cloexec(ends[1]))
        w->child = fork_child(ends[1], run, context);
    w->error = errno;
    close(ends[1]);
    if (w->child == -1)
        close(ends[0]);
    else
        w->fd = ends[0];
    return w;
}

static void end_child(struct worker *w)
{
    if (w->fd != -1)
        close(w->fd);
    if (w->child != -1) {
        kill(w->child, SIGKILL);
        while (waitpid(w->child, NULL, 0) == -1 && errno == EINTR)
            ;
    }
    w->fd = w->child = -1;
}

void worker_free(struct worker *w)
{
    if (w == NULL)
        return;
    end_child(w);
    buf_free(&w->out);
    buf_free(&w->in);
    mem_free(w);
}

/* ---- in the parent ---- */

void worker_ask(struct worker *w, const void *message, size_t len)
{
    buf_clear(&w->in);
    put_message(&w->out, message, len);
}

void worker_watch(const struct worker *w, struct pollset *set)
{
    if (w->fd != -1)
        pollset_add(set, w->fd, w->out.len != 0 ? POLLIN | POLLOUT : POLLIN);
}

uint64_t worker_wake(const struct worker *w)
{
    return w->fd == -1 ? AT_ONCE : 0;
}

/* False if the child has gone; its last words may still be there. */
static bool send_out(struct worker *w)
{
    ssize_t put;

    while (w->out.len != 0) {
        put = send(w->fd, w->out.data, w->out.len, MSG_NOSIGNAL);
        if (put == -1 && errno == EINTR)
            continue;
        if (put == -1)
            return errno == EAGAIN;
        buf_consume(&w->out, (size_t)put);
    }
    return true;
}

/* Is the answer whole?  The sum cannot overflow: the limit is far below. */
static bool is_whole(const struct worker *w)
{
    return w->in.len >= LENGTH_SIZE &&
           w->in.len - LENGTH_SIZE == length_in(w->in.data);
}

static bool is_possible(const struct worker *w)
{
    size_t len = w->in.len;

    return len < LENGTH_SIZE || (length_in(w->in.data) <= WORKER_MESSAGE_MAX &&
                                 len - LENGTH_SIZE <= length_in(w->in.data));
}

static enum worker_state died(struct worker *w)
{
    end_child(w);
    w->error = ECHILD;
    return WORKER_DIED;
}

enum worker_state worker_step(struct worker *w)
{
    bool listens;
    ssize_t got;

    if (w->fd == -1)
        return WORKER_DIED;
    listens = send_out(w);
    while (!is_whole(w)) {
        got = read(w->fd, buf_reserve(&w->in, READ_SIZE), READ_SIZE);
        if (got > 0)
            buf_commit(&w->in, (size_t)got);
        if (got == -1 && errno == EINTR)
            continue;
        if (got == -1 && errno == EAGAIN && listens)
            return WORKER_WAIT;
        if (got <= 0 || !is_possible(w))
            return died(w);
    }
    return WORKER_ANSWERED;
}

const uint8_t *worker_answer(const struct worker *w, size_t *len)
{
    *len = w->in.len - LENGTH_SIZE;
    return w->in.data + LENGTH_SIZE;
}

int worker_error(const struct worker *w)
{
    return w->error;
}
