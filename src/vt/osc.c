/* osc.c - operating system commands: the table, and the clipboard. */
#include "vt/screen.h"

#include <string.h>
#include "base/base64.h"

/* Four characters of base64 for three bytes, and the name of the selection. */
#define OSC_CLIPBOARD_MAX (CLIPBOARD_MAX / 3 * 4 + 64)

/* Written only: what is asked for (a '?') would go to the server.  Nor is it
 * cleared, by a text that is empty or no base64: it is the user's. */
static void osc_clipboard(struct vt *vt, unsigned number, const char *text,
                          size_t n)
{
    const char *data = memchr(text, ';', n);
    struct buf decoded = { 0 };

    (void)number;
    if (data == NULL)
        return;
    data++;
    n -= (size_t)(data - text);
    if (!base64_decode(&decoded, data, n) || decoded.len == 0 ||
        decoded.len > CLIPBOARD_MAX) {
        buf_free(&decoded);
        return;
    }
    buf_free(&vt->clipboard);
    vt->clipboard = decoded;
    vt->events |= VT_EVENT_CLIPBOARD;
}

/* XTQALLOWED: what a server may do here; XTQDISALLOWED: what of a feature is
 * not allowed if that is not, but none is switched off. */
static void osc_allowed(struct vt *vt, unsigned number, const char *text,
                        size_t n)
{
    (void)text;
    if (number == 60 && n == 0)
        reply_osc(vt, "60;allowColorOps,allowMouseOps,allowTcapOps,"
                      "allowTitleOps");
    else if (number == 61 && n > 0)
        reply_osc(vt, "61");
}

static const struct osc_op {
    uint16_t first, last; /* numbers */
    osc_fn *run;
} osc_ops[] = {
    { 0, 2, osc_title },
    { 4, 4, osc_color },
    { 5, 5, osc_special },
    { 7, 7, osc_directory },
    { 8, 8, osc_link },
    { 10, 19, osc_dynamic },
    { 52, 52, osc_clipboard },
    { 60, 61, osc_allowed },
    { 104, 104, osc_color_reset },
    { 105, 105, osc_special_reset },
    { 110, 119, osc_dynamic_reset },
    { 133, 133, osc_prompt },
};

/* The number before the first ';'; *rest is what follows it. */
static bool parse_number(const char *text, size_t n, unsigned *number,
                         size_t *rest)
{
    size_t i;

    *number = 0;
    for (i = 0; i < n && text[i] >= '0' && text[i] <= '9'; i++)
        if ((*number = *number * 10 + (unsigned)(text[i] - '0')) > 9999)
            return false;
    *rest = i < n ? i + 1 : n;
    return i > 0 && (i == n || text[i] == ';');
}

/* A title is at most twice as long in hex, and its number is one digit. */
size_t osc_limit(const uint8_t *text, size_t n)
{
    if (n >= 3 && memcmp(text, "52;", 3) == 0)
        return OSC_CLIPBOARD_MAX;
    if ((n >= 2 && text[0] >= '0' && text[0] <= '2' && text[1] == ';') ||
        (n >= 1 && (text[0] == 'l' || text[0] == 'L')))
        return 2 * OSC_TITLE_MAX + 2;
    return OSC_MAX;
}

/* The titles have letters as well, of the Sun's shelltool: OSC l and OSC L. */
void osc_run(struct vt *vt, const char *text, size_t n)
{
    unsigned number;
    size_t rest, i;

    if (n > 0 && (text[0] == 'l' || text[0] == 'L')) {
        osc_title(vt, text[0] == 'l' ? 2 : 1, text + 1, n - 1);
        return;
    }
    if (!parse_number(text, n, &number, &rest))
        return;
    for (i = 0; i < sizeof osc_ops / sizeof osc_ops[0]; i++)
        if (number >= osc_ops[i].first && number <= osc_ops[i].last) {
            osc_ops[i].run(vt, number, text + rest, n - rest);
            return;
        }
}
