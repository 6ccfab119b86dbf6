/*
 * test_tty.c - terminal modes as bytes, and the terminal asked and given back.
 * The terminal is a pty; what needs a controlling one is done in a child.
 */
#include "../tap.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/wire.h"
#include "sys/tty-modes.h"
#include "sys/tty.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])
#define MISSING  0xffffffffu

struct pty {
    int master, slave;
};

static struct pty open_pty(void)
{
    struct pty p = { .master = posix_openpt(O_RDWR | O_NOCTTY), .slave = -1 };

    if (p.master != -1 && grantpt(p.master) == 0 && unlockpt(p.master) == 0)
        p.slave = open(ptsname(p.master), O_RDWR | O_NOCTTY);
    if (p.slave == -1) {
        printf("Bail out! no pty: %s\n", strerror(errno));
        exit(99);
    }
    return p;
}

static void close_pty(const struct pty *p)
{
    close(p->slave);
    close(p->master);
}

/* ---- size ---- */

static void test_size(void)
{
    struct winsize size = { .ws_col = 132, .ws_row = 43 }, none = { 0 };
    struct pty p = open_pty();
    unsigned cols = 1, rows = 2;
    int fds[2];

    ioctl(p.master, TIOCSWINSZ, &size);
    ok(tty_size(p.slave, &cols, &rows) && cols == 132 && rows == 43,
       "a size of 132 by 43");
    ioctl(p.master, TIOCSWINSZ, &none);
    ok(!tty_size(p.slave, &cols, &rows), "a size of 0 by 0 is none");
    ok(pipe(fds) == 0 && !tty_size(fds[0], &cols, &rows), "a pipe has no size");
    ok(cols == 132 && rows == 43, "the former size stays");
    close(fds[0]);
    close(fds[1]);
    close_pty(&p);
}

/* ---- modes ---- */

/* Every opcode's value; the last byte must be TTY_OP_END. */
static bool decode(const struct buf *b, uint32_t values[256])
{
    struct wire w;
    uint8_t op;
    size_t i;

    for (i = 0; i < 256; i++)
        values[i] = MISSING;
    wire_init(&w, b->data, b->len);
    while ((op = wire_byte(&w)) != 0) {
        if (values[op] != MISSING)
            return false; /* told twice */
        values[op] = wire_u32(&w);
    }
    return wire_done(&w);
}

/* A terminal with every character and flag of its own. */
static struct termios odd_modes(void)
{
    struct termios m = { .c_iflag = IGNPAR | INPCK | ICRNL | IXANY | IUTF8,
                         .c_lflag = ISIG | ECHO | ECHOE | NOFLSH | IEXTEN,
                         .c_oflag = OPOST | ONLCR,
                         .c_cflag = CS8 | PARENB | CREAD };
    size_t i;

    for (i = 0; i < NCCS; i++)
        m.c_cc[i] = (cc_t)(100 + i);
    m.c_cc[VEOL] = _POSIX_VDISABLE;
    cfsetispeed(&m, B115200); /* Linux has one speed for both */
    cfsetospeed(&m, B115200);
    return m;
}

/* Numbers of RFC 4254 section 8 and RFC 8160, names of this system. */
static const struct {
    const char *name;
    uint8_t op;
    uint32_t want;
} mode_cases[] = {
    { "VINTR", 1, 100 + VINTR },
    { "VQUIT", 2, 100 + VQUIT },
    { "VERASE", 3, 100 + VERASE },
    { "VKILL", 4, 100 + VKILL },
    { "VEOF", 5, 100 + VEOF },
    { "VEOL, switched off", 6, 255 },
    { "VEOL2", 7, 100 + VEOL2 },
    { "VSTART", 8, 100 + VSTART },
    { "VSTOP", 9, 100 + VSTOP },
    { "VSUSP", 10, 100 + VSUSP },
    { "VREPRINT", 12, 100 + VREPRINT },
    { "VWERASE", 13, 100 + VWERASE },
    { "VLNEXT", 14, 100 + VLNEXT },
    { "VDISCARD", 18, 100 + VDISCARD },
    { "ISTRIP", 33, 0 },
    { "INLCR", 34, 0 },
    { "IGNCR", 35, 0 },
    { "ICRNL", 36, 1 },
    { "IXON", 38, 0 },
    { "IXANY", 39, 1 },
    { "IXOFF", 40, 0 },
    { "IMAXBEL", 41, 0 },
    { "IUTF8", 42, 1 },
    { "ISIG", 50, 1 },
    { "ICANON", 51, 0 },
    { "ECHO", 53, 1 },
    { "ECHOE", 54, 1 },
    { "ECHOK", 55, 0 },
    { "ECHONL", 56, 0 },
    { "NOFLSH", 57, 1 },
    { "TOSTOP", 58, 0 },
    { "IEXTEN", 59, 1 },
    { "ECHOCTL", 60, 0 },
    { "ECHOKE", 61, 0 },
    { "PENDIN", 62, 0 },
    { "OPOST", 70, 1 },
    { "ONLCR", 72, 1 },
    { "OCRNL", 73, 0 },
    { "ONOCR", 74, 0 },
    { "ONLRET", 75, 0 },
    { "input speed", 128, 115200 },
    { "output speed", 129, 115200 },
    { "no such opcode", 160, MISSING },
};

static void test_modes(void)
{
    struct termios m = odd_modes();
    struct buf out = { 0 };
    uint32_t values[256];
    size_t i;

    tty_modes_encode(&m, &out);
    ok(decode(&out, values), "each mode is told once, and an end");
    for (i = 0; i < COUNT(mode_cases); i++)
        is_num(values[mode_cases[i].op], mode_cases[i].want,
               mode_cases[i].name);
    ok(out.len + sizeof "screen.xterm-256color" <= 256,
       "they fit into libssh2's request");
    buf_free(&out);
}

static void test_no_terminal(void)
{
    static const uint8_t want[] = { 3, 0, 0,    0, 127, 42, 0, 0,    0, 1, 128,
                                    0, 0, 0x96, 0, 129, 0,  0, 0x96, 0, 0 };
    struct buf out = { 0 };

    tty_encode_modes(-1, &out);
    ok(out.len == sizeof want && memcmp(out.data, want, sizeof want) == 0,
       "the short list where there is no terminal");
    buf_free(&out);
}

static void test_pty_modes(void)
{
    struct pty p = open_pty();
    struct buf out = { 0 };
    struct termios m;
    uint32_t values[256];

    tcgetattr(p.slave, &m);
    m.c_cc[VERASE] = 8;
    m.c_lflag &= ~(tcflag_t)ECHOE;
    m.c_iflag |= IUTF8;
    tcsetattr(p.slave, TCSANOW, &m);
    buf_put_byte(&out, 'x');
    tty_encode_modes(p.slave, &out);
    is_num(out.data[0], 'x', "modes are appended");
    buf_consume(&out, 1);
    ok(decode(&out, values) && values[3] == 8 && values[54] == 0 &&
           values[42] == 1 && values[53] == 1,
       "they are those of the terminal");
    buf_clear(&out);
    m.c_iflag &= ~(tcflag_t)(IUTF8 | IXON);
    tcsetattr(p.slave, TCSANOW, &m);
    tty_encode_modes_emulated(p.slave, &out);
    ok(decode(&out, values) && values[3] == 127 && values[54] == 0 &&
           values[42] == 1 && values[38] == 0,
       "but what Backspace sends and UTF-8 are the emulated one's");
    buf_free(&out);
    close_pty(&p);
}

/* ---- /dev/tty, in a child that has one ---- */

static bool same_modes(const struct termios *a, const struct termios *b)
{
    return a->c_iflag == b->c_iflag && a->c_oflag == b->c_oflag &&
           a->c_cflag == b->c_cflag && a->c_lflag == b->c_lflag &&
           memcmp(a->c_cc, b->c_cc, sizeof a->c_cc) == 0;
}

static bool is_raw(int fd)
{
    struct termios m;

    return tcgetattr(fd, &m) == 0 &&
           (m.c_lflag & (tcflag_t)(ICANON | ECHO | ISIG | IEXTEN)) == 0 &&
           (m.c_iflag & (tcflag_t)IXON) == 0 &&
           (m.c_oflag & (tcflag_t)OPOST) != 0;
}

/* Each returns 0 if all was right. */
#define CHECK(claim)                            \
    do {                                        \
        if (!(claim)) {                         \
            diag("line %d: " #claim, __LINE__); \
            fflush(stdout);                     \
            return 1;                           \
        }                                       \
    } while (false)

/* What is written to a master takes its time to the slave. */
static bool has_arrived(int fd)
{
    struct pollfd p = { .fd = fd, .events = POLLIN };

    return poll(&p, 1, 10000) == 1;
}

static int ask(const struct pty *p)
{
    struct termios before, now;
    struct tty *t = tty_open();
    char c = 0;

    CHECK(t != NULL && tcgetattr(p->slave, &before) == 0);
    tty_restore(); /* changes nothing yet */
    CHECK(write(p->master, "early\n", 6) == 6);
    CHECK(has_arrived(p->slave));
    tty_raw(t, true);
    CHECK(is_raw(p->slave));
    CHECK(write(p->master, "\003", 1) == 1); /* Ctrl-C is a byte */
    CHECK(read(tty_fd(t), &c, 1) == 1 && c == '\003');
    tty_print(t, "Passphrase: ");
    tty_raw(t, false);
    CHECK(tcgetattr(p->slave, &now) == 0 && same_modes(&now, &before));
    tty_raw(t, true);
    tty_close(t);
    CHECK(tcgetattr(p->slave, &now) == 0 && same_modes(&now, &before));
    return 0;
}

static int restore(const struct pty *p)
{
    struct termios before, now;
    struct tty *t = tty_open();

    CHECK(t != NULL && tcgetattr(p->slave, &before) == 0);
    tty_raw(t, true);
    tty_restore();
    CHECK(tcgetattr(p->slave, &now) == 0 && same_modes(&now, &before));
    tty_close(t);
    CHECK(dup(p->slave) != -1); /* takes the descriptor's number over */
    now.c_lflag &= ~(tcflag_t)ECHO;
    CHECK(tcsetattr(p->slave, TCSANOW, &now) == 0);
    tty_restore(); /* after tty_close() it has nothing to give back */
    CHECK(tcgetattr(p->slave, &before) == 0 && same_modes(&now, &before));
    CHECK((t = tty_open()) != NULL); /* and may be opened again */
    tty_close(t);
    return 0;
}

static int no_tty(const struct pty *p)
{
    CHECK(ioctl(p->slave, TIOCNOTTY) == 0);
    CHECK(tty_open() == NULL);
    tty_restore();
    tty_close(NULL);
    return 0;
}

static void run_child(int (*fn)(const struct pty *p), const char *name)
{
    struct pty p = open_pty();
    pid_t pid = fork();
    int status = 0;

    if (pid == 0) {
        signal(SIGHUP, SIG_IGN); /* TIOCNOTTY sends it */
        if (setsid() == -1 || ioctl(p.slave, TIOCSCTTY, 0) == -1)
            _exit(250);
        _exit(fn(&p));
    }
    waitpid(pid, &status, 0);
    if (!ok(WIFEXITED(status) && WEXITSTATUS(status) == 0, "%s", name))
        diag("status %#x", (unsigned)status);
    close_pty(&p);
}

int main(void)
{
    test_size();
    test_modes();
    test_no_terminal();
    test_pty_modes();
    run_child(ask, "asked without echo, given back as it was");
    run_child(restore, "given back in a crash");
    run_child(no_tty, "no terminal to ask on");
    return tap_done();
}
