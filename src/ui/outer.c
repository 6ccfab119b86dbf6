/*
 * Terminfo is asked once, before curses starts, because curses may then run
 * on the description of direct.c, which lacks the extended capabilities.
 */
#include "ui/outer.h"

#include <curses.h>
#include <term.h>

#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/err.h"
#include "base/mem.h"
#include "ui/colors.h"
#include "ui/decode.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* tigetstr() takes a non-const name, and says "absent" in two ways. */
const char *outer_string(const char *name)
{
    const char *s = tigetstr((char *)(uintptr_t)name);

    return s == NULL || s == (char *)-1 ? NULL : s;
}

static bool flag(const char *name)
{
    return tigetflag((char *)(uintptr_t)name) > 0;
}

/* A fixed string without its padding ("$<2>"); too long ones are dropped. */
static void keep(char out[OUTER_STRING_MAX], const char *name)
{
    const char *s = outer_string(name);
    size_t n = 0;

    out[0] = '\0';
    while (s != NULL && *s != '\0') {
        if (s[0] == '$' && s[1] == '<' && strchr(s, '>') != NULL) {
            s = strchr(s, '>') + 1;
            continue;
        }
        if (n + 1 == OUTER_STRING_MAX) {
            out[0] = '\0';
            return;
        }
        out[n++] = *s++;
        out[n] = '\0';
    }
}

static bool begins_with(const char *term, const char *const names[], size_t n)
{
    size_t i;

    for (i = 0; i < n; i++)
        if (strncmp(term, names[i], strlen(names[i])) == 0)
            return true;
    return false;
}

/* Terminals that take xterm's private modes, by how their names begin. */
static bool xterm_like_name(const char *term)
{
    static const char *const names[] = {
        "xterm", "screen",  "tmux",      "rxvt",  "foot",    "kitty",
        "gnome", "konsole", "alacritty", "vte",   "wezterm", "contour",
        "putty", "mintty",  "ghostty",   "iterm", "Eterm",   "st-",
    };

    return begins_with(term, names, COUNT(names)) || strcmp(term, "st") == 0;
}

/* tmux, whatever its TERM, takes all colours and styles, and gives the
 * terminal below what that can show.  With a screen too, which is inside is
 * not known. */
static bool in_tmux(void)
{
    return getenv("TMUX") != NULL && getenv("STY") == NULL;
}

/* GNU screen passes on the environment of a terminal that can do more. */
static bool in_gnu_screen(const char *term)
{
    return !in_tmux() &&
           (getenv("STY") != NULL || strncmp(term, "screen", 6) == 0);
}

/* Does it set colours as ECMA-48 does?  Only then it may be told of more. */
static bool has_ansi_colors(void)
{
    const char *setaf = outer_string("setaf");

    return setaf != NULL && strncmp(setaf, "\033[", 2) == 0;
}

/* What VTE, Windows Terminal and Konsole say of themselves; an xterm that was
 * started in one of them passes it on. */
static bool says_of_itself(const char *variable)
{
    return getenv(variable) != NULL && getenv("XTERM_VERSION") == NULL;
}

/* By its name, which outlives a hop by ssh, or what VTE says of itself. */
static bool is_modern(const char *term)
{
    static const char *const names[] = { "foot",      "kitty",   "wezterm",
                                         "alacritty", "contour", "mintty",
                                         "ghostty",   "vte" };

    return begins_with(term, names, COUNT(names)) ||
           (says_of_itself("VTE_VERSION") && !in_gnu_screen(term));
}

/*
 * COLORTERM is what terminals have settled on, but for Windows Terminal.  It
 * does not outlive a hop by ssh, and xterm does not set it: see
 * modes_ask_colors().
 */
static bool has_truecolor(const char *term)
{
    const char *colorterm = getenv("COLORTERM");

    if (flag("RGB") || flag("Tc") || in_tmux() || is_modern(term))
        return true;
    if (in_gnu_screen(term))
        return false;
    return getenv("WT_SESSION") != NULL ||
           (colorterm != NULL && (strcmp(colorterm, "truecolor") == 0 ||
                                  strcmp(colorterm, "24bit") == 0));
}

/*
 * By terminfo's extensions (user_caps(5)), or by name: colons between
 * parameters confuse older terminals, and to xterm (379), which has 24-bit
 * colours, 4:3 is black text.
 */
static bool has_styles(const char *term)
{
    return outer_string("Smulx") != NULL || outer_string("Setulc") != NULL ||
           flag("Su") || strncmp(term, "tmux", 4) == 0 || in_tmux() ||
           is_modern(term) ||
           (!in_gnu_screen(term) && (says_of_itself("WT_SESSION") ||
                                     says_of_itself("KONSOLE_VERSION")));
}

static void learn_styles(struct outer *o, const char *term)
{
    if (!has_ansi_colors())
        return;
    o->truecolor = has_truecolor(term);
    o->styles = has_styles(term);
    o->strike = o->truecolor || o->styles || outer_string("smxx") != NULL;
    o->links = o->xterm_like && !in_gnu_screen(term);
    if (o->truecolor || o->styles || o->strike || o->links)
        o->description =
            direct_describe(term, (o->truecolor ? DIRECT_DEEP : 0) |
                                      (o->styles ? DIRECT_STYLES : 0) |
                                      (in_tmux() ? DIRECT_TMUX : 0));
    if ((o->truecolor && o->styles) || !o->xterm_like || in_gnu_screen(term))
        return;
    o->deeper = direct_describe(term, DIRECT_DEEP);
    o->deeper_styles = direct_describe(term, DIRECT_DEEP | DIRECT_STYLES);
}

void outer_deepen(struct outer *o, bool styles)
{
    o->styles = o->styles || styles;
    o->doubles = !o->styles;
    o->truecolor = o->strike = true;
    mem_free(o->description);
    o->description = o->styles ? o->deeper_styles : o->deeper;
    mem_free(o->styles ? o->deeper : o->deeper_styles);
    o->deeper = o->deeper_styles = NULL;
}

void outer_free(struct outer *o)
{
    mem_free(o->deeper);
    mem_free(o->deeper_styles);
}

/* Do the arrow keys send something that ECMA-48 does not explain? */
static bool needs_keypad_mode(void)
{
    const char *up = outer_string("kcuu1");

    return up != NULL && strcmp(up, "\033OA") != 0 && strcmp(up, "\033[A") != 0;
}

/* A number of the palette's first sixteen. */
static bool read_color(const char *s, uint32_t *rgb)
{
    char *end;
    unsigned long i = strtoul(s, &end, 10);

    if (end == s || (*end != ';' && *end != '\0') || i > 15)
        return false;
    *rgb = colors_basic((unsigned)i);
    return true;
}

/* "15;0", or "15;default;0". */
static bool read_colors(const char *s, uint32_t colors[2])
{
    const char *last = s != NULL ? strrchr(s, ';') : NULL;

    return last != NULL && read_color(s, &colors[VT_DEFAULT_FG]) &&
           read_color(last + 1, &colors[VT_DEFAULT_BG]);
}

/* For programs that ask, where the terminal itself does not tell: the Linux
 * console's; what rxvt and others say, also to what runs in a GNU screen; else
 * xterm's white on its black, as most of the silent ones are dark. */
static void guess_colors(struct outer *o, const char *term)
{
    bool console =
        strcmp(term, "linux") == 0 || strncmp(term, "linux-", 6) == 0;

    if (!console && read_colors(getenv("COLORFGBG"), o->guess))
        return;
    o->guess[VT_DEFAULT_FG] = console ? 0xaaaaaa : colors_basic(7);
    o->guess[VT_DEFAULT_BG] = colors_basic(0);
}

bool outer_learn(struct outer *o, int fd, struct err *err)
{
    const char *term = getenv("TERM");
    int status;

    memset(o, 0, sizeof *o);
    if (term == NULL || *term == '\0')
        return err_set(err, ERR_UNSUPPORTED,
                       "the terminal's type is unknown: TERM is not set");
    if (setupterm(NULL, fd, &status) == ERR)
        return err_set(err, ERR_UNSUPPORTED,
                       "terminfo does not know the terminal \"%s\" (TERM); "
                       "try: TERM=xterm",
                       term);
    if (outer_string("cup") == NULL && outer_string("home") == NULL) {
        outer_done();
        return err_set(err, ERR_UNSUPPORTED,
                       "the terminal \"%s\" (TERM) cannot show a full screen",
                       term);
    }
    o->utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    o->ansi = strncmp(outer_string("cup") != NULL ? outer_string("cup") : "",
                      "\033[", 2) == 0;
    guess_colors(o, term);
    o->xterm_like = xterm_like_name(term) || flag("XT");
    o->mouse = o->xterm_like && outer_string("kmous") != NULL;
    o->title = o->xterm_like;
    o->shapes = outer_string("Ss") != NULL || in_tmux();
    o->cursor_colors = outer_string("Cs") != NULL || in_tmux();
    o->flashes = !in_tmux();
    o->clips = in_tmux();
    o->app_keys = needs_keypad_mode();
    o->keypad_app = !o->app_keys && outer_string("smkx") != NULL &&
                    strstr(outer_string("smkx"), "\033=") != NULL;
    keep(o->leave, "rmcup");
    o->alternate = outer_string("smcup") != NULL && o->leave[0] != '\0';
    o->keeps = !o->alternate || in_gnu_screen(term);
    keep(o->cursor, "cnorm");
    keep(o->colors, "op");
    keep(o->attrs, "sgr0");
    keep(o->keypad, "rmkx");
    keep(o->charset, "rmacs");
    learn_styles(o, term);
    return true;
}

bool outer_has_clipboard(int fd)
{
    struct outer o;
    struct err err;
    bool has = outer_learn(&o, fd, &err) && o.xterm_like;

    mem_free(o.description);
    outer_free(&o);
    outer_done();
    return has;
}

void outer_done(void)
{
    if (cur_term != NULL)
        del_curterm(cur_term);
}

/* ---- keys ---- */

static const struct {
    const char *cap;
    enum vt_key_code code;
    unsigned mods;
} cap_keys[] = {
    { "kcuu1", VT_KEY_UP, 0 },
    { "kcud1", VT_KEY_DOWN, 0 },
    { "kcuf1", VT_KEY_RIGHT, 0 },
    { "kcub1", VT_KEY_LEFT, 0 },
    { "khome", VT_KEY_HOME, 0 },
    { "kend", VT_KEY_END, 0 },
    { "kich1", VT_KEY_INSERT, 0 },
    { "kdch1", VT_KEY_DELETE, 0 },
    { "kpp", VT_KEY_PAGE_UP, 0 },
    { "knp", VT_KEY_PAGE_DOWN, 0 },
    { "kbs", VT_KEY_BACKSPACE, 0 },
    { "kcbt", VT_KEY_TAB, VT_SHIFT },
    { "kcbt2", VT_KEY_TAB, VT_SHIFT },
    { "kent", VT_KEY_KP_ENTER, 0 },
    { "kb2", VT_KEY_KP_BEGIN, 0 },
    { "kri", VT_KEY_UP, VT_SHIFT },
    { "kind", VT_KEY_DOWN, VT_SHIFT },
    { "kRIT", VT_KEY_RIGHT, VT_SHIFT },
    { "kLFT", VT_KEY_LEFT, VT_SHIFT },
    { "kHOM", VT_KEY_HOME, VT_SHIFT },
    { "kEND", VT_KEY_END, VT_SHIFT },
    { "kIC", VT_KEY_INSERT, VT_SHIFT },
    { "kDC", VT_KEY_DELETE, VT_SHIFT },
    { "kPRV", VT_KEY_PAGE_UP, VT_SHIFT },
    { "kNXT", VT_KEY_PAGE_DOWN, VT_SHIFT },
};

/* ncurses' extended names: kUP5 is Up with xterm's modifier number 5. */
static const struct {
    const char *stem;
    enum vt_key_code code;
} modified_keys[] = {
    { "kUP", VT_KEY_UP },       { "kDN", VT_KEY_DOWN },
    { "kRIT", VT_KEY_RIGHT },   { "kLFT", VT_KEY_LEFT },
    { "kHOM", VT_KEY_HOME },    { "kEND", VT_KEY_END },
    { "kIC", VT_KEY_INSERT },   { "kDC", VT_KEY_DELETE },
    { "kPRV", VT_KEY_PAGE_UP }, { "kNXT", VT_KEY_PAGE_DOWN },
};

/* The numeric keypad's own codes (DECKPAM), which are its digits, though some
 * descriptions have them for F5 or for the key in the middle. */
static bool is_digit_of_keypad(const char *seq)
{
    return strncmp(seq, "\033O", 2) == 0 && seq[2] >= 'p' && seq[2] <= 'y' &&
           seq[3] == '\0';
}

static void teach(struct decoder *d, const char *name, enum vt_key_code code,
                  unsigned mods)
{
    const struct vt_key key = { .code = code, .mods = mods };
    const char *seq = outer_string(name);

    if (seq != NULL && !is_digit_of_keypad(seq))
        decoder_add(d, seq, key);
}

static void teach_modified(struct decoder *d)
{
    char name[8];
    size_t i;
    unsigned m;

    for (i = 0; i < COUNT(modified_keys); i++)
        for (m = 3; m <= 8; m++) {
            snprintf(name, sizeof name, "%s%u", modified_keys[i].stem, m);
            /* The number is one more than VT_SHIFT | VT_ALT | VT_CTRL. */
            teach(d, name, modified_keys[i].code, m - 1);
        }
}

/* With twelve function keys kf13 is Shift-F1, and so on: for the server's xterm
 * too, though some send for it what F13 sends on a VT220. */
void outer_teach(struct decoder *d)
{
    char name[8];
    unsigned i;

    for (i = 0; i < COUNT(cap_keys); i++)
        teach(d, cap_keys[i].cap, cap_keys[i].code, cap_keys[i].mods);
    teach_modified(d);
    for (i = 0; i < 24; i++) {
        snprintf(name, sizeof name, "kf%u", i + 1);
        teach(d, name, (enum vt_key_code)(VT_KEY_F1 + i % 12),
              i < 12 ? 0 : VT_SHIFT);
    }
}
