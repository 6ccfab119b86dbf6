/* modes.c - SM, RM, DECSET, DECRST and the questions about them. */
#include "vt/screen.h"
#include "vt/csi.h"

#define MOUSE_MODES                                           \
    (MODE_BIT(MODE_MOUSE_X10) | MODE_BIT(MODE_MOUSE_BUTTON) | \
     MODE_BIT(MODE_MOUSE_DRAG) | MODE_BIT(MODE_MOUSE_ANY))
#define MOUSE_ENCODINGS                                     \
    (MODE_BIT(MODE_MOUSE_UTF8) | MODE_BIT(MODE_MOUSE_SGR) | \
     MODE_BIT(MODE_MOUSE_URXVT))

static void hook_columns(struct vt *vt, bool on);
static void hook_reverse(struct vt *vt, bool on);
static void hook_origin(struct vt *vt, bool on);
static void hook_wrap(struct vt *vt, bool on);
static void hook_side_margins(struct vt *vt, bool on);
static void hook_owner(struct vt *vt, bool on);
static void hook_alternate(struct vt *vt, bool on);
static void hook_alternate_clear(struct vt *vt, bool on);
static void hook_alternate_save(struct vt *vt, bool on);
static void hook_cursor(struct vt *vt, bool on);

/* clang-format off */
static const struct mode_row {
    unsigned number;
    char prefix;      /* '?' for DEC's and xterm's */
    enum mode mode;   /* MODE_COUNT: nothing to remember */
    uint32_t instead; /* modes that end when this one begins */
    void (*hook)(struct vt *vt, bool on); /* what else happens; may be NULL */
} mode_rows[] = {
    {    4,  0,  MODE_INSERT,       0, NULL },
    {   20,  0,  MODE_NEWLINE,      0, NULL },
    {    1, '?', MODE_APP_CURSOR,   0, NULL },
    {    3, '?', MODE_COLUMNS_132,  0, hook_columns },
    {    5, '?', MODE_REVERSE,      0, hook_reverse },
    {    6, '?', MODE_ORIGIN,       0, hook_origin },
    {    7, '?', MODE_WRAP,         0, hook_wrap },
    {    9, '?', MODE_MOUSE_X10,    MOUSE_MODES, hook_owner },
    {   12, '?', MODE_BLINK,        0, NULL },
    {   25, '?', MODE_CURSOR,       0, NULL },
    {   40, '?', MODE_ALLOW_132,    0, NULL },
    {   45, '?', MODE_REVERSE_WRAP, 0, NULL },
    {   47, '?', MODE_ALTERNATE,    0, hook_alternate },
    {   66, '?', MODE_APP_KEYPAD,   0, NULL },
    {   67, '?', MODE_BACKSPACE,    0, NULL },
    {   69, '?', MODE_SIDE_MARGINS, 0, hook_side_margins },
    {   95, '?', MODE_KEEP_ON_132,  0, NULL },
    { 1000, '?', MODE_MOUSE_BUTTON, MOUSE_MODES, hook_owner },
    { 1002, '?', MODE_MOUSE_DRAG,   MOUSE_MODES, hook_owner },
    { 1003, '?', MODE_MOUSE_ANY,    MOUSE_MODES, hook_owner },
    { 1004, '?', MODE_FOCUS,        0, hook_owner },
    { 1005, '?', MODE_MOUSE_UTF8,   MOUSE_ENCODINGS, NULL },
    { 1006, '?', MODE_MOUSE_SGR,    MOUSE_ENCODINGS, NULL },
    { 1007, '?', MODE_WHEEL_KEYS,   0, NULL },
    { 1015, '?', MODE_MOUSE_URXVT,  MOUSE_ENCODINGS, NULL },
    { 1047, '?', MODE_ALTERNATE,    0, hook_alternate_clear },
    { 1048, '?', MODE_COUNT,        0, hook_cursor },
    { 1049, '?', MODE_ALTERNATE,    0, hook_alternate_save },
    { 2004, '?', MODE_PASTE,        0, hook_owner },
    { 2026, '?', MODE_SYNC,         0, NULL },
};
/* clang-format on */

#define MODE_ROWS (sizeof mode_rows / sizeof mode_rows[0])

/* ---- what a mode does beside being remembered ---- */

static void hook_columns(struct vt *vt, bool on)
{
    (void)on;
    if (!mode(vt, MODE_ALLOW_132)) {
        mode_set(vt, MODE_COLUMNS_132, false);
        return;
    }
    screen_full_margins(vt);
    if (!mode(vt, MODE_KEEP_ON_132))
        screen_erase(vt, ERASE_ALL, false);
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
    if (!on) {
        vt->left = 0;
        vt->right = vt->grid->cols - 1;
    }
}

static void hook_owner(struct vt *vt, bool on)
{
    (void)on;
    vt->events |= VT_EVENT_MODES;
}

void screen_show(struct vt *vt, bool alternate)
{
    const struct grid *main = &vt->grids[0];

    if (alternate == on_alternate(vt))
        return;
    if (alternate && vt->grids[1].rows == 0)
        grid_init(&vt->grids[1], main->cols, main->rows, CLUSTER_IN_ALTERNATE);
    vt->grid = &vt->grids[alternate];
    mode_set(vt, MODE_ALTERNATE, alternate);
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
        screen_erase(vt, ERASE_ALL, false);
    screen_show(vt, on);
}

static void hook_cursor(struct vt *vt, bool on)
{
    if (on)
        screen_save_cursor(vt);
    else
        screen_restore_cursor(vt);
}

static void hook_alternate_save(struct vt *vt, bool on)
{
    if (on) {
        if (!on_alternate(vt))
            screen_save_cursor(vt);
        screen_show(vt, true);
        screen_erase(vt, ERASE_ALL, false);
    } else {
        screen_show(vt, false);
        screen_restore_cursor(vt);
    }
}

/* ---- setting ---- */

void mode_set(struct vt *vt, enum mode m, bool on)
{
    if (on)
        vt->modes |= MODE_BIT(m);
    else
        vt->modes &= ~MODE_BIT(m);
}

void modes_initial(struct vt *vt)
{
    vt->modes =
        MODE_BIT(MODE_WRAP) | MODE_BIT(MODE_CURSOR) | MODE_BIT(MODE_WHEEL_KEYS);
    vt->modes_saved = vt->modes;
}

static const struct mode_row *find_mode(unsigned number, char prefix)
{
    size_t i;

    for (i = 0; i < MODE_ROWS; i++)
        if (mode_rows[i].number == number && mode_rows[i].prefix == prefix)
            return &mode_rows[i];
    return NULL;
}

/*
 * Screen switching remembers its mode itself, for it must see which screen
 * shows at present; so must restoring the cursor after it.
 */
static void change(struct vt *vt, const struct mode_row *row, bool on)
{
    vt->modes &= ~row->instead;
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

/* XTSAVE and XTRESTORE keep one value for each mode. */
void op_xtsave(struct vt *vt, const struct vt_params *p)
{
    unsigned i;

    for (i = 0; i < p->n; i++) {
        const struct mode_row *row = find_mode(p->value[i], '?');

        if (row == NULL || row->mode == MODE_COUNT)
            continue;
        vt->modes_saved &= ~MODE_BIT(row->mode);
        vt->modes_saved |= vt->modes & MODE_BIT(row->mode);
    }
}

void op_xtrestore(struct vt *vt, const struct vt_params *p)
{
    unsigned i;

    for (i = 0; i < p->n; i++) {
        const struct mode_row *row = find_mode(p->value[i], '?');

        if (row == NULL || row->mode == MODE_COUNT)
            continue;
        change(vt, row, (vt->modes_saved & MODE_BIT(row->mode)) != 0);
    }
}

/* DECRQM: 0 not known, 1 set, 2 reset. */
void op_decrqm(struct vt *vt, const struct vt_params *p)
{
    unsigned number = param(p, 0, 0);
    const struct mode_row *row = find_mode(number, p->prefix);
    unsigned state = 0;

    if (row != NULL)
        state = row->mode != MODE_COUNT && mode(vt, row->mode) ? 1 : 2;
    reply_printf(vt, "\033[%s%u;%u$y", p->prefix == '?' ? "?" : "", number,
                 state);
}
