#include "ui/shown.h"

#include <curses.h>
#include <term.h>

#include <stddef.h>
#include "base/buf.h"
#include "ui/colors.h"
#include "ui/outer.h"
#include "ui/pairs.h"

_Static_assert(SHOWN_MAX >= CCHARW_MAX && sizeof(attr_t) == sizeof(uint32_t),
               "a cell of curses has room");

bool shown_read(unsigned row, unsigned col, struct shown *out)
{
    cchar_t cell;
    attr_t attrs = 0;
    short pair;
    bool read = mvwin_wch(newscr, (int)row, (int)col, &cell) == OK &&
                getcchar(&cell, out->text, &attrs, &pair, &out->pair) == OK;

    out->attrs = attrs;
    return read;
}

unsigned shown_width(const struct shown *cell)
{
    return wcwidth(cell->text[0]) == 2 ? 2 : 1;
}

static const char *string_of(const char *name)
{
    const char *s = outer_string(name);

    return s != NULL ? s : "";
}

void looks_learn(struct looks *l)
{
    l->sgr = string_of("sgr");
    l->italic = string_of("sitm");
    l->fg = string_of("setaf");
    l->bg = string_of("setab");
}

static void put_attrs(const struct looks *l, attr_t a, struct buf *out)
{
    buf_put_str(out,
                tiparm(l->sgr, (a & A_STANDOUT) != 0, (a & A_UNDERLINE) != 0,
                       (a & A_REVERSE) != 0, (a & A_BLINK) != 0,
                       (a & A_DIM) != 0, (a & A_BOLD) != 0, (a & A_INVIS) != 0,
                       (a & A_PROTECT) != 0, (a & A_ALTCHARSET) != 0));
    if ((a & A_ITALIC) != 0)
        buf_put_str(out, l->italic);
}

static void put_colors(const struct looks *l, const struct pair *pair,
                       struct buf *out)
{
    unsigned line = (unsigned)pair->underline - 1;

    if (pair->fg >= 0)
        buf_put_str(out, tiparm(l->fg, pair->fg));
    if (pair->bg >= 0)
        buf_put_str(out, tiparm(l->bg, pair->bg));
    if (pair->style != 0)
        buf_printf(out, "\033[4:%um", pair->style);
    if (pair->underline == 0)
        return;
    if ((line & COLORS_RGB) == 0)
        buf_printf(out, "\033[58:5:%um", line);
    else
        buf_printf(out, "\033[58:2::%u:%u:%um", line >> 16 & 255,
                   line >> 8 & 255, line & 255);
}

void looks_put(const struct looks *l, uint32_t attrs, const struct pair *pair,
               struct buf *out)
{
    put_attrs(l, attrs, out);
    put_colors(l, pair, out);
}
