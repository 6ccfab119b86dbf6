/*
 * A hash table with open addressing.  Pairs are never replaced one by one:
 * cells already painted with a pair would change their colour.
 */
#include "ui/pairs.h"

#include <curses.h>

#include <stdint.h>
#include "base/mem.h"

#define SLOTS_FIRST 128u
#define PAIRS_LIMIT 32767 /* curses' short pair numbers end here */

struct slot {
    int fg, bg;
    int pair; /* 0: free */
};

struct pairs {
    struct slot *slots;
    uint32_t size; /* a power of two, more than twice used */
    int used, max;
    bool ran_out;
    struct slot last; /* neighbours mostly look alike */
};

struct pairs *pairs_new(void)
{
    struct pairs *p = mem_alloc(sizeof *p);

    p->size = SLOTS_FIRST;
    p->slots = mem_array(p->size, sizeof *p->slots);
    p->max = COLOR_PAIRS - 1 < PAIRS_LIMIT ? COLOR_PAIRS - 1 : PAIRS_LIMIT;
    return p;
}

void pairs_free(struct pairs *p)
{
    if (p == NULL)
        return;
    mem_free(p->slots);
    mem_free(p);
}

static struct slot *find(const struct pairs *p, int fg, int bg)
{
    uint32_t h = ((uint32_t)fg * 0x9e3779b1u) ^ ((uint32_t)bg * 0x85ebca6bu);
    uint32_t i = (h ^ h >> 15) & (p->size - 1);

    while (p->slots[i].pair != 0 &&
           (p->slots[i].fg != fg || p->slots[i].bg != bg))
        i = (i + 1) & (p->size - 1);
    return &p->slots[i];
}

static void grow(struct pairs *p)
{
    struct slot *old = p->slots;
    uint32_t i, old_size = p->size;

    p->size *= 2;
    p->slots = mem_array(p->size, sizeof *p->slots);
    for (i = 0; i < old_size; i++)
        if (old[i].pair != 0)
            *find(p, old[i].fg, old[i].bg) = old[i];
    mem_free(old);
}

static int make(struct pairs *p, int fg, int bg)
{
    if (p->used >= p->max || init_extended_pair(p->used + 1, fg, bg) == ERR) {
        p->ran_out = true;
        return 0;
    }
    if ((uint32_t)p->used + 1 >= p->size / 2)
        grow(p);
    return ++p->used;
}

int pairs_get(struct pairs *p, int fg, int bg)
{
    struct slot *slot;
    int pair;

    if (fg == -1 && bg == -1)
        return 0;
    if (p->last.pair != 0 && p->last.fg == fg && p->last.bg == bg)
        return p->last.pair;
    slot = find(p, fg, bg);
    if (slot->pair == 0) {
        if ((pair = make(p, fg, bg)) == 0)
            return 0;
        slot = find(p, fg, bg);
        *slot = (struct slot){ .fg = fg, .bg = bg, .pair = pair };
    }
    p->last = *slot;
    return slot->pair;
}

void pairs_reset(struct pairs *p)
{
    reset_color_pairs();
    mem_free(p->slots);
    p->size = SLOTS_FIRST;
    p->slots = mem_array(p->size, sizeof *p->slots);
    p->used = 0;
    p->ran_out = false;
    p->last.pair = 0;
}

bool pairs_ran_out(const struct pairs *p)
{
    return p->ran_out;
}
