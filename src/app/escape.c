#include "app/escape.h"

#include "base/buf.h"

void escape_init(struct escape *e, int character)
{
    e->character = character;
    e->state = ESCAPE_LINE_START;
}

bool escape_waits(const struct escape *e)
{
    return e->state == ESCAPE_PENDING;
}

static void look_at(struct escape *e, uint8_t byte)
{
    e->state =
        byte == '\r' || byte == '\n' ? ESCAPE_LINE_START : ESCAPE_IN_LINE;
}

static enum escape_action after_escape(struct escape *e, uint8_t byte,
                                       struct buf *out)
{
    e->state = ESCAPE_IN_LINE;
    if (byte == '.')
        return ESCAPE_DISCONNECT;
    if (byte == CTRL_Z || byte == '?') {
        e->state = ESCAPE_LINE_START;
        return byte == '?' ? ESCAPE_HELP : ESCAPE_SUSPEND;
    }
    if (byte != e->character)
        buf_put_byte(out, (uint8_t)e->character);
    buf_put_byte(out, byte);
    look_at(e, byte);
    return ESCAPE_NONE;
}

enum escape_action escape_filter(struct escape *e, const uint8_t *typed,
                                 size_t len, struct buf *out, size_t *used)
{
    enum escape_action action;
    size_t i;

    for (i = 0; i < len; i++) {
        if (e->state == ESCAPE_PENDING) {
            action = after_escape(e, typed[i], out);
            if (action != ESCAPE_NONE) {
                *used = i + 1;
                return action;
            }
        } else if (e->state == ESCAPE_LINE_START && typed[i] == e->character) {
            e->state = ESCAPE_PENDING;
        } else {
            buf_put_byte(out, typed[i]);
            look_at(e, typed[i]);
        }
    }
    *used = len;
    return ESCAPE_NONE;
}

void escape_pass(struct escape *e, const uint8_t *pasted, size_t len,
                 struct buf *out)
{
    if (len == 0)
        return;
    if (e->state == ESCAPE_PENDING)
        buf_put_byte(out, (uint8_t)e->character);
    look_at(e, pasted[len - 1]);
}
