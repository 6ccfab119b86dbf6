/*
 * screen_unread.c - the last words of a session that was short.
 *
 * A server that says "log in as another user" and closes takes its words away
 * with our screen, before they are read.  Whoever has typed something has
 * seen what was there.
 */
#include "app/screen.h"

#include "base/text.h"

void screen_unread(const struct front *f, struct buf *out)
{
    const struct screen *s = (const struct screen *)f;
    struct buf text = { 0 };
    size_t begin = 0;

    if (s->typed_into)
        return;
    screen_text_from(s, vt_lines_pushed(s->vt), &text);
    while (begin < text.len && text.data[begin] == '\n')
        begin++;
    text_clean(out, text.data + begin, text.len - begin, true);
    if (begin < text.len)
        buf_put_byte(out, '\n');
    buf_free(&text);
}
