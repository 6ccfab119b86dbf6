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
#include "vt/locator.h"
#include "vt/parser.h"
#include "vt/scrollback.h"
#include "vt/vt.h"

#define STACK_MAX   10u /* of titles, styles, palettes */
#define KITTY_STACK 8u
#define REPLY_MAX   65536u
#define LINKS_KEPT  4096u
#define LEVEL_MAX   5u /* we are a VT525 */

/* XTCHECKSUM as it is at first: see checksum.c. */
#define CHECKSUM_PLAIN 23u

/* Modes are bits of one set; modes.c has their numbers and names. */
enum mode {
    MODE_INSERT,
    MODE_WRAP,
    MODE_CLUSTERS,
    MODE_NEWLINE,
    MODE_APP_CURSOR,
    MODE_ANSI,        /* DECANM: reset is VT52 */
    MODE_COLUMNS_132, /* remembered, the size stays */
    MODE_REVERSE,
    MODE_ORIGIN,
    MODE_BLINK,  /* the cursor's, AT&T 610 */
    MODE_CURSOR, /* DECTCEM */
    MODE_ALLOW_132,
    MODE_TAB_WRAPS,
    MODE_NATIONAL,
    MODE_REVERSE_WRAP,
    MODE_REVERSE_WRAP_2,
    MODE_APP_KEYPAD, /* DECNKM, DECKPAM */
    MODE_BACKSPACE,  /* DECBKM */
    MODE_SIDE_MARGINS,
    MODE_KEEP_ON_132,
    MODE_MOUSE_X10,
    MODE_MOUSE_BUTTON,
    MODE_MOUSE_DRAG,
    MODE_MOUSE_ANY,
    MODE_FOCUS,
    MODE_MOUSE_UTF8,
    MODE_MOUSE_SGR,
    MODE_MOUSE_URXVT,
    MODE_MOUSE_PIXELS,
    MODE_WHEEL_KEYS,
    MODE_DELETE_IS_DEL,
    MODE_ALLOW_ALTERNATE,
    MODE_ALTERNATE, /* 47, 1047 and 1049 */
    MODE_PASTE,
    MODE_SYNC,
    MODE_SCHEME,
    MODE_IN_BAND_SIZE,
    MODE_KEYBOARD_LOCK,
    MODE_SEND_RECEIVE,
    /* Those that are only remembered. */
    MODE_SMOOTH_SCROLL,
    MODE_AUTO_REPEAT,
    MODE_PRINT_FF,
    MODE_PRINT_PAGE,
    MODE_RIGHT_TO_LEFT,
    MODE_HEBREW_KEYS,
    MODE_HEBREW_CODES,
    MODE_MARGIN_BELL,
    MODE_GREEK_KEYS,
    MODE_VERTICAL_COUPLING,
    MODE_PAGE_COUPLING,
    MODE_KEYBOARD_USAGE,
    MODE_RATE_LIMIT,
    MODE_KEY_POSITION,
    MODE_COPY_RIGHT_LEFT,
    MODE_SCREEN_SAVER,
    MODE_AUTO_RESIZE,
    MODE_MODEM,
    MODE_AUTO_ANSWER,
    MODE_CONCEAL,
    MODE_DISCARD_NUL,
    MODE_HALF_DUPLEX,
    MODE_SECONDARY_KEYS,
    MODE_OVERSCAN,
    MODE_SCROLL_ON_OUTPUT,
    MODE_SCROLL_ON_KEY,
    MODE_FAST_SCROLL,
    MODE_META_8BIT,
    MODE_NUM_LOCK_MODS,
    MODE_META_ESCAPE,
    MODE_ALT_ESCAPE,
    MODE_KEEP_SELECTION,
    MODE_TO_CLIPBOARD,
    MODE_KEEP_CLIPBOARD,
    MODE_BELL_URGENT,
    MODE_BELL_RAISES,
    MODE_COUNT
};

#define MODE_WORDS ((MODE_COUNT + 63) / 64)

/* What DECSC saves. */
struct cursor {
    unsigned row, col;
    bool wrap_pending; /* the last column is written: the next one wraps */
    bool origin;
    uint8_t charset[4];    /* G0..G3: places in charset.c's table */
    uint8_t gl, gr;        /* 0..3: the ones in use */
    struct vt_cell pen;    /* style; ch is ' ' and width 1 */
    struct vt_extra extra; /* ... and what a cell has no room for */
    bool kept;             /* of a saved one: a program has saved it */
    long beyond;           /* ... : rows by which a new size pushed it off */
};

#define SPECIAL_COLORS 5u  /* OSC 5: bold, underline, blink, reverse, italic */
#define DYNAMIC_COLORS 10u /* OSC 10 to 19 */

struct palette {
    uint32_t color[256], special[SPECIAL_COLORS], dynamic[DYNAMIC_COLORS];
    uint32_t changed[8]; /* a bit for each of color */
    uint8_t special_changed;
    uint16_t dynamic_changed;
};

/* An underline of whatever kind is one attribute. */
#define UNDERLINES                                             \
    (VT_UNDERLINE | VT_DOUBLE_UNDERLINE | VT_CURLY_UNDERLINE | \
     VT_DOTTED_UNDERLINE | VT_DASHED_UNDERLINE)

/* What SGR is not concerned with: protection, DEC's and ISO's. */
#define NOT_SGR (VT_PROTECTED | VT_GUARDED)

/* XTPUSHSGR: a pen, and what of it comes back. */
struct saved_style {
    struct vt_cell pen;
    uint32_t underline;
    uint16_t attrs;
    bool fg, bg, whole; /* whole: the underline's colour too */
};

struct title {
    char *window, *icon; /* in the stack NULL: was not pushed */
};

/* What a name of links.c stands for. */
struct link {
    uint32_t name; /* 0: none */
    char *id, *uri;
};

enum keyboard_resource {
    KEYS_CURSOR = 1,
    KEYS_FUNCTION,
    KEYS_KEYPAD,
    KEYS_OTHER,
    KEYS_RESOURCES = 8
};

struct keyboard {
    int modify[KEYS_RESOURCES]; /* XTMODKEYS; -1: switched off */
    int format[KEYS_RESOURCES]; /* XTFMTKEYS */
    struct {
        uint8_t flags[KITTY_STACK]; /* the last is in force */
        uint8_t n;                  /* at least 1 */
    } kitty[2];                     /* main and alternate screen */
};

struct vt {
    struct grid grids[2]; /* main, alternate (made when first shown) */
    struct grid *grid;    /* the one that shows */
    struct scrollback sb;
    size_t lines, lines_now; /* kept of it, as the options say and as a new
                                width made of these */
    bool lines_held;         /* vt_hold_scrollback() */
    bool keeping;            /* vt_write_keeping() is at work */
    struct parser parser;

    struct cursor cur, saved[2];       /* saved: for each grid */
    unsigned top, bottom, left, right; /* margins, inclusive */
    uint64_t modes[MODE_WORDS], modes_saved[MODE_WORDS];
    uint8_t single_shift; /* 0, or 2 or 3 for one character */
    bool mapped;          /* the set in GL is not ASCII */
    uint8_t preferred;    /* DECAUPSS: a place in charset.c's table */
    bool guarding;        /* SPA was used: erasing spares what it guards */
    bool eight_bit;       /* S8C1T: C1 are single bytes, both ways */
    bool latin_1;         /* ESC % @: a byte is a character, or a C1 control */
    uint8_t level;        /* DECSCL, 1..LEVEL_MAX */
    uint8_t extent;       /* DECSACE, as it was set */
    uint32_t last_char; /* for REP: what came just before; 0 if no character */
    bool tabs[VT_MAX_SIDE];

    unsigned scrolled;   /* vt_damage_scroll() */
    uint64_t pushed;     /* vt_lines_pushed() */
    size_t scrolled_off; /* of the lines above, the newest that were scrolled
                            there, since the screen was last cleared */

    enum vt_cursor_shape shape;
    unsigned cursor_style; /* as DECSCUSR set it, 0..6 */
    struct palette palette, palettes[STACK_MAX];
    unsigned n_palettes, palettes_most;   /* up to the top; the most pushed */
    uint16_t palettes_kept;               /* a bit for each that there is */
    struct saved_style styles[STACK_MAX]; /* XTPUSHSGR */
    unsigned n_styles;

    char *answerback;
    bool screen_reports;              /* DECRQCRA is answered */
    bool utf8_only;                   /* ESC % @ is not obeyed */
    uint8_t checksum;                 /* XTCHECKSUM */
    uint8_t ansi_level;               /* ECMA-43's, 1..3 */
    unsigned cell_width, cell_height; /* pixels */
    struct {
        uint32_t color[2]; /* foreground and background of the owner */
        bool known[2];
    } owner;

    struct { /* what VT52 mode has set aside */
        struct cursor cur;
        uint64_t modes[MODE_WORDS];
        uint8_t single_shift;
    } before_vt52;

    struct buf reply;
    unsigned events;
    struct title title, titles[STACK_MAX];
    unsigned n_titles;
    uint8_t title_modes; /* XTSMTITLE: a bit for each of its 0..3 */
    struct buf clipboard;
    char *directory; /* with its host; or NULL */
    size_t directory_path;
    struct link *links; /* LINKS_KEPT, or NULL before the first */
    uint32_t last_link;

    struct keyboard keyboard;
    unsigned mouse_row, mouse_col; /* of the last report */
    struct locator locator;
    struct {
        bool bracketed, after_cr, c1_lead;
        uint8_t lead;    /* after ESC % @: the character's first byte */
        uint8_t matched; /* characters of a closing bracket so far */
    } paste;

    uint8_t csi_first[64]; /* first row of csi_ops with a final byte */
};

static inline bool mode(const struct vt *vt, enum mode m)
{
    return (vt->modes[m / 64] >> m % 64 & 1) != 0;
}

/* As grid_line(). */
static inline struct row *cursor_line(const struct vt *vt)
{
    return grid_line(vt->grid, vt->cur.row);
}

static inline struct row *cursor_row(const struct vt *vt)
{
    return grid_row(vt->grid, vt->cur.row);
}

static inline bool on_alternate(const struct vt *vt)
{
    return vt->grid == &vt->grids[1];
}

/* Columns that a row shows. */
static inline unsigned screen_width(const struct vt *vt, const struct row *row)
{
    unsigned cols = vt->grid->cols;

    return row->size == LINE_SINGLE || cols < 2 ? cols : cols / 2;
}

/* What an erased cell gets: the background only (BCE). */
static inline struct vt_cell erased_cell(const struct vt *vt)
{
    struct vt_cell cell = grid_blank;

    cell.bg = vt->cur.pen.bg;
    return cell;
}

/* ---- print.c, cluster.c ---- */

/* Printable ASCII. */
void screen_put_ascii(struct vt *vt, const uint8_t *p, size_t n);
void screen_put_char(struct vt *vt, uint32_t ch);
/* At most CHARS_MAX. */
#define CHARS_MAX 64u
void screen_put_chars(struct vt *vt, const uint32_t *ch, size_t n);
void screen_repeat(struct vt *vt, unsigned n);
/* Go to col, or wait at the end of the line for the next character. */
void screen_advance(struct vt *vt, unsigned col);
/* Does ch, so wide, belong to the character before it?  Then it is there. */
bool cluster_extend(struct vt *vt, uint32_t ch, unsigned width);

/* ---- cursor.c ---- */

/* To a place; in origin mode both count from the margins. */
void screen_goto(struct vt *vt, unsigned row, unsigned col);
void screen_set_col(struct vt *vt, unsigned col);
void screen_set_row(struct vt *vt, unsigned row);
/* After a move to another line, which may be one of double width. */
void screen_keep_inside(struct vt *vt);
/* After another line came under the cursor. */
void screen_line_moved(struct vt *vt);
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
/* The main screen is to be cleared: copy what it shows to the scrollback. */
void screen_keep_all(struct vt *vt);
void screen_insert_lines(struct vt *vt, unsigned n);
void screen_delete_lines(struct vt *vt, unsigned n);
/* Shift the columns of the scrolling region sideways from the cursor on. */
void screen_insert_chars(struct vt *vt, unsigned n);
void screen_delete_chars(struct vt *vt, unsigned n);
void screen_shift_columns(struct vt *vt, unsigned from, unsigned n, bool right);

/* ---- erase.c ---- */

/* What of a line or screen: as the parameter of EL and ED. */
enum { ERASE_AFTER, ERASE_BEFORE, ERASE_ALL };

/* Plain erasing spares what SPA guards, the selective what DECSCA protects. */
enum erase { ERASE_PLAIN, ERASE_SELECTIVE };

void screen_erase_line(struct vt *vt, unsigned what, enum erase how);
void screen_erase(struct vt *vt, unsigned what, enum erase how);
void screen_erase_chars(struct vt *vt, unsigned n);
/* A row whose cells [*from, *to) are about to be erased, but for those with one
 * of the attributes spared: half of such a character is left outside. */
struct row *screen_open_sparing(struct vt *vt, unsigned row, unsigned *from,
                                unsigned *to, unsigned spared);
void screen_align(struct vt *vt); /* DECALN */
/* DECSWL, DECDWL, DECDHL for the cursor's line; all lines of both screens
 * single. */
void screen_line_size(struct vt *vt, enum line_size size);
void screen_single_width(struct vt *vt);

/* ---- modes.c ---- */

void mode_set(struct vt *vt, enum mode m, bool on);
void modes_initial(struct vt *vt);
void modes_soft_reset(struct vt *vt); /* what DECSTR resets */
void modes_end_mouse(struct vt *vt);
bool modes_have_alternate(const struct vt_params *p);
void screen_show(struct vt *vt, bool alternate);

/* ---- sgr.c ---- */

void sgr_apply(struct vt *vt, const struct vt_params *p);
/* The parameters that would set this style, for DECRQSS. */
void sgr_describe(const struct cursor *cur, struct buf *out);
/* DECCARA and DECRARA: the parameters from i on, on one cell. */
void sgr_change(struct vt_cell *cell, const struct vt_params *p, unsigned i);
void sgr_reverse(struct vt_cell *cell, const struct vt_params *p, unsigned i);

/* ---- charset.c ---- */

uint32_t charset_map(const struct vt *vt, uint8_t byte);
/* The same of a byte from a0 on, which is no UTF-8, by the set in GR. */
uint32_t charset_map_right(const struct vt *vt, uint8_t byte);
/*
 * ESC ( and the like: slot 0..3; the name is the final byte, and before it
 * the second intermediate if there is one.
 */
void charset_designate(struct vt *vt, unsigned slot, bool has_96, char inter,
                       char final);
void charset_lock(struct vt *vt, unsigned slot); /* into GL */
/* After a change of G0..G3, GL or DECNRCM. */
void charset_update(struct vt *vt);
void charset_prefer_first(struct vt *vt);
/* For DECCIR: a slot's name, at most two characters, and its size. */
const char *charset_name(const struct vt *vt, unsigned slot, bool *has_96);
/* A set by its name; false if there is none. */
bool charset_restore(struct vt *vt, unsigned slot, bool has_96,
                     const char *name, size_t n);

/* ---- csi.c, esc.c, osc.c, dcs.c: what the parser calls ---- */

void csi_index(struct vt *vt);
void csi_run(struct vt *vt, const struct vt_params *p, char final);
/* Could it take the lines above the screen away, from the main screen? */
bool csi_takes_lines(const struct vt_params *p, char final);
void esc_run(struct vt *vt, char inter, char inter2, char final);
void control_run(struct vt *vt, uint8_t byte);
void osc_run(struct vt *vt, const char *text, size_t n);
size_t osc_limit(const uint8_t *text, size_t n);
void dcs_run(struct vt *vt, const struct vt_params *p, char final,
             const char *text, size_t n);

/* ---- reply.c ---- */

/* Append to the replies, unless nobody has taken them for too long.  A reply
 * is whole or not at all. */
void reply_bytes(struct vt *vt, const void *p, size_t n);
void reply_csi(struct vt *vt, const char *fmt, ...) ATTR_PRINTF(2, 3);
void reply_dcs(struct vt *vt, const char *fmt, ...) ATTR_PRINTF(2, 3);
void reply_osc(struct vt *vt, const char *fmt, ...) ATTR_PRINTF(2, 3);
/* A key or report was appended at `from`: CSI or SS3 before it as the server
 * wants it; Alt with [ or O is none. */
void reply_eight_bit(const struct vt *vt, struct buf *out, size_t from);

/* The value of a hex digit; -1 if it is none. */
static inline int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* ---- what reports itself ---- */

void report_size(struct vt *vt);   /* window.c: mode 2048 */
void report_scheme(struct vt *vt); /* status.c: mode 2031 */

/* ---- request.c, present.c, termcap.c, charset.c: what DCS calls ---- */

void dcs_decaupss(struct vt *vt, unsigned kind, const char *text, size_t n);
void dcs_xtgetxres(struct vt *vt, const char *text, size_t n);
void dcs_decrqss(struct vt *vt, const char *text, size_t n);
void dcs_decrsps(struct vt *vt, unsigned kind, const char *text, size_t n);
void dcs_xtgettcap(struct vt *vt, const char *text, size_t n);

/* ---- palette.c ---- */

void palette_reset(struct palette *pal);
/* Not those of OSC 10 to 19. */
void palette_reset_indexed(struct palette *pal);
uint32_t palette_default(unsigned index);
/* What OSC 10 + i answers; false if nobody knows. */
bool palette_dynamic(const struct vt *vt, unsigned i, uint32_t *rgb);

/* ---- osc-color.c, links.c, window.c, shell.c: what OSC calls ---- */

typedef void osc_fn(struct vt *vt, unsigned number, const char *text, size_t n);
osc_fn osc_color, osc_special, osc_color_reset, osc_special_reset, osc_dynamic,
    osc_dynamic_reset, osc_link, osc_title, osc_directory, osc_prompt;

void links_free(struct vt *vt);
void shell_reset(struct vt *vt);
void titles_free(struct vt *vt);

/* ---- keyboard.c, vt52.c ---- */

void keyboard_reset(struct vt *vt);
void keyboard_soft_reset(struct vt *vt);
unsigned keyboard_kitty(const struct vt *vt);
void vt52_enter(struct vt *vt);

/* ---- vt.c ---- */

void screen_reset(struct vt *vt);
/* To lines_now, or to twice as many if they are held. */
void screen_limit_scrollback(struct vt *vt);
void screen_soft_reset(struct vt *vt);

/* ---- reflow.c ---- */

void screen_resize(struct vt *vt, unsigned cols, unsigned rows);

#endif
