/* osc.c - operating system commands: titles, colours, the clipboard. */
#include "vt/screen.h"

#include <stdio.h>
#include <string.h>
#include "base/base64.h"

/* Four characters of base64 for three bytes, and the name of the selection. */
#define OSC_CLIPBOARD_MAX (CLIPBOARD_MAX / 3 * 4 + 64)

static void osc_title(struct vt *vt, unsigned number, const char *text,
                      size_t n)
{
    (void)number;
    title_set(vt, text, n);
}

/* ---- colours ---- */

/* n hex digits, scaled so that all ones become 255. */
static bool hex_part(const char *s, size_t n, uint32_t *out)
{
    uint32_t value = 0, top = 0;
    size_t i;

    if (n < 1 || n > 4)
        return false;
    for (i = 0; i < n; i++) {
        static const char digits[] = "0123456789abcdef0123456789ABCDEF";
        const char *d = s[i] != '\0' ? strchr(digits, s[i]) : NULL;

        if (d == NULL)
            return false;
        value = value << 4 | ((uint32_t)(d - digits) & 15);
        top = top << 4 | 15;
    }
    *out = value * 255 / top;
    return true;
}

/* "rgb:r/g/b" with 1 to 4 digits each, or "#rgb" ... "#rrrrggggbbbb". */
static bool parse_color(const char *s, uint32_t *rgb)
{
    const char *part[3];
    size_t len[3], n, i;

    if (strncmp(s, "rgb:", 4) == 0) {
        s += 4;
        for (i = 0; i < 3; i++) {
            part[i] = s;
            len[i] = strcspn(s, "/");
            s += len[i];
            if (i < 2 && *s++ != '/')
                return false;
        }
        if (*s != '\0')
            return false;
    } else if (s[0] == '#') {
        n = strlen(s + 1);
        for (i = 0; i < 3; i++) {
            part[i] = s + 1 + i * (n / 3);
            len[i] = n % 3 == 0 ? n / 3 : 0;
        }
    } else {
        return false;
    }
    for (*rgb = 0, i = 0; i < 3; i++) {
        uint32_t value;

        if (!hex_part(part[i], len[i], &value))
            return false;
        *rgb = *rgb << 8 | value;
    }
    return true;
}

static void reply_color(struct vt *vt, const char *what, uint32_t rgb)
{
    unsigned r = rgb >> 16 & 255, g = rgb >> 8 & 255, b = rgb & 255;

    reply_printf(vt, "\033]%s;rgb:%02x%02x/%02x%02x/%02x%02x\033\\", what, r, r,
                 g, g, b, b);
}

/* Take the field up to the next ';' out of *s; false at the end. */
static bool next_field(const char **s, char *field, size_t size)
{
    size_t n;

    if (*s == NULL)
        return false;
    n = strcspn(*s, ";");
    snprintf(field, size, "%.*s", (int)(n < size ? n : size - 1), *s);
    *s = (*s)[n] == ';' ? *s + n + 1 : NULL;
    return true;
}

/* A colour's number, or 256 if the field is none. */
static unsigned color_index(const char *field)
{
    unsigned value = 0;

    if (*field == '\0')
        return 256;
    for (; *field != '\0'; field++) {
        if (*field < '0' || *field > '9' || value > 255)
            return 256;
        value = value * 10 + (unsigned)(*field - '0');
    }
    return value < 256 ? value : 256;
}

static void set_color(struct vt *vt, unsigned index, const char *spec)
{
    uint32_t rgb;
    char what[16];

    if (strcmp(spec, "?") == 0) {
        snprintf(what, sizeof what, "4;%u", index);
        reply_color(vt, what, vt_palette(vt, index));
    } else if (parse_color(spec, &rgb)) {
        vt->palette.color[index] = rgb;
        vt->palette.changed[index / 32] |= 1u << index % 32;
        vt->events |= VT_EVENT_PALETTE;
    }
}

static void osc_color(struct vt *vt, unsigned number, const char *text,
                      size_t n)
{
    char index[8], spec[32];

    (void)number;
    (void)n;
    while (next_field(&text, index, sizeof index) &&
           next_field(&text, spec, sizeof spec))
        if (color_index(index) < 256)
            set_color(vt, color_index(index), spec);
}

static void osc_color_reset(struct vt *vt, unsigned number, const char *text,
                            size_t n)
{
    char index[8];
    unsigned i;

    (void)number;
    vt->events |= VT_EVENT_PALETTE;
    if (n == 0)
        memset(vt->palette.changed, 0, sizeof vt->palette.changed);
    while (next_field(&text, index, sizeof index))
        if ((i = color_index(index)) < 256)
            vt->palette.changed[i / 32] &= ~(1u << i % 32);
}

/*
 * OSC 10 ; fg ; bg ; cursor: each further field is the next number's.  A
 * colour that the server did not set is the outer terminal's, unknown here.
 * It is not answered: a guess makes vim choose light text on a light screen.
 */
static void osc_default(struct vt *vt, unsigned number, const char *text,
                        size_t n)
{
    struct palette *pal = &vt->palette;
    char spec[32], what[12];
    unsigned which;

    (void)n;
    for (which = number - 10; which <= VT_DEFAULT_CURSOR; which++) {
        if (!next_field(&text, spec, sizeof spec))
            return;
        if (strcmp(spec, "?") == 0) {
            snprintf(what, sizeof what, "%u", which + 10);
            if (pal->dynamic_changed[which])
                reply_color(vt, what, pal->dynamic[which]);
        } else if (parse_color(spec, &pal->dynamic[which])) {
            pal->dynamic_changed[which] = true;
            vt->events |= VT_EVENT_PALETTE;
        }
    }
}

static void osc_default_reset(struct vt *vt, unsigned number, const char *text,
                              size_t n)
{
    struct palette fresh;

    (void)text;
    (void)n;
    palette_reset(&fresh);
    vt->palette.dynamic[number - 110] = fresh.dynamic[number - 110];
    vt->palette.dynamic_changed[number - 110] = false;
    vt->events |= VT_EVENT_PALETTE;
}

/* ---- the clipboard ---- */

/* Written only: what is asked for (a '?') would go to the server. */
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
    if (!base64_decode(&decoded, data, n) || decoded.len > CLIPBOARD_MAX) {
        buf_free(&decoded);
        return;
    }
    buf_free(&vt->clipboard);
    vt->clipboard = decoded;
    vt->events |= VT_EVENT_CLIPBOARD;
}

/* ---- the table ---- */

/* Not here, so read and dropped: the icon's title (1), the working directory
 * (7), links (8), prompt marks (133) and what else there may be. */
/* clang-format off */
static const struct osc_op {
    unsigned number;
    void (*run)(struct vt *vt, unsigned number, const char *text, size_t n);
} osc_ops[] = {
    { 0,   osc_title },
    { 2,   osc_title },
    { 4,   osc_color },
    { 10,  osc_default },
    { 11,  osc_default },
    { 12,  osc_default },
    { 52,  osc_clipboard },
    { 104, osc_color_reset },
    { 110, osc_default_reset },
    { 111, osc_default_reset },
    { 112, osc_default_reset },
};
/* clang-format on */

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

size_t osc_limit(const uint8_t *text, size_t n)
{
    if (n >= 3 && memcmp(text, "52;", 3) == 0)
        return OSC_CLIPBOARD_MAX;
    if (n >= 2 && (text[0] == '0' || text[0] == '2') && text[1] == ';')
        return OSC_TITLE_MAX + 2;
    return OSC_MAX;
}

void osc_run(struct vt *vt, const char *text, size_t n)
{
    unsigned number;
    size_t rest, i;

    if (!parse_number(text, n, &number, &rest))
        return;
    for (i = 0; i < sizeof osc_ops / sizeof osc_ops[0]; i++)
        if (osc_ops[i].number == number) {
            osc_ops[i].run(vt, number, text + rest, n - rest);
            return;
        }
}
