/* cast_read.c - lines of asciicast v2; of JSON (RFC 8259) what they need. */
#include "app/cast.h"

#include <string.h>
#include "base/err.h"
#include "base/text.h"
#include "base/utf8.h"
#include "vt/vt.h"

#define DEPTH_MAX 16u                            /* of what is skipped */
#define TIME_MAX  (UINT64_C(1000) * 86400 * 365) /* a year, in ms */
/* A number has fewer thousandths; ten times as many have room. */
#define NUMBER_MAX   (UINT64_C(1) << 60)
#define EXPONENT_MAX 10000

struct json {
    const char *p, *end;
};

static void skip_blanks(struct json *j)
{
    while (j->p < j->end && strchr(" \t\r\n", *j->p) != NULL && *j->p != '\0')
        j->p++;
}

/* The next byte, if it is this one. */
static bool take_byte(struct json *j, char byte)
{
    if (j->p == j->end || *j->p != byte)
        return false;
    j->p++;
    return true;
}

/* The same behind blanks, outside of strings. */
static bool take(struct json *j, char sign)
{
    skip_blanks(j);
    return take_byte(j, sign);
}

/* ---- strings ---- */

static bool hex4(struct json *j, uint32_t *out)
{
    static const char digits[] = "0123456789abcdef";
    const char *at;
    int i;

    *out = 0;
    for (i = 0; i < 4; i++, j->p++) {
        if (j->p == j->end || *j->p == '\0' ||
            (at = strchr(digits, *j->p > '9' ? *j->p | 32 : *j->p)) == NULL)
            return false;
        *out = *out << 4 | (uint32_t)(at - digits);
    }
    return true;
}

/* Behind "\u"; half of a surrogate pair alone is U+FFFD. */
static bool take_unicode(struct json *j, uint32_t *ch)
{
    struct json ahead;
    uint32_t low;

    if (!hex4(j, ch))
        return false;
    ahead = *j;
    if (*ch >= 0xd800 && *ch < 0xdc00 && take_byte(&ahead, '\\') &&
        take_byte(&ahead, 'u') && hex4(&ahead, &low) && low >= 0xdc00 &&
        low < 0xe000) {
        *ch = 0x10000 + ((*ch - 0xd800) << 10) + (low - 0xdc00);
        *j = ahead;
    }
    return true;
}

/* Behind a backslash. */
static bool take_escape(struct json *j, struct buf *out)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    const char *at;
    uint8_t enc[4];
    uint32_t ch;

    if (j->p == j->end || *j->p == '\0')
        return false;
    if (*j->p == 'u') {
        j->p++;
        if (!take_unicode(j, &ch))
            return false;
        buf_put(out, enc, utf8_encode(ch, enc));
        return true;
    }
    at = strchr(from, *j->p++);
    if (at == NULL)
        return false;
    buf_put_byte(out, (uint8_t)to[at - from]);
    return true;
}

static bool take_string(struct json *j, struct buf *out)
{
    buf_clear(out);
    if (!take(j, '"'))
        return false;
    while (j->p < j->end && *j->p != '"') {
        if (*j->p != '\\') {
            buf_put_byte(out, (uint8_t)*j->p++);
            continue;
        }
        j->p++;
        if (!take_escape(j, out))
            return false;
    }
    return take(j, '"');
}

/* ---- numbers ---- */

static bool at_digit(const struct json *j)
{
    return j->p < j->end && *j->p >= '0' && *j->p <= '9';
}

static bool peek_digit(struct json *j)
{
    skip_blanks(j);
    return at_digit(j);
}

/* Adds to *scale, if there is one. */
static bool take_exponent(struct json *j, int *scale)
{
    int exponent = 0;
    bool minus;

    if (!take_byte(j, 'e') && !take_byte(j, 'E'))
        return true;
    minus = take_byte(j, '-');
    if (!minus)
        take_byte(j, '+');
    if (!at_digit(j))
        return false;
    for (; at_digit(j); j->p++)
        if (exponent < EXPONENT_MAX)
            exponent = exponent * 10 + (*j->p - '0');
    *scale += minus ? -exponent : exponent;
    return true;
}

/* A number that is not negative, in thousandths; what is smaller is cut. */
static bool take_number(struct json *j, uint64_t *thousandths)
{
    uint64_t n = 0;
    int scale = 3; /* so many zeros belong behind n */
    bool any = false, part = false;

    skip_blanks(j);
    for (; at_digit(j) || (any && !part && j->p < j->end && *j->p == '.');
         j->p++) {
        if (*j->p == '.') {
            part = true;
        } else if (n < NUMBER_MAX) {
            n = n * 10 + (uint64_t)(*j->p - '0');
            scale -= part;
        } else {
            scale += !part;
        }
        any = true;
    }
    if (!any || !take_exponent(j, &scale))
        return false;
    for (; scale > 0 && n != 0 && n < NUMBER_MAX; scale--)
        n *= 10;
    for (; scale < 0 && n != 0; scale++)
        n /= 10;
    *thousandths = n;
    return (scale <= 0 || n == 0) && n < NUMBER_MAX;
}

/* ---- what is not needed ---- */

/* A number, true, false or null. */
static bool skip_word(struct json *j)
{
    const char *from = j->p;

    while (j->p < j->end && *j->p != '\0' &&
           strchr("+-.0123456789abcdefghijklmnopqrstuvwxyzE", *j->p) != NULL)
        j->p++;
    return j->p > from;
}

/* Brackets are counted, not matched: a header is not judged by its rest. */
static bool skip_value(struct json *j, struct buf *scratch)
{
    unsigned depth = 0;

    do {
        skip_blanks(j);
        if (j->p == j->end)
            return false;
        if (*j->p == '"') {
            if (!take_string(j, scratch))
                return false;
        } else if (*j->p == '{' || *j->p == '[') {
            j->p++;
            if (++depth > DEPTH_MAX)
                return false;
        } else if (depth != 0 && strchr("]},:", *j->p) != NULL &&
                   *j->p != '\0') {
            depth -= *j->p == ']' || *j->p == '}';
            j->p++;
        } else if (!skip_word(j)) {
            return false;
        }
    } while (depth != 0);
    return true;
}

/* ---- lines ---- */

/* One member of the header's object. */
static bool take_member(struct json *j, struct cast_head *head,
                        uint64_t *version, struct buf *scratch)
{
    uint64_t value;
    const char *name;

    if (!take_string(j, scratch) || !take(j, ':'))
        return false;
    name = buf_str(scratch);
    if (strcmp(name, "version") == 0)
        return take_number(j, version);
    if (strcmp(name, "idle_time_limit") == 0 && peek_digit(j))
        return take_number(j, &head->idle_limit);
    if (strcmp(name, "width") != 0 && strcmp(name, "height") != 0)
        return skip_value(j, scratch);
    if (!take_number(j, &value) || value > VT_MAX_SIDE * 1000u)
        return false;
    *(*name == 'w' ? &head->cols : &head->rows) = (unsigned)(value / 1000);
    return true;
}

bool cast_read_head(const char *line, size_t n, struct cast_head *head,
                    struct err *err)
{
    struct json j = { line, line + n };
    struct buf scratch = { 0 };
    uint64_t version = 0;
    bool good;

    *head = (struct cast_head){ 0 };
    good = take(&j, '{');
    while (good && (good = take_member(&j, head, &version, &scratch)) &&
           take(&j, ','))
        ;
    good = good && take(&j, '}');
    buf_free(&scratch);
    if (!good || version == 0)
        return err_set(err, ERR_FORMAT, "this is no asciicast recording");
    if (version != 2000)
        return err_set(err, ERR_UNSUPPORTED,
                       "this is an asciicast of version %u; only version 2 "
                       "is played",
                       (unsigned)(version / 1000));
    if (head->cols == 0 || head->rows == 0)
        return err_set(err, ERR_FORMAT,
                       "the recording does not tell a size from 1 to %u",
                       VT_MAX_SIDE);
    return true;
}

/* "80x24" */
static bool read_size(struct buf *text, struct cast_event *ev)
{
    char *x = strchr(buf_str(text), 'x');
    unsigned long cols, rows;

    if (x == NULL)
        return false;
    *x = '\0';
    if (!text_number((const char *)text->data, 1, VT_MAX_SIDE, &cols) ||
        !text_number(x + 1, 1, VT_MAX_SIDE, &rows))
        return false;
    ev->cols = (unsigned)cols;
    ev->rows = (unsigned)rows;
    return true;
}

static bool read_event(struct json *j, struct cast_event *ev, struct buf *text)
{
    if (!take(j, '[') || !take_number(j, &ev->at) || ev->at > TIME_MAX ||
        !take(j, ',') || !take_string(j, text) || !take(j, ','))
        return false;
    ev->kind = strcmp(buf_str(text), "o") == 0   ? CAST_OUTPUT
               : strcmp(buf_str(text), "r") == 0 ? CAST_RESIZE
                                                 : CAST_OTHER;
    if (!take_string(j, text) || !take(j, ']'))
        return false;
    return ev->kind != CAST_RESIZE || read_size(text, ev);
}

bool cast_read_event(const char *line, size_t n, struct cast_event *ev,
                     struct buf *text, struct err *err)
{
    struct json j = { line, line + n };
    struct buf own = { 0 };
    bool good;

    *ev = (struct cast_event){ 0 };
    good = read_event(&j, ev, text != NULL ? text : &own);
    buf_free(&own);
    return good || err_set(err, ERR_FORMAT, "this is no event of a recording");
}
