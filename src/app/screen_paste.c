/*
 * screen_paste.c - pasted text on its way to the server.
 *
 * A program that asked for brackets (mode 2004) gets them, as the text comes.
 * Any other takes each line as if it were typed, so several lines are held and
 * shown first.
 */
#include "app/screen.h"

#include <stdio.h>
#include "base/text.h"

#define HOLD_MAX   (4u * 1024 * 1024)
#define SHOW_LINES 6u
#define SHOW_BYTES 400u

/*
 * A program that does not read must not stop the reading of the keyboard, or
 * Ctrl-] would be dead: what is too much of a paste is dropped, and told.
 */
static size_t uncut(struct screen *s, size_t len, bool first, bool last)
{
    size_t room = s->typed.len < PASTE_LIMIT ? PASTE_LIMIT - s->typed.len : 0;

    if (first)
        s->paste.cut = false;
    else if (s->paste.cut)
        len = 0;
    if (len > room) {
        s->paste.cut = true;
        len = room;
    }
    if (s->paste.cut && last) {
        ui_beep(s->ui);
        screen_say(s, "The paste was cut: nothing reads it");
    }
    return len;
}

static void send(struct screen *s, const uint8_t *text, size_t len, bool first,
                 bool last)
{
    struct buf bytes = { 0 };

    len = uncut(s, len, first, last);
    escape_pass(&s->escape, text, len, &s->typed);
    vt_encode_paste(s->vt, text, len, first, last, &bytes);
    screen_echo(s, &bytes);
    screen_charset_out(s, &bytes);
    buf_put(&s->typed, bytes.data, bytes.len);
    buf_free(&bytes);
    s->echo_due = true;
}

/* ---- several lines ---- */

/* The length of the line that begins at a place; *next is the next one's. */
static size_t line_at(const struct buf *b, size_t at, size_t *next)
{
    size_t end = at;

    while (end < b->len && b->data[end] != '\r' && b->data[end] != '\n')
        end++;
    *next = end + (end < b->len);
    if (*next < b->len && b->data[end] == '\r' && b->data[*next] == '\n')
        ++*next;
    return end - at;
}

static size_t count_lines(const struct buf *b)
{
    size_t n = 0, at = 0;

    for (; at < b->len; n++)
        line_at(b, at, &at);
    return n;
}

/* The first lines, cleaned and cut. */
static void show_lines(const struct buf *b, size_t lines, struct buf *out)
{
    size_t at = 0, next, len, i;

    for (i = 0; i < SHOW_LINES && at < b->len; i++, at = next) {
        len = line_at(b, at, &next);
        text_expose(out, b->data + at, len < SHOW_BYTES ? len : SHOW_BYTES,
                    false);
        buf_put_str(out, len < SHOW_BYTES ? "\n" : " ...\n");
    }
    if (lines > i)
        buf_printf(out, "... and %zu more\n", lines - i);
}

static void settled(struct screen *s, const char *answer)
{
    struct buf *held = &s->paste.held;

    if (answer != NULL && s->front.session != NULL)
        send(s, held->data, held->len, true, true);
    else
        screen_say(s, "Nothing was pasted");
    buf_free(held);
}

static void ask(struct screen *s, size_t lines)
{
    struct ui_question q = { .confirm = true, .pastes_pass = true };
    struct buf text = { 0 };
    char title[64];

    snprintf(title, sizeof title, "Paste %zu lines?", lines);
    buf_put_str(&text, "The program will take each line as if it were typed, "
                       "Enter included:\n\n");
    show_lines(&s->paste.held, lines, &text);
    q.title = title;
    q.text = buf_str(&text);
    screen_put_question(s, &q, settled);
    buf_free(&text);
}

/* The whole paste is there. */
static void finish(struct screen *s)
{
    struct buf *held = &s->paste.held;
    size_t lines = count_lines(held);

    s->paste.holding = false;
    if (s->paste.too_long)
        screen_say(s, "More than %u MiB: nothing was pasted",
                   HOLD_MAX / (1024 * 1024));
    else if (lines > 1)
        ask(s, lines);
    else
        send(s, held->data, held->len, true, true);
    if (lines <= 1 || s->paste.too_long)
        buf_free(held);
}

/* ---- what comes in ---- */

static void hold(struct screen *s, const uint8_t *text, size_t len)
{
    if (len > HOLD_MAX - s->paste.held.len)
        s->paste.too_long = true;
    else
        buf_put(&s->paste.held, text, len);
}

void screen_paste(struct screen *s, const uint8_t *text, size_t len, bool first,
                  bool last)
{
    if (first)
        s->paste.lost = s->paste.second = false;
    if (s->front.session == NULL)
        s->paste.lost = true;
    else if (first && s->settled == settled)
        s->paste.second = true;
    if (s->paste.lost || s->paste.second) {
        if (last)
            screen_say(s, "%s",
                       s->paste.lost ? "No session to paste into"
                                     : "A paste was dropped: answer first");
        return;
    }
    s->typed_into = true;
    s->typed_at = s->now;
    screen_read_end(s);
    screen_scroll_live(s);
    if (first) {
        s->paste.holding = !vt_paste_bracketed(s->vt) && !s->paste.unasked;
        s->paste.too_long = false;
        buf_clear(&s->paste.held);
    }
    if (!s->paste.holding) {
        send(s, text, len, first, last);
        return;
    }
    hold(s, text, len);
    if (last)
        finish(s);
}

void screen_paste_kept(struct screen *s)
{
    const struct buf *kept = &s->select.kept;

    if (kept->len == 0)
        screen_say(s, "Nothing was copied yet");
    else
        screen_paste(s, kept->data, kept->len, true, true);
}

void screen_paste_free(struct screen *s)
{
    buf_free(&s->paste.held);
}
