/*
 * dialog.h - a question on the full screen: what its rows look like, and what
 * keys do to it.  Pure; draw.c puts it on the screen.
 *
 * With a title or a text it is a box, else one row at the bottom.
 */
#ifndef UI_DIALOG_H
#define UI_DIALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "ui/cells.h"
#include "ui/question.h"
#include "vt/vt.h"

struct dialog;

/* The texts are copied. */
struct dialog *dialog_new(const struct ui_question *question);
/* NULL is allowed.  What was typed is wiped. */
void dialog_free(struct dialog *d);

/* One row, to be put where the status line is? */
bool dialog_is_line(const struct dialog *d);

/* Arrange it for a screen; needed before what follows, and after a resize. */
void dialog_fit(struct dialog *d, unsigned cols, unsigned rows);

/* Its size and place then. */
struct dialog_place {
    unsigned row, col, rows, cols;
};
struct dialog_place dialog_place(const struct dialog *d);

/* One of its rows; row->len is the place's cols.  Returns true and sets *col
 * if the cursor is on it. */
bool dialog_row(const struct dialog *d, unsigned at, struct cells *row,
                unsigned *col);

/* True when it has its answer. */
bool dialog_key(struct dialog *d, const struct vt_key *key);
void dialog_paste(struct dialog *d, const uint8_t *text, size_t n);
/* The mouse's wheel. */
void dialog_scroll(struct dialog *d, int lines);
/* The left button at a place on the screen; true when it has its answer. */
bool dialog_click(struct dialog *d, unsigned row, unsigned col);
bool dialog_is_menu(const struct dialog *d);
/* Is it a menu, and the key none that moves in it, picks or cancels? */
bool dialog_passes(const struct dialog *d, const struct vt_key *key);

/* See line_pause().  Fit it again after this. */
void dialog_pause(struct dialog *d);

/* What is typed so far, borrowed until the next key; how many of its bytes
 * are before the cursor.  "" for a notice. */
const char *dialog_typed(const struct dialog *d, size_t *cursor);
/* Put another text in its place; not for a notice. */
void dialog_set_typed(struct dialog *d, const char *text);
/* Fit it again after this. */
void dialog_set_prompt(struct dialog *d, const char *prompt, bool alert);

struct ui_answer dialog_take_answer(struct dialog *d);

#endif
