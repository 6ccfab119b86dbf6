/*
 * cluster.c - characters that belong to the one before them: combining marks,
 * joined pictographs, skin tones, flags, and the choice between text and
 * picture (UAX 29 and UTS 51, as far as a terminal needs them).
 *
 * Without grapheme clusters (mode 2027) a grapheme is as wide as programs
 * think that count its characters one by one, where that can be: a selector
 * for pictures (VS16) does not change the width, and skin tones and pictographs
 * behind a joiner have cells of their own.  With them it is otherwise.
 */
#include "vt/screen.h"

#include "base/width.h"

#define ZERO_WIDTH_JOINER 0x200du
#define TEXT_SELECTOR     0xfe0eu /* VS15 */
#define PICTURE_SELECTOR  0xfe0fu /* VS16 */
/* Below it only the C1 controls have no width; as UTF-8 they do nothing. */
#define FIRST_MARK 0x300u

static bool is_flag_letter(uint32_t ch)
{
    return ch >= 0x1f1e6 && ch <= 0x1f1ff;
}

/* The column of the character before the cursor; false if there is none. */
static bool previous_col(const struct vt *vt, const struct row *row,
                         unsigned *col)
{
    *col = vt->cur.col;
    if (!vt->cur.wrap_pending) {
        if (*col == 0)
            return false;
        --*col;
    }
    if (row->cells[*col].width == 0)
        --*col;
    return true;
}

/* The grapheme of a cell: its first and its last character. */
static void ends_of(const struct row *row, unsigned col, uint32_t *first,
                    uint32_t *last)
{
    const uint32_t *chars;
    size_t n;

    *first = *last = row->cells[col].ch;
    if (!(*first & VT_CLUSTER))
        return;
    chars = row_cluster(row, *first, &n);
    *first = chars[0];
    *last = chars[n - 1];
}

/* Does the cursor stand behind a cell of one column, and is there room? */
static bool may_widen(const struct vt *vt, const struct row *row, unsigned col)
{
    return row->cells[col].width == 1 && !vt->cur.wrap_pending &&
           vt->cur.col == col + 1;
}

/* It becomes two wide, if it may. */
static void widen(struct vt *vt, struct row *row, unsigned col)
{
    unsigned cols = vt->grid->cols;

    if (!may_widen(vt, row, col))
        return;
    row_open(row, cols, col + 1, col + 2);
    row->cells[col + 1] = row->cells[col];
    row->cells[col + 1].ch = ' ';
    row->cells[col + 1].width = 0;
    row->cells[col].width = 2;
    row->flags |= ROW_WIDE;
    screen_advance(vt, col + 2);
}

static void narrow(struct vt *vt, struct row *row, unsigned col)
{
    if (row->cells[col].width != 2)
        return;
    row->cells[col].width = 1;
    row->cells[col + 1].width = 1;
    vt->cur.wrap_pending = false;
    vt->cur.col = col + 1;
}

static void combine(struct vt *vt, uint32_t ch)
{
    struct row *row = cursor_row(vt);
    unsigned col;

    if (!previous_col(vt, row, &col))
        return;
    row_combine(row, vt->grid->cols, col, ch);
    if (!mode(vt, MODE_CLUSTERS))
        return;
    if (ch == PICTURE_SELECTOR)
        widen(vt, row, col);
    else if (ch == TEXT_SELECTOR)
        narrow(vt, row, col);
}

/* Does a character that has a width go on with the grapheme before it? */
static bool continues(const struct vt *vt, const struct row *row, unsigned col,
                      uint32_t ch)
{
    uint32_t first, last;

    ends_of(row, col, &first, &last);
    /* Each letter of a flag counts: in the last column there is one only. */
    if (is_flag_letter(ch))
        return is_flag_letter(first) && !(row->cells[col].ch & VT_CLUSTER) &&
               (may_widen(vt, row, col) || mode(vt, MODE_CLUSTERS));
    if (!mode(vt, MODE_CLUSTERS))
        return false;
    if (last == ZERO_WIDTH_JOINER && (row->cells[col].ch & VT_CLUSTER))
        return width_is_pictograph(ch) && width_is_pictograph(first);
    if (width_is_skin_tone(ch))
        return width_takes_skin_tone(last) ||
               (last == PICTURE_SELECTOR && width_takes_skin_tone(first));
    return width_is_spacing_mark(ch);
}

/* Can ch ever continue a grapheme?  Nearly all can not. */
static bool may_continue(const struct vt *vt, uint32_t ch)
{
    return mode(vt, MODE_CLUSTERS) || is_flag_letter(ch);
}

bool cluster_extend(struct vt *vt, uint32_t ch, unsigned width)
{
    struct row *row;
    unsigned col;

    if (width == 0) {
        if (ch >= FIRST_MARK)
            combine(vt, ch);
        return true;
    }
    row = cursor_row(vt);
    if (!may_continue(vt, ch) || !previous_col(vt, row, &col) ||
        !continues(vt, row, col, ch))
        return false;
    row_combine(row, vt->grid->cols, col, ch);
    if (is_flag_letter(ch))
        widen(vt, row, col);
    return true;
}
