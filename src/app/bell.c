#include "app/bell.h"

#define WITHIN_MS 2000
#define SILENT_MS 5000

bool bell_rings(struct bell *b, uint64_t now)
{
    uint64_t oldest = b->last[b->next];

    b->last[b->next] = now;
    b->next = (b->next + 1) % BELL_MANY;
    if (now < b->silent_until || (oldest != 0 && now < oldest + WITHIN_MS)) {
        b->silent_until = now + SILENT_MS;
        return false;
    }
    return true;
}
