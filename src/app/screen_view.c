/*
 * screen_view.c - what of the vt is shown, and when.
 *
 * What answers a typed key is drawn at once, and so is the first output after
 * a pause.  While output comes, it is drawn when it has been quiet for a
 * moment, and in a flood once in FRAME_MS.
 */
#include "app/screen.h"

#include <stdio.h>
#include "config/options.h"
#include "sys/pollset.h"

#define FRAME_MS 16  /* from frame to frame in a flood */
#define PAUSE_MS 4   /* from frame to frame at least, but for an echo */
#define QUIET_MS 2   /* no output for so long: it has come to an end */
#define SYNC_MS  150 /* longest wait for the end of a synchronized frame */
#define AT_ONCE  1   /* a time that has always come */

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
        if (s->scroll != 0) {
            snprintf(text, sizeof text, "%zu lines", s->scroll);
            status.right = text;
        }
        status.alert = true;
    } else if (s->scroll != 0) {
        snprintf(text, sizeof text, "%zu of %zu lines back", s->scroll,
                 vt_scrollback(s->vt));
        status.state = text;
        status.right = "Esc back";
        status.alert = !s->status_on;
    } else if (s->mode == SCREEN_LOST) {
        snprintf(text, sizeof text, "%s  r reconnect  q quit", s->lost_at);
        status.left = text;
        status.state = s->loss; /* cut if too long; a right part would go */
        status.alert = true;
    } else if (s->progress != NULL) {
        status.state = s->progress;
        status.right = "Ctrl-C cancel";
    } else {
        status.state = vt_title(s->vt);
        status.right = menu_hint(s, text, sizeof text);
    }
    ui_set_status(s->ui, &status);
    screen_touch(s);
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

static uint64_t later(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

void screen_touch(struct screen *s)
{
    s->due = AT_ONCE;
}

void screen_output_came(struct screen *s, uint64_t now)
{
    uint64_t quiet = later(now + QUIET_MS, s->drawn_at + PAUSE_MS);
    uint64_t frame = s->drawn_at + FRAME_MS;

    if (s->echo_due)
        s->due = AT_ONCE;
    else if (s->due != AT_ONCE)
        s->due = quiet < frame ? quiet : later(frame, AT_ONCE);
    s->echo_due = false;
}

uint64_t screen_wake(const struct screen *s)
{
    return s->sync_from != 0 ? s->sync_from + SYNC_MS : s->due;
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
    if (s->due == 0 || now < s->due || held_back(s, now))
        return;
    ui_draw(s->ui, s->vt, s->scroll);
    s->drawn_at = now;
    s->due = 0;
    s->sync_from = 0;
}
