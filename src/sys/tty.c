#include "sys/tty.h"

#include <assert.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include "base/mem.h"
#include "sys/fd.h"
#include "sys/tty-modes.h"

#define DEL 0x7f

struct tty {
    int fd;
    struct termios saved;
    bool changed;
};

/* What a signal handler must find: a crash has no handle. */
static struct {
    volatile sig_atomic_t armed;
    int fd;
    struct termios saved;
} crash;

bool tty_size(int fd, unsigned *cols, unsigned *rows)
{
    struct winsize size;

    if (ioctl(fd, TIOCGWINSZ, &size) == -1 || size.ws_col == 0 ||
        size.ws_row == 0)
        return false;
    *cols = size.ws_col;
    *rows = size.ws_row;
    return true;
}

bool tty_cell_size(int fd, unsigned *width, unsigned *height)
{
    struct winsize size;

    if (ioctl(fd, TIOCGWINSZ, &size) == -1 || size.ws_col == 0 ||
        size.ws_row == 0 || size.ws_xpixel < size.ws_col ||
        size.ws_ypixel < size.ws_row)
        return false;
    *width = size.ws_xpixel / size.ws_col;
    *height = size.ws_ypixel / size.ws_row;
    return true;
}

void tty_encode_modes(int fd, struct buf *out)
{
    struct termios modes;

    if (tcgetattr(fd, &modes) == -1)
        tty_modes_encode(NULL, out);
    else
        tty_modes_encode(&modes, out);
}

void tty_encode_modes_emulated(int fd, struct buf *out)
{
    struct termios modes;

    if (tcgetattr(fd, &modes) == -1) {
        tty_modes_encode(NULL, out);
        return;
    }
    modes.c_cc[VERASE] = DEL;
#ifdef IUTF8
    modes.c_iflag |= IUTF8;
#endif
    tty_modes_encode(&modes, out);
}

struct tty *tty_open(void)
{
    int fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    struct termios saved;
    struct tty *t;

    assert(!crash.armed);
    if (fd == -1)
        return NULL;
    if (tcgetattr(fd, &saved) == -1) {
        close(fd);
        return NULL;
    }
    t = mem_alloc(sizeof *t);
    t->fd = fd;
    t->saved = saved;
    crash.fd = fd;
    crash.saved = saved;
    crash.armed = 1;
    return t;
}

void tty_close(struct tty *t)
{
    if (t == NULL)
        return;
    tty_raw(t, false);
    crash.armed = 0;
    close(t->fd);
    mem_free(t);
}

int tty_fd(const struct tty *t)
{
    return t->fd;
}

bool tty_is_ours(const struct tty *t)
{
    return tcgetpgrp(t->fd) == getpgrp();
}

void tty_raw(struct tty *t, bool raw)
{
    struct termios modes = t->saved;

    if (!raw) {
        /* Setting modes stops a job in the background: not without need. */
        if (t->changed)
            tcsetattr(t->fd, TCSADRAIN, &modes);
        t->changed = false;
        return;
    }
    t->changed = true;
    modes.c_iflag &= ~(tcflag_t)(IXON | IXOFF);
    modes.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ECHONL | ISIG | IEXTEN);
    modes.c_cc[VMIN] = 1;
    modes.c_cc[VTIME] = 0;
    /* What was typed before the question was shown does not answer it. */
    tcsetattr(t->fd, TCSAFLUSH, &modes);
}

void tty_lines(struct tty *t, bool echo)
{
    struct termios modes = t->saved;

    t->changed = true;
    modes.c_iflag |= ICRNL;
    modes.c_lflag |= ICANON | ISIG | ECHO | ECHOE | ECHOK;
    if (!echo)
        modes.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
    tcsetattr(t->fd, TCSAFLUSH, &modes);
}

void tty_transparent(struct tty *t)
{
    struct termios modes = t->saved;

    t->changed = true;
    cfmakeraw(&modes);
    modes.c_cc[VMIN] = 1;
    modes.c_cc[VTIME] = 0;
    tcsetattr(t->fd, TCSADRAIN, &modes);
}

void tty_drop_input(struct tty *t)
{
    tcflush(t->fd, TCIFLUSH);
}

void tty_print(struct tty *t, const char *text)
{
    (void)fd_write_all(t->fd, text, strlen(text));
}

void tty_restore(void)
{
    if (crash.armed)
        tcsetattr(crash.fd, TCSANOW, &crash.saved);
}
