/* rect.h - the rectangular areas that DEC's sequences name. */
#ifndef VT_RECT_H
#define VT_RECT_H

#include <stdbool.h>

struct vt;
struct vt_params;

/* Rows [top, bottom) and columns [left, right), zero-based. */
struct area {
    unsigned top, left, bottom, right;
};

/* Four parameters from i on; in origin mode they count from the margins. False
 * if nothing is inside. */
bool area_parse(const struct vt *vt, const struct vt_params *p, unsigned i,
                struct area *a);

#endif
