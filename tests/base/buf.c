/* buf.c - the byte buffer against the simplest model of it, an array. */
#include "base/buf.h"

#include "base/mem.h"
#include "child.h"
#include "../tap.h"

#define MODEL_MAX 4096u
#define STEPS     20000u

struct model {
    uint8_t data[MODEL_MAX];
    size_t len;
    uint32_t state; /* of the generator; never 0 */
    uint8_t next;   /* the byte to put next: order matters, so they count up */
};

/* Marsaglia's xorshift32: the same walk on every machine. */
static uint32_t draw(struct model *m, uint32_t below)
{
    m->state ^= m->state << 13;
    m->state ^= m->state >> 17;
    m->state ^= m->state << 5;
    return m->state % below;
}

/* Append n counted bytes to the model; they are also its last n. */
static const uint8_t *model_put(struct model *m, size_t n)
{
    const uint8_t *p = m->data + m->len;

    for (; n != 0; n--)
        m->data[m->len++] = m->next++;
    return p;
}

static void model_consume(struct model *m, size_t n)
{
    if (n > m->len)
        n = m->len;
    memmove(m->data, m->data + n, m->len - n);
    m->len -= n;
}

static void put_some(struct buf *b, struct model *m)
{
    size_t n = draw(m, draw(m, 8) == 0 ? 600 : 20);

    if (n > MODEL_MAX - m->len)
        n = MODEL_MAX - m->len;
    switch (draw(m, 3)) {
    case 0:
        memcpy(buf_reserve(b, n + draw(m, 100)), model_put(m, n), n);
        buf_commit(b, n);
        return;
    case 1:
        if (n != 0)
            buf_put_byte(b, *model_put(m, 1));
        return;
    default: buf_put(b, model_put(m, n), n);
    }
}

static void consume_some(struct buf *b, struct model *m)
{
    size_t n = draw(m, draw(m, 8) == 0 ? 600 : 20);

    buf_consume(b, n);
    model_consume(m, n);
}

static bool matches(struct buf *b, const struct model *m, bool as_text)
{
    if (as_text && buf_str(b)[b->len] != '\0')
        return false;
    return b->len == m->len &&
           (m->len == 0 || memcmp(b->data, m->data, m->len) == 0);
}

static void one_step(struct buf *b, struct model *m)
{
    uint32_t what = draw(m, 1000);

    if (what == 0) {
        buf_clear(b);
        m->len = 0;
    } else if (what == 1) {
        buf_free(b);
        m->len = 0;
    } else if (what < 500) {
        put_some(b, m);
    } else {
        consume_some(b, m);
    }
}

static void walk(uint32_t seed)
{
    struct model m = { .state = seed };
    struct buf b = { 0 };
    unsigned step;

    for (step = 0; step < STEPS; step++) {
        one_step(&b, &m);
        if (!matches(&b, &m, step % 16 == 0))
            break;
    }
    if (!ok(step == STEPS, "%u random steps from seed %u", STEPS, seed))
        diag("differs at step %u: %zu bytes, not %zu", step, b.len, m.len);
    buf_free(&b);
}

static void test_basics(void)
{
    struct buf b = { 0 };
    char *s;

    is_str(buf_str(&b), "", "an empty buffer is an empty string");
    is_num((long long)b.len, 0, "and stays empty");
    buf_put_str(&b, "one ");
    buf_printf(&b, "%d %s", 2, "three");
    buf_printf(&b, "%s", "");
    buf_put(&b, NULL, 0);
    is_str(buf_str(&b), "one 2 three", "text, printf and nothing");
    buf_consume(&b, 4);
    s = buf_take_str(&b);
    is_str(s, "2 three", "taken after a consume");
    ok(b.len == 0 && b.data == NULL, "taking empties");
    mem_free(s);
    buf_consume(&b, 5);
    buf_clear(&b);
    ok(b.len == 0, "consuming and clearing nothing");
    buf_put(&b, "a\0b", 3);
    s = buf_take_str(&b);
    ok(memcmp(s, "a\0b", 4) == 0, "taken with a NUL inside");
    mem_free(s);
    ok(buf_reserve(&b, 0) != NULL, "room for nothing is a place");
    buf_free(&b);
}

static void test_long_printf(void)
{
    struct buf b = { 0 };

    buf_printf(&b, "%*d", 10000, 7);
    ok(b.len == 10000 && b.data[9999] == '7', "printf grows as needed");
    buf_free(&b);
}

/*
 * A queue that holds len bytes while many more pass through: its bytes are
 * moved rarely, and its memory stays in proportion.
 */
static void test_queue(size_t len)
{
    struct buf b = { 0 };
    const uint8_t *before;
    size_t i, passed = 4 * len + 1000, moves = 0;

    for (i = 0; i < len; i++)
        buf_put_byte(&b, 'x');
    for (i = 0; i < passed; i++) {
        buf_consume(&b, 1);
        before = b.data;
        buf_put_byte(&b, 'y');
        moves += b.data != before;
    }
    if (!ok(moves <= 5 + 1000 / (len + 1),
            "a queue of %zu bytes is rarely moved", len))
        diag("%zu moves in %zu steps", moves, passed);
    if (!ok(b.cap <= 64 + 4 * len, "nor does it grow for ever"))
        diag("%zu bytes", b.cap);
    buf_free(&b);
}

static void reserve_too_much(void)
{
    struct buf b = { 0 };

    buf_put_str(&b, "0123456789");
    buf_reserve(&b, SIZE_MAX - 5);
}

static void test_too_much(void)
{
    struct child_end end = child_run(reserve_too_much);

    ok(WIFEXITED(end.status) && WEXITSTATUS(end.status) == 255,
       "a length that overflows is out of memory");
}

int main(void)
{
    static const size_t queues[] = { 1, 63, 64, 1000, 65535, 65536 };
    uint32_t seed;
    size_t i;

    test_basics();
    test_long_printf();
    for (seed = 1; seed <= 20; seed++)
        walk(seed);
    for (i = 0; i < sizeof queues / sizeof *queues; i++)
        test_queue(queues[i]);
    test_too_much();
    return tap_done();
}
