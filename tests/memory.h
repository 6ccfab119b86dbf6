/*
 * memory.h - what a test finds in all of its own writable memory, freed heap
 * and old stack included.
 */
#ifndef TESTS_MEMORY_H
#define TESTS_MEMORY_H

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MEMORY_PIECE 12
#define MEMORY_MASK  0xa5
/* Longer mappings are a sanitizer's shadow. */
#define MEMORY_REGION_MAX (64ul << 20)

/* Masked, so that it is not found itself. */
struct memory_piece {
    const char *name;
    uint8_t masked[MEMORY_PIECE];
};

static inline void memory_mask(struct memory_piece *piece, const uint8_t *bytes)
{
    for (size_t i = 0; i < MEMORY_PIECE; i++)
        piece->masked[i] = bytes[i] ^ MEMORY_MASK;
}

/* A number may be stored in either order of its bytes. */
static inline bool memory_is_piece(const uint8_t *at,
                                   const uint8_t masked[MEMORY_PIECE])
{
    bool forward = true, backward = true;

    for (size_t i = 0; i < MEMORY_PIECE && (forward || backward); i++) {
        forward = forward && (at[i] ^ MEMORY_MASK) == masked[i];
        backward =
            backward && (at[i] ^ MEMORY_MASK) == masked[MEMORY_PIECE - 1 - i];
    }
    return forward || backward;
}

struct memory_search {
    const struct memory_piece *pieces;
    size_t n;
    unsigned *found;            /* how often each */
    bool begins[UINT8_MAX + 1]; /* the bytes with which one can begin: most
                                   places need no closer look */
};

/* Where memory is copied to be searched; hits in itself do not count. */
static uint8_t memory_window[1 << 16];

static inline bool memory_in_window(unsigned long address)
{
    unsigned long begin = (unsigned long)(uintptr_t)memory_window;

    return address + MEMORY_PIECE > begin &&
           address < begin + sizeof memory_window;
}

/* Windows overlap, so that no piece is cut in two. */
static inline void memory_search_region(struct memory_search *s, int mem,
                                        unsigned long from, unsigned long to)
{
    const uint8_t *w = memory_window;
    size_t want;
    ssize_t n;

    for (; from + MEMORY_PIECE <= to;
         from += (unsigned long)n - MEMORY_PIECE + 1) {
        want =
            to - from < sizeof memory_window ? to - from : sizeof memory_window;
        n = pread(mem, memory_window, want, (off_t)from);
        if (n < MEMORY_PIECE)
            return;
        for (ssize_t at = 0; at + MEMORY_PIECE <= n; at++)
            for (size_t i = 0; i < s->n && s->begins[w[at]]; i++)
                if (memory_is_piece(w + at, s->pieces[i].masked) &&
                    !memory_in_window(from + (unsigned long)at))
                    s->found[i]++;
    }
}

/* How often is each of the n pieces there?  False where the system has no
 * /proc. */
static inline bool memory_search(const struct memory_piece *pieces, size_t n,
                                 unsigned found[])
{
    struct memory_search s = { .pieces = pieces, .n = n, .found = found };
    FILE *maps = fopen("/proc/self/maps", "r");
    int mem = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    bool readable = maps != NULL && mem != -1;
    unsigned long from, to;
    char line[512], mode[8];

    memset(found, 0, n * sizeof *found);
    for (size_t i = 0; i < n; i++) {
        s.begins[pieces[i].masked[0] ^ MEMORY_MASK] = true;
        s.begins[pieces[i].masked[MEMORY_PIECE - 1] ^ MEMORY_MASK] = true;
    }
    while (readable && fgets(line, sizeof line, maps) != NULL)
        if (sscanf(line, "%lx-%lx %7s", &from, &to, mode) == 3 &&
            strncmp(mode, "rw", 2) == 0 && to - from <= MEMORY_REGION_MAX)
            memory_search_region(&s, mem, from, to);
    if (maps != NULL)
        fclose(maps);
    if (mem != -1)
        close(mem);
    return readable;
}

#endif
