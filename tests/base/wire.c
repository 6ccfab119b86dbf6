/* wire.c - the SSH data types; the examples are those of RFC 4251. */
#include "base/wire.h"

#include "base/buf.h"
#include "../tap.h"

/* A literal's bytes and their number. */
#define BYTES(s) (const uint8_t *)("" s), sizeof(s) - 1

static bool same(struct wire_bytes b, const uint8_t *p, size_t n)
{
    return b.len == n && memcmp(b.data, p, n) == 0;
}

static const struct {
    const char *name;
    const uint8_t *in;
    size_t in_len;
    bool good;
    const uint8_t *want; /* the magnitude */
    size_t want_len;
} mpint_cases[] = {
    { "zero", BYTES("\0\0\0\0"), true, BYTES("") },
    { "9a378f9b2e332a7", BYTES("\0\0\0\x08\x09\xa3\x78\xf9\xb2\xe3\x32\xa7"),
      true, BYTES("\x09\xa3\x78\xf9\xb2\xe3\x32\xa7") },
    { "80", BYTES("\0\0\0\x02\0\x80"), true, BYTES("\x80") },
    { "-1234 is refused", BYTES("\0\0\0\x02\xed\xcc"), false, BYTES("") },
    { "-deadbeef is refused", BYTES("\0\0\0\x05\xff\x21\x52\x41\x11"), false,
      BYTES("") },
    { "needless zeros are dropped", BYTES("\0\0\0\x04\0\0\0\x7f"), true,
      BYTES("\x7f") },
    { "zero written as zeros", BYTES("\0\0\0\x02\0\0"), true, BYTES("") },
    { "eight bytes after a zero", BYTES("\0\0\0\x09\0\xff\2\3\4\5\6\7\x08"),
      true, BYTES("\xff\2\3\4\5\6\7\x08") },
    { "nine bytes are too many", BYTES("\0\0\0\x09\1\2\3\4\5\6\7\x08\x09"),
      false, BYTES("") },
    { "cut off", BYTES("\0\0\0\x03\1\2"), false, BYTES("") },
};

static void test_mpint_read(void)
{
    struct wire w;
    struct wire_bytes got;
    size_t i;

    for (i = 0; i < sizeof mpint_cases / sizeof *mpint_cases; i++) {
        wire_init(&w, mpint_cases[i].in, mpint_cases[i].in_len);
        got = wire_mpint(&w, 8);
        ok(wire_done(&w) == mpint_cases[i].good && got.data != NULL &&
               same(got, mpint_cases[i].want, mpint_cases[i].want_len),
           "mpint: %s", mpint_cases[i].name);
    }
}

static const struct {
    const char *name;
    const uint8_t *in;
    size_t in_len;
    const uint8_t *want;
    size_t want_len;
} put_mpint_cases[] = {
    { "zero", BYTES(""), BYTES("\0\0\0\0") },
    { "zero from zeros", BYTES("\0\0\0"), BYTES("\0\0\0\0") },
    { "9a378f9b2e332a7", BYTES("\x09\xa3\x78\xf9\xb2\xe3\x32\xa7"),
      BYTES("\0\0\0\x08\x09\xa3\x78\xf9\xb2\xe3\x32\xa7") },
    { "80 gets a zero", BYTES("\x80"), BYTES("\0\0\0\x02\0\x80") },
    { "7f does not", BYTES("\0\0\x7f"), BYTES("\0\0\0\x01\x7f") },
    { "one zero remains", BYTES("\0\0\xff\xff"), BYTES("\0\0\0\3\0\xff\xff") },
};

static void test_mpint_put(void)
{
    struct buf b = { 0 };
    size_t i;

    for (i = 0; i < sizeof put_mpint_cases / sizeof *put_mpint_cases; i++) {
        buf_clear(&b);
        wire_put_mpint(&b, put_mpint_cases[i].in, put_mpint_cases[i].in_len);
        ok(b.len == put_mpint_cases[i].want_len &&
               memcmp(b.data, put_mpint_cases[i].want, b.len) == 0,
           "put mpint: %s", put_mpint_cases[i].name);
    }
    buf_free(&b);
}

static void test_examples(void)
{
    static const char bytes[] = "\0\0\0\x07testing\0\0\0\0\0\0\0\x04zlib"
                                "\0\0\0\x09zlib,none\x29\xb7\xf4\xaa\0\1\xff";
    struct wire w;

    wire_init(&w, bytes, sizeof bytes - 1);
    ok(wire_is(wire_string(&w), "testing"), "string \"testing\"");
    ok(wire_is(wire_string(&w), ""), "name-list ()");
    ok(wire_is(wire_string(&w), "zlib"), "name-list (\"zlib\")");
    ok(wire_is(wire_string(&w), "zlib,none"), "name-list (\"zlib,none\")");
    is_num(wire_u32(&w), 699921578, "uint32 699921578");
    ok(!wire_bool(&w) && wire_bool(&w), "boolean 0 and 1");
    ok(wire_bool(&w), "any other byte is true");
    ok(wire_ok(&w) && wire_done(&w), "and nothing is left");
}

static void test_put(void)
{
    static const char want[] = "\0\0\0\x07testing\0\0\0\0\x29\xb7\xf4\xaa\1\0";
    struct buf b = { 0 };

    wire_put_cstr(&b, "testing");
    wire_put_string(&b, NULL, 0);
    wire_put_u32(&b, 699921578);
    wire_put_bool(&b, true);
    wire_put_bool(&b, false);
    ok(b.len == sizeof want - 1 && memcmp(b.data, want, b.len) == 0,
       "what is written is what RFC 4251 shows");
    buf_free(&b);
}

static void test_is(void)
{
    static const uint8_t p[] = { 'a', 'b', 0 };

    ok(wire_is((struct wire_bytes){ p, 2 }, "ab"), "a run is its string");
    ok(!wire_is((struct wire_bytes){ p, 1 }, "ab"), "a shorter run is not");
    ok(!wire_is((struct wire_bytes){ p, 3 }, "ab"), "nor one with a NUL more");
    ok(!wire_is((struct wire_bytes){ p, 2 }, "aB"), "nor another's");
}

/* One field of each kind; the number that its bytes make tells it. */
enum { FIELDS = 8 };

static const char message[] = "\x05\1\1\2\3\4\1\2\3\4\5\6\7\x08"
                              "\0\0\0\3abc\0\0\0\3\0\xff\xee\x11\x22rest";

static const struct {
    size_t end; /* where the field ends */
    uint64_t value;
} fields[FIELDS] = {
    { 1, 5 },          { 2, 1 },
    { 6, 0x01020304 }, { 14, 0x0102030405060708u },
    { 21, 0x616263 },  { 28, 0xffee },
    { 30, 0x1122 },    { 34, 0x72657374 },
};

static uint64_t value_of(struct wire_bytes b)
{
    uint64_t v = 0;
    size_t i;

    for (i = 0; i < b.len; i++)
        v = v << 8 | b.data[i];
    return v;
}

static void read_fields(struct wire *w, uint64_t got[FIELDS])
{
    got[0] = wire_byte(w);
    got[1] = wire_bool(w);
    got[2] = wire_u32(w);
    got[3] = wire_u64(w);
    got[4] = value_of(wire_string(w));
    got[5] = value_of(wire_mpint(w, 2));
    got[6] = value_of(wire_raw(w, 2));
    got[7] = value_of(wire_raw(w, 4));
}

/* The first n bytes: what they hold whole is read, all the rest is zero. */
static bool cut_reads(size_t n)
{
    uint64_t got[FIELDS], want;
    uint8_t *exact = malloc(n + 1);
    struct wire w;
    bool good = true;
    size_t i;

    if (exact == NULL)
        return false;
    /* At the block's end, where a sanitizer sees one byte too many. */
    memcpy(exact + 1, message, n);
    wire_init(&w, exact + 1, n);
    read_fields(&w, got);
    for (i = 0; i < FIELDS; i++) {
        want = fields[i].end <= n ? fields[i].value : 0;
        good = good && got[i] == want;
    }
    good = good && wire_done(&w) == (n == sizeof message - 1);
    free(exact);
    return good;
}

static void test_cut(void)
{
    size_t n;

    for (n = 0; n < sizeof message; n++)
        ok(cut_reads(n), "cut off after %zu bytes", n);
}

static void test_sticky(void)
{
    uint64_t got[FIELDS], any = 0;
    struct wire w;
    size_t i;

    wire_init(&w, message, sizeof message - 1);
    ok(wire_raw(&w, sizeof message).len == 0, "more than there is: nothing");
    ok(!wire_ok(&w) && !wire_done(&w), "and that is an error");
    read_fields(&w, got);
    for (i = 0; i < FIELDS; i++)
        any |= got[i];
    is_num((long long)any, 0, "after it every field is zero");
    ok(wire_rest(&w).len == 0 && wire_rest(&w).data != NULL,
       "and the rest is empty");
    ok(wire_string(&w).data != NULL && wire_mpint(&w, 8).data != NULL,
       "an empty run is never NULL");
    ok(!wire_ok(&w) && !wire_done(&w), "and it stays an error");
}

static void test_lengths(void)
{
    struct wire w;

    wire_init(&w,
              "\xff\xff\xff\xff"
              "abc",
              7);
    ok(wire_string(&w).len == 0 && !wire_ok(&w), "a length of 4 GB");
    wire_init(&w, "abc", 3);
    ok(wire_raw(&w, SIZE_MAX).len == 0 && !wire_ok(&w), "the longest raw");
    wire_init(&w, NULL, 0);
    ok(wire_done(&w) && wire_rest(&w).data != NULL, "nothing is well-formed");
    ok(wire_raw(&w, 0).data != NULL && wire_done(&w), "also read as nothing");
    wire_init(&w, "abc", 3);
    wire_byte(&w);
    ok(!wire_done(&w) && wire_is(wire_rest(&w), "bc") && wire_done(&w),
       "not done until the rest is read");
}

int main(void)
{
    test_examples();
    test_mpint_read();
    test_mpint_put();
    test_put();
    test_is();
    test_cut();
    test_sticky();
    test_lengths();
    return tap_done();
}
