/* inside.h - what ui.h's functions share: the screen, the questions, the
 * keys, each in a file of its own. */
#ifndef UI_INSIDE_H
#define UI_INSIDE_H

#include <termios.h>
#include "base/buf.h"
#include "ui/canvas.h"
#include "ui/dialog.h"
#include "ui/outer.h"
#include "ui/ui.h"

struct ui {
    struct outer outer;
    struct canvas *canvas;
    struct decoder *decoder;
    struct termios modes; /* as they were */
    unsigned cols, rows;
    bool suspended, hung_up;
    bool read_all;       /* the last read got all there was */
    bool readable;       /* ui_readable() */
    bool device_due;     /* what it is, asked behind the colours */
    unsigned colors_due; /* questions for colours without an answer yet */

    /* draw.c */
    bool repaint; /* everything, not only what changed */
    bool reversed;
    uint32_t colors; /* colors_version() */
    size_t scroll;
    unsigned first; /* the vt's row at the top, if not all have room */
    struct ui_overlay overlay;     /* while drawing; its cursor stays */
    bool was_marked;               /* the last drawing had marks */
    bool double_asked, double_due; /* whether there are double lines */
    bool name_asked, name_due;     /* by ui_set_keys() */
    bool named;                    /* it has a name, which is not XTerm */
    struct vt_cell *cells;         /* one row */
    unsigned cells_cap;
    struct vt_cursor cursor;

    /* status line */
    bool status_line;
    char *left, *state, *right;
    bool status_alert, status_shortens, status_yields;
    bool bar_drawn; /* it stands there as it is to be */

    /* question */
    struct dialog *dialog;
    unsigned passed; /* the control characters that are not its own, as bits */
    bool live;
    bool answered; /* UI_ANSWER was given: keys go their way again */
    enum { PASTE_PASSES, PASTE_ASKED, PASTE_DROPPED } paste; /* whose it is */
    bool pastes_pass;

    char *title; /* of the outer terminal, cleaned; NULL: its own */
    enum vt_mouse mouse;
    struct vt_key_wishes keys;
    bool mouse_wanted;
    bool keypad;
};

/* Bytes to the terminal, beside curses: only between two drawings. */
void ui_send(struct ui *ui, struct buf *bytes);

/* Is a question open? */
bool ui_has_dialog(const struct ui *ui);

/* The place of the vt's rows. */
unsigned ui_body_rows(const struct ui *ui);

/* Put layers where they belong, at the present size. */
void ui_arrange(struct ui *ui);

/* Draw status line and question, and all that curses holds back. */
void ui_refresh(struct ui *ui);

#endif
