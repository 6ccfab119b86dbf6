#include "base/wrap.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include "base/buf.h"
#include "base/utf8.h"
#include "base/width.h"

/* The next character's bytes; *columns is grown by what it takes. */
static size_t step(const char *text, size_t n, size_t *columns)
{
    uint32_t ch;
    size_t used = utf8_decode((const uint8_t *)text, n, &ch);

    if (used == 0) {
        used = n;
        ch = UTF8_REPLACEMENT;
    }
    *columns += width_of(ch);
    return used;
}

size_t wrap_cut(const char *text, size_t n, size_t width)
{
    size_t at = 0, columns = 0, used;

    while (at < n) {
        used = step(text + at, n - at, &columns);
        if (columns > width)
            break;
        at += used;
    }
    return at;
}

static size_t without_blanks(const char *text, size_t len)
{
    while (len != 0 && text[len - 1] == ' ')
        len--;
    return len;
}

/* Is the word behind these blanks longer than a line, so that it is cut? */
static bool is_too_long(const char *text, size_t n, size_t width)
{
    size_t begin = 0, end;

    while (begin < n && text[begin] == ' ')
        begin++;
    for (end = begin; end < n && text[end] != ' ';)
        end++;
    return wrap_cut(text + begin, end - begin, width) != end - begin;
}

/* A word that begins at a place is cut behind its last comma that fits, so that
 * the names of a list stay whole; else where the line is full. */
static size_t cut_word(const char *text, size_t begin, size_t fits)
{
    size_t cut = fits;

    while (cut > begin && text[cut - 1] != ',')
        cut--;
    return cut > begin ? cut : fits;
}

size_t wrap_line(const char *text, size_t n, size_t width, size_t *used)
{
    const char *lf = memchr(text, '\n', n);
    size_t line = lf != NULL ? (size_t)(lf - text) : n;
    size_t fits = wrap_cut(text, line, width), cut = fits, ignored = 0;

    if (fits == line) {
        *used = line + (lf != NULL ? 1 : 0);
        return without_blanks(text, line);
    }
    while (cut != 0 && text[cut] != ' ')
        cut--;
    if (without_blanks(text, cut) == 0 ||
        (cut <= fits / 2 && is_too_long(text + cut, line - cut, width)))
        cut = cut_word(text, cut, fits); /* it is long, or begins early */
    if (cut == 0)
        cut = step(text, line, &ignored); /* wider than a line */
    *used = cut;
    while (*used < line && text[*used] == ' ')
        (*used)++;
    if (*used == line && lf != NULL)
        (*used)++;
    return without_blanks(text, cut);
}

static void indent(struct buf *out, size_t by)
{
    while (by-- != 0)
        buf_put_byte(out, ' ');
}

size_t wrap_hang(const char *line, size_t width)
{
    size_t begin = strspn(line, " "), end = strcspn(line, "\n"), at = begin;
    size_t second, col;

    while (at + 1 < end && (line[at] != ' ' || line[at + 1] != ' '))
        at++;
    second = at + strspn(line + at, " ");
    col = width_of_text(line, second < end ? second : begin);
    if (col > width / 2)
        col = begin;
    return col <= width / 2 ? col : 0;
}

/* One line, without its LF. */
static void put_wrapped(struct buf *out, const char *text, size_t n,
                        size_t width, bool columns)
{
    size_t by = strspn(text, " "), hang = by != 0 ? by + 2 : 0, used;

    if (columns)
        hang = wrap_hang(text, width);
    text += by;
    n -= by;
    indent(out, by);
    for (;; by = hang) {
        size_t room = by < width ? width - by : 1;

        buf_put(out, text, wrap_line(text, n, room, &used));
        text += used;
        n -= used;
        if (n == 0)
            return;
        buf_put_byte(out, '\n');
        indent(out, hang);
    }
}

static void wrap_all(struct buf *out, const char *text, size_t width,
                     bool columns)
{
    while (*text != '\0') {
        size_t n = strcspn(text, "\n");

        put_wrapped(out, text, n, width, columns);
        text += n;
        if (*text == '\n') {
            buf_put_byte(out, '\n');
            text++;
        }
    }
}

void wrap_text(struct buf *out, const char *text, size_t width)
{
    wrap_all(out, text, width, false);
}

void wrap_rows(struct buf *out, const char *text, size_t width)
{
    wrap_all(out, text, width, true);
}
