/*
 * window.c - XTWINOPS: sizes are told, what would change the window is refused.
 *
 * Titles are kept in a stack, but told empty unless the user lets the server
 * read the screen: what it puts into a title would come back as if it had been
 * typed.
 */
#include "base/mem.h"
#include "base/text.h"
#include "vt/csi.h"
#include "vt/screen.h"

#define TITLE_SET_IN_HEX  (1u << 0)
#define TITLE_TOLD_IN_HEX (1u << 1)

#define PIXELS_UNKNOWN_WIDTH  8u
#define PIXELS_UNKNOWN_HEIGHT 16u

void vt_set_cell_size(struct vt *vt, unsigned width, unsigned height)
{
    vt->cell_width = width != 0 ? width : PIXELS_UNKNOWN_WIDTH;
    vt->cell_height = height != 0 ? height : PIXELS_UNKNOWN_HEIGHT;
}

void report_size(struct vt *vt)
{
    unsigned cols = vt->grid->cols, rows = vt->grid->rows;

    reply_csi(vt, "48;%u;%u;%u;%ut", rows, cols, rows * vt->cell_height,
              cols * vt->cell_width);
}

/* ---- titles ---- */

static const char *title_of(const char *title)
{
    return title != NULL ? title : "";
}

const char *vt_title(const struct vt *vt)
{
    return title_of(vt->title.window);
}

const char *vt_icon_title(const struct vt *vt)
{
    return title_of(vt->title.icon);
}

static void drop_title(struct title *t)
{
    mem_free(t->window);
    mem_free(t->icon);
    *t = (struct title){ NULL, NULL };
}

void titles_free(struct vt *vt)
{
    unsigned i;

    for (i = 0; i < STACK_MAX; i++)
        drop_title(&vt->titles[i]);
    vt->n_titles = 0;
    drop_title(&vt->title);
}

/* XTSMTITLE 0: pairs of hex digits, or the title stays. */
static bool is_hex(const char *text, size_t n)
{
    size_t i;

    for (i = 0; i < n; i++)
        if (hex_digit(text[i]) < 0)
            return false;
    return n % 2 == 0;
}

static void from_hex(const char *text, size_t n, struct buf *out)
{
    size_t i;

    for (i = 0; i + 1 < n; i += 2)
        buf_put_byte(
            out, (uint8_t)(hex_digit(text[i]) << 4 | hex_digit(text[i + 1])));
}

static char *clean_title(const struct vt *vt, const char *text, size_t n)
{
    struct buf plain = { 0 }, clean = { 0 };

    if (vt->title_modes & TITLE_SET_IN_HEX) {
        from_hex(text, n, &plain);
        text_clean(&clean, plain.data, plain.len, false);
        buf_free(&plain);
    } else {
        text_clean(&clean, text, n, false);
    }
    if (clean.len > OSC_TITLE_MAX) {
        clean.len = OSC_TITLE_MAX;
        while (clean.len > 0 && (clean.data[clean.len] & 0xc0) == 0x80)
            clean.len--;
    }
    return buf_take_str(&clean);
}

/* OSC 0 both titles, 1 the icon's, 2 the window's. */
void osc_title(struct vt *vt, unsigned number, const char *text, size_t n)
{
    if (vt->title_modes & TITLE_SET_IN_HEX ? !is_hex(text, n)
                                           : n > OSC_TITLE_MAX)
        return;
    if (number != 1) {
        mem_free(vt->title.window);
        vt->title.window = clean_title(vt, text, n);
    }
    if (number != 2) {
        mem_free(vt->title.icon);
        vt->title.icon = clean_title(vt, text, n);
    }
    vt->events |= VT_EVENT_TITLE;
}

/* Beside the stack's top, one of its places can be named: n counts from 1. */
static unsigned title_place(unsigned n)
{
    return (n - 1) % STACK_MAX;
}

/* A place on top; where there is none left the oldest falls out. */
static unsigned new_title_place(struct vt *vt)
{
    unsigned i;

    if (vt->n_titles == STACK_MAX) {
        drop_title(&vt->titles[0]);
        for (i = 1; i < STACK_MAX; i++)
            vt->titles[i - 1] = vt->titles[i];
        vt->titles[STACK_MAX - 1] = (struct title){ NULL, NULL };
        vt->n_titles--;
    }
    return vt->n_titles++;
}

/* which: 0 both, 1 the icon's, 2 the window's; n: 0 on top. */
static void push_title(struct vt *vt, unsigned which, unsigned n)
{
    struct title *t =
        &vt->titles[n != 0 ? title_place(n) : new_title_place(vt)];

    drop_title(t);
    if (which != 1)
        t->window = mem_strdup(vt_title(vt));
    if (which != 2)
        t->icon = mem_strdup(vt_icon_title(vt));
}

/* The title of a kind in this place, or else in the nearest before it. */
static void restore_title(struct vt *vt, char **to, unsigned place, bool icon)
{
    unsigned i;

    for (i = 0; i < STACK_MAX; i++) {
        const struct title *t =
            &vt->titles[(place + STACK_MAX - i) % STACK_MAX];
        const char *kept = icon ? t->icon : t->window;

        if (kept == NULL)
            continue;
        mem_free(*to);
        *to = mem_strdup(kept);
        return;
    }
}

static void pop_title(struct vt *vt, unsigned which, unsigned n)
{
    unsigned place;

    if (n == 0 && vt->n_titles == 0)
        return;
    place = n != 0 ? title_place(n) : --vt->n_titles;
    if (which != 1)
        restore_title(vt, &vt->title.window, place, false);
    if (which != 2)
        restore_title(vt, &vt->title.icon, place, true);
    if (n == 0)
        drop_title(&vt->titles[place]);
    vt->events |= VT_EVENT_TITLE;
}

void op_title_stack(struct vt *vt, const struct vt_params *p)
{
    (void)p;
    reply_csi(vt, "%u;%u#S", vt->n_titles, STACK_MAX);
}

static void change_title_modes(struct vt *vt, const struct vt_params *p,
                               bool on)
{
    unsigned i;

    for (i = 0; i < p->n; i++) {
        if (p->value[i] > 3)
            continue;
        if (on)
            vt->title_modes |= (uint8_t)(1u << p->value[i]);
        else
            vt->title_modes &= (uint8_t) ~(1u << p->value[i]);
    }
}

void op_title_set(struct vt *vt, const struct vt_params *p)
{
    change_title_modes(vt, p, true);
}

void op_title_reset(struct vt *vt, const struct vt_params *p)
{
    if (p->n == 0)
        vt->title_modes = 0;
    change_title_modes(vt, p, false);
}

/* Cleaned when it was set, so it cannot end the string that tells it. */
static void report_title(struct vt *vt, char kind, const char *title)
{
    struct buf hex = { 0 };
    const char *c;

    if (!vt->screen_reports) {
        reply_osc(vt, "%c", kind);
    } else if (vt->title_modes & TITLE_TOLD_IN_HEX) {
        for (c = title; *c != '\0'; c++)
            buf_printf(&hex, "%02X", (unsigned)(uint8_t)*c);
        buf_put_byte(&hex, '\0');
        reply_osc(vt, "%c%s", kind, (const char *)hex.data);
    } else {
        reply_osc(vt, "%c%s", kind, title);
    }
    buf_free(&hex);
}

/* ---- the operations ---- */

void op_window(struct vt *vt, const struct vt_params *p)
{
    unsigned rows = vt->grid->rows, cols = vt->grid->cols;
    unsigned height = rows * vt->cell_height, width = cols * vt->cell_width;

    switch (param(p, 0, 0)) {
    case 11: reply_csi(vt, "1t"); break;     /* not iconified */
    case 13: reply_csi(vt, "3;0;0t"); break; /* place */
    case 14: reply_csi(vt, "4;%u;%ut", height, width); break;
    case 15: reply_csi(vt, "5;%u;%ut", height, width); break;
    case 16: reply_csi(vt, "6;%u;%ut", vt->cell_height, vt->cell_width); break;
    case 18: reply_csi(vt, "8;%u;%ut", rows, cols); break;
    case 19: reply_csi(vt, "9;%u;%ut", rows, cols); break;
    case 20: report_title(vt, 'L', vt_icon_title(vt)); break;
    case 21: report_title(vt, 'l', vt_title(vt)); break;
    case 22: push_title(vt, param(p, 1, 0), param(p, 2, 0)); break;
    case 23: pop_title(vt, param(p, 1, 0), param(p, 2, 0)); break;
    default: break;
    }
}
