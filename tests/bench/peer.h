/*
 * peer.h - another terminal that bench-vt measures beside ours, chosen when
 * configure found one.
 */
#ifndef TESTS_BENCH_PEER_H
#define TESTS_BENCH_PEER_H

#include <stddef.h>

struct peer;

/* "libvterm"; NULL if there is none, and then there is nothing else. */
const char *peer_name(void);

/* As vt_new(): this size, so many lines kept above the screen. */
struct peer *peer_new(unsigned cols, unsigned rows, unsigned lines);
void peer_write(struct peer *p, const void *data, size_t len);
void peer_free(struct peer *p);

#endif
