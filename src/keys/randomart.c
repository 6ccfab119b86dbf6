/* randomart.c - a fingerprint as a picture. */
#include "keys/randomart.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include "base/buf.h"

#define WIDTH  17
#define HEIGHT 9

/* How often a square was stepped on; then the start and the end. */
static const char marks[] = " .o+=*BOX@%&#/^SE";

#define START     (sizeof marks - 3)
#define END       (sizeof marks - 2)
#define STEPS_MAX (START - 1)

struct board {
    uint8_t steps[HEIGHT][WIDTH];
    unsigned x, y;
};

/* The walls stop a step, but not along them. */
static unsigned stepped(unsigned at, bool forward, unsigned size)
{
    if (forward)
        return at + 1 < size ? at + 1 : at;
    return at != 0 ? at - 1 : 0;
}

static void walk(struct board *b, const uint8_t *hash, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        for (unsigned bit = 0; bit < 8; bit += 2) {
            b->x = stepped(b->x, (hash[i] >> bit & 1) != 0, WIDTH);
            b->y = stepped(b->y, (hash[i] >> bit & 2) != 0, HEIGHT);
            if (b->steps[b->y][b->x] < STEPS_MAX)
                b->steps[b->y][b->x]++;
        }
    }
}

/* The text in the middle of a line; the odd dash goes to the right. */
static void put_border(struct buf *out, const char *text)
{
    static const char dashes[] = "-----------------";
    size_t len = strlen(text), left;

    left = (WIDTH - len) / 2;
    buf_printf(out, "+%.*s%s%.*s+\n", (int)left, dashes, text,
               (int)(WIDTH - len - left), dashes);
}

/*
 * ssh-keygen's titles are cut at 16 characters, and the bits are left out
 * where they would make more than 17.
 */
static void put_title(struct buf *out, const char *kind, unsigned bits)
{
    char title[WIDTH];
    int n = snprintf(title, sizeof title, "[%s %u]", kind, bits);

    if (n < 0 || n > WIDTH)
        snprintf(title, sizeof title, "[%s]", kind);
    put_border(out, title);
}

void randomart_put(struct buf *out, const char *kind, unsigned bits,
                   const char *hash_name, const uint8_t *hash, size_t len)
{
    struct board b = { .x = WIDTH / 2, .y = HEIGHT / 2 };
    char name[WIDTH];

    walk(&b, hash, len);
    b.steps[HEIGHT / 2][WIDTH / 2] = START;
    b.steps[b.y][b.x] = END;
    put_title(out, kind, bits);
    for (unsigned y = 0; y < HEIGHT; y++) {
        buf_put_str(out, "|");
        for (unsigned x = 0; x < WIDTH; x++)
            buf_put_byte(out, (uint8_t)marks[b.steps[y][x]]);
        buf_put_str(out, "|\n");
    }
    snprintf(name, sizeof name, "[%s]", hash_name);
    put_border(out, name);
}
