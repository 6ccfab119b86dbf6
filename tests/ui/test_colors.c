/* test_colors.c - 256 colours on a terminal with few. */
#include "ui/colors.h"

#include "../tap.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static void test_numbers(void)
{
    static const struct {
        unsigned of;
        int fg, bg;
        const char *name;
    } table[] = {
        { 22, 2, 2, "dark green" },    { 52, 1, 1, "dark red" },
        { 130, 3, 3, "brown" },        { 94, 3, 3, "dark brown" },
        { 110, 12, 7, "sky blue" },    { 67, 12, 6, "steel blue" },
        { 232, 8, 0, "nearly black" }, { 236, 8, 0, "dark grey" },
        { 242, 8, 8, "grey" },         { 252, 7, 7, "light grey" },
        { 231, 15, 7, "white" },       { 16, 0, 0, "black" },
    };
    size_t i;
    uint32_t c;

    for (i = 0; i < COUNT(table); i++) {
        c = VT_COLOR_INDEX | table[i].of;
        is_num(colors_number(c, VT_DEFAULT_FG, NULL, 8), table[i].fg,
               table[i].name);
        is_num(colors_number(c, VT_DEFAULT_BG, NULL, 8), table[i].bg,
               "... behind text");
    }
}

/* One of the first eight that bold text leaves as it is. */
static void test_exact(void)
{
    const uint32_t exact = VT_COLOR_INDEX | VT_COLOR_EXACT | 1u;

    is_num(colors_number(exact, VT_DEFAULT_FG, NULL, 1L << 24),
           COLORS_EXACT + 1, "a number of its own");
    is_num(colors_number(exact, VT_DEFAULT_FG, NULL, 256), 1,
           "with 256 there is none");
    is_num(colors_number(exact, VT_DEFAULT_FG, NULL, 8), 1, "nor with eight");
}

/* A text, what it is on, and what becomes of them. */
static void test_readable(void)
{
    static const struct {
        int fg, bg, fg_is, bg_is;
        bool bold;
        const char *name;
    } table[] = {
        { 9, 4, 1, 4, true, "bright red on blue" },
        { -1, 7, 0, 7, false, "the default on light grey" },
        { -1, 8, 0, 7, false, "the default on grey" },
        { 15, 8, 0, 7, false, "white on grey" },
        { 8, 8, 0, 7, false, "grey on grey" },
        { 2, 2, 0, 2, false, "green on green" },
        { 4, 4, 7, 4, false, "blue on blue" },
        { -1, 4, -1, 4, false, "the default on blue" },
        { 12, -1, 4, -1, true, "bright blue" },
    };
    int fg, bg;
    size_t i;

    for (i = 0; i < COUNT(table); i++) {
        fg = table[i].fg;
        bg = table[i].bg;
        ok(colors_to_eight(&fg, &bg, true) == table[i].bold &&
               fg == table[i].fg_is && bg == table[i].bg_is,
           "%s", table[i].name);
    }
    fg = bg = 7;
    ok(!colors_to_eight(&fg, &bg, false) && fg == 7,
       "what is to be invisible stays so");
}

int main(void)
{
    test_numbers();
    test_exact();
    test_readable();
    return tap_done();
}
