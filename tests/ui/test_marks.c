/* test_marks.c - what marks do to the cells of a row. */
#include "ui/marks.h"

#include <string.h>
#include "../tap.h"
#include "ui/cells.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])
#define COLS     8u

/* A letter for each cell: plain ., hit h, current c, selected s; and labels. */
static const struct {
    const char *name;
    struct ui_mark marks[2];
    const char *want;
} cases[] = {
    { "a hit", { { 0, 1, 3, UI_MARK_HIT, "" } }, ".hh....." },
    { "another row's", { { 1, 1, 3, UI_MARK_HIT, "" } }, "........" },
    { "the later one wins",
      { { 0, 1, 4, UI_MARK_HIT, "" }, { 0, 2, 3, UI_MARK_CURRENT, "" } },
      ".hch...." },
    { "beyond the row", { { 0, 6, 99, UI_MARK_SELECTED, "" } }, "......ss" },
    { "from inside a wide character",
      { { 0, 5, 7, UI_MARK_HIT, "" } },
      "....hhh." },
    { "to inside a wide character",
      { { 0, 3, 5, UI_MARK_HIT, "" } },
      "...hhh.." },
    { "empty", { { 0, 5, 5, UI_MARK_HIT, "" } }, "........" },
    { "a label", { { 0, 1, 3, UI_MARK_LABEL, "12" } }, ".12....." },
    { "a label on a wide character",
      { { 0, 4, 5, UI_MARK_LABEL, "1" } },
      "....1_.." },
    { "a label at the end of a row",
      { { 0, 7, 9, UI_MARK_LABEL, "12" } },
      "......12" },
    { "selected twice is seen as not",
      { { 0, 0, 2, UI_MARK_SELECTED, "" }, { 0, 1, 2, UI_MARK_SELECTED, "" } },
      "s......." },
};

static char letter(const struct vt_cell *cell, bool colors)
{
    if (cell->ch >= '1' && cell->ch <= '9')
        return (char)cell->ch;
    if (cell->ch == ' ') /* there is none in the text */
        return '_';
    if (colors && cell->bg == (VT_COLOR_INDEX | 3u))
        return 'h';
    if (colors && cell->bg == (VT_COLOR_INDEX | 6u))
        return 'c';
    if (!colors && cell->attrs == (VT_UNDERLINE | VT_BOLD))
        return 'h';
    if (!colors && (cell->attrs & VT_REVERSE) && (cell->attrs & VT_BOLD))
        return 'c';
    return cell->attrs == VT_REVERSE ? 's' : '.';
}

static void test_marks(bool colors)
{
    const struct cell_style plain = { 0 };
    struct vt_cell cells[COLS];
    struct cells row = { cells, COLS };
    char got[COLS + 1];
    size_t i, col;

    for (i = 0; i < COUNT(cases); i++) {
        const struct ui_overlay overlay = { .marks = cases[i].marks,
                                            .marks_len = 2 };

        cells_clear(&row, plain);
        cells_text(&row, 0, COLS, "abcd\xe6\x97\xa5xy", 9, plain);
        marks_apply(&overlay, 0, &row, colors);
        for (col = 0; col < COLS; col++)
            got[col] = letter(&cells[col], colors);
        got[COLS] = '\0';
        is_str(got, cases[i].want, cases[i].name);
    }
}

static void test_link(void)
{
    const struct ui_mark mark = { 0, 1, 2, UI_MARK_LINK, "" };
    const struct ui_overlay overlay = { .marks = &mark, .marks_len = 1 };
    const struct cell_style red = { .fg = VT_COLOR_INDEX | 1u };
    struct vt_cell cells[3];
    struct cells row = { cells, 3 };

    cells_clear(&row, red);
    marks_apply(&overlay, 0, &row, true);
    ok(cells[1].attrs == (VT_UNDERLINE | VT_BOLD) && cells[1].fg == red.fg &&
           cells[0].attrs == 0,
       "a link keeps its colours");
}

int main(void)
{
    test_link();
    test_marks(true);
    test_marks(false);
    return tap_done();
}
