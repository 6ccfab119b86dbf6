#include "ui/rescue.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "ui/ui.h"

/* Like the signal pipe, this has no handle to live in. */
static struct {
    volatile sig_atomic_t armed;
    bool at_exit;
    int fd;
    struct termios modes;
    char bytes[512];
    size_t len;
} rescue;

void rescue_arm(int fd, const struct termios *modes, const void *bytes,
                size_t len)
{
    rescue.armed = 0;
    rescue.fd = fd;
    rescue.modes = *modes;
    rescue.len = len < sizeof rescue.bytes ? len : sizeof rescue.bytes;
    memcpy(rescue.bytes, bytes, rescue.len);
    if (!rescue.at_exit)
        rescue.at_exit = atexit(ui_emergency) == 0;
    rescue.armed = 1;
}

void rescue_disarm(void)
{
    rescue.armed = 0;
}

void ui_emergency(void)
{
    int saved = errno;
    size_t at = 0;
    ssize_t n;

    if (rescue.armed == 0)
        return;
    rescue.armed = 0;
    while (at < rescue.len) {
        n = write(rescue.fd, rescue.bytes + at, rescue.len - at);
        if (n <= 0)
            break;
        at += (size_t)n;
    }
    tcsetattr(rescue.fd, TCSANOW, &rescue.modes);
    errno = saved;
}
