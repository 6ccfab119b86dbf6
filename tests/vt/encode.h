/* encode.h - what the tests of keys and of other input share. */
#ifndef TESTS_VT_ENCODE_H
#define TESTS_VT_ENCODE_H

#include <string.h>
#include "../tap.h"
#include "base/buf.h"
#include "vt/vt.h"

static inline struct vt *terminal(const char *before)
{
    const struct vt_options opt = { .cols = 300, .rows = 50 };
    struct vt *vt = vt_new(&opt);

    vt_write(vt, before, strlen(before));
    return vt;
}

static inline void show(const void *bytes, size_t n, struct buf *out)
{
    const uint8_t *p = bytes;
    size_t i;

    for (i = 0; i < n; i++)
        if (p[i] < 0x20)
            buf_printf(out, "^%c", p[i] + '@');
        else
            buf_put_byte(out, p[i]);
}

/* Control characters made readable; a NUL is wanted as "^@". */
static inline void same(struct buf *got, const char *want, const char *name)
{
    struct buf shown[2] = { { 0 }, { 0 } };

    show(got->data, got->len, &shown[0]);
    show(want, strlen(want), &shown[1]);
    is_str(buf_str(&shown[0]), buf_str(&shown[1]), name);
    buf_free(&shown[0]);
    buf_free(&shown[1]);
}

#endif
