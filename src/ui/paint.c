#include "ui/paint.h"

#include <curses.h>

#include <string.h>
#include <wchar.h>
#include <wctype.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "base/width.h"
#include "ui/acs.h"
#include "ui/beside.h"
#include "ui/colors.h"
#include "ui/glyph.h"
#include "ui/locale.h"
#include "ui/outer.h"
#include "ui/pairs.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

#define JOINER    0x200d /* ZWJ */
#define TEXT_FORM 0xfe0e /* VS15 */

struct painter {
    bool utf8;
    /* The outer terminal can, and curses has our description of it: */
    bool styles, doubles, strike, links, graphemes;
    long depth; /* colours; 0: none */
    struct pairs *pairs;
    cchar_t *row; /* what painter_row() puts together */
    size_t cap;
    attr_t attrs; /* of the cell that was painted last */
    int pair;
    bool beside; /* such a cell was painted on this row */
    bool lost;   /* a character became '?', or a letter another one */
};

/* The characters of one cell, as curses wants them. */
struct glyph {
    wchar_t text[CCHARW_MAX + 1];
    attr_t attrs;   /* A_ALTCHARSET */
    bool then_text; /* two columns, each a character of its own */
    wchar_t second;
    /* The grapheme, if that was too long, and the columns it has here: */
    uint32_t whole[GRAPHEME_MAX];
    size_t whole_len;
    unsigned whole_cols;
};

struct painter *painter_new(const struct outer *outer, bool described)
{
    struct painter *p = mem_alloc(sizeof *p);

    p->utf8 = outer->utf8;
    p->styles = described && outer->styles;
    p->doubles = described && outer->doubles;
    p->strike = described && outer->strike;
    p->links = described && outer->links;
    p->graphemes = p->links && p->utf8;
    p->depth = has_colors() ? COLORS : 0;
    p->pairs = pairs_new();
    return p;
}

void painter_free(struct painter *p)
{
    if (p == NULL)
        return;
    pairs_free(p->pairs);
    mem_free(p->row);
    mem_free(p);
}

const struct pairs *painter_pairs(const struct painter *p)
{
    return p->pairs;
}

bool painter_ran_out(struct painter *p)
{
    if (!pairs_ran_out(p->pairs))
        return false;
    pairs_reset(p->pairs);
    return true;
}

bool painter_lost_text(const struct painter *p)
{
    return p->lost;
}

/* ---- characters ---- */

/* Columns curses will count; 0 also for what the locale cannot show. */
static unsigned columns(const struct painter *p, uint32_t ch)
{
    int w;

    if (ch >= 0x20 && ch < 0x7f)
        return 1;
    if (!p->utf8 && !locale_has(ch))
        return 0;
    w = wcwidth((wchar_t)ch);
    return w > 0 ? (unsigned)w : 0;
}

/* A joiner behind a pictograph would take in the one of the next cell. */
static bool joins_on(uint32_t first, uint32_t last)
{
    return last == JOINER && width_is_pictograph(first);
}

/* Marks that follow the first character; those curses would count are left
 * out, and a joiner that joins on, too.  How many characters it has then. */
static size_t add_marks(const struct painter *p, struct glyph *g,
                        const uint32_t *chars, size_t n)
{
    size_t i, len = 1;

    for (i = 1; i < n && len < CCHARW_MAX; i++) {
        if (wcwidth((wchar_t)chars[i]) != 0 ||
            (!p->utf8 && !locale_has(chars[i])))
            break;
        g->text[len++] = (wchar_t)chars[i];
    }
    while (len > 1 && joins_on(chars[0], (uint32_t)g->text[len - 1]))
        len--;
    g->text[len] = L'\0';
    return len;
}

/* Does this stand for ch as if it were another character that was meant?  A
 * letter does, but for an arrow or the like. */
static bool misleads(wchar_t ascii, uint32_t ch)
{
    bool symbol = ch >= 0x2000 && ch < 0x3000;

    return (ascii == L'?' && ch != UTF8_REPLACEMENT) ||
           (iswalnum((wint_t)ascii) != 0 && !symbol);
}

/*
 * Curses measures by the C library and the outer terminal by tables of its
 * own; where they disagree with the cell, all that follows on the row would
 * move.  So such a character is replaced: columns are more than looks.
 */
static void substitute(struct painter *p, struct glyph *g, uint32_t ch,
                       unsigned width)
{
    if (p->utf8) {
        g->text[0] = 0xfffd;
    } else if (!acs_glyph(ch, g->text, &g->attrs)) {
        g->text[0] = (unsigned char)glyph_ascii(ch);
        p->lost = p->lost || misleads(g->text[0], ch);
    }
    g->text[1] = L'\0';
    g->then_text = width == 2;
    g->second = L' ';
}

static void add_whole(struct glyph *g, const uint32_t *chars, size_t n,
                      unsigned cols)
{
    if (n > GRAPHEME_MAX - g->whole_len)
        n = GRAPHEME_MAX - g->whole_len;
    memcpy(g->whole + g->whole_len, chars, n * sizeof *chars);
    g->whole_len += n;
    g->whole_cols += cols;
}

static bool is_regional(uint32_t ch)
{
    return ch >= 0x1f1e6 && ch <= 0x1f1ff;
}

/*
 * An emoji or sign that the terminal may not have, or not wide, or one of a
 * later Unicode than the C library's, and with it curses', which the terminal
 * may have all the same.  Written beside curses it leaves the columns as they
 * are: a narrower one is followed by a blank.  So nobody need ask the terminal
 * how wide it is, which is neither told at once nor by all.
 */
static bool is_doubtful(const struct vt_cell *cell, uint32_t ch)
{
    return cell->width == 2 &&
           (wcwidth((wchar_t)ch) < 0 || glyph_is_recent(ch));
}

/* The characters of a cell. */
static const uint32_t *chars_of(const struct vt_cell *cell, const struct vt *vt,
                                size_t *n)
{
    *n = 1;
    return vt != NULL && (cell->ch & VT_CLUSTER) != 0 ? vt_cluster(vt, cell, n)
                                                      : &cell->ch;
}

static void choose(struct painter *p, const struct vt_cell *cell,
                   const struct vt *vt, struct glyph *g)
{
    const uint32_t *chars;
    size_t n;
    unsigned cols;
    bool flag;

    memset(g, 0, sizeof *g);
    if (cell->width == 0 || (cell->attrs & VT_INVISIBLE) != 0) {
        g->text[0] = L' ';
        g->then_text = cell->width == 2;
        g->second = L' ';
        return;
    }
    chars = chars_of(cell, vt, &n);
    cols = columns(p, chars[0]);
    g->text[0] = (wchar_t)chars[0];
    if (cols == cell->width && !is_doubtful(cell, chars[0])) {
        if (add_marks(p, g, chars, n) < n && p->graphemes)
            add_whole(g, chars, n, cell->width);
    } else if (cols == 1) {
        /* A flag is two letters; else a mark (U+FE0F) asked for width, or to
         * an older Unicode it is narrow, but not to all terminals. */
        flag = n > 1 && is_regional(chars[1]);
        if (p->graphemes && is_doubtful(cell, chars[0]))
            g->text[0] = L' ';
        g->then_text = true;
        g->second = flag ? (wchar_t)chars[1] : L' ';
        if (p->graphemes && !flag)
            add_whole(g, chars, n, cell->width);
    } else {
        substitute(p, g, chars[0], cell->width);
        if (p->graphemes && is_doubtful(cell, chars[0]))
            add_whole(g, chars, n, cell->width);
    }
}

/* ---- attributes and colours ---- */

/* What is invisible has no lines either, as they are in the text's colour. */
static unsigned without_hidden_lines(unsigned attrs)
{
    const unsigned lines = VT_UNDERLINE | VT_DOUBLE_UNDERLINE |
                           VT_CURLY_UNDERLINE | VT_DOTTED_UNDERLINE |
                           VT_DASHED_UNDERLINE | VT_OVERLINE | VT_STRIKE;

    return (attrs & VT_INVISIBLE) != 0 ? attrs & ~lines : attrs;
}

/*
 * Curses has one underline, and no line through or over text.  With our own
 * description of the terminal (direct.c) other attributes stand for them; else
 * struck text is dimmed, as what it says no longer holds.
 */
static attr_t attributes(const struct painter *p, unsigned attrs)
{
    static const struct {
        unsigned vt;
        attr_t plain, styled;
    } table[] = {
        { VT_BOLD, A_BOLD, A_BOLD },
        { VT_FAINT, A_DIM, A_DIM },
        { VT_ITALIC, A_ITALIC, A_ITALIC },
        { VT_BLINK, A_BLINK, A_BLINK },
        { VT_REVERSE, A_REVERSE, A_REVERSE },
        { VT_UNDERLINE, A_UNDERLINE, A_UNDERLINE },
        { VT_DOUBLE_UNDERLINE, A_UNDERLINE, A_STANDOUT },
        { VT_OVERLINE, A_NORMAL, A_INVIS },
    };
    attr_t out = A_NORMAL;
    size_t i;

    attrs = without_hidden_lines(attrs);
    for (i = 0; i < COUNT(table); i++)
        if ((attrs & table[i].vt) != 0)
            out |= p->styles ? table[i].styled : table[i].plain;
    if ((p->styles && (attrs & VT_CURLY_UNDERLINE) != 0) ||
        (p->doubles && (attrs & VT_DOUBLE_UNDERLINE) != 0))
        out = (out & ~A_UNDERLINE) | A_STANDOUT;
    if ((attrs & VT_STRIKE) != 0)
        out |= p->strike ? A_PROTECT : A_DIM;
    return out;
}

static bool has_rest(const struct vt_cell *cell)
{
    return cell->extra != 0 ||
           (cell->attrs & (VT_DOTTED_UNDERLINE | VT_DASHED_UNDERLINE)) != 0;
}

static void add_grapheme(const struct glyph *g, struct pair *pair)
{
    size_t n = g->whole_len;

    while (n > 0 && joins_on(g->whole[0], g->whole[n - 1]))
        n--;
    memcpy(pair->grapheme, g->whole, n * sizeof *g->whole);
    pair->cols = g->whole_cols;
}

/* What curses cannot carry goes into the pair. */
static void add_rest(const struct painter *p, const struct vt_cell *cell,
                     const struct paint_row *from, struct pair *pair)
{
    struct vt_extra extra = { 0, 0 };

    if (cell->extra != 0 && from->vt != NULL)
        extra = vt_extra(from->vt, from->line, cell);
    if (p->links)
        pair->link = extra.link;
    if (!p->styles || (without_hidden_lines(cell->attrs) & VT_UNDERLINE) == 0)
        return;
    if ((cell->attrs & VT_DOTTED_UNDERLINE) != 0)
        pair->style = 4;
    else if ((cell->attrs & VT_DASHED_UNDERLINE) != 0)
        pair->style = 5;
    if (extra.underline != VT_COLOR_DEFAULT)
        pair->underline = 1 + colors_number(extra.underline, VT_DEFAULT_FG,
                                            from->vt, p->depth);
}

/* DECSCNM turns over the default colours only. */
static void turn_over(struct pair *pair, attr_t *attrs)
{
    int fg = pair->fg;

    if (fg != COLORS_DEFAULT && pair->bg != COLORS_DEFAULT)
        return;
    pair->fg = pair->bg;
    pair->bg = fg;
    *attrs ^= A_REVERSE;
}

static int pair_of(struct painter *p, const struct vt_cell *cell,
                   const struct paint_row *from, const struct glyph *g,
                   attr_t *attrs)
{
    struct pair pair = { 0 };

    if (p->depth < 8) {
        if (colors_mark(cell, from->vt) != from->reversed)
            *attrs ^= A_REVERSE;
        if (colors_bright(cell->fg))
            *attrs |= A_BOLD;
        return 0;
    }
    pair.fg = colors_number(colors_of_text(cell, from->vt), VT_DEFAULT_FG,
                            from->vt, p->depth);
    pair.bg = colors_number(cell->bg, VT_DEFAULT_BG, from->vt, p->depth);
    if (p->depth < 16 &&
        colors_to_eight(&pair.fg, &pair.bg, cell->fg != cell->bg))
        *attrs |= A_BOLD;
    if (from->reversed)
        turn_over(&pair, attrs);
    if (has_rest(cell))
        add_rest(p, cell, from, &pair);
    if (g->whole_len != 0)
        add_grapheme(g, &pair);
    if (beside_has(&pair)) {
        *attrs |= BESIDE_ATTR;
        p->beside = true;
    }
    return pairs_get(p->pairs, &pair);
}

/* ---- rows ---- */

/* Does a character go on with the picture of these ones: a skin tone, or what
 * is behind a joiner? */
static bool goes_on(const uint32_t *before, size_t n, uint32_t ch)
{
    return (width_is_skin_tone(ch) && width_takes_skin_tone(before[0])) ||
           (n > 1 && width_is_pictograph(ch) &&
            joins_on(before[0], before[n - 1]));
}

/* Does the cell at stand for a part of a picture that begins before it? */
static bool is_joined(const struct paint_row *from, unsigned at)
{
    const struct vt_cell *cell = &from->cells[at], *before;
    const uint32_t *chars;
    size_t n;

    if (at < 1 || at >= from->n || cell->width == 0)
        return false;
    before = cell - (at > 1 && cell[-1].width == 0 ? 2 : 1);
    if (((cell->attrs | before->attrs) & VT_INVISIBLE) != 0)
        return false;
    chars = chars_of(before, from->vt, &n);
    return goes_on(chars, n, *chars_of(cell, from->vt, &(size_t){ 0 }));
}

/*
 * Cells of their own for the parts of one picture: terminals that make one of
 * them would take less columns than curses thinks.  So the first cell has all,
 * beside curses, and the others are blanks, which are covered where the parts
 * stay apart.
 */
static void choose_joined(const struct paint_row *from, unsigned at,
                          struct glyph *g)
{
    const struct vt_cell *cell = &from->cells[at];
    const uint32_t *chars;
    size_t n;

    if (is_joined(from, at)) {
        *g = (struct glyph){ .text = L" ",
                             .then_text = cell->width == 2,
                             .second = L' ' };
        return;
    }
    for (at += 2; is_joined(from, at); at += cell->width) {
        if (g->whole_len == 0) {
            chars = chars_of(cell, from->vt, &n);
            add_whole(g, chars, n, 2);
        }
        cell = &from->cells[at];
        chars = chars_of(cell, from->vt, &n);
        add_whole(g, chars, n, cell->width);
    }
}

/*
 * A mark has made an emoji narrow, which to curses is wide and to many terminals
 * too.  With a blank behind it that looks no different, it has both columns.
 */
static bool is_narrowed(const struct paint_row *from,
                        const struct vt_cell *cell, unsigned at, unsigned cols)
{
    const struct vt_cell *next;
    const uint32_t *chars;
    size_t n;

    if (cell->width != 1 || (cell->ch & VT_CLUSTER) == 0 ||
        (cell->attrs & VT_INVISIBLE) != 0 || at + 1 >= from->n ||
        at + 1 >= cols)
        return false;
    next = &from->cells[at + 1];
    chars = chars_of(cell, from->vt, &n);
    return n > 1 && chars[1] == TEXT_FORM && wcwidth((wchar_t)chars[0]) == 2 &&
           next->ch == ' ' && next->width == 1 && next->bg == cell->bg &&
           next->attrs == cell->attrs && next->extra == cell->extra;
}

/* The mark only goes out beside curses: the terminal may obey it. */
static void choose_narrowed(struct painter *p, const struct vt_cell *cell,
                            const struct vt *vt, struct glyph *g)
{
    struct vt_cell emoji = { .width = 2 };
    const uint32_t *chars;
    size_t n;

    chars = chars_of(cell, vt, &n);
    emoji.ch = chars[0];
    choose(p, &emoji, NULL, g);
    g->whole_len = 0;
    g->whole_cols = 0;
    if (p->graphemes)
        add_whole(g, chars, n, 2);
}

/* One cell, in column at, to one or two of curses'; it may be wider here than
 * it is there: see is_narrowed(). */
static size_t paint_cell(struct painter *p, cchar_t *out,
                         const struct vt_cell *cell,
                         const struct paint_row *from, unsigned at)
{
    struct glyph g;
    wchar_t second[2] = { L'\0', L'\0' };

    if (at < from->n && cell->width > from->cells[at].width)
        choose_narrowed(p, cell, from->vt, &g);
    else
        choose(p, cell, from->vt, &g);
    if (p->graphemes && at < from->n)
        choose_joined(from, at, &g);
    p->attrs = attributes(p, cell->attrs);
    p->pair = pair_of(p, cell, from, &g, &p->attrs);
    setcchar(&out[0], g.text, p->attrs | g.attrs, 0, &p->pair);
    if (!g.then_text)
        return 1;
    second[0] = g.second;
    setcchar(&out[1], second, p->attrs, 0, &p->pair);
    return 2;
}

/* A character that any terminal and locale has, in one column. */
static bool is_plain(const struct vt_cell *cell)
{
    return cell->ch >= 0x20 && cell->ch < 0x7f && cell->width == 1 &&
           (cell->attrs & VT_INVISIBLE) == 0;
}

/* A plain cell behind a plain one of the same colours and attributes: most of
 * them are. */
static void paint_plain(const struct painter *p, cchar_t *out,
                        const struct vt_cell *cell)
{
    const wchar_t text[] = { (wchar_t)cell->ch, L'\0' };

    setcchar(out, text, p->attrs, 0, &p->pair);
}

static bool same_style(const struct vt_cell *a, const struct vt_cell *b)
{
    return a->fg == b->fg && a->bg == b->bg && a->attrs == b->attrs &&
           a->extra == b->extra;
}

static bool looks_same(const struct vt_cell *a, const struct vt_cell *b)
{
    return a->ch == b->ch && a->width == 1 && b->width == 1 && same_style(a, b);
}

/* A row the vt did not fill, or half a wide character at the edge. */
static const struct vt_cell blank = { .ch = ' ', .width = 1 };

/* Is a blank what curses clears with? */
static bool clears(struct painter *p, const struct paint_row *from)
{
    static const struct glyph none;
    attr_t attrs = A_NORMAL;

    return !from->reversed && pair_of(p, &blank, from, &none, &attrs) == 0 &&
           attrs == A_NORMAL;
}

/* The cells in front of nothing but blanks. */
static unsigned used(struct painter *p, const struct paint_row *from,
                     unsigned cols)
{
    unsigned n = from->n < cols ? from->n : cols;

    if (!clears(p, from))
        return cols;
    while (n > 0 && looks_same(&from->cells[n - 1], &blank))
        n--;
    return n;
}

static void reserve(struct painter *p, size_t cols)
{
    if (cols <= p->cap)
        return;
    p->row = mem_resize(p->row, cols, sizeof *p->row);
    p->cap = cols;
}

bool painter_row(struct painter *p, void *window, unsigned row,
                 const struct paint_row *from)
{
    WINDOW *w = window;
    unsigned cols = (unsigned)getmaxx(w), begin = from->begin, col = begin;
    unsigned end = from->end != 0 ? from->end : used(p, from, cols);
    const struct vt_cell *cell, *before = NULL;
    struct vt_cell widened;
    size_t len = 0;

    p->beside = false;
    reserve(p, cols + 1u);
    while (col < end) {
        cell = col < from->n ? &from->cells[col] : &blank;
        if (cell->width == 2 && col + 1 >= cols)
            cell = &blank;
        if (is_narrowed(from, cell, col, cols)) {
            widened = *cell;
            widened.width = 2;
            cell = &widened;
        }
        if (before != NULL && looks_same(before, cell)) {
            p->row[len] = p->row[len - 1];
            len++;
        } else if (before != NULL && is_plain(before) && is_plain(cell) &&
                   same_style(before, cell)) {
            paint_plain(p, p->row + len, cell);
            len++;
        } else {
            len += paint_cell(p, p->row + len, cell, from, col);
        }
        col += cell->width == 2 ? 2 : 1;
        before = cell;
    }
    if (len > 0)
        mvwadd_wchnstr(w, (int)row, (int)begin, p->row, (int)len);
    if (from->end == 0 && col < cols) {
        wmove(w, (int)row, (int)col);
        wclrtoeol(w);
    }
    return p->beside;
}
