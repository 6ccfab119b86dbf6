/* screen_trial.c - a new login, tested while the session goes on. */
#include "app/screen.h"

#include <string.h>
#include "base/mem.h"

static void forget(struct screen *s)
{
    mem_free(s->trial);
    s->trial = NULL;
}

void screen_trial_toggle(struct screen *s)
{
    if (s->front.session == NULL) {
        screen_say(s, "There is no session beside which to test a login");
        return;
    }
    s->front.wish = s->trial == NULL ? FRONT_TRY_LOGIN : FRONT_TRY_STOP;
}

void screen_trial_told(struct screen *s, const char *text, bool done)
{
    struct ui_question q = { .title = "A new login", .text = text };

    if (done) {
        if (s->asked && !s->answered) { /* what is typed is not the shell's */
            q.prompt = "Press Enter: ";
            q.hint = "Enter goes on";
        }
        forget(s);
        screen_drop_asked(s);
        screen_say(s, "%s", text == NULL ? "The test is stopped" : "");
        if (text != NULL)
            screen_put_question(s, &q, NULL);
    } else if (s->trial == NULL || strcmp(s->trial, text) != 0) {
        forget(s);
        s->trial = mem_strdup(text);
        screen_say(s, "Testing a new login: %s", text);
    }
}
