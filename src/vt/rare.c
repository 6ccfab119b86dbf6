/*
 * rare.c - what few cells of a row have: more than one character, an underline
 * in a colour of its own, a link.  The cells name places in tables of the row,
 * which forget what no cell names any more when they are full.
 */
#include "vt/grid.h"

#include <string.h>
#include "base/mem.h"

#define EXTRAS_STEP 16u

void row_free(struct row *row)
{
    mem_free(row->clusters);
    mem_free(row->text);
    mem_free(row->extras);
    row->clusters = NULL;
    row->text = NULL;
    row->extras = NULL;
}

/* ---- clusters ---- */

const uint32_t *row_cluster(const struct row *row, uint32_t ch, size_t *n)
{
    uint32_t place = ch & CLUSTER_PLACE_MASK;

    if (place >= row->n_clusters)
        return NULL;
    *n = row->clusters[place].n;
    return row->text + row->clusters[place].at;
}

/* What the cells show: two show the same cluster while a part of the row is
 * copied within it. */
static void count_shown(const struct row *row, unsigned cols, uint32_t *n,
                        uint32_t *n_text)
{
    unsigned i;

    for (*n = *n_text = 0, i = 0; i < cols; i++) {
        uint32_t ch = row->cells[i].ch;

        if (!(ch & VT_CLUSTER))
            continue;
        ++*n;
        *n_text += row->clusters[ch & CLUSTER_PLACE_MASK].n;
    }
}

/* Keep the clusters that a cell still shows, each for itself; there are at most
 * cols. */
static void compact_clusters(struct row *row, unsigned cols)
{
    uint32_t shown, shown_text, at = 0;
    struct cluster *kept;
    uint32_t *text;
    uint16_t n = 0;
    unsigned i;

    count_shown(row, cols, &shown, &shown_text);
    if (row->cap_clusters < shown)
        row->cap_clusters = (uint16_t)shown;
    if (row->cap_text < shown_text)
        row->cap_text = shown_text;
    kept = mem_array(row->cap_clusters, sizeof *kept);
    text = mem_array(row->cap_text, sizeof *text);
    for (i = 0; i < cols; i++) {
        struct vt_cell *cell = &row->cells[i];
        const struct cluster *old;

        if (!(cell->ch & VT_CLUSTER))
            continue;
        old = &row->clusters[cell->ch & CLUSTER_PLACE_MASK];
        memcpy(text + at, row->text + old->at, old->n * sizeof *text);
        kept[n] = (struct cluster){ at, old->n };
        at += old->n;
        cell->ch = row->id | n++;
    }
    mem_free(row->clusters);
    mem_free(row->text);
    row->clusters = kept;
    row->text = text;
    row->n_clusters = n;
    row->n_text = at;
}

static void grow_text(struct row *row, size_t need)
{
    uint32_t cap = row->cap_text < 16 ? 16 : row->cap_text;

    while (cap < need)
        cap *= 2;
    if (cap == row->cap_text)
        return;
    row->text = mem_resize(row->text, cap, sizeof *row->text);
    row->cap_text = cap;
}

static void grow_clusters(struct row *row)
{
    unsigned cap = row->cap_clusters < 4 ? 4 : row->cap_clusters * 2u;

    row->clusters = mem_resize(row->clusters, cap, sizeof *row->clusters);
    row->cap_clusters = (uint16_t)cap;
}

/*
 * Room for one more cluster and n more characters.  Of either twice as much is
 * kept as is shown at most, so that compacting is rare; a row that shows more
 * than half of what there may be takes no more.
 */
static bool make_room(struct row *row, unsigned cols, size_t n)
{
    uint32_t limit = CLUSTERS_PER_CELL * (cols + 16);

    if (row->flags & ROW_FULL)
        return false;
    if (row->n_clusters >= 2 * cols || row->n_text + n > limit) {
        compact_clusters(row, cols);
        if (row->n_text + n > limit / 2) {
            row->flags |= ROW_FULL;
            return false;
        }
    }
    if (row->n_clusters == row->cap_clusters)
        grow_clusters(row);
    grow_text(row, row->n_text + n);
    return true;
}

void row_set_cluster(struct row *row, unsigned cols, unsigned col,
                     const uint32_t *ch, size_t n)
{
    struct cluster *cluster;

    row->cells[col].ch = ' ';
    if (n > CLUSTER_MAX)
        n = CLUSTER_MAX;
    row->flags |= ROW_UNICODE | ROW_DIRTY;
    if (!make_room(row, cols, n)) {
        row->cells[col].ch = ch[0];
        return;
    }
    cluster = &row->clusters[row->n_clusters];
    *cluster = (struct cluster){ row->n_text, (uint32_t)n };
    memcpy(row->text + row->n_text, ch, n * sizeof *ch);
    row->n_text += (uint32_t)n;
    row->cells[col].ch = row->id | row->n_clusters++;
}

/* Let the cluster of this cell grow: at the end of the text, where it is
 * moved first if it is not there. */
static void append(struct row *row, unsigned cols, unsigned col, uint32_t ch)
{
    unsigned place = row->cells[col].ch & CLUSTER_PLACE_MASK;
    struct cluster *c = &row->clusters[place];

    if (c->n == CLUSTER_MAX || !make_room(row, cols, c->n + 1))
        return;
    c = &row->clusters[row->cells[col].ch & CLUSTER_PLACE_MASK];
    if (c->at + c->n != row->n_text) {
        memcpy(row->text + row->n_text, row->text + c->at,
               c->n * sizeof *row->text);
        c->at = row->n_text;
        row->n_text += c->n;
    }
    row->text[row->n_text++] = ch;
    c->n++;
}

void row_combine(struct row *row, unsigned cols, unsigned col, uint32_t ch)
{
    struct vt_cell *cell = &row->cells[col];
    uint32_t both[2] = { cell->ch, ch };

    row->flags |= ROW_DIRTY;
    if (cell->ch & VT_CLUSTER) {
        append(row, cols, col, ch);
        return;
    }
    row_set_cluster(row, cols, col, both, 2);
    if (row->used <= col)
        row->used = (uint16_t)(col + 1);
}

/* ---- extras ---- */

static bool same_extra(struct vt_extra a, struct vt_extra b)
{
    return a.underline == b.underline && a.link == b.link;
}

struct vt_extra row_extra_at(const struct row *row, uint8_t place)
{
    return place == 0 || place > row->n_extras ? (struct vt_extra){ 0, 0 }
                                               : row->extras[place - 1];
}

/* Keep the extras that a cell still names. */
static void compact_extras(struct row *row, unsigned cols)
{
    uint8_t moved[EXTRAS_MAX + 1] = { 0 }, n = 0;
    unsigned i;

    for (i = 0; i < cols; i++)
        moved[row->cells[i].extra] = 1;
    for (i = 1; i <= row->n_extras; i++)
        if (moved[i] != 0) {
            row->extras[n] = row->extras[i - 1];
            moved[i] = ++n;
        }
    moved[0] = 0;
    for (i = 0; i < cols; i++)
        row->cells[i].extra = moved[row->cells[i].extra];
    row->n_extras = n;
}

uint8_t row_extra(struct row *row, unsigned cols, struct vt_extra extra)
{
    unsigned i;

    if (same_extra(extra, (struct vt_extra){ 0, 0 }))
        return 0;
    row->flags |= ROW_STYLED;
    for (i = row->n_extras; i > 0; i--)
        if (same_extra(row->extras[i - 1], extra))
            return (uint8_t)i;
    if (row->n_extras == EXTRAS_MAX)
        compact_extras(row, cols);
    if (row->n_extras == EXTRAS_MAX)
        return 0;
    if (row->n_extras % EXTRAS_STEP == 0)
        row->extras = mem_resize(row->extras, row->n_extras + EXTRAS_STEP,
                                 sizeof *row->extras);
    row->extras[row->n_extras++] = extra;
    return row->n_extras;
}

/* ---- copies ---- */

/*
 * The names of another row go first, for making a place may look through all
 * the cells.
 */
void row_own_rare(struct row *to, unsigned cols, unsigned to_col,
                  const struct row *from, unsigned from_col, unsigned n)
{
    unsigned i;

    if (from->n_clusters == 0 && from->n_extras == 0)
        return;
    for (i = 0; to != from && i < n; i++) {
        if (to->cells[to_col + i].ch & VT_CLUSTER)
            to->cells[to_col + i].ch = ' ';
        to->cells[to_col + i].extra = 0;
    }
    for (i = 0; to != from && i < n; i++)
        if (from->cells[from_col + i].extra != 0)
            to->cells[to_col + i].extra = row_extra(
                to, cols, row_extra_at(from, from->cells[from_col + i].extra));
    for (i = 0; i < n; i++) {
        const struct vt_cell *cell =
            to == from ? &to->cells[to_col + i] : &from->cells[from_col + i];
        uint32_t copy[CLUSTER_MAX];
        const uint32_t *ch;
        size_t len;

        if (!(cell->ch & VT_CLUSTER))
            continue;
        if ((ch = row_cluster(from, cell->ch, &len)) == NULL)
            continue;
        memcpy(copy, ch, len * sizeof *ch); /* making room may move it */
        row_set_cluster(to, cols, to_col + i, copy, len);
    }
}
