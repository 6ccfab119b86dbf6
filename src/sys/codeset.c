/*
 * iconv is asked once, for all 256 bytes; so a byte of output costs a look
 * into a table, and nothing depends on its state.
 */
#include "sys/codeset.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/utf8.h"

#define ESC 0x1b

struct codeset {
    char *name;
    uint32_t high[128]; /* what bytes 80 to ff are */
    struct buf held;    /* for codeset_encode(): half a character */
};

/* What a byte is; U+FFFD if it is nothing, or more than one character. */
static uint32_t convert(iconv_t to, unsigned byte)
{
    char in = (char)byte, utf8[8], *from = &in, *end = utf8;
    size_t left = 1, room = sizeof utf8, n;
    uint32_t ch;

    iconv(to, NULL, NULL, NULL, NULL);
    if (iconv(to, &from, &left, &end, &room) == (size_t)-1 || left != 0)
        return UTF8_REPLACEMENT;
    n = sizeof utf8 - room;
    return n != 0 && utf8_decode((uint8_t *)utf8, n, &ch) == n
               ? ch
               : UTF8_REPLACEMENT;
}

static bool learn(struct codeset *cs, iconv_t to)
{
    unsigned i, known = 0;

    for (i = 0x20; i < 0x7f; i++)
        if (convert(to, i) != i)
            return false;
    for (i = 0; i < 128; i++) {
        cs->high[i] = convert(to, 0x80 + i);
        known += cs->high[i] != UTF8_REPLACEMENT;
    }
    return known != 0;
}

struct codeset *codeset_open(const char *name, struct err *err)
{
    iconv_t to = iconv_open("UTF-8", name);
    struct codeset *cs;

    if (to == (iconv_t)-1) {
        err_set(err, ERR_NOT_FOUND,
                "this system knows no character set \"%s\"; \"iconv -l\" lists "
                "those it knows",
                name);
        return NULL;
    }
    cs = mem_alloc(sizeof *cs);
    cs->name = mem_strdup(name);
    if (!learn(cs, to)) {
        err_set(err, ERR_UNSUPPORTED,
                "\"%s\" is not a character set of one byte a character, such "
                "as ISO-8859-1 or CP437",
                name);
        codeset_free(cs);
        cs = NULL;
    }
    iconv_close(to);
    return cs;
}

void codeset_free(struct codeset *cs)
{
    if (cs == NULL)
        return;
    mem_free(cs->name);
    buf_free(&cs->held);
    mem_free(cs);
}

const char *codeset_name(const struct codeset *cs)
{
    return cs->name;
}

void codeset_decode(const struct codeset *cs, const void *bytes, size_t n,
                    struct buf *out)
{
    const uint8_t *p = bytes;
    size_t at, from = 0;
    uint8_t utf8[4];
    uint32_t ch;

    for (at = 0; at < n; at++) {
        if (p[at] < 0x80)
            continue;
        buf_put(out, p + from, at - from);
        from = at + 1;
        ch = cs->high[p[at] - 0x80];
        if (ch >= 0x80 && ch < 0xa0) {
            buf_put_byte(out, ESC);
            buf_put_byte(out, (uint8_t)(ch - 0x40));
        } else {
            buf_put(out, utf8, utf8_encode(ch, utf8));
        }
    }
    buf_put(out, p + from, n - from);
}

static bool put_char(const struct codeset *cs, uint32_t ch, struct buf *out)
{
    unsigned i;

    if (ch < 0x80) {
        buf_put_byte(out, (uint8_t)ch);
        return true;
    }
    for (i = 0; i < 128 && ch != UTF8_REPLACEMENT; i++)
        if (cs->high[i] == ch) {
            buf_put_byte(out, (uint8_t)(0x80 + i));
            return true;
        }
    return false;
}

size_t codeset_encode(struct codeset *cs, const void *text, size_t n,
                      struct buf *out)
{
    size_t used, missing = 0;
    uint32_t ch;

    buf_put(&cs->held, text, n);
    while (cs->held.len != 0 &&
           (used = utf8_decode(cs->held.data, cs->held.len, &ch)) != 0) {
        missing += !put_char(cs, ch, out);
        buf_consume(&cs->held, used);
    }
    return missing;
}
