/* esc.c - control characters, and escape sequences that are not CSI. */
#include "vt/screen.h"

#include <string.h>

static void esc_index(struct vt *vt)
{
    screen_index(vt);
}

/* Right of the margins nothing scrolls: so first down, then back. */
static void esc_next_line(struct vt *vt)
{
    screen_index(vt);
    screen_return(vt);
}

static void esc_set_tab(struct vt *vt)
{
    vt->tabs[vt->cur.col] = true;
}

static void esc_keypad_application(struct vt *vt)
{
    mode_set(vt, MODE_APP_KEYPAD, true);
}

static void esc_keypad_numeric(struct vt *vt)
{
    mode_set(vt, MODE_APP_KEYPAD, false);
}

static void esc_shift_g2(struct vt *vt)
{
    vt->single_shift = 2;
}

static void esc_shift_g3(struct vt *vt)
{
    vt->single_shift = 3;
}

/* The locking shifts of ECMA-43's level 3: those of GR, and of G2 and G3. */
static void lock_left(struct vt *vt, unsigned slot)
{
    if (vt->ansi_level == 3)
        charset_lock(vt, slot);
}

static void lock_right(struct vt *vt, uint8_t slot)
{
    if (vt->ansi_level == 3)
        vt->cur.gr = slot;
}

static void esc_lock_g2(struct vt *vt)
{
    lock_left(vt, 2);
}

static void esc_lock_g3(struct vt *vt)
{
    lock_left(vt, 3);
}

static void esc_lock_g1_right(struct vt *vt)
{
    lock_right(vt, 1);
}

static void esc_lock_g2_right(struct vt *vt)
{
    lock_right(vt, 2);
}

static void esc_lock_g3_right(struct vt *vt)
{
    lock_right(vt, 3);
}

/* ESC SP L, M and N; a VT220 has none of them. */
static void set_ansi_level(struct vt *vt, uint8_t level)
{
    if (vt->level >= 3)
        vt->ansi_level = level;
}

static void esc_ansi_level_1(struct vt *vt)
{
    set_ansi_level(vt, 1);
}

static void esc_ansi_level_2(struct vt *vt)
{
    set_ansi_level(vt, 2);
}

static void esc_ansi_level_3(struct vt *vt)
{
    set_ansi_level(vt, 3);
}

static void esc_device(struct vt *vt)
{
    static const struct vt_params none;

    csi_run(vt, &none, 'c');
}

/* DECBI and DECFI: at the margin the columns move instead of the cursor. */
static void esc_back_index(struct vt *vt)
{
    if (vt->cur.col == vt->left && screen_in_margins(vt))
        screen_shift_columns(vt, vt->left, 1, true);
    else
        screen_left(vt, 1);
}

static void esc_forward_index(struct vt *vt)
{
    if (vt->cur.col != vt->right)
        screen_right(vt, 1);
    else if (screen_in_margins(vt))
        screen_shift_columns(vt, vt->left, 1, false);
}

/* SPA and EPA: what is guarded is spared by ED, EL and ECH. */
static void esc_guard(struct vt *vt)
{
    vt->cur.pen.attrs |= VT_GUARDED;
    vt->guarding = true;
}

static void esc_guard_end(struct vt *vt)
{
    vt->cur.pen.attrs &= (uint16_t)~VT_GUARDED;
}

/* The lines above the cursor scroll no more; terminfo's meml and memu. */
static void esc_lock_memory(struct vt *vt)
{
    if (vt->cur.row < vt->bottom)
        vt->top = vt->cur.row;
}

static void esc_unlock_memory(struct vt *vt)
{
    vt->top = 0;
}

static void esc_seven_bit(struct vt *vt)
{
    vt->eight_bit = false;
}

static void esc_eight_bit(struct vt *vt)
{
    vt->eight_bit = vt->level > 1;
}

/* RIS goes back to UTF-8, which xterm's does not: "reset" is what people type
 * when a file that was no text has garbled their terminal. */
static void esc_latin_1(struct vt *vt)
{
    vt->latin_1 = !vt->utf8_only;
}

static void esc_utf8(struct vt *vt)
{
    vt->latin_1 = false;
}

static void esc_top_half(struct vt *vt)
{
    screen_line_size(vt, LINE_TOP);
}

static void esc_bottom_half(struct vt *vt)
{
    screen_line_size(vt, LINE_BOTTOM);
}

static void esc_single_width(struct vt *vt)
{
    screen_line_size(vt, LINE_SINGLE);
}

static void esc_double_width(struct vt *vt)
{
    screen_line_size(vt, LINE_WIDE);
}

/* clang-format off */
static const struct esc_op {
    char inter, final;
    void (*run)(struct vt *vt);
} esc_ops[] = {
    { 0,   '6', esc_back_index },         /* DECBI   DEC */
    { 0,   '7', screen_save_cursor },     /* DECSC   DEC */
    { 0,   '8', screen_restore_cursor },  /* DECRC   DEC */
    { 0,   '9', esc_forward_index },      /* DECFI   DEC */
    { 0,   '=', esc_keypad_application }, /* DECKPAM DEC */
    { 0,   '>', esc_keypad_numeric },     /* DECKPNM DEC */
    { 0,   'D', esc_index },              /* IND     ECMA-48, 3rd edition */
    { 0,   'E', esc_next_line },          /* NEL     ECMA-48 8.3.86 */
    { 0,   'H', esc_set_tab },            /* HTS     ECMA-48 8.3.62 */
    { 0,   'M', screen_reverse_index },   /* RI      ECMA-48 8.3.104 */
    { 0,   'N', esc_shift_g2 },           /* SS2     ECMA-48 8.3.141 */
    { 0,   'O', esc_shift_g3 },           /* SS3     ECMA-48 8.3.142 */
    { 0,   'V', esc_guard },              /* SPA     ECMA-48 8.3.129 */
    { 0,   'W', esc_guard_end },          /* EPA     ECMA-48 8.3.46 */
    { 0,   'Z', esc_device },             /* DECID   DEC */
    { 0,   'c', screen_reset },           /* RIS     ECMA-48 8.3.105 */
    { 0,   'l', esc_lock_memory },        /* memory lock     HP, xterm */
    { 0,   'm', esc_unlock_memory },      /* memory unlock   HP, xterm */
    { 0,   'n', esc_lock_g2 },            /* LS2     ECMA-48 8.3.76 */
    { 0,   'o', esc_lock_g3 },            /* LS3     ECMA-48 8.3.78 */
    { 0,   '|', esc_lock_g3_right },      /* LS3R    ECMA-48 8.3.79 */
    { 0,   '}', esc_lock_g2_right },      /* LS2R    ECMA-48 8.3.77 */
    { 0,   '~', esc_lock_g1_right },      /* LS1R    ECMA-48 8.3.75 */
    { ' ', 'F', esc_seven_bit },          /* S7C1T   DEC */
    { ' ', 'G', esc_eight_bit },          /* S8C1T   DEC */
    { ' ', 'L', esc_ansi_level_1 },       /* ANSI level 1    ECMA-43 */
    { ' ', 'M', esc_ansi_level_2 },       /* ANSI level 2    ECMA-43 */
    { ' ', 'N', esc_ansi_level_3 },       /* ANSI level 3    ECMA-43 */
    { '#', '3', esc_top_half },           /* DECDHL  DEC */
    { '#', '4', esc_bottom_half },        /* DECDHL  DEC */
    { '#', '5', esc_single_width },       /* DECSWL  DEC */
    { '#', '6', esc_double_width },       /* DECDWL  DEC */
    { '#', '8', screen_align },           /* DECALN  DEC */
    { '%', '@', esc_latin_1 },            /* DOCS    ECMA-35 15.4 */
    { '%', 'G', esc_utf8 },               /* DOCS    ISO 2022 registry, 196 */
};
/* clang-format on */

/* SCS: which of G0 to G3, and of which size, an intermediate byte names. */
static bool designates(char inter, unsigned *slot, bool *has_96)
{
    *has_96 = inter >= '-' && inter <= '/';
    *slot = *has_96 ? (unsigned)(inter - ',') : (unsigned)(inter - '(');
    return *has_96 || (inter >= '(' && inter <= '+');
}

void esc_run(struct vt *vt, char inter, char inter2, char final)
{
    unsigned slot;
    bool has_96;
    size_t i;

    vt->last_char = 0;
    if (designates(inter, &slot, &has_96)) {
        charset_designate(vt, slot, has_96, inter2, final);
        return;
    }
    for (i = 0; inter2 == 0 && i < sizeof esc_ops / sizeof esc_ops[0]; i++)
        if (esc_ops[i].inter == inter && esc_ops[i].final == final) {
            esc_ops[i].run(vt);
            return;
        }
}

void control_run(struct vt *vt, uint8_t byte)
{
    vt->last_char = 0;
    switch (byte) {
    case 0x05: /* ENQ */
        if (vt->answerback != NULL)
            reply_bytes(vt, vt->answerback, strlen(vt->answerback));
        break;
    case 0x07: vt->events |= VT_EVENT_BELL; break;
    case 0x08: screen_backspace(vt, 1); break;
    case 0x09: screen_tab(vt, 1); break;
    case 0x0a: /* LF, VT and FF are one */
    case 0x0b:
    case 0x0c:
        if (mode(vt, MODE_NEWLINE))
            esc_next_line(vt);
        else
            screen_index(vt);
        break;
    case 0x0d: screen_return(vt); break;
    case 0x0e: charset_lock(vt, 1); break; /* SO */
    case 0x0f: charset_lock(vt, 0); break; /* SI */
    default: break;
    }
}
