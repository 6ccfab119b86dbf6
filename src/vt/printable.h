/*
 * printable.h - output without its control functions: what a log of the
 * printable text keeps.
 *
 * Sequences, strings and control characters go, but for tab, LF and CR; CR LF
 * becomes LF, and a CR at the beginning of a line goes.  Bytes from 80 on stay
 * as they are, but for C1 as UTF-8.
 */
#ifndef VT_PRINTABLE_H
#define VT_PRINTABLE_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* All zeros is the beginning; input may be split anywhere. */
struct vt_printable {
    enum {
        PRINTABLE_GROUND,
        PRINTABLE_ESCAPE, /* ESC, and intermediates */
        PRINTABLE_CSI,
        PRINTABLE_OSC,   /* BEL ends it, and any ESC */
        PRINTABLE_STRING /* DCS, SOS, PM, APC; only ESC ends it */
    } state;
    bool amid; /* a line: something stands before the next byte */
    bool cr;   /* one is held back */
    bool lead; /* so is c2, which may begin a C1 */
    bool rang; /* a BEL came that ends no string; the caller takes it back */
};

void vt_printable_feed(struct vt_printable *p, const void *bytes, size_t n,
                       struct buf *out);

/* The end: what was held back. */
void vt_printable_end(struct vt_printable *p, struct buf *out);

#endif
