/* terminal.h - a terminal with something on it, for tests that only read. */
#ifndef TESTS_VT_TERMINAL_H
#define TESTS_VT_TERMINAL_H

#include <string.h>
#include "vt/vt.h"

/* Keeps 1000 lines; for vt_free(). */
static struct vt *terminal(unsigned cols, unsigned rows, const char *input)
{
    const struct vt_options opt = { .cols = cols,
                                    .rows = rows,
                                    .scrollback = 1000 };
    struct vt *vt = vt_new(&opt);

    vt_write(vt, input, strlen(input));
    return vt;
}

#endif
