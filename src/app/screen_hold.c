/*
 * screen_hold.c - what stands still is not written over, nor taken away.
 *
 * In scroll mode, while text is being selected with the mouse, and while links
 * are labelled, output would change the lines of the screen under the reader's
 * eyes: those of watch(1) or top(1), or a progress bar.  So while such lines
 * are in view, or selected, it waits here, until the reading ends or is to go
 * on at its end.  Who reads farther back sees lines come in below; there output
 * waits from the first sequence on that would take away what is read: the
 * alternate screen's, or clearing the scrollback.  A server is not made to wait
 * for it: much output is shown, and what is read moves up as it is.
 */
#include "app/screen.h"

#define HELD_MAX (1u << 20)

static bool selection_is_live(const struct screen *s)
{
    return s->select.on && vt_selected(s->vt, &s->select.sel).last.line >=
                               vt_lines_pushed(s->vt);
}

static bool stands_still(const struct screen *s)
{
    return (s->read.on || s->select.dragging || s->mode == SCREEN_LINKS) &&
           (s->scroll < vt_rows(s->vt) || selection_is_live(s));
}

/* Show as much as leaves what is read where it is. */
static size_t show(struct screen *s, const uint8_t *bytes, size_t n)
{
    if (stands_still(s))
        return 0;
    if (screen_is_reading(s))
        return vt_write_keeping(s->vt, bytes, n);
    vt_write(s->vt, bytes, n);
    return n;
}

/* A bell is no text: it is heard at once. */
static void hear(struct screen *s, const uint8_t *bytes, size_t n)
{
    struct buf text = { 0 };

    vt_printable_feed(&s->held_text, bytes, n, &text);
    if (s->held_text.rang)
        screen_ring(s);
    s->held_text.rang = false;
    buf_free(&text);
}

void screen_show_output(struct screen *s, const uint8_t *bytes, size_t n)
{
    size_t used = 0;

    screen_hold_tick(s);
    if (s->held.len + n > HELD_MAX)
        screen_release(s);
    if (s->held.len == 0)
        used = show(s, bytes, n);
    if (used == n)
        return;
    hear(s, bytes + used, n - used);
    buf_put(&s->held, bytes + used, n - used);
    if (s->held.len == n - used)
        screen_status(s);
}

/* What was held has rung its bells. */
static void was_shown(struct screen *s)
{
    if (s->held.len == 0)
        s->held_text = (struct vt_printable){ 0 };
    s->heard = true;
    screen_took_output(s);
    s->heard = false;
}

void screen_release(struct screen *s)
{
    struct buf held = s->held, selected = { 0 };

    if (held.len == 0)
        return;
    s->held = (struct buf){ 0 };
    screen_select_note(s, &selected);
    vt_write(s->vt, held.data, held.len);
    buf_free(&held);
    screen_select_compare(s, &selected);
    was_shown(s);
}

void screen_hold_tick(struct screen *s)
{
    size_t used = 0;

    if (s->held.len != 0)
        used = show(s, s->held.data, s->held.len);
    if (used == 0)
        return;
    buf_consume(&s->held, used);
    if (s->held.len == 0)
        buf_free(&s->held);
    was_shown(s);
}
