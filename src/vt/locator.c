/*
 * locator.c - the mouse as DEC's locator: DECELR, DECSLE, DECEFR, DECRQLP, and
 * the reports DECLRP, in xterm's form of four parameters, without the page.
 *
 * It and xterm's mouse modes end one another.
 */
#include "vt/locator.h"

#include "vt/csi.h"
#include "vt/screen.h"

enum { BUTTON_DOWN = 1, BUTTON_UP = 2 };

enum {
    UNAVAILABLE = 0,
    REQUESTED = 1,
    LEFT_DOWN = 2,
    LEFT_UP = 3,
    OUTSIDE = 10
};

#define BUTTON_WHEEL 64u
#define LEFT_BIT     4u /* middle 2, right 1 */

/* Where it is, from one, in cells or pixels: a cell's middle. */
static unsigned place(const struct locator *l, unsigned cell, unsigned size)
{
    return l->pixels ? cell * size + size / 2 + 1 : cell + 1;
}

static unsigned row_of(const struct vt *vt)
{
    return place(&vt->locator, vt->locator.row, vt->cell_height);
}

static unsigned col_of(const struct vt *vt)
{
    return place(&vt->locator, vt->locator.col, vt->cell_width);
}

static void switch_off(struct vt *vt)
{
    vt->locator.on = vt->locator.filtered = false;
    vt->events |= VT_EVENT_MODES;
}

/* Leaving the rectangle is told once. */
static bool has_left(struct vt *vt)
{
    struct locator *l = &vt->locator;
    unsigned row = row_of(vt), col = col_of(vt);

    if (!l->filtered || (row >= l->top && row <= l->bottom && col >= l->left &&
                         col <= l->right))
        return false;
    l->filtered = false;
    return true;
}

/* ---- what a program asks for ---- */

static void answer(struct vt *vt, unsigned code)
{
    if (code == UNAVAILABLE)
        reply_csi(vt, "0&w");
    else
        reply_csi(vt, "%u;%u;%u;%u&w", code, vt->locator.buttons, row_of(vt),
                  col_of(vt));
    if (vt->locator.once)
        switch_off(vt);
}

void op_decelr(struct vt *vt, const struct vt_params *p)
{
    unsigned how = param(p, 0, 0);

    switch_off(vt);
    if (how < 1 || how > 2)
        return;
    modes_end_mouse(vt);
    vt->locator.on = true;
    vt->locator.buttons = 0; /* a release while it was off was not seen */
    vt->locator.once = how == 2;
    vt->locator.pixels = param(p, 1, 0) == 1;
}

void op_decsle(struct vt *vt, const struct vt_params *p)
{
    struct locator *l = &vt->locator;
    unsigned i = 0;

    do
        switch (param(p, i, 0)) {
        case 0:
            l->events = 0;
            l->filtered = false;
            break;
        case 1: l->events |= BUTTON_DOWN; break;
        case 2: l->events &= (uint8_t)~BUTTON_DOWN; break;
        case 3: l->events |= BUTTON_UP; break;
        case 4: l->events &= (uint8_t)~BUTTON_UP; break;
        default: break;
        }
    while (++i < p->n);
}

static void set_sides(unsigned a, unsigned b, unsigned *low, unsigned *high)
{
    *low = a < b ? a : b;
    *high = a < b ? b : a;
}

/* What is omitted is the present place; before it is known, every place is
 * outside. */
void op_decefr(struct vt *vt, const struct vt_params *p)
{
    struct locator *l = &vt->locator;
    unsigned row = l->known ? row_of(vt) : 0, col = l->known ? col_of(vt) : 0;

    if (!l->on)
        return;
    l->filtered = true;
    set_sides(param(p, 0, row), param(p, 2, row), &l->top, &l->bottom);
    set_sides(param(p, 1, col), param(p, 3, col), &l->left, &l->right);
    if (l->known && has_left(vt))
        answer(vt, OUTSIDE);
}

void op_decrqlp(struct vt *vt, const struct vt_params *p)
{
    const struct locator *l = &vt->locator;

    if (param(p, 0, 0) > 1)
        return;
    answer(vt, l->on && l->known ? REQUESTED : UNAVAILABLE);
}

/* ---- what happens ---- */

/* The number of the report, or 0.  A release may not say of which button. */
static unsigned button_event(struct locator *l, unsigned button, bool press)
{
    unsigned bit;

    if (button > 2)
        button = l->buttons & LEFT_BIT ? 0 : l->buttons & LEFT_BIT >> 1 ? 1 : 2;
    bit = LEFT_BIT >> button;
    if (press) {
        l->buttons |= (uint8_t)bit;
        return l->events & BUTTON_DOWN ? LEFT_DOWN + 2 * button : 0;
    }
    l->buttons &= (uint8_t)~bit;
    return l->events & BUTTON_UP ? LEFT_UP + 2 * button : 0;
}

bool locator_event(struct vt *vt, const struct vt_mouse_event *ev,
                   struct buf *out)
{
    struct locator *l = &vt->locator;
    unsigned code = 0;

    if (ev->button >= BUTTON_WHEEL)
        return false;
    l->known = true;
    l->row = ev->row;
    l->col = ev->col;
    if (!ev->motion)
        code = button_event(l, ev->button, ev->press);
    else if (has_left(vt))
        code = OUTSIDE;
    if (code == 0)
        return false;
    buf_printf(out, "\033[%u;%u;%u;%u&w", code, l->buttons, row_of(vt),
               col_of(vt));
    if (l->once)
        switch_off(vt);
    return true;
}
