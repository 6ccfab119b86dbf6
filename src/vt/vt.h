/*
 * vt.h - a terminal: bytes from the server in, a grid of cells out.
 *
 * Pure: no descriptor, clock or environment.  vt_write() takes any bytes and
 * cannot fail.  What the terminal wants to say to the server (reports) and to
 * its owner (bell, title, clipboard) is kept until it is taken, so nothing
 * re-enters the parser.  Rows and columns count from zero.
 *
 * Sources: ECMA-48, DEC STD 070, xterm's ctlseqs, kitty's keyboard protocol,
 * Unicode 15.
 */
#ifndef VT_VT_H
#define VT_VT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct vt;

/* ---- cells ---- */

/*
 * A colour: VT_COLOR_DEFAULT, VT_COLOR_INDEX | 0..255, or
 * VT_COLOR_RGB | 0xrrggbb.  A text's colour 0..7 that was named as one of the
 * 256 (SGR 38;5) has VT_COLOR_EXACT too: where bold text is bright, it is not.
 */
#define VT_COLOR_DEFAULT 0x00000000u
#define VT_COLOR_INDEX   0x01000000u
#define VT_COLOR_EXACT   0x00000100u
#define VT_COLOR_RGB     0x02000000u
#define VT_COLOR_KIND    0xff000000u
#define VT_COLOR_VALUE   0x00ffffffu

enum {
    VT_BOLD = 1 << 0,
    VT_FAINT = 1 << 1,
    VT_ITALIC = 1 << 2,
    VT_UNDERLINE = 1 << 3,
    VT_BLINK = 1 << 4,
    VT_REVERSE = 1 << 5,
    VT_INVISIBLE = 1 << 6,
    VT_STRIKE = 1 << 7,
    VT_DOUBLE_UNDERLINE = 1 << 8,
    VT_OVERLINE = 1 << 9,
    VT_PROTECTED = 1 << 10, /* DECSCA: not for selective erasure */
    VT_CURLY_UNDERLINE = 1 << 11,
    VT_DOTTED_UNDERLINE = 1 << 12,
    VT_DASHED_UNDERLINE = 1 << 13,
    VT_GUARDED = 1 << 14 /* SPA: not for plain erasure */
};
/* Every kind of underline comes with VT_UNDERLINE set. */

/*
 * One cell, 16 bytes.  ch is a Unicode scalar value; a blank is ' '.  A value
 * with VT_CLUSTER set names a longer grapheme: see vt_cluster().  The right
 * half of a wide character has width 0.
 */
#define VT_CLUSTER 0x80000000u

struct vt_cell {
    uint32_t ch;
    uint32_t fg;
    uint32_t bg;
    uint16_t attrs; /* VT_BOLD ... */
    uint8_t width;  /* 1; 2 for wide; 0 for its right half */
    uint8_t extra;  /* 0, or there is more: see vt_extra() */
};

/* What few cells have beside: the colour of the underline (default: as the
 * text), and the name of a link (0: none). */
struct vt_extra {
    uint32_t underline;
    uint32_t link;
};

/*
 * The scalar values of a cell's grapheme: *n of them, borrowed until the
 * next vt_write() or vt_resize(), which also ends the names of clusters: read
 * the cell again after it.  Works for plain cells too.
 */
const uint32_t *vt_cluster(const struct vt *vt, const struct vt_cell *cell,
                           size_t *n);

/* ---- life ---- */

struct vt_options {
    unsigned cols, rows;    /* 1..VT_MAX_SIDE, clamped */
    unsigned scrollback;    /* lines kept, 0..1,000,000; up to four times as
                               many of those that a new width makes of them */
    const char *answerback; /* sent on ENQ; NULL for none */
    bool screen_reports;    /* the server may read screen and titles */
    bool utf8_only;         /* what is written was made UTF-8 by the owner,
                               so ESC % @ does not leave it */
};

#define VT_MAX_SIDE 1000u

struct vt *vt_new(const struct vt_options *opt);
/* NULL is allowed. */
void vt_free(struct vt *vt);

/* Any bytes, split anywhere. */
void vt_write(struct vt *vt, const void *data, size_t len);

/*
 * The same, while the lines above the screen are read: it stops within a
 * sequence that would take them away, as the alternate screen and ED 3 do, and
 * returns how much was taken.  What is left is to be written before all else.
 */
size_t vt_write_keeping(struct vt *vt, const void *data, size_t len);

/* The same of what was typed, amid what the server writes, which it leaves as it
 * is; it asks no questions. */
void vt_echo(struct vt *vt, const void *data, size_t len);

/* New size; wrapped lines are reflowed on the main screen. */
void vt_resize(struct vt *vt, unsigned cols, unsigned rows);

/* As RIS (ESC c), and the titles go too; the scrollback stays. */
void vt_reset(struct vt *vt);
/* The same, but the main screen's text stays, and the directory goes: nothing
 * is left of the programs that ran here but what they wrote. */
void vt_reset_all_but_text(struct vt *vt);

/* What the owner knows of its own terminal, to answer questions: the size of a
 * cell in pixels; 0: not known. */
void vt_set_cell_size(struct vt *vt, unsigned width, unsigned height);

/* ---- reading the screen ---- */

unsigned vt_cols(const struct vt *vt);
unsigned vt_rows(const struct vt *vt);

/* Lines above the screen, 0 while the alternate screen is shown. */
size_t vt_scrollback(const struct vt *vt);

/* They are being read: the oldest are kept until there are twice as many. */
void vt_hold_scrollback(struct vt *vt, bool held);

/* Forget the lines above the screen. */
void vt_clear_scrollback(struct vt *vt);

/*
 * Copy a line into cells[vt_cols()]: 0 .. rows-1 is the screen, -1 the line
 * just above it, back to -vt_scrollback().  Missing cells are blanks.
 * *wrapped (may be NULL) says that the next line continues this one.
 */
void vt_line(const struct vt *vt, long line, struct vt_cell *cells,
             bool *wrapped);

/*
 * How many cells of a line (numbered as for vt_line()) are text: up to the
 * last one written, and all of a line that the next one continues, but for a
 * column left free because a wide character did not fit.
 */
unsigned vt_line_length(const struct vt *vt, long line, bool *wrapped);

/*
 * Append the cells of a line of the scrollback, up to vt_line_length(), to out
 * as UTF-8; false for other lines.
 */
bool vt_line_utf8(const struct vt *vt, long line, struct buf *out);

/* A screen row without a copy: vt_cols() cells, borrowed until the next
 * vt_write(), vt_resize() or vt_reset(). */
const struct vt_cell *vt_row(const struct vt *vt, unsigned row);

/* How a line (as for vt_line()) is shown: double lines have the first half of
 * their columns, each twice as wide, and DECDHL's two lines half of the height
 * each. */
enum vt_line_size {
    VT_LINE_SINGLE,
    VT_LINE_DOUBLE_WIDTH,
    VT_LINE_TOP_HALF,
    VT_LINE_BOTTOM_HALF
};
enum vt_line_size vt_line_size(const struct vt *vt, long line);

/* Does a shell's prompt begin in this line, as the shell has said (OSC 133)? */
bool vt_line_prompt(const struct vt *vt, long line);

/* What a cell of this line, with an extra that is not 0, has beside. */
struct vt_extra vt_extra(const struct vt *vt, long line,
                         const struct vt_cell *cell);
/* The URI of a link (OSC 8): bytes 20 to 7e; NULL if it is forgotten, which
 * happens to old ones.  Equal names are one link.  Borrowed. */
const char *vt_link(const struct vt *vt, uint32_t link);

/*
 * Damage since the last vt_damage_clear(): whether this row changed.  Scrolls
 * of the whole screen are counted apart, so that a drawer that scrolls too
 * need not redraw: rows are those after the scroll.
 */
bool vt_row_dirty(const struct vt *vt, unsigned row);
/* Lines the whole screen moved up since the last clear; at most rows. */
unsigned vt_damage_scroll(const struct vt *vt);
/* Lines pushed to the scrollback since vt_new(), ever growing: with it a
 * scrolled-back view keeps its place. */
uint64_t vt_lines_pushed(const struct vt *vt);
void vt_damage_all(struct vt *vt);
void vt_damage_clear(struct vt *vt);

enum vt_cursor_shape { VT_BLOCK, VT_UNDERSCORE, VT_BAR };

struct vt_cursor {
    unsigned row, col;
    bool visible; /* DECTCEM */
    bool usual;   /* no program has chosen its shape, nor that it blinks */
    bool blinks;
    enum vt_cursor_shape shape; /* DECSCUSR */
    bool colored;
    uint32_t color; /* 0xrrggbb, if it has one of its own (OSC 12) */
};

struct vt_cursor vt_cursor(const struct vt *vt);

/* The screen is shown in reverse video (DECSCNM). */
bool vt_reversed(const struct vt *vt);

/* Colour 0..255 of the palette as 0xrrggbb, with OSC 4 changes. */
uint32_t vt_palette(const struct vt *vt, unsigned index);
/* Has the server changed any of them? */
bool vt_palette_is_changed(const struct vt *vt);
/* Has the server changed this palette entry? */
bool vt_palette_changed(const struct vt *vt, unsigned index);

enum vt_default { VT_DEFAULT_FG, VT_DEFAULT_BG, VT_DEFAULT_CURSOR };

/* The default colours as 0xrrggbb; true if the server set it (OSC 10 to 12),
 * else the owner's own default holds. */
bool vt_default_color(const struct vt *vt, enum vt_default which,
                      uint32_t *rgb);
/* The owner's own default, for VT_DEFAULT_FG and VT_DEFAULT_BG; the latter
 * tells whether it is dark, which mode 2031 reports when it changes. */
void vt_set_default_color(struct vt *vt, enum vt_default which, uint32_t rgb);

/* ---- what it wants to say ---- */

/* Move the pending replies to the end of out. */
void vt_take_reply(struct vt *vt, struct buf *out);

enum {
    VT_EVENT_BELL = 1 << 0,
    VT_EVENT_TITLE = 1 << 1,     /* vt_title() changed */
    VT_EVENT_CLIPBOARD = 1 << 2, /* vt_clipboard() is set (OSC 52 write) */
    VT_EVENT_MODES = 1 << 3,     /* mouse, paste or focus mode changed */
    VT_EVENT_PALETTE = 1 << 4,
    VT_EVENT_DIRECTORY = 1 << 5 /* vt_directory() changed (OSC 7) */
};

/* The events since the last call, as a set. */
unsigned vt_take_events(struct vt *vt);

/* UTF-8, at most 1024 bytes, no control characters; never NULL. */
const char *vt_title(const struct vt *vt);
const char *vt_icon_title(const struct vt *vt);

/* The shell's directory (OSC 7): UTF-8 without control characters, at most 4096
 * bytes; "" if not said. */
const char *vt_directory(const struct vt *vt);
/* "vm:/etc": the same behind its host, if that is said.  vt_directory() is its
 * end. */
const char *vt_directory_on_host(const struct vt *vt);

/* What OSC 52 wants to put on the clipboard: decoded bytes, at most 1 MiB. */
const uint8_t *vt_clipboard(const struct vt *vt, size_t *len);

/* ---- modes an owner must know ---- */

enum vt_mouse {
    VT_MOUSE_OFF,
    VT_MOUSE_X10,    /* 9: press only */
    VT_MOUSE_BUTTON, /* 1000: press and release */
    VT_MOUSE_DRAG,   /* 1002 */
    VT_MOUSE_ANY     /* 1003: all motion */
};

enum vt_mouse vt_mouse(const struct vt *vt);
bool vt_alternate(const struct vt *vt); /* the alternate screen shows */
bool vt_paste_bracketed(const struct vt *vt);
bool vt_focus_wanted(const struct vt *vt);
/* The numeric keypad sends codes of its own (DECKPAM). */
bool vt_keypad_application(const struct vt *vt);
/* A program wants no keys (KAM); the owner need not obey. */
bool vt_keyboard_locked(const struct vt *vt);
/* What is typed is to be given to vt_echo() too (SRM is reset). */
bool vt_echo_wanted(const struct vt *vt);
/* End both. */
void vt_free_keyboard(struct vt *vt);

/* What keys are to tell apart: modifyOtherKeys' level, 0 to 3, and the flags of
 * kitty's protocol. */
struct vt_key_wishes {
    unsigned other, kitty;
};

struct vt_key_wishes vt_key_wishes(const struct vt *vt);
/* Synchronized output (2026) is on: do not draw yet. */
bool vt_synchronized(const struct vt *vt);

/* ---- keys to bytes ---- */

enum vt_key_code {
    VT_KEY_CHAR, /* ch below */
    VT_KEY_UP,
    VT_KEY_DOWN,
    VT_KEY_RIGHT,
    VT_KEY_LEFT,
    VT_KEY_HOME,
    VT_KEY_END,
    VT_KEY_INSERT,
    VT_KEY_DELETE,
    VT_KEY_PAGE_UP,
    VT_KEY_PAGE_DOWN,
    VT_KEY_TAB,
    VT_KEY_ENTER,
    VT_KEY_BACKSPACE,
    VT_KEY_ESCAPE,
    VT_KEY_KP_ENTER,
    VT_KEY_KP_BEGIN,
    VT_KEY_F1, /* F1..F20 follow one another */
    VT_KEY_F20 = VT_KEY_F1 + 19,
    VT_KEY_FUNCTIONAL /* number below: a modifier alone, a media key, Menu */
};

enum {
    VT_SHIFT = 1,
    VT_ALT = 2,
    VT_CTRL = 4,
    VT_SUPER = 8,
    VT_HYPER = 16,
    VT_META = 32,
    VT_CAPS_LOCK = 64,
    VT_NUM_LOCK = 128
};

enum vt_key_event { VT_KEY_PRESS, VT_KEY_REPEAT, VT_KEY_RELEASE };

struct vt_key {
    enum vt_key_code code;
    uint32_t ch;   /* for VT_KEY_CHAR: a scalar value, as typed; a C1 may be */
    unsigned mods; /* VT_SHIFT ... */
    bool keypad;   /* the character is one of the numeric keypad's */
    bool by_esc;   /* its Alt came as an ESC before it, perhaps a key itself */
    bool by_nul;   /* Ctrl-Space came as NUL, which is Ctrl-@ as well */
    enum vt_key_event event;
    uint32_t unshifted; /* the key's character without Shift; 0: not known */
    uint32_t base;      /* the key's character on a US keyboard; 0: not known */
    uint32_t number;    /* kitty's for a functional key; 0: not known */
    unsigned locks;     /* VT_CAPS_LOCK, VT_NUM_LOCK: those known to be on */
};

/* The control character (0 to 0x1f) that Ctrl and a letter, one of @[\]^_, or
 * the space bar stands for: Ctrl-] is 0x1d; -1 for other keys. */
int vt_control_byte(const struct vt_key *key);

/* Append what this key sends in the terminal's present modes. */
void vt_encode_key(const struct vt *vt, const struct vt_key *key,
                   struct buf *out);

#define VT_WHEEL_UP    64u
#define VT_WHEEL_DOWN  65u
#define VT_WHEEL_LINES 3 /* that a step goes on by */

struct vt_mouse_event {
    unsigned row, col; /* of the screen, zero-based */
    unsigned button;   /* 0 left, 1 middle, 2 right, 3 none, VT_WHEEL_UP ... */
    bool press;        /* false: released */
    bool motion;
    unsigned mods;
};

/* The cell that shows in a column of the screen: on a line of double width
 * every cell takes two. */
unsigned vt_mouse_col(const struct vt *vt, long line, unsigned col);

/* Append the report, if the modes ask for one; false if they don't. */
bool vt_encode_mouse(struct vt *vt, const struct vt_mouse_event *ev,
                     struct buf *out);

/*
 * Append pasted text: bracketed if mode 2004 is on, with any closing bracket
 * inside removed, other control characters than tab, LF and CR dropped, and
 * line ends as CR when not bracketed.  first and last mark the ends of a
 * paste that comes in pieces.
 */
void vt_encode_paste(struct vt *vt, const void *text, size_t len, bool first,
                     bool last, struct buf *out);

/* Append the focus report (mode 1004), if wanted. */
void vt_encode_focus(const struct vt *vt, bool in, struct buf *out);

#endif
