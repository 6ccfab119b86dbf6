#include "app/cloudinit.h"

#include <stdio.h>
#include <string.h>
#include "base/buf.h"
#include "base/text.h"
#include "ssh/session.h"

#define EVERY_MS  5000
#define ANSWER_MS 10000 /* a small machine takes seconds to start Python */
#define SHOWN_MS  20000 /* the last words */

/* For any login shell. */
static const char command[] =
    "exec sh -c 'exec 2>/dev/null; PATH=$PATH:/usr/sbin:/sbin; "
    "LC_ALL=C exec cloud-init status' </dev/null";

static const struct cloudinit_words
    runs = { "cloud-init still sets this machine up", "cloud-init runs" },
    done = { "cloud-init is done: this machine is set up",
             "cloud-init is done" },
    failed = { "cloud-init failed: see /var/log/cloud-init-output.log",
               "cloud-init failed" };

void cloudinit_begin(struct cloudinit *c, uint64_t now)
{
    *c = (struct cloudinit){ .on = true, .due = now };
}

/* The words behind "status: ", which stands among dots sometimes. */
static void read_status(const struct buf *output, char *status, size_t size)
{
    static const char label[] = "status: ";
    struct buf text = { 0 };
    const char *at;

    text_clean(&text, output->data, output->len, true);
    at = strstr(buf_str(&text), label);
    at = at != NULL ? at + sizeof label - 1 : "";
    snprintf(status, size, "%.*s", (int)strcspn(at, "\n"), at);
    buf_free(&text);
}

static bool goes_on(const char *status)
{
    return text_same(status, "running") || text_same(status, "not run") ||
           text_same(status, "not started");
}

/* What it ended with is told only to somebody who saw that it ran. */
static const struct cloudinit_words *judge(struct cloudinit *c,
                                           const char *status)
{
    c->on = goes_on(status);
    if (c->on)
        return &runs;
    if (c->words != NULL && text_same(status, "done"))
        return &done;
    if (c->words != NULL && text_same(status, "error"))
        return &failed;
    return NULL;
}

/* An answer that takes too long is no answer: the next may come. */
static const struct cloudinit_words *take_answer(struct cloudinit *c,
                                                 struct ssh_session *session,
                                                 uint64_t now)
{
    const struct cloudinit_words *words = c->words;
    char status[32];

    switch (ssh_session_exec_state(session)) {
    case SSH_EXEC_DONE:
        read_status(ssh_session_exec_output(session), status, sizeof status);
        words = judge(c, status);
        break;
    case SSH_EXEC_RUNS:
        if (now < c->due)
            return words;
        break;
    default:
        words = NULL;
        c->on = false;
        break;
    }
    ssh_session_exec_drop(session);
    c->asking = false;
    c->due = now + (c->on ? EVERY_MS : SHOWN_MS);
    return words;
}

/* The channel may be another's for the moment. */
static void ask(struct cloudinit *c, struct ssh_session *session, uint64_t now)
{
    c->asking = ssh_session_exec(session, command);
    c->due = now + (c->asking ? ANSWER_MS : EVERY_MS);
}

bool cloudinit_step(struct cloudinit *c, struct ssh_session *session,
                    uint64_t now)
{
    const struct cloudinit_words *before = c->words;

    if (c->asking)
        c->words = take_answer(c, session, now);
    else if (c->on && now >= c->due)
        ask(c, session, now);
    else if (now >= c->due)
        c->words = NULL;
    return c->words != before;
}

uint64_t cloudinit_wake(const struct cloudinit *c)
{
    return c->on || c->words != NULL ? c->due : 0;
}
