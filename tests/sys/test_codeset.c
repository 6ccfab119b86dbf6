/* test_codeset.c - 8-bit character sets; the bytes are iconv(1)'s. */
#include "../tap.h"

#include "base/buf.h"
#include "base/err.h"
#include "sys/codeset.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static void test_both_ways(void)
{
    static const struct {
        const char *set, *bytes, *utf8;
    } cases[] = {
        { "ISO-8859-1", "plain \033[m\r\n", "plain \033[m\r\n" },
        { "ISO-8859-1", "\xe4\xa4|", "\xc3\xa4\xc2\xa4|" },
        { "iso-8859-15", "\xe4\xa4|", "\xc3\xa4\xe2\x82\xac|" },
        { "CP437", "\xc9\xcd\xbb \x9b",
          "\xe2\x95\x94\xe2\x95\x90\xe2\x95\x97 "
          "\xc2\xa2" },
        { "KOI8-R", "\xf0\xd2", "\xd0\x9f\xd1\x80" },
    };
    struct buf out = { 0 };
    struct err err;
    struct codeset *cs;
    size_t i, j, missing;

    for (i = 0; i < COUNT(cases); i++) {
        cs = codeset_open(cases[i].set, &err);
        if (!ok(cs != NULL, "%s is known", cases[i].set)) {
            diag("%s", err.msg);
            continue;
        }
        is_str(codeset_name(cs), cases[i].set, "its name");
        codeset_decode(cs, cases[i].bytes, strlen(cases[i].bytes), &out);
        is_str(buf_str(&out), cases[i].utf8, "to UTF-8");
        buf_clear(&out);
        missing = 0;
        for (j = 0; j < strlen(cases[i].utf8); j++) /* split anywhere */
            missing += codeset_encode(cs, cases[i].utf8 + j, 1, &out);
        is_str(buf_str(&out), cases[i].bytes, "and back");
        is_num((int)missing, 0, "nothing is left out");
        buf_clear(&out);
        codeset_free(cs);
    }
    buf_free(&out);
}

static void test_not_there(void)
{
    struct buf out = { 0 };
    struct err err;
    struct codeset *latin = codeset_open("ISO-8859-1", &err);
    struct codeset *thai = codeset_open("TIS-620", &err);
    size_t missing;

    codeset_decode(latin,
                   "\x9b"
                   "1m\x85",
                   4, &out);
    is_str(buf_str(&out), "\033[1m\033E", "C1 becomes ESC Fe");
    buf_clear(&out);
    codeset_decode(thai, "\xff", 1, &out);
    is_str(buf_str(&out), "\xef\xbf\xbd", "a byte that is nothing");
    buf_clear(&out);
    missing = codeset_encode(latin,
                             "a\xe2\x82\xac\xff\xef\xbf\xbd"
                             "b",
                             9, &out);
    is_str(buf_str(&out), "ab", "what the set has not is left out");
    is_num((int)missing, 3, "and counted");
    buf_free(&out);
    codeset_free(latin);
    codeset_free(thai);
}

static void test_refused(void)
{
    static const struct {
        const char *set, *says;
        enum err_code code;
    } cases[] = {
        { "no-such-set", "this system knows no character set \"no-such-set\"",
          ERR_NOT_FOUND },
        { "UTF-16", "one byte a character", ERR_UNSUPPORTED },
        { "SHIFT_JIS", "one byte a character", ERR_UNSUPPORTED },
        { "ASCII", "one byte a character", ERR_UNSUPPORTED },
    };
    struct err err;
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        err_clear(&err);
        ok(codeset_open(cases[i].set, &err) == NULL, "%s is refused",
           cases[i].set);
        is_num(err.code, cases[i].code, "as what it is");
        ok(strstr(err.msg, cases[i].says) != NULL, "says: %s", err.msg);
    }
    codeset_free(NULL);
}

int main(void)
{
    test_both_ways();
    test_not_there();
    test_refused();
    return tap_done();
}
