#include "config/nearest.h"

#include <string.h>
#include "base/mem.h"
#include "base/text.h"

#define LENGTH_MAX 64 /* of what is compared */

static size_t smallest(size_t a, size_t b, size_t c)
{
    if (a > b)
        a = b;
    return a < c ? a : c;
}

/* How many letters to change, add or leave out (Levenshtein). */
static size_t distance(const char *a, const char *b)
{
    size_t row[LENGTH_MAX + 1], diagonal, above, i, j;
    size_t a_len = strlen(a), b_len = strlen(b);

    if (a_len > LENGTH_MAX || b_len > LENGTH_MAX)
        return LENGTH_MAX;
    for (j = 0; j <= b_len; j++)
        row[j] = j;
    for (i = 1; i <= a_len; i++) {
        diagonal = row[0];
        row[0] = i;
        for (j = 1; j <= b_len; j++) {
            above = row[j];
            row[j] = smallest(above + 1, row[j - 1] + 1,
                              diagonal + (a[i - 1] != b[j - 1]));
            diagonal = above;
        }
    }
    return row[b_len];
}

static size_t distance_any_case(const char *a, const char *b)
{
    char *low_a = mem_strdup(a), *low_b = mem_strdup(b);
    size_t d;

    text_lower(low_a);
    text_lower(low_b);
    d = distance(low_a, low_b);
    mem_free(low_a);
    mem_free(low_b);
    return d;
}

void nearest_begin(struct nearest *n, const char *word)
{
    size_t len = strlen(word);

    *n = (struct nearest){
        .word = word,
        .distance = 1 + (len < 4    ? 1u
                         : len < 12 ? 2u
                                    : 3u),
    };
}

void nearest_try(struct nearest *n, const char *name)
{
    size_t d = distance_any_case(n->word, name);

    if (d >= n->distance)
        return;
    n->distance = d;
    n->name = name;
}
