/* locator.h - DEC's locator, for mouse.c and the terminal's state. */
#ifndef VT_LOCATOR_H
#define VT_LOCATOR_H

#include <stdbool.h>
#include <stdint.h>

struct buf;
struct vt;
struct vt_mouse_event;

struct locator {
    bool on;         /* DECELR: then no mouse mode is set */
    bool once;       /* ... until the first report */
    bool pixels;     /* units of the reports and of the rectangle */
    uint8_t events;  /* DECSLE: which buttons' events are told */
    uint8_t buttons; /* those that are down, as a report tells them */
    bool known;      /* row and col are */
    unsigned row, col;
    bool filtered; /* DECEFR: the rectangle waits to be left */
    unsigned top, left, bottom, right; /* inclusive, from one */
};

/* As vt_encode_mouse(), while the locator is on. */
bool locator_event(struct vt *vt, const struct vt_mouse_event *ev,
                   struct buf *out);

#endif
