#include "ui/bar.h"

#include <string.h>
#include "base/width.h"

#define GAP        2u  /* between two parts */
#define STATE_MIN  4u  /* a shorter rest of a state says nothing */
#define STATE_LEFT 8u  /* a state may be cut to so much for the hint's sake */
#define NAME_LEFT  16u /* ... and a name */

struct cell_style bar_style(bool alert)
{
    if (alert)
        return (struct cell_style){ .fg = VT_COLOR_INDEX | 7,
                                    .bg = VT_COLOR_INDEX | 1,
                                    .attrs = VT_BOLD };
    return (struct cell_style){ .attrs = VT_REVERSE };
}

static unsigned width_of_part(const char *s)
{
    size_t width = s != NULL ? width_of_text(s, strlen(s)) : 0;

    return (unsigned)(width < VT_MAX_SIDE ? width : VT_MAX_SIDE);
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

void bar_layout(struct cells *row, const struct ui_status *status)
{
    struct cell_style style = bar_style(status->alert);
    unsigned margin = row->len >= 20 ? 1 : 0;
    unsigned end = row->len - margin, at = margin;
    unsigned left = width_of_part(status->left);
    unsigned state = width_of_part(status->state);
    unsigned right = width_of_part(status->right);
    unsigned kept = status->shortens ? least(state, STATE_LEFT) : state;
    unsigned beside = kept + (kept != 0 ? GAP : 0);
    unsigned least_of_left = left != 0 ? least(left, NAME_LEFT) + GAP : 0;
    bool hinted = right != 0 && at + least_of_left + beside + right <= end;
    unsigned from;

    cells_clear(row, style);
    if (hinted) {
        cells_elided(row, end - right, end, status->right, style);
        end -= right + GAP;
    }
    if (left != 0)
        at = cells_elided(row, at, hinted ? end - beside : end, status->left,
                          style) +
             GAP;
    if (state == 0 || at + least(state, STATE_MIN) > end)
        return;
    from = row->len > state ? (row->len - state) / 2 : 0;
    if (from + state > end)
        from = end > state ? end - state : 0;
    if (from < at)
        from = at;
    cells_elided(row, from, end, status->state, style);
}
