#include "vt/scrollback.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>
#include "base/mem.h"
#include "vt/record.h"

#define CHUNK_BYTES 65536u
#define RING_MIN    64u

struct chunk {
    struct chunk *newer, *older;
    size_t size, used; /* of data, bytes */
    size_t lines;      /* that are still remembered */
    uint32_t data[];   /* records, each on a multiple of four bytes */
};

void scrollback_init(struct scrollback *sb, size_t max)
{
    *sb = (struct scrollback){ 0 };
    sb->max = max;
    sb->bytes_max = max * SCROLLBACK_LINE_BYTES + SCROLLBACK_MORE_BYTES;
}

void scrollback_clear(struct scrollback *sb)
{
    const struct scrollback old = *sb;

    while (sb->oldest != NULL) {
        struct chunk *next = sb->oldest->newer;

        mem_free(sb->oldest);
        sb->oldest = next;
    }
    mem_free(sb->spare);
    mem_free(sb->ring);
    *sb = (struct scrollback){ .max = old.max, .bytes_max = old.bytes_max };
}

void scrollback_free(struct scrollback *sb)
{
    scrollback_clear(sb);
}

static struct record **slot(const struct scrollback *sb, size_t line)
{
    return &sb->ring[(sb->first + line) & (sb->cap - 1)];
}

const struct record *scrollback_line(const struct scrollback *sb, size_t line)
{
    assert(line < sb->count);
    return *slot(sb, line);
}

/* ---- chunks ---- */

/* One chunk is kept back, so that a full scrollback allocates no more. */
static struct chunk *new_chunk(struct scrollback *sb, size_t size)
{
    struct chunk *chunk = sb->spare;

    if (chunk != NULL && chunk->size >= size) {
        sb->spare = NULL;
    } else {
        if (size < CHUNK_BYTES)
            size = CHUNK_BYTES;
        chunk = mem_resize(NULL, 1, sizeof *chunk + size);
        chunk->size = size;
    }
    sb->bytes += chunk->size;
    chunk->used = chunk->lines = 0;
    chunk->newer = NULL;
    chunk->older = sb->newest;
    if (sb->newest != NULL)
        sb->newest->newer = chunk;
    else
        sb->oldest = chunk;
    sb->newest = chunk;
    return chunk;
}

static void drop_chunk(struct scrollback *sb, struct chunk *chunk)
{
    if (chunk->newer != NULL)
        chunk->newer->older = chunk->older;
    else
        sb->newest = chunk->older;
    if (chunk->older != NULL)
        chunk->older->newer = chunk->newer;
    else
        sb->oldest = chunk->newer;
    sb->bytes -= chunk->size;
    mem_free(sb->spare);
    sb->spare = chunk;
}

static void drop_oldest(struct scrollback *sb)
{
    sb->first = (sb->first + 1) & (sb->cap - 1);
    sb->count--;
    if (--sb->oldest->lines == 0)
        drop_chunk(sb, sb->oldest);
}

void scrollback_set_max(struct scrollback *sb, size_t max)
{
    sb->max = max;
    while (sb->count > max)
        drop_oldest(sb);
}

void scrollback_truncate(struct scrollback *sb, size_t count)
{
    while (sb->count > count) {
        struct chunk *chunk = sb->newest;
        const struct record *rec = *slot(sb, --sb->count);

        chunk->used = (size_t)((const uint8_t *)rec - (uint8_t *)chunk->data);
        if (--chunk->lines == 0)
            drop_chunk(sb, chunk);
    }
}

/* ---- lines ---- */

static void grow_ring(struct scrollback *sb)
{
    size_t cap = sb->cap == 0 ? RING_MIN : sb->cap * 2, i;
    struct record **ring = mem_array(cap, sizeof(struct record *));

    for (i = 0; i < sb->count; i++)
        ring[i] = *slot(sb, i);
    mem_free(sb->ring);
    sb->ring = ring;
    sb->cap = cap;
    sb->first = 0;
}

static bool is_full(const struct scrollback *sb)
{
    return sb->count == sb->max || sb->bytes > sb->bytes_max;
}

/* Room for a record of at most size bytes, behind the newest. */
static struct record *reserve(struct scrollback *sb, size_t size)
{
    struct chunk *chunk;

    while (sb->count > 0 && is_full(sb))
        drop_oldest(sb);
    if (sb->count == sb->cap)
        grow_ring(sb);
    chunk = sb->newest;
    if (chunk == NULL || chunk->size - chunk->used < size)
        chunk = new_chunk(sb, size);
    return (struct record *)(chunk->data + chunk->used / sizeof chunk->data[0]);
}

static void commit(struct scrollback *sb, struct record *rec)
{
    *slot(sb, sb->count) = rec;
    sb->count++;
    sb->newest->lines++;
    sb->newest->used += record_size(rec);
}

void scrollback_push(struct scrollback *sb, const struct row *row)
{
    struct record *rec;

    if (sb->max == 0)
        return;
    rec = reserve(sb, record_bound(row));
    record_pack(rec, row);
    commit(sb, rec);
}

void scrollback_push_record(struct scrollback *sb, const struct record *from)
{
    struct record *rec;

    if (sb->max == 0)
        return;
    rec = reserve(sb, record_size(from));
    memcpy(rec, from, record_size(from));
    commit(sb, rec);
}
