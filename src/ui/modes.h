/* modes.h - what of the outer terminal curses does not handle: mouse, paste,
 * focus, its colours, title, the cursor's shape.  Appends what to send.
 * Pure. */
#ifndef UI_MODES_H
#define UI_MODES_H

#include <stdbool.h>
#include <stddef.h>
#include "vt/vt.h"

struct buf;
struct outer;

/* On taking the terminal over, and on giving it back, with keys as they are
 * told apart then. */
void modes_enter(const struct outer *o, struct buf *out);
void modes_leave(const struct outer *o, struct vt_key_wishes keys,
                 struct buf *out);

/* Without curses' help too: all that may have been changed. */
void modes_rescue(const struct outer *o, struct vt_key_wishes keys,
                  struct buf *out);

/*
 * Ask for mouse reports as mode says; the wheel and dragging are always asked
 * for, so VT_MOUSE_OFF means buttons and motion while one is held.  Not wanted:
 * ask for nothing at all.
 */
void modes_mouse(const struct outer *o, bool wanted, enum vt_mouse mode,
                 struct buf *out);

/* What the numeric keypad is to send: codes of its own, or its characters. */
void modes_keypad(const struct outer *o, bool application, struct buf *out);

/*
 * Ask for keys that are told apart as a program wishes, by both protocols: a
 * terminal takes what it knows.  was is what it was asked for before.
 */
void modes_keys(const struct outer *o, struct vt_key_wishes was,
                struct vt_key_wishes now, struct buf *out);

/* Does that ask for Ctrl and a letter as a sequence? */
bool modes_apart(struct vt_key_wishes keys);

/* Ask for the terminal's name (XTVERSION); false: it would not know. */
bool modes_ask_name(const struct outer *o, struct buf *out);

/* OSC 52: bytes for the clipboard.  False if the terminal takes none. */
bool modes_clipboard(const struct outer *o, const void *text, size_t len,
                     struct buf *out);

/*
 * Ask for the default foreground and background, and before them, if only the
 * terminal can tell (outer.deeper), whether it takes 24-bit colours and a curly
 * underline (DECRQSS).
 * Last what it is (DA1), which all tell: if that comes, no colours will.
 */
#define COLORS_ASKED 2u
void modes_ask_colors(const struct outer *o, struct buf *out);

/*
 * Ask for the terminal's name (XTVERSION), and for lines of double width:
 * on such a line, for which the last of its rows is taken for a moment, there
 * are half as many columns to report the cursor in (CPR).
 */
void modes_ask_double(const struct outer *o, unsigned rows, struct buf *out);

/* title is cleaned; "" is the terminal's own, or none where it has no stack. */
void modes_title(const struct outer *o, const char *title, struct buf *out);

/* DECSCUSR, and OSC 12: back to what the user has, if it is the usual one. */
void modes_cursor(const struct outer *o, const struct vt_cursor *cursor,
                  struct buf *out);
void modes_cursor_color(const struct outer *o, const struct vt_cursor *cursor,
                        struct buf *out);

#endif
