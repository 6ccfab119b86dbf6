/*
 * line.h - the line being typed at a question.
 *
 * It may be a passphrase: it lives in a secret, is wiped, and without echo
 * nothing of it is shown, not even its length.
 */
#ifndef UI_LINE_H
#define UI_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "ui/cells.h"
#include "vt/vt.h"

struct line;
struct secret;

/* Bytes; more are not taken. */
#define LINE_MAX_BYTES  1024u
#define LINES_MAX_BYTES (1u << 20)

enum line_state { LINE_OPEN, LINE_ENTERED, LINE_CANCELLED };

/* lines: a pasted text keeps its lines, of which their number is shown. */
struct line *line_new(bool echo, bool lines);
/* NULL is allowed. */
void line_free(struct line *l);

/* Keys of every question: Esc, Ctrl-C, Ctrl-D cancel; Ctrl-Z stops. */
bool line_is_cancel_key(const struct vt_key *key);
bool line_is_stop_key(const struct vt_key *key);

enum line_state line_key(struct line *l, const struct vt_key *key);

/* A piece of a paste.  Control characters are dropped; so a pasted line is
 * not entered yet. */
void line_paste(struct line *l, const uint8_t *text, size_t n);

/* Put a text in place of what was typed. */
void line_set(struct line *l, const char *text);

/* Somebody goes away: what is not shown is not known any more after, so it is
 * dropped.  Was there anything?  Then say so. */
bool line_pause(struct line *l);
#define LINE_DROPPED "What you had typed was dropped; type it anew."

/* Draw it in the columns from col to end, the part around the cursor;
 * returns the cursor's column.  Nothing is drawn without echo. */
unsigned line_draw(const struct line *l, struct cells *row, unsigned col,
                   unsigned end, struct cell_style style);

/* What was typed; the line is empty again. */
struct secret *line_take(struct line *l);

/* Its bytes so far, borrowed; how many of them are before the cursor. */
const struct secret *line_text(const struct line *l, size_t *cursor);

#endif
