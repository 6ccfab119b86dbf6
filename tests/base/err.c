/* err.c - the sentence: put together, made harmless, cut. */
#include "base/err.h"

#include <errno.h>
#include <stdint.h>
#include "base/utf8.h"
#include "../tap.h"

#define MSG_MAX (sizeof((struct err *)NULL)->msg - 1)

static bool is_utf8(const char *s)
{
    const uint8_t *p = (const uint8_t *)s;
    size_t n = strlen(s), used;
    uint32_t ch;

    for (; n != 0; p += used, n -= used)
        if ((used = utf8_decode(p, n, &ch)) == 0 || ch == UTF8_REPLACEMENT)
            return false;
    return true;
}

/* n bytes of 'x' in a buffer of more. */
static const char *filler(char *s, size_t n)
{
    memset(s, 'x', n);
    s[n] = '\0';
    return s;
}

static void test_set(void)
{
    struct err err;

    ok(!err_set(&err, ERR_FORMAT, "%s: line %d", "file", 7),
       "err_set returns false");
    is_num(err.code, ERR_FORMAT, "the code");
    is_str(err.msg, "file: line 7", "the sentence");
    err_set(&err, ERR_LIMIT, "again: %s", err.msg);
    is_str(err.msg, "again: file: line 7", "from its own sentence");
    err_set(&err, ERR_LIMIT, "a\033[0m\xc2\x9b\xff\r\nb");
    is_str(err.msg, "a?[0m???\nb", "without control characters");
    err_clear(&err);
    is_num(err.code, ERR_NONE, "cleared code");
    is_str(err.msg, "", "cleared sentence");
}

static void test_sys(void)
{
    struct err err;

    errno = ENOENT;
    ok(!err_sys(&err, "%s: cannot open", "file"), "err_sys returns false");
    is_num(err.code, ERR_SYSTEM, "its code");
    is_str(err.msg, "file: cannot open: No such file or directory",
           "its sentence");
    is_num(errno, ENOENT, "errno stays");
}

static void test_prefix(void)
{
    struct err err;

    err_set(&err, ERR_AUTH, "refused");
    ok(!err_prefix(&err, "key %d", 1), "err_prefix returns false");
    is_num(err.code, ERR_AUTH, "the code stays");
    is_str(err.msg, "key 1: refused", "text before the sentence");
    err_prefix(&err, "\033%s", err.msg);
    is_str(err.msg, "?key 1: refused: key 1: refused", "its own sentence");
    err_clear(&err);
    err_prefix(&err, "nothing yet");
    is_str(err.msg, "nothing yet: ", "before an empty sentence");
}

/* A character of 2, 3 or 4 bytes at each place near the end. */
static void test_cut(void)
{
    static const char *const chars[] = { "\xc3\xa9", "\xe2\x82\xac",
                                         "\xf0\x9f\x98\x80" };
    char x[600];
    struct err err;
    size_t i, len, n;

    for (i = 0; i < sizeof chars / sizeof *chars; i++) {
        len = strlen(chars[i]);
        for (n = MSG_MAX - 5; n <= MSG_MAX + 1; n++) {
            err_set(&err, ERR_LIMIT, "%s%s%s", filler(x, n), chars[i],
                    chars[i]);
            ok(is_utf8(err.msg) && strlen(err.msg) <= MSG_MAX &&
                   strlen(err.msg) + len > MSG_MAX,
               "%zu bytes before a character of %zu", n, len);
        }
    }
    err_set(&err, ERR_LIMIT, "%s", filler(x, MSG_MAX));
    is_num((long long)strlen(err.msg), MSG_MAX, "what just fits is not cut");
}

/* The end tells the reason: it outlives a long beginning. */
static void test_long_beginning(void)
{
    static const char *const joined = ": No such file or directory";
    struct err err;
    char x[600];
    const char *end;
    size_t n;

    for (n = MSG_MAX - 40; n < sizeof x; n++) {
        errno = ENOENT;
        err_sys(&err, "%s\xe2\x82\xac\xe2\x82\xac", filler(x, n));
        end = strstr(err.msg, joined);
        if (end == NULL || strcmp(end, joined) != 0 || !is_utf8(err.msg))
            break;
    }
    if (!ok(n == sizeof x, "err_sys keeps the reason"))
        diag("with %zu bytes before it: %s", n, err.msg);
    err_set(&err, ERR_AUTH, "refused");
    err_prefix(&err, "%s", filler(x, 599));
    ok(strlen(err.msg) == MSG_MAX &&
           strcmp(err.msg + MSG_MAX - 9, ": refused") == 0,
       "err_prefix keeps the sentence");
}

static void test_long_sentence(void)
{
    struct err err;
    char x[600];

    err_set(&err, ERR_AUTH, "%s", filler(x, 599));
    err_prefix(&err, "file");
    ok(strlen(err.msg) == MSG_MAX && strncmp(err.msg, "file: xxx", 9) == 0,
       "a long sentence leaves room for what is put before it");
    err_set(&err, ERR_AUTH, "%s", filler(x, 599));
    err_prefix(&err, "%s", filler(x, 599));
    ok(strlen(err.msg) == MSG_MAX && strstr(err.msg, "x: x") != NULL,
       "two long ones share it");
}

static void test_command(void)
{
    static const struct {
        const char *file, *word;
    } words[] = {
        { "/home/j/.ssh/id_rsa", "/home/j/.ssh/id_rsa" },
        { "my key", "'my key'" },
        { "~/my key", "~/'my key'" },
        { "~/key", "~/key" },
        { "-i", "./-i" },
        { "it's; rm *", "'it'\\''s; rm *'" },
        { "cl\xc3\xa9", "'cl\xc3\xa9'" },
    };
    struct err err;
    char want[64];

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        err_set(&err, ERR_LIMIT, "run:");
        snprintf(want, sizeof want, "run: chmod 600 %s x", words[i].word);
        ok(!err_command(&err, "chmod 600", words[i].file, "x"), "false");
        is_str(err.msg, want, "a name as a word of a command");
    }
    is_num(err.code, ERR_LIMIT, "the code stays");
}

int main(void)
{
    test_set();
    test_sys();
    test_prefix();
    test_command();
    test_cut();
    test_long_beginning();
    test_long_sentence();
    return tap_done();
}
