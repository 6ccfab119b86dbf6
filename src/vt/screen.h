/*
 * screen.h - the terminal's state, and the actions on it that several files
 * share: placing characters, moving the cursor, scrolling.
 */
#ifndef VT_SCREEN_H
#define VT_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/attr.h"
#include "base/buf.h"
#include "vt/grid.h"
#include "vt/parser.h"
#include "vt/scrollback.h"
#include "vt/vt.h"

#define TITLE_STACK_MAX 10u
#define REPLY_MAX       65536u

/* Modes are bits of one set; see modes.c for their numbers. */
enum mode {
    MODE_INSERT,       /* IRM */
    MODE_NEWLINE,      /* LNM */
    MODE_APP_CURSOR,   /* DECCKM */
    MODE_COLUMNS_132,  /* DECCOLM: remembered, the size stays */
    MODE_REVERSE,      /* DECSCNM */
    MODE_ORIGIN,       /* DECOM */
    MODE_WRAP,         /* DECAWM */
    MODE_BLINK,        /* the cursor's, AT&T 610 */
    MODE_CURSOR,       /* DECTCEM */
    MODE_ALLOW_132,    /* xterm 40 */
    MODE_REVERSE_WRAP, /* xterm 45 */
    MODE_APP_KEYPAD,   /* DECNKM, DECKPAM */
    MODE_BACKSPACE,    /* DECBKM */
    MODE_SIDE_MARGINS, /* DECLRMM */
    MODE_KEEP_ON_132,  /* DECNCSM */
    MODE_MOUSE_X10,
    MODE_MOUSE_BUTTON,
    MODE_MOUSE_DRAG,
    MODE_MOUSE_ANY,
    MODE_FOCUS,
    MODE_MOUSE_UTF8,
    MODE_MOUSE_SGR,
    MODE_MOUSE_URXVT,
    MODE_WHEEL_KEYS, /* xterm 1007 */
    MODE_ALTERNATE,  /* 47, 1047 and 1049 */
    MODE_PASTE,
    MODE_SYNC,
    MODE_COUNT
};

#define MODE_BIT(m) (1u << (m))

enum charset { CHARSET_ASCII, CHARSET_LINES, CHARSET_UK };

/* What DECSC saves. */
struct cursor {
    unsigned row, col;
    bool wrap_pending; /* the last column is written: the next one wraps */
    bool origin;
    uint8_t charset[4]; /* G0..G3 */
    uint8_t gl;         /* 0..3: the one in use */
    struct vt_cell pen; /* style; ch is ' ' and width 1 */
};

struct palette {
    uint32_t color[256];
    uint32_t changed[8]; /* a bit for each */
    uint32_t dynamic[VT_DEFAULT_CURSOR + 1];
    bool dynamic_changed[VT_DEFAULT_CURSOR + 1];
};

struct vt {
    struct grid grids[2]; /* main, alternate (made when first shown) */
    struct grid *grid;    /* the one that shows */
    struct scrollback sb;
    struct parser parser;

    struct cursor cur, saved[2];       /* saved: for each grid */
    unsigned top, bottom, left, right; /* margins, inclusive */
    uint32_t modes, modes_saved;       /* MODE_BIT(enum mode) */
    uint8_t single_shift;              /* 0, or 2 or 3 for one character */
    uint32_t last_char;                /* for REP; 0 if none */
    bool tabs[VT_MAX_SIDE];

    unsigned scrolled; /* vt_damage_scroll() */
    uint64_t pushed;   /* vt_lines_pushed() */

    enum vt_cursor_shape shape;
    unsigned cursor_style; /* as DECSCUSR set it, 0..6 */
    struct palette palette;

    char *answerback;
    struct buf reply;
    unsigned events;
    char *title;
    char *titles[TITLE_STACK_MAX];
    unsigned n_titles;
    struct buf clipboard;

    unsigned mouse_row, mouse_col; /* of the last report */
    struct {
        bool bracketed, after_cr, c1_lead;
        uint8_t matched; /* characters of a closing bracket so far */
    } paste;

    uint8_t csi_first[64]; /* first row of csi_ops with a final byte */
};

static inline bool mode(const struct vt *vt, enum mode m)
{
    return (vt->modes & MODE_BIT(m)) != 0;
}

static inline struct row *cursor_row(const struct vt *vt)
{
    return grid_row(vt->grid, vt->cur.row);
}

static inline bool on_alternate(const struct vt *vt)
{
    return vt->grid == &vt->grids[1];
}

/* What an erased cell gets: the background only (BCE). */
static inline struct vt_cell erased_cell(const struct vt *vt)
{
    struct vt_cell cell = grid_blank;

    cell.bg = vt->cur.pen.bg;
    return cell;
}

/* ---- print.c ---- */

/* Printable ASCII. */
void screen_put_ascii(struct vt *vt, const uint8_t *p, size_t n);
void screen_put_char(struct vt *vt, uint32_t ch);
void screen_repeat(struct vt *vt, unsigned n);

/* ---- cursor.c ---- */

/* To a place; in origin mode both count from the margins. */
void screen_goto(struct vt *vt, unsigned row, unsigned col);
void screen_set_col(struct vt *vt, unsigned col);
/* Up and down stop at a margin that is in the way, left and right too. */
void screen_up(struct vt *vt, unsigned n);
void screen_down(struct vt *vt, unsigned n);
void screen_right(struct vt *vt, unsigned n);
void screen_left(struct vt *vt, unsigned n);
void screen_backspace(struct vt *vt, unsigned n);
void screen_return(struct vt *vt);
void screen_index(struct vt *vt);
void screen_reverse_index(struct vt *vt);
void screen_tab(struct vt *vt, unsigned n);
void screen_back_tab(struct vt *vt, unsigned n);
void screen_default_tabs(struct vt *vt);
void screen_save_cursor(struct vt *vt);
void screen_restore_cursor(struct vt *vt);
struct cursor cursor_initial(void);
/* Is the cursor inside the scrolling margins? */
bool screen_in_margins(const struct vt *vt);
void screen_full_margins(struct vt *vt);

/* ---- scroll.c ---- */

void screen_scroll_up(struct vt *vt, unsigned n);
void screen_scroll_down(struct vt *vt, unsigned n);
void screen_insert_lines(struct vt *vt, unsigned n);
void screen_delete_lines(struct vt *vt, unsigned n);
/* Shift the columns of the scrolling region sideways from the cursor on. */
void screen_insert_chars(struct vt *vt, unsigned n);
void screen_delete_chars(struct vt *vt, unsigned n);
void screen_shift_columns(struct vt *vt, unsigned from, unsigned n, bool right);

/* ---- erase.c ---- */

/* What of a line or screen: as the parameter of EL and ED. */
enum { ERASE_AFTER, ERASE_BEFORE, ERASE_ALL };

void screen_erase_line(struct vt *vt, unsigned what, bool selective);
void screen_erase(struct vt *vt, unsigned what, bool selective);
void screen_erase_chars(struct vt *vt, unsigned n);
/* All in columns [from, to) that DECSCA does not protect. */
void screen_erase_unprotected(struct vt *vt, unsigned row, unsigned from,
                              unsigned to);
void screen_align(struct vt *vt); /* DECALN */

/* ---- modes.c ---- */

void mode_set(struct vt *vt, enum mode m, bool on);
void modes_initial(struct vt *vt);
void screen_show(struct vt *vt, bool alternate);

/* ---- sgr.c ---- */

void sgr_apply(struct vt *vt, const struct vt_params *p);
/* The parameters that would set this style, for DECRQSS. */
void sgr_describe(const struct vt_cell *pen, struct buf *out);

/* ---- charset.c ---- */

uint32_t charset_map(const struct vt *vt, uint8_t byte);
/* ESC ( and the like: slot 0..3. */
void charset_designate(struct vt *vt, unsigned slot, char final);

/* ---- csi.c, esc.c, osc.c, dcs.c: what the parser calls ---- */

void csi_index(struct vt *vt);
void csi_run(struct vt *vt, const struct vt_params *p, char final);
void esc_run(struct vt *vt, char inter, char final);
void control_run(struct vt *vt, uint8_t byte);
void osc_run(struct vt *vt, const char *text, size_t n);
size_t osc_limit(const uint8_t *text, size_t n);
void dcs_run(struct vt *vt, const struct vt_params *p, char final,
             const char *text, size_t n);

/* ---- report.c ---- */

/* Append to the replies, unless nobody has taken them for too long. */
void reply_printf(struct vt *vt, const char *fmt, ...) ATTR_PRINTF(2, 3);

/* ---- palette.c ---- */

void palette_reset(struct palette *pal);
uint32_t palette_default(unsigned index);

/* ---- vt.c ---- */

void screen_reset(struct vt *vt);
void screen_soft_reset(struct vt *vt);
void title_set(struct vt *vt, const char *text, size_t n);

/* ---- reflow.c ---- */

void screen_resize(struct vt *vt, unsigned cols, unsigned rows);

#endif
