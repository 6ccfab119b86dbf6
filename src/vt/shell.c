/* shell.c - what a shell tells of itself: its directory and its prompts. */
#include "vt/screen.h"

#include <string.h>
#include "base/mem.h"
#include "base/text.h"

/* A '%' and two hex digits are a byte (RFC 3986 section 2.1). */
static void put_decoded(const char *s, size_t n, struct buf *out)
{
    size_t i;

    for (i = 0; i < n; i++) {
        int high = -1, low = -1;

        if (s[i] == '%' && n - i > 2) {
            high = hex_digit(s[i + 1]);
            low = hex_digit(s[i + 2]);
        }
        if (high < 0 || low < 0) {
            buf_put_byte(out, (uint8_t)s[i]);
            continue;
        }
        buf_put_byte(out, (uint8_t)(high << 4 | low));
        i += 2;
    }
}

static void put_clean(const char *s, size_t n, struct buf *out)
{
    struct buf raw = { 0 };

    put_decoded(s, n, &raw);
    text_clean(out, raw.data, raw.len, false);
    buf_free(&raw);
}

/* OSC 7: a file URI (RFC 8089), whose host a shell knows better than we; an
 * empty one forgets it, as in VTE. */
void osc_directory(struct vt *vt, unsigned number, const char *text, size_t n)
{
    static const char scheme[] = "file://";
    const size_t host = sizeof scheme - 1;
    struct buf whole = { 0 };
    size_t path = 0;
    const char *from;

    (void)number;
    if (n != 0) {
        if (n <= host || memcmp(text, scheme, host) != 0 ||
            (from = memchr(text + host, '/', n - host)) == NULL)
            return;
        put_clean(text + host, (size_t)(from - text) - host, &whole);
        if (whole.len != 0)
            buf_put_byte(&whole, ':');
        path = whole.len;
        put_clean(from, n - (size_t)(from - text), &whole);
    }
    mem_free(vt->directory);
    vt->directory = buf_take_str(&whole);
    vt->directory_path = path;
    vt->events |= VT_EVENT_DIRECTORY;
}

void shell_reset(struct vt *vt)
{
    mem_free(vt->directory);
    vt->directory = NULL;
    vt->events |= VT_EVENT_DIRECTORY;
}

const char *vt_directory(const struct vt *vt)
{
    return vt->directory != NULL ? vt->directory + vt->directory_path : "";
}

const char *vt_directory_on_host(const struct vt *vt)
{
    return vt->directory != NULL ? vt->directory : "";
}

/* OSC 133 ; A: a prompt begins, unless it asks for more of a command (k=s). */
void osc_prompt(struct vt *vt, unsigned number, const char *text, size_t n)
{
    (void)number;
    if (n > 0 && text[0] == 'A' && (n == 1 || text[1] == ';') &&
        strstr(text, ";k=s") == NULL)
        cursor_line(vt)->prompt = true;
}
