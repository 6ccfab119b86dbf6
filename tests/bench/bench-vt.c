/*
 * bench-vt.c - how fast the terminal takes bytes, in MB per second of CPU.
 *
 * 80x24 with 10,000 lines kept; four kinds of output, made here; the best of
 * several rounds.  Then what a line of scrollback costs, and a reflow.
 */
#include <stdint.h>
#include <stdio.h>
#include <time.h>
#include "base/buf.h"
#include "base/utf8.h"
#include "vt/vt.h"

#define BENCH_BYTES (16u << 20)
#define BENCH_PIECE 65536u /* as much as one read gives */
#define ROUNDS      7

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1103515245u + 12345u;
    return *seed >> 16 & 0x7fff;
}

static void fill_log(struct buf *b)
{
    unsigned seed = 1, n = 0;

    for (; b->len < BENCH_BYTES; n++)
        buf_printf(b,
                   "Nov 23 10:%02u:%02u vm systemd[%u]: Started session %u of "
                   "user %.*s.\r\n",
                   n / 60 % 60, n % 60, next_random(&seed), n,
                   (int)(1 + next_random(&seed) % 16), "administrator-ubuntu");
}

static void fill_colour(struct buf *b)
{
    unsigned seed = 2;

    while (b->len < BENCH_BYTES)
        buf_printf(
            b,
            "\033[%um%08x\033[0m \033[1;38;5;%umdirectory\033[0m/"
            "\033[38;2;%u;%u;99mname.c\033[m: \033[7mwarning\033[27m\r\n",
            31 + next_random(&seed) % 7, next_random(&seed),
            next_random(&seed) % 256, next_random(&seed) % 256,
            next_random(&seed) % 256);
}

static void put_char(struct buf *b, uint32_t ch)
{
    uint8_t bytes[4];

    buf_put(b, bytes, utf8_encode(ch, bytes));
}

static void fill_utf8(struct buf *b)
{
    unsigned seed = 3, i;

    while (b->len < BENCH_BYTES) {
        for (i = 0; i < 34; i++)
            put_char(b, i % 8 == 7 ? 0x1f600 + next_random(&seed) % 64
                                   : 0x4e00 + next_random(&seed) % 20000);
        buf_put_str(b, "\r\n");
    }
}

static void fill_redraw(struct buf *b)
{
    unsigned seed = 4, row, n;

    while (b->len < BENCH_BYTES) {
        buf_put_str(b, "\033[H");
        for (row = 1; row <= 24; row++) {
            buf_printf(b, "\033[%u;1H\033[3%um%5u root\033[39m", row, row % 8,
                       next_random(&seed));
            for (n = 0; n < 12; n++)
                buf_printf(b, " %4u", next_random(&seed) % 10000);
            buf_put_str(b, "\033[K");
        }
    }
}

static double cpu_seconds(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static double write_all(const struct buf *b)
{
    struct vt_options opt = { .cols = 80, .rows = 24, .scrollback = 10000 };
    struct vt *vt = vt_new(&opt);
    double start, took;
    size_t at;

    start = cpu_seconds();
    for (at = 0; at < b->len; at += BENCH_PIECE)
        vt_write(vt, b->data + at,
                 b->len - at < BENCH_PIECE ? b->len - at : BENCH_PIECE);
    took = cpu_seconds() - start;
    vt_free(vt);
    return took;
}

static void measure(const char *name, void (*fill)(struct buf *b))
{
    struct buf b = { 0 };
    double best = 1e9, took;
    int i;

    fill(&b);
    for (i = 0; i < ROUNDS; i++)
        if ((took = write_all(&b)) < best)
            best = took;
    printf("vt: %-28s %6.0f MB per CPU second\n", name,
           (double)b.len / 1e6 / best);
    buf_free(&b);
}

static void measure_reflow(void)
{
    struct vt_options opt = { .cols = 80, .rows = 24, .scrollback = 100000 };
    struct vt *vt = vt_new(&opt);
    struct buf b = { 0 };
    double start;

    fill_log(&b);
    vt_write(vt, b.data, b.len);
    start = cpu_seconds();
    vt_resize(vt, 60, 24);
    printf("vt: reflow of 100,000 lines, 80 to 60 columns: %.0f ms\n",
           (cpu_seconds() - start) * 1e3);
    start = cpu_seconds();
    vt_resize(vt, 120, 40);
    printf("vt: reflow of 100,000 lines, 60 to 120 columns: %.0f ms\n",
           (cpu_seconds() - start) * 1e3);
    vt_free(vt);
    buf_free(&b);
}

int main(void)
{
    measure("ASCII log lines", fill_log);
    measure("coloured lines (SGR)", fill_colour);
    measure("CJK and emoji (UTF-8)", fill_utf8);
    measure("full-screen redraws", fill_redraw);
    measure_reflow();
    return 0;
}
