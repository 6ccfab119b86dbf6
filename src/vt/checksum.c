/*
 * checksum.c - DECRQCRA: the checksum of a rectangle, by which a program can
 * read the screen, and therefore only answered where the owner allows it.
 *
 * The sum is xterm's, in all the forms that XTCHECKSUM chooses.  At first it
 * is the plain one: the characters, blanks as well, without attributes and
 * sign, so that the sum of one cell is its character.  xterm begins with DEC's
 * sum (0) and has a resource for others, checksumExtension: with 23 there it is
 * what test suites want (esctest2 since xterm 334, and what is made after it),
 * and they choose none by themselves.
 */
#include "vt/csi.h"
#include "vt/rect.h"
#include "vt/screen.h"

enum {
    POSITIVE = 1,      /* do not negate the sum */
    NO_ATTRIBUTES = 2, /* only the characters */
    NO_TRIM = 4,       /* count blanks */
    DRAWN = 8,         /* ... but for those that were never written */
    WHOLE = 16,        /* characters, not the byte of DEC's sets */
    EIGHT_BITS = 32,   /* their lower byte */
    ALL = 63
};

#define OUTSIDE 0x1bu /* what is in none of DEC's sets counts as */

/* The byte that a character is in DEC's sets, without the top bit. */
static uint32_t byte_of(uint32_t ch)
{
    if (ch == 0x7f || ch == 0xff)
        return 0;
    return (ch >= 0x20 && ch < 0xa0) || (ch > 0xa0 && ch < 0xff) ? ch & 0x7f
                                                                 : OUTSIDE;
}

/* Protection is not among them, as in xterm. */
static uint32_t attributes(const struct vt_cell *cell)
{
    static const struct {
        uint16_t attr;
        uint8_t value;
    } values[] = {
        { VT_INVISIBLE, 0x08 }, { VT_UNDERLINE, 0x10 }, { VT_REVERSE, 0x20 },
        { VT_BLINK, 0x40 },     { VT_BOLD, 0x80 },
    };
    uint32_t sum = 0;
    size_t i;

    for (i = 0; i < sizeof values / sizeof values[0]; i++)
        if (cell->attrs & values[i].attr)
            sum += values[i].value;
    return sum;
}

/* One cell's part; a blank counts if it is the first, or if all do. */
static uint32_t cell_sum(const struct vt *vt, const struct vt_cell *cell,
                         bool first)
{
    unsigned how = vt->checksum;
    size_t n, i;
    const uint32_t *ch = vt_cluster(vt, cell, &n);
    uint32_t sum = 0;

    if (cell->width == 0)
        return how & WHOLE ? 0 : OUTSIDE;
    sum = how & WHOLE        ? ch[0]
          : how & EIGHT_BITS ? ch[0] & 0xff
                             : byte_of(ch[0]);
    if (!(how & NO_ATTRIBUTES))
        sum += attributes(cell);
    if (sum == ' ' && !first && !(how & NO_TRIM))
        return 0;
    for (i = 1; i < n && !(how & WHOLE) && (how & NO_TRIM); i++)
        sum += ch[i];
    return sum;
}

static uint32_t area_sum(const struct vt *vt, const struct area *a)
{
    const unsigned drawn = NO_TRIM | DRAWN;
    uint32_t sum = 0;
    bool first = true;
    unsigned row, col;

    for (row = a->top; row < a->bottom; row++) {
        const struct row *r = grid_row(vt->grid, row);

        for (col = a->left; col < a->right; col++) {
            if (col >= r->used && (vt->checksum & drawn) == drawn)
                break;
            sum += cell_sum(vt, &r->cells[col], first);
            first = false;
        }
    }
    return sum;
}

void op_decrqcra(struct vt *vt, const struct vt_params *p)
{
    struct area a;
    uint32_t sum = 0;

    if (!vt->screen_reports)
        return;
    if (area_parse(vt, p, 2, &a))
        sum = area_sum(vt, &a);
    if (!(vt->checksum & POSITIVE))
        sum = 0u - sum;
    reply_dcs(vt, "%u!~%04X", param(p, 0, 0), (unsigned)(sum & 0xffff));
}

void op_xtchecksum(struct vt *vt, const struct vt_params *p)
{
    if (vt->screen_reports && param(p, 0, 0) <= ALL)
        vt->checksum = (uint8_t)param(p, 0, 0);
}
