/*
 * vtscreen.c - run a program on a pseudo-terminal and read its screen.
 *
 *     vtscreen COLS ROWS PROGRAM [ARGUMENT...]
 *
 * With VTSCREEN_MUTE=colours in the environment it does not tell its colours,
 * with VTSCREEN_MUTE=all nothing that it is asked.
 *
 * The program's output goes through our own vt.  Orders come as lines on
 * standard input, each is answered on standard output (text in hex, so that
 * any byte can be told):
 *
 *     send HEX         type these bytes
 *     size COLS ROWS   resize the terminal
 *     wait MS HEX      until the screen contains the text and nothing more
 *                      comes for a moment: "yes" or "no"
 *     gone MS HEX      the same, until it does not
 *     screen           "ROWS ROW COL VISIBLE TITLE", then each row in hex
 *     cell ROW COL     "CH FG BG ATTRS" in hex
 *     modes            "ALTERNATE MOUSE PASTE CANON ECHO" as 0 and 1
 *     signal NUMBER    send the program a signal
 *     exit MS          wait for its end: exit status, -N for a signal, or
 *                      "running"
 *     output           all bytes so far, in hex (at most 1 MiB of them)
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "vt/vt.h"

/* LeakSanitizer asks: what leaks in vt/ is for its own tests to find. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "detect_leaks=0";
}

#define OUTPUT_MAX (1u << 20)

struct screen {
    int master, slave; /* the slave is kept open to read its modes */
    pid_t pid;
    bool ended;
    int status;
    struct vt *vt;
    bool mute; /* no answers */
    struct buf output;
};

static long long now_ms(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (long long)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static void die(const char *what)
{
    fprintf(stderr, "vtscreen: %s: %s\n", what, strerror(errno));
    exit(2);
}

static void set_size(int fd, unsigned cols, unsigned rows)
{
    struct winsize ws = { .ws_col = (unsigned short)cols,
                          .ws_row = (unsigned short)rows };

    if (ioctl(fd, TIOCSWINSZ, &ws) == -1)
        die("TIOCSWINSZ");
}

static void become(const struct screen *s, char *const argv[])
{
    setsid();
    if (ioctl(s->slave, TIOCSCTTY, 0) == -1)
        die("TIOCSCTTY");
    dup2(s->slave, 0);
    dup2(s->slave, 1);
    dup2(s->slave, 2);
    close(s->slave);
    close(s->master);
    execvp(argv[0], argv);
    die(argv[0]);
}

static void start(struct screen *s, unsigned cols, unsigned rows,
                  char *const argv[])
{
    struct vt_options opt = { .cols = cols, .rows = rows, .scrollback = 1000 };
    const char *mute = getenv("VTSCREEN_MUTE");

    s->vt = vt_new(&opt);
    s->mute = mute != NULL && strcmp(mute, "all") == 0;
    if (mute == NULL) {
        vt_set_default_color(s->vt, VT_DEFAULT_FG, 0xd0d0d0);
        vt_set_default_color(s->vt, VT_DEFAULT_BG, 0x102030);
    }
    s->master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (s->master == -1 || grantpt(s->master) == -1 ||
        unlockpt(s->master) == -1)
        die("posix_openpt");
    s->slave = open(ptsname(s->master), O_RDWR | O_NOCTTY);
    if (s->slave == -1)
        die("open pty");
    set_size(s->slave, cols, rows);
    s->pid = fork();
    if (s->pid == -1)
        die("fork");
    if (s->pid == 0)
        become(s, argv);
}

static void type(struct screen *s, const void *data, size_t len)
{
    const char *p = data;
    ssize_t n;

    while (len != 0) {
        n = write(s->master, p, len);
        if (n == -1 && errno != EINTR)
            return;
        p += n > 0 ? n : 0;
        len -= n > 0 ? (size_t)n : 0;
    }
}

/* Take in what the program wrote within some ms; answer its queries.
 * Returns whether there was something. */
static bool pump(struct screen *s, int ms)
{
    struct pollfd p = { .fd = s->master, .events = POLLIN };
    struct buf reply = { 0 };
    char chunk[65536];
    ssize_t n;

    if (poll(&p, 1, ms) != 1)
        return false;
    n = read(s->master, chunk, sizeof chunk);
    if (n <= 0)
        return false;
    vt_write(s->vt, chunk, (size_t)n);
    if (s->output.len < OUTPUT_MAX)
        buf_put(&s->output, chunk, (size_t)n);
    vt_take_reply(s->vt, &reply);
    if (!s->mute)
        type(s, reply.data, reply.len);
    buf_free(&reply);
    return true;
}

static void reap(struct screen *s)
{
    if (!s->ended && waitpid(s->pid, &s->status, WNOHANG) == s->pid)
        s->ended = true;
}

/* ---- the screen as text ---- */

static void put_cell(const struct screen *s, const struct vt_cell *cell,
                     struct buf *out)
{
    uint8_t enc[4];
    const uint32_t *ch;
    size_t i, n;

    if (cell->width == 0)
        return;
    ch = vt_cluster(s->vt, cell, &n);
    for (i = 0; i < n; i++)
        buf_put(out, enc, utf8_encode(ch[i], enc));
}

/* A row without its trailing blanks. */
static void put_row(const struct screen *s, unsigned row, struct buf *out)
{
    const struct vt_cell *cells = vt_row(s->vt, row);
    unsigned col;

    for (col = 0; col < vt_cols(s->vt); col++)
        put_cell(s, &cells[col], out);
    while (out->len != 0 && out->data[out->len - 1] == ' ')
        out->len--;
}

static bool contains(const struct screen *s, const struct buf *text)
{
    struct buf all = { 0 }, row = { 0 };
    bool found;
    unsigned i;

    for (i = 0; i < vt_rows(s->vt); i++) {
        buf_clear(&row);
        put_row(s, i, &row);
        buf_put(&all, row.data, row.len);
        buf_put_byte(&all, '\n');
    }
    found = text->len == 0 ||
            memmem(all.data, all.len, text->data, text->len) != NULL;
    buf_free(&all);
    buf_free(&row);
    return found;
}

/* ---- orders ---- */

/* A frame may come in parts: wait for its end, but not for a flood's. */
static void settle(struct screen *s)
{
    long long end = now_ms() + 500;

    while (pump(s, 25) && now_ms() < end)
        ;
}

static int nibble(int c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void unhex(const char *s, struct buf *out)
{
    for (; nibble(s[0]) >= 0 && nibble(s[1]) >= 0; s += 2)
        buf_put_byte(out, (uint8_t)(nibble(s[0]) << 4 | nibble(s[1])));
}

static void put_hex(const void *data, size_t len)
{
    const uint8_t *p = data;
    size_t i;

    for (i = 0; i < len; i++)
        printf("%02x", p[i]);
    putchar('\n');
}

static void order_wait(struct screen *s, const char *args, bool want)
{
    struct buf text = { 0 };
    char *hex;
    long long end = now_ms() + strtol(args, &hex, 10);
    bool found;

    unhex(hex + strspn(hex, " "), &text);
    while ((found = contains(s, &text)) != want && now_ms() < end)
        pump(s, 100);
    settle(s);
    puts(found == want ? "yes" : "no");
    buf_free(&text);
}

static void order_screen(struct screen *s)
{
    struct vt_cursor cursor = vt_cursor(s->vt);
    const char *title = vt_title(s->vt);
    struct buf row = { 0 };
    unsigned i;

    printf("%u %u %u %d ", vt_rows(s->vt), cursor.row, cursor.col,
           cursor.visible);
    put_hex(title, strlen(title));
    for (i = 0; i < vt_rows(s->vt); i++) {
        buf_clear(&row);
        put_row(s, i, &row);
        put_hex(row.data, row.len);
    }
    buf_free(&row);
}

static void order_cell(struct screen *s, const char *args)
{
    char *end;
    unsigned long row = strtoul(args, &end, 10), col = strtoul(end, NULL, 10);
    const struct vt_cell *cell = &vt_row(s->vt, (unsigned)row)[col];

    printf("%x %x %x %x\n", cell->ch, cell->fg, cell->bg, cell->attrs);
}

static void order_modes(const struct screen *s)
{
    struct termios t;

    if (tcgetattr(s->slave, &t) == -1)
        memset(&t, 0, sizeof t);
    printf("%d %d %d %d %d\n", vt_alternate(s->vt),
           vt_mouse(s->vt) != VT_MOUSE_OFF, vt_paste_bracketed(s->vt),
           (t.c_lflag & ICANON) != 0, (t.c_lflag & ECHO) != 0);
}

static void order_exit(struct screen *s, const char *args)
{
    long long end = now_ms() + strtol(args, NULL, 10);
    int i;

    for (reap(s); !s->ended && now_ms() < end; reap(s))
        pump(s, 10);
    if (!s->ended) {
        puts("running");
        return;
    }
    for (i = 0; i < 100; i++)
        pump(s, 0);
    printf("%d\n", WIFEXITED(s->status) ? WEXITSTATUS(s->status)
                                        : -WTERMSIG(s->status));
}

static void order_size(struct screen *s, const char *args)
{
    char *end;
    unsigned long cols = strtoul(args, &end, 10);
    unsigned long rows = strtoul(end, NULL, 10);

    vt_resize(s->vt, (unsigned)cols, (unsigned)rows);
    set_size(s->master, (unsigned)cols, (unsigned)rows);
    puts("ok");
}

static void obey(struct screen *s, char *line)
{
    char *args = strchr(line, ' ');
    struct buf bytes = { 0 };

    if (args != NULL)
        *args++ = '\0';
    else
        args = line + strlen(line);
    if (strcmp(line, "send") == 0) {
        unhex(args, &bytes);
        type(s, bytes.data, bytes.len);
        puts("ok");
    } else if (strcmp(line, "size") == 0) {
        order_size(s, args);
    } else if (strcmp(line, "wait") == 0 || strcmp(line, "gone") == 0) {
        order_wait(s, args, line[0] == 'w');
    } else if (strcmp(line, "screen") == 0) {
        order_screen(s);
    } else if (strcmp(line, "cell") == 0) {
        order_cell(s, args);
    } else if (strcmp(line, "modes") == 0) {
        order_modes(s);
    } else if (strcmp(line, "signal") == 0) {
        kill(s->pid, atoi(args));
        puts("ok");
    } else if (strcmp(line, "exit") == 0) {
        order_exit(s, args);
    } else if (strcmp(line, "output") == 0) {
        put_hex(s->output.data, s->output.len);
    } else {
        puts("?");
    }
    buf_free(&bytes);
    fflush(stdout);
}

int main(int argc, char *argv[])
{
    struct screen s = { 0 };
    struct pollfd p[2] = { { .fd = 0, .events = POLLIN },
                           { .events = POLLIN } };
    char line[65536];

    if (argc < 4) {
        fprintf(stderr, "usage: vtscreen COLS ROWS PROGRAM [ARGUMENT...]\n");
        return 2;
    }
    start(&s, (unsigned)atoi(argv[1]), (unsigned)atoi(argv[2]), argv + 3);
    p[1].fd = s.master;
    for (;;) {
        while (poll(p, 2, -1) != -1 && p[0].revents == 0)
            pump(&s, 0);
        if (fgets(line, sizeof line, stdin) == NULL)
            break;
        line[strcspn(line, "\n")] = '\0';
        obey(&s, line);
    }
    reap(&s);
    if (!s.ended) {
        kill(s.pid, SIGKILL);
        waitpid(s.pid, &s.status, 0);
    }
    vt_free(s.vt);
    buf_free(&s.output);
    return 0;
}
