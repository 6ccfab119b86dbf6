#include "base/text.h"

#include <stdint.h>
#include <string.h>
#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

#define ESC 0x1b

/* Characters that act on a terminal or disguise the text around them. */
static bool is_harmful(uint32_t ch)
{
    return ch < 0x20 || (ch >= 0x7f && ch < 0xa0) ||
           (ch >= 0x200e && ch <= 0x200f) || (ch >= 0x2028 && ch <= 0x202e) ||
           (ch >= 0x2066 && ch <= 0x2069) || ch == 0x061c || ch == 0xfeff;
}

/* Behind n bytes of at most these, from p[at] on. */
static size_t skip(const uint8_t *p, size_t n, size_t at, uint8_t first,
                   uint8_t last)
{
    while (at < n && p[at] >= first && p[at] <= last)
        at++;
    return at;
}

/* A control string's end: ST in either form, or BEL as xterm takes it.  With
 * another control character in it, it is none. */
static size_t string_length(const uint8_t *p, size_t n)
{
    size_t at = 2;

    while (at < n && p[at] >= 0x20 && p[at] != 0x7f &&
           (p[at] != 0xc2 || at + 1 == n || p[at + 1] >= 0xa0))
        at++;
    if (at < n && p[at] == '\a')
        return at + 1;
    if (at + 1 < n && ((p[at] == ESC && p[at + 1] == '\\') ||
                       (p[at] == 0xc2 && p[at + 1] == 0x9c)))
        return at + 2;
    return 0;
}

/* How many bytes a sequence takes that begins with ESC, or with a C1 control
 * character; 0 if it is none, or not whole. */
static size_t sequence_length(const uint8_t *p, size_t n)
{
    bool c1 = n > 1 && p[0] == 0xc2;
    size_t at;

    if (n < 2 || (p[0] != ESC && !c1))
        return 0;
    switch (c1 ? p[1] - 0x40 : p[1]) {
    case '[':
        at = skip(p, n, skip(p, n, 2, 0x30, 0x3f), 0x20, 0x2f);
        return at < n && p[at] >= 0x40 && p[at] <= 0x7e ? at + 1 : 0;
    case ']': /* OSC, DCS, SOS, PM, APC */
    case 'P':
    case 'X':
    case '^':
    case '_': return string_length(p, n);
    default: break;
    }
    at = skip(p, n, 1, 0x21, 0x2f); /* ESC and a blank begin no usual one */
    return !c1 && at < n && p[at] >= 0x30 && p[at] <= 0x7e ? at + 1 : 0;
}

static void clean(struct buf *out, const uint8_t *p, size_t n, bool lines,
                  bool sequences)
{
    uint8_t enc[4];
    uint32_t ch;
    size_t used;

    for (; n != 0; p += used, n -= used) {
        used = sequences ? 0 : sequence_length(p, n);
        if (used != 0)
            continue;
        used = utf8_decode(p, n, &ch);
        if (used == 0) {
            used = n;
            ch = UTF8_REPLACEMENT;
        }
        if (lines && ch == '\r' && n > 1 && p[1] == '\n')
            continue;
        if (ch == '\t')
            ch = ' ';
        else if (is_harmful(ch) && !(lines && ch == '\n'))
            ch = UTF8_REPLACEMENT;
        buf_put(out, enc, utf8_encode(ch, enc));
    }
}

void text_clean(struct buf *out, const void *src, size_t n, bool lines)
{
    clean(out, src, n, lines, false);
}

void text_expose(struct buf *out, const void *src, size_t n, bool lines)
{
    clean(out, src, n, lines, true);
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

void text_cut_stop(struct buf *text)
{
    size_t n = text->len;

    while (n != 0 && text->data[n - 1] == ' ')
        n--;
    if (n > 1 && text->data[n - 1] == '.' && text->data[n - 2] != '.')
        n--;
    text->len = n;
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

void text_shell_word(struct buf *out, const char *name)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789%+,-./:@_";

    if (name[0] == '~' && name[1] == '/') {
        buf_put_str(out, "~/");
        name += 2;
    } else if (name[0] == '-') {
        buf_put_str(out, "./");
    }
    if (name[strspn(name, plain)] == '\0') {
        buf_put_str(out, name);
        return;
    }
    buf_put_byte(out, '\'');
    for (; *name != '\0'; name++) {
        if (*name == '\'')
            buf_put_str(out, "'\\'");
        buf_put_byte(out, (uint8_t)*name);
    }
    buf_put_byte(out, '\'');
}
