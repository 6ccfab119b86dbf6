/* screen_events.c - what the vt tells its owner: bell, title, clipboard. */
#include "app/screen.h"

#include <stdio.h>
#include "base/mem.h"
#include "base/text.h"

#define ALLOW "allow"

/* ---- the bell ---- */

static void ring(struct screen *s)
{
    if (!bell_rings(&s->bell, s->now) || s->bell_kind == BELL_OFF)
        return;
    if (s->bell_kind == BELL_VISUAL)
        ui_flash(s->ui);
    else
        ui_beep(s->ui);
}

/* ---- the clipboard: written by a program on the server (OSC 52) ---- */

static void pass_on(struct screen *s)
{
    struct buf text = { 0 };
    const uint8_t *data;
    size_t len;

    data = vt_clipboard(s->vt, &len);
    buf_put(&text, data, len);
    if (len != 0)
        screen_keep(s, &text);
    buf_free(&text);
}

static void ask(struct screen *s, bool again);

static void settled(struct screen *s, const char *answer)
{
    if (answer != NULL && text_same(answer, ALLOW)) {
        s->clipboard = CLIPBOARD_YES;
        pass_on(s);
    } else if (answer != NULL && answer[0] != '\0') {
        ask(s, true);
    } else {
        s->clipboard = CLIPBOARD_NO;
        screen_say(s, "Refused, for this session");
    }
}

/* The server chooses the moment, so no key that is about to be typed for the
 * shell may be a yes. */
static void ask(struct screen *s, bool again)
{
    static const struct ui_choice choices[] = {
        { ALLOW, "let them, until this session ends" },
        { "Enter", "refuse, until this session ends" },
    };
    const struct ui_question q = {
        .title = "Let the server set your clipboard?",
        .text = again ? "Type one of the answers below."
                      : "What programs there put into your clipboard would be "
                        "pasted where you paste next.",
        .prompt = "Your answer:",
        .echo = true,
        .choices = choices,
        .choices_len = sizeof choices / sizeof *choices,
    };

    screen_put_question(s, &q, settled);
}

/*
 * Asked for once; while something else is being asked it is refused.  No key
 * that is about to be typed for the shell shall be lost to the question: it
 * waits for a pause.
 */
static void clipboard(struct screen *s)
{
    if (s->clipboard == CLIPBOARD_YES)
        pass_on(s);
    else if (s->clipboard == CLIPBOARD_ASK && s->mode == SCREEN_NORMAL &&
             s->front.can_ask && !ui_asking(s->ui))
        ask(s, false);
}

uint64_t screen_clipboard_wake(const struct screen *s)
{
    return s->clipboard_due ? s->typed_at + TYPING_MS : 0;
}

void screen_clipboard_tick(struct screen *s)
{
    if (!s->clipboard_due ||
        (s->clipboard == CLIPBOARD_ASK && s->now < screen_clipboard_wake(s)))
        return;
    s->clipboard_due = false;
    clipboard(s);
}

void screen_vt_events(struct screen *s)
{
    unsigned events = vt_take_events(s->vt);

    if ((events & VT_EVENT_BELL) != 0)
        ring(s);
    if ((events & VT_EVENT_TITLE) != 0)
        ui_title(s->ui, vt_title(s->vt));
    if ((events & (VT_EVENT_TITLE | VT_EVENT_DIRECTORY)) != 0)
        screen_status(s);
    if ((events & VT_EVENT_MODES) != 0)
        ui_set_mouse(s->ui, vt_mouse(s->vt));
    ui_set_keypad(s->ui, vt_keypad_application(s->vt));
    ui_set_keys(s->ui, vt_key_wishes(s->vt));
    if ((events & VT_EVENT_CLIPBOARD) != 0)
        s->clipboard_due = true;
    screen_clipboard_tick(s);
}
