/*
 * screen_view.c - what of the vt is shown, and when.
 *
 * At most one frame in FRAME_MS while output floods in; but what follows a
 * typed key is drawn at once, and the first output after a pause too.
 */
#include "app/screen.h"

#include <stdio.h>
#include "config/options.h"
#include "sys/pollset.h"

#define FRAME_MS 16
#define SYNC_MS  150 /* longest wait for the end of a synchronized frame */

static const char command_keys[] =
    "? help  . disconnect  i info  PgUp/PgDn scroll  s status  Esc back";

static const char *menu_hint(const struct screen *s, char *out, size_t size)
{
    int key = s->front.opt->prefix;

    out[0] = '\0';
    if (key >= 0 && key < 0x20)
        snprintf(out, size, "Ctrl-%c menu", key + '@');
    return out;
}

void screen_status(struct screen *s)
{
    struct ui_status status = { .left = s->who, .state = "", .right = "" };
    char text[80];

    if (s->mode == SCREEN_COMMAND) {
        status.left = command_keys;
        status.alert = true;
    } else if (s->scroll != 0) {
        snprintf(text, sizeof text, "%zu of %zu lines back", s->scroll,
                 vt_scrollback(s->vt));
        status.state = text;
        status.right = "any key: back";
        status.alert = !s->status_on;
    } else if (s->mode == SCREEN_LOST) {
        status.left = s->lost_at;
        status.state = "r reconnect  q quit";
        status.right = s->loss;
        status.alert = true;
    } else if (s->progress != NULL) {
        status.state = s->progress;
        status.right = "Ctrl-C cancel";
    } else {
        status.state = vt_title(s->vt);
        status.right = menu_hint(s, text, sizeof text);
    }
    ui_set_status(s->ui, &status);
    s->dirty = true;
}

/* ---- scrolling back ---- */

static void scroll_to(struct screen *s, size_t lines)
{
    size_t max = vt_scrollback(s->vt);

    s->scroll = lines < max ? lines : max;
    s->pushed = vt_lines_pushed(s->vt);
    screen_status(s);
}

void screen_scroll(struct screen *s, long lines)
{
    size_t by = (size_t)(lines < 0 ? -lines : lines);

    if (lines > 0)
        scroll_to(s, s->scroll + by);
    else
        scroll_to(s, s->scroll > by ? s->scroll - by : 0);
}

void screen_scroll_live(struct screen *s)
{
    if (s->scroll != 0)
        scroll_to(s, 0);
}

void screen_keep_place(struct screen *s)
{
    uint64_t pushed = vt_lines_pushed(s->vt);

    if (s->scroll != 0 && pushed != s->pushed)
        scroll_to(s, s->scroll + (size_t)(pushed - s->pushed));
    s->pushed = pushed;
}

/* ---- frames ---- */

uint64_t screen_wake(const struct screen *s)
{
    if (!s->dirty)
        return 0;
    return s->sync_from != 0 ? s->sync_from + SYNC_MS : s->drawn_at + FRAME_MS;
}

/* A program that draws a synchronized frame (mode 2026) is left to end it. */
static bool held_back(struct screen *s, uint64_t now)
{
    if (!vt_synchronized(s->vt) || s->mode != SCREEN_NORMAL) {
        s->sync_from = 0;
        return false;
    }
    if (s->sync_from == 0)
        s->sync_from = now;
    return now < s->sync_from + SYNC_MS;
}

void screen_draw(struct screen *s, uint64_t now)
{
    if (!s->dirty || held_back(s, now))
        return;
    if (!s->echo_due && now < s->drawn_at + FRAME_MS)
        return;
    ui_draw(s->ui, s->vt, s->scroll);
    s->drawn_at = now;
    s->sync_from = 0;
    s->dirty = false;
    s->echo_due = false;
}
