/*
 * soak.c - mixed output for a long time: once all is full that is kept, the
 * memory in use stays what it is.  SOAK_MB says how much; "make soak" takes
 * 10 GB.
 */
#include "vt/vt.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include "base/buf.h"
#include "../tap.h"

#if defined(__SANITIZE_ADDRESS__)
#define WITH_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITH_ASAN 1
#endif
#endif
#ifdef WITH_ASAN
/* The sanitizer's own, whose header is not with every compiler. */
size_t __sanitizer_get_current_allocated_bytes(void);
#endif

#define USUAL_MB 40
#define LINES    200
#define PARTS    8    /* of the whole; the first are for what fills up */
#define CHUNK    4096 /* bytes at a time, as they come over the network */
#define CORPUS   (1u << 18)

static size_t in_use(void)
{
#ifdef WITH_ASAN
    return __sanitizer_get_current_allocated_bytes();
#else
    struct mallinfo2 m = mallinfo2();

    return m.uordblks + m.hblkhd;
#endif
}

/* Numbers that are the same in each run: Marsaglia's xorshift. */
static uint32_t number(uint32_t below)
{
    static uint32_t x = 2463534242u;

    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    return x % below;
}

static void put_words(struct buf *out)
{
    static const char *const words[] = {
        "the",
        "quick",
        "brown",
        "fox",
        "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e",
        "e\xcc\x81\xcc\x82\xcc\x83",
        "\xf0\x9f\x98\x80",
        "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7",
        "\xe2\x9d\xa4\xef\xb8\x8f",
    };
    uint32_t n = number(24);

    while (n-- > 0)
        buf_printf(out, "%s ", words[number(sizeof words / sizeof *words)]);
}

/* One piece of what programs print; each kind keeps something else. */
static void put_piece(struct buf *out)
{
    switch (number(10)) {
    case 0:
        buf_printf(out, "\033[%u;4:%u;58:5:%um", 30 + number(8), number(6),
                   number(256));
        break;
    case 1:
        buf_printf(out, "\033[38;2;%u;%u;%um", number(256), number(256),
                   number(256));
        break;
    case 2:
        buf_printf(out, "\033]8;id=%u;http://x.example/%u\033\\link\033]8;;\a",
                   number(1u << 20), number(1u << 20));
        break;
    case 3:
        buf_printf(out, "\033]0;title %u\a\033[22t\033[23t", number(1000));
        break;
    case 4:
        buf_printf(out, "\033]4;%u;rgb:%02x/80/80\a\033]133;A\a", number(256),
                   number(256));
        break;
    case 5:
        buf_printf(out, "\033[?1049h\033[%u;%uH", 1 + number(24),
                   1 + number(80));
        put_words(out);
        buf_put_str(out, "\033[?1049l");
        break;
    case 6:
        buf_printf(out, "\033[%u;%ur\033[%uL\033[r\033#6", 1 + number(5),
                   10 + number(15), number(9));
        break;
    default: buf_put_str(out, "\033[m"); break;
    }
    put_words(out);
    buf_put_str(out, "\r\n");
}

static void write_part(struct vt *vt, const struct buf *corpus, size_t bytes)
{
    struct buf reply = { 0 };
    size_t at, n;

    for (at = 0; at < bytes; at += n) {
        size_t from = at % corpus->len;

        n = corpus->len - from < CHUNK ? corpus->len - from : CHUNK;
        vt_write(vt, corpus->data + from, n);
        if (number(400) == 0)
            vt_resize(vt, 60 + number(60), 20 + number(20));
        if (number(64) == 0)
            vt_take_reply(vt, &reply);
        buf_clear(&reply);
    }
    vt_resize(vt, 80, 24);
    buf_free(&reply);
}

int main(void)
{
    const struct vt_options opt = { .cols = 80,
                                    .rows = 24,
                                    .scrollback = LINES };
    const char *wanted = getenv("SOAK_MB");
    size_t part = (wanted != NULL ? strtoul(wanted, NULL, 10) : USUAL_MB) *
                  (1u << 20) / PARTS;
    struct vt *vt = vt_new(&opt);
    struct buf corpus = { 0 };
    size_t early = 0, late = 0, used;
    unsigned i;

    while (corpus.len < CORPUS)
        put_piece(&corpus);
    for (i = 0; i < PARTS; i++) {
        write_part(vt, &corpus, part);
        used = in_use();
        diag("%zu MB: %zu KB in use", (i + 1) * part >> 20, used >> 10);
        if (i < PARTS / 2)
            early = used > early ? used : early;
        else
            late = used > late ? used : late;
    }
    ok(late <= early + early / 4, "memory: %zu KB, then %zu KB", early >> 10,
       late >> 10);
    vt_free(vt);
    buf_free(&corpus);
    return tap_done();
}
