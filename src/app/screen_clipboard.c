/*
 * screen_clipboard.c - the clipboard, written by a program on the server
 * (OSC 52).
 *
 * The server chooses the moment of the question, so no key that is about to be
 * typed for the shell may be a yes, nor be lost: it waits for a pause, only a
 * word is an answer, and what cannot become that word goes to the shell.
 */
#include "app/screen.h"

#include <string.h>
#include "base/mem.h"
#include "base/secret.h"
#include "base/utf8.h"

#define ALLOW "allow"

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

/* ---- the question ---- */

static void ask(struct screen *s)
{
    static const struct ui_choice choices[] = {
        { ALLOW, "let them, until this session ends" },
        { "Esc", "refuse, until this session ends" },
    };
    const struct ui_question q = {
        .title = "Let the server set your clipboard?",
        .text = "What programs there put into your clipboard would be pasted "
                "where you paste next.  Whatever else you type goes to the "
                "server, and refuses.",
        .prompt = "Your answer:",
        .echo = true,
        .live = true,
        .passed = ~(1u << '\r' | 1u << '\b' | 1u << 0x1b),
        .pastes_pass = true,
        .choices = choices,
        .choices_len = sizeof choices / sizeof *choices,
    };

    s->say[0] = '\0'; /* that was about something else */
    screen_set_mode(s, SCREEN_CLIPBOARD);
    ui_ask(s->ui, &q);
}

static void refuse(struct screen *s)
{
    s->clipboard = CLIPBOARD_NO;
    screen_back_to_work(s);
    screen_announce(s, "The server may not set the clipboard");
}

static void send_text(struct screen *s, const char *text)
{
    struct vt_key key = { .code = VT_KEY_CHAR };
    size_t len = strlen(text), n;

    for (; len != 0; text += n, len -= n) {
        n = utf8_decode((const uint8_t *)text, len, &key.ch);
        if (n == 0)
            return;
        screen_send_key(s, &key);
    }
}

/* What was typed, and the last key, if it is none of a word, were for the
 * shell. */
static void leave(struct screen *s, const char *typed, const struct vt_key *key)
{
    char *text = mem_strdup(typed);

    ui_drop(s->ui);
    refuse(s);
    send_text(s, text);
    if (key != NULL)
        screen_key(s, key);
    mem_free(text);
}

static void answered(struct screen *s)
{
    static const struct vt_key enter = { .code = VT_KEY_ENTER };
    struct ui_answer answer = ui_take_answer(s->ui);
    const char *line = answer.cancelled ? "" : (const char *)answer.line->data;

    if (answer.cancelled) {
        refuse(s);
    } else if (strcmp(line, ALLOW) == 0) {
        screen_back_to_work(s);
        s->clipboard = CLIPBOARD_YES;
        pass_on(s);
    } else {
        leave(s, line, &enter);
    }
    secret_free(answer.line);
}

void screen_clipboard_event(struct screen *s, const struct ui_event *ev)
{
    const char *typed;

    switch (ev->kind) {
    case UI_ANSWER: answered(s); break;
    case UI_KEY: leave(s, ui_typed(s->ui), &ev->key); break;
    case UI_PASTE:
        leave(s, ui_typed(s->ui), NULL);
        screen_paste(s, ev->paste, ev->paste_len, ev->paste_first,
                     ev->paste_last);
        break;
    default:
        typed = ui_typed(s->ui);
        if (strncmp(typed, ALLOW, strlen(typed)) != 0)
            leave(s, typed, NULL);
        break;
    }
}

/* ---- when ---- */

/* Asked for once; while something else is being asked it is refused. */
static void clipboard(struct screen *s)
{
    if (s->clipboard == CLIPBOARD_YES)
        pass_on(s);
    else if (s->clipboard == CLIPBOARD_ASK && s->mode == SCREEN_NORMAL &&
             s->front.can_ask && !ui_asking(s->ui))
        ask(s);
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
