/* screen_trial.c - a new login, tested while the session goes on. */
#include "app/screen.h"

#include <string.h>
#include "base/mem.h"

#define TITLE "A new login"

static void forget(struct screen *s)
{
    mem_free(s->trial);
    s->trial = NULL;
}

/* ---- the box ---- */

static void closed(struct screen *s, const char *answer)
{
    (void)answer;
    s->trial_shown = false;
}

static void show(struct screen *s, const struct ui_question *q)
{
    screen_unsettled(s);
    s->trial_shown = true;
    screen_put_question(s, q, closed);
}

/* The box is there from the beginning: one that came with the result would
 * take keys that are meant for the shell. */
static void show_waiting(struct screen *s)
{
    struct ui_question q = { .title = TITLE,
                             .text = "Testing a new login beside this "
                                     "session ...",
                             .confirm = true,
                             .hint = "Esc closes, the test goes on" };

    s->trial_asked = false;
    show(s, &q);
}

static void show_result(struct screen *s, const char *text)
{
    struct ui_question q = { .title = TITLE, .text = text };

    if (s->asked && !s->answered) { /* what is typed is not the shell's */
        q.prompt = "Press Enter: ";
        q.hint = "Enter goes on";
    }
    screen_drop_asked(s);
    show(s, &q);
}

/* ---- the test ---- */

void screen_trial_toggle(struct screen *s)
{
    if (s->front.session == NULL) {
        screen_say(s, "No session to test a login beside");
    } else if (s->trial != NULL) {
        s->front.wish = FRONT_TRY_STOP;
    } else {
        s->front.wish = FRONT_TRY_LOGIN;
        show_waiting(s);
    }
}

static void end(struct screen *s, const char *text)
{
    bool shown = s->trial_shown || s->trial_asked;

    forget(s);
    s->trial_asked = false;
    if (text != NULL && shown) {
        show_result(s, text);
    } else {
        screen_drop_asked(s);
        if (text == NULL)
            text = "The test is stopped";
        screen_say(s, "%.*s", (int)strcspn(text, "\n"), text);
    }
}

void screen_trial_told(struct screen *s, const char *text, bool done)
{
    if (done) {
        end(s, text);
        return;
    }
    if (s->trial_asked && !s->asked)
        show_waiting(s);
    if (s->trial == NULL || strcmp(s->trial, text) != 0) {
        forget(s);
        s->trial = mem_strdup(text);
        screen_say(s, "Testing a new login: %s", text);
    }
}
