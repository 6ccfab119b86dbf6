/*
 * ui.h - the full screen: draws a terminal, asks questions, reads keys.
 *
 * Owns curses, which knows one screen: there is at most one struct ui.
 * Questions and the status line are drawn where the server cannot draw: the
 * vt's rows exclude the status line, and a question covers them.
 */
#ifndef UI_UI_H
#define UI_UI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "ui/question.h"
#include "vt/vt.h"

struct err;
struct ui;

struct ui_options {
    bool status_line;
    bool no_mouse; /* never ask for mouse reports: no wheel, but the outer
                      terminal's own selection needs no Shift key */
};

/*
 * Take the terminal on standard input and output over, after setlocale().
 * NULL with *err set if curses cannot run here.
 */
struct ui *ui_open(const struct ui_options *opt, struct err *err);

/* "ncurses 6.4.20221231": what runs. */
const char *ui_library(void);

/* Does what is drawn go when the terminal is given back? */
bool ui_vanishes(const struct ui *ui);
/* Does the terminal show 24-bit colours, as far as is known by now? */
bool ui_is_deep(const struct ui *ui);

/* Give the terminal back as it was, unread input dropped; NULL is allowed.  An
 * exit() before it does what ui_emergency() does. */
void ui_close(struct ui *ui);

/* Async-signal-safe: enough of ui_close() for a crash. */
void ui_emergency(void);

/* The terminal descriptor to poll for POLLIN. */
int ui_fd(const struct ui *ui);

/* The size left for the vt. */
void ui_size(const struct ui *ui, unsigned *cols, unsigned *rows);

/* The size of a character in pixels; 0 if it is not known. */
void ui_cell_size(const struct ui *ui, unsigned *width, unsigned *height);

/* After SIGWINCH: learn the new size. */
void ui_resized(struct ui *ui);

/* Before and after a stop by SIGTSTP. */
void ui_suspend(struct ui *ui);
void ui_resume(struct ui *ui);

/* ---- drawing ---- */

/* Cells of a row on the screen that are shown in another way. */
enum ui_mark_kind {
    UI_MARK_HIT,     /* found by a search */
    UI_MARK_CURRENT, /* the one that the cursor is on */
    UI_MARK_SELECTED,
    UI_MARK_LINK,
    UI_MARK_LABEL /* one or two characters of ours over the first cells, or
                     the last ones of the row */
};

struct ui_mark {
    unsigned row, from, end; /* columns [from, end), as wide characters need */
    enum ui_mark_kind kind;
    char label[3]; /* of UI_MARK_LABEL: one or two ASCII characters */
};

/* What lies over the vt's rows; a later mark covers an earlier one. */
struct ui_overlay {
    const struct ui_mark *marks;
    size_t marks_len;
    bool has_cursor; /* at row, col, instead of the vt's */
    unsigned row, col;
};

struct ui_status {
    const char *left;  /* "ubuntu@203.0.113.5", cleaned */
    const char *state; /* "connected", "connection lost 12 s ago" */
    const char *right; /* a hint: "Ctrl-] menu" */
    bool alert;        /* draw it so that it is noticed */
    /* Where they do not fit, right is left out, then state cut, then left; but: */
    bool shortens; /* left is rather cut short, and state too or left out,
                          than right is left out */
    bool yields;   /* left is cut short or left out first, then state; right
                          stays */
};

/* The texts are copied; NULL is an empty one. */
void ui_set_status(struct ui *ui, const struct ui_status *status);
void ui_show_status(struct ui *ui, bool on);

/*
 * Draw what changed.  scroll is how many lines back the view is, 0 for the
 * live screen.  Clears the vt's damage.  vt may be NULL: nothing but our own.
 * It is always the same vt, or its damage is complete (vt_damage_all()).  If
 * it has more rows than ui_size() tells, those around its cursor are shown.
 * overlay may be NULL; it is not kept.  False if some of it is left for the
 * next call, which should come soon.
 */
bool ui_draw(struct ui *ui, struct vt *vt, size_t scroll,
             const struct ui_overlay *overlay);

/* Was a character ever drawn as '?' or another letter, as the locale's encoding
 * lacks it? */
bool ui_lost_text(const struct ui *ui);

/* Ask the terminal for its default colours, and whether it takes 24-bit ones if
 * nothing else tells; it may never answer.  Of one that is never asked vt gets
 * those that it may have at once. */
void ui_ask_colors(struct ui *ui, struct vt *vt);
/* vt gets the colours that the terminal may have, which does not tell. */
void ui_guess_colors(const struct ui *ui, struct vt *vt);
/* Show 24-bit colours from now on, and styles if these are taken too; then draw
 * everything anew. */
void ui_deepen(struct ui *ui, bool styles);
/* How many answers of the terminal, also to what ui_draw() may ask, may still
 * come?  After ui_close() they would be the next program's input. */
unsigned ui_answers_due(const struct ui *ui);

void ui_beep(struct ui *ui);
/* A bell for the eye. */
void ui_flash(struct ui *ui);
/* Set the outer terminal's title (cleaned); given back by ui_close(), and by an
 * empty one. */
void ui_title(struct ui *ui, const char *title);

/*
 * Put text on the clipboard of the outer terminal (OSC 52), which may refuse
 * it without a word.  False if it is known to have none.
 */
bool ui_clipboard(struct ui *ui, const void *text, size_t len);
/* Is it, of the terminal here, known to have one?  Before ui_open(). */
bool ui_has_clipboard(void);

/* ---- keys ---- */

enum ui_event_kind {
    UI_NONE, /* nothing more has come: poll */
    UI_KEY,
    UI_PASTE, /* text in paste, borrowed until the next call; all its pieces
                 come, or none, whatever is asked meanwhile */
    UI_MOUSE,
    UI_FOCUS,
    UI_COLOR,  /* an answer to ui_ask_colors() */
    UI_DEVICE, /* the last one, and no colours were: ui_guess_colors() */
    UI_NAMED,  /* it has told its name: not given */
    UI_DEPTH,  /* another: 24-bit colours are taken; ui_deepen() */
    UI_SCHEME, /* the terminal has other colours now: ask again */
    UI_ANSWER, /* the question was answered, or cancelled */
    UI_PLACE,  /* where its cursor is: it has double lines; draw */
    UI_STOP,   /* Ctrl-Z at a question: stop as SIGTSTP does */
    UI_EDIT,   /* the line typed at a live question has changed */
    UI_HANGUP  /* the terminal is gone */
};

struct ui_event {
    enum ui_event_kind kind;
    struct vt_key key;
    struct vt_mouse_event mouse;
    const uint8_t *paste;
    size_t paste_len;
    bool paste_first, paste_last;
    bool focus_in;
    unsigned row, col;     /* UI_PLACE, from zero */
    enum vt_default which; /* UI_COLOR: VT_DEFAULT_FG or VT_DEFAULT_BG */
    uint32_t rgb;
    bool xterm;  /* UI_NAMED: it is XTerm */
    bool styles; /* UI_DEPTH: all kinds of underlines are taken too */
};

/*
 * The next event, without waiting.  now as clock_ms(); an ESC byte waits up
 * to 25 ms for the rest of a sequence: ui_wake() says when to call again.
 */
struct ui_event ui_read(struct ui *ui, uint64_t now);
/* Something waits on ui_fd(), as poll() has just found: the next ui_read() need
 * not ask. */
void ui_readable(struct ui *ui);
uint64_t ui_wake(const struct ui *ui);

/*
 * Ask (the texts are copied): keys go to the question from now on, and
 * ui_read() gives UI_ANSWER when it is done.  ui_draw() keeps the screen
 * behind it alive.  ui_drop() takes an open question away.
 */
void ui_ask(struct ui *ui, const struct ui_question *question);
struct ui_answer ui_take_answer(struct ui *ui);
bool ui_asking(const struct ui *ui);
void ui_drop(struct ui *ui);

/*
 * Of a live question with a line: what is typed so far, borrowed until the
 * next call; another text in its place; and another prompt.  Keys that do not
 * edit the line come as UI_KEY.
 */
const char *ui_typed(struct ui *ui);
void ui_set_typed(struct ui *ui, const char *text);
void ui_set_prompt(struct ui *ui, const char *prompt, bool alert);

/*
 * Ask the outer terminal for the mouse as the vt's modes want it.  Buttons,
 * dragging and wheel are reported in VT_MOUSE_OFF too, for selecting and
 * scrolling back; so the outer terminal's own selection needs its Shift key,
 * unless no_mouse was set.
 */
void ui_set_mouse(struct ui *ui, enum vt_mouse mode);
/* Or not at all, whatever the modes. */
void ui_want_mouse(struct ui *ui, bool wanted);
/* Does the terminal report one? */
bool ui_has_mouse(const struct ui *ui);

/* Does it tell what is pasted from what is typed, so that UI_PASTE comes? */
bool ui_tells_pastes(const struct ui *ui);

/* Ask it for the numeric keypad as the vt's mode wants it. */
void ui_set_keypad(struct ui *ui, bool application);

/* Ask it for keys that are told apart as the program wishes.  Then releases may
 * come too, as UI_KEY; an open question does not get them. */
void ui_set_keys(struct ui *ui, struct vt_key_wishes wishes);

#endif
