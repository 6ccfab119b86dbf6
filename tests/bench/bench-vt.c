/*
 * bench-vt.c - how fast the terminal takes bytes, in MB per second of CPU.
 *
 * At 80x24 and 200x50, with 10,000 lines kept; four kinds of output, made here,
 * and beside us another terminal, if there is one: the two take turns, and the
 * median of the rounds counts.  Then 100,000 lines that are kept: their memory,
 * a search through all of them, and a reflow.
 */
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "app/search.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/utf8.h"
#include "peer.h"
#include "vt/vt.h"

#define BENCH_BYTES (16u << 20)
#define PEER_BYTES  (1u << 20) /* enough for one so much slower */
#define BENCH_PIECE 65536u     /* as much as one read gives */
#define ROUNDS      5
#define LINES       10000
#define KEPT        100000u

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
            put_char(b, i % 8 == 7   ? 0x1f600 + next_random(&seed) % 64
                        : i % 8 == 3 ? 0xe0 + next_random(&seed) % 32
                                     : 0x4e00 + next_random(&seed) % 20000);
        for (i = 0; i < 4; i++) {
            put_char(b, 'a' + next_random(&seed) % 26);
            put_char(b, 0x300 + next_random(&seed) % 16);
        }
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

struct size {
    unsigned cols, rows;
};

static size_t piece(const struct buf *b, size_t at)
{
    return b->len - at < BENCH_PIECE ? b->len - at : BENCH_PIECE;
}

static double write_ours(const struct buf *b, struct size size)
{
    struct vt_options opt = { .cols = size.cols,
                              .rows = size.rows,
                              .scrollback = LINES };
    struct vt *vt = vt_new(&opt);
    double start = cpu_seconds(), took;
    size_t at;

    for (at = 0; at < b->len; at += BENCH_PIECE)
        vt_write(vt, b->data + at, piece(b, at));
    took = cpu_seconds() - start;
    vt_free(vt);
    return took;
}

static double write_peer(const struct buf *b, struct size size)
{
    struct peer *p = peer_new(size.cols, size.rows, LINES);
    double start = cpu_seconds(), took;
    size_t at;

    for (at = 0; at < PEER_BYTES; at += BENCH_PIECE)
        peer_write(p, b->data + at, BENCH_PIECE);
    took = cpu_seconds() - start;
    peer_free(p);
    return took;
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static double median(double *values)
{
    qsort(values, ROUNDS, sizeof *values, by_size);
    return values[ROUNDS / 2];
}

static void measure(const char *name, void (*fill)(struct buf *b),
                    struct size size)
{
    double ours[ROUNDS], theirs[ROUNDS] = { 0 }, mb, ours_mb, peer_mb;
    struct buf b = { 0 };
    int i;

    fill(&b);
    mb = (double)b.len / 1e6;
    for (i = 0; i < ROUNDS; i++) {
        ours[i] = write_ours(&b, size);
        if (peer_name() != NULL)
            theirs[i] = write_peer(&b, size);
    }
    ours_mb = mb / median(ours);
    printf("vt: %3ux%-3u %-28s %4.0f MB per CPU second", size.cols, size.rows,
           name, ours_mb);
    peer_mb = PEER_BYTES / 1e6 / median(theirs);
    if (peer_name() != NULL)
        printf(", %s %3.0f: %.1f times", peer_name(), peer_mb,
               ours_mb / peer_mb);
    putchar('\n');
    buf_free(&b);
}

static size_t heap(void)
{
    struct mallinfo2 now = mallinfo2();

    return now.uordblks + now.hblkhd;
}

/* What was printed in the last n lines. */
static size_t text_of(const struct buf *b, unsigned n)
{
    size_t at = b->len, text = 0;

    while (at > 0 && n > 0) {
        at--;
        if (b->data[at] == '\n')
            n--;
        else if (b->data[at] != '\r')
            text++;
    }
    return text;
}

/* For what is not there, in either case. */
static double search_ms(const struct vt *vt)
{
    struct err err = { ERR_NONE, "" };
    struct search *search = search_new("nowhere", false, &err);
    double start = cpu_seconds();
    struct vt_range found;

    search_next(search, vt, (struct vt_place){ UINT64_MAX, 0 }, true, &found);
    start = cpu_seconds() - start;
    search_free(search);
    return start * 1e3;
}

static double resize_ms(struct vt *vt, unsigned cols, unsigned rows)
{
    double start = cpu_seconds();

    vt_resize(vt, cols, rows);
    return (cpu_seconds() - start) * 1e3;
}

static void measure_kept(void)
{
    struct vt_options opt = { .cols = 80, .rows = 24, .scrollback = KEPT };
    struct buf b = { 0 };
    struct vt *vt;
    size_t before;

    fill_log(&b);
    before = heap();
    vt = vt_new(&opt);
    vt_write(vt, b.data, b.len);
    printf("vt: 100,000 lines kept: %.0f bytes a line over their text\n",
           ((double)(heap() - before) - (double)text_of(&b, KEPT)) / KEPT);
    printf("vt: a search through all of them: %.0f ms\n", search_ms(vt));
    printf("vt: their reflow, 80 to 60 columns: %.0f ms\n",
           resize_ms(vt, 60, 24));
    printf("vt: their reflow, 60 to 120 columns: %.0f ms\n",
           resize_ms(vt, 120, 40));
    vt_free(vt);
    buf_free(&b);
}

int main(void)
{
    static const struct size sizes[] = { { 80, 24 }, { 200, 50 } };
    size_t i;

    for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        measure("ASCII log lines", fill_log, sizes[i]);
        measure("coloured lines (SGR)", fill_colour, sizes[i]);
        measure("CJK, emoji, marks (UTF-8)", fill_utf8, sizes[i]);
        measure("full-screen redraws", fill_redraw, sizes[i]);
    }
    measure_kept();
    return 0;
}
