/*
 * fuzz-wire.c - base: the SSH reader under any sequence of getters.
 *
 * The first half of the input says which getters run, the rest is what they
 * read.
 */
#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include "base/buf.h"
#include "base/wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What was read, written again, reads the same. */
static void check_mpint(struct wire_bytes b, size_t max)
{
    struct buf again = { 0 };
    struct wire_bytes back;
    struct wire w;

    assert(b.len <= max && (b.len == 0 || b.data[0] != 0));
    wire_put_mpint(&again, b.data, b.len);
    wire_init(&w, again.data, again.len);
    back = wire_mpint(&w, max);
    assert(wire_done(&w) && back.len == b.len);
    assert(memcmp(back.data, b.data, b.len) == 0);
    buf_free(&again);
}

/* Run one getter; it gives a run of bytes or a number. */
static struct wire_bytes get(struct wire *w, uint8_t op, uint64_t *number)
{
    static const uint8_t none[1];
    struct wire_bytes b = { none, 0 };

    *number = 0;
    switch (op % 8) {
    case 0: *number = wire_byte(w); break;
    case 1: *number = wire_bool(w); break;
    case 2: *number = wire_u32(w); break;
    case 3: *number = wire_u64(w); break;
    case 4: b = wire_raw(w, op / 8u); break;
    case 5: b = wire_string(w); break;
    case 6:
        b = wire_mpint(w, op / 8u);
        check_mpint(b, op / 8u);
        break;
    default: b = wire_rest(w);
    }
    return b;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *in = data + size / 2, *end = data + size;
    struct wire_bytes b;
    struct wire w;
    uint64_t number;
    size_t i, left;

    wire_init(&w, in, (size_t)(end - in));
    for (i = 0; i < size / 2; i++) {
        left = w.left;
        b = get(&w, data[i], &number);
        assert(b.data != NULL && w.left <= left);
        assert(b.len == 0 || (b.data >= in && b.len <= (size_t)(end - b.data)));
        assert(wire_ok(&w) || (b.len == 0 && number == 0));
    }
    assert(wire_done(&w) == (wire_ok(&w) && w.left == 0));
    return 0;
}
