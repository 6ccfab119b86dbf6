/*
 * outlet.h - bytes to a descriptor that is not ours to make non-blocking.
 *
 * Standard output may be shared with other processes, so O_NONBLOCK is never
 * set on it; a write is kept so small that it does not block after poll()
 * said so.
 */
#ifndef APP_OUTLET_H
#define APP_OUTLET_H

#include <stdbool.h>
#include <stddef.h>
#include "base/buf.h"

struct outlet {
    int fd;
    size_t chunk; /* what one write may carry */
    bool broken;  /* it takes no more: what comes is dropped */
    int error;    /* why, an errno: EPIPE when nobody reads any more */
    struct buf waiting;
};

/* fd stays the caller's. */
void outlet_init(struct outlet *o, int fd);
/* What waits is dropped. */
void outlet_free(struct outlet *o);

/* Add bytes and write what can be written now. */
void outlet_put(struct outlet *o, const void *data, size_t len);

/* Write what can be written without waiting. */
void outlet_flush(struct outlet *o);

/* Write everything, waiting as long as it takes. */
void outlet_finish(struct outlet *o);

#endif
