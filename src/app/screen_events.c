/* screen_events.c - what the vt tells: bell, title, directory, modes. */
#include "app/screen.h"

#include <string.h>
#include <strings.h>
#include "base/mem.h"
#include "config/options.h"

/* ---- the shell's directory ---- */

#define LOCALHOST "localhost:"

/* Of vt_directory_on_host(), with its colon. */
static size_t host_length(const struct screen *s)
{
    return strlen(vt_directory_on_host(s->vt)) - strlen(vt_directory(s->vt));
}

/* The machine seldom calls itself as we do.  But what is said before anything
 * was typed, the login's own shell says. */
static void learn_host(struct screen *s)
{
    size_t n = host_length(s);

    if (n == 0 || s->typed_into || s->front.opt->command != NULL)
        return;
    mem_free(s->own_name);
    s->own_name = mem_strndup(vt_directory_on_host(s->vt), n);
}

static bool is_host(const struct screen *s, const char *name)
{
    size_t n = host_length(s);

    return name != NULL && strlen(name) == n &&
           strncasecmp(vt_directory_on_host(s->vt), name, n) == 0;
}

const char *screen_directory(const struct screen *s)
{
    bool own = is_host(s, s->own_name) || is_host(s, LOCALHOST);

    return own ? vt_directory(s->vt) : vt_directory_on_host(s->vt);
}

/* ---- the bell ---- */

void screen_ring(struct screen *s)
{
    if (!bell_rings(&s->bell, s->now) || s->bell_kind == BELL_OFF)
        return;
    if (s->bell_kind == BELL_VISUAL)
        ui_flash(s->ui);
    else
        ui_beep(s->ui);
}

void screen_vt_events(struct screen *s)
{
    unsigned events = vt_take_events(s->vt), answers = ui_answers_due(s->ui);

    if ((events & VT_EVENT_BELL) != 0 && !s->heard)
        screen_ring(s);
    if ((events & VT_EVENT_TITLE) != 0)
        ui_title(s->ui, vt_title(s->vt));
    if ((events & VT_EVENT_DIRECTORY) != 0)
        learn_host(s);
    if ((events & (VT_EVENT_TITLE | VT_EVENT_DIRECTORY)) != 0)
        screen_status(s);
    if ((events & VT_EVENT_MODES) != 0)
        ui_set_mouse(s->ui, vt_mouse(s->vt));
    ui_set_keypad(s->ui, vt_keypad_application(s->vt));
    ui_set_keys(s->ui, vt_key_wishes(s->vt));
    if (ui_answers_due(s->ui) > answers)
        s->asked_at = s->now;
    if ((events & VT_EVENT_CLIPBOARD) != 0)
        s->clipboard_due = true;
    screen_clipboard_tick(s);
}
