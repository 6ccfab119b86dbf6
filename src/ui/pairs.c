/*
 * A hash table with open addressing.  Pairs are never replaced one by one:
 * cells already painted with a pair would change their colour.
 */
#include "ui/pairs.h"

#include <curses.h>

#include <string.h>
#include "base/mem.h"

#define SLOTS_FIRST 128u
#define PAIRS_LIMIT 32767 /* curses' short pair numbers end here */

struct pairs {
    struct pair *list; /* by number; 0 is the default */
    uint16_t *slots;   /* numbers; 0: free */
    uint32_t size;     /* of slots: a power of two, more than twice used */
    int used, max;
    bool ran_out;
    int last; /* neighbours mostly look alike */
};

/* Empty: the list has room for as many as may be used before it grows. */
static void make_tables(struct pairs *p, uint32_t size)
{
    p->size = size;
    p->slots = mem_array(size, sizeof *p->slots);
    p->list = mem_resize(p->list, size / 2, sizeof *p->list);
}

struct pairs *pairs_new(void)
{
    struct pairs *p = mem_alloc(sizeof *p);

    make_tables(p, SLOTS_FIRST);
    p->list[0] = (struct pair){ .fg = -1, .bg = -1 };
    p->max = COLOR_PAIRS - 1 < PAIRS_LIMIT ? COLOR_PAIRS - 1 : PAIRS_LIMIT;
    return p;
}

void pairs_free(struct pairs *p)
{
    if (p == NULL)
        return;
    mem_free(p->slots);
    mem_free(p->list);
    mem_free(p);
}

static bool same(const struct pair *a, const struct pair *b)
{
    return a->fg == b->fg && a->bg == b->bg && a->link == b->link &&
           a->underline == b->underline && a->style == b->style &&
           a->grapheme[0] == b->grapheme[0] && a->cols == b->cols &&
           (a->grapheme[0] == 0 ||
            memcmp(a->grapheme, b->grapheme, sizeof a->grapheme) == 0);
}

static uint16_t *find(const struct pairs *p, const struct pair *pair)
{
    uint32_t h = (uint32_t)pair->fg * 0x9e3779b1u ^
                 (uint32_t)pair->bg * 0x85ebca6bu ^
                 (pair->link + pair->style) * 0xc2b2ae35u ^
                 (uint32_t)pair->underline * 0x27d4eb2fu;
    uint32_t i;
    size_t n;

    for (n = 0; pair->grapheme[n] != 0; n++)
        h = (h ^ pair->grapheme[n]) * 0x01000193u; /* FNV */
    i = (h ^ h >> 15) & (p->size - 1);
    while (p->slots[i] != 0 && !same(&p->list[p->slots[i]], pair))
        i = (i + 1) & (p->size - 1);
    return &p->slots[i];
}

static void grow(struct pairs *p)
{
    int i;

    mem_free(p->slots);
    make_tables(p, p->size * 2);
    for (i = 1; i <= p->used; i++)
        *find(p, &p->list[i]) = (uint16_t)i;
}

static int make(struct pairs *p, const struct pair *pair)
{
    if (p->used >= p->max ||
        init_extended_pair(p->used + 1, pair->fg, pair->bg) == ERR) {
        p->ran_out = true;
        return 0;
    }
    if ((uint32_t)p->used + 1 >= p->size / 2)
        grow(p);
    p->list[++p->used] = *pair;
    *find(p, pair) = (uint16_t)p->used;
    return p->used;
}

int pairs_get(struct pairs *p, const struct pair *pair)
{
    int number;

    if (same(pair, &p->list[p->last]))
        return p->last;
    if (same(pair, &p->list[0]))
        return 0;
    number = *find(p, pair);
    if (number == 0 && (number = make(p, pair)) == 0)
        return 0;
    p->last = number;
    return number;
}

const struct pair *pairs_at(const struct pairs *p, int number)
{
    return &p->list[number > 0 && number <= p->used ? number : 0];
}

void pairs_reset(struct pairs *p)
{
    reset_color_pairs();
    mem_free(p->slots);
    make_tables(p, SLOTS_FIRST);
    p->used = 0;
    p->ran_out = false;
    p->last = 0;
}

bool pairs_ran_out(const struct pairs *p)
{
    return p->ran_out;
}
