/*
 * Three tables, one for each kind of mode: special characters, flags and
 * speeds.  What a system does not know has no row and is not sent, so the
 * server keeps its own default.  Parity, word size and upper-case terminals
 * have no row either: no pty has them, and with them a request would be
 * longer than libssh2 sends (256 bytes with the terminal's name).
 */
#include "sys/tty-modes.h"

#include <stdint.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/wire.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

enum {
    OP_END = 0,
    OP_VERASE = 3,
    OP_IUTF8 = 42, /* RFC 8160 */
    OP_ISPEED = 128,
    OP_OSPEED = 129
};

#define NO_CHARACTER 255u /* RFC 4254 section 8: this one is switched off */

static const struct {
    uint8_t op;
    unsigned at; /* in c_cc */
} characters[] = {
    { 1, VINTR },     { 2, VQUIT }, { OP_VERASE, VERASE },
    { 4, VKILL },     { 5, VEOF },  { 6, VEOL },
#ifdef VEOL2
    { 7, VEOL2 },
#endif
    { 8, VSTART },    { 9, VSTOP }, { 10, VSUSP },
#ifdef VDSUSP
    { 11, VDSUSP },
#endif
#ifdef VREPRINT
    { 12, VREPRINT },
#endif
#ifdef VWERASE
    { 13, VWERASE },
#endif
#ifdef VLNEXT
    { 14, VLNEXT },
#endif
#ifdef VFLUSH
    { 15, VFLUSH },
#endif
#if defined(VSWTCH)
    { 16, VSWTCH },
#elif defined(VSWTC)
    { 16, VSWTC },
#endif
#ifdef VSTATUS
    { 17, VSTATUS },
#endif
#ifdef VDISCARD
    { 18, VDISCARD },
#endif
};

enum field { INPUT, LOCAL, OUTPUT };

static const struct {
    uint8_t op;
    enum field field;
    tcflag_t bit;
} flags[] = {
    { 33, INPUT, ISTRIP },      { 34, INPUT, INLCR },   { 35, INPUT, IGNCR },
    { 36, INPUT, ICRNL },       { 38, INPUT, IXON },    { 39, INPUT, IXANY },
    { 40, INPUT, IXOFF },
#ifdef IMAXBEL
    { 41, INPUT, IMAXBEL },
#endif
#ifdef IUTF8
    { OP_IUTF8, INPUT, IUTF8 },
#endif
    { 50, LOCAL, ISIG },        { 51, LOCAL, ICANON },  { 53, LOCAL, ECHO },
    { 54, LOCAL, ECHOE },       { 55, LOCAL, ECHOK },   { 56, LOCAL, ECHONL },
    { 57, LOCAL, NOFLSH },      { 58, LOCAL, TOSTOP },  { 59, LOCAL, IEXTEN },
#ifdef ECHOCTL
    { 60, LOCAL, ECHOCTL },
#endif
#ifdef ECHOKE
    { 61, LOCAL, ECHOKE },
#endif
#ifdef PENDIN
    { 62, LOCAL, PENDIN },
#endif
    { 70, OUTPUT, OPOST },      { 72, OUTPUT, ONLCR },  { 73, OUTPUT, OCRNL },
    { 74, OUTPUT, ONOCR },      { 75, OUTPUT, ONLRET },
};

#define USUAL_SPEED 38400u

static const struct {
    speed_t code;
    uint32_t baud;
} speeds[] = {
    { B0, 0 },
    { B50, 50 },
    { B75, 75 },
    { B110, 110 },
    { B134, 134 },
    { B150, 150 },
    { B200, 200 },
    { B300, 300 },
    { B600, 600 },
    { B1200, 1200 },
    { B1800, 1800 },
    { B2400, 2400 },
    { B4800, 4800 },
    { B9600, 9600 },
    { B19200, 19200 },
    { B38400, 38400 },
#ifdef B57600
    { B57600, 57600 },
#endif
#ifdef B115200
    { B115200, 115200 },
#endif
#ifdef B230400
    { B230400, 230400 },
#endif
#ifdef B460800
    { B460800, 460800 },
#endif
#ifdef B500000
    { B500000, 500000 },
#endif
#ifdef B576000
    { B576000, 576000 },
#endif
#ifdef B921600
    { B921600, 921600 },
#endif
#ifdef B1000000
    { B1000000, 1000000 },
#endif
#ifdef B1152000
    { B1152000, 1152000 },
#endif
#ifdef B1500000
    { B1500000, 1500000 },
#endif
#ifdef B2000000
    { B2000000, 2000000 },
#endif
#ifdef B2500000
    { B2500000, 2500000 },
#endif
#ifdef B3000000
    { B3000000, 3000000 },
#endif
#ifdef B3500000
    { B3500000, 3500000 },
#endif
#ifdef B4000000
    { B4000000, 4000000 },
#endif
};

static void put(struct buf *out, uint8_t op, uint32_t value)
{
    buf_put_byte(out, op);
    wire_put_u32(out, value);
}

static uint32_t baud_of(speed_t code)
{
    size_t i;

    for (i = 0; i < COUNT(speeds); i++) {
        if (speeds[i].code == code)
            return speeds[i].baud;
    }
    return USUAL_SPEED;
}

static uint32_t character_of(cc_t c)
{
    return c == (cc_t)_POSIX_VDISABLE ? NO_CHARACTER : c;
}

static void put_all(struct buf *out, const struct termios *modes)
{
    const tcflag_t fields[] = { [INPUT] = modes->c_iflag,
                                [LOCAL] = modes->c_lflag,
                                [OUTPUT] = modes->c_oflag };
    size_t i;

    for (i = 0; i < COUNT(characters); i++)
        put(out, characters[i].op, character_of(modes->c_cc[characters[i].at]));
    for (i = 0; i < COUNT(flags); i++)
        put(out, flags[i].op, (fields[flags[i].field] & flags[i].bit) != 0);
    put(out, OP_ISPEED, baud_of(cfgetispeed(modes)));
    put(out, OP_OSPEED, baud_of(cfgetospeed(modes)));
}

static void put_short(struct buf *out)
{
    put(out, OP_VERASE, 127);
    put(out, OP_IUTF8, 1);
    put(out, OP_ISPEED, USUAL_SPEED);
    put(out, OP_OSPEED, USUAL_SPEED);
}

void tty_modes_encode(const struct termios *modes, struct buf *out)
{
    if (modes != NULL)
        put_all(out, modes);
    else
        put_short(out);
    buf_put_byte(out, OP_END);
}
