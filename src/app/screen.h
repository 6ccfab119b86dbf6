/*
 * screen.h - inside of the full-screen front: a vt between session and ui.
 *
 * screen_front.c  the front's operations and the bytes' way
 * screen_keys.c   what a key, a click or a paste does
 * screen_view.c   the status line, scrolling back, when to draw
 */
#ifndef APP_SCREEN_H
#define APP_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "app/escape.h"
#include "app/front.h"
#include "base/buf.h"
#include "ui/ui.h"
#include "vt/vt.h"

enum screen_mode {
    SCREEN_NORMAL,
    SCREEN_COMMAND, /* after the prefix key: the next key says what to do */
    SCREEN_LOST,    /* no connection: r or q */
    SCREEN_NOTICE   /* help or information covers the screen */
};

struct screen {
    struct front front; /* first: a struct front * is one of these */
    struct ui *ui;
    struct vt *vt;
    struct buf pty_modes;
    struct buf typed; /* to the server, not yet taken by the channel */
    struct escape escape;
    enum screen_mode mode;
    bool lost; /* no connection, none being made: the mode to go back to */
    bool torn; /* the last session ended by a loss: clean up after it */
    bool status_on;
    bool answered;      /* the connection's question has its answer */
    bool input_left;    /* ui_read() has more to give */
    size_t scroll;      /* lines back; 0: live */
    uint64_t pushed;    /* vt_lines_pushed() when scroll was right */
    uint64_t drawn_at;  /* ms of the last frame */
    uint64_t due;       /* ms of the next one; 0: nothing to draw */
    uint64_t sync_from; /* since when a synchronized frame is held; 0: none */
    bool echo_due;      /* a key was sent: draw what answers it at once */
    char *who;
    char *progress; /* NULL: open */
    char *loss;     /* why the connection is gone */
    char lost_at[32];
};

/* ---- screen_view.c ---- */

void screen_status(struct screen *s);
/* lines > 0 is back, < 0 towards the live end. */
void screen_scroll(struct screen *s, long lines);
void screen_scroll_live(struct screen *s);
/* After output: stay at the lines being read. */
void screen_keep_place(struct screen *s);
/* Something of ours changed: draw at once. */
void screen_touch(struct screen *s);
/* The server's output changed the vt: draw as soon as is wise. */
void screen_output_came(struct screen *s, uint64_t now);
/* Draw if a frame is due. */
void screen_draw(struct screen *s, uint64_t now);
/* When a frame that waits is due; 0: none waits. */
uint64_t screen_wake(const struct screen *s);

/* ---- screen_keys.c ---- */

void screen_event(struct screen *s, const struct ui_event *ev);
void screen_set_mode(struct screen *s, enum screen_mode mode);

/* ---- screen_front.c ---- */

/* Learn the terminal's size; tell vt and server. */
void screen_fit(struct screen *s);

#endif
