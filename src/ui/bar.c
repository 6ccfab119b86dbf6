#include "ui/bar.h"

#include <string.h>
#include "base/width.h"

#define GAP        2u  /* between two parts */
#define STATE_MIN  4u  /* a shorter rest of a state says nothing */
#define STATE_LEFT 7u  /* a state may be cut to so much for the hint's sake */
#define NAME_LEFT  16u /* ... and a name */
#define NAME_MIN   8u  /* a shorter rest of a name names nobody */

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

static unsigned with_gap(unsigned part)
{
    return part != 0 ? part + GAP : 0;
}

static unsigned margin_of(unsigned cols)
{
    return cols >= 20 ? 1 : 0;
}

static bool fit(unsigned left, unsigned state, unsigned right, unsigned cols)
{
    unsigned parts = with_gap(left) + with_gap(state) + with_gap(right);

    return parts + 2 * margin_of(cols) <= cols + (parts != 0 ? GAP : 0);
}

bool bar_fits(const struct ui_status *status, unsigned cols)
{
    return fit(width_of_part(status->left), width_of_part(status->state),
               width_of_part(status->right), cols);
}

bool bar_fits_cut(const struct ui_status *status, unsigned cols)
{
    unsigned left = width_of_part(status->left);
    unsigned state = width_of_part(status->state);

    if (status->yields)
        left = 0;
    if (status->shortens) {
        left = least(left, NAME_LEFT);
        state = 0;
    }
    return fit(left, state, width_of_part(status->right), cols);
}

/* What there is room for of a name that goes first. */
static unsigned yielding(unsigned left, unsigned used, unsigned end)
{
    unsigned room = end > used ? end - used : 0;

    if (left <= room)
        return left;
    return room >= NAME_MIN ? room : 0;
}

void bar_layout(struct cells *row, const struct ui_status *status)
{
    struct cell_style style = bar_style(status->alert);
    unsigned margin = margin_of(row->len);
    unsigned end = row->len - margin, at = margin;
    unsigned left = width_of_part(status->left);
    unsigned state = width_of_part(status->state);
    unsigned right = width_of_part(status->right);
    unsigned kept =
        status->shortens || status->yields ? least(state, STATE_LEFT) : state;
    unsigned name = left, needed, from;

    if (status->shortens)
        name = least(left, NAME_LEFT);
    if (status->yields) {
        name = yielding(left, at + with_gap(state) + with_gap(right), end);
        left = name;
        kept = name != 0 ? state : kept;
    }
    needed = at + with_gap(name) + right;
    cells_clear(row, style);
    if (status->shortens && needed + with_gap(kept) > end)
        state = kept = 0;
    if (right != 0 && needed + with_gap(kept) <= end) {
        cells_elided(row, end - right, end, status->right, style);
        end -= right + GAP;
    } else {
        kept = 0;
    }
    if (left != 0)
        at = cells_elided(row, at, end - with_gap(kept), status->left, style) +
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
