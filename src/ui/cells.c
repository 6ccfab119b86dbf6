#include "ui/cells.h"

#include <string.h>
#include "base/utf8.h"
#include "base/width.h"
#include "base/wrap.h"

#define ELLIPSIS "\xe2\x80\xa6"

static void put(struct cells *row, unsigned col, uint32_t ch, unsigned width,
                struct cell_style style)
{
    row->cells[col] = (struct vt_cell){ .ch = ch,
                                        .fg = style.fg,
                                        .bg = style.bg,
                                        .attrs = style.attrs,
                                        .width = (uint8_t)width };
    if (width != 2)
        return;
    row->cells[col + 1] = row->cells[col];
    row->cells[col + 1].width = 0;
}

void cells_repeat(struct cells *row, unsigned col, unsigned end, uint32_t ch,
                  struct cell_style style)
{
    for (; col < end && col < row->len; col++)
        put(row, col, ch, 1, style);
}

void cells_clear(struct cells *row, struct cell_style style)
{
    cells_repeat(row, 0, row->len, ' ', style);
}

unsigned cells_text(struct cells *row, unsigned col, unsigned end,
                    const char *text, size_t n, struct cell_style style)
{
    size_t at = 0, used;
    unsigned width;
    uint32_t ch;

    if (end > row->len)
        end = row->len;
    for (; at < n; at += used) {
        used = utf8_decode((const uint8_t *)text + at, n - at, &ch);
        if (used == 0) {
            used = n - at;
            ch = UTF8_REPLACEMENT;
        }
        if ((width = width_of(ch)) == 0)
            continue;
        if (col + width > end)
            break;
        put(row, col, ch, width, style);
        col += width;
    }
    return col;
}

unsigned cells_elided(struct cells *row, unsigned col, unsigned end,
                      const char *text, struct cell_style style)
{
    size_t n = strlen(text);
    unsigned room = end > col ? end - col : 0;

    if (width_of_text(text, n) <= room)
        return cells_text(row, col, end, text, n, style);
    if (room == 0)
        return col;
    n = wrap_cut(text, n, room - 1);
    col = cells_text(row, col, end, text, n, style);
    return cells_text(row, col, end, ELLIPSIS, strlen(ELLIPSIS), style);
}
