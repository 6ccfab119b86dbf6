/*
 * screen.h - inside of the full-screen front: a vt between session and ui.
 *
 * screen_front.c  the front's operations and the bytes' way
 * screen_keys.c   what a key, a click or a paste does
 * screen_view.c   the status line, scrolling back, when to draw
 * screen_hold.c   output that waits while somebody reads
 * screen_charset.c a server whose programs do not speak UTF-8
 * screen_read.c   scroll mode: a cursor in the text, keys of less and vi
 * screen_search.c a pattern being typed, and from match to match
 * screen_select.c a selection, and copying it
 * screen_paste.c  pasted text, shown first where it would be run
 * screen_links.c  addresses on the screen, picked by labels
 * screen_log.c    the output into a file
 * screen_record.c the output and its times into a file
 * screen_menu.c   the menu behind the prefix key, settings of the session
 * screen_about.c  what kind of machine this is, asked beside the shell
 * screen_trial.c  a new login, tested while the session goes on
 * screen_lost.c   without a connection
 * screen_unread.c the last words of a session that was short
 * screen_events.c what the vt tells: bell, title, directory, modes
 * screen_clipboard.c the clipboard, written by a program on the server
 * screen_marks.c  what lies over the text when it is drawn
 */
#ifndef APP_SCREEN_H
#define APP_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include "app/bell.h"
#include "app/escape.h"
#include "app/front.h"
#include "app/search.h"
#include "base/attr.h"
#include "base/buf.h"
#include "config/options.h"
#include "ui/question.h"
#include "ui/ui.h"
#include "vt/printable.h"
#include "vt/select.h"
#include "vt/text.h"
#include "vt/vt.h"

struct codeset;
struct err;
struct screen;

#define AT_ONCE 1 /* ms: a time that has always come */

/* Who has typed no key for so long is not in the midst of typing. */
#define TYPING_MS 1000u

#define SCREEN_KEYS_DOWN 8u /* held at once; of more no release is told */

enum screen_mode {
    SCREEN_NORMAL,
    SCREEN_COMMAND,   /* the menu is open: a key says what to do */
    SCREEN_LOST,      /* no connection: r or q */
    SCREEN_NOTICE,    /* help or information covers the screen */
    SCREEN_READ,      /* scroll mode */
    SCREEN_SEARCH,    /* ... and a pattern is being typed */
    SCREEN_CLIPBOARD, /* may programs set it? */
    SCREEN_LINKS      /* the label of an address is being typed */
};

/* Scroll mode. */
struct screen_reader {
    bool on;
    struct vt_place at; /* the cursor */
    unsigned col;       /* the column that going up and down keeps to */
    unsigned count;     /* typed before a key; 0: none */
    uint64_t seen;      /* vt_lines_pushed() when the end was in view */
};

/* Selecting and copying. */
struct screen_select {
    bool on;
    bool dragging; /* a button is held */
    bool by_keys;  /* its end follows scroll mode's cursor */
    bool gone;     /* output took it away, and nothing was selected since */
    int edge;      /* the pointer is held at the first row (1: lines back) or
                      behind the last one (-1); else 0 */
    unsigned edge_col;
    uint64_t edge_at; /* ms: when to scroll next */
    struct vt_selection sel;
    unsigned clicks; /* 1 to 3: the last one was a double, a triple click */
    struct vt_place clicked;
    uint64_t clicked_at; /* ms */
    struct buf kept;     /* what was copied last */
};

/* Addresses that can be picked. */
struct screen_link {
    struct vt_range at;
    char *uri;
    bool hidden;   /* it is not what the screen shows (OSC 8) */
    char label[3]; /* one letter or two */
};

struct screen_links {
    struct screen_link *list;
    size_t len, cap;
    char first; /* of a label of two letters: the one typed */
};

/* The log; all zeros but fd, which is -1, is none. */
struct screen_log {
    int fd;
    char *path;
    bool begun;       /* the setting's log was started */
    bool failed;      /* there should be one, and is none */
    struct buf early; /* output that came before the answer about the file */
    bool gap;         /* what came behind that was more than is kept */
    struct vt_printable filter;
};

/* The recording; fd is -1 if there is none. */
struct screen_record {
    int fd;
    bool begun, failed;
    uint64_t begun_at; /* ms */
    struct buf held;   /* half a character */
};

/* A paste that is held until it has come whole, and the user agrees. */
struct screen_paste {
    bool unasked; /* the user wants no question */
    bool holding, too_long;
    bool cut;    /* its rest is dropped */
    bool lost;   /* a piece of it had no session: another one gets no rest */
    bool second; /* it began while another one was asked about: dropped */
    struct buf held;
};

#define PASTE_LIMIT (16u << 20) /* bytes of pastes that wait for the server */

#define SCREEN_PATTERNS 16u

/* Searching. */
struct screen_finder {
    struct search *search; /* NULL: none yet */
    bool back;             /* towards older lines, as ? does */
    bool regex;
    struct screen_pattern {
        char *text; /* NULL: none */
        bool regex;
    } past[SCREEN_PATTERNS]; /* that were entered, the last one first */
    size_t recalled;         /* 1: that is past[0]; 0: a new one */
    /* When the prompt was opened: */
    struct vt_place begin; /* where the cursor and the view were */
    uint64_t top;
    bool was_back;
    bool begun_reading;   /* scroll mode was on */
    bool begun_back;      /* the view was scrolled back */
    struct vt_range here; /* where the cursor was put */
    bool found;
};

/*
 * A question of ours was answered: what was typed ("" for yes); NULL: no, or
 * cancelled.
 */
typedef void screen_settled(struct screen *s, const char *answer);

struct screen {
    struct front front; /* first: a struct front * is one of these */
    struct ui *ui;
    struct vt *vt;
    struct buf pty_modes;
    struct codeset *charset; /* of the server's programs; NULL: UTF-8 */
    struct buf converted;    /* their output in UTF-8 */
    struct buf held;         /* what is not shown yet, as somebody reads */
    struct buf typed;        /* to the server, not yet taken by the channel */
    size_t waiting;          /* how much of it the status line tells */
    struct secret *ahead;    /* typed before there was a session; or NULL */
    struct escape escape;
    enum screen_mode mode;
    bool ended;   /* the shell has, and somebody reads what it left */
    bool lost;    /* no connection, none being made: the mode to go back to */
    bool torn;    /* the last session ended by a loss ... */
    bool unclean; /* ... and nothing was cleaned up after it yet */
    bool typed_into; /* the user has done something with this session */
    bool status_on;
    bool asked;         /* the connection has a question ... */
    bool answered;      /* ... which has its answer */
    bool input_left;    /* ui_read() has more to give */
    size_t scroll;      /* lines back; 0: live */
    uint64_t pushed;    /* vt_lines_pushed() when scroll was right */
    uint64_t drawn_at;  /* ms of the last frame */
    uint64_t due;       /* ms of the next one; 0: nothing to draw */
    uint64_t sync_from; /* since when a synchronized frame is held; 0: none */
    uint64_t typed_at;  /* ms: when a key was sent last */
    bool echo_due;      /* draw what answers it at once */
    bool alternate;     /* the alternate screen was shown last */
    bool heard;         /* what is being shown was held: its bells have rung */
    bool told_lost;     /* why characters are shown as '?' */
    char say[128];      /* what the last key has to tell */
    uint64_t say_until; /* ms, where it covers what is needed; or 0 */
    struct screen_reader read;
    struct screen_finder find;
    struct screen_select select;
    struct screen_paste paste;
    struct screen_links links;
    struct screen_log log;
    struct screen_record record;
    struct buf shown; /* what a notice shows, to be copied */
    time_t opened_at;
    uint64_t asked_at; /* ms: when the terminal was last asked */
    struct bell bell;
    enum bell_kind bell_kind;
    enum log_type log_type;
    enum clipboard_writes clipboard; /* of programs on the server */
    bool clipboard_due;              /* one of them wrote */
    bool no_mouse;                   /* left to the outer terminal */
    bool in_settings;        /* the menu that is open is that of settings */
    screen_settled *settled; /* of the question that is open; or NULL */
    uint64_t now;            /* ms: when this turn began */
    struct ui_mark *marks;   /* of the frame being drawn */
    size_t marks_len, marks_cap;
    struct vt_printable held_text;        /* finds the bells in s->held */
    struct vt_key down[SCREEN_KEYS_DOWN]; /* the program has their press only;
                                             zeros: none */
    unsigned down_next;
    unsigned silence;     /* s that the server has not answered for */
    uint64_t deaf_until;  /* ms: as r and q begin to count, keys mean nothing;
                             0: they do */
    uint64_t about_until; /* ms: the machine is being asked; 0: it is not */
    bool about_begun;     /* the session's second channel is its own */
    bool about_shown;     /* the box that waits for it is open */
    bool trial_shown;     /* likewise of the test of a new login */
    bool trial_asked;     /* a question of its own has taken that away */
    char *trial;    /* what the test of a new login waits for; NULL: none */
    char *where;    /* as front_state has it */
    char *own_name; /* "vm:", as its shell calls the machine; or NULL */
    char *progress; /* NULL: open */
    uint64_t unanswered; /* as front_state has it */
    char *waiting_brief; /* of a machine that is waited for; NULL: none is */
    const char *beside, *beside_brief; /* what else goes on there; or NULL */
    char *loss;                        /* why the connection is gone */
    char brief[32];                    /* the same in a word or two */
    char lost_at[16];                  /* the time of day ... */
    bool tried; /* ... of the last attempt to connect again */
};

/* ---- screen_view.c ---- */

/* Fill the status line anew, from all that it tells of, and draw. */
void screen_status(struct screen *s);
/* Show a message in the status line, until the next key; where that is off, or
 * has the keys of a loss, for some seconds. */
void screen_say(struct screen *s, const char *fmt, ...) ATTR_PRINTF(2, 3);
/* Is that time over?  Each turn. */
void screen_say_tick(struct screen *s);
/* The same of what the user does to the session: the event log has it too. */
void screen_announce(struct screen *s, const char *fmt, ...) ATTR_PRINTF(2, 3);
/* ... and in the event log and at the end, as it may have been missed. */
void screen_warn(struct screen *s, const char *fmt, ...) ATTR_PRINTF(2, 3);
/* The lines of a page: all rows but one, to read on from. */
long screen_page(const struct screen *s);
/* lines > 0 is back, < 0 towards the live end. */
void screen_scroll(struct screen *s, long lines);
/* By a screen; says so if there is nothing. */
void screen_look_back(struct screen *s);
/* To the live end, if the view is elsewhere. */
void screen_scroll_live(struct screen *s);
/* The line (see vt/text.h) on the first row, and to put another there. */
uint64_t screen_top(const struct screen *s);
void screen_show_from(struct screen *s, uint64_t line);
/* After output: stay at the lines being read. */
void screen_keep_place(struct screen *s);

/* What is being read, to be found again when the lines have another width. */
struct screen_place {
    struct vt_anchor top, at, begin, anchor, head;
    uint64_t unseen;
};
/* Before and after the vt has another size. */
void screen_note_place(const struct screen *s, struct screen_place *place);
void screen_find_place(struct screen *s, const struct screen_place *place);

/* Is the server silent though it was asked?  Each turn, and when to look. */
void screen_silence_check(struct screen *s);
uint64_t screen_silence_wake(const struct screen *s);

/* Something of ours changed: draw at once. */
void screen_touch(struct screen *s);
/* The server's output changed the vt: draw as soon as is wise. */
void screen_output_came(struct screen *s, uint64_t now);
/* Back in the scrollback, or in scroll mode. */
bool screen_is_reading(const struct screen *s);

/* Draw if a frame is due. */
void screen_draw(struct screen *s, uint64_t now);
/* When a frame that waits is due; 0: none waits. */
uint64_t screen_wake(const struct screen *s);

/* ---- screen_keys.c ---- */

/* What the user does, for whoever has the keys now. */
void screen_event(struct screen *s, const struct ui_event *ev);
/* With the status line that goes with it; a drag is over. */
void screen_set_mode(struct screen *s, enum screen_mode mode);
bool screen_is_prefix(const struct screen *s, const struct vt_key *key);
/* Keys that scroll the view: without Shift; where Shift begins. */
bool screen_scroll_key(struct screen *s, const struct vt_key *key);
bool screen_view_key(struct screen *s, const struct vt_key *key);
/* As typed; before there is a session, kept for it. */
void screen_send_key(struct screen *s, const struct vt_key *key);
/* Show what is typed, in UTF-8, if a program wants that (SRM). */
void screen_echo(struct screen *s, const struct buf *bytes);
/* A key, for whoever it is now. */
void screen_key(struct screen *s, const struct vt_key *key);
/* Send what was kept; or drop it, as a question comes up: it may have been
 * typed for that. */
void screen_send_ahead(struct screen *s);
void screen_drop_ahead(struct screen *s);
/* To the mode below boxes; not while one is open. */
void screen_back_to_work(struct screen *s);
/* Put a question of ours; settled() is called once. */
void screen_put_question(struct screen *s, const struct ui_question *q,
                         screen_settled *settled);
/* Another question takes its place: the answer is no. */
void screen_unsettled(struct screen *s);

/* ---- screen_charset.c ---- */

/* The setting Charset. */
bool screen_charset_open(struct screen *s, const char *name, struct err *err);
void screen_charset_free(struct screen *s);
/* Output as UTF-8: *n bytes, borrowed until the next call. */
const uint8_t *screen_charset_in(struct screen *s, const uint8_t *bytes,
                                 size_t *n);
/* Typed text, as the server has it; says so if something must be left out. */
void screen_charset_out(struct screen *s, struct buf *bytes);

/* ---- screen_clipboard.c ---- */

/* Pass on what a program wrote, or ask first, in a pause of typing; and when
 * that is to be tried (0: nothing was written). */
void screen_clipboard_tick(struct screen *s);
uint64_t screen_clipboard_wake(const struct screen *s);
/* While it is asked about: UI_EDIT, UI_KEY, UI_PASTE and UI_ANSWER. */
void screen_clipboard_event(struct screen *s, const struct ui_event *ev);

/* ---- screen_read.c ---- */

/* Begin scroll mode, with its cursor at the shell's. */
void screen_read_begin(struct screen *s);
/* Back to the live end; nothing if scroll mode is off. */
void screen_read_end(struct screen *s);
/* A key of scroll mode's. */
void screen_read_key(struct screen *s, const struct vt_key *key);
/* Put the cursor there, and show the place. */
void screen_read_go(struct screen *s, struct vt_place to);
/* The view has moved, or the text: keep the cursor in it. */
void screen_read_follow(struct screen *s);
/* How many lines came since the end was in view. */
uint64_t screen_read_unseen(const struct screen *s);

/* ---- screen_search.c ---- */

/* Ask for a pattern; begins scroll mode if need be. */
void screen_search_begin(struct screen *s, bool back);
/* While it is typed: UI_EDIT, UI_KEY and UI_ANSWER. */
void screen_search_event(struct screen *s, const struct ui_event *ev);
/* To the next match but so many, or the first of those behind the last one;
 * against: in the other direction. */
void screen_search_again(struct screen *s, bool against, unsigned count);
/* The text is another: what is typed is looked for from the cursor on. */
void screen_search_anew(struct screen *s);
void screen_search_free(struct screen *s);

/* ---- screen_select.c ---- */

/* A mouse event that is not the application's. */
void screen_select_mouse(struct screen *s, const struct vt_mouse_event *ev);
/* While the pointer is held at an edge the text scrolls: when next (0: it does
 * not), and do it if it is time. */
uint64_t screen_select_wake(const struct screen *s);
void screen_select_tick(struct screen *s);
/* In scroll mode: begin or end a selection at the cursor, or change its kind;
 * go to its other end; copy it and go back to the live screen. */
void screen_select_keys(struct screen *s, enum vt_select_kind kind);
void screen_select_other_end(struct screen *s);
void screen_select_yank(struct screen *s);
/* The cursor of scroll mode has moved. */
void screen_select_follow(struct screen *s);
/* A drag is over, wherever its button is released; what it selected stays. */
void screen_select_let_go(struct screen *s);
/* Returns whether there was a selection. */
bool screen_select_clear(struct screen *s);
/* Output came: drop a selection whose text has changed. */
void screen_select_check(struct screen *s);
/* Output took its text away: in scroll mode that is said. */
void screen_select_lose(struct screen *s);
/* The text that was selected by keys, before what was held back is shown; and
 * is it the same after it?  text is freed. */
void screen_select_note(const struct screen *s, struct buf *text);
void screen_select_compare(struct screen *s, struct buf *text);
/* To the clipboard and to our own buffer, and say so. */
void screen_keep(struct screen *s, const struct buf *text);
/* The screen and the lines above it, likewise. */
void screen_copy_all(struct screen *s);
/* Append the text from a line (see vt/text.h) on, without blank lines at its
 * end. */
void screen_text_from(const struct screen *s, uint64_t line, struct buf *out);
void screen_select_free(struct screen *s);

/* ---- screen_paste.c ---- */

/* A piece of a paste, as UI_PASTE has it. */
void screen_paste(struct screen *s, const uint8_t *text, size_t len, bool first,
                  bool last);
/* What was copied last. */
void screen_paste_kept(struct screen *s);
void screen_paste_free(struct screen *s);

/* ---- screen_links.c ---- */

/* Label the addresses on the screen; says so if there is none. */
void screen_links_begin(struct screen *s);
/* A key of a label, or another, which ends it. */
void screen_links_key(struct screen *s, const struct vt_key *key);
void screen_links_free(struct screen *s);

/* ---- screen_log.c ---- */

/* When the session is open: the log that the settings ask for, if any. */
void screen_log_first(struct screen *s);
/* End the log, or ask for a file. */
void screen_log_toggle(struct screen *s);
/* What comes from now on is logged so, in the log that is on too. */
void screen_log_as(struct screen *s, enum log_type type);
/* What the status line shows of it: "" if there is none. */
const char *screen_log_mark(const struct screen *s);
/* Output, converted: written, if there is a log. */
void screen_log_output(struct screen *s, const void *bytes, size_t len);
/* End it, without a word if all is written. */
void screen_log_free(struct screen *s);

/* ---- screen_record.c ---- */

/* When the session is open: the recording that was asked for, if any. */
void screen_record_begin(struct screen *s);
const char *screen_record_mark(const struct screen *s);
/* Likewise, with the time. */
void screen_record_output(struct screen *s, const void *bytes, size_t len);
/* Show and record what is not the server's output, and is not logged. */
void screen_write_own(struct screen *s, const char *text, size_t len);
/* The terminal has another size. */
void screen_record_size(struct screen *s);
void screen_record_free(struct screen *s);

/* ---- screen_menu.c ---- */

void screen_menu_begin(struct screen *s);
/* While it is open: UI_KEY and UI_ANSWER. */
void screen_menu_event(struct screen *s, const struct ui_event *ev);
/* The keys behind Enter, as ~? asks for them. */
void screen_escape_help(struct screen *s);
/* A text in a box, that y copies. */
void screen_show_text(struct screen *s, const char *title, const char *text);

/* ---- screen_about.c ---- */

/* Ask the machine what it is, and open the box that waits for it. */
void screen_about_begin(struct screen *s);
/* Has it answered, or taken too long? */
void screen_about_step(struct screen *s);

/* ---- screen_trial.c ---- */

/* Begin a test, or stop it. */
void screen_trial_toggle(struct screen *s);
/* How it goes, as front_ops has it. */
void screen_trial_told(struct screen *s, const char *text, bool done);

/* ---- screen_lost.c ---- */

/* As front_ops has it. */
bool screen_lost(struct front *f, const struct err *err, const char *brief);
/* Fill the status line; text is room for its parts. */
void screen_lost_status(const struct screen *s, struct ui_status *status,
                        char *text, size_t size);
/* A key, while there is no connection. */
void screen_lost_key(struct screen *s, const struct vt_key *key);
/* Is the time over in which keys mean nothing?  Called after they were read,
 * at s->deaf_until the latest. */
void screen_lost_tick(struct screen *s);
/* What a local program would do with this key, while none goes to the server;
 * false if that is nothing. */
bool screen_local_key(struct screen *s, const struct vt_key *key);

/* ---- screen_unread.c ---- */

/* As front_ops has it. */
void screen_unread(const struct front *f, struct buf *out);

/* ---- screen_events.c ---- */

/* What the vt has to tell since the last time. */
void screen_vt_events(struct screen *s);
/* The shell's; "vm:/etc" if that may be on another machine. */
const char *screen_directory(const struct screen *s);
/* A bell, unless they are off or too many. */
void screen_ring(struct screen *s);

/* ---- screen_hold.c ---- */

/* Output, converted: to be shown, or held back. */
void screen_show_output(struct screen *s, const uint8_t *bytes, size_t n);
/* Show what was held back. */
void screen_release(struct screen *s);
/* Show of it what need not be held back any more.  After each turn. */
void screen_hold_tick(struct screen *s);

/* ---- screen_marks.c ---- */

/* The overlay of the next frame; borrowed until the next call. */
struct ui_overlay screen_overlay(struct screen *s);

/* ---- screen_front.c ---- */

/* The vt got output: its answers and events, the reader's place, a frame. */
void screen_took_output(struct screen *s);
/* Learn the terminal's size; tell vt and server. */
void screen_fit(struct screen *s);
/* Nobody waits any more for the answer to the connection's question. */
void screen_drop_asked(struct screen *s);

#endif
