/*
 * keyboard.c - what programs ask of the keyboard: xterm's XTMODKEYS and
 * XTFMTKEYS, and the flags of kitty's protocol, a stack for each screen.
 */
#include <string.h>
#include "vt/csi.h"
#include "vt/screen.h"

#define KITTY_FLAGS 31u

static const int modify_first[KEYS_RESOURCES] = {
    [KEYS_CURSOR] = 2,
    [KEYS_FUNCTION] = 2,
};

/* DECSTR does this, in xterm too. */
void keyboard_soft_reset(struct vt *vt)
{
    memcpy(vt->keyboard.modify, modify_first, sizeof modify_first);
    memset(vt->keyboard.format, 0, sizeof vt->keyboard.format);
}

void keyboard_reset(struct vt *vt)
{
    vt->keyboard = (struct keyboard){ 0 };
    keyboard_soft_reset(vt);
    vt->keyboard.kitty[0].n = vt->keyboard.kitty[1].n = 1;
}

/* ---- xterm ---- */

/* CSI > resource ; value: all as at first without either, one without value. */
static void set_resource(int *values, const int *first,
                         const struct vt_params *p)
{
    unsigned i = param(p, 0, 0), value = param(p, 1, 0);

    if (p->n == 0)
        memcpy(values, first, KEYS_RESOURCES * sizeof *values);
    else if (i >= KEYS_RESOURCES)
        return;
    else if (p->n == 1 || (p->omitted & 2))
        values[i] = first[i];
    else if (value <= 3)
        values[i] = (int)value;
}

void op_xtmodkeys(struct vt *vt, const struct vt_params *p)
{
    set_resource(vt->keyboard.modify, modify_first, p);
}

/* Modifiers do not change what these keys send. */
void op_xtmodkeys_off(struct vt *vt, const struct vt_params *p)
{
    unsigned i = p->n == 0 ? KEYS_FUNCTION : p->value[0];

    if (i < KEYS_RESOURCES)
        vt->keyboard.modify[i] = -1;
}

void op_xtfmtkeys(struct vt *vt, const struct vt_params *p)
{
    static const int first[KEYS_RESOURCES];

    set_resource(vt->keyboard.format, first, p);
}

static void reply_resource(struct vt *vt, const int *values,
                           const struct vt_params *p, char final)
{
    unsigned i;

    for (i = 0; i < p->n; i++)
        if (p->value[i] >= KEYS_RESOURCES)
            continue;
        else if (values[p->value[i]] < 0)
            reply_csi(vt, ">%u%c", p->value[i], final);
        else
            reply_csi(vt, ">%u;%d%c", p->value[i], values[p->value[i]], final);
}

void op_xtmodkeys_query(struct vt *vt, const struct vt_params *p)
{
    reply_resource(vt, vt->keyboard.modify, p, 'm');
}

void op_xtfmtkeys_query(struct vt *vt, const struct vt_params *p)
{
    reply_resource(vt, vt->keyboard.format, p, 'f');
}

/* ---- kitty ---- */

unsigned keyboard_kitty(const struct vt *vt)
{
    return vt->keyboard.kitty[on_alternate(vt)]
        .flags[vt->keyboard.kitty[on_alternate(vt)].n - 1];
}

void op_kitty_query(struct vt *vt, const struct vt_params *p)
{
    (void)p;
    reply_csi(vt, "?%uu", keyboard_kitty(vt));
}

/* How the flags are meant: 1 these, 2 these too, 3 not these. */
void op_kitty_set(struct vt *vt, const struct vt_params *p)
{
    unsigned screen = on_alternate(vt), flags = param(p, 0, 0) & KITTY_FLAGS;
    uint8_t *top =
        &vt->keyboard.kitty[screen].flags[vt->keyboard.kitty[screen].n - 1];

    switch (param(p, 1, 1)) {
    case 1: *top = (uint8_t)flags; break;
    case 2: *top |= (uint8_t)flags; break;
    case 3: *top &= (uint8_t)~flags; break;
    default: break;
    }
}

void op_kitty_push(struct vt *vt, const struct vt_params *p)
{
    unsigned screen = on_alternate(vt), n = vt->keyboard.kitty[screen].n;
    uint8_t *flags = vt->keyboard.kitty[screen].flags;

    if (n == KITTY_STACK) {
        memmove(flags, flags + 1, KITTY_STACK - 1);
        n--;
    }
    flags[n] = param(p, 0, 0) & KITTY_FLAGS;
    vt->keyboard.kitty[screen].n = (uint8_t)(n + 1);
}

void op_kitty_pop(struct vt *vt, const struct vt_params *p)
{
    unsigned screen = on_alternate(vt), n = vt->keyboard.kitty[screen].n;
    unsigned pop = param(p, 0, 1);

    if (pop >= n) {
        vt->keyboard.kitty[screen].flags[0] = 0;
        pop = n - 1;
    }
    vt->keyboard.kitty[screen].n = (uint8_t)(n - pop);
}

struct vt_key_wishes vt_key_wishes(const struct vt *vt)
{
    int other = vt->keyboard.modify[KEYS_OTHER];

    return (struct vt_key_wishes){ .other = other > 0 ? (unsigned)other : 0,
                                   .kitty = keyboard_kitty(vt) };
}
