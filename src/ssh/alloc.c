#include "ssh/alloc.h"

#include <stdint.h>
#include <string.h>
#include "base/mem.h"

/* The head of every block; its alignment suits whatever follows it. */
struct ssh_block {
    struct ssh_block *prev, *next;
    size_t size; /* bytes that were asked for */
    size_t room; /* bytes after the head, slack included */
    max_align_t bytes[];
};

static size_t padded(const struct ssh_alloc *a, size_t n)
{
    return n <= SIZE_MAX - a->slack ? n + a->slack : n;
}

void *ssh_alloc_get(struct ssh_alloc *a, size_t n)
{
    size_t room = padded(a, n);
    size_t total = room <= SIZE_MAX - sizeof(struct ssh_block)
                       ? room + sizeof(struct ssh_block)
                       : SIZE_MAX;
    struct ssh_block *b = mem_resize(NULL, total, 1);

    b->size = n;
    b->room = room;
    a->used += sizeof *b + room;
    b->prev = NULL;
    b->next = a->first;
    if (b->next != NULL)
        b->next->prev = b;
    a->first = b;
    return b->bytes;
}

static struct ssh_block *block_of(void *p)
{
    return (struct ssh_block *)(void *)((char *)p -
                                        offsetof(struct ssh_block, bytes));
}

size_t ssh_alloc_size(void *p)
{
    return block_of(p)->size;
}

void ssh_alloc_release(struct ssh_alloc *a, void *p)
{
    struct ssh_block *b;

    if (p == NULL)
        return;
    b = block_of(p);
    if (b->prev != NULL)
        b->prev->next = b->next;
    else
        a->first = b->next;
    if (b->next != NULL)
        b->next->prev = b->prev;
    a->used -= sizeof *b + b->room;
    mem_wipe(b, sizeof *b + b->room);
    mem_free(b);
}

void *ssh_alloc_resize(struct ssh_alloc *a, void *p, size_t n)
{
    void *q = ssh_alloc_get(a, n);

    if (p != NULL) {
        size_t old = block_of(p)->room, room = block_of(q)->room;

        memcpy(q, p, old < room ? old : room);
        ssh_alloc_release(a, p);
    }
    return q;
}

void ssh_alloc_release_all(struct ssh_alloc *a)
{
    while (a->first != NULL)
        ssh_alloc_release(a, a->first->bytes);
}
