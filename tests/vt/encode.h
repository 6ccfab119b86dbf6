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

/* Control characters made readable. */
static inline void same(struct buf *got, const char *want, const char *name)
{
    struct buf shown[2] = { { 0 }, { 0 } };
    const char *text[2];
    int i;

    text[0] = buf_str(got);
    text[1] = want;
    for (i = 0; i < 2; i++)
        for (; *text[i] != '\0'; text[i]++)
            if ((unsigned char)*text[i] < 0x20)
                buf_printf(&shown[i], "^%c", *text[i] + '@');
            else
                buf_put_byte(&shown[i], (uint8_t)*text[i]);
    is_str(buf_str(&shown[0]), buf_str(&shown[1]), name);
    buf_free(&shown[0]);
    buf_free(&shown[1]);
}

#endif
