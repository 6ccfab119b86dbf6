/* nearest.h - which of some names a misspelt one is near to.  Internal to
 * config. */
#ifndef CONFIG_NEAREST_H
#define CONFIG_NEAREST_H

#include <stddef.h>

struct nearest {
    const char *word; /* as it was typed; letter case does not count */
    const char *name; /* the nearest one until now; NULL: none is near */
    size_t distance;
};

void nearest_begin(struct nearest *n, const char *word);
void nearest_try(struct nearest *n, const char *name);

#endif
