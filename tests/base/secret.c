/* secret.c - bytes that are kept in one place and wiped there. */
#include "base/secret.h"

#include "../tap.h"

/* Are all bytes from here to the capacity's end, and the NUL, zero? */
static bool zero_from(const struct secret *s, size_t from)
{
    size_t i;

    for (i = from; i <= s->cap; i++)
        if (s->data[i] != 0)
            return false;
    return true;
}

static void test_put(void)
{
    struct secret *s = secret_new(8);
    const uint8_t *place = s->data;

    ok(s->len == 0 && s->cap == 8 && zero_from(s, 0), "a new one is empty");
    ok(secret_put(s, "pass", 4) && secret_put(s, NULL, 0), "put");
    ok(secret_put(s, "word", 4), "put until it is full");
    is_str((const char *)s->data, "password", "a NUL follows");
    ok(!secret_put(s, "!", 1) && s->len == 8, "one more does not fit");
    ok(!secret_put(s, "!", SIZE_MAX) && s->len == 8, "nor does all there is");
    is_str((const char *)s->data, "password", "and nothing has changed");
    ok(secret_put(s, NULL, 0), "nothing always fits");
    ok(s->data == place, "it has never moved");
    secret_free(s);
}

static void test_wiped(void)
{
    struct secret *s = secret_from("password", 8);

    ok(s->len == 8 && s->cap == 8, "made from bytes");
    secret_cut(s, 5);
    ok(s->len == 5 && zero_from(s, 5), "the part cut off is wiped");
    is_str((const char *)s->data, "passw", "the other part stays");
    secret_cut(s, 5);
    is_str((const char *)s->data, "passw", "cut to its own length");
    secret_clear(s);
    ok(s->len == 0 && s->cap == 8 && zero_from(s, 0), "cleared is wiped");
    ok(secret_put(s, "again", 5), "and usable");
    secret_free(s);
}

/* A reader may have written into the room behind the live bytes. */
static void test_behind(void)
{
    struct secret *s = secret_new(8);

    memset(s->data, 0xaa, s->cap);
    secret_clear(s);
    ok(zero_from(s, 0), "clearing wipes all of the capacity");
    secret_free(s);
}

static void test_empty(void)
{
    struct secret *s = secret_from(NULL, 0);

    ok(s->len == 0 && s->cap == 0 && s->data[0] == 0, "one without room");
    ok(!secret_put(s, "x", 1), "takes nothing");
    secret_clear(s);
    secret_cut(s, 0);
    secret_free(s);
    secret_free(NULL);
}

int main(void)
{
    test_put();
    test_wiped();
    test_behind();
    test_empty();
    return tap_done();
}
