/* modes.c - SM, RM, DECSET, DECRST and the questions about them. */
#include "vt/screen.h"

#include <string.h>
#include "vt/csi.h"

/* Of a group at most one mode is set.  Resetting any mouse mode ends them all,
 * as in xterm; an encoding only ends itself. */
enum group { ALONE, MOUSE, ENCODING };

/* What DECSTR does: leave the mode as it is, or set what it was at first.
 * DECNRCM is reset, for DEC's list has it, though xterm's has not. */
enum soft { KEEP, RESET };

typedef void hook_fn(struct vt *vt, bool on);

static hook_fn hook_vt52, hook_columns, hook_reverse, hook_origin, hook_wrap,
    hook_side_margins, hook_owner, hook_alternate, hook_alternate_clear,
    hook_allow_alternate, hook_alternate_save, hook_cursor, hook_national,
    hook_in_band, hook_none;

/*
 * Modes that stand here without a hook and are read nowhere are remembered and
 * told, no more: they concern a keyboard, a printer, a tube or a window that a
 * terminal inside a terminal has not, and a program may save and restore them.
 * Without a mode: never set, or nothing to remember.
 */
/* clang-format off */
static const struct mode_row {
    uint16_t number;
    char prefix;       /* '?' for DEC's and xterm's */
    uint8_t mode;      /* enum mode; MODE_COUNT: none */
    bool first;        /* its value at first */
    uint8_t soft, group;
    hook_fn *hook;     /* what else happens; may be NULL */
} mode_rows[] = {
    {    1,  0,  MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* GATM */
    {    2,  0,  MODE_KEYBOARD_LOCK,  0, RESET, ALONE, NULL }, /* KAM */
    {    3,  0,  MODE_COUNT,          0, KEEP,  ALONE, hook_none }, /* CRM */
    {    4,  0,  MODE_INSERT,         0, RESET, ALONE, NULL }, /* IRM */
    {    5,  0,  MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* SRTM */
    {    7,  0,  MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* VEM */
    {   10,  0,  MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* HEM */
    {   11,  0,  MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* PUM */
    {   12,  0,  MODE_SEND_RECEIVE,   1, KEEP,  ALONE, NULL }, /* SRM */
    {   13,  0,  MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* FEAM */
    {   14,  0,  MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* FETM */
    {   15,  0,  MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* MATM */
    {   16,  0,  MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* TTM */
    {   17,  0,  MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* SATM */
    {   18,  0,  MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* TSM */
    {   19,  0,  MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* EBM */
    {   20,  0,  MODE_NEWLINE,        0, KEEP,  ALONE, NULL }, /* LNM */
    {    1, '?', MODE_APP_CURSOR,     0, RESET, ALONE, NULL }, /* DECCKM */
    {    2, '?', MODE_ANSI,           1, KEEP,  ALONE, hook_vt52 },
    {    3, '?', MODE_COLUMNS_132,    0, KEEP,  ALONE, hook_columns },
    {    4, '?', MODE_SMOOTH_SCROLL,  0, KEEP,  ALONE, NULL }, /* DECSCLM */
    {    5, '?', MODE_REVERSE,        0, KEEP,  ALONE, hook_reverse },
    {    6, '?', MODE_ORIGIN,         0, RESET, ALONE, hook_origin },
    {    7, '?', MODE_WRAP,           1, RESET, ALONE, hook_wrap },
    {    8, '?', MODE_AUTO_REPEAT,    1, KEEP,  ALONE, NULL }, /* DECARM */
    {    9, '?', MODE_MOUSE_X10,      0, KEEP,  MOUSE, hook_owner },
    {   10, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* DECEDM */
    {   11, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* DECLTM */
    {   12, '?', MODE_BLINK,          0, RESET, ALONE, NULL },
    {   13, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* its menu */
    {   14, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* its XOR */
    {   16, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* DECEKEM */
    {   18, '?', MODE_PRINT_FF,       0, KEEP,  ALONE, NULL }, /* DECPFF */
    {   19, '?', MODE_PRINT_PAGE,     1, KEEP,  ALONE, NULL }, /* DECPEX */
    {   25, '?', MODE_CURSOR,         1, RESET, ALONE, NULL }, /* DECTCEM */
    {   30, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* scrollbar */
    {   34, '?', MODE_RIGHT_TO_LEFT,  0, RESET, ALONE, NULL }, /* DECRLM */
    {   35, '?', MODE_HEBREW_KEYS,    0, KEEP,  ALONE, NULL }, /* DECHEBM */
    {   36, '?', MODE_HEBREW_CODES,   0, KEEP,  ALONE, NULL }, /* DECHEM */
    {   38, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* DECTEK */
    {   40, '?', MODE_ALLOW_132,      0, KEEP,  ALONE, NULL },
    {   41, '?', MODE_TAB_WRAPS,      0, KEEP,  ALONE, NULL }, /* "more" fix */
    {   42, '?', MODE_NATIONAL,       0, RESET, ALONE, hook_national },
    {   44, '?', MODE_MARGIN_BELL,    0, KEEP,  ALONE, NULL },
    {   45, '?', MODE_REVERSE_WRAP,   0, RESET, ALONE, NULL },
    {   46, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* log */
    {   47, '?', MODE_ALTERNATE,      0, KEEP,  ALONE, hook_alternate },
    {   53, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* DEC131TM */
    {   57, '?', MODE_GREEK_KEYS,     0, KEEP,  ALONE, NULL }, /* DECNAKB */
    {   59, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* DECKKDM */
    {   60, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* DECHCCM */
    {   61, '?', MODE_VERTICAL_COUPLING, 1, KEEP, ALONE, NULL }, /* DECVCCM */
    {   64, '?', MODE_PAGE_COUPLING,  1, KEEP,  ALONE, NULL }, /* DECPCCM */
    {   66, '?', MODE_APP_KEYPAD,     0, RESET, ALONE, NULL }, /* DECNKM */
    {   67, '?', MODE_BACKSPACE,      0, KEEP,  ALONE, NULL }, /* DECBKM */
    {   68, '?', MODE_KEYBOARD_USAGE, 0, KEEP,  ALONE, NULL }, /* DECKBUM */
    {   69, '?', MODE_SIDE_MARGINS,   0, RESET, ALONE, hook_side_margins },
    {   73, '?', MODE_RATE_LIMIT,     0, KEEP,  ALONE, NULL }, /* DECXRLM */
    {   80, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* DECSDM */
    {   81, '?', MODE_KEY_POSITION,   0, RESET, ALONE, NULL }, /* DECKPM */
    {   95, '?', MODE_KEEP_ON_132,    0, KEEP,  ALONE, NULL }, /* DECNCSM */
    {   96, '?', MODE_COPY_RIGHT_LEFT, 0, KEEP, ALONE, NULL }, /* DECRLCM */
    {   97, '?', MODE_SCREEN_SAVER,   1, KEEP,  ALONE, NULL }, /* DECCRTSM */
    {   98, '?', MODE_AUTO_RESIZE,    0, KEEP,  ALONE, NULL }, /* DECARSM */
    {   99, '?', MODE_MODEM,          0, KEEP,  ALONE, NULL }, /* DECMCM */
    {  100, '?', MODE_AUTO_ANSWER,    0, KEEP,  ALONE, NULL }, /* DECAAM */
    {  101, '?', MODE_CONCEAL,        0, KEEP,  ALONE, NULL }, /* DECCANSM */
    {  102, '?', MODE_DISCARD_NUL,    1, KEEP,  ALONE, NULL }, /* DECNULM */
    {  103, '?', MODE_HALF_DUPLEX,    0, KEEP,  ALONE, NULL }, /* DECHDPXM */
    {  104, '?', MODE_SECONDARY_KEYS, 0, KEEP,  ALONE, NULL }, /* DECESKM */
    {  106, '?', MODE_OVERSCAN,       0, KEEP,  ALONE, NULL }, /* DECOSCNM */
    {  108, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* DECNUMLK */
    {  109, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* DECCAPSLK */
    {  110, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* DECKLHIM */
    {  111, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* DECFWM */
    {  112, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* DECRPL */
    {  113, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* DECHWUM */
    {  114, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* DECATCUM */
    {  115, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* DECATCBM */
    {  116, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* DECBBSM */
    {  117, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* DECECM */
    { 1000, '?', MODE_MOUSE_BUTTON,   0, KEEP,  MOUSE, hook_owner },
    { 1001, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* highlight */
    { 1002, '?', MODE_MOUSE_DRAG,     0, KEEP,  MOUSE, hook_owner },
    { 1003, '?', MODE_MOUSE_ANY,      0, KEEP,  MOUSE, hook_owner },
    { 1004, '?', MODE_FOCUS,          0, KEEP,  ALONE, hook_owner },
    { 1005, '?', MODE_MOUSE_UTF8,     0, KEEP,  ENCODING, NULL },
    { 1006, '?', MODE_MOUSE_SGR,      0, KEEP,  ENCODING, NULL },
    { 1007, '?', MODE_WHEEL_KEYS,     1, KEEP,  ALONE, NULL },
    { 1010, '?', MODE_SCROLL_ON_OUTPUT, 0, KEEP, ALONE, NULL },
    { 1011, '?', MODE_SCROLL_ON_KEY,  1, KEEP,  ALONE, NULL },
    { 1014, '?', MODE_FAST_SCROLL,    0, KEEP,  ALONE, NULL },
    { 1015, '?', MODE_MOUSE_URXVT,    0, KEEP,  ENCODING, NULL },
    { 1016, '?', MODE_MOUSE_PIXELS,   0, KEEP,  ENCODING, NULL },
    { 1034, '?', MODE_META_8BIT,      0, KEEP,  ALONE, NULL },
    { 1035, '?', MODE_NUM_LOCK_MODS,  1, KEEP,  ALONE, NULL },
    { 1036, '?', MODE_META_ESCAPE,    1, KEEP,  ALONE, NULL },
    { 1037, '?', MODE_DELETE_IS_DEL,  0, KEEP,  ALONE, NULL },
    { 1039, '?', MODE_ALT_ESCAPE,     1, KEEP,  ALONE, NULL },
    { 1040, '?', MODE_KEEP_SELECTION, 1, KEEP,  ALONE, NULL },
    { 1041, '?', MODE_TO_CLIPBOARD,   0, KEEP,  ALONE, NULL },
    { 1042, '?', MODE_BELL_URGENT,    0, KEEP,  ALONE, NULL },
    { 1043, '?', MODE_BELL_RAISES,    0, KEEP,  ALONE, NULL },
    { 1044, '?', MODE_KEEP_CLIPBOARD, 0, KEEP,  ALONE, NULL },
    { 1045, '?', MODE_REVERSE_WRAP_2, 0, RESET, ALONE, NULL },
    { 1046, '?', MODE_ALLOW_ALTERNATE, 1, KEEP, ALONE, hook_allow_alternate },
    { 1047, '?', MODE_ALTERNATE,      0, KEEP,  ALONE, hook_alternate_clear },
    { 1048, '?', MODE_COUNT,          0, KEEP,  ALONE, hook_cursor },
    { 1049, '?', MODE_ALTERNATE,      0, KEEP,  ALONE, hook_alternate_save },
    { 1050, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* terminfo */
    { 1051, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* Sun */
    { 1052, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* HP */
    { 1053, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* SCO */
    { 1060, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* X11R6 */
    { 1061, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* VT220 */
    { 1070, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* graphics */
    { 2001, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* readline */
    { 2002, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* readline */
    { 2003, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* readline */
    { 2004, '?', MODE_PASTE,          0, KEEP,  ALONE, hook_owner },
    { 2005, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* readline */
    { 2006, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* readline */
    { 2026, '?', MODE_SYNC,           0, RESET, ALONE, NULL },
    { 2027, '?', MODE_CLUSTERS,       0, RESET, ALONE, NULL },
    { 2031, '?', MODE_SCHEME,         0, KEEP,  ALONE, NULL },
    { 2048, '?', MODE_IN_BAND_SIZE,   0, KEEP,  ALONE, hook_in_band },
    { 8452, '?', MODE_COUNT,          0, KEEP,  ALONE, NULL }, /* Sixel */
};
/* clang-format on */

#define MODE_ROWS (sizeof mode_rows / sizeof mode_rows[0])

/* ---- what a mode does beside being remembered ---- */

/* What could be set, but never is here. */
static void hook_none(struct vt *vt, bool on)
{
    (void)vt;
    (void)on;
}

static void hook_vt52(struct vt *vt, bool on)
{
    if (!on)
        vt52_enter(vt);
}

/* The size stays; what else DECCOLM does happens. */
static void hook_columns(struct vt *vt, bool on)
{
    (void)on;
    screen_full_margins(vt);
    screen_single_width(vt);
    if (!mode(vt, MODE_KEEP_ON_132) || vt->level < 5)
        screen_erase(vt, ERASE_ALL, ERASE_PLAIN);
    screen_goto(vt, 0, 0);
}

static void hook_reverse(struct vt *vt, bool on)
{
    (void)on;
    vt_damage_all(vt);
}

static void hook_origin(struct vt *vt, bool on)
{
    vt->cur.origin = on;
    screen_goto(vt, 0, 0);
}

static void hook_wrap(struct vt *vt, bool on)
{
    if (!on)
        vt->cur.wrap_pending = false;
}

static void hook_side_margins(struct vt *vt, bool on)
{
    if (on) {
        screen_single_width(vt);
        return;
    }
    vt->left = 0;
    vt->right = vt->grid->cols - 1;
}

static void hook_owner(struct vt *vt, bool on)
{
    (void)on;
    vt->events |= VT_EVENT_MODES;
}

static void hook_national(struct vt *vt, bool on)
{
    (void)on;
    charset_update(vt);
}

static void hook_in_band(struct vt *vt, bool on)
{
    if (on)
        report_size(vt);
}

void screen_show(struct vt *vt, bool alternate)
{
    const struct grid *main = &vt->grids[0];

    if (alternate == on_alternate(vt) ||
        (alternate && !mode(vt, MODE_ALLOW_ALTERNATE)))
        return;
    if (alternate && vt->grids[1].rows == 0)
        grid_init(&vt->grids[1], main->cols, main->rows, CLUSTER_IN_ALTERNATE);
    vt->grid = &vt->grids[alternate];
    mode_set(vt, MODE_ALTERNATE, alternate);
    screen_line_moved(vt);
    vt_damage_all(vt);
    vt->events |= VT_EVENT_MODES;
}

static void hook_alternate(struct vt *vt, bool on)
{
    screen_show(vt, on);
}

static void hook_alternate_clear(struct vt *vt, bool on)
{
    if (!on && on_alternate(vt))
        screen_erase(vt, ERASE_ALL, ERASE_PLAIN);
    screen_show(vt, on);
}

static void hook_allow_alternate(struct vt *vt, bool on)
{
    if (!on)
        screen_show(vt, false);
}

static void hook_cursor(struct vt *vt, bool on)
{
    if (!mode(vt, MODE_ALLOW_ALTERNATE))
        return;
    if (on)
        screen_save_cursor(vt);
    else
        screen_restore_cursor(vt);
}

static void hook_alternate_save(struct vt *vt, bool on)
{
    if (!mode(vt, MODE_ALLOW_ALTERNATE))
        return;
    if (on) {
        screen_save_cursor(vt);
        screen_show(vt, true);
        screen_erase(vt, ERASE_ALL, ERASE_PLAIN);
    } else {
        screen_show(vt, false);
        screen_restore_cursor(vt);
    }
}

/* ---- setting ---- */

void mode_set(struct vt *vt, enum mode m, bool on)
{
    uint64_t bit = (uint64_t)1 << m % 64;

    if (on)
        vt->modes[m / 64] |= bit;
    else
        vt->modes[m / 64] &= ~bit;
}

void modes_initial(struct vt *vt)
{
    size_t i;

    for (i = 0; i < MODE_ROWS; i++)
        if (mode_rows[i].mode != MODE_COUNT)
            mode_set(vt, mode_rows[i].mode, mode_rows[i].first);
    memcpy(vt->modes_saved, vt->modes, sizeof vt->modes);
}

void modes_soft_reset(struct vt *vt)
{
    size_t i;

    for (i = 0; i < MODE_ROWS; i++)
        if (mode_rows[i].soft == RESET)
            mode_set(vt, mode_rows[i].mode, mode_rows[i].first);
}

static const struct mode_row *find_mode(unsigned number, char prefix)
{
    size_t i;

    for (i = 0; i < MODE_ROWS; i++)
        if (mode_rows[i].number == number && mode_rows[i].prefix == prefix)
            return &mode_rows[i];
    return NULL;
}

bool modes_have_alternate(const struct vt_params *p)
{
    const struct mode_row *row;
    unsigned i;

    for (i = 0; i < p->n; i++) {
        row = find_mode(p->value[i], '?');
        if (row != NULL && row->mode == MODE_ALTERNATE)
            return true;
    }
    return false;
}

static void end_group(struct vt *vt, uint8_t group)
{
    size_t i;

    for (i = 0; i < MODE_ROWS; i++)
        if (mode_rows[i].group == group)
            mode_set(vt, mode_rows[i].mode, false);
}

void modes_end_mouse(struct vt *vt)
{
    end_group(vt, MOUSE);
}

/* May this mode be changed here and now? */
static bool allowed(const struct vt *vt, const struct mode_row *row)
{
    switch (row->mode) {
    case MODE_COLUMNS_132: return mode(vt, MODE_ALLOW_132);
    case MODE_SIDE_MARGINS: return vt->level >= 4;
    default: return true;
    }
}

/*
 * Screen switching remembers its mode itself, for it must see which screen
 * shows at present; so must restoring the cursor after it.
 */
static void change(struct vt *vt, const struct mode_row *row, bool on)
{
    if (!allowed(vt, row))
        return;
    if (row->group == MOUSE)
        vt->locator.on = false;
    if (row->group == MOUSE || (row->group == ENCODING && on))
        end_group(vt, row->group);
    if (row->mode != MODE_COUNT && row->mode != MODE_ALTERNATE)
        mode_set(vt, row->mode, on);
    if (row->hook != NULL)
        row->hook(vt, on);
}

static void change_all(struct vt *vt, const struct vt_params *p, bool on)
{
    unsigned i;

    for (i = 0; i < p->n; i++) {
        const struct mode_row *row = find_mode(p->value[i], p->prefix);

        if (row != NULL)
            change(vt, row, on);
    }
}

void op_sm(struct vt *vt, const struct vt_params *p)
{
    change_all(vt, p, true);
}

void op_rm(struct vt *vt, const struct vt_params *p)
{
    change_all(vt, p, false);
}

/*
 * XTSAVE and XTRESTORE keep one value for each mode; of a group, whichever of
 * its modes is asked for, which one was set.
 */
static bool kept_together(const struct mode_row *a, const struct mode_row *b)
{
    return a == b || (a->group != ALONE && a->group == b->group);
}

static void save_mode(struct vt *vt, const struct mode_row *row)
{
    size_t i;

    for (i = 0; i < MODE_ROWS; i++) {
        uint8_t m = mode_rows[i].mode;
        uint64_t bit = (uint64_t)1 << m % 64;

        if (!kept_together(row, &mode_rows[i]))
            continue;
        vt->modes_saved[m / 64] &= ~bit;
        vt->modes_saved[m / 64] |= vt->modes[m / 64] & bit;
    }
}

/* The screen comes back without what 1047 and 1049 do beside. */
static void restore_mode(struct vt *vt, const struct mode_row *row)
{
    size_t i;

    if (row->group != ALONE) {
        change(vt, row, false);
        end_group(vt, row->group);
    }
    for (i = 0; i < MODE_ROWS; i++) {
        uint8_t m = mode_rows[i].mode;
        bool on;

        if (!kept_together(row, &mode_rows[i]))
            continue;
        on = (vt->modes_saved[m / 64] >> m % 64 & 1) != 0;
        if (m == MODE_ALTERNATE)
            screen_show(vt, on);
        else if (on || row->group == ALONE)
            change(vt, &mode_rows[i], on);
    }
}

void op_xtsave(struct vt *vt, const struct vt_params *p)
{
    unsigned i;

    for (i = 0; i < p->n; i++) {
        const struct mode_row *row = find_mode(p->value[i], '?');

        if (row != NULL && row->hook == hook_cursor)
            hook_cursor(vt, true);
        else if (row != NULL && row->mode != MODE_COUNT)
            save_mode(vt, row);
    }
}

void op_xtrestore(struct vt *vt, const struct vt_params *p)
{
    unsigned i;

    for (i = 0; i < p->n; i++) {
        const struct mode_row *row = find_mode(p->value[i], '?');

        if (row != NULL && row->hook == hook_cursor)
            hook_cursor(vt, false);
        else if (row != NULL && row->mode != MODE_COUNT)
            restore_mode(vt, row);
    }
}

/* DECRQM: 0 not known, 1 set, 2 reset, 4 never set.  1048 is set while there is
 * a saved cursor. */
void op_decrqm(struct vt *vt, const struct vt_params *p)
{
    unsigned number = param(p, 0, 0);
    const struct mode_row *row = find_mode(number, p->prefix);
    unsigned state = 0;

    if (row != NULL && row->mode != MODE_COUNT)
        state = mode(vt, row->mode) ? 1 : 2;
    else if (row != NULL && row->hook == hook_cursor)
        state = vt->saved[on_alternate(vt)].kept ? 1 : 2;
    else if (row != NULL)
        state = row->hook != NULL ? 2 : 4;
    reply_csi(vt, "%s%u;%u$y", p->prefix == '?' ? "?" : "", number, state);
}
