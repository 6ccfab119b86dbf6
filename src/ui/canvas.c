#include "ui/canvas.h"

#include <curses.h>
#include <panel.h>

#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include "base/err.h"
#include "base/mem.h"
#include "ui/beside.h"
#include "ui/double.h"
#include "ui/outer.h"
#include "ui/paint.h"
#include "ui/painted.h"
#include "ui/ui.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

struct layer {
    WINDOW *window; /* NULL: not shown */
    PANEL *panel;   /* it */
    struct canvas_place place;
};

struct canvas {
    SCREEN *screen;
    struct painter *painter;
    struct painted *painted;
    struct beside *beside;
    struct doubles *doubles;
    struct layer layers[CANVAS_LAYERS];
    unsigned cursor_row, cursor_col;
    bool cursor_visible, cursor_shown;
    bool suspended, flashes;
};

/* ---- life ---- */

/* Signals are their owner's business, and not curses'. */
static const int curses_signals[] = { SIGINT, SIGTERM, SIGTSTP, SIGWINCH };

static void keep_signals(struct sigaction saved[], bool restore)
{
    size_t i;

    for (i = 0; i < COUNT(curses_signals); i++)
        sigaction(curses_signals[i], restore ? &saved[i] : NULL,
                  restore ? NULL : &saved[i]);
}

/* newterm() under another TERMINFO, which is put back at once. */
static SCREEN *newterm_described(const char *description)
{
    const char *old = getenv("TERMINFO");
    char *saved = old != NULL ? mem_strdup(old) : NULL;
    SCREEN *screen;

    setenv("TERMINFO", description, 1);
    screen = newterm(NULL, stdout, stdin);
    if (saved != NULL)
        setenv("TERMINFO", saved, 1);
    else
        unsetenv("TERMINFO");
    mem_free(saved);
    return screen;
}

static void on_stop(int sig)
{
    (void)sig;
}

/* Curses ignores SIGTSTP in each doupdate(), by two system calls, unless at its
 * start somebody else is there for it. */
static void keep_stop(void)
{
    struct sigaction action = { .sa_handler = on_stop, .sa_flags = SA_RESTART };

    sigaction(SIGTSTP, &action, NULL);
}

static SCREEN *start(const struct outer *outer, bool *described)
{
    struct sigaction saved[COUNT(curses_signals)];
    SCREEN *screen = NULL;

    keep_signals(saved, false);
    keep_stop();
    /* The size is the terminal's, whatever LINES and COLUMNS say. */
    use_env(FALSE);
    use_tioctl(TRUE);
    if (outer->description != NULL)
        screen = newterm_described(outer->description);
    *described = screen != NULL;
    if (screen == NULL)
        screen = newterm(NULL, stdout, stdin);
    keep_signals(saved, true);
    return screen;
}

/* Curses' screen is there: set it up. */
static void prepare(struct canvas *c, const struct outer *outer, bool described)
{
    raw();
    typeahead(-1); /* a frame is small: looking for keys costs more */
    noecho();
    nonl();
    /* Our decoder reads the keys: most keyboards need no keypad mode. */
    keypad(stdscr, outer->app_keys);
    if (has_colors()) {
        start_color();
        use_default_colors();
    }
    c->painter = painter_new(outer, described);
    c->painted = painted_new();
    c->beside = beside_new(painter_pairs(c->painter), outer->clips);
    c->doubles = doubles_new(painter_pairs(c->painter));
    c->cursor_shown = true;
    c->flashes = outer->flashes;
}

struct canvas *canvas_open(const struct outer *outer, struct err *err)
{
    struct canvas *c = mem_alloc(sizeof *c);
    bool described;

    c->screen = start(outer, &described);
    if (c->screen == NULL) {
        mem_free(c);
        err_set(err, ERR_UNSUPPORTED, "curses cannot use this terminal (TERM)");
        return NULL;
    }
    prepare(c, outer, described);
    return c;
}

static void hide(struct layer *l)
{
    if (l->window == NULL)
        return;
    del_panel(l->panel);
    delwin(l->window);
    *l = (struct layer){ 0 };
}

static void drop_layers(struct canvas *c)
{
    size_t i;

    for (i = 0; i < CANVAS_LAYERS; i++)
        hide(&c->layers[i]);
}

/*
 * The old screen goes without endwin(), which would show what is below it for a
 * moment, and echo what is typed in that moment.  It goes before the new one
 * comes: ncurses 6.4 takes the new one's windows away with it.
 */
void canvas_restart(struct canvas *c, const struct outer *outer)
{
    bool described;

    doubles_end(c->doubles);
    drop_layers(c);
    doubles_free(c->doubles);
    beside_free(c->beside);
    painted_free(c->painted);
    painter_free(c->painter);
    delscreen(c->screen);
    c->screen = start(outer, &described);
    if (c->screen == NULL) /* the terminal is known: what lacks is memory */
        mem_exhausted();
    prepare(c, outer, described);
}

void canvas_suspend(struct canvas *c)
{
    if (!c->suspended) {
        doubles_end(c->doubles);
        endwin();
    }
    c->suspended = true;
}

void canvas_close(struct canvas *c)
{
    if (c == NULL)
        return;
    canvas_suspend(c);
    drop_layers(c);
    doubles_free(c->doubles);
    beside_free(c->beside);
    painted_free(c->painted);
    painter_free(c->painter);
    delscreen(c->screen);
    mem_free(c);
}

void canvas_resume(struct canvas *c)
{
    c->suspended = false;
    clearok(curscr, TRUE);
    beside_all(c->beside);
    canvas_flush(c);
}

void canvas_resize(struct canvas *c, unsigned cols, unsigned rows)
{
    drop_layers(c);
    beside_forget(c->beside);
    doubles_end(c->doubles);
    resize_term((int)rows, (int)cols);
    werase(stdscr);
    clearok(curscr, TRUE);
}

/* ---- layers ---- */

/* A later one lies over an earlier one, whichever was shown last. */
static void stack(struct canvas *c)
{
    size_t i;

    for (i = 0; i < CANVAS_LAYERS; i++)
        if (c->layers[i].panel != NULL)
            top_panel(c->layers[i].panel);
}

static void cover(struct canvas *c)
{
    size_t i;

    doubles_uncover(c->doubles);
    for (i = CANVAS_BODY + 1; i < CANVAS_LAYERS; i++)
        if (c->layers[i].window != NULL)
            doubles_cover(c->doubles, c->layers[i].place.row,
                          c->layers[i].place.rows);
}

static void show(struct canvas *c, enum canvas_layer layer)
{
    struct layer *l = &c->layers[layer];

    l->window = newwin((int)l->place.rows, (int)l->place.cols,
                       (int)l->place.row, (int)l->place.col);
    if (l->window == NULL)
        return;
    l->panel = new_panel(l->window);
    leaveok(l->window, TRUE);
    idlok(l->window, layer == CANVAS_BODY);
    stack(c);
}

void canvas_place(struct canvas *c, enum canvas_layer layer,
                  struct canvas_place place)
{
    struct layer *l = &c->layers[layer];

    if (memcmp(&l->place, &place, sizeof place) == 0)
        return;
    hide(l);
    beside_all(c->beside); /* what was under it is written anew */
    l->place = place;
    if (place.rows != 0 && place.cols != 0)
        show(c, layer);
    if (layer == CANVAS_BODY)
        painted_resize(c->painted, place.cols, place.rows);
    cover(c);
}

static void body_row(struct canvas *c, unsigned row, struct paint_row from)
{
    const struct layer *l = &c->layers[CANVAS_BODY];
    bool rest;

    if (!painted_narrow(c->painted, row, &from))
        return;
    rest = painter_row(c->painter, l->window, row, &from);
    painted_keep(c->painted, row, &from, rest);
    beside_row(c->beside, l->place.row + row, rest);
    doubles_row(c->doubles, l->place.row + row, from.size);
}

void canvas_row(struct canvas *c, enum canvas_layer layer, unsigned row,
                const struct paint_row *from)
{
    struct layer *l = &c->layers[layer];

    if (l->window == NULL || row >= l->place.rows)
        return;
    if (layer == CANVAS_BODY) {
        body_row(c, row, *from);
    } else {
        painter_row(c->painter, l->window, row, from);
        beside_again(c->beside, l->place.row + row);
    }
}

void canvas_anew(struct canvas *c)
{
    painted_forget(c->painted);
}

void canvas_scroll(struct canvas *c, unsigned rows)
{
    WINDOW *w = c->layers[CANVAS_BODY].window;

    if (w == NULL)
        return;
    scrollok(w, TRUE);
    wscrl(w, (int)rows);
    scrollok(w, FALSE);
    painted_scroll(c->painted, rows);
    beside_scroll(c->beside, c->layers[CANVAS_BODY].place.rows, rows);
    doubles_scroll(c->doubles, c->layers[CANVAS_BODY].place.rows, rows);
}

bool canvas_has_colors(const struct canvas *c)
{
    (void)c; /* curses has one screen */
    return has_colors();
}

bool canvas_lost_colors(struct canvas *c)
{
    return painter_ran_out(c->painter);
}

bool canvas_lost_text(const struct canvas *c)
{
    return painter_lost_text(c->painter);
}

void canvas_cursor(struct canvas *c, unsigned row, unsigned col, bool visible)
{
    c->cursor_row = row;
    c->cursor_col = col;
    c->cursor_visible = visible;
}

void canvas_flush(struct canvas *c)
{
    if (c->suspended)
        return;
    update_panels();
    if (c->cursor_visible != c->cursor_shown)
        curs_set(c->cursor_visible ? 1 : 0);
    c->cursor_shown = c->cursor_visible;
    leaveok(newscr, FALSE);
    wmove(newscr, (int)c->cursor_row, (int)c->cursor_col);
    doubles_before(c->doubles, c->cursor_row);
    doupdate();
}

bool canvas_beside(struct canvas *c, const struct vt *vt, struct buf *out)
{
    bool whole = beside_write(c->beside, vt, c->cursor_row, out);

    doubles_write(c->doubles, c->cursor_row, c->cursor_col, out);
    return whole;
}

bool canvas_is_double(const struct canvas *c)
{
    return doubles_wanted(c->doubles);
}

void canvas_can_double(struct canvas *c, bool all)
{
    doubles_able(c->doubles, all);
}

void canvas_beep(struct canvas *c)
{
    if (!c->suspended)
        beep();
}

void canvas_flash(struct canvas *c)
{
    if (!c->flashes)
        canvas_beep(c);
    else if (!c->suspended)
        flash();
}

const char *ui_library(void)
{
    return curses_version();
}
