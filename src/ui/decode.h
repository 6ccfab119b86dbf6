/*
 * decode.h - the outer terminal's bytes to keys, mouse, focus and pastes.
 *
 * Pure: bytes and the time in, events out; however the bytes are split, the
 * events are the same, but for the pause after an ESC byte, which is all that
 * tells the Esc key from the start of a sequence.  Curses' own reader is not
 * used because it loses modifiers, pastes and sequences unknown to terminfo.
 *
 * Knows by itself what xterm and its kin, rxvt, and the Linux console send;
 * decoder_add() teaches it the rest from terminfo.
 */
#ifndef UI_DECODE_H
#define UI_DECODE_H

#include <stddef.h>
#include <stdint.h>
#include "ui/ui.h"

/* An ESC byte waits so long for company, in ms. */
#define DECODER_ESC_MS 25u
/* A sequence that began clearly may pause so long, in ms. */
#define DECODER_SEQUENCE_MS 500u

struct decoder;

struct decoder_options {
    /* As utf8_decode(), for the terminal's character encoding. */
    size_t (*decode)(const uint8_t *p, size_t n, uint32_t *ch);
    /* The tty's erase character: 0x08 makes it Backspace and not Ctrl-H. */
    uint8_t erase;
};

struct decoder *decoder_new(const struct decoder_options *opt);
/* NULL is allowed.  What was typed is wiped. */
void decoder_free(struct decoder *d);

/*
 * A sequence of this terminal.  It goes before those built in, except that
 * modifiers in the form of xterm are never taken for another key (terminfo
 * calls xterm's Shift-F1 "F13").
 */
void decoder_add(struct decoder *d, const char *seq, struct vt_key key);

/*
 * Whether the terminal is asked for Ctrl and a letter as a sequence.  One that
 * heeds it sends 0x08 for Ctrl-Backspace only; which one does is known by the
 * name XTerm, or by a Ctrl-H that came so.
 */
void decoder_apart(struct decoder *d, bool asked);

/* How many bytes it has room for; never 0 after UI_NONE. */
size_t decoder_room(const struct decoder *d);
/* At most decoder_room() bytes, which came at the time now (ms). */
void decoder_feed(struct decoder *d, const uint8_t *p, size_t n, uint64_t now);

/* The next event: UI_NONE, UI_KEY, UI_PASTE, UI_MOUSE, UI_FOCUS, UI_COLOR,
 * UI_DEVICE, UI_NAMED, UI_DEPTH, UI_SCHEME or UI_PLACE. */
struct ui_event decoder_next(struct decoder *d, uint64_t now);

/* When to call decoder_next() though nothing came; 0: never. */
uint64_t decoder_wake(const struct decoder *d);

#endif
