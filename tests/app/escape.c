/* The escape characters: which typed bytes reach the server. */
#include "app/escape.h"

#include "base/buf.h"
#include "../tap.h"

static const struct {
    const char *name, *typed, *sent;
    enum escape_action action;
} cases[] = {
    { "plain text passes", "ls -l\r", "ls -l\r", ESCAPE_NONE },
    { "disconnect at the start", "~.", "", ESCAPE_DISCONNECT },
    { "disconnect after Enter", "ls\r~.", "ls\r", ESCAPE_DISCONNECT },
    { "disconnect after a newline", "ls\n~.", "ls\n", ESCAPE_DISCONNECT },
    { "not in the middle of a line", "a~.", "a~.", ESCAPE_NONE },
    { "help", "~?", "", ESCAPE_HELP },
    { "suspend", "~\032", "", ESCAPE_SUSPEND },
    { "twice sends one", "~~.", "~.", ESCAPE_NONE },
    { "others send both", "~/x", "~/x", ESCAPE_NONE },
    { "Enter behind it starts a line", "~\r~.", "~\r", ESCAPE_DISCONNECT },
    { "it waits for the next byte", "~", "", ESCAPE_NONE },
    { "any bytes pass", "\001\377\033[A", "\001\377\033[A", ESCAPE_NONE },
};

/* Feed it in pieces of n bytes; stop at the first action. */
static enum escape_action feed(struct escape *e, const char *typed, size_t n,
                               struct buf *out)
{
    enum escape_action action;
    size_t len = strlen(typed), at = 0, take, used;

    while (at < len) {
        take = len - at < n ? len - at : n;
        action =
            escape_filter(e, (const uint8_t *)typed + at, take, out, &used);
        at += used;
        if (action != ESCAPE_NONE)
            return action;
    }
    return ESCAPE_NONE;
}

static void check(size_t i, size_t pieces)
{
    struct buf out = { 0 };
    struct escape e;
    enum escape_action action;

    escape_init(&e, '~');
    action = feed(&e, cases[i].typed, pieces, &out);
    ok(action == cases[i].action && strcmp(buf_str(&out), cases[i].sent) == 0,
       "%s (pieces of %zu)", cases[i].name, pieces);
    buf_free(&out);
}

/* Typed, pasted, typed: what the pasted part changes. */
static const struct {
    const char *name, *typed, *pasted, *then, *sent;
    enum escape_action action;
} pastes[] = {
    { "a paste is in the line", "\r", "ab", "~.", "\r~.", ESCAPE_NONE },
    { "a pasted newline starts one", "a", "b\r", "~.", "a", ESCAPE_DISCONNECT },
    { "what waits goes before it", "~", "ab", ".", "~.", ESCAPE_NONE },
    { "an empty one is none", "~", "", ".", "", ESCAPE_DISCONNECT },
};

static void check_paste(size_t i)
{
    const char *pasted = pastes[i].pasted;
    struct buf out = { 0 };
    struct escape e;

    escape_init(&e, '~');
    feed(&e, pastes[i].typed, 100, &out);
    escape_pass(&e, (const uint8_t *)pasted, strlen(pasted), &out);
    ok(feed(&e, pastes[i].then, 100, &out) == pastes[i].action, "%s",
       pastes[i].name);
    is_str(buf_str(&out), pastes[i].sent, pastes[i].name);
    buf_free(&out);
}

int main(void)
{
    struct buf out = { 0 };
    struct escape e;
    size_t i;

    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        check(i, 1);
        check(i, 100);
    }
    for (i = 0; i < sizeof pastes / sizeof *pastes; i++)
        check_paste(i);
    escape_init(&e, -1);
    ok(feed(&e, "~.", 100, &out) == ESCAPE_NONE, "none: no action");
    is_str(buf_str(&out), "~.", "none: all passes");
    buf_clear(&out);
    escape_init(&e, '%');
    ok(feed(&e, "%.", 100, &out) == ESCAPE_DISCONNECT, "another character");
    buf_clear(&out);
    escape_init(&e, '~');
    feed(&e, "~?", 100, &out);
    ok(feed(&e, "~.", 100, &out) == ESCAPE_DISCONNECT,
       "an action leaves the start of a line behind");
    buf_free(&out);
    return tap_done();
}
