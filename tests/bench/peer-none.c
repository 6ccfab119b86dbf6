/* peer-none.c - no other terminal was found. */
#include "peer.h"

const char *peer_name(void)
{
    return NULL;
}

struct peer *peer_new(unsigned cols, unsigned rows, unsigned lines)
{
    (void)cols;
    (void)rows;
    (void)lines;
    return NULL;
}

void peer_write(struct peer *p, const void *data, size_t len)
{
    (void)p;
    (void)data;
    (void)len;
}

void peer_free(struct peer *p)
{
    (void)p;
}
