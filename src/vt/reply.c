/*
 * reply.c - answers on their way to the server: whole, limited while nobody
 * takes them; these, keys and the mouse with 7-bit or 8-bit controls, as the
 * server wants them (S8C1T).
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "vt/screen.h"

void reply_bytes(struct vt *vt, const void *p, size_t n)
{
    if (n <= REPLY_MAX - vt->reply.len)
        buf_put(&vt->reply, p, n);
}

/* A C1 control, named by the character after ESC. */
static void put_c1(const struct vt *vt, char name, struct buf *out)
{
    if (vt->eight_bit) {
        buf_put_byte(out, (uint8_t)(name + 0x40));
    } else {
        buf_put_byte(out, 0x1b);
        buf_put_byte(out, (uint8_t)name);
    }
}

void reply_eight_bit(const struct vt *vt, struct buf *out, size_t from)
{
    size_t n = out->len - from;
    uint8_t *p;

    if (!vt->eight_bit || n < 3)
        return;
    p = out->data + from;
    if (p[0] != 0x1b || (p[1] != '[' && p[1] != 'O'))
        return;
    p[1] = (uint8_t)(p[1] + 0x40);
    memmove(p, p + 1, n - 1);
    out->len--;
}

/*
 * The introducer, the text, and ST if it is a string; or BEL, where the
 * question ended so: a script that asks with BEL reads up to one.
 */
static void reply(struct vt *vt, char introducer, const char *fmt, va_list ap)
{
    struct buf out = { 0 };
    va_list again;
    int n;

    va_copy(again, ap);
    n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    if (n < 0)
        return;
    put_c1(vt, introducer, &out);
    vsnprintf((char *)buf_reserve(&out, (size_t)n + 1), (size_t)n + 1, fmt, ap);
    buf_commit(&out, (size_t)n);
    if (introducer != '[' && vt->parser.ended_by_bel)
        buf_put_byte(&out, 0x07);
    else if (introducer != '[')
        put_c1(vt, '\\', &out);
    reply_bytes(vt, out.data, out.len);
    buf_free(&out);
}

void reply_csi(struct vt *vt, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    reply(vt, '[', fmt, ap);
    va_end(ap);
}

void reply_dcs(struct vt *vt, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    reply(vt, 'P', fmt, ap);
    va_end(ap);
}

void reply_osc(struct vt *vt, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    reply(vt, ']', fmt, ap);
    va_end(ap);
}
