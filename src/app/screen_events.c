/* screen_events.c - what the vt tells its owner: bell, title, modes. */
#include "app/screen.h"

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
