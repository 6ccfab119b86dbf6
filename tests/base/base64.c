/* base64.c - vectors of RFC 4648 section 10, padding, blanks and junk. */
#include "base/base64.h"

#include <stdint.h>
#include "base/buf.h"
#include "base/secret.h"
#include "../tap.h"

static const struct {
    const char *plain, *padded, *open;
} vectors[] = {
    { "", "", "" },
    { "f", "Zg==", "Zg" },
    { "fo", "Zm8=", "Zm8" },
    { "foo", "Zm9v", "Zm9v" },
    { "foob", "Zm9vYg==", "Zm9vYg" },
    { "fooba", "Zm9vYmE=", "Zm9vYmE" },
    { "foobar", "Zm9vYmFy", "Zm9vYmFy" },
};

/* NULL: malformed. */
static const struct {
    const char *name, *text, *want;
} decode_cases[] = {
    { "lines", "Zm9v\nYmFy\r\n", "foobar" },
    { "blanks anywhere", " Z m\t9\nv ", "foo" },
    { "blanks around the padding", "Zg =\n= ", "f" },
    { "only blanks", " \r\n\t", "" },
    { "every sign", "++//", "\xfb\xef\xff" },
    { "one character", "Z", NULL },
    { "one character over", "Zm9vZ", NULL },
    { "one character, padded", "Z===", NULL },
    { "only padding", "=", NULL },
    { "a group of padding", "====", NULL },
    { "a needless '='", "Zm9v=", NULL },
    { "too little padding", "Zg=", NULL },
    { "too much padding", "Zg===", NULL },
    { "too much padding after three", "Zm8==", NULL },
    { "text after the padding", "Zg==Zg==", NULL },
    { "text in the padding", "Zg=v", NULL },
    { "padding first", "=Zg=", NULL },
    { "bits left over after two", "Zh==", NULL },
    { "bits left over after three", "Zm9=", NULL },
    { "bits left over, open", "Zh", NULL },
    { "the URL's signs", "--__", NULL },
};

/* Both decoders, the buffer's with something in it already. */
static bool decodes(const char *text, size_t n, const void *want, size_t len)
{
    struct buf b = { 0 };
    struct secret *s = base64_decode_secret(text, n);
    bool good;

    buf_put_str(&b, "kept");
    good = base64_decode(&b, text, n) && b.len == 4 + len && s != NULL &&
           s->len == len && s->data[len] == 0 &&
           memcmp(b.data, "kept", 4) == 0 && memcmp(s->data, want, len) == 0 &&
           memcmp(b.data + 4, want, len) == 0;
    secret_free(s);
    buf_free(&b);
    return good;
}

static bool refuses(const char *text, size_t n)
{
    struct buf b = { 0 };
    struct secret *s = base64_decode_secret(text, n);
    bool good;

    buf_put_str(&b, "kept");
    good = !base64_decode(&b, text, n) && s == NULL;
    good = good && strcmp(buf_str(&b), "kept") == 0;
    secret_free(s);
    buf_free(&b);
    return good;
}

static void test_vectors(void)
{
    struct buf b = { 0 };
    struct secret *s;
    const char *plain;
    size_t i;

    for (i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        plain = vectors[i].plain;
        s = base64_encode_secret(plain, strlen(plain));
        ok(s->len == strlen(vectors[i].padded) &&
               strcmp((const char *)s->data, vectors[i].padded) == 0,
           "encode a secret");
        secret_free(s);
        base64_encode(&b, plain, strlen(plain), true);
        is_str(buf_str(&b), vectors[i].padded, "encode, padded");
        buf_clear(&b);
        base64_encode(&b, plain, strlen(plain), false);
        is_str(buf_str(&b), vectors[i].open, "encode, open");
        buf_clear(&b);
        ok(decodes(vectors[i].padded, strlen(vectors[i].padded), plain,
                   strlen(plain)),
           "decode '%s'", vectors[i].padded);
        ok(decodes(vectors[i].open, strlen(vectors[i].open), plain,
                   strlen(plain)),
           "decode '%s'", vectors[i].open);
    }
    buf_free(&b);
}

static void test_decode(void)
{
    const char *text, *want;
    size_t i;

    for (i = 0; i < sizeof decode_cases / sizeof *decode_cases; i++) {
        text = decode_cases[i].text;
        want = decode_cases[i].want;
        ok(want != NULL ? decodes(text, strlen(text), want, strlen(want))
                        : refuses(text, strlen(text)),
           "decode: %s", decode_cases[i].name);
    }
}

static const char known[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnop"
                            "qrstuvwxyz0123456789+/";

/* Each of the 256 bytes as the last of a group. */
static void test_characters(void)
{
    uint8_t want[3] = { 0, 0, 0 };
    const char *at;
    unsigned c, wrong = 0;

    for (c = 0; c < 256; c++) {
        char text[4] = { 'A', 'A', 'A', (char)c };

        at = c != 0 ? strchr(known, (int)c) : NULL;
        want[2] = at != NULL ? (uint8_t)(at - known) : 0;
        if (at != NULL)
            wrong += !decodes(text, 4, want, 3);
        else if (c != 0 && strchr(" \t\r\n=", (int)c) != NULL)
            wrong += !decodes(text, 4, want, 2);
        else
            wrong += !refuses(text, 4);
    }
    is_num(wrong, 0, "64 characters have values, the others have none");
}

/* Each value of 6 bits, against the table that the code does without. */
static void test_digits(void)
{
    struct buf b = { 0 };
    unsigned v, wrong = 0;

    for (v = 0; v < 64; v++) {
        uint8_t bytes[3] = { (uint8_t)(v << 2), 0, (uint8_t)v };

        buf_clear(&b);
        base64_encode(&b, bytes, 3, true);
        wrong += b.data[0] != (uint8_t)known[v];
        wrong += b.data[3] != (uint8_t)known[v];
    }
    is_num(wrong, 0, "64 values have their characters");
    buf_free(&b);
}

static void test_round_trip(void)
{
    uint8_t bytes[80];
    struct buf b = { 0 };
    unsigned n, wrong = 0;

    for (n = 0; n < sizeof bytes; n++)
        bytes[n] = (uint8_t)(n * 151 + 7);
    for (n = 0; n <= sizeof bytes; n++) {
        buf_clear(&b);
        base64_encode(&b, bytes, n, n % 2 == 0);
        wrong += !decodes(buf_str(&b), b.len, bytes, n);
    }
    is_num(wrong, 0, "0 to 80 bytes come back");
    buf_free(&b);
}

int main(void)
{
    test_vectors();
    test_decode();
    test_characters();
    test_digits();
    test_round_trip();
    return tap_done();
}
