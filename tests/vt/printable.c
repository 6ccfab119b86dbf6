/* printable.c - what a log of the printable text keeps. */
#include "vt/printable.h"

#include <string.h>
#include "../tap.h"
#include "base/buf.h"

static const struct {
    const char *name, *input, *want;
} cases[] = {
    { "text", "abc", "abc" },
    { "line ends", "a\r\nb\nc", "a\nb\nc" },
    { "CR alone", "10%\r20%", "10%\r20%" },
    { "CR CR LF", "a\r\r\nb", "a\r\nb" },
    { "CR at the end", "a\r", "a\r" },
    { "CR at the beginning", "\ra\r\n\rb", "a\nb" },
    { "what bash sends", "$ ls\r\n\033[?2004l\ra  b\r\n", "$ ls\na  b\n" },
    { "a character, then CR", "\xc3\xa9\rb", "\xc3\xa9\rb" },
    { "tab", "a\tb", "a\tb" },
    { "other controls", "a\a\b\v\f\x7fz", "az" },
    { "colours", "\033[1;31mred\033[m!", "red!" },
    { "a control within a sequence", "\033[1\nmx", "\nx" },
    { "an aborted one", "\033[1\030mx", "mx" },
    { "ESC within", "\033[1\033[2mx", "x" },
    { "character sets", "\033(B\0337x\0338", "x" },
    { "a title", "\033]0;title\ax", "x" },
    { "ended by ST", "\033]0;title\033\\x", "x" },
    { "a device control string", "\033P1$r0m\033\\x", "x" },
    { "... with a bell in it", "\033Pq\ab\033\\x", "x" },
    { "a string that does not end", "a\033]0;title", "a" },
    { "UTF-8", "\xc3\xa9\xe6\x97\xa5\xc2\xa9", "\xc3\xa9\xe6\x97\xa5\xc2\xa9" },
    { "C1 as UTF-8",
      "a\xc2\x9b"
      "31mb",
      "a31mb" },
    { "half a character at the end", "a\xc2", "a\xc2" },
};

int main(void)
{
    struct buf out = { 0 };
    size_t i, k, len;

    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct vt_printable whole = { 0 }, split = { 0 };

        len = strlen(cases[i].input);
        buf_clear(&out);
        vt_printable_feed(&whole, cases[i].input, len, &out);
        vt_printable_end(&whole, &out);
        is_str(buf_str(&out), cases[i].want, cases[i].name);
        buf_clear(&out);
        for (k = 0; k < len; k++)
            vt_printable_feed(&split, cases[i].input + k, 1, &out);
        vt_printable_end(&split, &out);
        is_str(buf_str(&out), cases[i].want, "the same, byte by byte");
    }
    buf_free(&out);
    return tap_done();
}
