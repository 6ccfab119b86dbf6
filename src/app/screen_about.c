/* screen_about.c - what kind of machine this is, asked beside the shell. */
#include "app/screen.h"

#include <string.h>
#include "app/about.h"
#include "base/text.h"

#define TITLE "This machine"
#define OTHER                                                               \
    "A login as this user runs a command of its own, or none, in place of " \
    "the one that asks"

static void closed(struct screen *s, const char *answer)
{
    (void)answer;
    s->about_shown = false;
}

/* The box is there from the beginning: one that came with the answer would
 * take keys that are meant for the shell. */
static void show_waiting(struct screen *s)
{
    struct ui_question q = { .title = TITLE,
                             .text = "Asking the machine what it is ...",
                             .confirm = true,
                             .hint = "Esc closes" };

    s->about_shown = true;
    screen_put_question(s, &q, closed);
}

void screen_about_begin(struct screen *s)
{
    if (s->front.session == NULL) {
        screen_say(s, "No connection to ask the machine by");
        return;
    }
    if (s->about_until == 0) {
        s->about_begun = false; /* the channel may be another's */
        s->about_until = s->now + ABOUT_WAIT_MS;
    }
    show_waiting(s);
}

static void tell(struct screen *s, const char *text)
{
    s->about_until = 0;
    if (s->about_shown)
        screen_show_text(s, TITLE, text);
}

/* failure: in place of an answer; late: behind a part of one, or NULL. */
static void end(struct screen *s, const char *failure, const char *late)
{
    struct buf said = { 0 }, text = { 0 };
    const struct buf *output = ssh_session_exec_output(s->front.session);

    text_clean(&said, output->data, output->len, true);
    ssh_session_exec_drop(s->front.session);
    if (said.len == 0)
        buf_put_str(&text, failure);
    else if (strncmp(buf_str(&said), ABOUT_FIRST, sizeof ABOUT_FIRST - 1) != 0)
        buf_put_str(&text, OTHER ". What it said:\n");
    buf_put(&text, said.data, said.len);
    if (said.len != 0 && late != NULL)
        buf_put_str(&text, late);
    tell(s, buf_str(&text));
    buf_free(&said);
    buf_free(&text);
}

static bool begin(struct ssh_session *session)
{
    struct buf command = { 0 };
    size_t len;
    const uint8_t *blob = ssh_session_signed_key(session, &len);
    bool begun;

    about_put_command(&command, blob, len);
    begun = ssh_session_exec(session, buf_str(&command));
    buf_free(&command);
    return begun;
}

void screen_about_step(struct screen *s)
{
    if (s->about_until == 0)
        return;
    if (s->front.session == NULL) { /* lost meanwhile */
        s->about_until = 0;
        return;
    }
    if (!s->about_begun) {
        s->about_begun = begin(s->front.session);
        if (!s->about_begun && s->now >= s->about_until)
            tell(s, "The machine is still being asked something else.");
        return;
    }
    switch (ssh_session_exec_state(s->front.session)) {
    case SSH_EXEC_DONE: end(s, OTHER ", and it says nothing.", NULL); break;
    case SSH_EXEC_FAILED:
        end(s, "The server starts no second program beside the shell.", NULL);
        break;
    case SSH_EXEC_RUNS:
        if (s->now >= s->about_until)
            end(s, "The machine did not answer within five seconds.",
                "\nIt told no more within five seconds.");
        break;
    case SSH_EXEC_NONE: s->about_until = 0; break;
    }
}
