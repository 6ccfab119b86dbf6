/*
 * screen_unread.c - the last words of a session that was short.
 *
 * A server that says "log in as another user" and closes takes its words away
 * with our screen, before they are read.  Whoever has typed something has
 * seen what was there.
 */
#include "app/screen.h"

#include "base/text.h"
#include "vt/select.h"

void screen_unread(const struct front *f, struct buf *out)
{
    const struct screen *s = (const struct screen *)f;
    const struct vt_selection all = {
        .kind = VT_SELECT_CELLS,
        .anchor = { vt_lines_pushed(s->vt), 0 },
        .head = { vt_end_line(s->vt) - 1, vt_cols(s->vt) - 1 },
    };
    struct buf text = { 0 };
    size_t begin = 0;

    if (s->typed_into)
        return;
    vt_selected_text(s->vt, &all, &text);
    while (text.len != 0 && text.data[text.len - 1] == '\n')
        text.len--;
    while (begin < text.len && text.data[begin] == '\n')
        begin++;
    text_clean(out, text.data + begin, text.len - begin, true);
    if (begin < text.len)
        buf_put_byte(out, '\n');
    buf_free(&text);
}
