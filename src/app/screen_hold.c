/*
 * screen_hold.c - what stands still is not written over.
 *
 * In scroll mode, and while text is being selected with the mouse, output would
 * change the lines of the screen under the reader's eyes: those of watch(1) or
 * top(1), or a progress bar.  So while such lines are in view it waits here,
 * until the reading ends or is to go on at its end.  A server is not made to
 * wait for it: much output is shown, and what is read moves up as it is.
 */
#include "app/screen.h"

#define HELD_MAX (1u << 20)

static bool stands_still(const struct screen *s)
{
    return (s->read.on || s->select.dragging) && s->scroll < vt_rows(s->vt);
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
    if (!stands_still(s)) {
        screen_release(s);
        vt_write(s->vt, bytes, n);
        return;
    }
    if (s->held.len + n > HELD_MAX)
        screen_release(s);
    hear(s, bytes, n);
    buf_put(&s->held, bytes, n);
    if (s->held.len == n)
        screen_status(s);
}

void screen_release(struct screen *s)
{
    struct buf held = s->held;

    if (held.len == 0)
        return;
    s->held = (struct buf){ 0 };
    vt_write(s->vt, held.data, held.len);
    buf_free(&held);
    s->held_text = (struct vt_printable){ 0 };
    s->heard = true;
    screen_took_output(s);
    s->heard = false;
}

void screen_hold_tick(struct screen *s)
{
    if (!stands_still(s))
        screen_release(s);
}
