/* marks.h - what an overlay does to a row's cells.  Pure. */
#ifndef UI_MARKS_H
#define UI_MARKS_H

#include <stdbool.h>
#include "ui/cells.h"
#include "ui/ui.h"

/* Without colours, marks differ by attributes. */
void marks_apply(const struct ui_overlay *overlay, unsigned row,
                 struct cells *cells, bool colors);

#endif
