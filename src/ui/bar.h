/* bar.h - the status line's row. Pure. */
#ifndef UI_BAR_H
#define UI_BAR_H

#include "ui/cells.h"
#include "ui/ui.h"

/*
 * Left, state in the middle, right.  Which is cut where they do not fit beside
 * each other is the status's own affair.
 */
void bar_layout(struct cells *row, const struct ui_status *status);

/* Do all three have room beside each other? */
bool bar_fits(const struct ui_status *status, unsigned cols);

/* The same when what shortens or yields has done so: nothing else is cut. */
bool bar_fits_cut(const struct ui_status *status, unsigned cols);

/* How a bar looks. */
struct cell_style bar_style(bool alert);

#endif
