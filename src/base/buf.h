/*
 * buf.h - a growing run of bytes, also usable as a queue.
 *
 * Not for secrets: growing leaves old copies behind (see secret.h).
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stddef.h>
#include <stdint.h>
#include "base/attr.h"

struct buf {
    uint8_t *data; /* first live byte; NULL only if nothing was ever added */
    size_t len;    /* live bytes */
    /* private: */
    uint8_t *base;
    size_t cap;
};

/* An empty one is all zeros: struct buf b = { 0 }. */
void buf_init(struct buf *b);
/* Releases the memory; the buffer is empty and usable again. */
void buf_free(struct buf *b);

/* Empties; the memory is kept. */
void buf_clear(struct buf *b);

/* What is put must not point into the buffer itself. */
void buf_put(struct buf *b, const void *p, size_t n);
void buf_put_byte(struct buf *b, uint8_t byte);
void buf_put_str(struct buf *b, const char *s);
void buf_printf(struct buf *b, const char *fmt, ...) ATTR_PRINTF(2, 3);

/* Room for n more bytes at the end: write there, then buf_commit() them. */
uint8_t *buf_reserve(struct buf *b, size_t n);
void buf_commit(struct buf *b, size_t n);

/* Drop n bytes (at most len) from the front. */
void buf_consume(struct buf *b, size_t n);

/* The bytes as a C string: a NUL follows them (not counted in len). */
const char *buf_str(struct buf *b);

/* Hand the bytes over as a NUL-terminated string for mem_free(); empties. */
char *buf_take_str(struct buf *b);

#endif
