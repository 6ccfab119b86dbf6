/*
 * direct.c - 24-bit colours, and lines under, through and over text, through
 * curses; beside.c has the rest.
 *
 * Curses takes colours as large numbers if the terminal's description
 * says so (term(5), user_caps(5): "RGB"), but the descriptions that say so
 * (xterm-direct) are seldom installed and give up the 256 palette colours.
 * So the description of the terminal that we are in is copied, with other
 * strings to set a colour, and handed to curses in the environment: TERMINFO
 * may hold the description itself, as hexadecimal digits (ncurses(3),
 * since 6.1).  Nothing is written to a file.
 *
 * Curses has fewer attributes than there are styles: standout, protection and
 * invisibility, which nothing here uses, stand for a curly underline (with
 * underlining, or where there is none: a double one), for strikethrough and for
 * a line above.  paint.c uses them only where the terminal takes these, or
 * ignores them.
 *
 * Numbers below 256 stay palette colours; the next eight (COLORS_EXACT) are the
 * first ones again, set as one of 256; and 24-bit ones are 0x1rrggbb
 * (COLORS_RGB).
 */
#include "ui/outer.h"

#include <curses.h>
#include <term.h>

#include <stdint.h>
#include <string.h>
#include "base/buf.h"
#include "base/mem.h"
#include "ui/colors.h"

#define MAGIC_32BIT 01036 /* term(5): numbers have 32 bits */
#define ABSENT      0xffffu

#define RGB_PARAMS "%p1%{65536}%/%{255}%&%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d"

static const char direct_foreground[] =
    "\033[%?%p1%{8}%<%t3%p1%d%e%p1%{16}%<%t9%p1%{8}%-%d"
    "%e%p1%{256}%<%t38;5;%p1%d%e%p1%{264}%<%t38;5;%p1%{256}%-%d"
    "%e38;2;" RGB_PARAMS "%;m";
static const char direct_background[] =
    "\033[%?%p1%{8}%<%t4%p1%d%e%p1%{16}%<%t10%p1%{8}%-%d"
    "%e%p1%{256}%<%t48;5;%p1%d%e48;2;" RGB_PARAMS "%;m";

/* What sgr sets, behind the character set: see attributes() in paint.c. */
#define SGR(underlines)                         \
    "\033[0%?%p6%t;1%;%?%p5%t;2%;%?" underlines \
    "%;%?%p3%t;7%;%?%p4%t;5%;%?%p7%t;53%;%?%p8%t;9%;m"

static const char styles[] = SGR("%p1%p2%&%t;4:2%e%p1%t;4:3%e%p2%t;4");
static const char plain_styles[] = SGR("%p1%t;21%e%p2%t;4");

/*
 * The strings and numbers that differ, some only with 24-bit colours or in
 * tmux; NULL removes a string.  tmux 3.3 forgets the colours of the first half
 * of a wide character that was erased, when the second one is written over: so
 * curses is not to erase up to such a place.
 */
enum { DEEP = DIRECT_DEEP, TMUX = DIRECT_TMUX, STYLES = DIRECT_STYLES };

static const struct {
    const char *name, *value;
    unsigned only;
} new_strings[] = {
    { "setaf", direct_foreground, DEEP },
    { "setab", direct_background, DEEP },
    { "setf", NULL, DEEP },
    { "setb", NULL, DEEP },
    { "initc", NULL, DEEP },
    { "initp", NULL, DEEP },
    { "oc", NULL, DEEP },
    { "sitm", "\033[3m", 0 }, /* "screen", which tmux may call itself */
    { "ritm", "\033[23m", 0 },
    { "smso", "\033[4:3m", STYLES },
    { "smso", "\033[21m", 0 },
    { "rmso", "\033[24m", 0 },
    { "prot", "\033[9m", 0 },
    { "invis", "\033[53m", 0 },
    { "ech", NULL, TMUX },
    { "el1", NULL, TMUX },
};

static const struct {
    const char *name;
    int value;
    unsigned only;
} new_numbers[] = { { "colors", 2 * COLORS_RGB, DEEP },
                    { "pairs", 1 << 16, 0 } };

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static void put_u16(struct buf *b, size_t value)
{
    buf_put_byte(b, (uint8_t)(value & 0xff));
    buf_put_byte(b, (uint8_t)(value >> 8 & 0xff));
}

static void put_u32(struct buf *b, uint32_t value)
{
    put_u16(b, value & 0xffff);
    put_u16(b, value >> 16);
}

static void pad_even(struct buf *b)
{
    if (b->len % 2 != 0)
        buf_put_byte(b, 0);
}

static size_t count_names(NCURSES_CONST char *const *names)
{
    size_t n = 0;

    while (names[n] != NULL)
        n++;
    return n;
}

static const char *string_of(NCURSES_CONST char *name, unsigned kind)
{
    const char *s;
    size_t i;

    for (i = 0; i < COUNT(new_strings); i++)
        if (strcmp(name, new_strings[i].name) == 0 &&
            (new_strings[i].only & ~kind) == 0)
            return new_strings[i].value;
    s = tigetstr(name);
    return s == (char *)-1 ? NULL : s;
}

static uint32_t number_of(NCURSES_CONST char *name, unsigned kind)
{
    int value = tigetnum(name);
    size_t i;

    for (i = 0; i < COUNT(new_numbers); i++)
        if (strcmp(name, new_numbers[i].name) == 0 &&
            (new_numbers[i].only & ~kind) == 0)
            value = new_numbers[i].value;
    return value < 0 ? UINT32_MAX : (uint32_t)value;
}

/* "ccc", changing the palette, would no longer work. */
static bool flag_of(NCURSES_CONST char *name)
{
    return tigetflag(name) > 0 && strcmp(name, "ccc") != 0;
}

/* The character set as the terminal has it, then our styles. */
static char *sgr_string(unsigned kind)
{
    const char *on = string_of("smacs", 0);
    const char *off = string_of("rmacs", 0);
    struct buf out = { 0 };

    if (on != NULL && off != NULL)
        buf_printf(&out, "%%?%%p9%%t%s%%e%s%%;", on, off);
    buf_put_str(&out, (kind & STYLES) != 0 ? styles : plain_styles);
    return buf_take_str(&out);
}

/* The offsets of all strings, and the table they point into. */
static void put_strings(struct buf *offsets, struct buf *table, unsigned kind)
{
    char *sgr = sgr_string(kind);
    const char *s;
    size_t i;

    for (i = 0; strnames[i] != NULL; i++) {
        s = strcmp(strnames[i], "sgr") == 0 ? sgr
                                            : string_of(strnames[i], kind);
        put_u16(offsets, s == NULL ? ABSENT : table->len);
        if (s != NULL)
            buf_put(table, s, strlen(s) + 1);
    }
    mem_free(sgr);
}

/* term(5), "Extended storage format": two flags, the second only if set. */
static void put_extended(struct buf *b, unsigned kind)
{
    static const char names[] = "AX\0RGB";

    put_u16(b, 2); /* flags */
    put_u16(b, 0); /* numbers */
    put_u16(b, 0); /* strings */
    put_u16(b, 2); /* names */
    put_u16(b, sizeof names);
    buf_put_byte(b, 1);
    buf_put_byte(b, (kind & DEEP) != 0);
    put_u16(b, 0);
    put_u16(b, sizeof "AX");
    buf_put(b, names, sizeof names);
}

static void put_description(struct buf *b, const char *term, unsigned kind,
                            const struct buf *offsets, const struct buf *table)
{
    size_t i;

    put_u16(b, MAGIC_32BIT);
    put_u16(b, strlen(term) + 1);
    put_u16(b, count_names(boolnames));
    put_u16(b, count_names(numnames));
    put_u16(b, count_names(strnames));
    put_u16(b, table->len);
    buf_put(b, term, strlen(term) + 1);
    for (i = 0; boolnames[i] != NULL; i++)
        buf_put_byte(b, flag_of(boolnames[i]));
    pad_even(b);
    for (i = 0; numnames[i] != NULL; i++)
        put_u32(b, number_of(numnames[i], kind));
    buf_put(b, offsets->data, offsets->len);
    buf_put(b, table->data, table->len);
    pad_even(b);
    put_extended(b, kind);
}

static void put_hex(struct buf *out, const struct buf *blob)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t i;

    buf_put_str(out, "hex:");
    for (i = 0; i < blob->len; i++) {
        buf_put_byte(out, (uint8_t)digits[blob->data[i] >> 4]);
        buf_put_byte(out, (uint8_t)digits[blob->data[i] & 15]);
    }
}

char *direct_describe(const char *term, unsigned kind)
{
    struct buf offsets = { 0 }, table = { 0 }, blob = { 0 }, out = { 0 };

    put_strings(&offsets, &table, kind);
    if (table.len < INT16_MAX && strlen(term) < 64) {
        put_description(&blob, term, kind, &offsets, &table);
        put_hex(&out, &blob);
    }
    buf_free(&offsets);
    buf_free(&table);
    buf_free(&blob);
    return out.len != 0 ? buf_take_str(&out) : NULL;
}
