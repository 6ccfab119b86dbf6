#include "base/text.h"

#include <stdint.h>
#include <string.h>
#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

/* Characters that act on a terminal or disguise the text around them. */
static bool is_harmful(uint32_t ch)
{
    return ch < 0x20 || (ch >= 0x7f && ch < 0xa0) ||
           (ch >= 0x200e && ch <= 0x200f) || (ch >= 0x2028 && ch <= 0x202e) ||
           (ch >= 0x2066 && ch <= 0x2069) || ch == 0x061c || ch == 0xfeff;
}

void text_clean(struct buf *out, const void *src, size_t n, bool lines)
{
    const uint8_t *p = src;
    uint8_t enc[4];
    uint32_t ch;
    size_t used;

    while (n != 0) {
        used = utf8_decode(p, n, &ch);
        if (used == 0) {
            used = n;
            ch = UTF8_REPLACEMENT;
        }
        p += used;
        n -= used;
        if (lines && ch == '\r' && n != 0 && *p == '\n')
            continue;
        if (ch == '\t')
            ch = ' ';
        else if (is_harmful(ch) && !(lines && ch == '\n'))
            ch = UTF8_REPLACEMENT;
        buf_put(out, enc, utf8_encode(ch, enc));
    }
}

char *text_cleaned(const char *src)
{
    struct buf b = { 0 };

    text_clean(&b, src, strlen(src), false);
    return buf_take_str(&b);
}

/* A U+FFFD that stands in the text, and not for something ill-formed? */
static bool is_replacement(const uint8_t *p, size_t used)
{
    return used == 3 && memcmp(p, "\xef\xbf\xbd", 3) == 0;
}

void text_one_line(struct buf *out, const void *src, size_t n)
{
    const uint8_t *p = src;

    for (; n != 0; p++, n--)
        buf_put_byte(out, *p == '\n' || *p == '\r' || *p == '\0' ? ' ' : *p);
}

void text_sanitize(char *s)
{
    const uint8_t *p = (const uint8_t *)s;
    size_t n = strlen(s), used;
    uint32_t ch;
    bool good;

    while (n != 0 && (used = utf8_decode(p, n, &ch)) != 0) {
        good = ch == UTF8_REPLACEMENT ? is_replacement(p, used)
                                      : ch == '\n' || !is_harmful(ch);
        if (good) {
            memmove(s, p, used);
            s += used;
        } else {
            *s++ = '?';
        }
        p += used;
        n -= used;
    }
    *s = '\0';
}

bool text_number(const char *s, unsigned long min, unsigned long max,
                 unsigned long *out)
{
    unsigned long v = 0, digit;

    if (*s == '\0')
        return false;
    for (; *s != '\0'; s++) {
        if (*s < '0' || *s > '9')
            return false;
        digit = (unsigned long)(*s - '0');
        if (digit > max || v > (max - digit) / 10)
            return false;
        v = v * 10 + digit;
    }
    if (v < min)
        return false;
    *out = v;
    return true;
}

static char lower(char c)
{
    if (c >= 'A' && c <= 'Z')
        return (char)(c - 'A' + 'a');
    return c;
}

bool text_same(const char *a, const char *b)
{
    while (*a != '\0' && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return lower(*a) == lower(*b);
}

void text_lower(char *s)
{
    for (; *s != '\0'; s++)
        *s = lower(*s);
}

/*
 * Only the last '*' is ever gone back to: at most as many steps as the
 * product of the lengths.
 */
bool text_glob(const char *pattern, const char *s)
{
    const char *star = NULL, *resume = NULL;

    while (*s != '\0') {
        if (*pattern == '*') {
            star = pattern++;
            resume = s;
        } else if (*pattern == '?' || *pattern == *s) {
            pattern++;
            s++;
        } else if (star != NULL) {
            pattern = star + 1;
            s = ++resume;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return *pattern == '\0';
}
